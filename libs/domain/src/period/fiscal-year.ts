import type { DayText } from './calendar';

/** 预算年度 is the calendar year. */
export type FiscalYear = number;

/** Whether a number can be a fiscal year of this product. */
export function isFiscalYear(year: number): boolean {
  return Number.isInteger(year) && year >= 1990 && year <= 2100;
}

/** First day of the year. */
export function yearStart(year: FiscalYear): DayText {
  return `${year}-01-01`;
}

/** Last day of the year. */
export function yearEnd(year: FiscalYear): DayText {
  return `${year}-12-31`;
}
