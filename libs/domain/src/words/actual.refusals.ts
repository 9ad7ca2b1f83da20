import type { Words } from './speak';

/** Why an actual value cannot be recorded. */
export const actualRefusals = {
  'actual.period-closed': { zh: '{period} 已截止（{dueOn}），不能再填报；确需补报的，请单位负责人、主管部门或财政部门办理延期。', en: '{period} closed on {dueOn}; entries are locked. Ask the manager, the department or the finance authority for more time.' },
  'actual.report-not-editable': { zh: '本期监控表现为“{state}”，不能修改；请先取消送审或请审核人退回。', en: 'This report is “{state}” and cannot be edited. Withdraw it, or ask the reviewer to return it.' },
  'actual.stale-revision': { zh: '这一格刚刚被 {by} 改过（第 {current} 版），请核对后再填。', en: 'This cell was changed by {by} a moment ago (revision {current}). Check it, then enter again.' },
  'actual.negative': { zh: '“{name}”不能是负数。', en: '“{name}” cannot be negative.' },
  'actual.reason-needed': { zh: '选择“不适用”须写明理由。', en: '“Not applicable” needs a reason.' },
  'actual.wrong-kind': { zh: '“{name}”是{expected}指标，不能填写{found}。', en: '“{name}” is a {expected} indicator; {found} cannot be entered here.' },
  'actual.grade-needed': { zh: '“{name}”是定性指标，请填写“达成”“部分达成”或“未达成”，可加比例和说明，如“部分达成 70%：…”。', en: '“{name}” is qualitative. Enter 达成, 部分达成 or 未达成, if you like with a share and a remark.' },
  'actual.share-outside': { zh: '得分比例 {share} 应在 0% 至 100% 之间。', en: 'The share {share} must lie between 0 % and 100 %.' },
  'actual.answer-needed': { zh: '“{name}”是是否类指标，请填写“是”或“否”。', en: '“{name}” is a yes/no indicator; answer 是 or 否.' },
  'actual.date-needed': { zh: '“{name}”请填写完成日期，如 2024-12-20；尚未完成请填“未完成”。', en: 'Enter the date “{name}” was finished, for example 2024-12-20, or 未完成 when it is not.' },
  'actual.no-denominator': { zh: '“{name}”的分母不能为 0；本期没有发生请填“不适用”并说明理由。', en: 'The denominator of “{name}” cannot be 0. If there were no cases, enter “not applicable” with the reason.' },
  'actual.parts-differ': { zh: '填写的 {stated} 与 {parts} = {computed} 不一致，请核对。', en: '{stated} does not agree with {parts} = {computed}. Check them.' },
  'actual.period-not-open': { zh: '{period} 尚未开始（{startsOn}），还不能填报。', en: '{period} has not begun (it starts on {startsOn}); nothing can be entered yet.' },
  'actual.not-a-reporter': { zh: '填报须由填报人办理，您没有填报权限。', en: 'Values are entered by reporters; you do not have that role.' },
  'actual.less-than-before': { zh: '“{name}”的年初至今值 {now} 小于以前各期已报的 {before}，请核对。', en: '“{name}”: {now} for the year so far is less than the {before} of the earlier periods. Check it.' },
  'actual.reached-before': { zh: '“{name}”的年初至今值 {value} 以前各期已经达到，看不出本期的值，请直接填报。', en: '“{name}”: an earlier period had reached {value} already, so this says nothing of the period. Enter its value by hand.' },
  'actual.pulled-nothing': { zh: '数据源没有给出“{name}”的数值，已保留现有数值。', en: 'The source gave no value for “{name}”; the present value stays.' },
} as const satisfies Record<string, Words>;
