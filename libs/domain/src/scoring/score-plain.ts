import { mulDivRound } from '../scaled';
import type { CompiledProfile } from './compiled-profile';
import { KERNEL_FLAG, KERNEL_RULE, type KernelRule, rowFlags, rowPoints } from './kernel';
import { LEAN_BIT } from './lean-flags';

/** A number against a number in the same unit, as whole numbers. Reused from row to row: a region has millions. */
export interface PlainRow {
  rule: KernelRule;
  /** `>` or `<`: exactly equal is worth a word. */
  isStrict: boolean;
  /** Weight in hundredths of a point. */
  w: number;
  /** Target, upper bound of an INTERVAL (else 0) and actual at the profile's scale. */
  t: number;
  high: number;
  a: number;
}

/** What such a row earns. Rates are hundredths of a percent, NaN where they have no meaning. */
export interface PlainScore {
  points: number;
  attainmentRate: number;
  deviationRate: number;
  /** Bits of {@link LEAN_FLAGS}. */
  flags: number;
  explanationOwed: boolean;
}

// A rate beyond that does not fit a float; it is somebody's slip of the keyboard anyway.
const LARGEST_RATE = 1e9;

/** The kernel's bits in the order of {@link LEAN_FLAGS}, for every value of its byte. */
const KERNEL_BITS: readonly number[] = Array.from({ length: 256 }, (_, bits) =>
  (Object.keys(KERNEL_FLAG) as (keyof typeof KERNEL_FLAG)[]).reduce((all, name) => ((bits & KERNEL_FLAG[name]) === 0 ? all : all | LEAN_BIT[name]), 0));

/**
 * Scores one plain row into `out`: points and rates of the rules taken here are ratios, which no conversion to a base unit changes.
 * @param owesBelowWeight whether the profile asks for a reason where points are below the weight.
 * @returns false when a rate would be too large for whole numbers in a float: the row must be scored in words.
 */
export function scorePlain({ rule, isStrict, w, t, high, a }: PlainRow, k: CompiledProfile, owesBelowWeight: boolean, out: PlainScore): boolean {
  const isInterval = rule === KERNEL_RULE.INTERVAL;
  const least = isInterval ? Math.min(Math.abs(t), Math.abs(high)) : Math.abs(t);
  if (least > 0 && Math.abs(a) / least > LARGEST_RATE) return false;
  const points = rowPoints(rule, 0, w, t, high, a, k);
  let flags = KERNEL_BITS[rowFlags(rule, w, t, a, points, k)] as number;
  if (isStrict && a === t) flags |= LEAN_BIT.STRICT_EQUAL;
  out.points = points;
  out.flags = flags;
  out.explanationOwed = (flags & LEAN_BIT.OVER) !== 0 || (owesBelowWeight && points < w);
  out.attainmentRate = isInterval || t <= 0 ? NaN : percent(a, t);
  out.deviationRate = t === 0 ? NaN : isInterval ? distance(a, t, high) : percent(a - t, Math.abs(t));
  return true;
}

/** x/y in hundredths of a percent, rounded half away from zero; y > 0. */
function percent(x: number, y: number): number {
  return x < 0 ? -mulDivRound(10_000, -x, y) : mulDivRound(10_000, x, y);
}

/** How far outside an interval, in percent of the bound it missed. */
function distance(a: number, low: number, high: number): number {
  if (a >= low && a <= high) return 0;
  const bound = a < low ? low : high;
  return bound > 0 ? percent(a - bound, bound) : NaN;
}
