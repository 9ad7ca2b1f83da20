import { KERNEL_FLAG, KERNEL_RULE } from './kernel';
import { afterOverDeduction } from './rules/over-completion';
import type { CompiledBands, CompiledProfile } from './compiled-profile';

// Sums beyond 90 billion yuan counted in hundredths of a cent leave the exact range of a float. Such a row is scored here: the same law
// in integers without limit. A property test holds both equal, and this one is the plain statement the fast one is judged by.

function mulDivRoundBig(w: bigint, x: bigint, y: bigint): bigint {
  return (2n * w * x + y) / (2n * y);
}

function fraction(bands: CompiledBands, i: number): readonly [bigint, bigint] {
  return [BigInt(bands.n[i] as number), BigInt(bands.d[i] as number)];
}

function reverse(w: bigint, t: bigint, a: bigint, linear: boolean): bigint {
  if (a <= t) return w;
  if (t <= 0n) return 0n;
  if (!linear) return mulDivRoundBig(w, t, a);
  return 2n * t <= a ? 0n : mulDivRoundBig(w, 2n * t - a, t);
}

/** {@link rowPoints} for integers of any size; `a` null: not reported. */
export function rowPointsBig(
  rule: number, grade: number, w: bigint, t: bigint, high: bigint, a: bigint | null, k: CompiledProfile,
): bigint {
  if (a === null) return 0n;
  const n = BigInt(k.passN);
  const d = BigInt(k.passD);
  switch (rule) {
    case KERNEL_RULE.POSITIVE:
      if (a >= t) return w;
      if (t <= 0n || a <= 0n || a * d < n * t) return 0n;
      if (!k.passAbove || n === 0n) return mulDivRoundBig(w, a, t);
      return n >= d ? 0n : mulDivRoundBig(w, a * d - n * t, (d - n) * t);
    case KERNEL_RULE.NEGATIVE: return reverse(w, t, a, k.reverseLinear);
    case KERNEL_RULE.POINT: {
      const size = t < 0n ? -t : t;
      const miss = a > t ? a - t : t - a;
      return miss === 0n ? w : miss >= size ? 0n : mulDivRoundBig(w, size - miss, size);
    }
    case KERNEL_RULE.GRADED: {
      const low = BigInt(k.gradeLow[grade] as number);
      const top = BigInt(k.gradeHigh[grade] as number);
      return mulDivRoundBig(w, a < low ? low : a > top ? top : a, BigInt(k.gradeFull));
    }
    case KERNEL_RULE.SATISFACTION: {
      if (k.satisfactionBanded) {
        const bands = k.satisfactionBands;
        for (let i = 0; i < bands.count; i += 1) if (a >= BigInt(bands.from[i] as number)) return mulDivRoundBig(w, ...fraction(bands, i));
        return 0n;
      }
      if (a >= t) return w;
      const floor = k.satisfactionZeroBelow;
      return (floor !== -Infinity && a < BigInt(floor)) || a <= 0n || t <= 0n ? 0n : mulDivRoundBig(w, a, t);
    }
    case KERNEL_RULE.EXECUTION: {
      if (t <= 0n) return 0n;
      if (!k.executionBanded) return a <= 0n ? 0n : a >= t ? w : mulDivRoundBig(w, a, t);
      const bands = k.executionBands;
      for (let i = 0; i < bands.count; i += 1) {
        const [boundN, boundD] = fraction(bands, i);
        const earns = BigInt(bands.earns[i] as number);
        if (a * boundD >= t * boundN) return earns < w ? earns : w;
      }
      return 0n;
    }
    case KERNEL_RULE.INTERVAL:
      if (a < t) return t <= 0n || a <= 0n ? 0n : mulDivRoundBig(w, a, t);
      return reverse(w, high, a, k.reverseLinear);
    case KERNEL_RULE.DATE: return a <= t ? w : k.dateLateIsZero || t <= 0n ? 0n : mulDivRoundBig(w, t, a);
    case KERNEL_RULE.DIRECT: return a >= 1n ? w : t <= 0n || t >= w ? 0n : w - t;
    default: return 0n;
  }
}

/** Whether A/T has reached the threshold of over-completion. */
function isOverBig(t: bigint, a: bigint, k: CompiledProfile): boolean {
  const [reached, bound] = [a * BigInt(k.overD), t * BigInt(k.overN)];
  return t > 0n && a > t && (k.overInclusive ? reached >= bound : reached > bound);
}

/** {@link rowFlags} for integers of any size. */
export function rowFlagsBig(rule: number, w: bigint, t: bigint, a: bigint | null, points: bigint, k: CompiledProfile): number {
  if (a === null) return KERNEL_FLAG.NOT_REPORTED;
  switch (rule) {
    case KERNEL_RULE.POSITIVE:
      if (a >= t) return isOverBig(t, a, k) ? KERNEL_FLAG.OVER : 0;
      if (t < 0n) return KERNEL_FLAG.MANUAL_REVIEW;
      if (a < 0n) return KERNEL_FLAG.NEGATIVE_AS_ZERO;
      return k.passN > 0 && t > 0n && a * BigInt(k.passD) < t * BigInt(k.passN) ? KERNEL_FLAG.BELOW_PASS_THRESHOLD : 0;
    case KERNEL_RULE.SATISFACTION:
      if (a >= t) return isOverBig(t, a, k) ? KERNEL_FLAG.OVER : 0;
      return points === w && w > 0n ? KERNEL_FLAG.BELOW_TARGET_FULL_SCORE : a < 0n ? KERNEL_FLAG.NEGATIVE_AS_ZERO : 0;
    case KERNEL_RULE.NEGATIVE: return t > 0n && 2n * a <= t ? KERNEL_FLAG.FAR_BELOW_LIMIT : 0;
    case KERNEL_RULE.EXECUTION: return a > t ? KERNEL_FLAG.OVER_BUDGET : 0;
    default: return 0;
  }
}

/** {@link pointsAfterOver} for integers of any size. */
export function pointsAfterOverBig(rule: number, w: bigint, t: bigint, a: bigint, points: bigint, k: CompiledProfile): bigint {
  if (rule !== KERNEL_RULE.POSITIVE && rule !== KERNEL_RULE.SATISFACTION) return points;
  return points === w && isOverBig(t, a, k) ? afterOverDeduction(w, t, a, k) : points;
}
