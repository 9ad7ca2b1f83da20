import { ROW_LIMIT, type SourceDraft, type SourceRow, boundRow } from '../../source-connector';
import { RowRoom } from '../reading/row-room';
import { AmbiguousColumn, MissingColumn, TooManyRows, TornLine } from './sheet-faults';

/** Names of the columns that hold the key and the value of a row. */
export type Columns = Pick<SourceDraft, 'keyField' | 'valueField'>;

/** A row that says something, and where it stands, counted from 0. */
export interface FilledRow {
  readonly at: number;
  readonly cells: readonly string[];
}

/** What is looked for in a table. */
export interface Sought extends Columns {
  /** Keys of which it is told as well that they are there and have no value. Of others a row without a value is a title or a remark. */
  readonly wanted?: readonly string[];
}

/** One table of a file. */
export interface SheetTable {
  readonly name: string;
  /** Its filled rows, top to bottom. */
  readonly rows: Iterable<FilledRow>;
  /** Cells that were made one, counted from 0, ends included. Only the first of them says anything. */
  readonly merged: readonly { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }[];
  /** Whether a row may not be wider than the header: in a text a wider one has a comma too many, in a workbook a remark beside it. */
  readonly isText?: boolean;
}

/** Filled rows of one file, blank in key or value or not. */
export const MOST_ROWS = 100_000;

interface Header { readonly key: number; readonly value: number; readonly width: number; readonly endOf: ReadonlyMap<number, number> }

/**
 * The rows of a table that name something and say something, and those of a wanted key that say nothing yet. A key whose cell covers several rows is the key of each of them.
 * @param room what the rows of a whole file share
 * @throws MissingColumn, AmbiguousColumn, TornLine, TooManyRows, and what `room` throws
 */
export function pickValues({ wanted = [], ...columns }: Sought, table: SheetTable, room: RowRoom): SourceRow[] {
  const awaited = new Set(wanted);
  const rows: SourceRow[] = [];
  let header: Header | null = null;
  let first: readonly string[] | null = null;
  let seen = 0;
  let covering = { key: '', until: -1 };
  for (const { at, cells } of table.rows) {
    seen += 1;
    if (seen > MOST_ROWS) throw new TooManyRows(MOST_ROWS);
    first ??= cells;
    if (header === null) { header = headerIn(columns, table, at, cells); continue; }
    if (table.isText === true && cells.length > header.width && cells.slice(header.width).some((cell) => cell !== '')) throw new TornLine(at + 1, cells.length, header.width);
    const own = cells[header.key] ?? '';
    const key = own === '' && at <= covering.until ? covering.key : own;
    if (own !== '') covering = { key: own, until: header.endOf.get(at) ?? -1 };
    const verbatim = cells[header.value] ?? '';
    if (key === '' || (verbatim === '' && !awaited.has(key))) continue;
    const kept = { key, verbatim, row: tabbed(cells), ...(verbatim === '' ? { line: String(at + 1) } : {}) };
    room.add(kept);
    rows.push(kept);
  }
  if (header === null) throw new MissingColumn(first ?? []);
  return rows;
}

/** A row that has both columns; null for any other. */
function headerIn({ keyField, valueField }: Columns, { merged }: SheetTable, at: number, cells: readonly string[]): Header | null {
  if (!cells.includes(keyField) || !cells.includes(valueField)) return null;
  for (const name of new Set([keyField, valueField])) {
    const column = cells.indexOf(name);
    if (cells.lastIndexOf(name) !== column) throw new AmbiguousColumn(name, 'TWICE');
    if (merged.some(({ top, left, bottom, right }) => top <= at && at <= bottom && left === column && right > column)) throw new AmbiguousColumn(name, 'MERGED');
  }
  const key = cells.indexOf(keyField);
  const endOf = new Map(merged.filter(({ left, right, top, bottom }) => left <= key && key <= right && bottom > top).map(({ top, bottom }) => [top, bottom]));
  return { key, value: cells.indexOf(valueField), width: cells.findLastIndex((cell) => cell !== '') + 1, endOf };
}

/** The cells joined by tabs and bounded, without ever making the whole: one long text may be named by every cell of a sheet. */
function tabbed(cells: readonly string[]): string {
  const length = cells.reduce((sum, cell) => sum + cell.length, cells.length - 1);
  if (length <= ROW_LIMIT) return cells.join('\t');
  let head = '';
  for (let at = 0; head.length <= ROW_LIMIT && at < cells.length; at += 1) head += `${at === 0 ? '' : '\t'}${(cells[at] ?? '').slice(0, ROW_LIMIT)}`;
  return boundRow(head, ROW_LIMIT, length);
}
