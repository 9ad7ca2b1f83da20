/** 评判等级 of a qualitative row: A 达成年度指标, B 部分达成并具有一定效果, C 未达成且效果较差. */
export type Grade = 'A' | 'B' | 'C';

/** A number was reached. Zero is a number. Decimal text; unit is a symbol of `quantity/unit.ts`. */
export interface ReportedActual {
  readonly kind: 'REPORTED';
  readonly magnitude: string;
  readonly unit: string | null;
  /** For RATIO and SURVEY rows, where the parts are known: numerator and denominator (or valid responses), decimal text. */
  readonly numerator?: string | null;
  readonly denominator?: string | null;
}

/** A qualitative row was judged. `share` is the part of the weight claimed, 0…1 decimal text; null asks for the default of grade A. */
export interface JudgedActual {
  readonly kind: 'JUDGED';
  readonly grade: Grade;
  readonly share: string | null;
  /** What was achieved, in words. */
  readonly note?: string | null;
}

/** A yes/no row was answered. `deduction`: points taken off for "no" instead of all (101号 example), decimal text. */
export interface AnsweredActual {
  readonly kind: 'ANSWERED';
  readonly answer: boolean;
  readonly deduction?: string | null;
}

/** A dated row was finished: `YYYY-MM-DD`, or `YYYY-MM` when only the month is known. */
export interface DatedActual {
  readonly kind: 'DATED';
  readonly date: string;
}

/** A dated row is not finished yet. */
export interface UnfinishedActual {
  readonly kind: 'UNFINISHED';
}

/** 未填报: nobody has said anything. Never the same as zero. */
export interface NotReportedActual {
  readonly kind: 'NOT_REPORTED';
}

/** 不适用: the row does not apply this year; taken out of the total by rescaling. */
export interface NotApplicableActual {
  readonly kind: 'NOT_APPLICABLE';
  readonly reason: string;
}

/** 实际完成值: what was reached. Zero, silence and "not applicable" are three things. */
export type Actual =
  | ReportedActual | JudgedActual | AnsweredActual | DatedActual | UnfinishedActual | NotReportedActual | NotApplicableActual;

/** Where an actual came from. */
export type ActualOrigin = 'TYPED' | 'PULLED' | 'IMPORTED' | 'CORRECTED';
