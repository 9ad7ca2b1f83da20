/** What reading a JSON text will cost, found by looking at its signs once. */
export interface JsonWeight {
  /** Megabytes of memory that reading it takes; measured on the worst there is of each kind and rounded up. */
  readonly megabytes: number;
  /** Whether every number reads back as it is written (whole, short, no minus nought): such a document is parsed once and not twice. */
  readonly isPlain: boolean;
}

/** Bytes of memory that a sign outside of texts brings about: a list or object, a member, a value, a number that has to be kept as it is written. */
const BYTES = { container: 400, member: 200, value: 100, written: 100, character: 6 };
/** Whole numbers of fewer digits are exact in a float. */
const EXACT_DIGITS = 15;

const [QUOTE, BACKSLASH, COMMA, COLON, DOT, MINUS, ZERO, NINE] = [0x22, 0x5c, 0x2c, 0x3a, 0x2e, 0x2d, 0x30, 0x39];
const [OPEN_LIST, OPEN_OBJECT, SMALL_E, LARGE_E] = [0x5b, 0x7b, 0x65, 0x45];

/**
 * Weighs a text before it is parsed: V8 parses it in one go, no limit of a thread stops that in time, and one allocation beyond the limit ends the process and not the thread
 * (docs/lessons/0013). Ten megabytes of `{}` are a gigabyte and a half.
 */
export function weighJson(text: string): JsonWeight {
  let bytes = text.length * BYTES.character;
  let isPlain = true;
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign >= ZERO && sign <= NINE) {
      digits += 1;
      if (digits > EXACT_DIGITS) isPlain = false;
      continue;
    }
    const isBehindDigit = digits > 0;
    digits = 0;
    switch (sign) {
      case QUOTE: at = endOfText(text, at); break;
      case COMMA: bytes += BYTES.value; break;
      case COLON: bytes += BYTES.member; break;
      case OPEN_LIST: case OPEN_OBJECT: bytes += BYTES.container; break;
      case DOT: isPlain = false; bytes += BYTES.written; break;
      case MINUS: if (text.charCodeAt(at + 1) === ZERO) { isPlain = false; bytes += BYTES.written; } break;
      // The letter stands in `true` and `false` as well.
      case SMALL_E: case LARGE_E: if (isBehindDigit) { isPlain = false; bytes += BYTES.written; } break;
    }
  }
  return { megabytes: Math.ceil(bytes / (isPlain ? 2 : 1) / 1_048_576), isPlain };
}

/** Where the text ends that begins at a quotation mark; beyond the end for one that does not. */
function endOfText(text: string, begin: number): number {
  for (let at = text.indexOf('"', begin + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let strokes = 0;
    while (text.charCodeAt(at - 1 - strokes) === BACKSLASH) strokes += 1;
    if (strokes % 2 === 0) return at;
  }
  return text.length;
}
