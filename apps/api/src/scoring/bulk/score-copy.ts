import { randomFillSync } from 'node:crypto';
import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { NO_POINTS, type RowScores } from './row-scores';

const [UUID_TYPE, INTEGER_TYPE, NUMERIC_TYPE] = [2950, 23, 1700] as const;
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const NEGATIVE = 0x4000;
/** Milliseconds from 1970 to 2000, where PostgreSQL's clock begins. */
const EPOCH_MS = 946_684_800_000;
/** Bytes handed to the connection at a time, so that PostgreSQL begins while we still send. */
const PIECE = 1 << 17;

/**
 * Rows of PostgreSQL's binary COPY, written into one buffer that is used again. Binary, because reading a dozen numbers out of the text of
 * an array costs PostgreSQL more than storing the row.
 */
export class CopyWriter {
  private bytes: Buffer = Buffer.allocUnsafe(1 << 18);
  private length = 0;
  rows = 0;

  constructor() { this.clear(); }

  clear(): void {
    this.length = SIGNATURE.copy(this.bytes);
    this.rows = 0;
  }

  /** Begins a row of so many fields, all of which must follow. */
  row(fields: number): void {
    this.room(64);
    this.rows += 1;
    this.length = this.bytes.writeInt16BE(fields, this.length);
  }

  none(): void {
    this.room(4);
    this.int(-1);
  }

  /** An id as hex with hyphens. */
  uuid(id: string): void {
    this.room(20);
    this.int(16);
    this.hex(id);
  }

  /** A text, or a value of a type whose binary form is its text. */
  text(text: string | null): void {
    if (text === null) { this.none(); return; }
    this.room(4 + text.length * 3);
    const written = this.bytes.write(text, this.length + 4);
    this.int(written);
    this.length += written;
  }

  /** JSON of type jsonb. */
  json(text: string | null): void {
    if (text === null) { this.none(); return; }
    this.room(5 + text.length * 3);
    const written = this.bytes.write(text, this.length + 5);
    this.int(written + 1);
    this.bytes[this.length] = 1;
    this.length += written + 1;
  }

  boolean(value: boolean): void {
    this.room(5);
    this.int(1);
    this.bytes[this.length++] = value ? 1 : 0;
  }

  integer(value: number): void {
    this.room(8);
    this.int(4);
    this.int(value);
  }

  /** A moment, milliseconds since 1970. */
  moment(ms: number): void {
    this.room(12);
    this.int(8);
    const micros = (ms - EPOCH_MS) * 1000;
    const high = Math.floor(micros / 2 ** 32);
    this.int(high);
    this.int(micros - high * 2 ** 32);
  }

  /** Hundredths as a number with two places, text as whatever number it is, NaN and null as none. */
  numeric(value: number | string | null): void {
    this.room(64 + (typeof value === 'string' ? value.length : 0));
    if (value === null || (typeof value === 'number' && Number.isNaN(value))) this.int(-1);
    else if (typeof value === 'string') this.numericText(value);
    else this.hundredths(value);
  }

  uuids(ids: readonly string[]): void {
    const begun = this.array(UUID_TYPE, ids.length, 20, false);
    for (const id of ids) { this.int(16); this.hex(id); }
    this.sized(begun);
  }

  /** Whole numbers; `none` stands for an element without a value. */
  integers(values: ArrayLike<number>, count: number, none = Number.NaN): void {
    let hasNone = false;
    for (let at = 0; at < count; at += 1) if (values[at] === none) hasNone = true;
    const begun = this.array(INTEGER_TYPE, count, 8, hasNone);
    for (let at = 0; at < count; at += 1) {
      const value = values[at] as number;
      if (value === none) { this.int(-1); continue; }
      this.int(4);
      this.int(value);
    }
    this.sized(begun);
  }

  numerics(values: readonly (number | string)[], count: number): void {
    let hasNone = false;
    for (let at = 0; at < count; at += 1) if (Number.isNaN(values[at])) hasNone = true;
    const begun = this.array(NUMERIC_TYPE, count, 32, hasNone);
    for (let at = 0; at < count; at += 1) this.numeric(values[at] as number | string);
    this.sized(begun);
  }

  /** Sends everything to `target` = table (columns), and begins anew. */
  async send(client: Client, target: string): Promise<void> {
    this.room(2);
    this.length = this.bytes.writeInt16BE(-1, this.length);
    const stream = client.query(copyFrom(`copy ${target} from stdin (format binary)`));
    const ended = finished(stream);
    for (let at = 0; at < this.length; at += PIECE) stream.write(this.bytes.subarray(at, Math.min(this.length, at + PIECE)));
    stream.end();
    await ended;
    this.clear();
  }

  /** The rows as fields, each in the binary form that a statement's parameter takes as well (null: none), and begins anew. */
  takeFields(): (Buffer | null)[][] {
    const bytes = Buffer.from(this.bytes.subarray(0, this.length));
    const rows: (Buffer | null)[][] = [];
    for (let at = SIGNATURE.length; at < bytes.length;) {
      const fields: (Buffer | null)[] = [];
      const count = bytes.readInt16BE(at);
      at += 2;
      for (let field = 0; field < count; field += 1) {
        const size = bytes.readInt32BE(at);
        at += 4;
        fields.push(size < 0 ? null : bytes.subarray(at, at + size));
        at += Math.max(0, size);
      }
      rows.push(fields);
    }
    this.clear();
    return rows;
  }

