import { absoluteDecimal, addDecimal, compareDecimal, type DecimalText, divideDecimal, multiplyDecimal, subtractDecimal } from '../decimal';
import { toBaseMagnitude } from '../quantity/quantity';
import { formatQuantity, printedUnit } from '../quantity/format-quantity';
import { sameDimension, unitOf } from '../quantity/unit';
import type { Indicator } from '../target-table/indicator';
import type { Finding } from '../checks/finding';
import { aFinding } from '../checks/findings';
import { formatTarget } from '../target-table/format-target';
import type { Actual } from './actual';
import { isImpossiblyNegative } from './parse-actual';

/** At or below this part of its target a number was probably typed in the wrong unit (a fraction for a percentage, 人 in a cell of 万人). */
export const SUSPICIOUSLY_SMALL = 50;
/** At or beyond this multiple of its target a number was probably typed in the wrong unit. */
export const SUSPICIOUSLY_LARGE = 50;

/** A value may leave last year's range by this part of its ends before anybody is asked: a service that grows by a tenth is no slip. */
export const LAST_YEAR_MARGIN = '0.2';

/**
 * Is the value outside what last year's periods reported, widened by a fifth at both ends? A warning and never more: last year may have been the
 * odd one. Zero is judged like any value; rows that are no number, or had none last year, are not judged.
 * @param lastYear the actuals of the same row in the periods of the year before
 */
export function outsideLastYear(actual: Actual, lastYear: readonly Actual[], indicator: Pick<Indicator, 'name' | 'target'>): readonly Finding[] {
  const { target, name } = indicator;
  if (actual.kind !== 'REPORTED' || target.kind !== 'QUANT') return [];
  const own = actual.unit ?? target.unit;
  const known: { readonly base: DecimalText; readonly shown: string }[] = [];
  for (const one of lastYear) {
    if (one.kind !== 'REPORTED') continue;
    const unit = one.unit ?? target.unit;
    if ((unit === null) !== (own === null) || (unit !== null && own !== null && !sameDimension(unit, own))) continue;
    known.push({ base: toBaseMagnitude(one.magnitude, unit), shown: formatQuantity(one.magnitude, unit) });
  }
  known.sort((a, b) => compareDecimal(a.base, b.base));
  const [low, high] = [known[0], known.at(-1)];
  if (low === undefined || high === undefined) return [];
  const value = toBaseMagnitude(actual.magnitude, own);
  const below = compareDecimal(value, subtractDecimal(low.base, multiplyDecimal(absoluteDecimal(low.base), LAST_YEAR_MARGIN))) < 0;
  const above = compareDecimal(value, addDecimal(high.base, multiplyDecimal(absoluteDecimal(high.base), LAST_YEAR_MARGIN))) > 0;
  if (!below && !above) return [];
  const range = low.shown === high.shown ? low.shown : `${low.shown}–${high.shown}`;
  return [aFinding('outside-last-year', 'WARN', { name, range }, { expected: range, found: formatQuantity(actual.magnitude, own) })];
}

/**
 * What looks like a slip of the pen: the value is taken as it is, and the person is asked. Never converts. Against the target T > 0,
 * in base units: 0 < A ≤ T/50 is `about-one-hundredth` — or `looks-like-fraction` when the row is in % and A ≤ 1 (0.95 for ≥95%);
 * A ≥ 50·T is `hundred-times`. Both bounds are included. Zero is a value and never suspicious. `negative-count` is a value that cannot be.
 */
export function plausibility(actual: Actual, indicator: Pick<Indicator, 'name' | 'target'>): readonly Finding[] {
  const { target, name } = indicator;
  if (actual.kind !== 'REPORTED' || target.kind !== 'QUANT' || target.magnitude === null) return [];
  const unit = actual.unit ?? target.unit;
  if (unit !== null && target.unit !== null && !sameDimension(unit, target.unit)) {
    return [aFinding('Q-U1', 'ERROR', { name }, { expected: target.unit, found: unit })];
  }
  const shown = formatQuantity(actual.magnitude, unit);
  const against = { expected: formatTarget(target), found: shown };
  if (isImpossiblyNegative(actual.magnitude, indicator)) return [aFinding('negative-count', 'WARN', { name }, against)];
  const a = toBaseMagnitude(actual.magnitude, unit);
  const t = toBaseMagnitude(target.magnitude, target.unit);
  if (compareDecimal(t, '0') <= 0 || compareDecimal(a, '0') <= 0) return [];
  if (compareDecimal(multiplyDecimal(a, String(SUSPICIOUSLY_SMALL)), t) <= 0) {
    if (unit !== null && unitOf(unit).symbol === '%' && compareDecimal(actual.magnitude, '1') <= 0) {
      const percent = formatQuantity(multiplyDecimal(actual.magnitude, '100'), unit);
      return [aFinding('looks-like-fraction', 'WARN', { name, percent }, against)];
    }
    return [aFinding('about-one-hundredth', 'WARN', { name, times: timesOf(t, a), unit: printedUnit(target.unit) }, against)];
  }
  // A range is measured by its upper end.
  const ceiling = target.magnitudeHigh === null ? t : toBaseMagnitude(target.magnitudeHigh, target.unit);
  if (compareDecimal(a, multiplyDecimal(ceiling, String(SUSPICIOUSLY_LARGE))) >= 0) {
    return [aFinding('hundred-times', 'WARN', { name, times: timesOf(a, ceiling), unit: printedUnit(target.unit) }, against)];
  }
  return [];
}

function timesOf(large: DecimalText, small: DecimalText): DecimalText {
  return divideDecimal(large, small, 0);
}
