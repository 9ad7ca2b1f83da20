import type { Words } from './speak';

/** Why an actual value cannot be recorded. */
export const actualRefusals = {
  'actual.period-closed': { zh: '{period} 已截止（{dueOn}），不能再填报；如需更正，请负责人重新打开。', en: '{period} closed on {dueOn}; entries are locked. Ask the manager to reopen it.' },
  'actual.report-not-editable': { zh: '本期监控表现为“{state}”，不能修改；请先取消送审或请审核人退回。', en: 'This report is “{state}” and cannot be edited. Withdraw it, or ask the reviewer to return it.' },
  'actual.stale-revision': { zh: '这一格刚刚被 {by} 改过（第 {current} 版），请核对后再填。', en: 'This cell was changed by {by} a moment ago (revision {current}). Check it, then enter again.' },
  'actual.negative': { zh: '“{name}”不能是负数。', en: '“{name}” cannot be negative.' },
  'actual.reason-needed': { zh: '选择“不适用”须写明理由。', en: '“Not applicable” needs a reason.' },
  'actual.wrong-kind': { zh: '“{name}”是{expected}指标，不能填写{found}。', en: '“{name}” is a {expected} indicator; {found} cannot be entered here.' },
} as const satisfies Record<string, Words>;
