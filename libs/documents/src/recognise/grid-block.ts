import { type AlignedRow, alignRow, type ColumnPlan, placeByPosition, type PlacedCell } from './align-row';
import { alignInPlace } from './align-in-place';
import { numericTargetFit, readWeight } from './cell-fit';
import { bareWord, type ColumnRole, isFootLine, isPageMark, isPlaceholder, isSumWord, isWording, level1Word, level2Word, mayBePageMark } from './form-words';
import type { TableRegion } from './find-regions';
import type { FormVocabulary } from './form-vocabulary';
import { isSecondHeadRow } from './head-row';
import { LineRow } from './line-row';
import { joinCells, wholeCell } from './raw-cell';
import { readSumNumber } from './read-money';
import type { RawBlock, RawCell, RawRow, RawSum, RowNote, StrayText } from './raw-table';
import { rowsBefore } from './rows-like-before';
import type { SourceLine } from './source-line';

const NO_NOTES: readonly RowNote[] = [];
const INFERRED: readonly RowNote[] = ['inferred'];

interface OpenRow {
  cells: Partial<Record<ColumnRole, RawCell>>;
  numbers: number[];
  notes: readonly RowNote[];
  offset: number;
}

/**
 * Rows below the head row of a grid, put under their columns; broken rows are put together.
 * @param region the lines, and which of them print the head row again
 * @param part index of the part the lines belong to
 * @param inPlace how a row that stands in its columns is seen; null: every row is looked at closely, which takes longer and answers the same
 */
export function readGridBlock(
  { body: lines, repeated, alike }: Pick<TableRegion, 'body' | 'repeated' | 'alike'>,
  plan: ColumnPlan,
  broken: boolean,
  part: number,
  vocabulary: FormVocabulary,
  inPlace: typeof alignInPlace | null = alignInPlace,
): RawBlock {
  const rows: (OpenRow | LineRow)[] = [];
  const strays: StrayText[] = [];
  let pending: StrayText[] = [];
  const sums: RawSum[] = [];
  // Rows that may go on in the next line are put together cell by cell.
  const former = broken || inPlace === null ? null : rowsBefore(plan, vocabulary);
  const told = former !== null && alike?.former === former ? alike.rows : null;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as SourceLine;
    const before = (told === null ? former?.like(line.cells) : (told[at] ?? former?.like(line.cells))) ?? null;
    if (before !== null && line.inferred !== true && !repeated.has(line)) {
      if (pending.length > 0) strays.push(...pending.splice(0));
      rows.push(new LineRow(line, before.shape, part, before));
      continue;
    }
    const [filled, first] = filledOf(line.cells);
    if (first === undefined || repeated.has(line) || (mayBePageMark(first) && isPageMark(line.cells.join('')))) continue;
    if (isSecondHeadRow(line.cells, vocabulary)) continue;
    if (filled === 1 && (isFootLine(first) || vocabulary.readTitle(first) !== null)) continue;
    if (isSumWord(first) || vocabulary.isSum(first)) {
      sums.push(readSum(line, plan, part));
      continue;
    }
    const last = rows.at(-1);
    if (broken && last !== undefined && !(last instanceof LineRow) && goesOn(line.cells, last) && !opensRow(line.cells, last, plan)) {
      pending = append(last, line, plan, pending, part);
      continue;
    }
    // A lone text inside the block fits nowhere; behind the last row it is only what follows the table.
    if (filled === 1 && level1Word(first) === null && level2Word(first) === null && plan.length > 3 && !isPlaceholder(first)) {
      pending.push({ number: line.number, text: first });
      continue;
    }
    const placed = line.inferred === true ? null : (inPlace?.(line, plan, part) ?? null);
    if (placed !== null) {
      strays.push(...pending);
      pending = [];
      if (broken) rows.push({ cells: placed.cells, numbers: [line.number], notes: NO_NOTES, offset: 0 });
      else rows.push(former === null ? placed : new LineRow(line, placed.shape, part, former.keep(line.cells, placed.shape)));
      continue;
    }
    const aligned = alignRow(line.cells, plan);
    strays.push(...pending, ...aligned.left.filter((text) => bareWord(text) !== '绩效指标').map((text) => ({ number: line.number, text })));
    pending = [];
    rows.push(open(aligned, line, part));
  }
  return { columns: filledColumns(plan), rows: rows.map(close), strays, sums };
}

let lastPlan: { readonly plan: ColumnPlan; readonly columns: readonly ColumnRole[] } | null = null;

/** The columns of a plan without its blank ones: the same list for all tables of one plan. */
function filledColumns(plan: ColumnPlan): readonly ColumnRole[] {
  if (lastPlan?.plan !== plan) lastPlan = { plan, columns: plan.filter((role): role is ColumnRole => role !== null) };
  return lastPlan.columns;
}

