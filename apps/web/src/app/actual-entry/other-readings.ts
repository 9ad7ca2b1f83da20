import {
  type Actual, type Finding, type Indicator, compareDecimal, divideDecimal, findUnit, formatQuantity, multiplyDecimal, normalizeDecimal, toBaseMagnitude,
} from '@jiheng/domain';

/** A number within this factor of its target needs no question. */
const PLAUSIBLE_FACTOR = '5';
/** Slips people make: a fraction for a percentage, 人 for 万人, a lost or doubled point. */
const FACTORS = ['100', '10000', '0.01', '0.0001', '10', '0.1', '1000', '0.001'] as const;

/**
 * What else an implausible number may have meant, as texts for the cell, the likeliest first, at most two. They are offered beside what
 * was typed; a person chooses, nothing is converted by itself. Empty when nothing likely is found.
 */
export function otherReadings(actual: Actual, indicator: Indicator, warnings: readonly Finding[]): readonly string[] {
  const { magnitude: target, unit: targetUnit } = indicator.target;
  if (warnings.length === 0 || actual.kind !== 'REPORTED' || target === null) return [];
  const unit = actual.unit ?? targetUnit;
  const goal = toBaseMagnitude(target, targetUnit);
  const texts: string[] = [];
  const offer = (magnitude: string, symbol: string | null): void => {
    if (texts.length < 2 && isNear(toBaseMagnitude(magnitude, symbol), goal)) texts.push(formatQuantity(normalizeDecimal(magnitude), symbol));
  };
  // The same digits in the unit below: 264000 in a cell of 万人 are persons.
  const base = unit === null ? null : findUnit(unit.replace(/^(?:万|千|百万|亿)(?=.)/u, ''));
  if (base !== null && base.symbol !== unit) offer(actual.magnitude, base.symbol);
  for (const factor of FACTORS) offer(multiplyDecimal(actual.magnitude, factor), unit);
  return texts;
}

function isNear(a: string, goal: string): boolean {
  if (compareDecimal(a, '0') <= 0 || compareDecimal(goal, '0') <= 0) return false;
  return compareDecimal(a, multiplyDecimal(goal, PLAUSIBLE_FACTOR)) <= 0 && compareDecimal(a, divideDecimal(goal, PLAUSIBLE_FACTOR, 20)) >= 0;
}
