import type { DatedActual, Grade } from '../actual/actual';
import { type DecimalText, addDecimal, compareDecimal, isDecimalText, multiplyDecimal, roundHalfUp, subtractDecimal } from '../decimal';
import { dayNumber, isDayText, lastDayMeant } from '../period/calendar';
import { toBaseMagnitude } from '../quantity/quantity';
import { KNOWN_UNITS, unitOf } from '../quantity/unit';
import { type Result, ok, refuse } from '../result';
import { decimalPlaces, toScaledBig } from '../scaled';
import { defaultDirection, effectiveScoringRule } from '../target-table/defaults';
import type { Indicator } from '../target-table/indicator';
import { KERNEL_GRADE, PROFILE_SCALE } from './compiled-profile';
import { KERNEL_RULE, type KernelRule } from './kernel';
import type { RuleProfile } from './rule-profile';
import type { ScoringContext, ScoringRow } from './score';

/** A row as the kernel takes it: whole numbers at one scale. `a` null: not reported. Meanings by rule as in {@link rowPoints}. */
export interface KernelRow {
  readonly rule: KernelRule;
  readonly grade: 0 | 1 | 2 | 3;
  readonly scale: number;
  readonly w: bigint;
  readonly t: bigint;
  readonly high: bigint;
  readonly a: bigint | null;
}

/** The same row in words: the quantities compared, in the unit they are compared in. Decimal texts. */
export interface ComparedRow {
  readonly kernel: KernelRow;
  readonly actual: DecimalText;
  readonly target: DecimalText;
  readonly targetHigh: DecimalText | null;
  readonly unit: string | null;
  /** Conversions made, as pairs of magnitude and unit. */
  readonly conversions: readonly { readonly from: readonly [DecimalText, string]; readonly to: readonly [DecimalText, string] }[];
  /** For DIRECT on a number or a date: the answer was found by comparing. */
  readonly compared: boolean;
  /** Actual and target are days counted from the first day of the year. */
  readonly fromDate: boolean;
  /** GRADED: the grade and its share 0…1, and whether the share was left to the default. */
  readonly graded: { readonly grade: Grade; readonly share: DecimalText; readonly byDefault: boolean } | null;
}

const WEIGHT_SCALE = 2;

/** Which kernel rule scores this row: effective rule, kind, operator and direction. Needs no actual, so it can be stored with the row. */
export function kernelRuleOf(indicator: Indicator, profile: Pick<RuleProfile, 'defaultRules'>): KernelRule {
  const { kind, comparator } = indicator.target;
  const rule = effectiveScoringRule(indicator, profile);
  if (rule === 'GRADE') return KERNEL_RULE.GRADED;
  if (rule === 'DIRECT' || kind === 'BOOL') return KERNEL_RULE.DIRECT;
  if (kind === 'QUAL') return KERNEL_RULE.GRADED;
  if (kind === 'DATE') return KERNEL_RULE.DATE;
  if (comparator === 'BETWEEN') return KERNEL_RULE.INTERVAL;
  const direction = indicator.direction ?? defaultDirection(indicator) ?? 'POSITIVE';
  // Satisfaction bands rise with the value; a complaint rate under a ceiling is an ordinary less-is-better row.
  if (rule === 'SATISFACTION' && direction === 'POSITIVE') return KERNEL_RULE.SATISFACTION;
  return direction === 'POSITIVE' ? KERNEL_RULE.POSITIVE : direction === 'NEGATIVE' ? KERNEL_RULE.NEGATIVE : KERNEL_RULE.POINT;
}

function isTens(scale: DecimalText): boolean {
  return /^(?:10*|0\.0*1)$/.test(scale);
}

function baseSymbol(symbol: string): string | null {
  const unit = unitOf(symbol);
  if (unit.scale === '1') return unit.symbol;
  const known = KNOWN_UNITS.find((candidate) => candidate.dimension === unit.dimension && candidate.scale === '1');
  if (known !== undefined) return known.symbol;
  // 万元/年 and unknown words with 万 before them: the rest of the word is the base.
  const rest = unit.symbol.replace(/^(?:万亿|千万|百万|十万|亿|万|千)/u, '');
  return rest !== unit.symbol && unitOf(rest).dimension === unit.dimension && unitOf(rest).scale === '1' ? rest : null;
}

/** The unit both sides are compared in: the base unit, unless days or years would turn into minutes or months for no gain. */
function comparisonUnit(targetUnit: string | null, actualUnit: string | null): string | null {
  const [one, other] = [targetUnit ?? actualUnit, actualUnit ?? targetUnit];
  if (one === null || other === null) return null;
  if (unitOf(one).symbol === unitOf(other).symbol && !isTens(unitOf(one).scale)) return one;
  return baseSymbol(one) ?? one;
}

