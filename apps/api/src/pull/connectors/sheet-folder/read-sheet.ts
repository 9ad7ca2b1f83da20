import type { SourceRow } from '../../source-connector';
import { RowRoom, TooHeavy } from '../reading/row-room';
import { MOST_ROWS, type SheetTable, type Sought, pickValues } from './pick-values';
import { AmbiguousColumn, AmbiguousSheet, MissingColumn, MissingSheet, SwollenSheet, TooManyRows, TornLine } from './sheet-faults';
import { isCsv } from './sheet-names';

/** One file to be read, and what is looked for in it. */
export interface SheetOrder extends Sought {
  readonly body: Uint8Array;
  /** By which it is known what it is. */
  readonly name: string;
  /** Bytes it may unpack to. */
  readonly room: number;
  /** Name of the sheet of a workbook that is read, hidden or not; absent or '' for the one that people see and that has the columns. Of a text it means nothing. */
  readonly sheet?: string;
}

/**
 * The rows of one file that name something and say something, and those of a wanted key that say nothing yet; or why there are none: no such file, no sheet of the name, no row with the columns (`there`: what the
 * first one has instead), columns or sheets that cannot be told apart, a line wider than its header, more than may be unpacked, more rows than a list of values has, rows that hold more than they may.
 */
export type ReadSheet =
  | {
    readonly ok: true;
    readonly rows: readonly SourceRow[];
    /** The sheet they stand in; '' where the file has but one and none was named. */
    readonly sheet: string;
    /** Bytes it unpacked to; what is not packed counts nothing. */
    readonly unpacked: number;
  }
  | { readonly ok: false; readonly why: 'UNREADABLE' | 'SWOLLEN' }
  | { readonly ok: false; readonly why: 'NO_COLUMNS' | 'NO_SHEET'; readonly there: readonly string[] }
  | { readonly ok: false; readonly why: 'COLUMN_TWICE' | 'COLUMN_MERGED'; readonly column: string }
  | { readonly ok: false; readonly why: 'SHEETS'; readonly sheets: readonly string[] }
  | { readonly ok: false; readonly why: 'TORN_LINE'; readonly line: number; readonly cells: number; readonly columns: number }
  | { readonly ok: false; readonly why: 'TOO_MANY_ROWS'; readonly limit: number }
  | { readonly ok: false; readonly why: 'TOO_HEAVY'; readonly limit: number };

/** Reads a CSV, XLSX or XLS file: of a workbook the sheet that is named, or the one that people see and that has the columns. */
export async function readSheet({ body, name, room, sheet = '', ...sought }: SheetOrder): Promise<ReadSheet> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  try {
    const { sheets, unpacked } = isCsv(name) ? await textTable(bytes, [sought.keyField, sought.valueField]) : await workbookTables(bytes, room, sheet);
    return { ok: true, ...rowsOf(sought, sheets, isCsv(name) ? '' : sheet), unpacked };
  } catch (fault) {
    return whyOf(fault);
  }
}

interface Tables { readonly sheets: readonly SheetTable[]; readonly unpacked: number }

// Either library is loaded with the first file that needs it.
async function textTable(bytes: Buffer, columns: readonly string[]): Promise<Tables> {
  const rows = (await import('./csv-rows')).csvRows(bytes, columns, MOST_ROWS + 1);
  return { sheets: [{ name: '', rows, merged: [], isText: true }], unpacked: 0 };
}

async function workbookTables(bytes: Buffer, room: number, sheet: string): Promise<Tables> {
  return (await import('./workbook-rows')).workbookRows(bytes, room, sheet);
}

function rowsOf(sought: Sought, sheets: readonly SheetTable[], named: string): { readonly rows: readonly SourceRow[]; readonly sheet: string } {
  const room = new RowRoom();
  const found: { readonly name: string; readonly rows: readonly SourceRow[] }[] = [];
  let missing: MissingColumn | null = null;
  for (const sheet of sheets) {
    try {
      found.push({ name: sheet.name, rows: pickValues(sought, sheet, room) });
    } catch (fault) {
      if (!(fault instanceof MissingColumn)) throw fault;
      missing ??= fault;
    }
  }
  if (found.length > 1) throw new AmbiguousSheet(found.map(({ name }) => name));
  if (found[0] === undefined) throw missing ?? new MissingColumn([]);
  return { rows: found[0].rows, sheet: sheets.length > 1 || named !== '' ? found[0].name : '' };
}

/** Names that are told as a hint, and letters of one: a hostile header has three million of them, or one of ten megabytes, and they leave the thread. */
const [MOST_HINTS, LONGEST_HINT] = [1_000, 100] as const;

function hinted(names: readonly string[]): readonly string[] {
  return names.slice(0, MOST_HINTS).map((name) => name.slice(0, LONGEST_HINT));
}

function whyOf(fault: unknown): Extract<ReadSheet, { ok: false }> {
  if (fault instanceof SwollenSheet) return { ok: false, why: 'SWOLLEN' };
  if (fault instanceof TooManyRows) return { ok: false, why: 'TOO_MANY_ROWS', limit: fault.limit };
  if (fault instanceof TooHeavy) return { ok: false, why: 'TOO_HEAVY', limit: fault.limit };
  if (fault instanceof MissingColumn) return { ok: false, why: 'NO_COLUMNS', there: hinted(fault.there.filter((cell) => cell !== '')) };
  if (fault instanceof MissingSheet) return { ok: false, why: 'NO_SHEET', there: hinted(fault.there) };
  if (fault instanceof AmbiguousColumn) return { ok: false, why: fault.why === 'TWICE' ? 'COLUMN_TWICE' : 'COLUMN_MERGED', column: fault.column };
  if (fault instanceof AmbiguousSheet) return { ok: false, why: 'SHEETS', sheets: hinted(fault.sheets) };
  if (fault instanceof TornLine) return { ok: false, why: 'TORN_LINE', line: fault.line, cells: fault.cells, columns: fault.columns };
  // What readers throw for bytes that are no such file is theirs, and nobody's fault.
  return { ok: false, why: 'UNREADABLE' };
}
