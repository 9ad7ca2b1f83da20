import type { DecimalText } from '../decimal';

/** Thousands separated for the eye: "264000.50" → "264,000.50". Only for screens; forms print without. */
export function groupDigits(magnitude: DecimalText): string {
  const [whole = '', fraction] = magnitude.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/gu, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** The spelling of a form: "26.10万人", "98%", "3个月" (so that three months do not read as March). Reads back to the same quantity. */
export function formatQuantity(magnitude: DecimalText, unit: string | null): string {
  return magnitude + printedUnit(unit);
}

/** The unit as it stands behind a number on a form. */
export function printedUnit(unit: string | null): string {
  return unit === '月' ? '个月' : (unit ?? '');
}
