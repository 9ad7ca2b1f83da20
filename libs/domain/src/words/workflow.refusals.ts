import type { Words } from './speak';

/** Why a document may not be moved on. */
export const workflowRefusals = {
  'workflow.move-not-allowed': { zh: '当前状态“{state}”下不能“{move}”。', en: '“{moveEn}” is not possible while the document is “{stateEn}”.' },
  'workflow.not-your-role': { zh: '“{move}”须由{roles}办理。', en: '“{moveEn}” is done by: {rolesEn}.' },
  'workflow.opinion-needed': { zh: '退回须填写意见，让填报人知道改什么。', en: 'Returning needs an opinion, so that the reporter knows what to change.' },
  'workflow.signer-recorded': { zh: '您填报过本表的数值，不能由您本人签字确认，请由其他负责人签字。', en: 'You recorded values in this document, so you cannot sign it yourself. Another manager has to sign.' },
  'workflow.points-changed': { zh: '您打开页面后得分又有变化，请核对新的得分再签字。', en: 'Points changed since you opened this page. Check the new points, then sign.' },
  'workflow.stale-revision': { zh: '本表刚刚被其他人办理过，页面已不是最新，请刷新后再办理。', en: 'Somebody else has just handled this document. Refresh the page and try again.' },
  'workflow.reason-needed': { zh: '重新打开须写明理由，理由会记入办理记录。', en: 'Reopening needs a reason; it is kept in the record.' },
  'workflow.period-closed': { zh: '现在不在本期的填报时间内，不能送审。已经截止的，请单位负责人、主管部门或财政部门办理延期，延期后再送审。', en: 'This period is not open for entry, so the report cannot be submitted. If it is over, ask the manager, the department or the finance authority for more time, then submit.' },
  'workflow.rows-unanswered': { zh: '还有指标未填报，请填写实际完成值；确实不适用的，请选择“不适用”并写明理由。', en: 'Some indicators have no actual yet. Enter it, or mark the row “not applicable” with a reason.' },
  'workflow.explanations-owed': { zh: '还有指标须填写偏差原因及改进措施，请补充后再送审。', en: 'Some indicators owe a deviation cause and measures. Write them, then submit.' },
  'workflow.evidence-owed': { zh: '还有指标须上传佐证资料，请补充后再送审。', en: 'Some indicators owe evidence. Attach it, then submit.' },
  'workflow.findings-open': { zh: '质量检查还有未处理的问题：错误须改正，警告须写明说明后确认。', en: 'Findings are still open: correct the errors, acknowledge the warnings with a sentence.' },
  'workflow.weights-incomplete': { zh: '指标分值权重合计不符合要求，请调整后再办理。', en: 'The weights do not add up to the required total. Adjust them first.' },
  'workflow.quarters-unsigned': { zh: '本年度还有监控表未签字确认，请先完成各期签字。', en: 'Some monitoring reports of the year are not signed yet. Have them signed first.' },
  'workflow.next-level-acted': { zh: '下一环节已经开始办理，不能取消；如需修改，请联系对方退回。', en: 'The next level has already started. Ask them to return the document instead.' },
  'workflow.adjustment-not-approved': { zh: '只有已批复的目标表才能办理调整，当前为“{state}”。', en: 'Only an approved target table can be adjusted; this one is “{stateEn}”.' },
} as const satisfies Record<string, Words>;
