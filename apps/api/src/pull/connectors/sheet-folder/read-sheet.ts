import { extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import { ROW_LIMIT, type SourceDraft, type SourceRow, boundRow } from '../../source-connector';
import { MissingColumn, TooManyRows } from './sheet-faults';
import { workbookRows } from './workbook-rows';

/** Names of the columns that hold the key and the value of a row. */
type Columns = Pick<SourceDraft, 'keyField' | 'valueField'>;

/** The rows of one file that name something and say something. */
export interface ReadSheet {
  readonly rows: readonly SourceRow[];
  /** Bytes it unpacked to; what is not packed counts nothing. */
  readonly unpacked: number;
}

/** Filled rows of one file, blank in key or value or not. */
const MOST_ROWS = 100_000;

/** Names of files that are read as sheets; half-written and hidden ones are not. */
export function isSheet(name: string): boolean {
  return /\.(?:csv|xlsx)$/iu.test(name) && !name.startsWith('~$') && !name.startsWith('.');
}

/**
 * The rows of a CSV or XLSX file. Throws the faults of `sheet-faults.ts`, and what the readers throw for bytes that are no such file.
 * @param room bytes it may unpack to
 */
export function readSheet(columns: Columns, name: string, body: Buffer, room: number): ReadSheet {
  if (extname(name).toLowerCase() === '.csv') return { rows: pick(columns, csvRows(body)), unpacked: 0 };
  const { rows, unpacked } = workbookRows(body, room);
  return { rows: pick(columns, rows), unpacked };
}

/** Chinese offices still write GB18030; bytes that are no UTF-8 are read as that. */
function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(body);
  }
}

function csvRows(body: Buffer): string[][] {
  return parse(decode(body), { bom: true, skip_empty_lines: true, trim: true, relax_column_count: true, to: MOST_ROWS + 1 });
}

function pick({ keyField, valueField }: Columns, table: Iterable<readonly string[]>): SourceRow[] {
  const rows: SourceRow[] = [];
  let at: { readonly key: number; readonly value: number } | null = null;
  let seen = 0;
  for (const row of table) {
    seen += 1;
    if (seen > MOST_ROWS) throw new TooManyRows(MOST_ROWS);
    if (at === null) {
      if (row.includes(keyField) && row.includes(valueField)) at = { key: row.indexOf(keyField), value: row.indexOf(valueField) };
      continue;
    }
    const key = row[at.key] ?? '';
    const verbatim = row[at.value] ?? '';
    if (key !== '' && verbatim !== '') rows.push({ key, verbatim, row: tabbed(row) });
  }
  if (at === null) throw new MissingColumn(`${keyField}, ${valueField}`);
  return rows;
}

/** The cells joined by tabs and bounded, without ever making the whole: one long text may be named by every cell of a sheet. */
function tabbed(cells: readonly string[]): string {
  const length = cells.reduce((sum, cell) => sum + cell.length, cells.length - 1);
  if (length <= ROW_LIMIT) return cells.join('\t');
  let head = '';
  for (let at = 0; head.length <= ROW_LIMIT && at < cells.length; at += 1) head += `${at === 0 ? '' : '\t'}${(cells[at] ?? '').slice(0, ROW_LIMIT)}`;
  return boundRow(head, ROW_LIMIT, length);
}
