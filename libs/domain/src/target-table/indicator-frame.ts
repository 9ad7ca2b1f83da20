import { normalizeText, squeezePrinted } from '../text';
import type { PerformanceTargetTable } from './performance-target-table';

/** 指标体系框架: P-101 (财预〔2021〕101号 projects) · P-10 (财预〔2020〕10号 projects) · U-34 (whole unit, six dimensions) · U-88 (whole unit, 2015 form). */
export type IndicatorFrameName = 'P-101' | 'P-10' | 'U-34' | 'U-88';

/** One first level and the second levels it admits. */
export interface FrameBranch {
  readonly level1: string;
  /** Lawful second levels, full names. */
  readonly level2: readonly string[];
  /** Other spellings of a second level → the name the frame uses. */
  readonly aliases: Readonly<Record<string, string>>;
  /** true: any second level is admitted, those listed are recommended. */
  readonly free: boolean;
}

/** Which categories are lawful. */
export interface IndicatorFrame {
  readonly name: IndicatorFrameName;
  readonly branches: readonly FrameBranch[];
}

const SERVED = '服务对象满意度指标';
const SERVED_ALIASES = { 满意度指标: SERVED, 服务对象满意度: SERVED, 满意度: SERVED } as const;

function branch(level1: string, level2: readonly string[], aliases: Readonly<Record<string, string>> = {}, free = false): FrameBranch {
  return { level1, level2, aliases, free };
}

const BENEFIT = ['经济效益指标', '社会效益指标', '生态效益指标'];
const LASTING = '可持续影响指标';
const FORM_2020 = [
  branch('产出指标', ['数量指标', '质量指标', '时效指标', '成本指标']),
  branch('效益指标', [...BENEFIT, LASTING]),
  branch('满意度指标', [SERVED], SERVED_ALIASES),
];

/** The four frames (domain.md §2.1). */
export const INDICATOR_FRAMES: Readonly<Record<IndicatorFrameName, IndicatorFrame>> = {
  'P-101': {
    name: 'P-101',
    branches: [
      branch('产出指标', ['数量指标', '质量指标', '时效指标']),
      branch('成本指标', ['经济成本指标', '社会成本指标', '生态环境成本指标'], { 生态成本指标: '生态环境成本指标' }),
      // 可持续影响 is kept as a legacy of the 2020 form.
      branch('效益指标', [...BENEFIT, LASTING]),
      branch('满意度指标', [SERVED], SERVED_ALIASES),
    ],
  },
  'P-10': { name: 'P-10', branches: FORM_2020 },
  'U-34': {
    name: 'U-34',
    branches: [
      branch('运行成本', ['成本指标'], {}, true),
      branch('管理效率', ['数量指标', '质量指标', '时效指标'], {}, true),
      branch('履职效能', ['数量指标', '质量指标', '时效指标'], {}, true),
      branch('社会效应', BENEFIT, {}, true),
      branch('可持续发展能力', [LASTING], {}, true),
      branch('服务对象满意度', [SERVED], SERVED_ALIASES, true),
    ],
  },
  'U-88': { name: 'U-88', branches: FORM_2020 },
};

const LEVEL1_SPELLINGS: Readonly<Record<string, string>> = {
  产出: '产出指标', 成本: '成本指标', 效益: '效益指标', 满意度: '满意度指标',
  运行成本指标: '运行成本', 管理效率指标: '管理效率', 履职效能指标: '履职效能', 社会效应指标: '社会效应', 可持续发展能力指标: '可持续发展能力', 可持续发展指标: '可持续发展能力',
  服务对象满意度指标: '服务对象满意度',
};
const LEVEL2_SPELLINGS: Readonly<Record<string, string>> = {
  数量: '数量指标', 质量: '质量指标', 时效: '时效指标', 成本: '成本指标', 经济成本: '经济成本指标', 社会成本: '社会成本指标', 生态环境成本: '生态环境成本指标',
  经济效益: '经济效益指标', 社会效益: '社会效益指标', 生态效益: '生态效益指标', 可持续影响: '可持续影响指标', 服务对象满意度: SERVED,
};

