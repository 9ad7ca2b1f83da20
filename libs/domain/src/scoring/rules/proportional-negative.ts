import { mulDivRound } from '../../scaled';

/**
 * 反向指标: at or below the limit earns the whole weight. Above it RATIO earns W·T/A (the note printed on the national form),
 * LIN_2T earns W·(2 − A/T), which is nothing from twice the limit on. A limit of zero or less has no proportion. Hundredths of a point.
 */
export function negativePoints(w: number, t: number, a: number, linear: boolean): number {
  if (a <= t) return w;
  if (t <= 0) return 0;
  if (!linear) return mulDivRound(w, t, a);
  const left = 2 * t - a;
  return left <= 0 ? 0 : mulDivRound(w, left, t);
}
