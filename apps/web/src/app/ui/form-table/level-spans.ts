import type { Indicator } from '@jiheng/domain';

/** How far the merged cells of the first two columns reach; 0: covered by a row above. */
export interface LevelSpans {
  readonly level1: number;
  readonly level2: number;
}

/**
 * The merged cells of the form: neighbours under one 一级指标 share its cell, and within it those under one 二级指标 share theirs;
 * a second level never reaches over the border of its first level (数量指标 of 产出 and 数量指标 of 效益 are two things).
 * @param openAt the row whose detail stands open below it and makes the merged cells one line longer; −1: none
 */
export function levelSpans(rows: readonly Pick<Indicator, 'level1' | 'level2'>[], openAt = -1): readonly LevelSpans[] {
  const reach = (from: number, goesOn: (at: number) => boolean): number => {
    let end = from + 1;
    while (end < rows.length && goesOn(end)) end++;
    return end - from + (openAt >= from && openAt < end ? 1 : 0);
  };
  return rows.map((row, at) => {
    const above = rows[at - 1];
    const same1 = (index: number): boolean => rows[index]?.level1 === row.level1;
    const same2 = (index: number): boolean => same1(index) && rows[index]?.level2 === row.level2;
    return {
      level1: above?.level1 === row.level1 ? 0 : reach(at, same1),
      level2: above?.level1 === row.level1 && above.level2 === row.level2 ? 0 : reach(at, same2),
    };
  });
}
