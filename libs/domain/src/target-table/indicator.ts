import type { Accumulation } from '../period/accumulation';
import type { Direction, IndicatorTarget } from './indicator-target';

/** 赋分规则. DIRECT 直接赋分 · PROPORTIONAL 按照完成比例赋分 · GRADE 按评判等级赋分 · SATISFACTION 满意度赋分. */
export type ScoringRule = 'PROPORTIONAL' | 'GRADE' | 'SATISFACTION' | 'DIRECT';

/** 三级指标: one measured row of a target table. */
export interface Indicator {
  /** Identity that stays the same in all versions of the table. */
  readonly key: string;
  /** 一级指标, full name with 指标 where the frame has it (产出指标, 管理效率). */
  readonly level1: string;
  /** 二级指标 (数量指标, 经济成本指标). */
  readonly level2: string;
  /** 三级指标, without a trailing bracketed unit. */
  readonly name: string;
  readonly target: IndicatorTarget;
  /** null for a qualitative row. */
  readonly direction: Direction | null;
  /** 分值权重: decimal text, > 0, at most two places. */
  readonly weight: string;
  /** 指标值设置依据 as printed. */
  readonly basis: string | null;
  /** 上年完成值 as printed; 新增 means there was none. */
  readonly previousActual: string | null;
  /** null where the form has no such column; {@link effectiveScoringRule} then decides. */
  readonly scoringRule: ScoringRule | null;
  /** 佐证资料 as printed. */
  readonly evidence: string | null;
  readonly accumulation: Accumulation;
  /** 及格门槛 of this row (0…1 decimal text); null takes the profile's. */
  readonly passThreshold: string | null;
}
