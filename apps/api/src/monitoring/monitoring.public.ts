import type { ExecutionView } from '@jiheng/contract';
import type { AccumulatedActual, Actual, EarlierActual, Finding, Indicator, OverCause, PerformanceTargetTable, Result } from '@jiheng/domain';
import { z } from 'zod';
import type { Db, Tx } from '../platform/database/tx';
import { defineNews } from '../platform/queue/define-news';

/** States of a monitoring report (domain `monitoring-report.workflow.ts`). */
export type MonitoringReportState = 'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'RETURNED';

/** A reporting period as stored; days are `YYYY-MM-DD`. */
export interface StoredPeriod {
  readonly id: string;
  readonly fiscalYear: number;
  /** 1…4 */
  readonly ordinal: number;
  readonly label: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly dueOn: string;
}

/** What other features need to know of a report before they load its rows. */
export interface ReportHead {
  readonly id: string;
  readonly tableId: string;
  readonly lineageId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly unitPath: string;
  readonly subject: 'PROJECT' | 'UNIT';
  readonly project: string | null;
  readonly state: MonitoringReportState;
  /** Grows with every recorded value and every move; moves are checked against it. */
  readonly revision: number;
  readonly period: StoredPeriod;
  /** Last day on which this report may be filled in although its period is past its due day; null when nobody gave it more time. */
  readonly extendedUntil: string | null;
}

/** Why a value is off, as last written by a person. */
export interface StoredExplanation {
  readonly revision: number;
  readonly causes: readonly ('FUNDS' | 'SYSTEM' | 'STAFF' | 'EQUIPMENT' | 'OTHER' | 'TARGET_TOO_LOW')[];
  readonly sentence: string;
  readonly measures: string;
  readonly likelihood: 'CERTAIN' | 'POSSIBLE' | 'IMPOSSIBLE' | null;
  readonly forecast: string | null;
  readonly by: string;
  readonly at: Date;
}

/** One row as scoring needs it. Rows come in the order of the table. */
export interface ScoringInputRow {
  readonly indicatorId: string;
  readonly indicator: Indicator;
  /** The value of this period alone; NOT_REPORTED when nobody spoke. */
  readonly current: Actual;
  /** Revision of `current`; 0 when nobody spoke. */
  readonly revision: number;
  /** The value of the year so far by the row's 累计方式. */
  readonly yearToDate: Actual;
  /** How the periods made `yearToDate`: flags and steps for the score's derivation. */
  readonly accumulated: AccumulatedActual;
  /** TARGET_TOO_LOW costs points (decision 1); OTHER when another cause is given; null when none is. */
  readonly overCause: OverCause | null;
  readonly explanation: StoredExplanation | null;
  readonly evidenceCount: number;
}

/** Everything of one report that points depend on, budget execution apart (see `budget-execution.public.ts`). */
export interface ScoringInputs {
  readonly head: ReportHead;
  readonly table: PerformanceTargetTable;
  readonly rows: readonly ScoringInputRow[];
}

/** A file behind a value. */
export interface StoredEvidence {
  readonly id: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly by: string;
  readonly at: Date;
}

/** One quarter of a year: its head and, by indicator key, what was recorded there. */
export interface YearQuarter {
  readonly head: ReportHead;
  readonly actuals: ReadonlyMap<string, { readonly actual: Actual; readonly revision: number }>;
  readonly explanations: ReadonlyMap<string, StoredExplanation>;
  readonly evidence: ReadonlyMap<string, readonly StoredEvidence[]>;
}

/** The year of one subject: all reports of the lineage in the order of periods. */
export interface MonitoringYear {
  readonly lineageId: string;
  readonly quarters: readonly YearQuarter[];
}

/** Where a pulled value may land. */
export interface PullPlace {
  readonly reportId: string;
  readonly reportState: MonitoringReportState;
  readonly tableId: string;
  readonly indicatorId: string;
  readonly indicator: Indicator;
}

/** What a source said, read by the mapping; `verbatim` is kept whatever becomes of it. */
export interface OfferedValue {
  readonly reportId: string;
  readonly indicatorKey: string;
  readonly actual: Actual;
  /** What stands in the earlier quarters of the year, as {@link MonitoringReports.earlierInYear} found it once for all values that are offered together. */
  readonly earlier: readonly EarlierActual[];
  readonly observationId: string;
  readonly sourceName: string;
  /** Which source it was, whatever it is called; left out where none was asked. */
  readonly sourceId?: string;
  readonly observedAt: Date;
  readonly verbatim: string;
  /** SHA-256 of the source's answer, or of the document, hex. */
  readonly sha256: string;
  /** PULLED when absent: a source was asked. IMPORTED: a document that somebody brought says so. */
  readonly origin?: 'PULLED' | 'IMPORTED';
}

/** A row of a report of which a source said a value. */
export type StatedCell = Pick<OfferedValue, 'reportId' | 'indicatorKey'>;

/** What stands in the earlier quarters of the year for a row of a report; empty where nobody has said anything. */
export type EarlierOf = (cell: StatedCell) => readonly EarlierActual[];

/** SAME: equal to the present value, nothing to choose. LOCKED: nobody may change the report today (handed on, or past its last day without more time), so nothing is offered. */
export type OfferOutcome = { readonly outcome: 'SAME' | 'CANDIDATE' | 'IMPLAUSIBLE' | 'LOCKED'; readonly candidateId: string | null };