/** Days from 1 January of the fiscal year to a day, both included. */
export function daysOfYear(fiscalYear: number, date: string): number {
  return dayNumber(lastDayMeant(date)) - dayNumber(`${String(fiscalYear).padStart(4, '0')}-01-01`) + 1;
}

function direct(indicator: Indicator, answer: boolean, deduction: DecimalText | null, compared: boolean): Result<ComparedRow> {
  const off = deduction ?? '0';
  if (!isDecimalText(off) || decimalPlaces(off) > WEIGHT_SCALE || compareDecimal(off, '0') < 0 || compareDecimal(off, indicator.weight) > 0) {
    return refuse('scoring.deduction-outside', { name: indicator.name, deduction: off, weight: indicator.weight });
  }
  return ok({
    kernel: {
      rule: KERNEL_RULE.DIRECT, grade: 0, scale: PROFILE_SCALE, w: toScaledBig(indicator.weight, WEIGHT_SCALE), t: toScaledBig(off, WEIGHT_SCALE), high: 0n, a: answer ? 1n : 0n,
    },
    actual: answer ? '1' : '0', target: '1', targetHigh: null, unit: null, conversions: [], compared, fromDate: false, graded: null,
  });
}

function graded(indicator: Indicator, grade: Grade, entered: DecimalText | null, profile: RuleProfile): Result<ComparedRow> {
  const band = profile.grades[grade];
  const { weight } = indicator;
  const low = roundHalfUp(multiplyDecimal(band.low, weight), 2);
  const top = roundHalfUp(multiplyDecimal(band.high, weight), 2);
  // Half-open: the largest points that may be printed lie one cent below the bound, unless rounding already left it.
  const high = band.highIncluded || compareDecimal(top, multiplyDecimal(band.high, weight)) < 0 ? top : subtractDecimal(top, '0.01');
  const bounds = { grade, low, high: roundHalfUp(compareDecimal(high, '0') < 0 ? '0' : high, 2) };
  if (entered === null && grade !== 'A') return refuse('scoring.grade-share-missing', bounds);
  const share = entered ?? '1';
  if (!isDecimalText(share)) return refuse('scoring.grade-share-outside-band', bounds);
  const above = compareDecimal(share, band.high);
  const earned = roundHalfUp(multiplyDecimal(share, weight), 2);
  const isInside = compareDecimal(share, band.low) >= 0 && (band.highIncluded ? above <= 0
    // 0.7999 of 10 points would print as 8.00, which belongs to the grade above.
    : above < 0 && compareDecimal(earned, bounds.high) <= 0);
  if (!isInside) return refuse('scoring.grade-share-outside-band', bounds);
  const percent = multiplyDecimal(share, '100');
  const scale = Math.max(PROFILE_SCALE, decimalPlaces(percent));
  return ok({
    kernel: {
      rule: KERNEL_RULE.GRADED, grade: KERNEL_GRADE[grade], scale, w: toScaledBig(weight, WEIGHT_SCALE), t: 0n, high: 0n, a: toScaledBig(percent, scale),
    },
    actual: percent, target: '100', targetHigh: null, unit: '%', conversions: [], compared: false, fromDate: false, graded: { grade, share, byDefault: entered === null },
  });
}

function meets(indicator: Indicator, t: bigint, high: bigint, a: bigint): boolean {
  switch (indicator.target.comparator) {
    case 'LE':
    case 'LT': return a <= t;
    case 'BETWEEN': return a >= t && a <= high;
    case 'GE':
    case 'GT': return a >= t;
    default: {
      const direction = indicator.direction ?? defaultDirection(indicator) ?? 'POSITIVE';
      return direction === 'POSITIVE' ? a >= t : direction === 'NEGATIVE' ? a <= t : a === t;
    }
  }
}

