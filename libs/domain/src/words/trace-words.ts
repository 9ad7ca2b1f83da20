import { ACCUMULATION_WORDS } from './accumulation-words';
import type { Words } from './speak';

/** Every step of a score's derivation as a sentence in both languages, in the order a derivation meets them. */
export const TRACE_WORDS = {
  ...ACCUMULATION_WORDS,

  // before the formula
  converted: { zh: '单位换算：{from} = {to}', en: 'Converted: {from} = {to}' },
  missing: { zh: '尚未填报', en: 'Not reported yet' },
  silentZero: { zh: '截止时仍未填报，得 0.00 分（权重 {weight}）', en: 'Still not reported when the period closed: 0.00 points (weight {weight})' },
  notApplicable: { zh: '不适用（{reason}），不计入总分，其余按比例折算', en: 'Not applicable ({reason}): left out, the rest is rescaled' },
  passThreshold: { zh: '及格门槛为 {threshold}%', en: 'The pass threshold is {threshold}%' },

  // quantity
  met: { zh: '{actual} {sign} {target}，达成，得 {points} 分（权重 {weight}）', en: '{actual} {sign} {target}: met, {points} points (weight {weight})' },
  unmet: { zh: '{actual} {sign} {target}，未达成', en: '{actual} {sign} {target}: not met' },
  inside: { zh: '{actual} 在 {low} 至 {high} 之间，达成，得 {points} 分（权重 {weight}）', en: '{actual} lies between {low} and {high}: met, {points} points (weight {weight})' },
  strictEqual: { zh: '计算符号为“{sign}”，完成值恰好等于指标值，按达成计', en: 'The operator is “{sign}” and the value is exactly equal: counted as met' },
  proportional: { zh: '按完成比例赋分：{weight} × {actual} ÷ {target} {equals} {value}', en: 'By proportion: {weight} × {actual} ÷ {target} {equals} {value}' },
  aboveThreshold: {
    zh: '按超过及格门槛的比例赋分：{weight} × ({actual} ÷ {target} − {threshold}) ÷ (1 − {threshold}) {equals} {value}',
    en: 'By proportion above the pass threshold: {weight} × ({actual} ÷ {target} − {threshold}) ÷ (1 − {threshold}) {equals} {value}',
  },
  belowPass: { zh: '完成率 {rate}% 低于及格门槛 {threshold}%，不得分', en: 'The rate {rate}% is below the pass threshold {threshold}%: no points' },
  negativeAsZero: { zh: '完成值 {actual} 为负数，按 0 计', en: 'The value {actual} is negative and counts as zero' },
  nothingReached: { zh: '完成值为 0，不得分', en: 'Nothing was reached: no points' },
  noProportion: { zh: '指标值为 {target}，不能按比例计算，未达成不得分', en: 'A target of {target} has no proportion: not met, no points' },
  manualReview: { zh: '指标值为负数且未达成，公式不适用，请人工复核', en: 'The target is negative and not met; no formula applies, a person has to look' },
  reverseRatio: { zh: '反向指标：{weight} × {target} ÷ {actual} {equals} {value}', en: 'Less is better: {weight} × {target} ÷ {actual} {equals} {value}' },
  reverseLinear: { zh: '反向指标：{weight} × (2 − {actual} ÷ {target}) {equals} {value}', en: 'Less is better: {weight} × (2 − {actual} ÷ {target}) {equals} {value}' },
  reverseTwice: { zh: '完成值达到指标值的 2 倍，不得分', en: 'Twice the limit or more: no points' },
  farBelowLimit: { zh: '完成值不到限值的一半，请核对指标值或预算是否偏高；不扣分', en: 'At or below half the limit: was the target or the budget too high? No points are taken' },
  point: { zh: '等于型指标：{weight} × (1 − |{actual} − {target}| ÷ |{target}|) {equals} {value}', en: 'Exactly the target: {weight} × (1 − |{actual} − {target}| ÷ |{target}|) {equals} {value}' },
  pointFar: { zh: '偏离达到或超过 100%，不得分', en: 'Off by 100 % or more: no points' },

  // satisfaction
  satisfactionBand: { zh: '满意度 {actual} 属于“≥{from}%”档，得权重的 {share}%：{weight} × {share}% {equals} {value}', en: 'Satisfaction {actual} is in the band “≥{from}%”, {share}% of the weight: {weight} × {share}% {equals} {value}' },
  satisfactionNoBand: { zh: '满意度 {actual} 低于最低一档，不得分', en: 'Satisfaction {actual} is below the lowest band: no points' },
  satisfactionFloor: { zh: '满意度 {actual} 低于 {floor}%，不得分', en: 'Satisfaction {actual} is below {floor}%: no points' },
  belowTargetFull: { zh: '满意度 {actual} 低于指标值 {target}，但该档得满分，请核对', en: 'Satisfaction {actual} is below the target {target}, yet its band earns full points: please check' },

  // date, direct, grade
  onTime: { zh: '{actual} 完成，不晚于 {target}，得 {points} 分（权重 {weight}）', en: 'Finished {actual}, not later than {target}: {points} points (weight {weight})' },
  late: { zh: '{actual} 完成，晚于 {target}', en: 'Finished {actual}, later than {target}' },
  lateRatio: { zh: '逾期按天数比例：{weight} × 计划 {planned} 天 ÷ 实际 {days} 天 {equals} {value}', en: 'Late, by days: {weight} × {planned} planned ÷ {days} actual days {equals} {value}' },
  lateZero: { zh: '逾期不得分', en: 'Late: no points' },
  unfinished: { zh: '尚未完成，得 0.00 分（权重 {weight}）', en: 'Not finished: 0.00 points (weight {weight})' },
  answeredYes: { zh: '直接赋分：是，得 {points} 分（权重 {weight}）', en: 'Direct: yes, {points} points (weight {weight})' },
  answeredNo: { zh: '直接赋分：否，得 0.00 分（权重 {weight}）', en: 'Direct: no, 0.00 points (weight {weight})' },
  answeredNoDeduction: { zh: '直接赋分：否，扣 {deduction} 分：{weight} − {deduction} {equals} {value}', en: 'Direct: no, {deduction} points off: {weight} − {deduction} {equals} {value}' },
  gradeDefault: { zh: 'A 档未填比例，按满分计', en: 'Grade A without a share: full points' },
  graded: { zh: '评判等级 {grade}（{low}%–{high}%），占权重的 {share}%：{weight} × {share}% {equals} {value}', en: 'Grade {grade} ({low}%–{high}%), {share}% of the weight: {weight} × {share}% {equals} {value}' },

  // over-completion, rounding, clause
  over: { zh: '完成值为指标值的 {rate}%，{bound} {threshold}%，须说明原因；超额本身不扣分', en: 'The value is {rate}% of the target, {boundEn} {threshold}%: a reason is owed; overshoot alone costs nothing' },
  overDeducted: {
    zh: '原因为年初指标值设定明显偏低，扣减 {weight} × min({max}, {ratio} − {threshold}) {equals} {value}，得 {points} 分（权重 {weight}）',
    en: 'Cause: the target was set clearly too low. Taken off: {weight} × min({max}, {ratio} − {threshold}) {equals} {value}; {points} points (weight {weight})',
  },
  earned: { zh: '得 {points} 分（权重 {weight}）', en: '{points} points (weight {weight})' },
  rounded: { zh: '四舍五入保留两位小数，得 {points} 分（权重 {weight}）', en: 'Rounded half up to two decimals: {points} points (weight {weight})' },
  clause: { zh: '依据：{clause}', en: 'Clause: {clause}' },

  // budget execution
  initialStands: { zh: '没有调整，全年预算数按年初预算数 {initial} 万元计', en: 'No adjustment is recorded; the initial budget of {initial} (10,000 yuan) stands' },
  executionRate: { zh: '执行率 = {executed} ÷ {budget} {equals} {rate}%', en: 'Execution rate = {executed} ÷ {budget} {equals} {rate}%' },
  executionProportional: { zh: '按比例赋分：{weight} × {executed} ÷ {budget} {equals} {value}', en: 'By proportion: {weight} × {executed} ÷ {budget} {equals} {value}' },
  executionFull: { zh: '执行率 100%，得 {points} 分（权重 {weight}）', en: 'Execution 100%: {points} points (weight {weight})' },
  executionCapped: { zh: '执行数超过预算，按 100% 计，得 {points} 分（权重 {weight}），请核对预算调整', en: 'More was spent than budgeted: counted as 100%, {points} points (weight {weight}); check the adjustments' },
  executionBand: { zh: '执行率属于“≥{from}%”档，得 {points} 分（权重 {weight}）', en: 'Execution is in the band “≥{from}%”: {points} points (weight {weight})' },
  executionNoBand: { zh: '执行率低于最低一档，得 0.00 分（权重 {weight}）', en: 'Execution is below the lowest band: 0.00 points (weight {weight})' },
  executionNotApplicable: { zh: '全年无预算、无执行，预算执行不适用，总分按比例折算', en: 'No budget and no spending: execution does not apply, the total is rescaled' },
  executionZero: { zh: '全年无预算、无执行，按规则得 0.00 分（权重 {weight}）', en: 'No budget and no spending: 0.00 points by the rule (weight {weight})' },

  // the whole table
  rowsSum: { zh: '各行得分之和：{parts} = {sum}', en: 'Sum of the rows: {parts} = {sum}' },
  plusExecution: { zh: '加预算执行 {execution} 分：{sum} + {execution} = {total}', en: 'Plus execution {execution}: {sum} + {execution} = {total}' },
  rescaled: { zh: '有内容不适用，按比例折算：{earned} ÷ {applicable} × 100 {equals} {total}', en: 'Something does not apply; rescaled: {earned} ÷ {applicable} × 100 {equals} {total}' },
  capped: { zh: '总分不超过 100 分', en: 'The total never exceeds 100' },
  rated: { zh: '总分 {total}，评价等级：{rating}', en: 'Total {total}, rating: {rating}' },
} as const satisfies Record<string, Words>;

/** The closed union of trace steps. */
export type TraceCode = keyof typeof TRACE_WORDS;
