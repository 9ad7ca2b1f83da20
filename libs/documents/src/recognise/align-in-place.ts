import { type ColumnPlan, isMisfit } from './align-row';
import { fitOf, readPoints, readWeight, takesAnything } from './cell-fit';
import { type ColumnRole, isPlainNumber, LONGEST_KEPT } from './form-words';
import { wholeCell } from './raw-cell';
import type { RawCell } from './raw-table';
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
export function alignInPlace(line: SourceLine, plan: ColumnPlan, part: number): Partial<Record<ColumnRole, RawCell>> | null {
  const { cells, number } = line;
  const placed: Partial<Record<ColumnRole, RawCell>> = {};
  let isNameDoubtful = false;
  for (let at = 0; at < cells.length; at += 1) {
    const text = cells[at] as string;
    if (text === '' || text.trim() === '') continue;
    const role = plan[at];
    if (role === undefined || role === null || placed[role] !== undefined) return null;
    if (!standsInPlace(role, text)) {
      if (role !== 'name') return null;
      isNameDoubtful = true;
    }
    placed[role] = wholeCell(text, { part, line: number, cell: at });
  }
  // A row with a target and no name may be a shifted one. A level word is a name where the target stands in its own column.
  const target = placed.target?.text;
  if (placed.name === undefined && target !== undefined) return null;
  return isNameDoubtful && (target === undefined || fitOf('target', target) <= 0) ? null : placed;
}

/** Answers kept for one column. */
const KEPT_ANSWERS = 1_000;
const answers = new Map<ColumnRole, Map<string, boolean>>();

function standsInPlace(role: ColumnRole, text: string): boolean {
  if (takesAnything(role) || isNumberInPlace(role, text)) return true;
  if (text.length > LONGEST_KEPT) return !isMisfit(role, text);
  let ofRole = answers.get(role);
  if (ofRole === undefined) answers.set(role, (ofRole = new Map<string, boolean>()));
  const before = ofRole.get(text);
  if (before !== undefined) return before;
  const stands = !isMisfit(role, text);
  // Numbers hardly ever come again and would push the words out.
  if (!/^\d/u.test(text)) {
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
