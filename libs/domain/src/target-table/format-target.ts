import { formatQuantity, printedUnit } from '../quantity/format-quantity';
import type { Comparator, IndicatorTarget } from './indicator-target';

/** 计算符号 as forms print it. */
export const COMPARATOR_SIGNS: Readonly<Record<Comparator, string>> = { GE: '≥', GT: '>', EQ: '=', LE: '≤', LT: '<', BETWEEN: '', NONE: '' };

/** `2024-12` or `2024-12-31` the way a form says it: 2024年12月, 2024年12月31日. */
export function formatTargetDate(date: string): string {
  const [year = '', month = '', day] = date.split('-');
  return `${year}年${Number(month)}月${day === undefined ? '' : `${Number(day)}日`}`;
}

/** 指标值 in the spelling of a form: `≥26.10万人`, `=3个月`, `90~95%`, `2024年12月31日前`, 有效维护. Reads back to the same target. */
export function formatTarget(target: IndicatorTarget): string {
  const { kind, comparator, magnitude, magnitudeHigh, unit, text } = target;
  if (magnitude === null) return text ?? '';
  if (kind === 'DATE') {
    const date = formatTargetDate(magnitude);
    return comparator === 'EQ' || comparator === 'NONE' ? date : comparator === 'LE' ? `${date}前` : COMPARATOR_SIGNS[comparator] + date;
  }
  if (comparator === 'BETWEEN') return `${magnitude}~${magnitudeHigh ?? magnitude}${printedUnit(unit)}`;
  return COMPARATOR_SIGNS[comparator] + formatQuantity(magnitude, unit);
}
