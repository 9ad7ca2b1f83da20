import { compareDecimal, type DecimalText, divideDecimal, multiplyDecimal } from '../decimal';
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
