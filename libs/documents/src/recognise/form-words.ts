import { normalizeText, type ScoringRule } from '@jiheng/domain';

// The words of the official forms. Everything the recognition knows about the forms stands here; it knows no single document.

/** What a column of the indicator block holds. OTHER columns (序号 …) are recognised and left alone. */
export type ColumnRole =
  | 'level1' | 'level2' | 'name' | 'operator' | 'target' | 'unit' | 'basis' | 'previous' | 'weight' | 'rule' | 'evidence'
  // what the self-evaluation adds
  | 'adjustedTarget' | 'actual' | 'actualText' | 'deduction' | 'coefficient' | 'points' | 'deviation' | 'core'
  // what the monitoring adds; the causes and the likelihood are ticks
  | 'forecast' | 'causeFunds' | 'causeSystem' | 'causeStaff' | 'causeEquipment' | 'causeOther' | 'certain' | 'possible' | 'impossible' | 'remark'
  // how an indicator is measured
  | 'explanation' | 'method' | 'dataSource'
  | 'other';

interface WordForms {
  readonly tight: string;
  readonly compact: string;
  readonly bare: string;
  /** What the level dictionaries say; undefined: not asked yet. */
  level1: string | null | undefined;
  level2: string | null | undefined;
  /** Whether it says that a row adds up; undefined: not asked yet. */
  isSum: boolean | undefined;
}

// Every column asks about the same cell in turn, and a thousand tables hold the same few words: answers are kept, a bounded number of them.
const KEPT_FORMS = 4_000;
const kept = new Map<string, WordForms>();
let lastText = '';
let lastForms: WordForms = { tight: '', compact: '', bare: '', level1: null, level2: null, isSum: false };

/** The stretch that {@link knowTight} told of: between two questions about it others are asked about its words. */
let stretch = '';
let stretchForms: WordForms = lastForms;

function formsOf(text: string): WordForms {
  if (text === lastText) return lastForms;
  if (text === stretch) return stretchForms;
  // Numbers differ from row to row and would push the words out.
  const isNumber = isPlainNumber(text);
  const known = isNumber ? undefined : kept.get(text);
  lastText = text;
  if (known !== undefined) {
    lastForms = known;
    return known;
  }
  lastForms = isNumber ? { tight: text, compact: text, bare: text, level1: undefined, level2: undefined, isSum: undefined } : formsOfTight(normalizeText(text).replace(/\s+/gu, ''));
  // Prose is long and never comes again.
  if (!isNumber && text.length <= LONGEST_KEPT) {
    if (kept.size >= KEPT_FORMS) kept.clear();
    kept.set(text, lastForms);
  }
  return lastForms;
}

function formsOfTight(tight: string): WordForms {
  const compact = trimSigns(tight);
  const bare = trimSigns(compact.includes('(') ? compact.replace(/\([^()]*\)/gu, '') : compact);
  return { tight, compact, bare, level1: undefined, level2: undefined, isSum: undefined };
}

/**
 * Says what a text is as {@link tightText} before it is asked about: pieces of running text are folded one by one, and nothing folds over the blank between two
 * of them, so that the thousands of stretches a page could be cut into need no folding of their own.
 */
export function knowTight(text: string, tight: string): void {
  stretch = text;
  stretchForms = formsOfTight(tight);
}

/** Texts longer than this are prose: what was found out about them is not kept. */
export const LONGEST_KEPT = 40;

/** Digits, commas between them and at most one point, digits at both ends: what most cells of a table hold besides words. */
export function isPlainNumber(text: string): boolean {
  const last = text.length - 1;
  let hasPoint = false;
  for (let at = 0; at <= last; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) continue;
    if ((code !== 0x2e && code !== 0x2c) || hasPoint || at === 0 || at === last) return false;
    hasPoint = code === 0x2e;
  }
  return last >= 0;
}

/** Whether a text begins with a common ideograph: folding and trimming leave that one where it is. */
export function beginsWithIdeograph(text: string): boolean {
  const first = text.charCodeAt(0);
  return first >= 0x4e00 && first <= 0x9fff;
}

function trimSigns(word: string): string {
  return /^[:;、,.*]|[:;、,]$/u.test(word) ? word.replace(/^[:;、,.*]+|[:;、,]+$/gu, '') : word;
}

/** The text of a cell for comparisons: NFKC and no blanks at all. */
export function tightText(text: string): string {
  return formsOf(text).tight;
}

