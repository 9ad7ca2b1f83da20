import type { ScoringContext, TableToScore } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetExecutions } from '../budget-execution/budget-execution.public';
import { MonitoringReports } from '../monitoring/monitoring.public';
import { Clock } from '../platform/clock/clock';
import type { Db } from '../platform/database/tx';
import { SelfEvaluations } from '../self-evaluation/self-evaluation.public';
import type { ScoredKind } from './scoring.public';
import { SIGNED_STATES } from './signed-states';

/** Everything points depend on, and which database row each row of the table is. */
export interface ReadInputs {
  readonly table: TableToScore;
  readonly context: ScoringContext;
  /** In the order of `table.rows`. */
  readonly indicatorIds: readonly string[];
  readonly documentRevision: number;
  /** The same for all quarters of a subject and their year. */
  readonly lineageId: string;
  readonly unitPath: string;
  /** Somebody signed what it says: it keeps the rules it was signed by until it is reopened. */
  readonly isSigned: boolean;
}

/** Reads what points are computed from, for both kinds of document. */
@Injectable()
export class ScoringInputsReader {
  constructor(
    private readonly reports: MonitoringReports, private readonly executions: BudgetExecutions, private readonly selfEvaluations: SelfEvaluations, private readonly clock: Clock,
  ) {}

  async read(db: Db, kind: ScoredKind, documentId: string): Promise<ReadInputs | null> {
    return kind === 'MONITORING_REPORT' ? this.ofReport(db, documentId) : this.ofYear(db, documentId);
  }

  private async ofReport(db: Db, reportId: string): Promise<ReadInputs | null> {
    const [inputs, execution] = await Promise.all([this.reports.loadScoringInputs(db, reportId), this.executions.of(db, reportId)]);
    if (inputs === null) return null;
    const { period, extendedUntil } = inputs.head;
    const lastDay = extendedUntil !== null && extendedUntil > period.dueOn ? extendedUntil : period.dueOn;
    // The day only matters to rows nobody spoke for. Where all spoke, midnight must not make another score of the same points.
    const isSilent = inputs.rows.some((row) => row.yearToDate.kind === 'NOT_REPORTED');
    return {
      table: {
        rows: inputs.rows.map(({ indicator, yearToDate, overCause, accumulated }) => ({ indicator, actual: yearToDate, overCause, accumulated: { flags: accumulated.flags, steps: accumulated.steps } })),
        execution: execution?.figures ?? null, withExecution: false,
      },
      context: { fiscalYear: period.fiscalYear, periodClosed: isSilent && this.clock.today() > lastDay },
      indicatorIds: inputs.rows.map((row) => row.indicatorId), documentRevision: inputs.head.revision, lineageId: inputs.head.lineageId, unitPath: inputs.head.unitPath, isSigned: SIGNED_STATES.includes(inputs.head.state),
    };
  }

  private async ofYear(db: Db, selfEvaluationId: string): Promise<ReadInputs | null> {
    const year = await this.selfEvaluations.load(db, selfEvaluationId);
    if (year === null) return null;
    return {
      table: { rows: year.rows.map((row) => row.scoring), execution: year.execution?.figures ?? null, withExecution: true },
      // The year is over when it is evaluated; a row that nobody answered must be seen, not scored as zero.
      context: { fiscalYear: year.head.fiscalYear, periodClosed: false },
      indicatorIds: year.rows.map((row) => row.indicatorId), documentRevision: year.head.revision, lineageId: year.head.lineageId, unitPath: year.head.unitPath, isSigned: SIGNED_STATES.includes(year.head.state),
    };
  }
}
