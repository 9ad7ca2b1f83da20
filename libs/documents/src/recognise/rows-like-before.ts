import { meansEmpty } from '@jiheng/domain';
import type { ColumnPlan } from './align-row';
import { readPoints, readWeight } from './cell-fit';
import { beginsWithIdeograph, type ColumnRole, isPlainNumber, LONGEST_KEPT, mayBePageMark } from './form-words';
import type { FormVocabulary } from './form-vocabulary';
import type { HeadRow } from './head-row';
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
  /** The cells whose words must be the same, those before the others that differ from row to row. */
  readonly worded: readonly number[];
  /** The cells that are numbers, and beside each of them its column. */
  readonly numbered: readonly number[];
  readonly columns: readonly FreeColumn[];
  /** Whether it prints its first level. */
  readonly hasLevel1: boolean;
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
  if (role === 'weight') return readWeight(text) === text;
  return role === 'points' ? readPoints(text) === text : text.length <= LONGEST_KEPT && isPlainNumber(text);
}

/** Whether a line says what the row before said, but for its numbers. The words are asked first: they tell sooner that it does not. */
function isLike({ texts, worded, numbered, columns }: FormerRow, cells: readonly string[]): boolean {
  if (cells.length !== texts.length) return false;
  for (let at = 0; at < worded.length; at += 1) {
    const cell = worded[at] as number;
    if (cells[cell] !== texts[cell]) return false;
  }
  for (let at = 0; at < numbered.length; at += 1) if (!isNumberOf(columns[at] as FreeColumn, cells[numbered[at] as number] as string)) return false;
  return true;
}

/** Names of which rows are kept, signs of one name, and rows of one name and sign: with other units, levels, evidence. */
const KEPT_NAMES = 1_000;
const KEPT_SIGNS = 12;
const KEPT_ROWS = 8;

/** The rows that stood under one head row, by their names and, where signs have a column of their own, by these. */
export class FormerRows {
  private readonly rows = new Map<string, Map<string, FormerRow[]>>();
  private readonly nameAt: number;
  private readonly signAt: number;

  constructor(
    plan: ColumnPlan,
    readonly vocabulary: FormVocabulary,
  ) {
    this.nameAt = plan.indexOf('name');
    this.signAt = plan.indexOf('operator');
  }

  /** The row that said what this line says, but for its numbers; null where none is known. */
  like(cells: readonly string[]): FormerRow | null {
    const name = cells[this.nameAt];
    const rows = name === undefined ? undefined : this.rows.get(name)?.get(this.signOf(cells));
    if (rows === undefined) return null;
    for (let at = 0; at < rows.length; at += 1) if (isLike(rows[at] as FormerRow, cells)) return rows[at] as FormerRow;
    return null;
  }

  /** Keeps a row that stands in its columns, where a row like it needs no closer look; null where it would. */
  keep(cells: readonly string[], shape: LineShape): FormerRow | null {
    const name = cells[this.nameAt];
    const free = name === undefined || name === '' || name.length > LONGEST_KEPT ? null : freeColumns(cells, shape, this.vocabulary);
    if (name === undefined || free === null) return null;
    const row = rowOf(cells, shape, free, this.nameAt);
    if (this.rows.size >= KEPT_NAMES) this.rows.clear();
    let ofName = this.rows.get(name);
    if (ofName === undefined) this.rows.set(name, (ofName = new Map<string, FormerRow[]>()));
    const sign = this.signOf(cells);
    const rows = ofName.get(sign);
    if (rows === undefined) {
      if (ofName.size >= KEPT_SIGNS) ofName.clear();
      ofName.set(sign, [row]);
    } else {
      if (rows.length >= KEPT_ROWS) rows.pop();
      rows.unshift(row);
    }
    return row;
  }

  private signOf(cells: readonly string[]): string {
    return this.signAt < 0 ? '' : (cells[this.signAt] ?? '');
  }
}

function rowOf(cells: readonly string[], shape: LineShape, free: readonly (FreeColumn | null)[], nameAt: number): FormerRow {
  const numbered = [...free.keys()].filter((at) => free[at] !== null);
  // What differs among the rows of one name stands behind it; the name itself is the one it was found by.
  const worded = [...free.keys()].filter((at) => free[at] === null && at !== nameAt);
  const level1 = cells[shape.columns[shape.roles.indexOf('level1')] ?? -1] ?? '';
  return {
    shape, texts: cells, free, numbered, columns: numbered.map((at) => free[at] as FreeColumn), hasLevel1: !meansEmpty(level1), reading: null,
    worded: [...worded.filter((at) => at > nameAt), ...worded.filter((at) => at < nameAt)],
  };
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

/** Lines of a table with the rows they are like. */
export interface AlikeLines {
  readonly former: FormerRows;
  /** Beside each line. */
  readonly rows: readonly (FormerRow | null)[];
}

const meant = new WeakMap<HeadRow, FormerRows>();

/** The rows that stood under a head row, as its columns were meant last; null where none did. */
export function rowsUnder(head: HeadRow, vocabulary: FormVocabulary): FormerRows | null {
  const former = meant.get(head);
  return former?.vocabulary === vocabulary ? former : null;
}

/** Says what the columns of a head row mean, for the next table that prints it. */
export function keepMeaning(head: HeadRow, roles: ColumnPlan, vocabulary: FormVocabulary): void {
  const former = rowsBefore(roles, vocabulary);
  if (meant.get(head) !== former) meant.set(head, former);
}

const known = new WeakMap<ColumnPlan, FormerRows>();

/** The rows that stood under a head row before. */
export function rowsBefore(plan: ColumnPlan, vocabulary: FormVocabulary): FormerRows {
  let former = known.get(plan);
  if (former === undefined || former.vocabulary !== vocabulary) known.set(plan, (former = new FormerRows(plan, vocabulary)));
  return former;
}
