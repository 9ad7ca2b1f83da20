import { findUnit, unitOf } from '../quantity/unit';
import type { Comparator, IndicatorTarget } from './indicator-target';

const PLAIN = /^([≥≤<>=]?)(0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})((?:\.\d{1,10})?)(%|[\u4e00-\u9fff]{0,4})$/u;
const MEANING: Readonly<Record<string, Comparator>> = { '≥': 'GE', '≤': 'LE', '>': 'GT', '<': 'LT', '=': 'EQ', '': 'EQ' };
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
  const found = PLAIN.exec(raw);
  if (found === null) return null;
  const [, sign = '', whole = '', fraction = '', word = ''] = found;
  const unit = word !== '' ? symbolOf(word) : nameUnit === null ? null : unitOf(nameUnit).symbol;
  if (unit === null && word !== '') return null;
  return { kind: 'QUANT', comparator: MEANING[sign] ?? 'EQ', magnitude: (whole.includes(',') ? whole.replaceAll(',', '') : whole) + fraction, magnitudeHigh: null, unit, text: null, raw };
}
