import { periodWords } from '@jiheng/domain';
import { type AskedPeriod, type Fetched, type SourceAddress, type SourceRow, failed } from '../../source-connector';
import { type ReadSheet, readSheet } from './read-sheet';
import { MissingColumn, SwollenSheet, TooManyRows } from './sheet-faults';

type Failed = Extract<Fetched, { ok: false }>;

const MB = 1_048_576;
/** Bytes that all workbooks of one asking may unpack to: two seconds and some 200 MB of the process that reads them. */
const UNPACKED = 20 * MB;

/** The sheets of one asking, file by file, within the bounds they share. */
export class SheetPile {
  private readonly rows: SourceRow[] = [];
  private readonly bodies: Buffer[] = [];
  private unpacked = 0;

  constructor(private readonly source: SourceAddress, private readonly period: AskedPeriod, private readonly maxRows: number) {}

  /** @returns why the asking is over; null when the next file may come */
  add(name: string, body: Buffer): Failed | null {
    const read = this.read(name, body);
    if ('ok' in read) return read;
    this.bodies.push(body);
    this.unpacked += read.unpacked;
    for (const row of read.rows) this.rows.push(row);
    return this.rows.length > this.maxRows ? this.tooManyRows(this.maxRows) : null;
  }

  /** What came of all files together. */
  answer(): Fetched {
    return this.rows.length > 0
      ? { ok: true, rows: this.rows, body: Buffer.concat(this.bodies) }
      : failed('NOT_THERE', 'pull.not-there', { source: this.source.name, ...periodWords(this.period) });
  }

  private read(name: string, body: Buffer): ReadSheet | Failed {
    const source = this.source.name;
    try {
      return readSheet(this.source, name, body, UNPACKED - this.unpacked);
    } catch (fault) {
      if (fault instanceof SwollenSheet) return failed('UNREADABLE_BODY', 'pull.sheet-swollen', { source, file: name, limit: String(UNPACKED / MB) }, body);
      if (fault instanceof TooManyRows) return this.tooManyRows(fault.limit);
      return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source, cause: `${name} ${fault instanceof MissingColumn ? fault.message : ''}`.trim() }, body);
    }
  }

  private tooManyRows(limit: number): Failed {
    return failed('UNREADABLE_BODY', 'pull.too-many-rows', { source: this.source.name, limit: String(limit) });
  }
}

/** More files than are read in one asking: none is read, for the newest could be among those left out. */
export function tooManyFiles(source: SourceAddress, count: number, limit: number): Failed {
  return failed('UNREADABLE_BODY', 'pull.too-many-files', { source: source.name, count: String(count), limit: String(limit) });
}
