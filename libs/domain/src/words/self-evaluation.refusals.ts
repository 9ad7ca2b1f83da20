import type { Words } from './speak';

/** Why a self-evaluation cannot be made, answered or printed. */
export const selfEvaluationRefusals = {
  'self-evaluation.not-found': { zh: '没有找到这份自评，请返回列表重新打开。', en: 'This self-evaluation was not found. Go back to the list and open it again.' },
  'self-evaluation.quarter-unsigned': { zh: '“{table}”{period}的监控表尚未签字确认，签字后才能汇总全年自评。', en: 'The report of “{table}” for {period} is not signed yet. The year can be put together once it is.' },
  'self-evaluation.quarter-missing': { zh: '“{table}”缺少{period}的监控表，请先开启该报告期。', en: '“{table}” has no report for {period}. Open that period first.' },
  'self-evaluation.table-not-approved': { zh: '目标表尚未批复，不能开展自评。', en: 'The target table is not approved, so there is nothing to evaluate yet.' },
  'self-evaluation.not-editable': { zh: '自评表现为“{state}”，不能修改；请先取消送审或请审核人退回。', en: 'This self-evaluation is “{state}” and cannot be edited. Withdraw it, or ask for its return.' },
  'self-evaluation.stale-revision': { zh: '这一处刚刚被 {by} 改过（第 {current} 版），请核对后再保存。', en: '{by} changed this a moment ago (revision {current}). Check it, then save again.' },
  'self-evaluation.judgement-not-needed': { zh: '“{name}”的全年值由各季度数据得出，不能在自评中另行填写；如有错误，请重新打开相应季度更正。', en: '“{name}” takes its value from the quarters and cannot be entered here. To correct it, reopen the quarter.' },
  'self-evaluation.adjustment-outside': { zh: '“{name}”调整后的得分应在 0 至 {weight} 之间，最多两位小数。', en: 'The adjusted points of “{name}” must lie between 0 and {weight}, with at most two decimals.' },
  'self-evaluation.adjustment-reason-needed': { zh: '调整得分须写明理由。', en: 'An adjusted score needs a reason.' },
  'self-evaluation.chapter-unknown': { zh: '报告中没有“{chapter}”这一可填写部分。', en: 'The report has no part “{chapter}” that can be written.' },
  'self-evaluation.goal-achieved-missing': { zh: '“实际完成情况”还没有填写。', en: 'The account of what was achieved (实际完成情况) is not written yet.' },
  'self-evaluation.execution-missing': { zh: '本年度预算执行数还没有填报。', en: 'The budget execution of the year is not entered yet.' },
  'open.row-unanswered': { zh: '“{name}”还没有填报。', en: '“{name}” has no actual yet.' },
  'open.explanation-owed': { zh: '“{name}”须补充{missing}。', en: '“{name}” still owes: {missingEn}.' },
  'open.execution-reason-owed': { zh: '预算执行率为 {rate}%，须说明原因。', en: 'Budget execution is {rate} %; a reason is owed.' },
  'open.finding': { zh: '{message}', en: '{messageEn}' },
  'report.not-found': { zh: '没有找到这份报告文件。', en: 'This report file was not found.' },
  'report.not-ready': { zh: '报告文件还没有生成完毕，请稍候。', en: 'The report file is still being made.' },
  'report.not-scored': { zh: '得分尚未计算完成，暂不能生成报告；请先处理未评分的指标。', en: 'The points are not complete, so no report can be made yet. Settle the rows without points first.' },
  'scoring.not-found': { zh: '没有找到这次评分结果。', en: 'This score was not found.' },
  'scoring.profile-changed': { zh: '评分规则“{name}”第 {version} 版与已入库的内容不一致；规则修改须另立新版本。', en: 'Version {version} of the rule profile “{name}” differs from the one on record; a change needs a new version.' },
} as const satisfies Record<string, Words>;
