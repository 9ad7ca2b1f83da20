import { type DecimalText, type Quantity, type Result, aroundStroke, canBeShareOf, compareDecimal, convertMagnitude, countsByTens, ok, parseQuantity, refuse, sameDimension, toBaseMagnitude, unitOf } from '@jiheng/domain';
import { type Rational, divide, fromDecimal, multiply, toDecimal } from './rational';

/** Of a part so much stands in a sentence. */
const LONGEST_SHOWN = 40;

/** Numerator and denominator: as a source wrote them, or as the numbers they are. */
export interface Parts {
  readonly numerator: string;
  readonly denominator: string;
}

/** What two parts make, in the unit of the row, and the parts whose quotient the domain compares with it (`partsFit`). */
export interface Quotient extends Parts {
  readonly magnitude: DecimalText;
}

/** Parts for a formula, which alone knows what they mean: each its bare number, in base units where it has a unit (26.4万人 is 264000). */
export function countParts({ numerator, denominator }: Parts): Result<Parts> {
  const [over, under] = [parseQuantity(numerator, null), parseQuantity(denominator, null)];
  if (!over.ok) return over;
  return under.ok ? ok({ numerator: baseOf(over.value), denominator: baseOf(under.value) }) : under;
}

/**
 * Numerator ÷ denominator without a formula, in exact fractions; a quotient without an end is rounded as that of a formula is. A rate divides what is counted alike. An amount is so much of what stands
 * above the stroke of its unit by so much of what stands below it, and a part without a unit counts in that of the binding.
 * @param unit unit of the binding
 * @param own unit of the row; null where it has none and the value is told in that of the binding
 */
export function divideParts(written: Parts, unit: string | null, own: string | null): Result<Quotient> {
  // Of what measures different things the conversion says so.
  const fits = convertMagnitude('0', unit, own);
  if (!fits.ok) return fits;
  const [over, under] = [parseQuantity(written.numerator, null), parseQuantity(written.denominator, null)];
  if (!over.ok) return over;
  if (!under.ok) return under;
  if (compareDecimal(under.value.magnitude, '0') === 0) return refuse('pull.formula-by-zero', { formula: '分子 / 分母', formulaEn: 'numerator / denominator' });
  const told = own ?? unit;
  switch (unit === null ? 'number' : unitOf(unit).dimension) {
    case 'ratio': return rateOf(written, over.value, under.value, told, '100');
    case 'multiple': return rateOf(written, over.value, under.value, told, '1');
    case 'number': return ok(numberOf(over.value, under.value, unit, told));
    default: return amountOf(written, under.value, over.value.unit, unit ?? '', told ?? '');
  }
}

/**
 * A rate is so many of so many: money over households is none, however the numbers look. A part without a unit is counted like the other one.
 * @param whole the whole in base units of the rate: a hundred per cent, or once
 */
function rateOf(written: Parts, over: Quantity, under: Quantity, told: string | null, whole: DecimalText): Result<Quotient> {
  if (!isBare(over) && !isBare(under) && !canBeShareOf(over.unit ?? '', under.unit ?? '')) return refuse('pull.parts-mixed', { ...shownOf(written), unit: told ?? '' });
  const [numerator, denominator] = [baseOf(over), baseOf(under)];
  const share = by(fromDecimal(numerator), fromDecimal(denominator));
  return ok({ magnitude: toDecimal(by(multiply(share, fromDecimal(whole)), scaleOf(told))), numerator, denominator });
}

/** A row that is measured in no thing takes the number of any: 950000人 by 10人 are 9.5 where it counts in 万. */
function numberOf(over: Quantity, under: Quantity, unit: string | null, told: string | null): Quotient {
  const above = over.unit === null ? multiply(fromDecimal(over.magnitude), scaleOf(unit)) : fromDecimal(baseOf(over));
  const below = fromDecimal(baseOf(under));
  return { magnitude: toDecimal(by(by(above, below), scaleOf(told))), numerator: toDecimal(by(above, scaleOf(told))), denominator: toDecimal(below) };
}

function amountOf(written: Parts, under: Quantity, overUnit: string | null, unit: string, told: string): Result<Quotient> {
  // An amount per head by a bare number stays one; any other numerator is of what stands above the stroke.
  const isPerHead = isBare(under) && overUnit !== null && sameDimension(overUnit, unit);
  const [counted, kept] = [unit, told].map((one) => (isPerHead ? { above: one, below: null } : aroundStroke(one))) as [Around, Around];
  const above = baseIn(written.numerator, counted.above);
  const below = counted.below === null ? countOf(under, counted.above) : baseIn(written.denominator, counted.below);
  if (above === null || below === null) return refuse('pull.parts-other-kind', { ...shownOf(written), unit: told });
  const quotient = by(by(above, scaleOf(counted.above)), by(below, scaleOf(counted.below)));
  return ok({
    magnitude: toDecimal(by(multiply(quotient, scaleOf(unit)), scaleOf(told))), numerator: toDecimal(by(above, scaleOf(kept.above))), denominator: toDecimal(by(below, scaleOf(kept.below))),
  });
}

/** Parts for a sentence, where prose behind a number is cut. */
function shownOf({ numerator, denominator }: Parts): Parts & Readonly<Record<string, string>> {
  const cut = (written: string): string => (written.length <= LONGEST_SHOWN ? written : `${written.slice(0, LONGEST_SHOWN - 1)}…`);
  return { numerator: cut(numerator), denominator: cut(denominator) };
}

type Around = ReturnType<typeof aroundStroke>;

/** A part that must be of one kind, in base units; null where it is of another. */
function baseIn(written: string, unit: string): Rational | null {
  const quantity = parseQuantity(written, unit);
  return quantity.ok ? fromDecimal(baseOf(quantity.value)) : null;
}

/**
 * By how many an amount is divided whose unit does not say by what; null where the quotient would be no such amount: money by money is a number, money by a rate other money. People by people may be
 * so many for each helper.
 */
function countOf(under: Quantity, above: string): Rational | null {
  if (under.unit === null) return fromDecimal(under.magnitude);
  const { dimension, isCounted } = unitOf(under.unit);
  if (dimension === 'ratio' || (sameDimension(under.unit, above) && !isCounted)) return null;
  // Two years are two, and not twenty-four.
  return fromDecimal(countsByTens(under.unit) ? baseOf(under) : under.magnitude);
}

/** Whether a number counts no thing in particular: 264000, and 26.4万 too. */
function isBare({ unit }: Quantity): boolean {
  return unit === null || unitOf(unit).dimension === 'number';
}

function baseOf({ magnitude, unit }: Quantity): DecimalText {
  return toBaseMagnitude(magnitude, unit);
}

function scaleOf(unit: string | null): Rational {
  return fromDecimal(unit === null ? '1' : unitOf(unit).scale);
}

/** Of a divisor that is known not to be zero: scales never are, and a denominator was looked at. */
function by(a: Rational, b: Rational): Rational {
  const quotient = divide(a, b);
  if (quotient === null) throw new RangeError('a part is divided by zero');
  return quotient;
}
