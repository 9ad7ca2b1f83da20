import { type AlignedRow, alignRow, type ColumnPlan, placeByPosition, type PlacedCell } from './align-row';
import { numericTargetFit, readWeight } from './cell-fit';
import { bareWord, columnRole, type ColumnRole, isFootLine, isPageMark, isSumWord, level1Word, level2Word, readTitle } from './form-words';
import { joinCells } from './raw-cell';
import type { RawBlock, RawCell, RawRow, RowNote, StrayText } from './raw-table';
import type { SourceLine } from './source-line';

/** The columns of a head row; null when the row is none. A head row names the third level (or all levels) and the target. */
export function readColumns(cells: readonly string[]): ColumnPlan | null {
  const filledCells = cells.filter((cell) => cell.trim() !== '');
  if (filledCells.length < 3) return null;
  const taken = new Set<ColumnRole>();
  const plan = cells.map((cell) => {
    const role = columnRole(cell);
    // The first of two equal heads counts; 绩效指标 merged over all rows is no column of its own.
    if (role === null || (role !== 'other' && taken.has(role))) return role === null ? null : 'other';
    taken.add(role);
    return role;
  });
  return taken.has('name') && taken.has('target') && (taken.has('level1') || taken.has('level2')) ? plan : null;
}

interface OpenRow {
  cells: Partial<Record<ColumnRole, RawCell>>;
  numbers: number[];
  notes: Set<RowNote>;
  offset: number;
}

/**
 * Rows below the head row of a grid, put under their columns; broken rows are put together.
 * @param part index of the part the lines belong to
 */
export function readGridBlock(lines: readonly SourceLine[], plan: ColumnPlan, broken: boolean, part = 0): RawBlock {
  const rows: OpenRow[] = [];
  const strays: StrayText[] = [];
  let pending: StrayText[] = [];
  for (const line of lines) {
    const filledCells = line.cells.filter((cell) => cell.trim() !== '');
    const first = filledCells[0];
    if (first === undefined || isPageMark(filledCells.join('')) || readColumns(line.cells) !== null) continue;
    if (filledCells.length === 1 && (isFootLine(first) || readTitle(first) !== null)) continue;
    if (isSumWord(first)) continue;
    const last = rows.at(-1);
    if (broken && last !== undefined && goesOn(line.cells, last)) {
      pending = append(last, line, plan, pending, part);
      continue;
    }
    // A lone text inside the block fits nowhere; behind the last row it is only what follows the table.
    if (filledCells.length === 1 && level1Word(first) === null && plan.length > 3) {
      pending.push({ number: line.number, text: first });
      continue;
    }
    const aligned = alignRow(line.cells, plan);
    strays.push(...pending, ...aligned.left.filter((text) => bareWord(text) !== '绩效指标').map((text) => ({ number: line.number, text })));
    pending = [];
    rows.push(open(aligned, line, part));
  }
  return { columns: plan.filter((role): role is ColumnRole => role !== null), rows: rows.map(close), strays };
}

function rawCell({ text, at, shifted }: PlacedCell, line: SourceLine, part: number, notes: readonly RowNote[] = []): RawCell {
  return {
    text,
    pieces: at.map((cell) => ({ text: line.cells[cell] ?? '', place: { part, line: line.number, cell } })),
    notes: shifted ? ['shifted', ...notes] : notes,
  };
}

function open(aligned: AlignedRow, line: SourceLine, part: number): OpenRow {
  const cells: OpenRow['cells'] = {};
  for (const [role, cell] of Object.entries(aligned.cells) as [ColumnRole, PlacedCell][]) cells[role] = rawCell(cell, line, part);
  return {
    cells,
    numbers: [line.number],
    notes: new Set<RowNote>(aligned.shifted ? ['shifted'] : []),
    offset: aligned.offset,
  };
}

function close(row: OpenRow): RawRow {
  return { cells: row.cells, numbers: row.numbers, notes: [...row.notes] };
}

/** Whether a line only goes on with cells of the row before: nothing in it makes a row (a target, a weight, a whole level word). */
function goesOn(cells: readonly string[], last: OpenRow): boolean {
  const texts = cells.filter((cell) => cell.trim() !== '');
  const hasLevel = texts.some((text) => level1Word(text) !== null || level2Word(text) !== null);
  const hasValue = texts.some((text) => numericTargetFit(text) > 2 || readWeight(text) !== null);
  if (last.cells.target === undefined && last.cells.weight === undefined) return !hasLevel;
  return cells.length > 1 && !hasLevel && !hasValue && texts.length <= 4 && cells[0] !== texts.join('');
}

function append(last: OpenRow, line: SourceLine, plan: ColumnPlan, pending: StrayText[], part: number): StrayText[] {
  const more = placeByPosition(line.cells, plan, last.offset);
  const { cells, left } = more.left.length === 0 ? more : placeByPosition(line.cells, plan, 0);
  for (const [role, { text, at }] of Object.entries(cells) as [ColumnRole, PlacedCell][]) {
    last.cells[role] = joinCells(last.cells[role], rawCell({ text, at, shifted: false }, line, part, ['continued']));
  }
  last.numbers.push(line.number);
  last.notes.add('continued');
  return [...pending, ...left.map((text) => ({ number: line.number, text }))];
}
