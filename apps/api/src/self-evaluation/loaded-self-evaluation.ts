import type { Actual, DeviationExplanation, Indicator, ScoringRow } from '@jiheng/domain';
import type { LoadedExecution } from '../budget-execution/budget-execution.public';
import type { MonitoringReportState, StoredEvidence } from '../monitoring/monitoring.public';

/** States of a self-evaluation (domain `self-evaluation.workflow.ts`). */
export type SelfEvaluationState = 'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'DEPARTMENT_ACCEPTED' | 'ACCEPTED' | 'RETURNED';

/** What other features need to know of a self-evaluation before they load it whole. */
export interface SelfEvaluationHead {
  readonly id: string;
  readonly lineageId: string;
  /** The version of the target table that is evaluated. */
  readonly tableId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly unitPath: string;
  /** 主管部门; null where no department stands above the unit. */
  readonly departmentName: string | null;
  readonly subject: 'PROJECT' | 'UNIT';
  readonly project: string | null;
  readonly fiscalYear: number;
  readonly state: SelfEvaluationState;
  /** Grows with every answer, every chapter and every move. */
  readonly revision: number;
}

/** Why a row is off, as it is printed: written for the year, or taken over from the last quarter that says something. */
export interface YearExplanation extends DeviationExplanation {
  /** Revision of the year's answer; 0 when taken over from a quarter. */
  readonly revision: number;
  readonly by: string;
  readonly at: Date;
}

/** 调整得分: another thing than the computed points, kept beside them (decision 3). Points are decimal text. */
export interface Adjustment {
  readonly points: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/** One quarter's word on a row. */
export interface QuarterActual {
  readonly reportId: string;
  readonly ordinal: number;
  readonly label: string;
  readonly state: MonitoringReportState;
  readonly actual: Actual;
}

/** One row of the year. */
export interface YearRow {
  readonly indicatorId: string;
  readonly indicator: Indicator;
  readonly quarters: readonly QuarterActual[];
  /** What is scored: the year's value, the cause of an overshoot, how the periods made it. */
  readonly scoring: ScoringRow;
  /** Revision of the year's answer to this row; 0 before the first. */
  readonly answerRevision: number;
  /** The judgement given at the end of the year; null when the quarters speak. */
  readonly judgement: Actual | null;
  readonly explanation: YearExplanation | null;
  readonly adjustment: Adjustment | null;
  readonly evidence: readonly StoredEvidence[];
}

/** What the writer wrote in one part of the report. */
export interface WrittenChapter {
  readonly chapterId: string;
  readonly revision: number;
  readonly written: string;
  readonly by: string;
}

/** The whole year as it stands. */
export interface LoadedSelfEvaluation {
  readonly head: SelfEvaluationHead;
  readonly goalText: string;
  readonly version: number;
  readonly lead: string | null;
  readonly budget: Readonly<Record<string, string | null>>;
  readonly quarters: readonly { readonly reportId: string; readonly ordinal: number; readonly label: string; readonly state: MonitoringReportState }[];
  readonly rows: readonly YearRow[];
  readonly execution: LoadedExecution | null;
  /** By chapter id, latest revisions. */
  readonly chapters: ReadonlyMap<string, WrittenChapter>;
}
