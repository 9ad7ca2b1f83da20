import { hash } from 'node:crypto';
import { inputsOfText } from '@jiheng/domain';
import type { CopyRows } from './copy-bytes';

const [QUOTE, MINUS, POINT, ZERO, NINE, BACKSLASH, CAPITAL_N] = [0x22, 0x2d, 0x2e, 0x30, 0x39, 0x5c, 0x4e] as const;
const LETTER = { n: 0x6e, u: 0x75, l: 0x6c } as const;

/**
 * The canonical text of a document's inputs as bytes, put together from the bytes that PostgreSQL sent: the same text as `canonicalInputs`
 * of the domain writes (a property test holds the two equal) without a string in between.
 */
export class InputsBytes {
  private bytes: Buffer = Buffer.allocUnsafe(1 << 14);
  private length = 0;
  private readonly begun = new Map<string, Buffer>();

  /** Begins with what stands before the table; made once for a `key`. */
  begin(key: string, before: () => string): void {
    let bytes = this.begun.get(key);
    if (bytes === undefined) this.begun.set(key, (bytes = Buffer.from(before())));
    this.length = 0;
    this.put(bytes);
  }

  /** SHA-256 of everything written, in hex. */
  digest(): string {
    return hash('sha256', this.bytes.subarray(0, this.length), 'hex');
  }

  /** What was written, for whoever wants to see it. */
  toString(): string {
    return this.bytes.toString('utf8', 0, this.length);
  }

  /** Text that needs no care. */
  put(bytes: Uint8Array): void {
    const { length } = bytes;
    if (this.length + length > this.bytes.length) this.grow(length);
    const into = this.bytes;
    let to = this.length;
    for (let at = 0; at < length; at += 1, to += 1) into[to] = bytes[at] as number;
    this.length = to;
  }

  /** Text that a string holds. */
  say(text: string): void {
    if (this.length + text.length * 3 > this.bytes.length) this.grow(text.length * 3);
    this.length += this.bytes.write(text, this.length);
  }

  /** A field as JSON: `null`, or a text in quotes; decimals without trailing zeros. */
  field(rows: CopyRows, row: number, column: number): void {
    const from = rows.bytes;
    const start = rows.start(row, column);
    const end = rows.end(row, column);
    if (this.length + end - start + 8 > this.bytes.length) this.grow(end - start + 8);
    const into = this.bytes;
    const begin = this.length;
    if (from[start] === BACKSLASH && from[start + 1] === CAPITAL_N && end === start + 2) {
      into[begin] = LETTER.n;
      into[begin + 1] = LETTER.u;
      into[begin + 2] = LETTER.l;
      into[begin + 3] = LETTER.l;
      this.length = begin + 4;
      return;
    }
    let to = begin;
    into[to++] = QUOTE;
    for (let at = start; at < end; at += 1) {
      const byte = from[at] as number;
      // What JSON or COPY writes otherwise than it reads goes the long way.
      if (byte < 0x20 || byte === QUOTE || byte === BACKSLASH) { this.say(inputsOfText(rows.text(row, column))); return; }
      into[to++] = byte;
    }
    if (end > start && into[to - 1] === ZERO) {
      const shorter = withoutZeros(into, begin + 1, to);
      if (shorter < 0) { this.say(inputsOfText(rows.text(row, column))); return; }
      to = shorter;
    }
    into[to++] = QUOTE;
    this.length = to;
  }

  /** A count of 10^−places as JSON: the shortest decimal text, in quotes. */
  number(value: number, places: number): void {
    if (this.length + 32 > this.bytes.length) this.grow(32);
    const into = this.bytes;
    let left = Math.abs(value);
    let behind = places;
    while (behind > 0 && left % 10 === 0) { left /= 10; behind -= 1; }
    let digits = 1;
    for (let size = 10; size <= left; size *= 10) digits += 1;
    if (digits <= behind) digits = behind + 1;
    let begin = this.length;
    into[begin++] = QUOTE;
    if (value < 0) into[begin++] = MINUS;
    const end = begin + digits + (behind > 0 ? 1 : 0);
    for (let at = end - 1; at >= begin; at -= 1) {
      if (behind > 0 && end - 1 - at === behind) { into[at] = POINT; continue; }
      const rest = Math.floor(left / 10);
      into[at] = ZERO + left - rest * 10;
      left = rest;
    }
    into[end] = QUOTE;
    this.length = end + 1;
  }

  private grow(by: number): void {
    const larger = Buffer.allocUnsafe((this.length + by) * 2);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

/** Where a text that ends in 0 ends without the zeros behind its point; the same end when it is no decimal with a point; −1 when its sign or leading zeros need care. */
function withoutZeros(bytes: Uint8Array, start: number, end: number): number {
  let point = -1;
  for (let at = bytes[start] === MINUS ? start + 1 : start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= ZERO && byte <= NINE) continue;
    if (byte !== POINT || point >= 0 || at === start) return end;
    point = at;
  }
  if (point < 0) return end;
  if (bytes[start] === MINUS || (bytes[start] === ZERO && point !== start + 1)) return -1;
  let to = end;
  while (bytes[to - 1] === ZERO) to -= 1;
  return to - 1 === point ? point : to;
}
