import { DOCUMENT_FINDING_WORDS, IDENTITY_FINDING_WORDS } from './document-findings';
import { READING_FINDING_WORDS } from './reading-findings';
import type { Words } from './speak';

/** Every finding of domain.md §5.2 the product makes, with its sentence in both languages. */
export const FINDING_WORDS = {
  ...READING_FINDING_WORDS,
  ...DOCUMENT_FINDING_WORDS,
  ...IDENTITY_FINDING_WORDS,
  // weights
  'Q-W1': { zh: '分值权重合计为 {found}，应为 {expected}（预算执行率的 10 分在自评时另计）。', en: 'Weights add up to {found}; {expected} is required (10 points for budget execution are added at self-evaluation).' },
  'Q-W1-full': { zh: '指标分值权重合计已满 {found}，本表将不再另计预算执行率得分。', en: 'The rows alone reach {found}: this table will have no separate row for budget execution.' },
  'Q-W2': { zh: '“{level1}”分值合计 {found}，参考分值为 {expected}。', en: '“{level1}” weighs {found} in all; the reference is {expected}.' },
  'Q-W3': { zh: '“{name}”的分值 {found} 无效，应大于 0 且最多两位小数。', en: 'The weight {found} of “{name}” is not valid: it must be above 0 with at most two decimals.' },
  'Q-W3-heavy': { zh: '“{name}”一项就占 {found} 分，超过 {expected} 分，建议拆分。', en: '“{name}” alone weighs {found} points, more than {expected}; consider splitting it.' },
  // taxonomy
  'Q-T1': { zh: '“{level1}”下没有“{found}”这一二级指标，可用：{expected}。', en: '“{found}” is not a second level of “{level1}”. Lawful: {expected}.' },
  'Q-T1-level1': { zh: '一级指标“{found}”不在指标体系内，可用：{expected}。', en: 'The first level “{found}” is not in the frame. Lawful: {expected}.' },
  'Q-T1-alias': { zh: '二级指标“{found}”是“{expected}”的别名，按后者处理。', en: 'The second level “{found}” is another name for “{expected}” and is treated as such.' },
  'Q-T2': { zh: '“{name}”像是{expected}，现在放在“{found}”下，请核对分类。', en: '“{name}” looks like {expected} but is filed under “{found}”. Check where it belongs.' },
  'Q-T3': { zh: '“{name}”放在“{found}”下存疑，是否应为“{expected}”？', en: '“{name}” under “{found}” is questionable; should it be “{expected}”?' },
  // completeness
  'Q-K1': { zh: '表头缺少“{expected}”，请补填。', en: 'The head of the table lacks “{expected}”. Fill it in.' },
  'Q-K2': { zh: '项目绩效目标表至少要有一条“{expected}”。', en: 'A project table needs at least one row under “{expected}”.' },
  'Q-K2-level2': { zh: '产出指标中没有“{expected}”，原则上应同时设置数量和质量指标。', en: 'There is no “{expected}” among the outputs; quantity and quality should both be there.' },
  'Q-K3': { zh: '“{name}”没有填写“{expected}”。', en: '“{name}” has no “{expected}”.' },
  // measurability
  'Q-M1': { zh: '年度目标文字中没有任何量化内容，而表中有 {found} 条定量指标。', en: 'The goal text holds no number at all although {found} quantitative rows follow.' },
  'Q-M2': { zh: '“{name}”的指标值“{found}”不完整，定量指标须有计算符号、数值和计量单位。', en: 'The target “{found}” of “{name}” is incomplete: a quantitative row needs a sign, a number and a unit.' },
  'Q-M3': { zh: '定性指标共 {found} 分，超过总分的 30%（{expected} 分），建议更多使用定量指标。', en: 'Qualitative rows weigh {found} points, more than 30 % ({expected}). Use more measurable rows.' },
  'Q-M3-rate': { zh: '“{name}”名称是比率，指标值却是文字“{found}”，请填写数值。', en: '“{name}” sounds like a rate, but its target is the wording “{found}”. Give a number.' },
  'Q-M4': { zh: '{count} 条产出（履职）指标中有 {found} 条是“=100%”，目标缺少挑战性。', en: '{found} of {count} output rows are “=100%”: the targets do not stretch.' },
  // names
  'Q-N1': { zh: '“{name}”名称中的单位是“{found}”，指标值的单位是“{expected}”，请统一。', en: 'The name of “{name}” says “{found}” but its target is in “{expected}”. Make them agree.' },
  'Q-N1-rate': { zh: '“{name}”的指标值是百分比，名称却不是比率，建议改为“…率”。', en: 'The target of “{name}” is a percentage but the name is not a rate. Call it a rate.' },
  'Q-N1-missing': { zh: '“{name}”名称中没有写单位，而同类指标都写了，建议改为“{expected}”。', en: 'The name of “{name}” lacks the unit its neighbours have. Write “{expected}”.' },
  'Q-N2': { zh: '“{name}”中含“{found}”，定量指标名称应是名词短语。', en: '“{name}” holds “{found}”; the name of a quantitative row should be a noun phrase.' },
  'Q-N2-long': { zh: '“{name}”共 {found} 字，超过 {expected} 字，建议精简。', en: '“{name}” has {found} characters, more than {expected}. Shorten it.' },
  'Q-N3': { zh: '“{name}”与第 {found} 行重复。', en: '“{name}” repeats row {found}.' },
  // units, direction, history
  'Q-U1': { zh: '“{name}”的单位“{found}”与指标值的单位“{expected}”不是同一类，无法比较。', en: 'The unit “{found}” of “{name}” does not measure the same thing as “{expected}”; they cannot be compared.' },
  'Q-U1-price': { zh: '“{name}”是每人标准，单位应为“{expected}”，现为“{found}”。', en: '“{name}” is an amount per head; its unit should be “{expected}”, not “{found}”.' },
  'Q-D1': { zh: '“{name}”用“=”，少花或提前反而不算“等于”，建议改为“{expected}”。', en: '“{name}” uses “=”: spending less or finishing early would not be equal. “{expected}” is better.' },
  'Q-D1-price': { zh: '“{name}”用“=”表示应按标准足额支付；若只是控制上限，建议改为“{expected}”。', en: '“{name}” uses “=”, which fits a standard to be paid in full. If it is only a ceiling, use “{expected}”.' },
  'Q-D2': { zh: '“{name}”写作“{found}”，方向存疑：该事项通常应{expected}。', en: '“{name}” is written “{found}”, but one would wish for {expected}. Check the sign.' },
  'Q-D2-shrinking': { zh: '“{name}”要求“{found}”，而享受待遇的人数会自然减少，稍有减少即不达标，请考虑按应发尽发率设置。', en: '“{name}” demands “{found}”, but the number of recipients shrinks by itself; any death misses the target. Consider a rate of those entitled.' },
  'Q-D2-over': { zh: '“{name}”的指标值 {found} 超过 100%，请核对。', en: 'The target {found} of “{name}” is above 100 %. Check it.' },
  'Q-H1': { zh: '“{name}”上年完成值“{found}”的单位与指标值“{expected}”不同，无法比较。', en: 'Last year’s value “{found}” of “{name}” has another unit than the target “{expected}”; they cannot be compared.' },
  'Q-H2': { zh: '“{name}”的目标“{found}”低于上年完成值“{expected}”，请说明原因。', en: 'The target “{found}” of “{name}” is worse than last year’s “{expected}”. Say why.' },
  'Q-H3': { zh: '“{name}”没有填写上年完成值；新增的请写“新增”。', en: '“{name}” has no value for last year; write 新增 if it is new.' },
  // coherence
  'Q-C1': { zh: '“{name}”要求{found}，而“{other}”由上年 {previous} 变为 {target}，两者矛盾。', en: '“{name}” asks for {found}, yet “{other}” goes from {previous} last year to {target}: they contradict each other.' },
  'Q-R1': { zh: '年度目标文字中的“{found}”没有对应的指标。', en: '“{found}” in the goal text has no indicator.' },
  'Q-P2': { zh: '年度预算总额 {found} 不等于各项资金之和 {expected}。', en: 'The total {found} does not equal the sum of its parts, {expected}.' },
  'Q-P3': { zh: '成本指标合计 {found} 万元，超过项目总额 {expected} 万元。', en: 'The cost targets add up to {found} 万元, more than the project’s {expected} 万元.' },
  'Q-P5': { zh: '年度主要任务的{label}合计 {found} 万元，与本单位年度预算中的 {expected} 万元不一致，请核对。', en: 'In {labelEn} the main tasks make {found}, the unit has {expected} (10,000 yuan). Check them.' },
  'Q-P5-sources': { zh: '年度主要任务“{name}”的预算金额 {found} 万元不等于财政拨款与其他资金之和 {expected} 万元。', en: 'The task “{name}” has {found}, its sources add up to {expected} (10,000 yuan).' },
  'Q-X4': { zh: '“{where}”中的引号或括号不成对：{found}', en: 'Quotes or brackets in “{where}” do not pair: {found}' },
  'Q-X4-html': { zh: '“{where}”中残留网页代码“{found}”，请删除。', en: 'Web page code “{found}” remains in “{where}”. Remove it.' },
  'Q-X4-placeholder': { zh: '“{where}”中残留填写提示“{found}”，请改为正式内容。', en: 'A placeholder “{found}” remains in “{where}”. Replace it with the real text.' },
  // slips of the pen in an actual value
  'looks-like-fraction': { zh: '“{name}”填写的是 {found}，是 {found} 还是 {percent}？', en: '“{name}”: {found} was entered. Is it {found} or {percent}?' },
  'about-one-hundredth': { zh: '“{name}”填写的 {found} 只有目标 {expected} 的约 1/{times}，请核对数值和单位。', en: '“{name}”: {found} is about 1/{times} of the target {expected}. Check number and unit.' },
  'hundred-times': { zh: '“{name}”填写的 {found} 约为目标 {expected} 的 {times} 倍，请核对数值和单位。', en: '“{name}”: {found} is about {times} times the target {expected}. Check number and unit.' },
  'outside-last-year': { zh: '“{name}”的 {found} 明显超出去年各期的范围（{range}），请核对。', en: '“{name}”: {found} is well outside what last year’s periods reported ({range}). Check it.' },
  'negative-count': { zh: '“{name}”填写的 {found} 是负数，请核对。', en: '“{name}”: {found} is negative. Check it.' },
  // self-evaluation and monitoring
  'S-01': { zh: '“{name}”没有填写实际完成值。', en: '“{name}” has no actual value.' },
  'S-01-grade': { zh: '“{name}”没有选择评判等级，请选择 A、B 或 C。', en: '“{name}” has no grade: choose A, B or C.' },
  'S-01-share': { zh: '“{name}”评为“{grade}”，没有填写得分，应在 {expected} 之间。', en: '“{name}” is graded “{grade}” without points; they lie between {expected}.' },
  'S-01-number': { zh: '“{name}”是定量指标，没有填写数值。', en: '“{name}” is measured in numbers, but no number is given.' },
  'S-01-date': { zh: '“{name}”是时间指标，没有填写完成日期。', en: '“{name}” has a date, but the day it was finished is not given.' },
  'S-01-answer': { zh: '“{name}”是直接赋分指标，没有选择“是”或“否”。', en: '“{name}” is a yes/no row without an answer.' },
  'S-01-target': { zh: '“{name}”的指标值“{raw}”中没有可计算的数值。', en: 'The target “{raw}” of “{name}” holds nothing that can be computed.' },
  'S-01-execution': { zh: '没有填写预算执行情况（全年预算数、全年执行数）。', en: 'The budget execution (adjusted budget, executed amount) is not entered.' },
  'S-01-nothing': { zh: '全部指标均为“不适用”，没有可以评分的内容。', en: 'Every row is “not applicable”; there is nothing to score.' },
  'S-01-no-rows': { zh: '目标表没有指标，没有可以评分的内容；请先在目标表中填写指标。', en: 'The table has no rows, so there is nothing to score; enter its rows in the target table first.' },
  'S-02': { zh: '“{name}”得分 {found} 超出 0–{expected} 分。', en: 'The points {found} of “{name}” are outside 0–{expected}.' },
  'S-02-deduction': { zh: '“{name}”的扣分 {deduction} 应在 0 至 {weight} 之间。', en: 'The deduction {deduction} of “{name}” must lie between 0 and {weight}.' },
  'S-03': { zh: '“{name}”得 {found} 分，未得满分 {expected}，须填写偏差原因及改进措施。', en: '“{name}” earns {found} of {expected} points and owes an explanation with measures.' },
  'S-04': { zh: '“{name}”评为“{grade}”，得分比例 {found} 不在 {expected} 之内。', en: '“{name}” is graded “{grade}”, but its share {found} is outside {expected}.' },
  'S-04-points': { zh: '“{name}”评为“{grade}”，得分应在 {expected} 分之间，填写的得分比例是 {found}。', en: '“{name}” is graded “{grade}” and earns between {expected} points; the share entered is {found}.' },
  'S-05': { zh: '“{name}”完成率 {found}%，达到或超过 {expected}%，须说明超额原因。', en: '“{name}” reached {found} %, at or beyond {expected} %; say why it went so far over.' },
  'S-06': { zh: '“{name}”分值 {weight}，没有上传“{expected}”。', en: '“{name}” weighs {weight} points but has no file of kind “{expected}”.' },
  'S-07': { zh: '预算执行率 {found}%，须说明原因（{expected}）。', en: 'Budget execution is {found} %; say why ({expected}).' },
  'S-08': { zh: '预算调整幅度 {found}%，超过 {expected}%，须说明原因。', en: 'The budget was adjusted by {found} %, more than {expected} %; say why.' },
  'S-09': { zh: '目标完成率与预算执行率相差 {found} 个百分点，请核对。', en: 'Attainment and budget execution differ by {found} percentage points. Check them.' },
  'S-10': { zh: '各项实际完成值与指标值完全相同或总分为满分，请核对是否如实填报。', en: 'Every actual equals its target, or the total is full. Check that the values are true.' },
  'S-11': { zh: '资金总额 {found} 不等于各项之和 {expected}。', en: 'The total of the money rows, {found}, does not equal the sum {expected}.' },
  'S-11-execution': { zh: '全年预算数为 {budget} 万元，却有执行数 {executed} 万元，请核对预算调整。', en: 'The budget is {budget} but {executed} was spent (10,000 yuan). Check the adjustments.' },
  'S-12': { zh: '“{name}”满意度 {found} 低于目标 {expected}，却得满分。', en: 'Satisfaction “{name}” is {found}, below the target {expected}, yet it earns full points.' },
  'S-13': { zh: '复核得分 {found} 与自评得分 {expected} 相差 10 分以上。', en: 'The reviewed score {found} differs from the self-score {expected} by ten points or more.' },
  'M-01': { zh: '“{name}”本期为{found}，须选择偏差原因并说明。', en: '“{name}” shows {found} this period; choose causes and explain.' },
} as const satisfies Record<string, Words>;

/** The closed union of finding codes. */
export type FindingCode = keyof typeof FINDING_WORDS;
