import type { Client, Connection, Submittable } from 'pg';
import { share } from './shared-room';

const [COPY_DATA, COPY_DONE, COPY_OUT, NOTICE, PARAMETER, NOTIFICATION] = [0x64, 0x63, 0x48, 0x4e, 0x53, 0x41] as const;
const [TAB, LINE_END, BACKSLASH, CAPITAL_N] = [9, 10, 92, 78] as const;
const HEADER = 5;
type Listener = (chunk: Buffer) => void;

/**
 * Rows of COPY text as bytes in one buffer, with the place of every field: nothing is decoded until somebody asks for it. Made to be used
 * again for the next slice, so that a run of any length takes the memory of its largest slice.
 */
export class CopyRows {
  bytes: Buffer = Buffer.allocUnsafe(1 << 16);
  /** Where field `row × columns + column` begins; it ends one byte before the next begins. */
  starts: Int32Array = new Int32Array(1 << 12);
  rows = 0;

  constructor(readonly columns: number) {}

  /** Reads a query. It takes no parameters; what goes into it must be made of ids. @throws what PostgreSQL says */
  async read(client: Client, query: string): Promise<this> {
    const reader = new CopyReader(`copy (${query}) to stdout`, this.bytes);
    client.query(reader);
    this.index(await reader.ended, reader.length);
    return this;
  }

  /** Takes text as it came. */
  index(bytes: Buffer, length: number): this {
    this.bytes = bytes;
    let starts = this.starts;
    let fields = 0;
    starts[0] = 0;
    for (let at = 0; at < length; at += 1) {
      const byte = bytes[at] as number;
      if (byte > LINE_END || (byte !== TAB && byte !== LINE_END)) continue;
      fields += 1;
      if (fields === starts.length) {
        this.starts = new Int32Array(starts.length * 2);
        this.starts.set(starts);
        starts = this.starts;
      }
      starts[fields] = at + 1;
    }
    if (fields % this.columns !== 0) throw new Error(`a bulk read of ${this.columns} columns answered ${fields} fields`);
    this.rows = fields / this.columns;
    return this;
  }

  start(row: number, column: number): number { return this.starts[row * this.columns + column] as number; }
  end(row: number, column: number): number { return (this.starts[row * this.columns + column + 1] as number) - 1; }

  isNull(row: number, column: number): boolean {
    const start = this.start(row, column);
    return this.end(row, column) === start + 2 && this.bytes[start] === BACKSLASH && this.bytes[start + 1] === CAPITAL_N;
  }

  /** A field of plain ASCII (ids, numbers, codes); null for `\N`. */
  ascii(row: number, column: number): string | null {
    return this.isNull(row, column) ? null : this.bytes.toString('latin1', this.start(row, column), this.end(row, column));
  }

  /** Any field; null for `\N`. */
  text(row: number, column: number): string | null {
    return this.isNull(row, column) ? null : unescaped(this.bytes.toString('utf8', this.start(row, column), this.end(row, column)));
  }

  /** A whole number that is not null. */
  whole(row: number, column: number): number {
    let value = 0;
    for (let at = this.start(row, column), end = this.end(row, column); at < end; at += 1) value = value * 10 + (this.bytes[at] as number) - 48;
    return value;
  }

  /** Whether a field says the same as that of another row, of these rows or others. */
  isSame(row: number, column: number, others: CopyRows, otherRow: number, otherColumn: number): boolean {
    const { bytes } = this;
    const otherBytes = others.bytes;
    let at = this.start(row, column);
    const end = this.end(row, column);
    let other = others.start(otherRow, otherColumn);
    const otherEnd = others.end(otherRow, otherColumn);
    // Ids and keys differ in their last letters.
    if (otherEnd - other !== end - at || bytes[end - 1] !== otherBytes[otherEnd - 1]) return false;
    for (; at < end; at += 1, other += 1) if (bytes[at] !== otherBytes[other]) return false;
    return true;
  }

