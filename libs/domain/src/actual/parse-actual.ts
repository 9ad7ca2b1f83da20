import { absoluteDecimal, compareDecimal, type DecimalText, divideDecimal, multiplyDecimal, subtractDecimal } from '../decimal';
import { addDays, dayOf } from '../period/calendar';
import { convertMagnitude } from '../quantity/quantity';
import { parseMagnitude, parseQuantity, plainEntry, refuseMark } from '../quantity/parse-quantity';
import { isCountUnit, unitOf } from '../quantity/unit';
import { type Refusal, type Result, ok, refuse } from '../result';
import { meansEmpty, squeezePrinted } from '../text';
import type { Indicator } from '../target-table/indicator';
import type { Actual, Grade, ReportedActual } from './actual';

const NOT_APPLICABLE = /^(?:不适用|N\/A|NA)(?:[:：,，;；(（\s-]*(.*?)[)）]?)?$/isu;
const SILENT = /^(?:未填报?|未报|待填报?|暂无数据?|null)$/iu;
const UNFINISHED = /^(?:尚未|未|没有|还未|正在)(?:全部)?(?:完成|完工|开始|启动|实施)$|^(?:进行中|推进中|实施中|在建)$/u;

const GRADES: readonly (readonly [RegExp, Grade])[] = [
  [/^部分(?:达成|完成|达标|实现)(?:年度|预期)?(?:指标|目标)?(?:并具有一定效果)?/u, 'B'],
  [/^(?:未|没有)(?:达成|完成|达标|实现)(?:年度|预期)?(?:指标|目标)?(?:且效果较差)?/u, 'C'],
  [/^(?:全部|全面)?已?(?:达成|完成|达标|实现)(?:年度|预期)?(?:指标|目标)?/u, 'A'],
  [/^[AaＡ](?:级|档)?(?![a-z])/u, 'A'], [/^[BbＢ](?:级|档)?(?![a-z])/u, 'B'], [/^[CcＣ](?:级|档)?(?![a-z])/u, 'C'],
];
const SHARE = /^[:,;(\s]*(\d[\d.]*)%\)?/u;
const NOTE_OPENING = /^[\s:,;.。、(-]+/u;

const YES = /^(?:是|已?完成|有|达到|已?达成|已?实现|yes|y|true|√|✓|✔|1)$/iu;
const NO = /^(?:否|未完成|无|没有|未达到|未达成|未实现|不是|no|n|false|×|✗|x|0)$/iu;

/** Longest wording kept as a note of a judgement. */
const LONGEST_NOTE = 2000;

/**
 * 实际完成值 as typed or pasted into one cell. Numbers with or without unit, `47/49` where the row is a rate, 是/否, 达成/部分达成/未达成
 * with an optional percentage and remark, dates, 未完成, `不适用：理由`. Blank and dashes are silence (NOT_REPORTED), never zero.
 * For a yes/no row `answer` says whether the target was reached: where the target reads 否 or 无, the answer 否 is the good one.
 * @returns the refusals of `parseQuantity`, and `actual.reason-needed`, `.grade-needed`, `.share-outside`, `.answer-needed`, `.date-needed`,
 *   `.negative`, `.parts-differ`
 */
export function parseActualText(text: string, indicator: Pick<Indicator, 'name' | 'target' | 'accumulation'>): Result<Actual> {
  const entry = plainEntry(text);
  if (meansEmpty(entry) && !(indicator.target.kind === 'BOOL' && entry === '无')) return ok({ kind: 'NOT_REPORTED' });
  if (SILENT.test(entry)) return ok({ kind: 'NOT_REPORTED' });
  const notApplicable = NOT_APPLICABLE.exec(entry);
  if (notApplicable !== null) {
    const reason = (notApplicable[1] ?? '').trim();
    return reason === '' ? refuse('actual.reason-needed') : ok({ kind: 'NOT_APPLICABLE', reason });
  }
  const { kind } = indicator.target;
  const marked = kind === 'QUANT' || kind === 'DATE' ? refuseMark(text) : null;
  if (marked !== null) return marked;
  switch (kind) {
    case 'QUANT': return readReported(entry, indicator);
    case 'QUAL': return readJudged(text, entry, indicator);
    case 'BOOL': return readAnswered(entry, indicator);
    case 'DATE': return readDated(entry, indicator);
  }
}

// A stated rate ends in its sign or before a bracket, so that 47/49 is not 4 and 7/49.
const PARTS = /^(?:(.+?[^\d.,(]|.+?(?=\())[:;,]?)?\(?(\d[\d,]*(?:\.\d+)?)\/(\d[\d,]*(?:\.\d+)?)\)?$/u;

/** Two numbers of thirty digits, a rate and the marks between them. */
const LONGEST_PARTS = 100;

function readReported(entry: string, indicator: Pick<Indicator, 'name' | 'target' | 'accumulation'>): Result<Actual> {
  const { unit } = indicator.target;
  const mayHaveParts = (indicator.accumulation === 'RATIO' || indicator.accumulation === 'SURVEY') && entry.length <= LONGEST_PARTS;
  const parts = mayHaveParts ? PARTS.exec(entry) : null;
  if (parts !== null) return readParts(parts, indicator);
  const quantity = parseQuantity(entry, unit);
  if (!quantity.ok) return quantity;
  if (isImpossiblyNegative(quantity.value.magnitude, indicator)) return refuse('actual.negative', { name: indicator.name });
  return ok({ kind: 'REPORTED', ...quantity.value });
}

/** Places of a percentage computed from its parts, as in `accumulateActuals`. */
const RATE_PLACES = 6;

function readParts([, stated, over, under]: RegExpExecArray, indicator: Pick<Indicator, 'name' | 'target'>): Result<Actual> {
  const { unit } = indicator.target;
  const numerator = parseMagnitude(over ?? '');
  const denominator = parseMagnitude(under ?? '');
  if (!numerator.ok) return numerator;
  if (!denominator.ok) return denominator;
  if (compareDecimal(denominator.value, '0') === 0) return refuse('actual.no-denominator', { name: indicator.name });
  const computed = rateOfParts(numerator.value, denominator.value, unit);
  const reported = { kind: 'REPORTED', magnitude: computed, unit: unit === null ? null : unitOf(unit).symbol, numerator: numerator.value, denominator: denominator.value } as const;
  if (stated === undefined || stated === '') return ok(reported);
  const printed = parseQuantity(stated, unit);
  if (!printed.ok) return printed;
  const same = convertMagnitude(printed.value.magnitude, printed.value.unit, unit);
  if (!same.ok) return same;
  if (!agreesWithParts(printed.value.unit === reported.unit ? printed.value.magnitude : same.value, numerator.value, denominator.value, unit)) return refusePartsDiffer(stated, numerator.value, denominator.value, computed, unit);
  return ok(reported);
}

/**
 * numerator ÷ denominator in the unit of the row: a share of the whole where it is a ratio, elsewhere the quotient itself. The parts of an amount are those of its own unit: 95/10 where 万元 are
 * reported, or 万元/人, are 9.5 of them, as the parts of all periods are summed and divided (`accumulateActuals`).
 * @throws RangeError when the denominator is zero
 */
export function rateOfParts(numerator: DecimalText, denominator: DecimalText, unit: string | null): DecimalText {
  return divideDecimal(multiplyDecimal(numerator, wholeOf(unit)), denominator, RATE_PLACES);
}

/** The whole in a unit: 100 per cent, 1000 per mille, and one where it is no ratio. */
function wholeOf(unit: string | null): DecimalText {
  return unit !== null && unitOf(unit).dimension === 'ratio' ? divideDecimal('100', unitOf(unit).scale, RATE_PLACES) : '1';
}

/** People print a rate to two places, or one; half a percent is beyond any rounding. */
const RATE_TOLERANCE = '0.5';
/** What a value and a part that were rounded at their tenth decimal may be off by together. */
const LEAST_TOLERANCE = '0.000000001';

/** Whether a stated value is the quotient of its parts, as it may have been rounded: an amount of 万元 that is off by half of one is another, unless it is printed in whole ones. */
function agreesWithParts(stated: DecimalText, numerator: DecimalText, denominator: DecimalText, unit: string | null): boolean {
  const tolerance = unit !== null && unitOf(unit).dimension === 'ratio' ? RATE_TOLERANCE : halfOfLastPlace(stated);
  // Multiplied out instead of divided: a quotient without an end is not rounded before it is compared.
  const off = subtractDecimal(multiplyDecimal(stated, denominator), multiplyDecimal(numerator, wholeOf(unit)));
  return compareDecimal(absoluteDecimal(off), multiplyDecimal(tolerance, absoluteDecimal(denominator))) <= 0;
}

/** Half of one in the last place that is printed, and never less than {@link LEAST_TOLERANCE}: 0.05 for 9.5. */
function halfOfLastPlace(stated: DecimalText): DecimalText {
  const places = (stated.split('.')[1] ?? '').length;
  const half = places === 0 ? '0.5' : `0.${'0'.repeat(places)}5`;
  return compareDecimal(half, LEAST_TOLERANCE) < 0 ? LEAST_TOLERANCE : half;
}

function refusePartsDiffer(stated: string, numerator: DecimalText, denominator: DecimalText, computed: DecimalText, unit: string | null): { readonly ok: false; readonly refusal: Refusal } {
  return refuse('actual.parts-differ', { stated, parts: `${numerator}/${denominator}`, computed: computed + (unit ?? '') });
}

/**
 * Whether the parts of a rate that did not come as text can be true: never below zero, nothing divided by zero, and the rate they make is the
 * one that is stated. A denominator alone is lawful (responses of a survey).
 * @param magnitude the stated rate, already in the unit of the row
 */
export function partsFit(magnitude: DecimalText, parts: Pick<ReportedActual, 'numerator' | 'denominator'>, { name, target }: Pick<Indicator, 'name' | 'target'>): Result<void> {
  const numerator = parts.numerator ?? null;
  const denominator = parts.denominator ?? null;
  if ([numerator, denominator].some((part) => part !== null && compareDecimal(part, '0') < 0)) return refuse('actual.negative', { name });
  if (denominator === null) return ok(undefined);
  if (compareDecimal(denominator, '0') === 0) return refuse('actual.no-denominator', { name });
  if (numerator === null) return ok(undefined);
  const computed = rateOfParts(numerator, denominator, target.unit);
  return agreesWithParts(magnitude, numerator, denominator, target.unit) ? ok(undefined) : refusePartsDiffer(magnitude + (target.unit ?? ''), numerator, denominator, computed, target.unit);
}

const MAY_FALL = /增长|下降|变动|增减|增幅|降幅|升降|涨幅|跌幅|波动|差额|差异|差率|结余|盈亏|节约|净/u;

/** Counts of people and things cannot be below zero at all; rates and money only where the name speaks of a change or a difference. */
export function isImpossiblyNegative(magnitude: DecimalText, { name, target }: Pick<Indicator, 'name' | 'target'>): boolean {
  if (compareDecimal(magnitude, '0') >= 0 || target.unit === null) return false;
  return isCountUnit(target.unit) || !MAY_FALL.test(name);
}

function readJudged(text: string, entry: string, indicator: Pick<Indicator, 'name' | 'target'>): Result<Actual> {
  const wording = squeezePrinted(text);
  // The promise itself repeated ("有效提高") says: reached.
  if (wording === indicator.target.text) return ok({ kind: 'JUDGED', grade: 'A', share: null, note: wording });
  if (/^100(?:\.0+)?%$/u.test(entry)) return ok({ kind: 'JUDGED', grade: 'A', share: '1', note: null });
  for (const [pattern, grade] of GRADES) {
    const word = pattern.exec(entry);
    if (word === null) continue;
    let rest = entry.slice(word[0].length);
    const percent = SHARE.exec(rest);
    let share: DecimalText | null = null;
    if (percent !== null) {
      const magnitude = /^\d+(?:\.\d+)?$/u.test(percent[1] ?? '') ? parseMagnitude(percent[1] ?? '') : refuse('quantity.several-numbers', { text: percent[1] ?? '' });
      if (!magnitude.ok) return magnitude;
      if (compareDecimal(magnitude.value, '100') > 0) return refuse('actual.share-outside', { share: `${magnitude.value}%` });
      share = divideDecimal(magnitude.value, '100', 34);
      rest = rest.slice(percent[0].length);
    }
    const note = rest.replace(NOTE_OPENING, '').replace(/\)$/u, '').trim();
    // 达成了一部分 and the like are not for us to interpret.
    if (note !== '' && share === null && !NOTE_OPENING.test(rest)) continue;
    return ok({ kind: 'JUDGED', grade, share, note: note === '' ? null : note.slice(0, LONGEST_NOTE) });
  }
  return refuse('actual.grade-needed', { name: indicator.name });
}

function readAnswered(entry: string, indicator: Pick<Indicator, 'name' | 'target'>): Result<Actual> {
  const yes = YES.test(entry);
  if (!yes && !NO.test(entry)) return refuse('actual.answer-needed', { name: indicator.name });
  return ok({ kind: 'ANSWERED', answer: yes === wantsYes(indicator.target.text) });
}

function wantsYes(text: string | null): boolean {
  return !/^(?:否|无)$/u.test(text ?? '');
}

const FULL_DAY = /^((?:19|20)\d{2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?$/u;
const COMPACT_DAY = /^((?:19|20)\d{2})(\d{2})(\d{2})$/u;
const MONTH_ONLY = /^((?:19|20)\d{2})(?:年|[-/])(\d{1,2})月?$/u;
const DAY_OF_YEAR = /^(\d{1,2})月(\d{1,2})日?$/u;
/** A day with its time as databases (`2024-12-31 00:00:00.000`) and JSON (`2024-12-31T00:00:00+08:00`) deliver it: seconds, their fractions and the offset may be missing. */
const DAY_AND_TIME = /^((?:19|20)\d{2})([-/])(\d{1,2})\2(\d{1,2})(?:\s+|T)([01]?\d|2[0-3]):([0-5]\d)(?::(?:[0-5]\d|60)(?:[.,]\d{1,9})?)?\s*(Z|([+-])(0\d|1[0-4]):?([0-5]\d)?)?$/iu;
/** China has one time, eight hours ahead of UTC, and so has whoever reads a day here. */
const OWN_OFFSET = 8 * 60;
const DAY_MINUTES = 24 * 60;

/**
 * A day, or a month. Of a day with a time it is the day that is written, where no offset is: it is the writer's own. With one it is a moment, and its day is that of China (UTC+8): programs
 * that keep moments write midnight of 31 December as `2024-12-30T16:00:00Z`.
 */
function readDated(entry: string, { name, target }: Pick<Indicator, 'name' | 'target'>): Result<Actual> {
  if (UNFINISHED.test(entry)) return ok({ kind: 'UNFINISHED' });
  const timed = DAY_AND_TIME.exec(entry.trim());
  if (timed !== null) return dated(dayOfMoment(timed), name);
  const plain = entry.replace(/\s+/gu, '').replace(/^(?:已?于|已?在)/u, '').replace(/(?:已|全部)?(?:完成|办结|完工|竣工|验收|结束)$/u, '');
  const full = FULL_DAY.exec(plain) ?? COMPACT_DAY.exec(plain);
  if (full !== null) return dated(dayOf(Number(full[1]), Number(full[2]), Number(full[3])), name);
  const month = MONTH_ONLY.exec(plain);
  if (month !== null) return dated(dayOf(Number(month[1]), Number(month[2]), 1)?.slice(0, 7) ?? null, name);
  const dayOfYear = DAY_OF_YEAR.exec(plain);
  const year = Number((target.magnitude ?? '').slice(0, 4));
  if (dayOfYear !== null && year > 0) return dated(dayOf(year, Number(dayOfYear[1]), Number(dayOfYear[2])), name);
  return refuse('actual.date-needed', { name });
}

/** The day of a match of {@link DAY_AND_TIME}; null for one that no calendar has. */
function dayOfMoment([, year, , month, date, hour, minute, zone, sign, offsetHours, offsetMinutes]: RegExpExecArray): string | null {
  const day = dayOf(Number(year), Number(month), Number(date));
  if (day === null || zone === undefined) return day;
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * (sign === '-' ? -1 : 1);
  return addDays(day, Math.floor((Number(hour) * 60 + Number(minute) - offset + OWN_OFFSET) / DAY_MINUTES));
}

function dated(date: string | null, name: string): Result<Actual> {
  return date === null ? refuse('actual.date-needed', { name }) : ok({ kind: 'DATED', date });
}