  private array(type: number, count: number, each: number, hasNone: boolean): number {
    this.room(24 + count * each);
    const begun = this.length;
    this.length += 4;
    this.int(count === 0 ? 0 : 1);
    this.int(hasNone ? 1 : 0);
    this.int(type);
    if (count > 0) { this.int(count); this.int(1); }
    return begun;
  }

  private sized(begun: number): void {
    this.bytes.writeInt32BE(this.length - begun - 4, begun);
  }

  private int(value: number): void {
    const { bytes, length } = this;
    bytes[length] = value >>> 24;
    bytes[length + 1] = value >>> 16;
    bytes[length + 2] = value >>> 8;
    bytes[length + 3] = value;
    this.length = length + 4;
  }

  private short(value: number): void {
    this.bytes[this.length] = value >>> 8;
    this.bytes[this.length + 1] = value;
    this.length += 2;
  }

  private hex(id: string): void {
    const { bytes } = this;
    let to = this.length;
    for (let at = 0; at < 36; at += 2) {
      if (id.charCodeAt(at) === 45) at += 1;
      bytes[to++] = (nibble(id.charCodeAt(at)) << 4) | nibble(id.charCodeAt(at + 1));
    }
    this.length = to;
  }

  /** A numeric of two places: digits of base 10,000, the last of which holds the hundredths. Zeros at either end are not written. */
  private hundredths(value: number): void {
    const size = Math.abs(value);
    const whole = Math.floor(size / 100);
    if (whole >= 1e8) { this.numericText(`${value < 0 ? '-' : ''}${whole}.${String(size - whole * 100).padStart(2, '0')}`); return; }
    const rest = (size - whole * 100) * 100;
    const high = Math.floor(whole / 10_000);
    const low = whole - high * 10_000;
    const weight = high > 0 ? 1 : low > 0 ? 0 : -1;
    const last = rest > 0 ? -1 : low > 0 ? 0 : 1;
    const digits = size === 0 ? 0 : weight - last + 1;
    this.int(8 + digits * 2);
    this.short(digits);
    this.short(digits === 0 ? 0 : weight);
    this.short(value < 0 ? NEGATIVE : 0);
    this.short(2);
    if (digits === 0) return;
    if (weight === 1) this.short(high);
    if (weight >= 0 && last <= 0) this.short(low);
    if (last === -1) this.short(rest);
  }

  private numericText(text: string): void {
    const isNegative = text.startsWith('-');
    const [whole = '', fraction = ''] = text.slice(isNegative ? 1 : 0).split('.');
    const digits = whole.padStart(Math.ceil(whole.length / 4) * 4, '0') + fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0');
    const groups = (digits.match(/.{4}/g) ?? []).map(Number);
    let weight = Math.ceil(whole.length / 4) - 1;
    while (groups[0] === 0) { groups.shift(); weight -= 1; }
    while (groups.at(-1) === 0) groups.pop();
    const begun = this.length;
    this.room(12 + groups.length * 2);
    this.length += 12;
    for (const group of groups) this.short(group);
    this.heading(begun, groups.length, groups.length === 0 ? 0 : weight, isNegative && groups.length > 0, fraction.length);
  }

  private heading(begun: number, digits: number, weight: number, isNegative: boolean, places: number): void {
    const { bytes } = this;
    bytes.writeInt32BE(this.length - begun - 4, begun);
    bytes.writeInt16BE(digits, begun + 4);
    bytes.writeInt16BE(weight, begun + 6);
    bytes.writeUInt16BE(isNegative ? NEGATIVE : 0, begun + 8);
    bytes.writeInt16BE(places, begun + 10);
  }

  private room(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe((this.length + bytes) * 2);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

/** The lines of a score in the order points, lost, rates, deviations, flags, blocked. */
export function writeLines(out: CopyWriter, rows: RowScores): void {
  out.integers(rows.points, rows.length, NO_POINTS);
  out.integers(rows.lost, rows.length);
  out.numerics(rows.rates, rows.length);
  out.numerics(rows.deviations, rows.length);
  out.integers(rows.flags, rows.length);
  out.json(rows.blocked === '' ? null : `{${rows.blocked}}`);
}

function nibble(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}

const HEX = Array.from({ length: 256 }, (_, at) => at.toString(16).padStart(2, '0'));

/** Ids of version 7 for many rows: chance is drawn for a thousand of them at a time, which otherwise is most of the cost of an id. */
export class BulkIds {
  private readonly chance = Buffer.allocUnsafe(8 * 1024);
  /** The same in hex. */
  private digits = '';
  private at = this.chance.length;
  private last = 0;
  private counter = 0;
  /** The millisecond as an id writes it. */
  private moment = '';

  next(): string {
    const now = Date.now();
    if (now > this.last) this.begin(now);
    else if (++this.counter > 0xfff) this.begin(this.last + 1);
    if (this.at === this.chance.length) {
      this.digits = randomFillSync(this.chance).toString('hex');
      this.at = 0;
    }
    const { digits, at } = this;
    const count = `${HEX[0x70 | (this.counter >> 8)] as string}${HEX[this.counter & 0xff] as string}`;
    const high = HEX[0x80 | ((this.chance[at] as number) & 0x3f)] as string;
    this.at += 8;
    return `${this.moment}-${count}-${high}${digits.slice(at * 2 + 2, at * 2 + 4)}-${digits.slice(at * 2 + 4, at * 2 + 16)}`;
  }

  private begin(ms: number): void {
    [this.last, this.counter] = [ms, 0];
    const text = ms.toString(16).padStart(12, '0');
    this.moment = `${text.slice(0, 8)}-${text.slice(8)}`;
  }
}