function bare(text: string): string {
  // Forms of some provinces carry the points in the cell: 产出指标(50分).
  return squeezePrinted(text).replace(/\s+/gu, '').replace(/[(（][^()（）]*分[)）]$/u, '');
}

/** 一级指标 as the frame spells it: `产出指 标`, `产出指标(50分)`, `产出` → 产出指标. Unknown words stay, blanks removed. */
export function canonicalLevel1(text: string): string {
  const word = bare(text);
  return LEVEL1_SPELLINGS[word] ?? word;
}

/** 二级指标 with its full name: `数量` → 数量指标. The printed alias 满意度指标 stays as printed; {@link aliasedLevel2} knows it. */
export function canonicalLevel2(text: string): string {
  const word = bare(text);
  return LEVEL2_SPELLINGS[word] ?? word;
}

/** The frame a table is made in, by its subject and the first levels it uses. */
export function frameOf(table: Pick<PerformanceTargetTable, 'subject' | 'indicators'>): IndicatorFrame {
  const level1 = new Set(table.indicators.map((indicator) => canonicalLevel1(indicator.level1)));
  if (table.subject === 'UNIT') {
    const ofForm2015 = ['产出指标', '效益指标', '满意度指标'].filter((name) => level1.has(name)).length;
    const ofDuties = INDICATOR_FRAMES['U-34'].branches.filter((one) => level1.has(one.level1)).length;
    return INDICATOR_FRAMES[ofForm2015 > ofDuties ? 'U-88' : 'U-34'];
  }
  if (level1.has('成本指标')) return INDICATOR_FRAMES['P-101'];
  const costUnderOutput = table.indicators.some((indicator) => canonicalLevel2(indicator.level2) === '成本指标');
  return INDICATOR_FRAMES[costUnderOutput ? 'P-10' : 'P-101'];
}

/** The branch of a first level; null when the frame has none of that name. */
export function branchOf(frame: IndicatorFrame, level1: string): FrameBranch | null {
  return frame.branches.find((one) => one.level1 === canonicalLevel1(level1)) ?? null;
}

/** Whether a pair of levels has a place in the frame; aliases count. */
export function isLawful(frame: IndicatorFrame, level1: string, level2: string): boolean {
  const found = branchOf(frame, level1);
  if (found === null) return false;
  const word = canonicalLevel2(level2);
  return found.free ? word !== '' : found.level2.includes(word) || found.aliases[word] !== undefined;
}

/** The name the frame uses for a second level printed under an alias; null when it is no alias. */
export function aliasedLevel2(frame: IndicatorFrame, level1: string, level2: string): string | null {
  const found = branchOf(frame, level1);
  const word = canonicalLevel2(level2);
  if (found === null || found.level2.includes(word)) return null;
  return found.aliases[word] ?? null;
}

/** 赋分规则 as printed → its code; null when the cell is empty or the wording unknown. 按照正常比例赋分 and 按照完成比例赋分 are one rule. */
export function scoringRuleOf(text: string): 'PROPORTIONAL' | 'GRADE' | 'SATISFACTION' | 'DIRECT' | null {
  const word = normalizeText(text).replace(/\s+/gu, '');
  if (/满意度/u.test(word)) return 'SATISFACTION';
  if (/评判|等级|分档/u.test(word)) return 'GRADE';
  if (/比例|比率/u.test(word)) return 'PROPORTIONAL';
  return /直接/u.test(word) ? 'DIRECT' : null;
}

/** 赋分规则 as forms print it. */
export const SCORING_RULE_NAMES = { PROPORTIONAL: '按照完成比例赋分', GRADE: '按评判等级赋分', SATISFACTION: '满意度赋分', DIRECT: '直接赋分' } as const;
