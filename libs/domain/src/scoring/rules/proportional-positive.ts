import { compareRatio, mulDivRound } from '../../scaled';

/**
 * 正向指标按完成比例赋分 (财预〔2020〕10号): met earns the whole weight, otherwise W·A/T. Hundredths of a point.
 *
 * `passN/passD` is the 及格门槛 (0/1: none): below it nothing is earned, so a unit cannot collect points for work it has hardly begun;
 * the threshold itself passes. `above` takes the example formula of 财预〔2021〕101号, W·(r − p)/(1 − p), instead of W·r.
 * A target of zero or less has no proportion: reached or nothing.
 */
export function positivePoints(w: number, t: number, a: number, passN: number, passD: number, above: boolean): number {
  if (a >= t) return w;
  if (t <= 0 || a <= 0) return 0;
  if (passN === 0) return mulDivRound(w, a, t);
  if (compareRatio(a, t, passN, passD) < 0) return 0;
  return above ? aboveThreshold(w, t, a, passN, passD) : mulDivRound(w, a, t);
}

function aboveThreshold(w: number, t: number, a: number, n: number, d: number): number {
  if (n >= d) return 0;
  const reached = a * d;
  const room = (d - n) * t;
  if (reached <= Number.MAX_SAFE_INTEGER && room <= Number.MAX_SAFE_INTEGER) return mulDivRound(w, reached - n * t, room);
  const x = BigInt(a) * BigInt(d) - BigInt(n) * BigInt(t);
  const y = BigInt(d - n) * BigInt(t);
  return Number((2n * BigInt(w) * x + y) / (2n * y));
}
