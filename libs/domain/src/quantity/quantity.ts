import { type DecimalText, compareDecimal, divideDecimal, multiplyDecimal, normalizeDecimal } from '../decimal';
import { type Result, ok, refuse } from '../result';
import { unitOf } from './unit';

/** 数量: a magnitude and its unit, inseparable. `unit` null: a bare number. */
export interface Quantity {
  readonly magnitude: DecimalText;
  readonly unit: string | null;
}

/** Places kept where a conversion does not come out even (小时 → 天); comparisons use base units and are never affected. */
const CONVERSION_PLACES = 40;

/** The magnitude counted in base units, exact: 26.4 万人 is 264000 (人). A bare number is its own base. */
export function toBaseMagnitude(magnitude: DecimalText, unitSymbol: string | null): DecimalText {
  return unitSymbol === null ? multiplyDecimal(magnitude) : multiplyDecimal(magnitude, unitOf(unitSymbol).scale);
}

/**
 * The same quantity in another unit: 264000 人 in 万人 is 26.4. Exact whenever the result is a finite decimal of at most 40 places,
 * otherwise half up at 40 places. A bare number on either side takes the other's unit.
 * @returns refusal `quantity.unit-mismatch` when the two measure different things.
 */
export function convertMagnitude(magnitude: DecimalText, from: string | null, to: string | null): Result<DecimalText> {
  if (from === null || to === null || from === to) return ok(normalizeDecimal(magnitude));
  const source = unitOf(from);
  const goal = unitOf(to);
  if (source.dimension !== goal.dimension) return refuse('quantity.unit-mismatch', { unit: from, expected: to });
  if (source.scale === goal.scale) return ok(normalizeDecimal(magnitude));
  return ok(divideDecimal(multiplyDecimal(magnitude, source.scale), goal.scale, CONVERSION_PLACES));
}

/** −1, 0 or 1 in base units. @returns refusal `quantity.unit-mismatch` when the two cannot be compared. */
export function compareQuantities(a: Quantity, b: Quantity): Result<-1 | 0 | 1> {
  if (a.unit !== null && b.unit !== null && unitOf(a.unit).dimension !== unitOf(b.unit).dimension) {
    return refuse('quantity.unit-mismatch', { unit: a.unit, expected: b.unit });
  }
  return ok(compareDecimal(toBaseMagnitude(a.magnitude, a.unit ?? b.unit), toBaseMagnitude(b.magnitude, b.unit ?? a.unit)));
}
