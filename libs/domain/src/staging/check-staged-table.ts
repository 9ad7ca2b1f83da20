import { checkLead } from '../checks/check-lead';
import { checkTargetTable } from '../checks/run-checks';
import type { Finding } from '../checks/finding';
import { compareDecimal, isDecimalText, roundHalfUp } from '../decimal';
import { meansEmpty } from '../text';
import { reasonFor } from './accepted-finding';
import { checkAgainstDocument, isCheckedAgain, isMended } from './recheck-reading';
import { formOfStaged, type ReadingNote, type StagedColumn, type StagedSurroundings, type StagedTable, SURE_FROM, toTargetTableOf } from './staged-table';

/** What keeps a staged table from becoming a draft, at its place. */
export interface StagedGap {
  readonly row: string | null;
  readonly column: StagedColumn | 'project';
  readonly why: 'missing' | 'weight-unreadable';
}

/** A finding at a row of the staged table, and the reason with which a person let it stand (null: nobody did). */
export interface StagedFinding {
  readonly row: string | null;
  readonly finding: Finding;
  readonly acceptedBecause: string | null;
}

/** What has to be written before a table can become a draft: names, targets, weights above zero with at most two decimals, the project. A form that holds results becomes no draft and lacks nothing. */
export function stagedGaps(table: StagedTable): readonly StagedGap[] {
  const gaps: StagedGap[] = [];
  if (formOfStaged(table) !== 'TARGET') return gaps;
  if (table.subject === 'PROJECT' && (table.project ?? '').trim() === '') gaps.push({ row: null, column: 'project', why: 'missing' });
  for (const row of table.rows) {
    if (row.name.trim() === '') gaps.push({ row: row.id, column: 'name', why: 'missing' });
    if (meansEmpty(row.target.raw)) gaps.push({ row: row.id, column: 'target', why: 'missing' });
    if (meansEmpty(row.weight)) gaps.push({ row: row.id, column: 'weight', why: 'missing' });
    else if (!isLawfulWeight(row.weight)) gaps.push({ row: row.id, column: 'weight', why: 'weight-unreadable' });
  }
  return gaps;
}

function isLawfulWeight(text: string): boolean {
  return isDecimalText(text) && compareDecimal(text, '0') > 0 && compareDecimal(text, roundHalfUp(text, 2)) === 0;
}

/**
 * Everything doubtful in the table as it stands now: what the reading said of rows and fields nobody has corrected, and everything that can be
 * checked again, run anew: the checks of the target stage, and what the table has to agree with in its document. Head first, then row by row. A
 * form that holds results makes no promises: of it, only the reading speaks.
 * @param around what other tables of the document say; without it, the reading's own word about them stands
 */
export function stagedFindings(table: StagedTable, around: StagedSurroundings | null = null): readonly StagedFinding[] {
  const rows = new Map(table.rows.map((row, at) => [row.id, { row, at }]));
  const isTarget = formOfStaged(table) === 'TARGET';
  const ownChecks = isTarget ? [...checkLead(table.subject, table.lead), ...checkTargetTable(toTargetTableOf(table), undefined, { nameUnits: table.rows.map((row) => row.nameUnit) })] : [];
  const checked = [...ownChecks, ...(isTarget ? checkAgainstDocument(table, around) : [])]
    .map((finding) => ({ row: finding.row === null ? null : table.rows[finding.row]?.id ?? null, finding }));
  const read = table.notes.filter((note) => note.row === null || rows.get(note.row)?.row.corrected.length === 0)
    // A check that was made while reading is made again here: what it said then is told anew, or mended.
    .filter((note) => !isTarget || !(isCheckedAgain(note, table, around) || checked.some((one) => one.row === note.row && one.finding.code === note.finding.code)))
    .filter((note) => !isMended(note, table));
  const place = (id: string | null): number => (id === null ? -1 : rows.get(id)?.at ?? -1);
  return [...read, ...checked]
    .map((one) => ({ ...one, acceptedBecause: reasonFor(one, table.acceptedFindings) }))
    .sort((a, b) => place(a.row) - place(b.row));
}

/**
 * Of what the reading said, what the table as it stands does not say by itself. Of a target form the checks are run whenever somebody looks at it, so that what they said
 * while it was read need not be kept; of a form that holds results everything is.
 */
export function lastingNotes(table: StagedTable): readonly ReadingNote[] {
  return formOfStaged(table) === 'TARGET' ? table.notes.filter((note) => !isCheckedAgain(note, table, null)) : table.notes;
}

/** How sure the reading of one cell is, 0…1 decimal text: "1" where a person wrote, the row's certainty where the cell has none of its own. */
export function certaintyOf(row: StagedTable['rows'][number], column: StagedColumn): string {
  if (row.corrected.includes(column)) return '1';
  return row.cells[column]?.confidence ?? (Object.keys(row.cells).length === 0 ? row.confidence : '1');
}

/** Whether a person should compare the cell with the document. */
export function isDoubtful(row: StagedTable['rows'][number], column: StagedColumn): boolean {
  return compareDecimal(certaintyOf(row, column), SURE_FROM) < 0;
}

/** Rows with a cell below the mark. */
export function doubtfulRows(table: StagedTable): readonly string[] {
  const columns: readonly StagedColumn[] = ['level1', 'level2', 'name', 'target', 'basis', 'previous', 'weight', 'rule', 'evidence'];
  return table.rows.filter((row) => columns.some((column) => isDoubtful(row, column))).map((row) => row.id);
}
