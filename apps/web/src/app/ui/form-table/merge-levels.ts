/** How many rows a merged cell covers; 0 for a cell that is covered by the one above. */
export interface LevelSpans {
  readonly level1: number;
  readonly level2: number;
}

/**
 * The vertical merges of 一级指标 and 二级指标: neighbours with the same name share a cell, and a second level never reaches over
 * the border of its first level (数量指标 of 产出 and 数量指标 of 效益 are two things).
 */
export function mergeLevels(rows: readonly { readonly level1: string; readonly level2: string }[]): readonly LevelSpans[] {
  return rows.map((row, at) => {
    const above = rows[at - 1];
    const same1 = (other: typeof row | undefined) => other !== undefined && other.level1 === row.level1;
    const same2 = (other: typeof row | undefined) => same1(other) && other?.level2 === row.level2;
    return { level1: same1(above) ? 0 : runFrom(rows, at, same1), level2: same2(above) ? 0 : runFrom(rows, at, same2) };
  });
}

function runFrom<T>(rows: readonly T[], at: number, same: (row: T) => boolean): number {
  let end = at + 1;
  while (end < rows.length && same(rows[end] as T)) end++;
  return end - at;
}
