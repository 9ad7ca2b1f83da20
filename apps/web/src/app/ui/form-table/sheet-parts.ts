import type { FormCell, FormRow, FormSheet } from '@jiheng/domain';

/** What a cell is to a screen reader: a name for what stands beside or below it, or a fact. */
export type CellRole = 'column' | 'row' | 'rowgroup' | 'fact';

export interface PartCell extends FormCell {
  readonly role: CellRole;
  /** Remarks about the row stand in this cell: its first running text. */
  readonly holdsNotes: boolean;
}
export type PartRow = readonly PartCell[];

/** A form taken apart for the page: what stands above, the heading that every printed page repeats, the rows below it. */
export interface SheetParts {
  readonly title: string;
  readonly subtitle: string;
  readonly head: readonly PartRow[];
  readonly headings: readonly PartRow[];
  readonly rows: readonly PartRow[];
}

/** Levels stand in the first two columns; their merged cells name all the rows they reach down to. */
const LEVEL_COLUMNS = 2;

export function partsOf(sheet: FormSheet): SheetParts {
  const has = (row: FormRow, style: FormCell['style']) => row.cells.some((cell) => cell.style === style);
  const subtitle = sheet.rows.find((row) => has(row, 'SUBTITLE'))?.cells[0]?.text ?? '';
  const printed = sheet.rows.filter((row) => !has(row, 'TITLE') && !has(row, 'SUBTITLE'));
  const first = printed.findIndex((row) => row.repeats);
  const from = first < 0 ? printed.length : first;
  const to = printed.findIndex((row, at) => at > from && !row.repeats);
  const until = to < 0 ? printed.length : to;
  return {
    title: sheet.title, subtitle,
    head: printed.slice(0, from).map((row) => row.cells.map((cell) => ({ ...cell, role: headRole(cell), holdsNotes: false }))),
    headings: printed.slice(from, until).map((row) => row.cells.map((cell) => ({ ...cell, role: 'column', holdsNotes: false }))),
    rows: printed.slice(until).map(bodyRow),
  };
}

function headRole(cell: FormCell): CellRole {
  if (cell.style === 'HEADER') return 'column';
  return cell.style === 'LABEL' ? 'row' : 'fact';
}

function bodyRow(row: FormRow): PartRow {
  const noted = row.cells.find((cell) => cell.column >= LEVEL_COLUMNS && cell.style === 'TEXT');
  return row.cells.map((cell) => ({ ...cell, role: bodyRole(cell), holdsNotes: cell === noted }));
}

function bodyRole(cell: FormCell): CellRole {
  if (cell.column < LEVEL_COLUMNS && cell.style === 'TEXT') return cell.rowSpan > 1 ? 'rowgroup' : 'row';
  return cell.style === 'LABEL' ? 'row' : 'fact';
}
