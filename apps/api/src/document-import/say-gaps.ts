import type { StagedGap, StagedTable } from '@jiheng/domain';

const COLUMN_WORDS: Readonly<Record<StagedGap['column'], readonly [string, string]>> = {
  project: ['项目名称', 'the project'], level1: ['一级指标', 'level 1'], level2: ['二级指标', 'level 2'], name: ['三级指标', 'the indicator'], target: ['指标值', 'the target'],
  basis: ['依据', 'the basis'], previous: ['上年完成值', 'last year'], weight: ['分值权重', 'the weight'], rule: ['赋分规则', 'the rule'], evidence: ['佐证资料', 'the evidence'],
};
/** Gaps named one by one; the rest is counted. */
const NAMED = 3;

/** What is missing, in words: the first places by row, then how many more. */
export function sayGaps(table: StagedTable, gaps: readonly StagedGap[]): { readonly what: string; readonly whatEn: string } {
  const places = gaps.slice(0, NAMED).map((gap) => {
    const at = table.rows.findIndex((row) => row.id === gap.row) + 1;
    const [zh, en] = COLUMN_WORDS[gap.column];
    const why = gap.why === 'missing' ? (['未填写', 'is missing'] as const) : (['不是大于 0、最多两位小数的数', 'is no number above 0 with at most two decimals'] as const);
    return { zh: `${at > 0 ? `第 ${at} 行` : ''}${zh}${why[0]}`, en: `${at > 0 ? `row ${at}: ` : ''}${en} ${why[1]}` };
  });
  const more = gaps.length - places.length;
  return {
    what: places.map((one) => one.zh).join('，') + (more > 0 ? `，另有 ${more} 处` : ''),
    whatEn: places.map((one) => one.en).join(', ') + (more > 0 ? `, and ${more} more` : ''),
  };
}
