import { Decimal } from 'decimal.js';

/** An exact decimal number as text: optional minus, digits, optional point and digits. Never an exponent, never a separator. */
export type DecimalText = string;

const SHORTEST = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])$/;
const DECIMAL_TEXT = /^-?\d+(?:\.\d+)?$/;

// toString never turns to exponents, and sums and products of any admissible length stay exact (inputs have at most 30 digits).
const Exact = Decimal.clone({ precision: 2000, rounding: Decimal.ROUND_HALF_UP, toExpPos: 9e15, toExpNeg: -9e15 });

// Sums and comparisons of ordinary amounts are done in whole millionths, which float64 holds exactly; longer numbers are left to the library.
const PLACES = 6;
const MILLIONTHS = 1_000_000;
const LONGEST_WHOLE = 9;

/** The number in millionths; null when it has too many digits for that or is no decimal text. */
function inMillionths(text: DecimalText): number | null {
  const isNegative = text.charCodeAt(0) === 0x2d;
  let digits = 0;
  let places = -1;
  for (let at = isNegative ? 1 : 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) {
      digits = digits * 10 + code - 0x30;
      if (places >= 0) places += 1;
      else if (at > LONGEST_WHOLE - 1) return null;
    } else if (code === 0x2e && places < 0 && at > (isNegative ? 1 : 0)) places = 0;
    else return null;
  }
  if (places === 0 || places > PLACES || text.length === (isNegative ? 1 : 0)) return null;
  for (let left = PLACES - Math.max(0, places); left > 0; left -= 1) digits *= 10;
  return isNegative ? -digits : digits;
}

/** Millionths as the shortest decimal text. */
function fromMillionths(value: number): DecimalText {
  const size = Math.abs(value);
  const fraction = size % MILLIONTHS;
  const whole = `${value < 0 ? '-' : ''}${(size - fraction) / MILLIONTHS}`;
  return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(PLACES, '0').replace(/0+$/, '')}`;
}

/** Whether `text` is a {@link DecimalText}. */
export function isDecimalText(text: string): text is DecimalText {
  return DECIMAL_TEXT.test(text);
}

function read(text: DecimalText): Decimal {
  if (!DECIMAL_TEXT.test(text)) throw new TypeError(`not a decimal text: ${JSON.stringify(text)}`);
  return new Exact(text);
}

function write(value: Decimal): DecimalText {
  return value.isZero() ? '0' : value.toString();
}

/** The shortest spelling of the same number: "026.10" becomes "26.1", "-0.00" becomes "0". */
export function normalizeDecimal(text: DecimalText): DecimalText {
  // Most numbers are in their shortest spelling already.
  return SHORTEST.test(text) ? text : write(read(text));
}

/** −1, 0 or 1: order of the numbers, whatever their spelling ("26.10" equals "26.1"). */
export function compareDecimal(a: DecimalText, b: DecimalText): -1 | 0 | 1 {
  const [left, right] = [inMillionths(a), inMillionths(b)];
  if (left !== null && right !== null) return left < right ? -1 : left > right ? 1 : 0;
  return Math.sign(read(a).comparedTo(read(b))) as -1 | 0 | 1;
}

/** Exact sum; of nothing it is "0". */
export function addDecimal(...terms: readonly DecimalText[]): DecimalText {
  let quick = 0;
  for (const term of terms) {
    const value = inMillionths(term);
    if (value === null || !Number.isSafeInteger(quick + value)) return addAtLength(terms);
    quick += value;
  }
  return fromMillionths(quick);
}

function addAtLength(terms: readonly DecimalText[]): DecimalText {
  return write(terms.reduce((sum, term) => sum.plus(read(term)), new Exact(0)));
}

/** Exact a − b. */
export function subtractDecimal(a: DecimalText, b: DecimalText): DecimalText {
  return write(read(a).minus(read(b)));
}

/** Exact product; of nothing it is "1". */
export function multiplyDecimal(...factors: readonly DecimalText[]): DecimalText {
  return write(factors.reduce((product, factor) => product.times(read(factor)), new Exact(1)));
}

/** The number without its sign. */
export function absoluteDecimal(a: DecimalText): DecimalText {
  return write(read(a).abs());
}

// Quotients are cut (not rounded) one place beyond what is asked for; rounding half up afterwards is then exact.
const dividers = new Map<number, typeof Decimal>();
function dividerOf(digits: number): typeof Decimal {
  const precision = Math.ceil(digits / 16) * 16;
  let divider = dividers.get(precision);
  if (divider === undefined) {
    divider = Decimal.clone({ precision, rounding: Decimal.ROUND_DOWN, toExpPos: 9e15, toExpNeg: -9e15 });
    dividers.set(precision, divider);
  }
  return divider;
}

/**
 * a ÷ b rounded half up (away from zero) to `places` decimals, trailing zeros dropped.
 * @throws RangeError when b is zero: whether that has a meaning is for the caller to decide.
 */
export function divideDecimal(a: DecimalText, b: DecimalText, places: number): DecimalText {
  const dividend = read(a);
  const divisor = read(b);
  if (divisor.isZero()) throw new RangeError(`division of ${a} by zero`);
  const Divider = dividerOf(Math.max(dividend.e - divisor.e + 1, 1) + places + 3);
  return write(new Divider(dividend).dividedBy(divisor).toDecimalPlaces(places, Decimal.ROUND_HALF_UP));
}

/** Rounded half up (away from zero) and printed with exactly `places` decimals: roundHalfUp("9.375", 2) is "9.38". */
export function roundHalfUp(text: DecimalText, places: number): DecimalText {
  const rounded = write(read(text).toDecimalPlaces(places, Decimal.ROUND_HALF_UP));
  const [whole = '0', fraction = ''] = rounded.split('.');
  return places === 0 ? whole : `${whole}.${fraction.padEnd(places, '0')}`;
}