  /** Rows that say the same in `column` and stand together, by what they say. */
  groups(column: number): Map<string, readonly [from: number, to: number]> {
    const groups = new Map<string, readonly [number, number]>();
    for (let from = 0, to = 1; from < this.rows; from = to, to += 1) {
      while (to < this.rows && this.isSame(to, column, this, from, column)) to += 1;
      groups.set(this.bytes.toString('latin1', this.start(from, column), this.end(from, column)), [from, to]);
    }
    return groups;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function unescaped(field: string): string {
  return field.includes('\\') ? field.replace(/\\(.)/gs, (_, letter: string) => ESCAPES[letter] ?? letter) : field;
}

/**
 * Takes COPY data off the connection itself. The driver makes an object and an event of every row, which costs more than all that is done
 * with the row; here the payloads go from the socket's chunk to one buffer.
 */
export class CopyReader implements Submittable {
  /** What was read; its first `length` bytes count. */
  readonly ended: Promise<Buffer>;
  length = 0;
  private resolve: (bytes: Buffer) => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;
  private driver: Listener | null = null;
  private connection: Connection | null = null;
  /** The beginning of a message whose heading was cut in two, and how much of it is known. */
  private readonly heading = Buffer.alloc(HEADER);
  private known = 0;
  /** Bytes that the message at hand still brings, and whether they are kept. */
  private left = 0;
  private keeps = false;
  private readonly own: Listener = (chunk) => { this.take(chunk); };

  constructor(private readonly statement: string, private bytes: Buffer = Buffer.allocUnsafe(1 << 14)) {
    this.ended = new Promise((resolve, reject) => { [this.resolve, this.reject] = [resolve, reject]; });
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    const [driver, ...others] = stream.listeners('data') as Listener[];
    if (driver === undefined || others.length > 0) throw new Error('the connection is read by others as well');
    [this.driver, this.connection] = [driver, connection];
    stream.removeListener('data', driver);
    stream.on('data', this.own);
    share(stream, true);
    connection.query(this.statement);
  }

  // Called by the driver once it reads the connection again.
  handleCommandComplete(): void { /* how many rows there are is seen */ }
  handleReadyForQuery(): void { this.resolve(this.bytes); }
  handleError(error: Error): void {
    this.giveBack();
    this.reject(error);
  }

  private take(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      if (this.left > 0) {
        const end = Math.min(chunk.length, at + this.left);
        if (this.keeps) this.keep(chunk, at, end);
        this.left -= end - at;
        at = end;
        continue;
      }
      const begun = at - this.known;
      // A heading lies whole in the chunk but for the few that are cut in two.
      const isWhole = this.known === 0 && at + HEADER <= chunk.length;
      if (!isWhole) {
        const taken = chunk.copy(this.heading, this.known, at, Math.min(chunk.length, at + HEADER - this.known));
        this.known += taken;
        at += taken;
        if (this.known < HEADER) return;
      }
      const kind = (isWhole ? chunk[begun] : this.heading[0]) as number;
      const size = isWhole ? chunk.readUInt32BE(begun + 1) : this.heading.readUInt32BE(1);
      this.known = 0;
      at = begun + HEADER;
      this.left = size + 1 - HEADER;
      this.keeps = kind === COPY_DATA;
      if (this.keeps || kind === COPY_OUT || kind === COPY_DONE || kind === NOTICE || kind === PARAMETER || kind === NOTIFICATION) continue;
      // The driver knows what follows: the end of the command or what went wrong. It keeps what it is given.
      this.giveBack()?.(Buffer.concat([isWhole ? chunk.subarray(begun, at) : this.heading, chunk.subarray(at)]));
      return;
    }
  }

  private keep(from: Buffer, start: number, end: number): void {
    const needed = this.length + end - start;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    from.copy(this.bytes, this.length, start, end);
    this.length = needed;
  }

  private giveBack(): Listener | null {
    const { driver, connection } = this;
    if (driver === null || connection === null) return null;
    connection.stream.removeListener('data', this.own);
    share(connection.stream, false);
    connection.stream.on('data', driver);
    this.driver = null;
    return driver;
  }
}
