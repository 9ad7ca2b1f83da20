/**
 * 定点整数: exact arithmetic of the hot path. A number of scale s is the integer value·10^s held in a float64; everything below 2^53 is
 * exact there, and whatever might leave that range is done again in BigInt. No float ever stands for a fraction.
 */

/** A positive fraction of two integers in lowest terms: a threshold or a share of a rule profile. */
export interface Fraction {
  readonly n: number;
  readonly d: number;
}

// 2·n + d must stay below 2^53, so both are kept below 2^51.
const SAFE_PRODUCT = 2 ** 51;

/**
 * w·x/y rounded half up for all integers w, x ≥ 0, y > 0 below 2^53: exact where the result is below 2^53 as well. What is larger is no safe integer
 * (`Number.isSafeInteger`), and whoever may come to it asks; points never do, they are a part of w.
 */
export function mulDivRound(w: number, x: number, y: number): number {
  const product = w * x;
  if (product < SAFE_PRODUCT && y < SAFE_PRODUCT) {
    const numerator = 2 * product + y;
    const denominator = 2 * y;
    const quotient = Math.floor(numerator / denominator);
    // The float quotient may be off by one next to a whole number; the remainder tells.
    const remainder = numerator - quotient * denominator;
    return remainder < 0 ? quotient - 1 : remainder >= denominator ? quotient + 1 : quotient;
  }
  const divisor = BigInt(y);
  return Number((2n * BigInt(w) * BigInt(x) + divisor) / (2n * divisor));
}

/** −, 0 or + as a·d compares with n·t: whether the ratio a/t (t > 0) lies below, at or above the fraction n/d. Exact. */
export function compareRatio(a: number, t: number, n: number, d: number): number {
  const left = a * d;
  const right = t * n;
  if (left < SAFE_PRODUCT && right < SAFE_PRODUCT && left > -SAFE_PRODUCT && right > -SAFE_PRODUCT) return left - right;
  const difference = BigInt(a) * BigInt(d) - BigInt(t) * BigInt(n);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const DECIMAL_TEXT = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Digits after the point, trailing zeros not counted: the smallest scale that holds the number. */
export function decimalPlaces(text: string): number {
  const point = text.indexOf('.');
  if (point < 0) return 0;
  let end = text.length;
  while (text.charCodeAt(end - 1) === 48) end -= 1;
  return Math.max(0, end - point - 1);
}

/** Decimal text → value·10^scale as BigInt. @throws RangeError when the text is no decimal or has more places than `scale`. */
export function toScaledBig(text: string, scale: number): bigint {
  const [, sign, whole = '', fraction = ''] = DECIMAL_TEXT.exec(text) ?? [];
  if (sign === undefined || decimalPlaces(text) > scale) throw new RangeError(`${JSON.stringify(text)} is not a decimal of at most ${scale} places`);
  const digits = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  return sign === '-' ? -digits : digits;
}

/**
 * Decimal text with at most `scale` places → value·10^scale. Meant for columns of text from the database: one pass, no allocation.
 * The text must be a plain decimal and the result must stay below 2^53; use {@link toScaledBig} where that is not known.
 */
export function parseScaled(text: string, scale: number): number {
  const length = text.length;
  const negative = text.charCodeAt(0) === 45;
  let value = 0;
  let places = -1;
  for (let i = negative ? 1 : 0; i < length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      places = 0;
      continue;
    }
    if (places === scale) break; // only zeros may follow
    value = value * 10 + (code - 48);
    if (places >= 0) places += 1;
  }
  for (let k = places < 0 ? 0 : places; k < scale; k += 1) value *= 10;
  return negative && value !== 0 ? -value : value;
}

/** value·10^scale → decimal text with exactly `scale` places: hundredths of points to "19.49". */
export function fromScaled(value: number | bigint, scale: number): string {
  const negative = value < 0;
  const digits = (negative ? -BigInt(value) : BigInt(value)).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return negative ? `-${text}` : text;
}

/** Decimal text ≥ 0 → fraction in lowest terms ("0.60" → 3/5). @throws RangeError beyond 2^53. */
export function toFraction(text: string): Fraction {
  const scale = decimalPlaces(text);
  let a = toScaledBig(text, scale);
  let b = 10n ** BigInt(scale);
  const [n, d] = [a, b];
  while (b !== 0n) [a, b] = [b, a % b];
  const fraction = a === 0n ? { n: 0, d: 1 } : { n: Number(n / a), d: Number(d / a) };
  if (!Number.isSafeInteger(fraction.n) || !Number.isSafeInteger(fraction.d)) throw new RangeError(`${text} has too many digits for a parameter`);
  return fraction;
}
