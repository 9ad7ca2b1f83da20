import type { Words } from './speak';

/** Why a document may not be moved on. */
export const workflowRefusals = {
  'workflow.move-not-allowed': { zh: '当前状态“{state}”下不能“{move}”。', en: '“{move}” is not possible while the document is “{state}”.' },
  'workflow.not-your-role': { zh: '“{move}”须由{roles}办理。', en: '“{move}” is done by: {roles}.' },
  'workflow.opinion-needed': { zh: '退回须填写意见，让填报人知道改什么。', en: 'Returning needs an opinion, so that the reporter knows what to change.' },
  'workflow.signer-recorded': { zh: '您填报过本表的数值，不能由您本人签字确认，请由其他负责人签字。', en: 'You recorded values in this document, so you cannot sign it yourself. Another manager has to sign.' },
  'workflow.points-changed': { zh: '您打开页面后得分又有变化，请核对新的得分再签字。', en: 'Points changed since you opened this page. Check the new points, then sign.' },
  'workflow.stale-revision': { zh: '本表刚刚被其他人办理过，页面已不是最新，请刷新后再办理。', en: 'Somebody else has just handled this document. Refresh the page and try again.' },
} as const satisfies Record<string, Words>;
