// PostgreSQL's binary COPY format, written straight into bytes: no text is made here and none is read there. Texts that come again are
// encoded once and copied; numbers go digit by digit, base ten thousand, exactly as `numeric` keeps them.

/** What a binary COPY begins with: its signature, no flags, no extension. */
export const HEADER = Buffer.from([0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
/** What it ends with. */
export const TRAILER = Buffer.from([0xff, 0xff]);

/** 2000-01-01 in days of Unix. */
const EPOCH_DAYS = 10_957;
const DAY_MS = 86_400_000;

/** A field without a value. */
export const NOTHING = Buffer.from([0xff, 0xff, 0xff, 0xff]);
/** Several of them. */
export const nothings = (count) => Buffer.concat(Array.from({ length: count }, () => NOTHING));

const field = (bytes) => { const length = Buffer.alloc(4); length.writeInt32BE(bytes.length); return Buffer.concat([length, bytes]); };
/** Fields that are the same in many rows, made once. */
export const text = (value) => (value === null ? NOTHING : field(Buffer.from(value, 'utf8')));
export const int4 = (value) => { const bytes = Buffer.alloc(4); bytes.writeInt32BE(value); return field(bytes); };
export const timestamptz = (iso) => { const bytes = Buffer.alloc(8); bytes.writeBigInt64BE(BigInt(Date.parse(iso) - EPOCH_DAYS * DAY_MS) * 1000n); return field(bytes); };
export const uuid = (value) => field(Buffer.from(value.replaceAll('-', ''), 'hex'));
export const numeric = (value) => {
  const [whole, fraction = ''] = value.split('.');
  const rows = new Rows();
  rows.numeric(Number(whole + fraction), fraction.length);
  return Buffer.from(rows.bytes.subarray(0, rows.length));
};
export const fields = (...parts) => Buffer.concat(parts);

const TENS = [1, 10, 100, 1000, 10_000];

/** Rows of one table as the bytes that are copied. Room is taken for a whole row at a time, so that nothing is asked for each field. */
export class Rows {
  // Not from the pool: its bytes are handed from thread to thread.
  bytes = Buffer.from(new ArrayBuffer(1 << 12));
  length = 0;
  count = 0;

  /** Begins a row; `most` is more than its bytes can be. */
  begin(columns, most = 1024) {
    if (this.length + most > this.bytes.length) {
      const larger = Buffer.from(new ArrayBuffer(this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    this.bytes[this.length++] = 0;
    this.bytes[this.length++] = columns;
    this.count += 1;
  }

  /** Fields made before, see {@link text} and its like. */
  put(made) {
    const { bytes } = this, { length } = made;
    let at = this.length;
    // A call into the engine's own copying costs more than this loop as long as the piece is short.
    if (length > 48) { bytes.set(made, at); this.length = at + length; return; }
    for (let i = 0; i < length; i++) bytes[at++] = made[i];
    this.length = at;
  }

  /** An id: `head` is its length and first ten bytes ({@link idHead}), the number makes the last six. */
  id(head, number) {
    const { bytes } = this;
    let at = this.length;
    for (let i = 0; i < 14; i++) bytes[at++] = head[i];
    const high = Math.floor(number / 4294967296), low = number >>> 0;
    bytes[at++] = (high >>> 8) & 255; bytes[at++] = high & 255;
    bytes[at++] = low >>> 24; bytes[at++] = (low >>> 16) & 255; bytes[at++] = (low >>> 8) & 255; bytes[at++] = low & 255;
    this.length = at;
  }

  /** A decimal of at most twelve digits before the point: `scaled` are its digits, `decimals` (0…4) how many stand behind the point. */
  numeric(scaled, decimals) {
    const { bytes } = this;
    let at = this.length;
    const tens = TENS[decimals], whole = Math.floor(scaled / tens), behind = (scaled - whole * tens) * TENS[4 - decimals];
    const before = whole < 10_000 ? 1 : whole < 100_000_000 ? 2 : 3, digits = before + (decimals > 0 ? 1 : 0), size = 8 + 2 * digits;
    bytes[at++] = 0; bytes[at++] = 0; bytes[at++] = 0; bytes[at++] = size;
    bytes[at++] = 0; bytes[at++] = digits; bytes[at++] = 0; bytes[at++] = before - 1; bytes[at++] = 0; bytes[at++] = 0; bytes[at++] = 0; bytes[at++] = decimals;
    let digit;
    if (before === 3) { digit = Math.floor(whole / 100_000_000); bytes[at++] = digit >>> 8; bytes[at++] = digit & 255; }
    if (before >= 2) { digit = Math.floor(whole / 10_000) % 10_000; bytes[at++] = digit >>> 8; bytes[at++] = digit & 255; }
    digit = whole % 10_000; bytes[at++] = digit >>> 8; bytes[at++] = digit & 255;
    if (decimals > 0) { bytes[at++] = behind >>> 8; bytes[at++] = behind & 255; }
    this.length = at;
  }

  /** Begins a text of parts; answers where it began, for {@link endText}. */
  beginText() { this.length += 4; return this.length; }
  /** UTF-8 bytes of a part. */
  part(made) {
    const { bytes } = this, { length } = made;
    let at = this.length;
    for (let i = 0; i < length; i++) bytes[at++] = made[i];
    this.length = at;
  }
  /** The digits of a decimal as people write it, {@link numeric}'s arguments. */
  decimal(scaled, decimals) {
    const { bytes } = this;
    const tens = TENS[decimals], whole = Math.floor(scaled / tens);
    let width = 1;
    for (let rest = whole; rest >= 10; rest = Math.floor(rest / 10)) width += 1;
    let at = this.length + width, rest = whole;
    this.length = at;
    do { bytes[--at] = 48 + (rest % 10); rest = Math.floor(rest / 10); } while (rest > 0);
    if (decimals === 0) return;
    bytes[this.length++] = 46;
    let behind = scaled - whole * tens;
    for (let i = decimals - 1; i >= 0; i--) { bytes[this.length + i] = 48 + (behind % 10); behind = Math.floor(behind / 10); }
    this.length += decimals;
  }
  endText(began) {
    const size = this.length - began, { bytes } = this;
    bytes[began - 4] = 0; bytes[began - 3] = 0; bytes[began - 2] = size >>> 8; bytes[began - 1] = size & 255;
  }

  clear() { this.length = 0; this.count = 0; }
}
