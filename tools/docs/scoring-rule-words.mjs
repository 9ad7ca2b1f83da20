// What the page of scoring rules says in words. Numbers, clauses and cases are not here: they come from libs/domain.

/** Rules in the order of the page. `parameters`: paths in the rule profile. `vectors`: files of libs/domain/testing/vectors. `example`: the case whose derivation is printed. */
export const RULES = [
  {
    id: 'proportional', title: ['按照完成比例赋分：正向指标', 'By proportion, more is better'], code: 'rules/proportional-positive.ts', vectors: ['proportional'], example: 'P3',
    zh: '完成值达到或超过指标值，得满分；未达到的，按完成值与指标值之比得分。规则参数设有及格门槛时，低于门槛不得分，恰好达到门槛算及格；及格后按 PLAIN（权重 × 完成率）或 ABOVE_THRESHOLD（超过门槛部分的比例）计分。某一行自己的及格门槛优先于规则参数。计算符号“=”按正向计时，超过指标值也得满分。',
    en: 'At or above the target earns the whole weight; below it, the weight times actual over target. Where the profile has a pass threshold, less than the threshold earns nothing and the threshold itself passes; from there PLAIN takes weight × rate, ABOVE_THRESHOLD the share of the way from the threshold to the target. A threshold of the row comes before that of the profile. An “=” that counts as more-is-better also earns full points above the target.',
    formula: ['A ≥ T            W', 'A < T            W × A ÷ T                        (PLAIN)', '                 W × (A ÷ T − p) ÷ (1 − p)        (ABOVE_THRESHOLD)', 'A ÷ T < p        0', 'T ≤ 0            reached: W, not reached: 0 · A < 0 counts as 0'],
    parameters: ['proportional.passThreshold', 'proportional.passFormula'],
  },
  {
    id: 'reverse', title: ['按照完成比例赋分：反向指标', 'By proportion, less is better'], code: 'rules/proportional-negative.ts', vectors: ['reverse'], example: 'N3',
    zh: '完成值不超过指标值，得满分；超过的，默认按 RATIO（指标值 ÷ 完成值）得分，即国家自评表填表说明所印公式；LIN_2T 为另一种做法，达到指标值 2 倍时为零分。指标值为 0 的只有达成与未达成。不到限值一半不扣分，只提示核对指标值或预算是否偏高。',
    en: 'At or below the limit earns the whole weight. Above it RATIO (the default) takes limit over actual, the formula printed on the national form; LIN_2T falls evenly and reaches nothing at twice the limit. A limit of zero is kept or not. At or below half the limit costs nothing: it is only asked whether the target or the budget was too high.',
    formula: ['A ≤ T            W', 'A > T            W × T ÷ A                        (RATIO)', '                 W × max(0, 2 − A ÷ T)            (LIN_2T)', 'T ≤ 0, A > T     0'],
    parameters: ['reverseFormula'],
  },
  {
    id: 'point', title: ['等于型指标：高低都不对', 'Exactly the target: both sides are wrong'], code: 'rules/point.ts', vectors: ['point'], example: 'E4',
    zh: '恰好等于指标值得满分，高于或低于都按偏离程度扣分，偏离达到 100% 为零分。公开文件没有给出公式，此式为产品约定。默认只用于按人计发的标准（如每人每月 120 元）。',
    en: 'Exactly the target earns the whole weight; every deviation to either side costs its share, and 100 % off earns nothing. No published text gives a formula: this one is a convention of the product. By default only benefits per head are scored so (120 yuan a person and month).',
    formula: ['A = T            W', 'A ≠ T            W × max(0, 1 − |A − T| ÷ |T|)', 'T = 0, A ≠ 0     0'],
    parameters: [], clause: '产品约定，公开文件无公式',
  },
  {
    id: 'interval', title: ['区间指标', 'Interval'], code: 'rules/interval.ts', vectors: ['interval'], example: 'I2',
    zh: '落在区间内（含两端）得满分；低于下限按与下限之比，高于上限按反向公式以上限计分。公开文件没有给出公式，此式为产品约定。',
    en: 'Inside, both ends included, earns the whole weight; below, the proportion to the lower bound; above, the reverse formula on the upper bound. No published text gives a formula: a convention of the product.',
    formula: ['lo ≤ A ≤ hi      W', 'A < lo           W × A ÷ lo', 'A > hi           W × hi ÷ A                       (RATIO)', '                 W × max(0, 2 − A ÷ hi)           (LIN_2T)'],
    parameters: ['reverseFormula'],
  },
  {
    id: 'date', title: ['时间节点', 'Date'], code: 'rules/date.ts', vectors: ['date'], example: 'D3',
    zh: '不晚于计划日期完成得满分；逾期默认按计划天数 ÷ 实际天数得分（天数自预算年度 1 月 1 日起算，含当日），ZERO 为逾期不得分。只写月份的，以月末为准。期末尚未完成为零分，并须说明原因。',
    en: 'Finished by the planned day earns the whole weight. Late earns planned over actual days, counted from 1 January of the fiscal year, that day included; with ZERO, nothing. A month without a day means its last day. Not finished when the year ends earns nothing, and a reason is owed.',
    formula: ['days ≤ planned   W', 'days > planned   W × planned ÷ days               (RATIO_DURATION)', '                 0                                (ZERO)'],
    parameters: ['date.late'],
  },
  {
    id: 'direct', title: ['直接赋分', 'Direct'], code: 'rules/direct.ts', vectors: ['direct'], example: 'X3',
    zh: '是得满分，否得零分；“否”可以约定固定扣分而不是全扣。数值和日期也可以按此规则：达成即是，未达成即否。',
    en: 'Yes earns the whole weight, no earns nothing, or the weight less a fixed deduction where one is agreed. Numbers and dates may be scored so too: met is yes, not met is no.',
    formula: ['yes              W', 'no               0, or W − deduction'],
    parameters: [], clause: '财预〔2021〕101号（直接赋分，据记忆转述）',
  },
  {
    id: 'grade', title: ['按评判等级赋分（定性指标）', 'By grade (qualitative rows)'], code: 'rules/grade.ts', vectors: ['grade'], example: 'G5',
    zh: '先定等级（A 达成、B 部分达成、C 未达成），再在该等级的比例区间内给分；区间外的分值不被接受，并写明允许的范围。A 档不填比例时按满分。下限含在本档，上限归上一档（A 档含 100%）。',
    en: 'First the grade (A reached, B partly, C not reached), then a share inside the band of that grade; points outside it are not accepted, and the sentence says which are. Grade A without a share earns full points. Lower bounds belong to their band, upper bounds to the one above (A includes 100 %).',
    formula: ['W × share,       low ≤ share < high of the grade (A: ≤)'],
    parameters: ['grades.A', 'grades.B', 'grades.C'],
  },
  {
    id: 'satisfaction', title: ['满意度赋分', 'Satisfaction'], code: 'rules/satisfaction.ts', vectors: ['satisfaction'], example: 'S2',
    zh: 'PROPORTIONAL（默认）：与其他定量指标一样按完成比例，设有下限的，低于下限不得分。BANDED：按满意度所在分档得权重的一定比例，不看指标值；因此可能低于指标值仍得满分，系统会提示核对。投诉率一类反向指标不适用本规则，按反向指标计分。',
    en: 'PROPORTIONAL (default): like any other quantity; where a floor is set, less than the floor earns nothing. BANDED: the band of the percentage decides which share of the weight is earned, whatever the target; a band may give full points below the target, which is flagged. Complaint rates under a ceiling are less-is-better rows, not this rule.',
    formula: ['PROPORTIONAL     A ≥ T: W · A < T: W × A ÷ T · A < floor: 0', 'BANDED           W × share of the band that A reaches (lower bounds included)'],
    parameters: ['satisfaction.mode', 'satisfaction.bands', 'satisfaction.zeroBelow'],
  },
  {
    id: 'execution', title: ['预算执行率', 'Budget execution'], code: 'rules/budget-execution.ts', vectors: ['execution'], example: 'B2',
    zh: '执行率 = 全年执行数 ÷ 全年预算数（调整后；没有调整的用年初预算数）。PROPORTIONAL（默认）：权重 × 执行率，最高满分；BANDED：按分档得分。超预算按 100% 计并提示。全年无预算且无执行的，不适用（RESCALE，总分折算）或得零分（ZERO）；无预算而有执行的不予计分，须先更正。',
    en: 'The rate is executed over the adjusted budget, or the initial one where nothing was adjusted. PROPORTIONAL (default): weight × rate, never above the weight; BANDED: points of the band. Spending beyond the budget counts as 100 % and is flagged. Without budget and spending the row does not apply (RESCALE: the total is rescaled) or earns nothing (ZERO); spending without a budget is refused until it is put right.',
    formula: ['PROPORTIONAL     W × min(1, executed ÷ budget)', 'BANDED           points of the band that the rate reaches (lower bounds included)', 'budget = 0       never divided by'],
    parameters: ['execution.mode', 'execution.bands', 'execution.zeroBudget', 'executionWeight'],
  },
  {
    id: 'over-completion', title: ['超额完成较多', 'Far above the target'], code: 'rules/over-completion.ts', vectors: ['over-completion'], example: 'O2 target too low',
    zh: '完成值与指标值之比达到起点的，须说明原因；超额本身从不扣分。只有原因选“年初指标值设定明显偏低”，才按超过起点的部分扣减，最多扣到上限。',
    en: 'From the threshold on a reason is owed; overshoot alone never costs points. Only where the cause is “the target was set clearly too low” is the part above the threshold taken off, up to the largest deduction.',
    formula: ['A ÷ T ≥ threshold             a reason is owed', 'and cause = target too low    W × (1 − min(maxDeduction, A ÷ T − threshold))'],
    parameters: ['overCompletion.threshold', 'overCompletion.inclusive', 'overCompletion.maxDeduction'],
  },
  {
    id: 'totals', title: ['总分、折算与等级', 'Total, rescaling and rating'], code: 'score-table.ts', vectors: ['totals'], example: null,
    zh: '每行先四舍五入到两位小数，总分是打印出来的各行之和加预算执行得分，因此表上各行相加必等于总分。不适用的行不计入，其余按比例折算到 100 分；总分不超过 100。各行权重之和已达 100 的表没有预算执行行。等级按打印的总分定，下限含在本级：90.00 为优，89.99 为良。',
    en: 'Each row is rounded half up to two places first, and the total is the sum of the printed rows plus execution: the printed column always adds up. Rows that do not apply are left out and the rest is rescaled to 100; a total never exceeds 100. A table whose own rows reach 100 has no execution row. The rating is read from the printed total, lower bounds included: 90.00 is 优, 89.99 is 良.',
    formula: ['total = Σ round(points) + execution', 'not applicable:  total × 100 ÷ (Σ weights that apply + weight of execution if it applies)'],
    parameters: ['targetWeightTotal', 'executionWeight', 'ratings'],
  },
  {
    id: 'explanations', title: ['何时须说明偏差原因及改进措施', 'When an explanation is owed'], code: 'score-indicator.ts', vectors: [], example: null,
    zh: '得分低于权重的行、执行率低于界限、预算调整超过界限、超预算、超额完成较多的行，须说明原因和改进措施；没有说明不能送审。',
    en: 'A row that earns less than its weight, an execution rate below the bound, a budget adjusted by more than the bound, spending beyond the budget and a row far above its target owe causes and measures; without them a document cannot be submitted.',
    formula: [],
    parameters: ['explanations.belowWeight', 'explanations.executionBelow', 'explanations.budgetAdjustedAbove'],
  },
  {
    id: 'default-rules', title: ['表上没有“赋分规则”一栏时', 'Where the form has no column for the rule'], code: '../target-table/defaults.ts', vectors: [], example: null,
    zh: '有赋分规则栏的按所填规则；没有的，满意度指标用满意度赋分，其余按指标的类型取规则参数中的默认规则。无法照所填规则计算的（定性指标填“按比例”、定量指标填“按等级”），也取默认规则。',
    en: 'The printed rule holds. Without one, satisfaction rows take the satisfaction rule and all others the default of their kind. A rule that cannot be computed for the kind (a wording by proportion, a number by grade) falls back to that default too.',
    formula: [],
    parameters: ['defaultRules.QUANT', 'defaultRules.QUAL', 'defaultRules.DATE', 'defaultRules.BOOL'],
  },
  {
    id: 'worked-examples', title: ['完整算例', 'Worked examples'], code: 'score-table.ts', vectors: ['worked-examples'], example: null,
    zh: '指标、权重和指标值取自两份公开的 2024 年绩效目标表，完成值为虚构。',
    en: 'Rows, weights and targets are those of two published tables of 2024; the actual values are invented.',
    formula: [], parameters: [],
  },
  {
    id: 'lights', title: ['监控灯（不影响得分）', 'Monitoring lights (never part of a score)'], code: '../monitoring/monitoring-light.ts', vectors: ['lights'], example: null,
    zh: '正向指标按“到期应完成的比例”看：完成值 × 12 ÷（指标值 × 已过月数），低于 60% 红灯，低于 80% 黄灯，低于 120% 绿灯，120% 起蓝灯。反向指标不超限即绿灯。预算执行没有蓝灯，超预算为红灯。整表取最差的一盏。界限为同类系统的通行做法，只作提示。',
    en: 'More-is-better rows are read against what was due by now: actual × 12 ÷ (target × months gone); below 60 % red, below 80 % yellow, below 120 % green, from 120 % blue. A limit is green while it is kept. Execution knows no blue, and beyond the budget it is red. A table shows its worst light. The bounds are those the field’s systems use; they only advise.',
    formula: [], parameters: [],
  },
];

