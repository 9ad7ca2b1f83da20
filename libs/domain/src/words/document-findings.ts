import type { Words } from './speak';

/** What is said of a whole published document: its text, its projects, its names, its budget tables. Part of `FINDING_WORDS`. */
export const DOCUMENT_FINDING_WORDS = {
  // the same quantity, twice
  'Q-C2': { zh: '“{name}”的指标值为 {found}，而项目说明（{place}）写的是 {expected}，请核对。', en: 'The target of “{name}” is {found}, but the statement of the project ({place}) says {expected}. Check it.' },
  'Q-C2-opposite': { zh: '{place}写“{found}”，其他地方写“{expected}”，前后矛盾。', en: '{place} says “{found}”, elsewhere it is “{expected}”: they contradict each other.' },
  'Q-C2-list': { zh: '{place}写“{found}”，括号内只列出 {count} 项，应为 {expected} 项。', en: '{place} says “{found}” but lists {count}; it should be {expected}.' },
  'Q-C2-unit': { zh: '{place}写“{found}”，其他地方写“{expected}”，计量单位不一致。', en: '{place} says “{found}”, elsewhere it is “{expected}”: the units differ.' },
  'Q-C2-money': { zh: '“{name}”的预算总额为 {found} 万元，而项目说明（{place}）的预算安排规模为 {expected} 万元。', en: 'The budget of “{name}” is {found}, but the statement of the project ({place}) plans {expected} (10,000 yuan).' },
  // arithmetic in the text
  'Q-C3': { zh: '{place}的算式“{found}”不成立，应为 {expected}。', en: 'The arithmetic “{found}” in {place} does not hold; it makes {expected}.' },
  'Q-C3-factor': { zh: '{place}的算式“{found}”不成立，应为 {expected}；若得数正确，则 {operand} 应为 {alternative}。', en: 'The arithmetic “{found}” in {place} does not hold: it makes {expected}; if the result is right, {operand} should be {alternative}.' },
  'Q-C3-rounded': { zh: '{place}的“{found}”是四舍五入后的数相加，按精确数应为 {expected}。', en: '“{found}” in {place} adds rounded numbers; exactly it makes {expected}.' },
  'Q-C3-unit': { zh: '{place}的单位“{found}”写反了，应为“{expected}”。', en: 'The unit “{found}” in {place} is upside down; it should be “{expected}”.' },
  // goal text, money and rows
  'Q-R1-purpose': { zh: '目标文字中的任务“{found}”没有对应的指标。', en: 'The task “{found}” in the goal text has no indicator.' },
  'Q-R1-group': { zh: '目标文字写“{found}”，指标名称却是“{expected}”，对象不一致。', en: 'The goal text speaks of “{found}”, the indicator of “{expected}”: not the same group.' },
  'Q-R2': { zh: '“{name}”没有出现在目标文字中。', en: '“{name}” is not mentioned in the goal text.' },
  'Q-R3': { zh: '项目资金中的 {found} 万元（占 {share}%，{place}）没有对应的指标。', en: '{found} (10,000 yuan), {share} % of the project’s money ({place}), has no indicator.' },
  'Q-R4': { zh: '“{name}”与项目名称和目标文字几乎没有联系，请核对是否相关。', en: '“{name}” has next to nothing in common with the project and its goal. Check that it belongs here.' },
  'Q-R4-duty': { zh: '目标文字提到“{found}”，不在单位主要职能（{expected}）之内，请核对是否误抄。', en: 'The goal text speaks of “{found}”, which is not among the duties of the unit ({expected}). Check that it was not copied from elsewhere.' },
  // projects and budget
  'Q-P1': { zh: '文字中的财政拨款项目为 {expected}，绩效目标表加不公开项目为 {found}，请核对。', en: 'The text states {expected} (10,000 yuan) of fiscal money; the target tables and what is not published make {found}. Check it.' },
  'Q-P2-budget': { zh: '绩效目标表的年度预算总额 {found} 万元不等于表7中该项目的 {expected} 万元。', en: 'The total {found} of the target table does not equal the {expected} of table 7 (10,000 yuan).' },
  'Q-P4': { zh: '年度主要任务“{name}”的预算金额 {found} 万元不等于其项目绩效目标表的 {expected} 万元，请核对。', en: 'The task “{name}” has {found}, the target table of that project {expected} (10,000 yuan). Check which is right.' },
  'Q-X5': { zh: '“{found}”（{place}）与“{expected}”用途相近、名称不同，是一个项目还是两个？', en: '“{found}” ({place}) and “{expected}” serve one purpose under two names. One project or two?' },
  'Q-X6': { zh: '项目“{name}”按用途应列“{expected}”，表7列在“{found}”，请核对经济分类。', en: 'By its purpose the project “{name}” belongs to “{expected}”; table 7 books it under “{found}”. Check the economic classification.' },
  // names and terms
  'Q-X1': { zh: '{place}写“{found}”，其他地方写“{expected}”，名称不一致。', en: '{place} says “{found}”, elsewhere it is “{expected}”: one thing, two names.' },
  'Q-X1-subject': { zh: '科目 {code} 在{place}写作“{found}”，在其他表写作“{expected}”。', en: 'Subject {code} is “{found}” in {place} and “{expected}” in other tables.' },
  'Q-X1-heading': { zh: '标题“{found}”（{place}）与规定的“{expected}”不一致，疑为笔误。', en: 'The heading “{found}” ({place}) differs from the prescribed “{expected}”; a slip of the pen?' },
  'Q-X1-subordinate': { zh: '前文称“{expected}”，{place}却写“{found}”。', en: 'The document says “{expected}”, but {place} says “{found}”.' },
  'Q-X1-group': { zh: '同一对象“{anchor}”有几种写法：{found}；请统一为“{expected}”。', en: 'One group, “{anchor}”, has several names: {found}. Use “{expected}” throughout.' },
  // persons
  'Q-X2': { zh: '{place}的联系电话位数不对（固定电话应为区号加 7 至 8 位），请核对。', en: 'The telephone number in {place} has the wrong number of digits. Check it.' },
  'Q-X3': { zh: '{place}印有个人手机号，公开前应隐去。', en: 'A personal mobile number is printed in {place}; mask it before publication.' },
  'Q-X3-identity': { zh: '{place}印有身份证号，公开前应隐去。', en: 'An identity number is printed in {place}; mask it before publication.' },
} as const satisfies Record<string, Words>;

const IDENTITIES = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
] as const;
type IdentityCode = `Q-B${(typeof IDENTITIES)[number]}`;

/** Q-B1 … Q-B36: one sentence for a difference, one for a difference that rounding explains. */
export const IDENTITY_FINDING_WORDS = Object.fromEntries(IDENTITIES.flatMap((number) => [
  [`Q-B${number}`, { zh: '{identity}：{found} 与 {expected} 相差 {difference}{about}，请核对。', en: '{identity}: {found} and {expected} differ by {difference}{about}. Check it.' }],
  [`Q-B${number}-rounding`, { zh: '{identity}：{found} 与 {expected} 相差 {difference}{about}，在逐格四舍五入的误差之内。', en: '{identity}: {found} and {expected} differ by {difference}{about}, within the rounding of single cells.' }],
])) as unknown as Readonly<Record<IdentityCode | `${IdentityCode}-rounding`, Words>>;
