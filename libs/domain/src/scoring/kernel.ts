import { compareRatio } from '../scaled';
import type { CompiledProfile } from './compiled-profile';
import { executionBandPoints, executionPoints } from './rules/budget-execution';
import { datePoints } from './rules/date';
import { directPoints } from './rules/direct';
import { gradePoints } from './rules/grade';
import { intervalPoints } from './rules/interval';
import { afterOverDeduction, isOver } from './rules/over-completion';
import { pointPoints } from './rules/point';
import { negativePoints } from './rules/proportional-negative';
import { positivePoints } from './rules/proportional-positive';
import { satisfactionBandPoints, satisfactionPoints } from './rules/satisfaction';

/**
 * What a row is scored by, once its rule, kind, operator and direction are known. The codes are stored and measured; never renumber.
 * POSITIVE and NEGATIVE are the proportional rule with its direction, POINT the row where both sides are wrong.
 */
export const KERNEL_RULE = {
  POSITIVE: 1, NEGATIVE: 2, POINT: 3, GRADED: 4, SATISFACTION: 5, EXECUTION: 6, INTERVAL: 7, DATE: 8, DIRECT: 9,
} as const;

/** One of {@link KERNEL_RULE}. */
export type KernelRule = (typeof KERNEL_RULE)[keyof typeof KERNEL_RULE];

/** Facts about a row as bits. The two lowest are what the bulk benchmark compares. */
export const KERNEL_FLAG = {
  NOT_REPORTED: 1, OVER: 2, OVER_BUDGET: 4, BELOW_TARGET_FULL_SCORE: 8, BELOW_PASS_THRESHOLD: 16, FAR_BELOW_LIMIT: 32, NEGATIVE_AS_ZERO: 64,
  MANUAL_REVIEW: 128,
} as const;

/**
 * Points of one row in hundredths, rounded half up. The one law: the cell preview, the report, the worker and the benchmark all end here.
 * @param w weight in hundredths of a point.
 * @param t target (INTERVAL: lower bound; DATE: planned days; DIRECT: deduction in hundredths; GRADED: unused) at the profile's scale.
 * @param high upper bound of INTERVAL, else unused.
 * @param a actual at the profile's scale (GRADED: share in percent; DATE: days; DIRECT: 1 yes, 0 no); NaN: not reported, earns nothing.
 */
export function rowPoints(rule: number, grade: number, w: number, t: number, high: number, a: number, k: CompiledProfile): number {
  if (a !== a) return 0;
  switch (rule) {
    case KERNEL_RULE.POSITIVE: return positivePoints(w, t, a, k.passN, k.passD, k.passAbove);
    case KERNEL_RULE.NEGATIVE: return negativePoints(w, t, a, k.reverseLinear);
    case KERNEL_RULE.POINT: return pointPoints(w, t, a);
    case KERNEL_RULE.GRADED: return gradePoints(w, a, k.gradeLow[grade] as number, k.gradeHigh[grade] as number, k.gradeFull);
    case KERNEL_RULE.SATISFACTION:
      return k.satisfactionBanded ? satisfactionBandPoints(w, a, k.satisfactionBands) : satisfactionPoints(w, t, a, k.satisfactionZeroBelow);
    case KERNEL_RULE.EXECUTION: return k.executionBanded ? executionBandPoints(w, t, a, k.executionBands) : executionPoints(w, t, a);
    case KERNEL_RULE.INTERVAL: return intervalPoints(w, t, high, a, k.reverseLinear);
    case KERNEL_RULE.DATE: return datePoints(w, t, a, k.dateLateIsZero);
    case KERNEL_RULE.DIRECT: return directPoints(w, t, a);
    default: return 0;
  }
}

/** The flags of one row, from the same numbers as {@link rowPoints} and the points it gave. */
export function rowFlags(rule: number, w: number, t: number, a: number, points: number, k: CompiledProfile): number {
  if (a !== a) return KERNEL_FLAG.NOT_REPORTED;
  switch (rule) {
    case KERNEL_RULE.POSITIVE:
      if (a >= t) return a > t && isOver(t, a, k) ? KERNEL_FLAG.OVER : 0;
      if (t < 0) return KERNEL_FLAG.MANUAL_REVIEW;
      if (a < 0) return KERNEL_FLAG.NEGATIVE_AS_ZERO;
      return k.passN > 0 && t > 0 && compareRatio(a, t, k.passN, k.passD) < 0 ? KERNEL_FLAG.BELOW_PASS_THRESHOLD : 0;
    case KERNEL_RULE.SATISFACTION:
      if (a >= t) return a > t && isOver(t, a, k) ? KERNEL_FLAG.OVER : 0;
      return points === w && w > 0 ? KERNEL_FLAG.BELOW_TARGET_FULL_SCORE : a < 0 ? KERNEL_FLAG.NEGATIVE_AS_ZERO : 0;
    case KERNEL_RULE.NEGATIVE: return t > 0 && 2 * a <= t ? KERNEL_FLAG.FAR_BELOW_LIMIT : 0;
    case KERNEL_RULE.EXECUTION: return a > t ? KERNEL_FLAG.OVER_BUDGET : 0;
    default: return 0;
  }
}

/** Points when the reviewer found that the target was set clearly too low; rows that are not over keep theirs. Hundredths. */
export function pointsAfterOver(rule: number, w: number, t: number, a: number, points: number, k: CompiledProfile): number {
  if (rule !== KERNEL_RULE.POSITIVE && rule !== KERNEL_RULE.SATISFACTION) return points;
  return points === w && isOver(t, a, k) ? Number(afterOverDeduction(BigInt(w), BigInt(t), BigInt(a), k)) : points;
}