/** What offering a value would lead to, and what stands there now. */
export interface OfferPreview {
  readonly outcome: OfferOutcome['outcome'];
  readonly present: Actual | null;
  readonly warning: Finding | null;
}

/**
 * A value was recorded, corrected or taken over from a source. Several values of one report recorded while the news still waits are told
 * once: read the whole report, `indicatorId` is the first of them.
 */
export const actualRecorded = defineNews({ name: 'actual-recorded', payload: z.object({ reportId: z.uuid(), indicatorId: z.uuid() }) });
/** An explanation was written; the cause TARGET_TOO_LOW changes points. */
export const explanationRecorded = defineNews({ name: 'explanation-recorded', payload: z.object({ reportId: z.uuid(), indicatorId: z.uuid() }) });
/** A file was put behind a value or withdrawn. */
export const evidenceChanged = defineNews({ name: 'evidence-changed', payload: z.object({ reportId: z.uuid(), indicatorId: z.uuid() }) });
/** A source's value waits beside the present one for a person's choice. */
export const candidateOffered = defineNews({ name: 'candidate-offered', payload: z.object({ reportId: z.uuid(), indicatorId: z.uuid(), candidateId: z.uuid() }) });
/** A period was opened, for as many tables as there were; whoever has read of it once need not again. */
export const periodOpened = defineNews({ name: 'period-opened', payload: z.object({ periodId: z.uuid() }) });
/** The reports of a period were opened for one table that came into force, or carried over to a new version of it. */
export const monitoringReportOpened = defineNews({ name: 'monitoring-report-opened', payload: z.object({ reportId: z.uuid() }) });

/** A report was given more time: silence that was worth zero waits again. */
export const monitoringReportExtended = defineNews({ name: 'monitoring-report-extended', payload: z.object({ reportId: z.uuid() }) });

/** The door to monitoring for features above and for `pull`. */
export abstract class MonitoringReports {
  /** Head without a lock; null when there is none. */
  abstract head(db: Db, reportId: string): Promise<ReportHead | null>;
  /** Head under a row lock until the end of the transaction; null when there is none. */
  abstract lock(tx: Tx, reportId: string): Promise<ReportHead | null>;
  /** Writes a move that the workflow allowed: state and revision + 1. Lock the report first. @returns the new revision */
  abstract setState(tx: Tx, reportId: string, to: MonitoringReportState): Promise<number>;
  /** Grows the revision because something the report is judged by changed outside its rows (money). @returns the new revision */
  abstract touch(tx: Tx, reportId: string): Promise<number>;
  /** Everything that points depend on, in few statements; null when there is no such report. */
  abstract loadScoringInputs(db: Db, reportId: string): Promise<ScoringInputs | null>;
  /** All quarters of the year of a table's lineage, whichever version they were reported under. */
  abstract loadYear(db: Db, lineageId: string): Promise<MonitoringYear>;
  /** Persons who recorded a value in the report as it stands (current revisions): they may not sign it. */
  abstract recordersOf(db: Db, reportId: string): Promise<readonly string[]>;
  /** Where pulled values of one unit and period may land: every row of every report there, with the row's law. */
  abstract placesOf(db: Db, unitId: string, periodId: string): Promise<readonly PullPlace[]>;
  /**
   * Offers a value of a source. Never overwrites: equal to the present value → SAME; otherwise a candidate beside it, replacing an older
   * unsettled one of the same source; those of other sources go on waiting. Offering the same observation twice changes nothing. Refuses rows that do not exist.
   */
  abstract offerCandidate(tx: Tx, offered: OfferedValue): Promise<Result<OfferOutcome>>;
  /** Takes back what was offered and nobody has settled; values that were taken over stay. @returns how many candidates that were */
  abstract withdrawCandidates(tx: Tx, observationIds: readonly string[], by: string): Promise<number>;
  /**
   * Closes what a source said of a period and nobody has chosen, where it has said nothing of the row this time: settled as outdated, never changed in what it said. Signed reports stay as they are.
   * @param stated the rows of which it has said a value now
   */
  abstract closeUnstated(tx: Tx, from: { readonly sourceId: string; readonly periodId: string }, stated: readonly StatedCell[]): Promise<void>;
  /** What earlier quarters of the same year have reached, for all rows of reports that values are about to be offered to: one statement, however many they are. */
  abstract earlierInYear(db: Db, cells: readonly StatedCell[]): Promise<EarlierOf>;
  /** What {@link offerCandidate} would answer for a value, without writing anything. */
  abstract previewCandidate(db: Db, place: Pick<OfferedValue, 'reportId' | 'indicatorKey' | 'actual' | 'earlier'>): Promise<Result<OfferPreview>>;
  /** May values, files and money of this report be changed today? (draft or returned, begun, not past its due day unless returned) */
  abstract mayEdit(head: Pick<ReportHead, 'state' | 'period' | 'extendedUntil'>): Result<void>;
  /** The money block as screens show it; before anybody recorded money, revision 0 with the budget of the table. */
  abstract executionView(reportId: string): Promise<ExecutionView | null>;
  /** A period by id; null when there is none. */
  abstract period(db: Db, periodId: string): Promise<StoredPeriod | null>;
  /** The four periods of a year in order; empty when the year has none yet. */
  abstract periodsOf(db: Db, fiscalYear: number): Promise<readonly StoredPeriod[]>;
}