/** One spelling for a form word: NFKC, no blanks, no colons at the ends. Brackets stay. */
export function compactWord(text: string): string {
  return formsOf(text).compact;
}

/** A form word without what stands in brackets: 单位名称（盖章） is 单位名称. */
export function bareWord(text: string): string {
  return formsOf(text).bare;
}

/** Heads of columns in every usual spelling, whatever the form; templates add their own. */
export const USUAL_COLUMN_WORDS: Readonly<Partial<Record<ColumnRole, readonly string[]>>> = {
  level1: ['一级指标'],
  level2: ['二级指标'],
  name: ['三级指标', '三级指标名称', '指标名称', '绩效指标名称', '指标内容'],
  operator: ['计算符号', '运算符号', '运算符', '符号', '指标性质', '比较符号'],
  target: ['指标值', '年度指标值', '目标值', '年度目标值', '绩效指标值', '预期指标值', '计划指标值'],
  unit: ['计量单位', '度量单位', '指标单位', '单位'],
  basis: ['指标值设置依据', '指标值设定依据', '指标设定依据', '指标设置依据', '设定依据', '设置依据', '指标值依据', '目标值设定依据'],
  previous: ['上年完成值', '上年实际完成值', '上年度完成值', '上年完成情况', '上年实际值', '上年指标值'],
  weight: ['指标分值权重', '分值权重', '指标权重', '指标分值', '权重', '分值'],
  rule: ['指标赋分规则', '赋分规则', '评分规则', '评分标准'],
  evidence: ['佐证资料', '佐证材料', '证明材料', '佐证资料类型'],
  actual: ['实际完成值', '全年完成值', '完成值', '实际完成情况', '指标完成值'],
  points: ['得分', '自评得分', '指标得分'],
  deviation: ['偏差原因分析及改进措施', '偏差原因分析', '偏差原因', '未完成原因分析', '未完成原因及改进措施', '未完成原因分析与改进措施'],
  remark: ['备注'],
  explanation: ['指标解释', '指标说明'],
  method: ['取值方式'],
  dataSource: ['数据来源'],
  core: ['是否核心指标'],
  other: ['序号', '绩效指标', '指标方向'],
};

/** Columns of F2 and F1 in the order the forms print them, for documents whose head row is beyond reading. */
export const USUAL_COLUMNS: Readonly<Record<'PROJECT' | 'UNIT', readonly ColumnRole[]>> = {
  PROJECT: ['level1', 'level2', 'name', 'target', 'basis', 'previous', 'weight', 'rule', 'evidence'],
  UNIT: ['level1', 'level2', 'name', 'target', 'basis', 'weight'],
};

// Level words with the suffix 指标 and without; the full spelling is kept as the value.
const PROJECT_LEVEL1 = ['产出指标', '成本指标', '效益指标', '满意度指标'];
const UNIT_LEVEL1 = ['运行成本', '管理效率', '履职效能', '社会效应', '可持续发展能力', '服务对象满意度'];
const LEVEL2 = [
  '数量指标', '质量指标', '时效指标', '成本指标', '经济成本指标', '社会成本指标', '生态环境成本指标', '经济效益指标', '社会效益指标', '生态效益指标',
  '可持续影响指标', '服务对象满意度指标', '满意度指标',
];

function spellings(words: readonly string[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const word of words) {
    known.set(word, word);
    if (word.endsWith('指标')) known.set(word.slice(0, -2), word);
    else known.set(`${word}指标`, word);
  }
  return known;
}
const level1Spellings = new Map([...spellings(PROJECT_LEVEL1), ...spellings(UNIT_LEVEL1)]);
const level2Spellings = new Map([...spellings(LEVEL2), ['生态成本指标', '生态环境成本指标'], ['可持续影响', '可持续影响指标'], ['可持续性影响指标', '可持续影响指标']]);

function lookUpLevel(words: ReadonlyMap<string, string>, { compact, bare }: WordForms): string | null {
  return words.get(compact) ?? words.get(bare) ?? null;
}

/** The full printed word of a first level (产出 or 产出指标(50分) is 产出指标); null when the dictionary does not know it. */
export function level1Word(text: string): string | null {
  const forms = formsOf(text);
  if (forms.level1 === undefined) forms.level1 = lookUpLevel(level1Spellings, forms);
  return forms.level1;
}

/** The full printed word of a second level; null when the dictionary does not know it. */
export function level2Word(text: string): string | null {
  const forms = formsOf(text);
  if (forms.level2 === undefined) forms.level2 = lookUpLevel(level2Spellings, forms);
  return forms.level2;
}

