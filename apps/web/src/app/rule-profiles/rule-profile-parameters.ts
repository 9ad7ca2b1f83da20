import type { Words } from '@jiheng/domain';

/** How a number of a profile is typed: points and percentages as they are, a share of the weight or of the target (0…1) as a percentage. */
export type NumberKind = 'POINTS' | 'PERCENT' | 'SHARE';

/** What was typed, by the path of the parameter. */
export type TypedValues = Readonly<Record<string, string>>;

interface Asked {
  /** The parameter's path in the profile. */
  readonly path: string;
  readonly words: Words;
  /** Only asked while what else was typed makes it matter. */
  readonly isAsked?: (typed: TypedValues) => boolean;
}

export interface NumberParameter extends Asked {
  readonly kind: NumberKind;
  /** It may be left blank; what that means. */
  readonly blank?: Words;
}

export interface ChoiceParameter extends Asked {
  readonly kind: 'CHOICE' | 'YES_NO';
  /** Of YES_NO the values are 'true' and 'false'. */
  readonly choices: readonly { readonly value: string; readonly words: Words }[];
}

/** Bounds and what is earned from each of them upwards, or the ratings with theirs. */
export interface ListParameter extends Asked {
  readonly kind: 'LIST';
  /** Key of each column in the profile; `name` is not typed. */
  readonly columns: readonly { readonly key: string; readonly kind: NumberKind | 'NAME'; readonly words: Words }[];
  /** Rows that are always the same; a row without a bound is left out. Otherwise rows come and go. */
  readonly names?: readonly string[];
}

export type Parameter = NumberParameter | ChoiceParameter | ListParameter;

/** Parameters that belong together; with `clause` they share one clause, which stands under that key, otherwise each has its own under its path. */
export interface ParameterSection { readonly words: Words; readonly parameters: readonly Parameter[]; readonly clause?: string }

const say = (zh: string, en: string): Words => ({ zh, en });
const choice = (value: string, zh: string, en: string): ChoiceParameter['choices'][number] => ({ value, words: say(zh, en) });
const isBanded = (path: string) => (typed: TypedValues): boolean => typed[path] === 'BANDED';
const RULES = [choice('PROPORTIONAL', '按照完成比例赋分', 'By proportion'), choice('GRADE', '按评判等级赋分', 'By grade'), choice('SATISFACTION', '满意度赋分', 'Satisfaction'), choice('DIRECT', '直接赋分', 'All or nothing')] as const;
const bands = (path: string, kind: NumberKind, from: Words, earns: Words): ListParameter =>
  ({ path: `${path}.bands`, words: say('各档', 'Bands'), kind: 'LIST', isAsked: isBanded(`${path}.mode`), columns: [{ key: 'from', kind: 'PERCENT', words: from }, { key: 'earns', kind, words: earns }] });
const grade = (letter: 'A' | 'B' | 'C', zh: string, en: string): Parameter[] => [
  { path: `grades.${letter}.low`, words: say(`${zh}：最低得分值的`, `${en}: at least, of the weight`), kind: 'SHARE' },
  { path: `grades.${letter}.high`, words: say(`${zh}：最高得分值的`, `${en}: at most, of the weight`), kind: 'SHARE' },
  { path: `grades.${letter}.highIncluded`, words: say(`${zh}：上限`, `${en}: upper end`), kind: 'YES_NO', choices: [choice('true', '包含', 'included'), choice('false', '不包含', 'not included')] },
];
const defaultRule = (kind: 'QUANT' | 'QUAL' | 'DATE' | 'BOOL', zh: string, en: string): Parameter => ({ path: `defaultRules.${kind}`, words: say(zh, en), kind: 'CHOICE', choices: RULES });

