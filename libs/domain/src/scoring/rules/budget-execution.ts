import { compareRatio, mulDivRound } from '../../scaled';
import type { CompiledBands } from '../compiled-profile';

/** 预算执行率, by proportion (财预〔2020〕10号): W × executed/budget, never above W. A budget of zero has no rate; nothing is divided. */
export function executionPoints(w: number, budget: number, executed: number): number {
  if (budget <= 0 || executed <= 0) return 0;
  return executed >= budget ? w : mulDivRound(w, executed, budget);
}

/** 预算执行率, by bands (example of 财预〔2021〕101号: finished 10, ≥80 % 7, ≥60 % 5). Bounds are fractions of the budget, earnings hundredths. */
export function executionBandPoints(w: number, budget: number, executed: number, bands: CompiledBands): number {
  if (budget <= 0) return 0;
  for (let i = 0; i < bands.count; i += 1) {
    if (compareRatio(executed, budget, bands.n[i] as number, bands.d[i] as number) >= 0) return Math.min(w, bands.earns[i] as number);
  }
  return 0;
}