/** Whether a second level can stand under a first level of a project table. Words of the unit's own table stand anywhere. */
export function mayStandUnder(level1: string, level2: string): boolean {
  const at = PROJECT_LEVEL1.indexOf(level1);
  const home = level1Of(level2);
  if (at < 0 || home === null) return true;
  // 成本指标 stands under 产出指标 in the form of 2020.
  return home === level1 || (level1 === '产出指标' && level2 === '成本指标');
}

/** The first level a second level belongs to in project tables; null for words outside the frames. */
export function level1Of(level2: string): string | null {
  if (/^(?:数量|质量|时效)指标$/u.test(level2)) return '产出指标';
  if (/成本指标$/u.test(level2)) return '成本指标';
  if (/效益指标$|^可持续影响指标$/u.test(level2)) return '效益指标';
  return /满意度指标$/u.test(level2) ? '满意度指标' : null;
}

const RULE_WORDS: Readonly<Record<ScoringRule, readonly string[]>> = {
  PROPORTIONAL: ['按照完成比例赋分', '按照正常比例赋分', '按完成比例赋分', '按正常比例赋分', '按比例赋分', '完成比例赋分', '正常比例赋分', '按照完成比例计分', '比例赋分'],
  GRADE: ['按评判等级赋分', '按照评判等级赋分', '评判等级赋分', '按等级赋分', '分级赋分', '按评判等级计分', '等级赋分'],
  SATISFACTION: ['满意度赋分', '按满意度赋分', '按照满意度赋分'],
  DIRECT: ['直接赋分', '按是否完成赋分', '是否赋分', '直接计分'],
};
const ruleOf = new Map((Object.keys(RULE_WORDS) as ScoringRule[]).flatMap((rule) => RULE_WORDS[rule].map((word) => [word, rule] as const)));

/** The scoring rule a printed word names (按照正常比例赋分 and 按照完成比例赋分 are one); null when it names none. */
export function ruleWord(text: string): ScoringRule | null {
  return ruleOf.get(bareWord(text)) ?? null;
}

/** Whether a cell looks like a scoring rule, known or not. */
export function soundsLikeRule(text: string): boolean {
  return /(?:赋分|计分|给分|扣分)$/u.test(bareWord(text));
}

const EVIDENCE_WORDS = new Set(['工作资料', '原始凭证', '说明材料', '佐证资料', '证明材料', '统计资料', '调查问卷', '合同协议', '会计凭证', '财务资料', '工作总结', '统计报表']);

/** Whether a cell is a usual kind of evidence. */
export function isEvidenceWord(text: string): boolean {
  return EVIDENCE_WORDS.has(bareWord(text));
}

/** Whether a cell could name evidence. */
export function soundsLikeEvidence(text: string): boolean {
  return /(?:资料|凭证|材料|报告|文件|证明|台账|照片|记录|清单|合同|问卷|截图|发票|报表|总结)/u.test(text);
}

const BASIS_WORDS = new Set([
  '计划标准', '预算支出标准', '行业标准', '历史标准', '国家标准', '地方标准', '其他标准', '工作计划', '部门计划', '年度计划', '支出标准', '规划标准', '项目计划', '上级文件',
]);

/** Whether a cell is a usual basis of a target. */
export function isBasisWord(text: string): boolean {
  return BASIS_WORDS.has(bareWord(text));
}

/** Whether a cell could name the basis of a target. */
export function soundsLikeBasis(text: string): boolean {
  return /(?:计划|标准|要点|文件|通知|规划|方案|考核|指标|政策|规定|办法|协议|合同|任务|报告|预算)/u.test(text);
}

