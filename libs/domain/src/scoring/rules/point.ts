import { mulDivRound } from '../../scaled';

/** 等于型指标, both sides wrong: W·max(0, 1 − |A − T|/|T|); a target of zero is hit or missed. Hundredths of a point. */
export function pointPoints(w: number, t: number, a: number): number {
  if (a === t) return w;
  const size = t < 0 ? -t : t;
  const miss = a > t ? a - t : t - a;
  return size === 0 || miss >= size ? 0 : mulDivRound(w, size - miss, size);
}
