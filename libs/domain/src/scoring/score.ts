import type { Actual } from '../actual/actual';
import type { Indicator } from '../target-table/indicator';
import type { Finding } from '../checks/finding';
import type { Refusal } from '../result';
import type { TraceStep } from './score-trace';

/** Facts about a scored row that a person should see; none of them changes the points. */
export type ScoreFlag =
  | 'OVER' // far above target: a reason is owed
  | 'OVER_DEDUCTED' // points taken off because the target was set too low
  | 'NOT_REPORTED'
  | 'NOT_APPLICABLE'
  | 'BELOW_TARGET_FULL_SCORE' // a band gave full points below the target (S-12)
  | 'STRICT_EQUAL' // > or < and exactly equal: full points, for information
  | 'NEGATIVE_AS_ZERO'
  | 'MANUAL_REVIEW' // negative target missed: the formula does not apply
  | 'FAR_BELOW_LIMIT' // less-is-better row at or below half its limit
  | 'LATE'
  | 'UNFINISHED'
  | 'OVER_BUDGET'
  | 'BELOW_PASS_THRESHOLD'
  | 'RATIO_WITHOUT_PARTS'; // accumulated from percentages because numerator and denominator are not all known

/** Why a value lies far above its target; only TARGET_TOO_LOW costs points. */
export type OverCause = 'TARGET_TOO_LOW' | 'OTHER';

/** What goes into the score of one row. `actual` is the accumulated value of the year so far. */
export interface ScoringRow {
  readonly indicator: Indicator;
  readonly actual: Actual;
  readonly overCause?: OverCause | null;
  /** How the periods made `actual` (`accumulateActuals`): its steps open the derivation, its flags are kept. */
  readonly accumulated?: { readonly flags: readonly ScoreFlag[]; readonly steps: readonly TraceStep[] } | null;
}

/** The circumstances of a computation: nothing here is read from a clock. */
export interface ScoringContext {
  readonly fiscalYear: number;
  /** After the period is closed silence earns zero; before, it has no points. */
  readonly periodClosed: boolean;
}

/** 指标得分: points of one row and how they were reached. */
export interface IndicatorScore {
  readonly key: string;
  /** Two decimals, 0 ≤ points ≤ weight; null when it cannot be scored (see `blocked`). */
  readonly points: string | null;
  readonly weight: string;
  /** 完成率 in percent, two decimals; null where it has no meaning. */
  readonly attainmentRate: string | null;
  /** 偏离度 (A−T)/T in percent, two decimals; null where it has no meaning. */
  readonly deviationRate: string | null;
  readonly flags: readonly ScoreFlag[];
  readonly trace: readonly TraceStep[];
  /** What keeps this row from being scored. */
  readonly blocked: Refusal | null;
  /** 偏差原因及改进措施 is owed for this row. */
  readonly explanationOwed: boolean;
}

/** 预算执行 of the year, 万元 decimal text. The rate's denominator is the adjusted budget (decision 4). */
export interface ExecutionFigures {
  readonly initial: string | null;
  readonly adjusted: string | null;
  readonly executed: string | null;
}

/** Points of budget execution. */
export interface ExecutionScore {
  /** Percent, two decimals; null when not applicable. */
  readonly rate: string | null;
  readonly points: string | null;
  readonly weight: string;
  readonly flags: readonly ScoreFlag[];
  readonly trace: readonly TraceStep[];
  readonly blocked: Refusal | null;
  readonly explanationOwed: boolean;
}

/** 评分结果 of one table: sum of the printed rows, rescaled when something does not apply. */
export interface TableScore {
  readonly rows: readonly IndicatorScore[];
  readonly execution: ExecutionScore | null;
  /** Σ of the rounded rows, two decimals. */
  readonly indicatorPoints: string;
  /** Σ weights of rows that apply. */
  readonly applicableWeight: string;
  /** Out of 100, two decimals; null while any row is blocked. */
  readonly total: string | null;
  readonly rating: '优' | '良' | '中' | '差' | null;
  readonly rescaled: boolean;
  readonly trace: readonly TraceStep[];
  readonly findings: readonly Finding[];
}
