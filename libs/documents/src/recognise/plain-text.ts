import type { SourceLine } from './source-line';

/*
 * Of every cell is asked whether it holds a sign that nobody sees, or digits enough for a telephone. Nearly none does, and a sheet that is read from its markup meets each of its
 * words once: what was seen then is said here, so that nobody has to walk through its cells again.
 */

/**
 * Signs that nobody sees: marks of writing direction (which make 59 read as 95), blanks of no width, joiners, soft hyphens, the byte order mark,
 * control characters other than tab and line break. Variation selectors too: they only choose a drawing.
 */
export const UNSEEN =
  /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb]/gu;
const ANY = new RegExp(UNSEEN.source, 'u');

/** Whether a text may hold an unseen sign: nearly none does, and most are seen to be of common signs and ideographs at a glance. */
export function holdsUnseen(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code >= 0x20 && code <= 0x7e) || (code >= 0x4e00 && code <= 0x9fff)) continue;
    return ANY.test(text);
  }
  return false;
}

/** Digits in a row from which on a text may hold the number of a telephone or of a person. */
const LONG_NUMBER = 5;

/** Whether a text holds {@link LONG_NUMBER} digits in a row: nearly none does. */
export function holdsLongNumber(text: string): boolean {
  let digits = 0;
  // Of so many digits in a row one stands at every such place.
  for (let at = LONG_NUMBER - 1; at < text.length; at += LONG_NUMBER) if (isDigit(text.charCodeAt(at))) digits += 1;
  if (digits === 0) return false;
  digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    digits = isDigit(text.charCodeAt(at)) ? digits + 1 : 0;
    if (digits === LONG_NUMBER) return true;
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Whether a text holds neither. */
export function isPlainText(text: string): boolean {
  return !holdsUnseen(text) && !holdsLongNumber(text);
}

const plain = new WeakSet<readonly SourceLine[]>();

/** Says of the lines of a part that every cell of them is a plain text, as whoever read them has seen. They must not be changed after that. */
export function sayPlain(lines: readonly SourceLine[]): void {
  plain.add(lines);
}

/** Whether it is known of the lines of a part that every cell of them is a plain text; false: nobody has looked. */
export function arePlain(lines: readonly SourceLine[]): boolean {
  return plain.has(lines);
}
