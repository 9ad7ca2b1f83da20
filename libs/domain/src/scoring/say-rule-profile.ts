import { type DecimalText, multiplyDecimal, normalizeDecimal } from '../decimal';
import type { Words } from '../words/speak';
import type { GradeBand, RuleProfile } from './rule-profile';

/** One parameter of a rule profile as a sentence, with the clause behind it. */
export interface ProfileSentence {
  /** The path of the parameter that decides what the sentence says: proportional.passThreshold. */
  readonly path: string;
  readonly words: Words;
  /** The clause or source; null where the profile names none. */
  readonly clause: string | null;
}

const percent = (share: DecimalText): string => `${normalizeDecimal(multiplyDecimal(share, '100'))}%`;

function bandsOf(bands: RuleProfile['satisfaction']['bands'], say: (earns: string, language: 'zh' | 'en') => string): Words {
  return {
    zh: bands.map((band) => `${normalizeDecimal(band.from)}% 及以上${say(band.earns, 'zh')}`).join('，'),
    en: bands.map((band) => `from ${normalizeDecimal(band.from)}% ${say(band.earns, 'en')}`).join(', '),
  };
}

function satisfaction({ satisfaction: rule }: RuleProfile): Words {
  if (rule.mode === 'BANDED') {
    const bands = bandsOf(rule.bands, (earns, language) => (language === 'zh' ? `得分值的 ${percent(earns)}` : `earns ${percent(earns)} of the weight`));
    return { zh: `满意度按档计分：${bands.zh}。`, en: `Satisfaction is scored by bands: ${bands.en}.` };
  }
  return rule.zeroBelow === null
    ? { zh: '满意度与其他定量指标一样按比例计分。', en: 'Satisfaction is scored by proportion like any other quantity.' }
    : { zh: `满意度按比例计分，低于 ${normalizeDecimal(rule.zeroBelow)}% 不得分。`, en: `Satisfaction is scored by proportion; below ${normalizeDecimal(rule.zeroBelow)}% it earns nothing.` };
}

function execution({ execution: rule, executionWeight }: RuleProfile): Words {
  const weight = normalizeDecimal(executionWeight);
  if (rule.mode === 'BANDED') {
    const bands = bandsOf(rule.bands, (earns, language) => (language === 'zh' ? `得 ${normalizeDecimal(earns)} 分` : `earns ${normalizeDecimal(earns)} points`));
    return { zh: `预算执行率按档计分：${bands.zh}。`, en: `Budget execution is scored by bands: ${bands.en}.` };
  }
  return { zh: `预算执行率按比例计分：执行率 × ${weight} 分，最高 ${weight} 分。`, en: `Budget execution earns ${weight} × the rate, at most ${weight} points.` };
}

function proportional({ proportional: rule }: RuleProfile): Words {
  if (rule.passThreshold === null) return { zh: '定量指标未完成的按完成比例计分，没有及格门槛。', en: 'Quantities below target earn by proportion; there is no pass threshold.' };
  const pass = percent(rule.passThreshold);
  return rule.passFormula === 'ABOVE_THRESHOLD'
    ? { zh: `定量指标完成率低于 ${pass} 不得分；达到后得 分值 ×（完成率 − ${pass}）÷（100% − ${pass}）。`, en: `Quantities earn nothing below ${pass} of the target; from there weight × (rate − ${pass}) ÷ (100% − ${pass}).` }
    : { zh: `定量指标完成率低于 ${pass} 不得分；达到后按完成比例计分。`, en: `Quantities earn nothing below ${pass} of the target; from there by proportion.` };
}

function gradesOf({ grades }: RuleProfile): Words {
  const range = ({ low, high, highIncluded }: GradeBand): string => `[${percent(low)}, ${percent(high)}${highIncluded ? ']' : ')'}`;
  return {
    zh: `定性指标：达成得分值的 ${range(grades.A)}，部分达成 ${range(grades.B)}，未达成 ${range(grades.C)}。`,
    en: `Judged rows: attained earns ${range(grades.A)} of the weight, partly attained ${range(grades.B)}, not attained ${range(grades.C)}.`,
  };
}