function measured(indicator: Indicator, magnitude: DecimalText, actualUnit: string | null, rule: KernelRule): Result<ComparedRow> {
  const { target, name, weight } = indicator;
  if (target.magnitude === null || !isDecimalText(target.magnitude)) return refuse('scoring.target-missing', { name, raw: target.raw });
  const [targetUnit, ownUnit] = [target.unit ?? actualUnit, actualUnit ?? target.unit];
  if (targetUnit !== null && ownUnit !== null && unitOf(targetUnit).dimension !== unitOf(ownUnit).dimension) {
    return refuse('scoring.unit-mismatch', { name, unit: ownUnit, expected: targetUnit });
  }
  const unit = comparisonUnit(targetUnit, ownUnit);
  const stays = unit !== null && unitOf(unit).scale !== '1';
  const inUnit = (text: DecimalText, from: string | null): DecimalText => (stays || from === null ? addDecimal(text) : toBaseMagnitude(text, from));
  const [t, a] = [inUnit(target.magnitude, targetUnit), inUnit(magnitude, ownUnit)];
  const high = target.comparator === 'BETWEEN' ? inUnit(target.magnitudeHigh ?? target.magnitude, targetUnit) : null;
  const scale = Math.max(PROFILE_SCALE, decimalPlaces(t), decimalPlaces(a), high === null ? 0 : decimalPlaces(high));
  const [T, A, H] = [toScaledBig(t, scale), toScaledBig(a, scale), high === null ? 0n : toScaledBig(high, scale)];
  const conversions = unit === null || stays ? [] : ([[magnitude, ownUnit, a], [target.magnitude, targetUnit, t]] as const)
    .flatMap(([text, from, to]) => (from === null || unitOf(from).scale === '1' ? [] : [{ from: [text, from] as const, to: [to, unit] as const }]));
  if (rule === KERNEL_RULE.DIRECT) {
    const answered = direct(indicator, meets(indicator, T, H, A), null, true);
    return answered.ok ? ok({ ...answered.value, actual: a, target: t, targetHigh: high, unit, conversions }) : answered;
  }
  return ok({
    kernel: { rule, grade: 0, scale, w: toScaledBig(weight, WEIGHT_SCALE), t: T, high: H, a: A },
    actual: a, target: t, targetHigh: high, unit, conversions, compared: false, fromDate: false, graded: null,
  });
}

function isDate(text: string): boolean {
  return /^\d{4}-(?:0[1-9]|1[0-2])$/.test(text) || isDayText(text);
}

function dated(indicator: Indicator, actual: DatedActual, rule: KernelRule, context: ScoringContext): Result<ComparedRow> {
  const { target, name, weight } = indicator;
  if (target.magnitude === null || !isDate(target.magnitude)) return refuse('scoring.target-missing', { name, raw: target.raw });
  if (!isDate(actual.date)) return refuse('scoring.date-needed', { name });
  const [planned, days] = [daysOfYear(context.fiscalYear, target.magnitude), daysOfYear(context.fiscalYear, actual.date)];
  if (rule === KERNEL_RULE.DIRECT) {
    const answered = direct(indicator, days <= planned, null, true);
    return answered.ok ? ok({ ...answered.value, actual: String(days), target: String(planned), unit: '天', fromDate: true }) : answered;
  }
  return ok({
    kernel: { rule: KERNEL_RULE.DATE, grade: 0, scale: PROFILE_SCALE, w: toScaledBig(weight, WEIGHT_SCALE), t: BigInt(planned), high: 0n, a: BigInt(days) },
    actual: String(days), target: String(planned), targetHigh: null, unit: '天', conversions: [], compared: false, fromDate: true, graded: null,
  });
}

/**
 * Brings an answered row into the form the kernel takes: units made equal, dates made days, shares made percent. The kinds that carry
 * no answer (not reported, not applicable, unfinished) are settled before.
 * @returns refusals that say what is missing: a number, a date, an answer, a grade, its share; a unit that measures something else.
 */
export function compareRow(row: ScoringRow, profile: RuleProfile, context: ScoringContext): Result<ComparedRow> {
  const { indicator, actual } = row;
  const { name } = indicator;
  const rule = kernelRuleOf(indicator, profile);
  if (rule === KERNEL_RULE.GRADED) {
    return actual.kind === 'JUDGED' ? graded(indicator, actual.grade, actual.share, profile) : refuse('scoring.grade-missing', { name });
  }
  if (actual.kind === 'ANSWERED' && rule === KERNEL_RULE.DIRECT) return direct(indicator, actual.answer, actual.deduction ?? null, false);
  if (indicator.target.kind === 'DATE') return actual.kind === 'DATED' ? dated(indicator, actual, rule, context) : refuse('scoring.date-needed', { name });
  if (indicator.target.kind === 'QUANT') {
    return actual.kind === 'REPORTED' ? measured(indicator, actual.magnitude, actual.unit, rule) : refuse('scoring.number-needed', { name });
  }
  // A wording scored directly: reached (grade A) or not.
  if (actual.kind === 'JUDGED') return direct(indicator, actual.grade === 'A', null, false);
  return refuse('scoring.answer-needed', { name });
}
