import type { ColumnPlan } from './align-row';
import { readPoints, readWeight } from './cell-fit';
import { beginsWithIdeograph, type ColumnRole, isPlainNumber, LONGEST_KEPT, mayBePageMark } from './form-words';
import type { FormVocabulary } from './form-vocabulary';
import type { LineShape } from './packed-cells';
import type { FormerReading } from './read-like-before';

/*
 * A workbook of a thousand sheets prints the same form a thousand times: of most indicators every word was read before, and only the numbers are others. What was found out
 * about a row is kept, and a row that says the same but for its numbers is not looked at again.
 */

/** A row of a table before. */
export interface FormerRow {
  readonly shape: LineShape;
  readonly texts: readonly string[];
  /** Beside each cell the column it is a number of; null where the words must be the same. */
  readonly free: readonly (FreeColumn | null)[];
  /** What the row was found to mean; null while nobody read it, or where something was to be told about it. */
  reading: FormerReading | null;
}

/** Columns in which one number is as good as any other. */
export type FreeColumn = 'target' | 'adjustedTarget' | 'actual' | 'forecast' | 'weight' | 'points';
const FREE: ReadonlySet<ColumnRole> = new Set<FreeColumn>(['target', 'adjustedTarget', 'actual', 'forecast', 'weight', 'points']);

function isFree(role: ColumnRole): role is FreeColumn {
  return FREE.has(role);
}

/** Whether a text is a number as it may stand in a column of numbers. */
function isNumberOf(role: FreeColumn, text: string): boolean {
  if (text.length > LONGEST_KEPT || !isPlainNumber(text)) return false;
  return role === 'weight' ? readWeight(text) !== null : role === 'points' ? readPoints(text) !== null : true;
}

/** Whether a line says what the row before said, but for its numbers. */
function isLike({ texts, free }: FormerRow, cells: readonly string[]): boolean {
  if (cells.length !== texts.length) return false;
  for (let at = 0; at < cells.length; at += 1) {
    const role = free[at] as FreeColumn | null;
    if (role === null ? cells[at] !== texts[at] : !isNumberOf(role, cells[at] as string)) return false;
  }
  return true;
}

/** Names of which rows are kept, and rows of one name: with other signs, units, levels. */
const KEPT_NAMES = 1_000;
const KEPT_ROWS = 8;

/** The rows that stood under one head row, by their names. */
export class FormerRows {
  private readonly rows = new Map<string, FormerRow[]>();
  private readonly nameAt: number;

  constructor(
    plan: ColumnPlan,
    readonly vocabulary: FormVocabulary,
  ) {
    this.nameAt = plan.indexOf('name');
  }

  /** The row that said what this line says, but for its numbers; null where none is known. */
  like(cells: readonly string[]): FormerRow | null {
    const name = cells[this.nameAt];
    const rows = name === undefined ? undefined : this.rows.get(name);
    if (rows === undefined) return null;
    for (const row of rows) if (isLike(row, cells)) return row;
    return null;
  }

  /** Keeps a row that stands in its columns, where a row like it needs no closer look; null where it would. */
  keep(cells: readonly string[], shape: LineShape): FormerRow | null {
    const name = cells[this.nameAt];
    const free = name === undefined || name === '' || name.length > LONGEST_KEPT ? null : freeColumns(cells, shape, this.vocabulary);
    if (name === undefined || free === null) return null;
    const row: FormerRow = { shape, texts: cells, free, reading: null };
    if (this.rows.size >= KEPT_NAMES) this.rows.clear();
    const rows = this.rows.get(name);
    if (rows === undefined) this.rows.set(name, [row]);
    else {
      if (rows.length >= KEPT_ROWS) rows.pop();
      rows.unshift(row);
    }
    return row;
  }
}

/** Beside each cell the column it is a number of; null where a row like it may still be no row at all. */
function freeColumns(cells: readonly string[], shape: LineShape, vocabulary: FormVocabulary): (FreeColumn | null)[] | null {
  if (vocabulary.knowsNumbers()) return null;
  const free: (FreeColumn | null)[] = cells.map(() => null);
  shape.roles.forEach((role, index) => {
    const column = shape.columns[index] as number;
    if (isFree(role) && isNumberOf(role, cells[column] as string)) free[column] = role;
  });
  // The first word tells a row from what is none: heads below heads, sums, feet, page marks.
  const first = shape.columns[0];
  const opening = first === undefined ? undefined : cells[first];
  const tellsRow = first !== undefined && opening !== undefined && shape.roles.length > 1 && free[first] === null && beginsWithIdeograph(opening) && !mayBePageMark(opening)
    && vocabulary.columnRole(opening) === null && vocabulary.columnBelow(opening) === null;
  return tellsRow ? free : null;
}

const known = new WeakMap<ColumnPlan, FormerRows>();

/** The rows that stood under a head row before. */
export function rowsBefore(plan: ColumnPlan, vocabulary: FormVocabulary): FormerRows {
  let former = known.get(plan);
  if (former === undefined || former.vocabulary !== vocabulary) known.set(plan, (former = new FormerRows(plan, vocabulary)));
  return former;
}
