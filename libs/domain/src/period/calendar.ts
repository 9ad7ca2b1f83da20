/** A day as text, `YYYY-MM-DD`. Days compare as text. No clock, no time zone: what day it is today is always told from outside. */
export type DayText = string;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/u;

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days of a month, 28…31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** `YYYY-MM-DD` of its parts; null when there is no such day. */
export function dayOf(year: number, month: number, day: number): DayText | null {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Whether the text names a day of the calendar. */
export function isDayText(text: string): boolean {
  const parts = DAY.exec(text);
  return parts !== null && dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3])) !== null;
}

/** Last day of a month. */
export function lastDayOfMonth(year: number, month: number): DayText {
  return dayOf(year, month, daysInMonth(year, month)) as DayText;
}

/** A `YYYY-MM` or `YYYY-MM-DD` as the last day it can mean. */
export function lastDayMeant(text: string): DayText {
  const month = /^(\d{4})-(\d{2})$/u.exec(text);
  return month === null ? text : lastDayOfMonth(Number(month[1]), Number(month[2]));
}

/** Days since 1970-01-01 (which is 0), in the Gregorian calendar. @throws TypeError when the text is not a day. */
export function dayNumber(day: DayText): number {
  const parts = DAY.exec(day);
  if (parts === null || !isDayText(day)) throw new TypeError(`not a day: ${JSON.stringify(day)}`);
  const month = Number(parts[2]);
  // Years begin in March, so that the leap day is their last day; 146097 days make 400 years.
  const year = Number(parts[1]) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(parts[3]) - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** The day that many days after 1970-01-01: inverse of {@link dayNumber}. */
export function dayOfNumber(days: number): DayText {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  return dayOf(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day) as DayText;
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: DayText, count: number): DayText {
  return dayOfNumber(dayNumber(day) + count);
}
