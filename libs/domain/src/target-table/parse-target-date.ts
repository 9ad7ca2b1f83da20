import { dayOf } from '../period/calendar';
import type { Comparator } from './indicator-target';

/** A dated target: `YYYY-MM` or `YYYY-MM-DD`. */
export interface DateReading {
  readonly comparator: Comparator;
  readonly magnitude: string;
}

const ENDING = /(?:底|末)?(?:之前|以前|前|之内|以内|内)?(?:全部|全面)?(?:完成|办结|完工|竣工|结束|到位|验收|交付|发放完毕)?$/u;
const BEFORE = /(?:之前|以前|前|之内|以内|内)(?:全部|全面)?(?:完成|办结|完工|竣工|结束|到位|验收|交付|发放完毕)?$/u;
const OPENING = /^(?:截至|截止到?|不晚于|不迟于|于|在|至)/u;
const YEAR_MONTH_DAY = /^((?:19|20)\d{2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?$/u;
const YEAR_MONTH = /^((?:19|20)\d{2})(?:年(\d{1,2})月?|[-/](\d{1,2}))$/u;
const MONTH_DAY = /^(\d{1,2})月(\d{1,2})日?$/u;
const COMPLETED = '(?:之前|以前|前|之内|以内|内)?(?:全部|全面)?(?:完成|办结|完工|竣工|结束|到位|验收|交付|发放完毕)?';
const QUARTER = /^(?:((?:19|20)\d{2})年)?(?:第([1-4])季度|第?([一二三四])季度)$/u;
const PART_OF_YEAR = new RegExp(`^(?:((?:19|20)\\d{2})年)?(?:(全年度?)|(?:当|本)?年度?(底|末|终|内)|([上下])半年)${COMPLETED}$`, 'u');
const SPAN = /^(?:(?:(?:19|20)\d{2}年)\d{1,2}月?|\d{1,2}月)(?:\d{1,2}日)?[-~至到](?=.*[月年])/u;

/**
 * Reads a date target without its operator: `2024年12月`, `2024-12-31`, `12月31日前`, `2024年底前`, `2024年1月-12月` (its end).
 * `第四季度` and `年底前` are the last month of it, `全年` the last of the year.
 * `12月` alone is twelve months, not December, unless something says "before" (`12月底前`) or the name says that a time is meant
 * (`isTimeOfYear`). null when the text is no date.
 */
export function readTargetDate(text: string, sign: Comparator, fiscalYear: number, isTimeOfYear = false): DateReading | null {
  const before = BEFORE.test(text) || OPENING.test(text);
  const comparator = before && (sign === 'EQ' || sign === 'NONE') ? 'LE' : sign === 'NONE' ? 'EQ' : sign;
  const spanned = text.replace(SPAN, '');
  const year = spanned === text ? fiscalYear : Number(/^((?:19|20)\d{2})年/u.exec(text)?.[1] ?? fiscalYear);
  const core = spanned.replace(OPENING, '').replace(ENDING, '');
  const ended = core !== spanned.replace(OPENING, '') || spanned !== text;

  const full = YEAR_MONTH_DAY.exec(core);
  if (full !== null) return dated(comparator, dayOf(Number(full[1]), Number(full[2]), Number(full[3])));
  const month = YEAR_MONTH.exec(core);
  if (month !== null) return dated(comparator, monthOf(Number(month[1]), Number(month[2] ?? month[3])));
  const monthDay = MONTH_DAY.exec(core);
  if (monthDay !== null) return dated(comparator, dayOf(year, Number(monthDay[1]), Number(monthDay[2])));
  const quarter = QUARTER.exec(core);
  if (quarter !== null) return dated(comparator, monthOf(Number(quarter[1] ?? year), (quarter[2] === undefined ? '一二三四'.indexOf(quarter[3] ?? '') + 1 : Number(quarter[2])) * 3));
  const part = PART_OF_YEAR.exec(spanned.replace(OPENING, ''));
  if (part !== null) return dated(part[3] === '内' && comparator === 'EQ' ? 'LE' : comparator, monthOf(Number(part[1] ?? year), part[4] === '上' ? 6 : 12));
  const wholeYear = /^((?:19|20)\d{2})年度?$/u.exec(core);
  if (wholeYear !== null) return dated(comparator, monthOf(Number(wholeYear[1]), 12));
  const bareMonth = /^(\d{1,2})月份?$/u.exec(core);
  if (bareMonth !== null && isTimeOfYear) return dated(comparator, monthOf(year, Number(bareMonth[1])));
  if (bareMonth !== null && (ended || before) && !/^(?:[<>=]|以内)/u.test(text)) {
    // "12月内" reads as a span of time; a month needs 底, 末 or 前 behind it, or a span before it.
    if (spanned === text && !/(?:底|末|前)/u.test(text)) return null;
    return dated(comparator, monthOf(year, Number(bareMonth[1])));
  }
  return null;
}

function monthOf(year: number, month: number): string | null {
  return dayOf(year, month, 1)?.slice(0, 7) ?? null;
}

function dated(comparator: Comparator, magnitude: string | null): DateReading | null {
  return magnitude === null ? null : { comparator, magnitude };
}