// What a qualitative target says: an adverb, a verb, both, or a fixed phrase.
const ADVERBS = [
  '有效|显著|明显|不断|持续|逐步|逐年|进一步|基本|长期|大幅|切实|全面|较好|稳步|有所|积极|充分|得到|较大|良好|及时|完全|严格|合理|高效|稳定|深入|普遍',
  '优质|正常|大力|完善|有力|明确|初步|圆满|按时|按期|足额|长效',
].join('|');
const VERBS = [
  '提高|提升|保障|维护|加强|改善|增强|促进|完善|推动|推进|优化|达成|降低|减少|稳定|巩固|规范|实现|满足|落实|扩大|增加|缓解|改进|带动|控制|发挥|健全',
  '解决|支撑|支持|运行|运转|确保|保证|开展|影响|缩短|节约|发展|使用|覆盖|维持|增长|化解|遏制|防范|完成|执行|发放|支付|杜绝|消除',
].join('|');
const WORDING = new RegExp(`^(?:${ADVERBS})?(?:${ADVERBS}|${VERBS})(?:${VERBS})?$`, 'u');
const PHRASES = [
  '优|良|好|高|中|低|差|优良中低差|优良中差|高中低差|好坏|较高|较强|较低|优秀|优良|良好|满意|基本满意|达标|合格|通过|是|否|有|无|可持续|无事故|零事故|有保障|不发生|未发生|按时|及时',
  '(?:效果|成效|作用|影响)(?:显著|明显|良好|较好|较大)|达到?预期(?:效果|目标)?|达成(?:预期|年度)(?:指标|目标)|保障(?:正常|稳定)(?:运转|运行)',
  '(?:第?[一二三四]季度|全年|(?:当|本)?年度?(?:底|末|终|内)|[上下]半年)(?:底|末)?(?:之前|以前|前|之内|以内|内)?(?:完成)?',
].join('|');
const PLAIN_WORDING = new RegExp(`^(?:${PHRASES})$`, 'u');

/** Whether a cell is one of the usual qualitative wordings (有效提高, 完善保障, 显著, 达标). */
export function isWording(text: string): boolean {
  const word = bareWord(text);
  return WORDING.test(word) || PLAIN_WORDING.test(word);
}

/** Whether a text ends in an adverb that would start a wording: a sign that a cell was cut at the wrong place. */
export function endsInAdverb(text: string): boolean {
  return /(?:有效|显著|明显|不断|持续|逐步|进一步|大幅|稳步)$/u.test(bareWord(text));
}

/** Whether a text ends as names of indicators usually do. */
export function endsLikeName(text: string): boolean {
  return /(?:率|数|数量|次数|人数|金额|标准|经费|成本|满意度|水平|能力|时间|期限|期|及时性|面积|程度|质量|情况|举措|费用|额|度)$/u.test(bareWord(text));
}

/** A line that opens another chapter: whatever stands behind it is no part of the table. */
export function isChapterHead(text: string): boolean {
  const line = compactWord(text);
  return /^(?:第[一二三四五六七八九十百]+(?:部分|章|节)|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、)/u.test(line) && line.length <= 40;
}

/** Remarks and signatures below a table. */
export function isFootLine(text: string): boolean {
  return /^(?:注\d*:|注\d*[.、]|备注:|说明:|填表人|填报人|制表人|单位负责人|审核人|填报单位|填报日期|填表日期|联系人:)/u.test(tightText(text));
}

/** 第 */
const FIRST_OF_PAGE = 0x7b2c;

/** Whether a line can be a page mark, by its first filled cell. */
export function mayBePageMark(text: string): boolean {
  return !beginsWithIdeograph(text) || text.charCodeAt(0) === FIRST_OF_PAGE;
}

/** A page number or a running foot that a reader of pages left in the text: `— 12 —`, 第 3 页, `3 / 20`. A bare number is not one. */
export function isPageMark(text: string): boolean {
  if (!mayBePageMark(text)) return false;
  const line = tightText(text);
  return /^(?:[-—–]+\d{1,4}[-—–]+|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?|\d{1,4}\/\d{1,4}|page\d{1,4}(?:of\d{1,4})?)$/iu.test(line);
}

/** 合计 rows: sums of the form, no indicators. */
export function isSumWord(text: string): boolean {
  const forms = formsOf(text);
  return (forms.isSum ??= /^(?:合计|总计|小计|总分|共计|金额合计|分值合计|自评总分|自评得分合计|综合得分)$/u.test(forms.bare));
}

// Rows a form leaves for the person who fills it: 指标1：, （指标2）, ……, (100字以内).
const PLACEHOLDER = /^(?:…+|\.{3,}|。{3,}|[(（]?指标[\d一二三四五六七八九十]+[)）]?[:：]?(?:…+|\.{3,})?|[(（]?\d+字以内[)）]?|[(（]?(?:请)?填写.{0,20}[)）]?)$/u;

/** Whether a cell holds nothing but what a blank form prints for the person who fills it. */
export function isPlaceholder(text: string): boolean {
  // A number alone fills its cell; a placeholder that begins with a digit goes on with words.
  if (isPlainNumber(text)) return false;
  return PLACEHOLDER.test(text.replace(/[０-９]/gu, (digit) => digit.normalize('NFKC')).replace(/\s+/gu, ''));
}
