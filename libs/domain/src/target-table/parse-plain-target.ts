import { findUnit, unitOf } from '../quantity/unit';
import type { Comparator, IndicatorTarget } from './indicator-target';

const PLAIN = /^([≥≤<>=]?)(0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})((?:\.\d{1,10})?)(%|[\u4e00-\u9fff]{0,4})$/u;
const MEANING: Readonly<Record<string, Comparator>> = { '≥': 'GE', '≤': 'LE', '>': 'GT', '<': 'LT', '=': 'EQ', '': 'EQ' };
const MEANING_OF_CODE = new Map(Object.entries(MEANING).flatMap(([sign, meaning]) => (sign === '' ? [] : [[sign.charCodeAt(0), meaning] as const])));
/** Signs of words that say more than a unit: of dates and spans, of bounds, of numbers. */
const MORE_THAN_UNIT = /[年月日时季周天期底末初内前后上下以约左右之至到且并和每分超过于达完万亿千百十零一二三四五六七八九两]/u;

/** Symbols of words that are nothing but a unit; null for all other words. A bounded number of them is kept. */
const symbols = new Map<string, string | null>();
const KEPT_SYMBOLS = 500;

function symbolOf(word: string): string | null {
  const before = symbols.get(word);
  if (before !== undefined) return before;
  const unit = MORE_THAN_UNIT.test(word) && !/^[万亿千百]?元$/u.test(word) ? null : findUnit(word);
  const symbol = unit === null || unit.dimension === 'number' ? null : unit.symbol;
  if (symbols.size >= KEPT_SYMBOLS) symbols.clear();
  symbols.set(word, symbol);
  return symbol;
}

/**
 * What most cells hold: one sign, one number, one unit (`≥95%`, `120人`, `1,200.50元`, `300`). null for everything else, which `parseTarget` looks at closely;
 * where both answer, they answer the same.
 */
export function readPlainTarget(raw: string, nameUnit: string | null): IndicatorTarget | null {
  const signed = MEANING_OF_CODE.get(raw.charCodeAt(0));
  const from = signed === undefined ? 0 : 1;
  const end = digitsUntil(raw, from);
  // Commas, leading zeros and long numbers are looked at one after the other.
  if (end < 0) return isDigit(raw.charCodeAt(from)) ? readGrouped(raw, nameUnit) : null;
  const word = end === raw.length ? '' : raw.slice(end);
  if (word !== '' && word !== '%' && !isShortWord(word)) return null;
  const unit = word !== '' ? symbolOf(word) : nameUnit === null ? null : unitOf(nameUnit).symbol;
  if (unit === null && word !== '') return null;
  return { kind: 'QUANT', comparator: signed ?? 'EQ', magnitude: raw.slice(from, end), magnitudeHigh: null, unit, text: null, raw };
}

/** Where a number without commas ends, at most fifteen digits and ten behind the point; -1 where none stands or it is written otherwise. */
function digitsUntil(raw: string, from: number): number {
  let at = from;
  while (isDigit(raw.charCodeAt(at))) at += 1;
  const whole = at - from;
  if (whole === 0 || whole > 15 || (whole > 1 && raw.charCodeAt(from) === 0x30)) return -1;
  const sign = raw.charCodeAt(at);
  if (sign === 0x2c) return -1;
  if (sign !== 0x2e) return at;
  const point = at;
  at += 1;
  while (isDigit(raw.charCodeAt(at))) at += 1;
  return at - point - 1 === 0 || at - point - 1 > 10 ? -1 : at;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** At most four common ideographs. */
function isShortWord(word: string): boolean {
  if (word.length > 4) return false;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code < 0x4e00 || code > 0x9fff) return false;
  }
  return true;
}

function readGrouped(raw: string, nameUnit: string | null): IndicatorTarget | null {
  const found = PLAIN.exec(raw);
  if (found === null) return null;
  const [, sign = '', whole = '', fraction = '', word = ''] = found;
  const unit = word !== '' ? symbolOf(word) : nameUnit === null ? null : unitOf(nameUnit).symbol;
  if (unit === null && word !== '') return null;
  return { kind: 'QUANT', comparator: MEANING[sign] ?? 'EQ', magnitude: (whole.includes(',') ? whole.replaceAll(',', '') : whole) + fraction, magnitudeHigh: null, unit, text: null, raw };
}
