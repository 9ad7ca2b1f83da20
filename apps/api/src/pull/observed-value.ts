import { type Actual, type Indicator, type Result, convertMagnitude, ok, parseActualText, parseQuantity } from '@jiheng/domain';

/**
 * What a source said, as an actual of the row. A bare number takes the unit of the mapping (the source counts persons, the form 万人);
 * the value is then told in the unit of the row. Digits that need no conversion stay as the source wrote them: 96.10 is a figure taken to two
 * places, 96.1 is not. Never guesses: what cannot be read is refused.
 */
export function readObserved(verbatim: string, mappedUnit: string, indicator: Indicator): Result<Actual> {
  if (indicator.target.kind !== 'QUANT') return parseActualText(verbatim, indicator);
  const quantity = parseQuantity(verbatim, mappedUnit === '' ? indicator.target.unit : mappedUnit);
  if (!quantity.ok) return quantity;
  const { magnitude, unit } = quantity.value;
  const own = indicator.target.unit;
  if (unit === own || unit === null || own === null) return ok({ kind: 'REPORTED', magnitude, unit: own ?? unit });
  const converted = convertMagnitude(magnitude, unit, own);
  return converted.ok ? ok({ kind: 'REPORTED', magnitude: converted.value, unit: own }) : converted;
}
