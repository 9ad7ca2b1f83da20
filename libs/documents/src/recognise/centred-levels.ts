import { meansEmpty } from '@jiheng/domain';
import { level1Of, level1Word, level2Word, tightText } from './form-words';
import type { RawBlock, RawRow } from './raw-table';

type Level = 'level1' | 'level2';

/*
 * A page without rules prints a merged level cell in the middle of its rows, so its words stand beside some row of the group and not
 * beside the first. That it is so shows in the first row, which has no first level although that level stands further down. The groups are then those whose middles lie nearest
 * to their words.
 */

/** Whether the levels of a block stand in the middle of their groups. */
export function hasCentredLevels(block: RawBlock): boolean {
  const [first] = block.rows;
  const top = block.rows.find((row) => has(row, 'level1'))?.cells.level1;
  if (first === undefined || top === undefined || has(first, 'level1')) return false;
  const level2 = first.cells.level2;
  if (level2 === undefined || meansEmpty(level2.text)) return true;
  // The word of the first group stands further down; another group's would mean that the first is lost.
  const known = level2Word(level2.text);
  return known !== null && level1Of(known) === level1Word(top.text);
}

function has(row: RawRow, level: Level): boolean {
  const cell = row.cells[level];
  return cell !== undefined && !meansEmpty(cell.text);
}

/** The rows with each level word moved to the first row of its group. */
export function withLevelsOnTop(rows: readonly RawRow[]): readonly RawRow[] {
  const tops1 = groupStarts(rows, 'level1', new Set());
  const tops2 = groupStarts(rows, 'level2', new Set(tops1.keys()));
  return rows.map((row, at) => {
    const { level1: _level1, level2: _level2, ...cells } = row.cells;
    const [from1, from2] = [tops1.get(at), tops2.get(at)];
    const level1 = from1 === undefined ? undefined : rows[from1]?.cells.level1;
    const level2 = from2 === undefined ? undefined : rows[from2]?.cells.level2;
    return { ...row, cells: { ...cells, ...(level1 === undefined ? {} : { level1 }), ...(level2 === undefined ? {} : { level2 }) } };
  });
}

/** First row of each group → row of its word: the division whose middles lie nearest to the words, no group crossing a border. */
function groupStarts(rows: readonly RawRow[], level: Level, borders: ReadonlySet<number>): ReadonlyMap<number, number> {
  const words = rows.flatMap((row, at) => (has(row, level) ? [at] : []));
  // Rows of one first level are scored, proved and founded alike; where that changes, a group is likely to end.
  const kinds = rows.map(({ cells }) => [cells.basis, cells.rule, cells.evidence].map((cell) => tightText(cell?.text ?? '')).join('|'));
  const changedBefore = kinds.reduce<number[]>((sums, kind, at) => [...sums, (sums.at(-1) ?? 0) + (at > 0 && kind !== kinds[at - 1] ? 1 : 0)], []);
  const changes = (start: number, end: number): number => (changedBefore[end - 1] ?? 0) - (changedBefore[start] ?? 0);
  // For the end of each group so far: the least distance, and where the group before ended.
  let ends = new Map<number, { readonly cost: number; readonly starts: readonly number[] }>([[0, { cost: 0, starts: [] }]]);
  words.forEach((word, index) => {
    const next = new Map<number, { readonly cost: number; readonly starts: readonly number[] }>();
    const last = words[index + 1] ?? rows.length;
    for (let end = word + 1; end <= last; end += 1) {
      if (index === words.length - 1 && end !== rows.length) continue;
      for (const [start, { cost, starts }] of ends) {
        if (start > word) continue;
        const crossed = [...borders].filter((border) => border > start && border < end).length;
        // In a group of even size the upper of its two middle rows is the likelier.
        const off = start + end - 1 - 2 * word;
        const whole = cost + 10 * Math.abs(off) + (off < 0 ? 1 : 0) + 20 * crossed * rows.length + (level === 'level1' ? 30 * changes(start, end) : 0);
        const before = next.get(end);
        if (before === undefined || whole < before.cost) next.set(end, { cost: whole, starts: [...starts, start] });
      }
    }
    ends = next;
  });
  const starts = ends.get(rows.length)?.starts ?? [];
  return new Map(starts.map((start, index) => [start, words[index] as number]));
}