/** Every parameter of a rule profile in the order in which a table is scored; together they are the whole of it, beside its names and notes. */
export const PARAMETER_SECTIONS: readonly ParameterSection[] = [
  { words: say('分值', 'Points'), parameters: [
    { path: 'targetWeightTotal', words: say('指标分值合计', 'Weights of all rows'), kind: 'POINTS' },
    { path: 'executionWeight', words: say('预算执行分值', 'Weight of budget execution'), kind: 'POINTS' },
  ] },
  { words: say('定量指标', 'Quantities'), parameters: [
    { path: 'proportional.passThreshold', words: say('及格门槛（完成率）', 'Pass threshold (rate)'), kind: 'SHARE', blank: say('留空：没有门槛', 'Blank: none') },
    { path: 'proportional.passFormula', words: say('达到门槛后', 'From the threshold'), kind: 'CHOICE', isAsked: (typed) => (typed['proportional.passThreshold'] ?? '').trim() !== '',
      choices: [choice('PLAIN', '按完成比例', 'by proportion'), choice('ABOVE_THRESHOLD', '按超过门槛的比例', 'by what lies above it')] },
    { path: 'reverseFormula', words: say('反向指标超过指标值时', 'A reverse row above its target'), kind: 'CHOICE', choices: [choice('RATIO', '分值 × 指标值 ÷ 完成值', 'weight × target ÷ actual'), choice('LIN_2T', '分值 ×（2 − 完成值 ÷ 指标值）', 'weight × (2 − actual ÷ target)')] },
  ] },
  { words: say('满意度', 'Satisfaction'), parameters: [
    { path: 'satisfaction.mode', words: say('计分方式', 'How it is scored'), kind: 'CHOICE', choices: [choice('PROPORTIONAL', '按比例', 'by proportion'), choice('BANDED', '分档', 'by bands')] },
    { path: 'satisfaction.zeroBelow', words: say('低于多少不得分', 'Nothing below'), kind: 'PERCENT', blank: say('留空：没有下限', 'Blank: no floor'), isAsked: (typed) => typed['satisfaction.mode'] !== 'BANDED' },
    bands('satisfaction', 'SHARE', say('满意度达到', 'Satisfaction from'), say('得分值的', 'earns, of the weight')),
  ] },
  { words: say('定性指标', 'Judged rows'), clause: 'grades', parameters: [...grade('A', '达成', 'Attained'), ...grade('B', '部分达成', 'Partly attained'), ...grade('C', '未达成', 'Not attained')] },
  { words: say('时间指标', 'Dates'), parameters: [
    { path: 'date.late', words: say('逾期', 'When it is missed'), kind: 'CHOICE', choices: [choice('RATIO_DURATION', '按计划天数与实际天数的比例', 'planned days ÷ actual days'), choice('ZERO', '不得分', 'nothing')] },
  ] },
  { words: say('预算执行', 'Budget execution'), parameters: [
    { path: 'execution.mode', words: say('计分方式', 'How it is scored'), kind: 'CHOICE', choices: [choice('PROPORTIONAL', '按比例', 'by proportion'), choice('BANDED', '分档', 'by bands')] },
    bands('execution', 'POINTS', say('执行率达到', 'Rate from'), say('得', 'earns')),
    { path: 'execution.zeroBudget', words: say('没有预算的项目', 'Without a budget'), kind: 'CHOICE', choices: [choice('RESCALE', '不适用，总分按比例折算', 'does not apply, the total is rescaled'), choice('ZERO', '得 0 分', 'earns 0 points')] },
  ] },
  { words: say('超额完成', 'Overshoot'), clause: 'overCompletion', parameters: [
    { path: 'overCompletion.threshold', words: say('完成值为指标值的多少须说明原因', 'A reason is owed from, of the target'), kind: 'SHARE' },
    { path: 'overCompletion.inclusive', words: say('正好等于这个数', 'Exactly this much'), kind: 'YES_NO', choices: [choice('true', '也须说明', 'owes one too'), choice('false', '不须说明', 'owes none')] },
    { path: 'overCompletion.maxDeduction', words: say('指标值定得过低的，最多扣分值的', 'Target set too low: at most, of the weight'), kind: 'SHARE' },
  ] },
  { words: say('评价等级', 'Ratings'), clause: 'ratings', parameters: [
    { path: 'ratings', words: say('总分达到', 'Total from'), kind: 'LIST', names: ['优', '良', '中', '差'], columns: [{ key: 'name', kind: 'NAME', words: say('等级', 'Rating') }, { key: 'from', kind: 'POINTS', words: say('总分达到', 'Total from') }] },
  ] },
  { words: say('须写说明的情形', 'When a reason is owed'), parameters: [
    { path: 'explanations.belowWeight', words: say('没有得满分的指标', 'A row below its weight'), kind: 'YES_NO', choices: [choice('true', '须写偏差原因及改进措施', 'owes cause and measures'), choice('false', '不须写', 'owes none')] },
    { path: 'explanations.executionBelow', words: say('执行率低于', 'Execution rate below'), kind: 'PERCENT' },
    { path: 'explanations.budgetAdjustedAbove', words: say('预算调整超过', 'Budget adjusted by more than'), kind: 'PERCENT' },
  ] },
  { words: say('表上没有赋分规则时', 'Rows without a rule of their own'), clause: 'defaultRules', parameters: [
    defaultRule('QUANT', '定量指标', 'Quantities'), defaultRule('QUAL', '定性指标', 'Judged rows'), defaultRule('DATE', '时间指标', 'Dates'), defaultRule('BOOL', '是否类指标', 'Yes or no'),
  ] },
];

export const PARAMETERS: readonly Parameter[] = PARAMETER_SECTIONS.flatMap((section) => section.parameters);
