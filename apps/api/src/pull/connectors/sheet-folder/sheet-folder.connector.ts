import { lstat, readFile, readdir, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve } from 'node:path';
import { type CellObject, read, utils } from '@e965/xlsx';
import { periodWords } from '@jiheng/domain';
import { parse } from 'csv-parse/sync';
import { pullFailure } from '../../pull-failure';
import { type AskedPeriod, type Fetched, type SourceAddress, type SourceConnector, type SourceRow, boundRow, placeFor } from '../../source-connector';

/** Limits of reading: only below one folder that an administrator named. */
export interface FolderLimits {
  /** From PULL_FOLDER_ROOT; null: no folder may be read. */
  readonly root: string | null;
  readonly maxBytes: number;
  readonly maxFiles: number;
}

/** 取数 from a folder into which a neighbour puts CSV or XLSX files. */
export class SheetFolderConnector implements SourceConnector {
  constructor(private readonly limits: FolderLimits) {}

  async fetch(source: SourceAddress, period: AskedPeriod): Promise<Fetched> {
    const place = placeFor(source.place, period);
    const forbidden = failed('MISPLACED', 'pull.place-forbidden', { place });
    if (!this.isAllowed(place) || this.limits.root === null) return forbidden;
    let root: string;
    try {
      root = await realpath(this.limits.root);
    } catch (cause) {
      return failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: codeOf(cause) });
    }
    let files: string[];
    try {
      const target = await realpath(resolve(root, place));
      if (!isBelow(root, target)) return forbidden;
      files = await this.sheetsOf(target);
    } catch (cause) {
      return codeOf(cause) === 'ENOENT'
        ? failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) })
        : failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: codeOf(cause) });
    }
    return this.readAll(source, period, root, files);
  }

  /** Whether a place stays below the root by its spelling; links are looked at when it is read. */
  isAllowed(place: string): boolean {
    return this.limits.root !== null && !isAbsolute(place) && !place.includes('\0') && !place.split(/[\\/]/u).includes('..');
  }

  private async sheetsOf(target: string): Promise<string[]> {
    if ((await lstat(target)).isFile()) return [target];
    const names = (await readdir(target)).filter((name) => /\.(?:csv|xlsx)$/iu.test(name) && !name.startsWith('~$') && !name.startsWith('.'));
    return names.sort().slice(0, this.limits.maxFiles).map((name) => join(target, name));
  }

  private async readAll(source: SourceAddress, period: AskedPeriod, root: string, files: readonly string[]): Promise<Fetched> {
    const rows: SourceRow[] = [];
    const bodies: Buffer[] = [];
    for (const file of files) {
      const about = await lstat(file);
      // A link inside the folder could point anywhere on the machine.
      if (about.isSymbolicLink() || !isBelow(root, await realpath(file))) return failed('MISPLACED', 'pull.place-forbidden', { place: relative(root, file) });
      if (!about.isFile()) continue;
      if (about.size > this.limits.maxBytes) return failed('UNREADABLE_BODY', 'pull.too-large', { source: source.name, limit: String(Math.floor(this.limits.maxBytes / 1_048_576)) });
      const body = await readFile(file);
      bodies.push(body);
      try {
        rows.push(...(extname(file).toLowerCase() === '.csv' ? csvRows(source, body) : xlsxRows(source, body)));
      } catch (cause) {
        return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: source.name, cause: `${relative(root, file)} ${cause instanceof MissingColumn ? cause.message : ''}`.trim() }, body);
      }
    }
    return rows.length > 0
      ? { ok: true, rows, body: Buffer.concat(bodies) }
      : failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) });
  }
}

/** The header has no such column. */
class MissingColumn extends Error {}

function failed(...failure: Parameters<typeof pullFailure>): Extract<Fetched, { ok: false }> {
  return { ok: false, failure: pullFailure(...failure) };
}

function codeOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string' ? cause.code : String(cause);
}

function isBelow(root: string, target: string): boolean {
  const way = relative(root, target);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

/** Chinese offices still write GB18030; bytes that are no UTF-8 are read as that. */
function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(body);
  }
}

function pick(source: SourceAddress, table: readonly (readonly string[])[]): SourceRow[] {
  const head = table.findIndex((row) => row.includes(source.keyField) && row.includes(source.valueField));
  const header = table[head];
  if (header === undefined) throw new MissingColumn(`${source.keyField}, ${source.valueField}`);
  const keyAt = header.indexOf(source.keyField);
  const valueAt = header.indexOf(source.valueField);
  return table.slice(head + 1).flatMap((row) => {
    const key = row[keyAt] ?? '';
    const verbatim = row[valueAt] ?? '';
    return key === '' || verbatim === '' ? [] : [{ key, verbatim, row: boundRow(row.join('\t')) }];
  });
}

function csvRows(source: SourceAddress, body: Buffer): SourceRow[] {
  const table: string[][] = parse(decode(body), { bom: true, skip_empty_lines: true, trim: true, relax_column_count: true });
  return pick(source, table);
}

function xlsxRows(source: SourceAddress, body: Buffer): SourceRow[] {
  const book = read(body, { type: 'buffer', dense: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (sheet === undefined) throw new MissingColumn('—');
  const range = utils.decode_range(sheet['!ref'] ?? 'A1');
  const table: string[][] = [];
  for (let row = range.s.r; row <= range.e.r; row += 1) {
    const cells: string[] = [];
    for (let column = range.s.c; column <= range.e.c; column += 1) cells.push(textOf(sheet['!data']?.[row]?.[column]));
    table.push(cells);
  }
  return pick(source, table);
}

/** The stored number and not its display, which may be rounded; but 95.6% is stored as 0.956 and means what it displays. */
function textOf(cell: CellObject | undefined): string {
  if (cell?.v === undefined) return '';
  if (cell.t === 'n' && !(cell.w ?? '').includes('%') && !(typeof cell.z === 'string' && /[ymd]/iu.test(cell.z))) return String(cell.v);
  return (cell.w ?? String(cell.v)).trim();
}
