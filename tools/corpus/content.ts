import type { Comparator, Direction, ScoringRule } from '@jiheng/domain';

// What a made-up document says, before any form, spelling or damage: what a right reading must bring back.

/** The promise of a row, as `IndicatorTarget` says it. */
export interface TrueTarget {
  readonly kind: 'QUANT' | 'QUAL' | 'DATE';
  readonly comparator: Comparator;
  readonly magnitude: string | null;
  readonly magnitudeHigh: string | null;
  /** Symbol of the unit dictionary: 月 for 个月. */
  readonly unit: string | null;
  readonly text: string | null;
}

/** One row of the truth. */
export interface TrueRow {
  readonly level1: string;
  readonly level2: string;
  /** Without its unit. */
  readonly name: string;
  /** The unit in brackets behind the name; null where none is printed. */
  readonly nameUnit: string | null;
  readonly target: TrueTarget;
  /** The unit as this table spells it: 个月. */
  readonly printedUnit: string;
  readonly direction: Direction | null;
  readonly weight: string;
  readonly basis: string | null;
  readonly previous: string | null;
  readonly rule: ScoringRule;
  readonly ruleWord: string;
  readonly evidence: string;
  /** What was reached: a number or a wording, its unit in {@link printedUnit}. */
  readonly actual: string;
  readonly isActualNumber: boolean;
  readonly points: string;
  readonly deviation: string | null;
  readonly causes: readonly ('FUNDS' | 'SYSTEM' | 'STAFF' | 'EQUIPMENT' | 'OTHER')[];
  readonly likelihood: 'CERTAIN' | 'POSSIBLE' | 'IMPOSSIBLE';
  readonly explanation: string;
}

/** Amounts in 万元. */
export interface TrueMoney {
  readonly total: string;
  readonly fiscal: string;
  readonly other: string;
  readonly higherLevel: string;
  readonly localLevel: string;
  readonly executed: string;
  readonly rate: string;
  readonly executionPoints: string;
}

/** One table of the truth. */
export interface TrueTable {
  readonly subject: 'UNIT' | 'PROJECT';
  readonly year: number;
  readonly unit: string;
  readonly department: string;
  readonly project: string | null;
  readonly goal: string;
  readonly achieved: string;
  readonly period: string;
  readonly money: TrueMoney;
  readonly rows: readonly TrueRow[];
  readonly totalPoints: string;
}
