import { mulDivRound } from '../../scaled';
import { negativePoints } from './proportional-negative';

/** 区间指标 lo–hi: inside earns the whole weight, below W·A/lo, above the reverse formula on hi. Hundredths of a point. */
export function intervalPoints(w: number, low: number, high: number, a: number, linear: boolean): number {
  if (a < low) return low <= 0 || a <= 0 ? 0 : mulDivRound(w, a, low);
  return negativePoints(w, high, a, linear);
}
