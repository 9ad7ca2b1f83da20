import { setImmediate as letOthersIn } from 'node:timers/promises';
import { type Spelling, SPELLINGS, decoded, isSpelledIn } from './spellings';
import { type Sought, beginningAtEnd, placesOf, soughtFor } from './search-bytes';

/** What stands in the place of a secret. */
export const BLOT = '***';

/** Shorter ones are not looked for: `12` or `abc` stands in every other number and word, and blotting them would destroy what the source has to say and protect nothing. */
const SHORTEST = 4;
/** The same of digits alone: `2610` is the beginning of an ordinary value. */
const FEWEST_DIGITS = 6;
/** The same of a piece of base64, in signs. */
const SHORTEST_INNER = 6;
/** A line of a key that stands on several (PEM) is looked for by itself, however the lines are broken. */
const SHORTEST_LINE = 8;
/** A body is looked through in one piece up to this size; of a larger one others have their turn in between. */
const ONE_PIECE = 262_144;
/** A text that is shorter was not cut off by us: `…` at its end is the source's own. */
const CUT_FROM = 100;
/** So many names of a sentence may have been cut off. */
const MOST_CUTS = 40;

/** Blots secrets out of texts, and out of the bytes of an answer. Time grows with the text alone, whatever stands in it and whatever the secrets are. */
export interface Blotter {
  /** Of a sentence, every part of which may have been cut off (`…`): the beginning of a secret there goes as well. */
  text(text: string): string;
  /** Of a row or a value, which may have been cut off at its end. */
  row(text: string): string;
  /** The same bytes where there is nothing to blot. */
  bytes(body: Buffer): Promise<Buffer>;
}

/** Replaces every secret in a text by {@link BLOT}: as it is, in base64 wherever it stands there, percent-encoded, escaped as in JSON, or spelled as on a page. */
export function blotSecrets(text: string, secrets: readonly string[]): string {
  return blotterOf(secrets).text(text);
}

/** {@link blotSecrets} for many texts. */
export function blotterOf(secrets: readonly string[]): Blotter {
  const hidden = [...new Set(secrets.flatMap(partsOf))];
  const texts = [...new Set(hidden.flatMap((one) => [one, ...inBase64(one)]))];
  const sought = texts.map((one) => soughtFor(Buffer.from(one), Buffer.byteLength(one.slice(0, SHORTEST))));
  const wide = hidden.flatMap((one) => { const little = Buffer.from(one, 'utf16le'); return [little, Buffer.from(little).swap16()]; }).map((one) => soughtFor(one, one.length));
  const fewest = Math.min(...sought.map(({ bytes }) => bytes.length), Infinity);
  const blot = (text: string, cutsIn: CutsIn): string => {
    if (text.length * 3 < fewest && !text.includes('…')) return text;
    const bytes = Buffer.from(text);
    const search = marksOf(bytes, sought, cutsIn);
    let step = search.next();
    while (step.done !== true) step = search.next();
    return step.value === null ? text : withoutMarked(bytes, step.value).toString();
  };
  return {
    text: (text) => blot(text, cutsOf),
    row: (text) => blot(text, text.length < CUT_FROM ? noCuts : cutAtEnd),
    bytes: async (body) => {
      const search = marksOf(body, [...sought, ...wide], noCuts);
      let step = search.next();
      while (step.done !== true) {
        if (body.length > ONE_PIECE) await letOthersIn();
        step = search.next();
      }
      return step.value === null ? body : withoutMarked(body, step.value);
    },
  };
}

/** What is looked for of one secret: itself, without the blanks round it, or the lines of a key that has several. */
function partsOf(secret: string): readonly string[] {
  const parts = /[\r\n]/u.test(secret.trim()) ? secret.split(/[\r\n]+/u).map((line) => line.trim()).filter((line) => line.length >= SHORTEST_LINE && !line.startsWith('-----')) : [secret, secret.trim()];
  return parts.filter((part) => part.length >= (/^\d*$/u.test(part) ? FEWEST_DIGITS : SHORTEST));
}

/** Its base64 in both alphabets, and what is always the same of it, whatever stands before and behind it there (`user:password`). */
function inBase64(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const inner = [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const signs = [Math.ceil(before * 8 / 6), Math.floor(whole.length * 8 / 6)] as const;
    return [whole.toString('base64').slice(...signs), whole.toString('base64url').slice(...signs)];
  });
  return [bytes.toString('base64').replace(/=+$/u, ''), bytes.toString('base64url'), ...inner.filter((text) => text.length >= SHORTEST_INNER)];
}

/** Places in which a text may have been cut off. */
type CutsIn = (bytes: Buffer) => readonly number[];

/** Which bytes are to go, found step by step so that others may have a turn; null where none are. */
function* marksOf(source: Buffer, sought: readonly Sought[], cutsIn: CutsIn): Generator<undefined, Uint8Array | null> {
  let marks: Uint8Array | null = null;
  for (const spelling of SPELLINGS) {
    if (!isSpelledIn(source, spelling)) continue;
    const plain = decoded(source, spelling);
    const cuts = cutsIn(plain);
    let at: Uint32Array | null = null;
    const mark = (from: number, to: number): void => {
      marks ??= new Uint8Array(source.length);
      if (spelling.length > 0) at ??= placesIn(source, spelling);
      marks.fill(1, at === null ? from : at[from], at === null ? to : at[to]);
    };
    for (const one of sought) {
      for (const [from, to] of placesOf(one, plain)) mark(from, to);
      for (const end of cuts) {
        const length = beginningAtEnd(one, plain, end);
        if (length > 0) mark(end - length, end);
      }
      yield;
    }
  }
  return marks;
}

/** The place in the source of every byte of what it spells, and of its end. */
function placesIn(source: Buffer, spelling: Spelling): Uint32Array {
  const at = new Uint32Array(source.length + 1);
  decoded(source, spelling, at);
  return at;
}

/** One {@link BLOT} for marked bytes that stand together. */
function withoutMarked(source: Buffer, marks: Uint8Array): Buffer {
  // Whatever is blotted is no shorter than the blot.
  const left = Buffer.allocUnsafe(source.length + BLOT.length);
  let length = 0;
  for (let at = 0; at < source.length;) {
    const isMarked = marks[at] === 1;
    let end = marks.indexOf(isMarked ? 0 : 1, at);
    if (end < 0) end = source.length;
    // A beginning may have ended in the middle of a character.
    while (isMarked && end < source.length && ((source[end] ?? 0) & 0xc0) === 0x80) end += 1;
    length += isMarked ? left.write(BLOT, length) : source.copy(left, length, at, end);
    at = end;
  }
  return left.subarray(0, length);
}

const CUT = Buffer.from('…');

const noCuts: CutsIn = () => [];

function cutsOf(bytes: Buffer): readonly number[] {
  const cuts: number[] = [];
  for (let at = bytes.indexOf(CUT); at >= 0 && cuts.length < MOST_CUTS; at = bytes.indexOf(CUT, at + CUT.length)) cuts.push(at);
  return cuts;
}

/** `…`, with how much was left out behind it or without (`boundRow`). */
function cutAtEnd(bytes: Buffer): readonly number[] {
  const at = bytes.lastIndexOf(CUT);
  return at >= 0 && /^(?: \(\+\d{1,12}\))?$/u.test(bytes.toString('latin1', at + CUT.length)) ? [at] : [];
}
