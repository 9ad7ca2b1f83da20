import { type DecimalText } from '../decimal';
import { type Result, ok, refuse } from '../result';
import { markOfDigit, normalizeText, squeezeCjk } from '../text';
import type { Quantity } from './quantity';
import { findUnit, unitOf } from './unit';

/** Longest number we take: longer ones are identity or account numbers in the wrong cell. */
export const DIGIT_LIMIT = 30;

const NUMBER = /[-+]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)/gu;
const SCIENTIFIC = /\d[eE][-+]?\d/u;
const APPROXIMATE = /约|左右|上下|大概|将近|接近|近(?=\d)|几乎|(?:余|多)(?=[\u4e00-\u9fff]*$)|±/u;
const LEADING_WORDS = /^(?:实际)?(?:达到|完成|实现|共计|合计|总计|共|计|为|达|=|:)+/u;
const TRAILING_MARKS = /[。.;,、]+$/u;

/** What a unit-less prefix multiplies by: `26.4万` typed where 人 is expected. */
const BARE_PREFIX = /^(?:万亿|千万|百万|十万|亿|万|千)$/u;

/** Text cut for a sentence: what a person pasted may be a page long. */
function quoted(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}

/**
 * The digits of a printed number as exact decimal text: separators removed, a leading plus or needless zeros dropped, printed places kept
 * ("1,200.50" → "1200.50", ".5" → "0.5").
 * @returns refusal `quantity.several-numbers` when the commas do not separate thousands (behind a lone 0 they never do), `quantity.too-many-digits` beyond {@link DIGIT_LIMIT}.
 */
export function parseMagnitude(printed: string): Result<DecimalText> {
  const negative = printed.startsWith('-');
  const [whole = '', fraction = ''] = printed.replace(/^[-+]/u, '').split('.');
  if (whole.includes(',') && !/^[1-9]\d{0,2}(?:,\d{3})+$/u.test(whole)) return refuse('quantity.several-numbers', { text: quoted(printed) });
  const digits = whole.replace(/,/gu, '').replace(/^0+(?=\d)/u, '') || '0';
  if (digits.length + fraction.length > DIGIT_LIMIT) {
    return refuse('quantity.too-many-digits', { text: quoted(printed), limit: String(DIGIT_LIMIT) });
  }
  const magnitude = fraction === '' ? digits : `${digits}.${fraction}`;
  return ok(negative && /[1-9]/u.test(magnitude) ? `-${magnitude}` : magnitude);
}

/** Refuses a text as it was written whose marks would be read as digits (`6.43②` is no 6.432); null where there is none. */
export function refuseMark(text: string): Extract<Result<never>, { ok: false }> | null {
  const mark = markOfDigit(text);
  return mark === null ? null : refuse('quantity.mark-of-digit', { text: quoted(text), mark });
}

/** What a person types or pastes, made plain: Excel's leading apostrophe and look-alike minus signs included. */
export function plainEntry(text: string): string {
  return squeezeCjk(normalizeText(text).replace(/^['‘’`]/u, '')).replace(/[−–﹣](?=\s*[\d.])/gu, '-');
}

/**
 * Reads one quantity as people write it: `２６．４`, `26.4万人`, `264000人`, `1,200元`, `98％`. A bare number takes `expectedUnit`;
 * a bare 万 multiplies it. The magnitude keeps the printed digits, the unit is the dictionary's symbol. Never rounds, never guesses.
 * @param expectedUnit unit of the cell; null when any unit will do
 * @returns refusals `quantity.not-a-number`, `.mark-of-digit`, `.several-numbers`, `.approximate`, `.scientific`, `.stray-words`, `.too-many-digits`,
 *   `.unknown-unit`, `.unit-mismatch`
 */
export function parseQuantity(text: string, expectedUnit: string | null): Result<Quantity> {
  const entry = plainEntry(text);
  const marked = refuseMark(text);
  if (marked !== null) return marked;
  const shown = quoted(entry);
  if (!/\d/u.test(entry)) return refuse('quantity.not-a-number', { text: shown });
  if (SCIENTIFIC.test(entry)) return refuse('quantity.scientific', { text: shown });
  if (APPROXIMATE.test(entry)) return refuse('quantity.approximate', { text: shown });
  const numbers = [...entry.matchAll(NUMBER)];
  const [number] = numbers;
  // m2 and km2 are the only units with a digit of their own.
  const own = numbers.filter((found) => !/(?:^|[^a-zA-Z])k?m$/u.test(entry.slice(0, found.index)));
  if (number === undefined || own.length !== 1) return refuse('quantity.several-numbers', { text: shown });

  let before = entry.slice(0, number.index).replace(LEADING_WORDS, '').trim();
  let tail = entry.slice(number.index + number[0].length).replace(TRAILING_MARKS, '').trim();
  if (before === '¥') {
    before = '';
    if (tail === '') tail = '元';
  } else if (before === '百分之' && tail === '') {
    before = '';
    tail = '%';
  }
  if (before !== '') return refuse('quantity.stray-words', { text: shown, words: quoted(before) });
  const magnitude = parseMagnitude(number[0].replace(/,+$/u, ''));
  if (!magnitude.ok) return magnitude;
  if (tail === '') return ok({ magnitude: magnitude.value, unit: expectedUnit === null ? null : unitOf(expectedUnit).symbol });
  const unit = readUnit(tail, expectedUnit);
  return unit.ok ? ok({ magnitude: magnitude.value, unit: unit.value }) : unit;
}

function readUnit(tail: string, expectedUnit: string | null): Result<string> {
  if (expectedUnit === null) return ok(unitOf(tail).symbol);
  const expected = unitOf(expectedUnit);
  if (BARE_PREFIX.test(tail)) {
    const base = expected.symbol.replace(/^(?:万亿|千万|百万|十万|亿|万|千)(?=.)/u, '');
    const prefixed = findUnit(tail + base) ?? unitOf(tail + base);
    if (expected.dimension === 'number' || prefixed.dimension !== expected.dimension) {
      const bare = unitOf(tail);
      return bare.dimension === expected.dimension ? ok(bare.symbol) : refuse('quantity.unit-mismatch', { unit: tail, expected: expected.symbol });
    }
    return ok(prefixed.symbol);
  }
  const known = findUnit(tail);
  if (known === null) {
    const word = unitOf(tail);
    return word.dimension === expected.dimension ? ok(word.symbol) : refuse('quantity.unknown-unit', { unit: quoted(tail), expected: expected.symbol });
  }
  return known.dimension === expected.dimension ? ok(known.symbol) : refuse('quantity.unit-mismatch', { unit: quoted(tail), expected: expected.symbol });
}
