import type { SourceRow } from '../../source-connector';
import { RowRoom, TooHeavy } from '../reading/row-room';
import { type Columns, MOST_ROWS, type SheetTable, pickValues } from './pick-values';
import { AmbiguousColumn, AmbiguousSheet, MissingColumn, SwollenSheet, TooManyRows, TornLine } from './sheet-faults';
import { isCsv } from './sheet-names';

/** One file to be read, and what is looked for in it. */
export interface SheetOrder extends Columns {
  readonly body: Uint8Array;
  /** By which it is known what it is. */
  readonly name: string;
  /** Bytes it may unpack to. */
  readonly room: number;
}

/**
 * The rows of one file that name something and say something, or why there are none: no such file, no row with the columns (`there`: what the first one has instead), columns or sheets that cannot be told apart,
 * a line wider than its header, more than may be unpacked, more rows than a list of values has, rows that hold more than they may.
 */
export type ReadSheet =
  | {
    readonly ok: true;
    readonly rows: readonly SourceRow[];
    /** The sheet they stand in; '' where the file has but one. */
    readonly sheet: string;
    /** Bytes it unpacked to; what is not packed counts nothing. */
    readonly unpacked: number;
  }
  | { readonly ok: false; readonly why: 'UNREADABLE' | 'SWOLLEN' }
  | { readonly ok: false; readonly why: 'NO_COLUMNS'; readonly there: readonly string[] }
  | { readonly ok: false; readonly why: 'COLUMN_TWICE' | 'COLUMN_MERGED'; readonly column: string }
  | { readonly ok: false; readonly why: 'SHEETS'; readonly sheets: readonly string[] }
  | { readonly ok: false; readonly why: 'TORN_LINE'; readonly line: number; readonly cells: number; readonly columns: number }
  | { readonly ok: false; readonly why: 'TOO_MANY_ROWS'; readonly limit: number }
  | { readonly ok: false; readonly why: 'TOO_HEAVY'; readonly limit: number };

/** Reads a CSV, XLSX or XLS file: of a workbook the one sheet that people see and that has the columns. */
export async function readSheet({ keyField, valueField, body, name, room }: SheetOrder): Promise<ReadSheet> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  try {
    const { sheets, unpacked } = isCsv(name) ? await textTable(bytes, [keyField, valueField]) : await workbookTables(bytes, room);
    return { ok: true, ...rowsOf({ keyField, valueField }, sheets), unpacked };
  } catch (fault) {
    return whyOf(fault);
  }
}

interface Tables { readonly sheets: readonly SheetTable[]; readonly unpacked: number }

// Either library is loaded with the first file that needs it.
async function textTable(bytes: Buffer, columns: readonly string[]): Promise<Tables> {
  const lines = (await import('./csv-rows')).csvRows(bytes, columns, MOST_ROWS + 1);
  return { sheets: [{ name: '', rows: lines.map((cells, at) => ({ at, cells })), merged: [], isText: true }], unpacked: 0 };
}

async function workbookTables(bytes: Buffer, room: number): Promise<Tables> {
  return (await import('./workbook-rows')).workbookRows(bytes, room);
}

function rowsOf(columns: Columns, sheets: readonly SheetTable[]): { readonly rows: readonly SourceRow[]; readonly sheet: string } {
  const room = new RowRoom();
  const found: { readonly name: string; readonly rows: readonly SourceRow[] }[] = [];
  let missing: MissingColumn | null = null;
  for (const sheet of sheets) {
    try {
      found.push({ name: sheet.name, rows: pickValues(columns, sheet, room) });
    } catch (fault) {
      if (!(fault instanceof MissingColumn)) throw fault;
      missing ??= fault;
    }
  }
  if (found.length > 1) throw new AmbiguousSheet(found.map(({ name }) => name));
  if (found[0] === undefined) throw missing ?? new MissingColumn([]);
  return { rows: found[0].rows, sheet: sheets.length > 1 ? found[0].name : '' };
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
  if (fault instanceof AmbiguousColumn) return { ok: false, why: fault.why === 'TWICE' ? 'COLUMN_TWICE' : 'COLUMN_MERGED', column: fault.column };
  if (fault instanceof AmbiguousSheet) return { ok: false, why: 'SHEETS', sheets: hinted(fault.sheets) };
  if (fault instanceof TornLine) return { ok: false, why: 'TORN_LINE', line: fault.line, cells: fault.cells, columns: fault.columns };
  // What readers throw for bytes that are no such file is theirs, and nobody's fault.
  return { ok: false, why: 'UNREADABLE' };
}
