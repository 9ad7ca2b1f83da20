import { addDecimal, type DecimalText } from '../decimal';
import { canonicalLevel1, frameOf } from './indicator-frame';
import type { Indicator } from './indicator';
import type { PerformanceTargetTable } from './performance-target-table';

/** Points of each first level, in principle. They add up to 90; 10 are kept for budget execution. */
export interface WeightScheme {
  readonly name: string;
  readonly points: Readonly<Record<string, DecimalText>>;
  readonly clause: string;
}

/** The schemes of 财预〔2021〕101号 (with cost rows) and 财预〔2020〕10号 (without). Without satisfaction rows its ten points go to the benefits. */
export const WEIGHT_SCHEMES: readonly WeightScheme[] = [
  { name: 'COST', points: { 产出指标: '40', 成本指标: '20', 效益指标: '20', 满意度指标: '10' }, clause: '财预〔2021〕101号' },
  { name: 'COST_NO_SATISFACTION', points: { 产出指标: '40', 成本指标: '20', 效益指标: '30' }, clause: '财预〔2021〕101号' },
  { name: 'NO_COST', points: { 产出指标: '50', 效益指标: '30', 满意度指标: '10' }, clause: '财预〔2020〕10号' },
  { name: 'NO_COST_NO_SATISFACTION', points: { 产出指标: '50', 效益指标: '40' }, clause: '财预〔2020〕10号' },
];

/** The scheme that fits the first levels a table uses; null for whole-unit tables, which have none. */
export function weightSchemeOf(table: Pick<PerformanceTargetTable, 'subject' | 'indicators'>): WeightScheme | null {
  const frame = frameOf(table).name;
  if (frame === 'U-34') return null;
  const level1 = new Set(table.indicators.map((indicator) => canonicalLevel1(indicator.level1)));
  const name = `${level1.has('成本指标') ? 'COST' : 'NO_COST'}${level1.has('满意度指标') ? '' : '_NO_SATISFACTION'}`;
  return WEIGHT_SCHEMES.find((scheme) => scheme.name === name) ?? null;
}

/** Σ 分值权重, exact. */
export function totalWeight(indicators: readonly Pick<Indicator, 'weight'>[]): DecimalText {
  return addDecimal(...indicators.map((indicator) => indicator.weight));
}

/** Weights added up by first level, in order of appearance. */
export function weightsByLevel1(indicators: readonly Indicator[]): ReadonlyMap<string, DecimalText> {
  const sums = new Map<string, DecimalText>();
  for (const indicator of indicators) {
    const level1 = canonicalLevel1(indicator.level1);
    sums.set(level1, addDecimal(sums.get(level1) ?? '0', indicator.weight));
  }
  return sums;
}
