/** Ways in which writers spell a character otherwise: JSON's escapes, percent-encoding, the plus for a blank in a form, and the entities of a page. */
type Way = 'JSON' | 'PERCENT' | 'PLUS' | 'PAGE';

/** Ways that are used together in one text. None: it says what it says. */
export type Spelling = readonly Way[];

/** What is met: a page or an address inside JSON included. */
export const SPELLINGS: readonly Spelling[] = [
  [], ['JSON'], ['PERCENT'], ['PLUS'], ['PERCENT', 'PLUS'], ['PAGE'], ['JSON', 'PAGE'], ['JSON', 'PERCENT'], ['JSON', 'PLUS'], ['JSON', 'PERCENT', 'PLUS'],
];

/** The byte with which each begins. */
const SIGNS: Readonly<Record<Way, number>> = { JSON: 0x5c, PERCENT: 0x25, PLUS: 0x2b, PAGE: 0x26 };
const ESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const NAMED: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'", nbsp: '\u00a0', plus: '+', equals: '=', sol: '/' };
const ENTITY = /^&(?:#(?<decimal>\d{1,7})|#[xX](?<hex>[\da-fA-F]{1,6})|(?<name>[a-z]{2,6}));/u;
const LONGEST_ENTITY = 10;

/** Whether all ways of a spelling are met: otherwise a simpler one says the same. */
export function isSpelledIn(source: Buffer, spelling: Spelling): boolean {
  return spelling.every((way) => source.includes(SIGNS[way]));
}

/**
 * What a text spells, in UTF-8; never longer than the text.
 * @param at filled with the place in the source of every byte of the answer, and of its end
 */
export function decoded(source: Buffer, spelling: Spelling, at: Uint32Array | null = null): Buffer {
  if (spelling.length === 0) return source;
  const [json, percent, plus, page] = (['JSON', 'PERCENT', 'PLUS', 'PAGE'] as const).map((way) => spelling.includes(way));
  const plain = Buffer.allocUnsafe(source.length);
  let length = 0;
  for (let from = 0; from < source.length;) {
    const byte = source[from] ?? 0;
    const said = byte === SIGNS.JSON && json ? escapedAt(source, from) : byte === SIGNS.PERCENT && percent ? encodedAt(source, from) : byte === SIGNS.PLUS && plus ? BLANK : byte === SIGNS.PAGE && page ? entityAt(source, from) : null;
    if (said === null) {
      if (at !== null) at[length] = from;
      plain[length] = byte;
      length += 1;
      from += 1;
      continue;
    }
    const size = typeof said.sign === 'number' ? 1 : plain.write(said.sign, length);
    if (typeof said.sign === 'number') plain[length] = said.sign;
    if (at !== null) at.fill(from, length, length + size);
    length += size;
    from += said.length;
  }
  if (at !== null) at[length] = source.length;
  return plain.subarray(0, length);
}

/** A character, or a byte of one, and how many bytes it is spelled with. */
interface Spelled { readonly sign: string | number; readonly length: number }

const BLANK: Spelled = { sign: 0x20, length: 1 };

function escapedAt(source: Buffer, from: number): Spelled | null {
  const next = source[from + 1];
  if (next === undefined || next >= 0x80) return null;
  if (next !== 0x75) { const sign = String.fromCharCode(next); return { sign: ESCAPED[sign] ?? sign, length: 2 }; }
  const unit = hexAt(source, from + 2, 4);
  if (unit === null) return null;
  const low = unit >= 0xd800 && unit < 0xdc00 && source[from + 6] === SIGNS.JSON && source[from + 7] === 0x75 ? hexAt(source, from + 8, 4) : null;
  return low === null ? { sign: String.fromCharCode(unit), length: 6 } : { sign: String.fromCharCode(unit, low), length: 12 };
}

function encodedAt(source: Buffer, from: number): Spelled | null {
  const byte = hexAt(source, from + 1, 2);
  return byte === null ? null : { sign: byte, length: 3 };
}

function entityAt(source: Buffer, from: number): Spelled | null {
  const found = ENTITY.exec(source.toString('latin1', from, from + LONGEST_ENTITY));
  if (found === null) return null;
  const { decimal, hex, name } = found.groups ?? {};
  const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : null;
  const sign = code === null ? NAMED[name ?? ''] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  return sign === undefined ? null : { sign, length: found[0].length };
}

function hexAt(source: Buffer, from: number, digits: number): number | null {
  let value = 0;
  for (let at = from; at < from + digits; at += 1) {
    const code = source[at] ?? 0;
    const digit = code >= 0x30 && code <= 0x39 ? code - 0x30 : (code | 0x20) >= 0x61 && (code | 0x20) <= 0x66 ? (code | 0x20) - 0x57 : -1;
    if (digit < 0) return null;
    value = value * 16 + digit;
  }
  return value;
}
