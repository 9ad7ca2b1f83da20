import { periodWords } from '@jiheng/domain';
import { type AskedPeriod, type Fetched, type SourceAddress, type SourceRow, failed, placeFor } from '../../source-connector';
import type { AskingReader, Overrun } from '../reading/answer-reader';
import { overrun } from '../reading/overrun';
import type { ReadSheet } from './read-sheet';
import { isCsv } from './sheet-names';

type Failed = Extract<Fetched, { ok: false }>;

const MB = 1_048_576;
/** Bytes that all workbooks of one asking may unpack to: two seconds and some 200 MB of the thread that reads them. */
const UNPACKED = 20 * MB;

/** The sheets of one asking, file by file, within the bounds they share. */
export class SheetPile {
  private readonly rows: SourceRow[] = [];
  private readonly bodies: Buffer[] = [];
  private unpacked = 0;
  /** The sheet that the source names, of the period; '' for none. */
  private readonly sheet: string;

  constructor(private readonly source: SourceAddress, private readonly period: AskedPeriod, private readonly maxRows: number, private readonly asking: AskingReader) {
    this.sheet = placeFor(source.settings.sheet, period);
  }

  /** One file after the other. @returns why the asking is over; null when the next file may come */
  async add(name: string, body: Buffer): Promise<Failed | null> {
    const { keyField, valueField, wanted } = this.source;
    const { sheet } = this;
    const read = await this.asking.read('SHEET', { body, name, keyField, valueField, wanted, sheet, room: UNPACKED - this.unpacked });
    if (!read.ok) return this.unread(sheet === '' || isCsv(name) ? name : `${name} / ${sheet}`, name, read, body);
    this.bodies.push(body);
    this.unpacked += read.unpacked;
    const file = read.sheet === '' ? name : `${name} / ${read.sheet}`;
    for (const row of read.rows) this.rows.push({ ...row, file });
    return this.rows.length > this.maxRows ? this.tooManyRows(this.maxRows) : null;
  }

  /** What came of all files together. */
  answer(): Fetched {
    return this.rows.length > 0
      ? { ok: true, rows: this.rows, body: Buffer.concat(this.bodies) }
      : failed('NOT_THERE', 'pull.not-there', { source: this.source.name, ...periodWords(this.period) });
  }

  /**
   * Why a file gave nothing, in a sentence.
   * @param spot the sheet in it that was to be read, where the source names one; else the file
   */
  private unread(spot: string, name: string, read: Extract<ReadSheet, { ok: false }> | Overrun, body: Buffer): Failed {
    const source = this.source.name;
    switch (read.why) {
      case 'SWOLLEN': return failed('UNREADABLE_BODY', 'pull.sheet-swollen', { source, file: name, limit: String(UNPACKED / MB) }, body);
      case 'TOO_MANY_ROWS': return this.tooManyRows(read.limit);
      case 'UNREADABLE': return failed('UNREADABLE_BODY', 'pull.sheet-unreadable', { source, file: name }, body);
      case 'NO_SHEET': return failed('UNREADABLE_BODY', 'pull.sheet-not-there', { source, file: name, sheet: this.sheet, ...few('there', read.there) }, body);
      case 'NO_COLUMNS': return this.withoutColumns(spot, read.there, body);
      case 'COLUMN_TWICE': return failed('UNREADABLE_BODY', 'pull.sheet-column-twice', { source, file: spot, column: read.column }, body);
      case 'COLUMN_MERGED': return failed('UNREADABLE_BODY', 'pull.sheet-column-merged', { source, file: spot, column: read.column }, body);
      case 'SHEETS': return failed('UNREADABLE_BODY', 'pull.sheets-alike', { source, file: name, ...few('sheets', read.sheets) }, body);
      case 'TORN_LINE': return failed('UNREADABLE_BODY', 'pull.sheet-line-torn', { source, file: name, line: String(read.line), cells: String(read.cells), columns: String(read.columns) }, body);
      default: return overrun(source, { zh: `文件“${name}”`, en: `the file “${name}”` }, read, body);
    }
  }

  private withoutColumns(file: string, there: readonly string[], body: Buffer): Failed {
    const said = { source: this.source.name, file, columns: `${this.source.keyField}, ${this.source.valueField}` };
    return there.length === 0 ? failed('UNREADABLE_BODY', 'pull.sheet-empty', said, body) : failed('UNREADABLE_BODY', 'pull.sheet-without-columns', { ...said, ...few('there', there) }, body);
  }

  private tooManyRows(limit: number): Failed {
    return failed('UNREADABLE_BODY', 'pull.too-many-rows', { source: this.source.name, limit: String(limit) });
  }
}

/** Names that are said of many, and letters of a long one. */
const [MOST_NAMES, LONGEST_NAME] = [5, 40] as const;

/** A few names as a parameter of a sentence, in both languages. */
function few(param: string, names: readonly string[]): Readonly<Record<string, string>> {
  const said = names.slice(0, MOST_NAMES).map((name) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name));
  const more = names.length > MOST_NAMES;
  return { [param]: `${said.join('、')}${more ? ` 等 ${names.length} 个` : ''}`, [`${param}En`]: `${said.join(', ')}${more ? ` and ${names.length - MOST_NAMES} more` : ''}` };
}

/** A folder without sheets, whatever else lies in it. */
export function noSheets(source: SourceAddress, period: AskedPeriod, others: readonly string[]): Failed {
  const said = { source: source.name, ...periodWords(period) };
  return others.length === 0 ? failed('NOT_THERE', 'pull.not-there', said) : failed('NOT_THERE', 'pull.no-sheets-there', { ...said, ...few('there', others) });
}

/** A file that was being written, or taken away, while it was read. */
export function unsettled(source: SourceAddress, file: string): Failed {
  return failed('SOURCE_AWAY', 'pull.file-unsettled', { source: source.name, file });
}

/** More files than are read in one asking: none is read, for the newest could be among those left out. */
export function tooManyFiles(source: SourceAddress, count: number, limit: number): Failed {
  return failed('UNREADABLE_BODY', 'pull.too-many-files', { source: source.name, count: String(count), limit: String(limit) });
}