/** What the flags of a row mean, Chinese and English. */
export const FLAGS = {
  OVER: ['超额较多，须说明原因', 'far above the target: a reason is owed'],
  OVER_DEDUCTED: ['因指标值设定偏低扣分', 'points off because the target was too low'],
  NOT_REPORTED: ['未填报', 'not reported'],
  NOT_APPLICABLE: ['不适用', 'does not apply'],
  BELOW_TARGET_FULL_SCORE: ['低于指标值但该档得满分，请核对', 'below the target, yet its band earns full points'],
  STRICT_EQUAL: ['计算符号为 > 或 <，恰好相等，按达成计', 'operator > or <, exactly equal: counts as met'],
  NEGATIVE_AS_ZERO: ['负数按 0 计', 'a negative value counts as zero'],
  MANUAL_REVIEW: ['指标值为负且未达成，公式不适用，须人工复核', 'negative target missed: no formula applies, a person has to look'],
  FAR_BELOW_LIMIT: ['不到限值一半，请核对指标值或预算', 'at or below half the limit: check the target or the budget'],
  LATE: ['逾期', 'late'],
  UNFINISHED: ['未完成', 'not finished'],
  OVER_BUDGET: ['超预算', 'more was spent than budgeted'],
  BELOW_PASS_THRESHOLD: ['低于及格门槛', 'below the pass threshold'],
  RATIO_WITHOUT_PARTS: ['比率缺分子、分母', 'a rate without its numerator and denominator'],
};

