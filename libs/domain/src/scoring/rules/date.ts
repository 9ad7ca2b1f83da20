import { mulDivRound } from '../../scaled';

/**
 * 时间节点: on time earns the whole weight; late earns planned over actual days (RATIO_DURATION) or nothing (ZERO).
 * Days are counted from 1 January of the fiscal year, that day included. Hundredths of a point.
 */
export function datePoints(w: number, plannedDays: number, actualDays: number, lateIsZero: boolean): number {
  if (actualDays <= plannedDays) return w;
  return lateIsZero || plannedDays <= 0 ? 0 : mulDivRound(w, plannedDays, actualDays);
}
