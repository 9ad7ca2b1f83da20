import { extname } from 'node:path';
import { type CellObject, read, utils } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import { type SourceDraft, type SourceRow, boundRow } from '../../source-connector';

/** Names of the columns that hold the key and the value of a row. */
type Columns = Pick<SourceDraft, 'keyField' | 'valueField'>;

const MOST_ROWS = 100_000;
const MOST_COLUMNS = 200;

/** Names of files that are read as sheets; half-written and hidden ones are not. */
export function isSheet(name: string): boolean {
  return /\.(?:csv|xlsx)$/iu.test(name) && !name.startsWith('~$') && !name.startsWith('.');
}

/** The header has no such column. */
export class MissingColumn extends Error {}

/** The rows of a CSV or XLSX file. Throws {@link MissingColumn}, and what the readers throw for bytes that are no such file. */
export function readSheet(columns: Columns, name: string, body: Buffer): SourceRow[] {
  return extname(name).toLowerCase() === '.csv' ? csvRows(columns, body) : xlsxRows(columns, body);
}

/** Chinese offices still write GB18030; bytes that are no UTF-8 are read as that. */
function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(body);
  }
}

function pick(columns: Columns, table: readonly (readonly string[])[]): SourceRow[] {
  const head = table.findIndex((row) => row.includes(columns.keyField) && row.includes(columns.valueField));
  const header = table[head];
  if (header === undefined) throw new MissingColumn(`${columns.keyField}, ${columns.valueField}`);
  const keyAt = header.indexOf(columns.keyField);
  const valueAt = header.indexOf(columns.valueField);
  return table.slice(head + 1).flatMap((row) => {
    const key = row[keyAt] ?? '';
    const verbatim = row[valueAt] ?? '';
    return key === '' || verbatim === '' ? [] : [{ key, verbatim, row: boundRow(row.join('\t')) }];
  });
}

function csvRows(columns: Columns, body: Buffer): SourceRow[] {
  const table: string[][] = parse(decode(body), { bom: true, skip_empty_lines: true, trim: true, relax_column_count: true });
  return pick(columns, table);
}

function xlsxRows(columns: Columns, body: Buffer): SourceRow[] {
  const book = read(body, { type: 'buffer', dense: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (sheet === undefined) throw new MissingColumn('—');
  const range = utils.decode_range(sheet['!ref'] ?? 'A1');
  const table: string[][] = [];
  // A sheet may claim to reach to its last possible cell; what lies beyond these is no list of values.
  for (let row = range.s.r; row <= Math.min(range.e.r, range.s.r + MOST_ROWS); row += 1) {
    const cells: string[] = [];
    for (let column = range.s.c; column <= Math.min(range.e.c, range.s.c + MOST_COLUMNS); column += 1) cells.push(textOf(sheet['!data']?.[row]?.[column]));
    table.push(cells);
  }
  return pick(columns, table);
}

/** The stored number and not its display, which may be rounded; but 95.6% is stored as 0.956 and means what it displays. */
function textOf(cell: CellObject | undefined): string {
  if (cell?.v === undefined) return '';
  if (cell.t === 'n' && !(cell.w ?? '').includes('%') && !(typeof cell.z === 'string' && /[ymd]/iu.test(cell.z))) return String(cell.v);
  return (cell.w ?? String(cell.v)).trim();
}
