import { compareRatio } from '../../scaled';
import type { CompiledProfile } from '../compiled-profile';

/** 超额完成较多: whether A/T has reached the threshold of the profile (the threshold itself counts where the profile includes it). */
export function isOver(t: number, a: number, k: CompiledProfile): boolean {
  if (t <= 0 || a <= t) return false;
  const order = compareRatio(a, t, k.overN, k.overD);
  return k.overInclusive ? order >= 0 : order > 0;
}

/**
 * Points after the deduction for a target that was set clearly too low: W·(1 − min(max, A/T − threshold)). Taken only for that cause;
 * overshoot alone never costs anything (decision 5). A leaf for the few rows concerned, so it may use BigInt throughout.
 */
export function afterOverDeduction(w: bigint, t: bigint, a: bigint, k: CompiledProfile): bigint {
  const excessN = a * BigInt(k.overD) - BigInt(k.overN) * t;
  const excessD = t * BigInt(k.overD);
  const capped = excessN * BigInt(k.maxDeductionD) > BigInt(k.maxDeductionN) * excessD;
  const n = capped ? BigInt(k.maxDeductionN) : excessN;
  const d = capped ? BigInt(k.maxDeductionD) : excessD;
  return n <= 0n ? w : (2n * w * (d - n) + d) / (2n * d);
}
