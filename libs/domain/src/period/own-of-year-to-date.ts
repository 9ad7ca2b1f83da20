import type { Actual, ReportedActual } from '../actual/actual';
import { isImpossiblyNegative, rateOfParts } from '../actual/parse-actual';
import { addDecimal, compareDecimal, type DecimalText, subtractDecimal } from '../decimal';
import { convertMagnitude } from '../quantity/quantity';
import { ok, refuse, type Result } from '../result';
import type { Indicator } from '../target-table/indicator';

interface Spoken {
  readonly actual: ReportedActual;
  /** In the unit of the row. */
  readonly magnitude: DecimalText;
}

/**
 * What a period alone must have reached, so that with the earlier periods of its year it makes the value a form prints for the year so far:
 * the inverse of `accumulateActuals`. Silent earlier periods count for nothing there, and so here.
 * @param earlier one entry a period before this one, in order; null where nothing was said
 * @returns the value of the period; refusals `actual.less-than-before` (the year so far would have shrunk), `actual.reached-before` (the longest
 *   or shortest so far is that of an earlier period: of this one the form says nothing), and those of unit conversion
 */
export function ownOfYearToDate(
  indicator: Pick<Indicator, 'name' | 'target' | 'accumulation'>, earlier: readonly (Actual | null)[], yearToDate: Actual,
): Result<Actual> {
  if (yearToDate.kind !== 'REPORTED') return ok(yearToDate);
  const { unit } = indicator.target;
  const before: Spoken[] = [];
  for (const actual of earlier) {
    if (actual?.kind !== 'REPORTED') continue;
    const converted = convertMagnitude(actual.magnitude, actual.unit ?? unit, unit);
    if (!converted.ok) return converted;
    before.push({ actual, magnitude: converted.value });
  }
  if (before.length === 0) return ok(yearToDate);
  const now = convertMagnitude(yearToDate.magnitude, yearToDate.unit ?? unit, unit);
  if (!now.ok) return now;
  const sum = addDecimal(...before.map((one) => one.magnitude));
  switch (indicator.accumulation) {
    case 'LAST':
    case 'MANUAL':
      return ok(yearToDate);
    case 'SUM': {
      const magnitude = subtractDecimal(now.value, sum);
      return isImpossiblyNegative(magnitude, indicator) ? shrunk(indicator, now.value, sum) : ok({ kind: 'REPORTED', magnitude, unit: unit ?? yearToDate.unit });
    }
    case 'MAX':
    case 'MIN': {
      const sign = indicator.accumulation === 'MAX' ? 1 : -1;
      const furthest = before.reduce((best, one) => (compareDecimal(one.magnitude, best) === sign ? one.magnitude : best), (before[0] as Spoken).magnitude);
      const order = compareDecimal(now.value, furthest) * sign;
      if (order > 0) return ok(yearToDate);
      return order < 0 ? shrunk(indicator, now.value, furthest) : refuse('actual.reached-before', { name: indicator.name, value: furthest + (unit ?? '') });
    }
    case 'RATIO':
    case 'SURVEY':
      return withoutEarlierParts(indicator, before, yearToDate);
  }
}

/** Parts are taken off where everybody knows them; elsewhere the latest percentage stands for the year, and so the printed one is the period's. */
function withoutEarlierParts(indicator: Pick<Indicator, 'name' | 'target'>, before: readonly Spoken[], yearToDate: ReportedActual): Result<Actual> {
  const { numerator, denominator } = yearToDate;
  const alone: Actual = { kind: 'REPORTED', magnitude: yearToDate.magnitude, unit: yearToDate.unit };
  const numerators = before.flatMap(({ actual }) => actual.numerator ?? []);
  const denominators = before.flatMap(({ actual }) => actual.denominator ?? []);
  if (numerator == null || denominator == null || numerators.length < before.length || denominators.length < before.length) return ok(alone);
  const [above, below] = [subtractDecimal(numerator, addDecimal(...numerators)), subtractDecimal(denominator, addDecimal(...denominators))];
  if (compareDecimal(above, '0') < 0 || compareDecimal(below, '0') < 0) return shrunk(indicator, `${numerator}/${denominator}`, `${addDecimal(...numerators)}/${addDecimal(...denominators)}`, '');
  if (compareDecimal(below, '0') === 0) return ok(alone);
  return ok({ kind: 'REPORTED', magnitude: rateOfParts(above, below, indicator.target.unit), unit: indicator.target.unit ?? yearToDate.unit, numerator: above, denominator: below });
}

function shrunk({ name, target }: Pick<Indicator, 'name' | 'target'>, now: string, before: string, unit = target.unit ?? ''): ReturnType<typeof refuse> {
  return refuse('actual.less-than-before', { name, now: now + unit, before: before + unit });
}