/** Words of parameter values that are codes. */
export const VALUES = {
  true: '是 yes', false: '否 no', null: '无 none',
  PROPORTIONAL: '按完成比例 by proportion', GRADE: '按评判等级 by grade', DIRECT: '直接赋分 direct', SATISFACTION: '满意度赋分 satisfaction',
};

/** What a parameter is called. */
export const PARAMETERS = {
  'proportional.passThreshold': '及格门槛 pass threshold', 'proportional.passFormula': '及格后的公式 formula above it', reverseFormula: '反向公式 reverse formula',
  'satisfaction.mode': '满意度方式 mode', 'satisfaction.bands': '满意度分档（满意度 → 权重的比例） bands', 'satisfaction.zeroBelow': '低于此值不得分（%） floor',
  'grades.A': 'A 达成 reached', 'grades.B': 'B 部分达成 partly', 'grades.C': 'C 未达成 not reached',
  'execution.mode': '执行率方式 mode', 'execution.bands': '执行率分档（执行率 → 分） bands', 'execution.zeroBudget': '无预算无执行 no budget, no spending',
  'date.late': '逾期 late', 'overCompletion.threshold': '超额起点 A÷T threshold', 'overCompletion.inclusive': '起点含在内 threshold included', 'overCompletion.maxDeduction': '最多扣减（占权重） largest deduction',
  targetWeightTotal: '各行权重之和 sum of weights', executionWeight: '预算执行分值 weight of execution', ratings: '等级下限 ratings',
  'explanations.belowWeight': '得分低于权重 less than the weight', 'explanations.executionBelow': '执行率低于（%） execution below', 'explanations.budgetAdjustedAbove': '预算调整超过（%） budget adjusted by more than',
  'defaultRules.QUANT': '定量 numbers', 'defaultRules.QUAL': '定性 wordings', 'defaultRules.DATE': '时间节点 dates', 'defaultRules.BOOL': '是否 yes or no',
};

/** The official texts that the domain refers to, and what for. */
export const TEXTS = [
  ['财预〔2015〕88号', '中央部门预算绩效目标管理办法', '绩效目标的审定与调整', 'setting and adjusting targets'],
  ['财预〔2019〕136号', '中央部门预算绩效运行监控管理暂行办法', '运行监控表、偏差原因', 'monitoring reports and causes of deviation'],
  ['财预〔2020〕10号', '项目支出绩效评价管理办法', '赋分、等级、自评', 'scoring, ratings, self-evaluation'],
  ['财预〔2021〕101号', '核心绩效目标和指标设置及取值指引', '赋分规则的种类、分档示例（据记忆转述）', 'kinds of rules, examples of bands (from memory)'],
];
