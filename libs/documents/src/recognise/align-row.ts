import { fitOf, IMPOSSIBLE, isTick, takesAnything } from './cell-fit';
import type { ColumnRole } from './form-words';

/** Columns of a table by position: role, or null for a blank head cell. */
export type ColumnPlan = readonly (ColumnRole | null)[];

/** Cells of a row that stand under one column. */
export interface PlacedCell {
  readonly text: string;
  /** Indices in the row, in order. */
  readonly at: readonly number[];
  readonly shifted: boolean;
}

/** A row with its cells put under their columns. */
export interface AlignedRow {
  readonly cells: Partial<Record<ColumnRole, PlacedCell>>;
  /** How many columns to the right the last cell stood. 0: in place. */
  readonly offset: number;
  readonly shifted: boolean;
  /** Filled cells that fit under no column. */
  readonly left: readonly string[];
}

interface FilledCell {
  readonly text: string;
  readonly at: number;
}

// A cell in its own column needs no proof; only a clear misfit (a rule where a name should be) calls for a search.
const MISFIT = -2;
const UNPLACED = -5;
const SAME_OFFSET = 0.8;
/** Filled cells of a row that are put back by their words. */
const WIDEST_ROW = 40;

function filled(cells: readonly string[]): FilledCell[] {
  return cells.flatMap((text, at) => (text.trim() === '' ? [] : [{ text, at }]));
}

/** Cells by position alone, moved left by `offset` columns; texts of one column are joined. */
export function placeByPosition(cells: readonly string[], plan: ColumnPlan, offset: number): AlignedRow {
  const placed: Partial<Record<ColumnRole, PlacedCell>> = {};
  const left: string[] = [];
  for (const { text, at } of filled(cells)) {
    const role = plan[at - offset];
    if (role === undefined || role === null) left.push(text);
    else {
      const before = placed[role];
      placed[role] = { text: before === undefined ? text : `${before.text} ${text}`, at: [...(before?.at ?? []), at], shifted: offset !== 0 };
    }
  }
  return { cells: placed, offset, shifted: offset !== 0, left };
}

/** Whether a text clearly does not belong into the column it stands in. */
export function isMisfit(role: ColumnRole, text: string): boolean {
  if (takesAnything(role)) return false;
  const fit = fitOf(role, text);
  // An unknown level word or an unreadable weight in its own column is a matter for the checks, not for a search.
  return role === 'level1' || role === 'level2' || role === 'weight' || role === 'points' || role === 'coefficient' || isTick(role) ? fit === IMPOSSIBLE && looksElsewhere(role, text) : fit < MISFIT;
}

/**
 * A row with a target and no name: a shifted one whose every cell happens to fit where it stands (the name as a wording, 60% as a weight).
 * Taken anew where the words give it a name and a target and leave nothing over.
 */
function withItsName(row: AlignedRow, cells: readonly string[], plan: ColumnPlan): AlignedRow {
  if (row.cells.name !== undefined || row.cells.target === undefined || fitOf('target', row.cells.target.text) > 0) return row;
  const anew = searchBest(filled(cells), plan);
  return anew?.cells.name !== undefined && anew.cells.target !== undefined && anew.left.length === 0 ? anew : row;
}

/** 服务对象满意度 beside ≥95%: a level word in the column of the name is the name where the target stands in its own column. */
function isNameAlone(misfits: readonly (readonly [ColumnRole, PlacedCell])[], { cells }: AlignedRow): boolean {
  return misfits.length === 1 && misfits[0]?.[0] === 'name' && cells.target !== undefined && fitOf('target', cells.target.text) > 0;
}

/** Whether a misfitting text clearly belongs to another kind of column. */
function looksElsewhere(role: ColumnRole, text: string): boolean {
  const others: readonly ColumnRole[] = ['level1', 'level2', 'target', 'weight', 'rule', 'evidence', 'basis', 'name'];
  // What stands in a narrow column of numbers or ticks is a slip of the pen before it is a name.
  const isNarrow = role === 'points' || role === 'coefficient' || isTick(role);
  return others.some((other) => other !== role && !(isNarrow && other === 'name') && fitOf(other, text) >= (other === 'name' ? 2 : 4));
}

/**
 * Puts the cells of a row under their columns. Cells in place stay there; where a cell does not fit its column (merged cells lost,
 * columns shifted), the best monotone assignment by the words of the forms is taken, the operator and the second level deciding.
 */
export function alignRow(cells: readonly string[], plan: ColumnPlan): AlignedRow {
  const byPosition = placeByPosition(cells, plan, 0);
  const roles = Object.entries(byPosition.cells) as [ColumnRole, PlacedCell][];
  // A row far wider than the form is no row of it; searching all its cells would take long and find nothing.
  if (filled(cells).length > WIDEST_ROW) return byPosition;
  const misfits = roles.filter(([role, cell]) => isMisfit(role, cell.text));
  if (byPosition.left.length === 0 && (misfits.length === 0 || isNameAlone(misfits, byPosition))) return withItsName(byPosition, cells, plan);
  return searchBest(filled(cells), plan) ?? byPosition;
}

interface Choice {
  readonly score: number;
  readonly columns: readonly (number | null)[];
}

function searchBest(row: readonly FilledCell[], plan: ColumnPlan): AlignedRow | null {
  // How every cell fits under every column is asked once; the search asks for it from many sides.
  const fits = row.map(({ text }) => plan.map((role) => (role === null ? IMPOSSIBLE : fitOf(role, text))));
  const memo = new Map<number, Choice>();
  const widest = row.reduce((most, { at }) => Math.max(most, at), 0) + plan.length + 1;
  const best = (index: number, lastColumn: number, lastOffset: number): Choice => {
    const cell = row[index];
    if (cell === undefined) return { score: 0, columns: [] };
    const key = (index * (plan.length + 1) + lastColumn + 1) * 2 * widest + lastOffset + widest;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const skipped = best(index + 1, lastColumn, lastOffset);
    let score = skipped.score + UNPLACED;
    let taken: { readonly column: number | null; readonly rest: Choice } = { column: null, rest: skipped };
    for (let column = lastColumn + 1; column < plan.length; column += 1) {
      const fit = fits[index]?.[column] ?? IMPOSSIBLE;
      if (fit === IMPOSSIBLE) continue;
      const offset = cell.at - column;
      const rest = best(index + 1, column, offset);
      const own = fit + rest.score + (index === 0 || offset === lastOffset ? SAME_OFFSET : 0) - 0.2 * Math.abs(offset);
      if (own > score) {
        score = own;
        taken = { column, rest };
      }
    }
    const chosen: Choice = { score, columns: [taken.column, ...taken.rest.columns] };
    memo.set(key, chosen);
    return chosen;
  };
  const { columns } = best(0, -1, 0);
  const placed: Partial<Record<ColumnRole, PlacedCell>> = {};
  const left: string[] = [];
  let offset = 0;
  let shifted = false;
  row.forEach((cell, index) => {
    const column = columns[index];
    const role = column === null || column === undefined ? null : plan[column];
    if (role === null || role === undefined || column === null || column === undefined) {
      left.push(cell.text);
      return;
    }
    placed[role] = { text: cell.text, at: [cell.at], shifted: cell.at !== column };
    offset = cell.at - column;
    shifted ||= offset !== 0;
  });
  return placed.name === undefined && placed.target === undefined ? null : { cells: placed, offset, shifted, left };
}
