/** What stands in the place of a secret. */
export const BLOT = '***';

/** Shorter ones are not looked for: `12` or `abc` stands in every other number and word, and blotting them would destroy what the source has to say and protect nothing. */
const SHORTEST = 4;
/** A long secret (a signed token, a private key) is looked for in pieces of this size: patterns stay small, and of an answer that repeats a part of it little is left. */
const PIECE = 400;
/** Signs that some writers of JSON or of pages spell otherwise than `\uXXXX`. */
const SPELLED: Readonly<Record<string, readonly string[]>> = {
  '"': ['\\"', '&quot;'], '\\': ['\\\\'], '/': ['\\/'], '\n': ['\\n'], '\r': ['\\r'], '\t': ['\\t'], ' ': ['+'], '&': ['&amp;'], '<': ['&lt;'], '>': ['&gt;'], "'": ['&#39;'],
};

/** Blots secrets out of texts, and out of the bytes of an answer. */
export interface Blotter {
  text(text: string): string;
  /** The same bytes where there is nothing to blot. */
  bytes(body: Buffer): Buffer;
}

/**
 * Replaces every secret in a text by {@link BLOT}, longest first: as it is, in base64, and with each of its signs percent-encoded, escaped as in JSON or spelled as on a page.
 * At the end of what was cut off (`…`) also the beginning of one.
 */
export function blotSecrets(text: string, secrets: readonly string[]): string {
  return blotterOf(secrets).text(text);
}

/** {@link blotSecrets} for many texts. */
export function blotterOf(secrets: readonly string[]): Blotter {
  const wanted = [...new Set(secrets.flatMap((secret) => [secret, secret.trim()]))].filter((secret) => secret.length >= SHORTEST);
  const hidden = [...new Set(wanted.flatMap((secret) => [secret, ...inBase64(secret)]))].sort((one, other) => other.length - one.length);
  const inTexts = hidden.flatMap((one) => patternsOf(one, (sign) => sign));
  // Bytes are looked through as signs of one byte: whatever else an answer holds, it comes out as it went in.
  const inBytes = hidden.flatMap((one) => patternsOf(one, (sign) => Buffer.from(sign).toString('latin1')));
  const beginnings = [...new Set(hidden.flatMap((one) => [one, JSON.stringify(one).slice(1, -1)]))];
  const blot = (text: string, sought: readonly Sought[]): string => sought.reduce((left, { pattern, signs }) => (left.length < signs ? left : left.replace(pattern, BLOT)), text);
  return {
    text: (text) => withoutBeginnings(blot(text, inTexts), beginnings),
    bytes: (body) => {
      if (inBytes.length === 0) return body;
      const before = body.toString('latin1');
      const after = blot(before, inBytes);
      return after === before ? body : Buffer.from(after, 'latin1');
    },
  };
}

/** In both alphabets and without the padding, which is not always written. */
function inBase64(secret: string): readonly string[] {
  return [Buffer.from(secret).toString('base64').replace(/=+$/u, ''), Buffer.from(secret).toString('base64url')];
}

/** A piece of a secret, and how long a text is that can hold it: most keys and values are shorter than a token. */
interface Sought {
  readonly pattern: RegExp;
  readonly signs: number;
}

function patternsOf(secret: string, asFound: (sign: string) => string): readonly Sought[] {
  const signs = [...secret];
  const pieces = Math.ceil(signs.length / PIECE);
  const size = Math.ceil(signs.length / pieces);
  return Array.from({ length: pieces }, (_, at) => {
    const piece = signs.slice(at * size, (at + 1) * size);
    return { pattern: new RegExp(piece.map((sign) => patternOf(sign, asFound)).join(''), 'gu'), signs: piece.length };
  });
}

/** One sign, however it is written. */
function patternOf(sign: string, asFound: (sign: string) => string): string {
  const units = Array.from({ length: sign.length }, (_, at) => `\\\\u${hex(sign.charCodeAt(at), 4)}`).join('');
  const bytes = [...Buffer.from(sign)].map((byte) => `%${hex(byte, 2)}`).join('');
  return `(?:${[units, bytes, ...[asFound(sign), ...SPELLED[sign] ?? []].map(literal)].join('|')})`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0').replace(/[a-f]/gu, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}

/** Rows and names are cut before they come here: where a text breaks off in the middle of a secret, its beginning goes too. */
function withoutBeginnings(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0 || !text.includes('…')) return text;
  const parts = text.split('…');
  return parts.map((part, at) => {
    const from = at === parts.length - 1 ? part.length : Math.min(...secrets.map((secret) => beginningIn(part, secret)));
    return from === part.length ? part : part.slice(0, from) + BLOT;
  }).join('…');
}

/** Where the longest beginning of a secret stands with which a text ends; the length of the text where there is none. */
function beginningIn(text: string, secret: string): number {
  const first = secret.slice(0, SHORTEST);
  let at = text.indexOf(first, Math.max(0, text.length - secret.length));
  while (at >= 0 && !secret.startsWith(text.slice(at))) at = text.indexOf(first, at + 1);
  return at < 0 ? text.length : at;
}
