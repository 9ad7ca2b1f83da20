import type { CompiledProfile } from './compiled-profile';
import { KERNEL_FLAG, KERNEL_RULE, pointsAfterOver, rowFlags, rowPoints } from './kernel';

/**
 * Rows of many tables as parallel arrays: what a region's scoring run streams. Weights are hundredths of a point, targets and actuals
 * integers at the scale of the compiled profile (base units, percent for rates); meanings by rule as in {@link rowPoints}.
 */
export interface BulkRows {
  /** How many rows of the arrays are filled. */
  readonly n: number;
  /** `KERNEL_RULE` codes. */
  readonly rule: Uint8Array;
  /** `KERNEL_GRADE` codes; 0 where the rule is not GRADED. */
  readonly grade: Uint8Array;
  readonly weight: Int32Array;
  readonly target: Float64Array;
  /** NaN: not reported. */
  readonly actual: Float64Array;
  /** Upper bounds; null when no row is an INTERVAL. */
  readonly targetHigh: Float64Array | null;
  /** 1 where the cause of an overshoot is TARGET_TOO_LOW; null when nowhere. */
  readonly targetTooLow: Uint8Array | null;
}

/**
 * Scores rows `from` (included) to `to` (excluded) into `points` (hundredths) and `flags` (`KERNEL_FLAG` bits). Allocates nothing.
 * Not-reported rows get 0 and their flag: whether silence may count as zero (the period is closed) is for the caller.
 */
export function scoreBulk(rows: BulkRows, k: CompiledProfile, points: Int32Array, flags: Uint8Array, from = 0, to = rows.n): void {
  const { rule, grade, weight, target, actual, targetHigh, targetTooLow } = rows;
  // Most rows have nothing to flag: silent, exactly on target, judged by grade, or short of a positive target without bands or a threshold.
  // Telling them apart first is what keeps the loop near the speed of arithmetic alone.
  const shortfallIsQuiet = k.passN === 0 && !k.satisfactionBanded && !k.executionBanded;
  for (let i = from; i < to; i += 1) {
    const a = actual[i] as number;
    if (a !== a) {
      points[i] = 0;
      flags[i] = KERNEL_FLAG.NOT_REPORTED;
      continue;
    }
    const r = rule[i] as number;
    const w = weight[i] as number;
    const t = target[i] as number;
    if (a === t && r <= KERNEL_RULE.POINT) {
      points[i] = w;
      flags[i] = 0;
      continue;
    }
    const earned = rowPoints(r, grade[i] as number, w, t, targetHigh === null ? 0 : (targetHigh[i] as number), a, k);
    points[i] = earned;
    flags[i] = r === KERNEL_RULE.GRADED || (shortfallIsQuiet && earned < w && a > 0 && t > 0) ? 0 : rowFlags(r, w, t, a, earned, k);
    if (targetTooLow !== null && targetTooLow[i] === 1) points[i] = pointsAfterOver(r, w, t, a, earned, k);
  }
}