function overCompletion({ overCompletion: rule }: RuleProfile): Words {
  const from = percent(rule.threshold);
  const most = percent(rule.maxDeduction);
  return {
    zh: `完成值${rule.inclusive ? '达到' : '超过'}指标值的 ${from} 须说明原因；原因是指标值定得过低的，最多扣分值的 ${most}。超额本身不扣分。`,
    en: `${rule.inclusive ? 'From' : 'Above'} ${from} of the target a reason is owed; where the target was set too low, at most ${most} of the weight is taken off. Overshoot alone costs nothing.`,
  };
}

function explanations({ explanations: rule }: RuleProfile): Words {
  const below = normalizeDecimal(rule.executionBelow);
  const adjusted = normalizeDecimal(rule.budgetAdjustedAbove);
  return {
    zh: `${rule.belowWeight ? '没有得满分的指标须写明偏差原因及改进措施；' : ''}执行率低于 ${below}%、预算调整超过 ${adjusted}% 须说明原因。`,
    en: `${rule.belowWeight ? 'A row below its weight owes cause and measures; ' : ''}an execution rate below ${below}% and a budget adjusted by more than ${adjusted}% owe a reason.`,
  };
}

/** Every parameter of a rule profile as a sentence in both languages, always as many and in the order in which a table is scored. */
export function sayRuleProfile(profile: RuleProfile): readonly ProfileSentence[] {
  const { clauses } = profile;
  const sentence = (path: string, words: Words): ProfileSentence => {
    const group = path.split('.')[0] ?? path;
    return { path, words, clause: clauses[path] ?? clauses[group] ?? Object.entries(clauses).find(([key]) => key.startsWith(`${group}.`))?.[1] ?? null };
  };
  const [targets, money] = [normalizeDecimal(profile.targetWeightTotal), normalizeDecimal(profile.executionWeight)];
  return [
    sentence('targetWeightTotal', { zh: `指标分值合计 ${targets} 分，自评时另加预算执行 ${money} 分。`, en: `The weights of the rows add up to ${targets}; budget execution adds ${money} at self-evaluation.` }),
    sentence(profile.proportional.passThreshold === null ? 'proportional' : 'proportional.passThreshold', proportional(profile)),
    sentence('reverseFormula', profile.reverseFormula === 'RATIO'
      ? { zh: '反向指标超过指标值时得 分值 × 指标值 ÷ 完成值。', en: 'A reverse row above its target earns weight × target ÷ actual.' }
      : { zh: '反向指标超过指标值时得 分值 ×（2 − 完成值 ÷ 指标值），达到两倍为零。', en: 'A reverse row above its target earns weight × (2 − actual ÷ target), nothing from twice the target.' }),
    sentence(profile.satisfaction.mode === 'BANDED' ? 'satisfaction.bands' : profile.satisfaction.zeroBelow === null ? 'satisfaction.mode' : 'satisfaction.zeroBelow', satisfaction(profile)),
    sentence('grades', gradesOf(profile)),
    sentence('date.late', profile.date.late === 'ZERO'
      ? { zh: '时间指标逾期不得分。', en: 'A date that is missed earns nothing.' }
      : { zh: '时间指标逾期按计划天数与实际天数的比例计分。', en: 'A date that is missed earns by planned days ÷ actual days.' }),
    sentence(profile.execution.mode === 'BANDED' ? 'execution.bands' : 'execution.mode', execution(profile)),
    sentence('execution.zeroBudget', profile.execution.zeroBudget === 'ZERO'
      ? { zh: '没有预算的项目，预算执行得 0 分。', en: 'Without a budget, execution earns 0 points.' }
      : { zh: '没有预算的项目，预算执行不适用，总分按比例折算。', en: 'Without a budget, execution does not apply and the total is rescaled.' }),
    sentence('overCompletion', overCompletion(profile)),
    sentence('ratings', {
      zh: `评价等级：${profile.ratings.map((rating) => `${rating.name} ≥ ${normalizeDecimal(rating.from)}`).join('，')}。`,
      en: `Ratings: ${profile.ratings.map((rating) => `${rating.name} from ${normalizeDecimal(rating.from)}`).join(', ')}.`,
    }),
    sentence('explanations', explanations(profile)),
  ];
}