/** How many cells are filled, and the first of them. */
function filledOf(cells: readonly string[]): readonly [number, string | undefined] {
  let filled = 0;
  let first: string | undefined;
  for (const cell of cells) {
    if (cell === '' || cell.trim() === '') continue;
    filled += 1;
    first ??= cell;
  }
  return [filled, first];
}

/** A row that adds up: what stands under the weights and the points; where columns were lost, the numbers in order. */
function readSum(line: SourceLine, plan: ColumnPlan, part: number): RawSum {
  const { cells } = placeByPosition(line.cells, plan, 0);
  const isAmount = (text: string | undefined): boolean => text !== undefined && readSumNumber(text) !== null;
  const filledCells = line.cells.flatMap((text, at) => (text.trim() === '' ? [] : [{ text, at }]));
  const rating = filledCells.find(({ text }) => !endsInDigit(text) && /^(?:等级|评价等级|自评等级)?[:：]?[优良中差]$/u.test(bareWord(text)));
  const show = (found: { text: string; at: number } | undefined): RawCell | null =>
    found === undefined ? null : rawCell({ text: found.text, at: [found.at], shifted: false }, line, part);
  const inPlace = (role: 'weight' | 'points'): RawCell | null => {
    const cell = cells[role];
    return cell !== undefined && isAmount(cell.text) ? rawCell(cell, line, part) : null;
  };
  const [weight, points] = [inPlace('weight'), inPlace('points')];
  const numbers = filledCells.filter(({ text }) => isAmount(text));
  const isInPlace = (weight !== null || points !== null) && numbers.length <= 2;
  const [first, second] = numbers;
  return {
    number: line.number,
    weight: isInPlace ? weight : plan.includes('weight') ? show(first) : null,
    points: isInPlace ? points : plan.includes('points') ? show(plan.includes('weight') ? second : first) : null,
    rating: show(rating),
  };
}

function endsInDigit(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0x30 && last <= 0x39;
}

function rawCell({ text, at, shifted }: PlacedCell, line: SourceLine, part: number, notes: readonly RowNote[] = []): RawCell {
  const whole = at.length === 1 ? at[0] : undefined;
  const told: readonly RowNote[] = shifted ? ['shifted', ...notes] : notes;
  if (whole !== undefined && line.cells[whole] === text) return wholeCell(text, { part, line: line.number, cell: whole }, told);
  return {
    text,
    pieces: at.map((cell) => ({ text: line.cells[cell] ?? '', place: { part, line: line.number, cell } })),
    notes: told,
  };
}

function open(aligned: AlignedRow, line: SourceLine, part: number): OpenRow {
  const cells: OpenRow['cells'] = {};
  const told = line.inferred === true ? INFERRED : NO_NOTES;
  for (const [role, cell] of Object.entries(aligned.cells) as [ColumnRole, PlacedCell][]) cells[role] = rawCell(cell, line, part, told);
  return {
    cells,
    numbers: [line.number],
    notes: aligned.shifted ? ['shifted', ...told] : told,
    offset: aligned.offset,
  };
}

function close(row: OpenRow | LineRow): RawRow {
  return row instanceof LineRow ? row : { cells: row.cells, numbers: row.numbers, notes: row.notes };
}

/** Whether a line only goes on with cells of the row before: nothing in it makes a row (a target, a weight, a whole level word). */
function goesOn(cells: readonly string[], last: OpenRow): boolean {
  const texts = cells.filter((cell) => cell.trim() !== '');
  const hasLevel = texts.some((text) => level1Word(text) !== null || level2Word(text) !== null);
  const hasValue = texts.some((text) => numericTargetFit(text) > 2 || readWeight(text) !== null);
  if (last.cells.target === undefined && last.cells.weight === undefined) return !hasLevel;
  return cells.length > 1 && !hasLevel && !hasValue && texts.length <= 4 && cells[0] !== texts.join('');
}

/** Whether a line has a name and a wording of its own: in forms without weights nothing else tells a row from a broken one. */
function opensRow(cells: readonly string[], last: OpenRow, plan: ColumnPlan): boolean {
  const { name, target } = placeByPosition(cells, plan, last.offset).cells;
  if (name === undefined || target === undefined || last.cells.target === undefined) return false;
  return isWording(target.text) && !isWording(`${last.cells.target.text}${target.text}`);
}

function append(last: OpenRow, line: SourceLine, plan: ColumnPlan, pending: StrayText[], part: number): StrayText[] {
  const more = placeByPosition(line.cells, plan, last.offset);
  const { cells, left } = more.left.length === 0 ? more : placeByPosition(line.cells, plan, 0);
  for (const [role, { text, at }] of Object.entries(cells) as [ColumnRole, PlacedCell][]) {
    last.cells[role] = joinCells(last.cells[role], rawCell({ text, at, shifted: false }, line, part, ['continued']));
  }
  last.numbers.push(line.number);
  if (!last.notes.includes('continued')) last.notes = [...last.notes, 'continued'];
  return [...pending, ...left.map((text) => ({ number: line.number, text }))];
}
