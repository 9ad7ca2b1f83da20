import { type ColumnPlan, isMisfit } from './align-row';
import { fitOf, readPoints, readWeight, takesAnything } from './cell-fit';
import { type ColumnRole, isPlainNumber, LONGEST_KEPT } from './form-words';
import { LineRow } from './line-row';
import type { LineShape } from './packed-cells';
import type { SourceLine } from './source-line';

/*
 * Nearly every row of a real grid stands under its head as it should. Whether it does is seen without weighing any cell against the other
 * columns, and what a word says about a column is asked once: a thousand tables hold the same few words.
 */

/**
 * The cells of a row that stands in its columns: every filled cell under a head of its own that it does not contradict. null when anything
 * speaks against it; then `alignRow` looks closer. Where both answer, they answer the same.
 * @param part index of the part the line belongs to
 */
export function alignInPlace(line: SourceLine, plan: ColumnPlan, part: number): LineRow | null {
  const { cells } = line;
  const columns = columnsOf(plan);
  let isNameDoubtful = false;
  let filled = 0;
  let hasName = false;
  let target: string | undefined;
  for (let at = 0; at < cells.length; at += 1) {
    const text = cells[at] as string;
    if (text === '' || text.trim() === '') continue;
    const column = columns.list[at];
    if (column === undefined || column.role === null || (column.isTwice && isTaken(columns.list, column.role, cells, at))) return null;
    if (!column.takesAnything && !standsInPlace(column, text)) {
      if (column.role !== 'name') return null;
      isNameDoubtful = true;
    }
    if (column.role === 'target') target = text;
    else if (column.role === 'name') hasName = true;
    filled += at < COUNTED_COLUMNS ? 2 ** at : 0;
  }
  // A row with a target and no name may be a shifted one. A level word is a name where the target stands in its own column.
  if (!hasName && target !== undefined) return null;
  if (isNameDoubtful && (target === undefined || fitOf('target', target) <= 0)) return null;
  return new LineRow(line, shapeOf(columns, filled, cells), part, null);
}

/** Answers kept for one column. */
const KEPT_ANSWERS = 1_000;

/** A column of a plan, with what was found out about the words that stood in it. */
interface PlacedColumn {
  readonly role: ColumnRole | null;
  /** Another column to the left holds the same. */
  readonly isTwice: boolean;
  readonly takesAnything: boolean;
  readonly answers: Map<string, boolean>;
}

interface PlacedColumns {
  readonly list: readonly PlacedColumn[];
  /** Shapes of rows by the columns they fill. */
  readonly shapes: Map<number, LineShape>;
}

const known = new WeakMap<ColumnPlan, PlacedColumns>();
const answers = new Map<ColumnRole | null, Map<string, boolean>>();
let last: { readonly plan: ColumnPlan; readonly columns: PlacedColumns } | null = null;

function columnsOf(plan: ColumnPlan): PlacedColumns {
  if (last?.plan === plan) return last.columns;
  let columns = known.get(plan);
  if (columns === undefined) {
    columns = {
      list: plan.map((role, at) => {
        let ofRole = answers.get(role);
        if (ofRole === undefined) answers.set(role, (ofRole = new Map<string, boolean>()));
        return { role, isTwice: plan.indexOf(role) < at, takesAnything: role !== null && takesAnything(role), answers: ofRole };
      }),
      shapes: new Map(),
    };
    known.set(plan, columns);
  }
  last = { plan, columns };
  return columns;
}

/** Whether a column to the left that holds the same is filled too: which of the two is meant takes a closer look. */
function isTaken(list: readonly PlacedColumn[], role: ColumnRole, cells: readonly string[], before: number): boolean {
  for (let at = 0; at < before; at += 1) if (list[at]?.role === role && cells[at]?.trim() !== '') return true;
  return false;
}

/** Columns beyond these are not told apart by a number. */
const COUNTED_COLUMNS = 30;
const KEPT_SHAPES = 50;

/** Which columns a row fills: one object for all rows that fill the same. */
function shapeOf({ list, shapes }: PlacedColumns, filled: number, cells: readonly string[]): LineShape {
  const isCounted = cells.length <= COUNTED_COLUMNS;
  const before = isCounted ? shapes.get(filled) : undefined;
  if (before !== undefined) return before;
  const columns = cells.flatMap((text, at) => (text.trim() === '' ? [] : [at]));
  const shape = { roles: columns.map((at) => list[at]?.role as ColumnRole), columns };
  if (isCounted && shapes.size < KEPT_SHAPES) shapes.set(filled, shape);
  return shape;
}

function standsInPlace({ role, answers: ofRole }: PlacedColumn, text: string): boolean {
  if (role === null) return false;
  if (isNumberInPlace(role, text)) return true;
  if (text.length > LONGEST_KEPT) return !isMisfit(role, text);
  const before = ofRole.get(text);
  if (before !== undefined) return before;
  const stands = !isMisfit(role, text);
  // Numbers hardly ever come again and would push the words out.
  const first = text.charCodeAt(0);
  if (first < 0x30 || first > 0x39) {
    if (ofRole.size >= KEPT_ANSWERS) ofRole.clear();
    ofRole.set(text, stands);
  }
  return stands;
}

/** Numbers where numbers belong, without a look at the words. */
function isNumberInPlace(role: ColumnRole, text: string): boolean {
  switch (role) {
    case 'target':
    case 'adjustedTarget':
    case 'actual':
    case 'forecast':
      return text.length <= LONGEST_KEPT && isPlainNumber(text);
    case 'weight':
      return readWeight(text) !== null;
    case 'points':
      return readPoints(text) !== null;
    default:
      return false;
  }
}
