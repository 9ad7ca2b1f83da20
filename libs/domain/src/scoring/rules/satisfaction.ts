import { mulDivRound } from '../../scaled';
import type { CompiledBands } from '../compiled-profile';

/**
 * 满意度赋分, by proportion (default): met earns the whole weight, below the floor nothing, between W·A/T. Hundredths of a point.
 * `zeroBelow` is the floor in the same unit as `a`; −Infinity: none.
 */
export function satisfactionPoints(w: number, t: number, a: number, zeroBelow: number): number {
  if (a >= t) return w;
  return a < zeroBelow || a <= 0 || t <= 0 ? 0 : mulDivRound(w, a, t);
}

/**
 * 满意度赋分, by bands (example of 财预〔2021〕101号: ≥90 → 100 %, 80–90 → 80 %, 60–80 → 50 %, below 60 nothing). The target is not looked at:
 * a band may give the whole weight below it, which is flagged.
 */
export function satisfactionBandPoints(w: number, a: number, bands: CompiledBands): number {
  for (let i = 0; i < bands.count; i += 1) {
    if (a >= (bands.from[i] as number)) return mulDivRound(w, bands.n[i] as number, bands.d[i] as number);
  }
  return 0;
}
