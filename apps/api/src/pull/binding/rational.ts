import { type DecimalText, divideDecimal } from '@jiheng/domain';

/** An exact fraction of whole numbers; the denominator is above zero and shares no factor with the numerator. */
export interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

/** Decimals that a result keeps when it has no end (a third): rounded half up. Results that end are exact, however long. */
export const ENDLESS_PLACES = 10;
/** Digits a finite result may have behind the point; a longer one is rounded like an endless one. */
const LONGEST_EXACT = 40;

function rational(over: bigint, under: bigint): Rational {
  const sign = under < 0n ? -1n : 1n;
  const shared = commonFactor(over < 0n ? -over : over, under * sign);
  return { over: (sign * over) / shared, under: (under * sign) / shared };
}

function commonFactor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

/** A decimal text (also with an exponent, as libraries print very long ones) as a fraction. @throws SyntaxError when it is no number */
export function fromDecimal(text: string): Rational {
  const [, sign, whole, part = '', power = '0'] = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/iu.exec(text) ?? [];
  if (whole === undefined) throw new SyntaxError(`${text} is no decimal number`);
  const scale = Number(power) - part.length;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${part}`);
  return scale >= 0 ? rational(digits * 10n ** BigInt(scale), 1n) : rational(digits, 10n ** BigInt(-scale));
}

export const add = (a: Rational, b: Rational): Rational => rational(a.over * b.under + b.over * a.under, a.under * b.under);
export const negate = (a: Rational): Rational => ({ over: -a.over, under: a.under });
export const multiply = (a: Rational, b: Rational): Rational => rational(a.over * b.over, a.under * b.under);
/** @returns null when b is zero */
export const divide = (a: Rational, b: Rational): Rational | null => (b.over === 0n ? null : rational(a.over * b.under, a.under * b.over));
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** Rounded half up (away from zero) to a number of decimals. */
export function round(a: Rational, places: number): Rational {
  const scale = 10n ** BigInt(places);
  const size = a.over < 0n ? -a.over : a.over;
  const doubled = (2n * size * scale + a.under) / (2n * a.under);
  return rational(a.over < 0n ? -doubled : doubled, scale);
}

/** The fraction as decimal text: exact where it ends, else rounded half up to {@link ENDLESS_PLACES}. */
export function toDecimal(a: Rational): DecimalText {
  let [rest, twos, fives] = [a.under, 0, 0];
  while (rest % 2n === 0n) { rest /= 2n; twos += 1; }
  while (rest % 5n === 0n) { rest /= 5n; fives += 1; }
  const ends = rest === 1n && Math.max(twos, fives) <= LONGEST_EXACT;
  return divideDecimal(String(a.over), String(a.under), ends ? Math.max(twos, fives) : ENDLESS_PLACES);
}
