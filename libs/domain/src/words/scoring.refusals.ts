import type { Words } from './speak';

/** Why something cannot be scored. */
export const scoringRefusals = {
  'scoring.profile-unknown': { zh: '没有名为“{name}”的评分规则，可用的有：{known}。', en: 'There is no rule profile called “{name}”. Known: {known}.' },
  'scoring.grade-share-outside-band': { zh: '“{grade}”档得分应在 {low}–{high} 之间。', en: 'Grade {grade} earns between {low} and {high} points.' },
  'scoring.grade-share-missing': { zh: '“{grade}”档须填写得分，应在 {low}–{high} 之间。', en: 'Grade {grade} needs its points, between {low} and {high}.' },
  'scoring.grade-missing': { zh: '“{name}”是定性指标，请选择评判等级 A、B 或 C。', en: '“{name}” is judged by grade: choose A, B or C.' },
  'scoring.not-reported': { zh: '“{name}”尚未填报实际完成值。', en: '“{name}” has no actual yet.' },
  'scoring.number-needed': { zh: '“{name}”是定量指标，请填写数值。', en: '“{name}” is measured in numbers: enter a number.' },
  'scoring.date-needed': { zh: '“{name}”是时间指标，请填写完成日期，或选择“尚未完成”。', en: '“{name}” has a date: enter the day it was finished, or say that it is not.' },
  'scoring.answer-needed': { zh: '“{name}”是直接赋分指标，请选择“是”或“否”。', en: '“{name}” is a yes/no row: choose one.' },
  'scoring.target-missing': { zh: '“{name}”的指标值“{raw}”中没有可计算的数值，请先改正指标值。', en: 'The target “{raw}” of “{name}” holds nothing that can be computed. Correct the target first.' },
  'scoring.unit-mismatch': { zh: '“{name}”的完成值单位“{unit}”与指标值单位“{expected}”不是同一类，请改用“{expected}”。', en: 'The value of “{name}” is in “{unit}”, its target in “{expected}”; they do not measure the same thing. Use “{expected}”.' },
  'scoring.deduction-outside': { zh: '“{name}”的扣分 {deduction} 应在 0 至 {weight} 之间，最多两位小数。', en: 'The deduction {deduction} of “{name}” must lie between 0 and {weight}, with at most two decimals.' },
  'scoring.execution-missing': { zh: '缺少全年预算数或全年执行数，请填写预算执行情况。', en: 'The adjusted budget or the executed amount is missing. Enter the budget execution.' },
  'scoring.execution-without-budget': { zh: '全年预算数为 {budget} 万元，却有执行数 {executed} 万元，请核对预算调整后重新填写。', en: 'The budget is {budget} but {executed} was spent (10,000 yuan). Check the adjustments and enter again.' },
  'scoring.nothing-applicable': { zh: '全部指标均为“不适用”，没有可以评分的内容。', en: 'Every row is “not applicable”; there is nothing to score.' },
  'scoring.profile-key-unknown': { zh: '评分规则中有不认识的参数“{path}”，请删除或改正拼写。', en: 'The rule profile has an unknown key “{path}”. Remove it or correct its spelling.' },
  'scoring.profile-key-missing': { zh: '评分规则缺少参数“{path}”。', en: 'The rule profile lacks “{path}”.' },
  'scoring.profile-value-invalid': { zh: '评分规则参数“{path}”的值 {found} 不正确，应为：{expected}。', en: 'The value {found} of “{path}” in the rule profile is not valid. Expected: {expected}.' },
} as const satisfies Record<string, Words>;
