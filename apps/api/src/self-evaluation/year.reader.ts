import { type Actual, type DeviationExplanation, accumulateActuals, overCauseOf, roundHalfUp, takesJudgement } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetExecutions } from '../budget-execution/budget-execution.public';
import { MonitoringReports, type MonitoringYear } from '../monitoring/monitoring.public';
import type { Db } from '../platform/database/tx';
import { type StoredIndicator, TargetTables } from '../target-table/target-table.public';
import { SelfEvaluationRepository, type StoredAnswer } from './self-evaluation.repository';
import type { Adjustment, LoadedSelfEvaluation, SelfEvaluationHead, YearExplanation, YearRow } from './loaded-self-evaluation';

/** Puts the year together as it stands: the quarters' values are read where they were recorded, never copied. */
@Injectable()
export class YearReader {
  constructor(
    private readonly repository: SelfEvaluationRepository, private readonly tables: TargetTables, private readonly reports: MonitoringReports, private readonly executions: BudgetExecutions,
  ) {}

  async load(db: Db, selfEvaluationId: string): Promise<LoadedSelfEvaluation | null> {
    const head = await this.repository.head(db, selfEvaluationId);
    return head === null ? null : this.loadFor(db, head);
  }

  private async loadFor(db: Db, head: SelfEvaluationHead): Promise<LoadedSelfEvaluation> {
    const loaded = await this.tables.load(db, head.tableId);
    if (loaded === null) throw new Error(`self-evaluation ${head.id} without its table`);
    const year = await this.reports.loadYear(db, head.lineageId);
    const answers = new Map((await this.repository.answers(db, head.id)).map((answer) => [answer.indicatorKey, answer]));
    const chapters = await this.repository.chapters(db, head.id);
    return {
      head, goalText: loaded.table.goalText, version: loaded.head.version, lead: loaded.lead, budget: { ...loaded.table.budget },
      quarters: year.quarters.map((quarter) => ({ reportId: quarter.head.id, ordinal: quarter.head.period.ordinal, label: quarter.head.period.label, state: quarter.head.state })),
      rows: loaded.indicators.map((stored) => yearRow(stored, year, answers.get(stored.indicator.key) ?? null)),
      execution: await this.executions.ofYear(db, head.lineageId),
      chapters: new Map(chapters.map((chapter) => [chapter.chapterId, chapter])),
    };
  }
}

function yearRow({ id, indicator }: StoredIndicator, year: MonitoringYear, answer: StoredAnswer | null): YearRow {
  const silent: Actual = { kind: 'NOT_REPORTED' };
  const quarters = year.quarters.map((quarter) => ({
    reportId: quarter.head.id, ordinal: quarter.head.period.ordinal, label: quarter.head.period.label, state: quarter.head.state,
    actual: quarter.actuals.get(indicator.key)?.actual ?? silent,
  }));
  const accumulated = accumulateActuals(indicator.accumulation, quarters.map((quarter) => quarter.actual), indicator.target.unit);
  const judgement = takesJudgement(indicator) ? (answer?.judgement ?? null) : null;
  const explanation = yearExplanation(year, indicator.key, answer);
  return {
    indicatorId: id, indicator, quarters, answerRevision: answer?.revision ?? 0, judgement, explanation, adjustment: adjustmentOf(answer),
    scoring: {
      indicator, actual: judgement ?? accumulated.actual, overCause: overCauseOf(explanation),
      accumulated: judgement === null ? { flags: accumulated.flags, steps: accumulated.steps } : null,
    },
    evidence: year.quarters.flatMap((quarter) => quarter.evidence.get(indicator.key) ?? []),
  };
}

/**
 * What was written for the year; before that, the word of the year's last quarter, so that nobody types it twice. What an earlier quarter
 * said of a delay that was made up since does not speak for the year.
 */
function yearExplanation(year: MonitoringYear, key: string, answer: StoredAnswer | null): YearExplanation | null {
  if (answer !== null && answer.explanation !== null && answer.explanationAt !== null) {
    return { ...answer.explanation, revision: answer.revision, by: answer.explanationByName ?? '', at: answer.explanationAt };
  }
  const last = year.quarters.at(-1)?.explanations.get(key);
  if (last === undefined) return null;
  const { causes, sentence, measures, likelihood, forecast, by, at } = last;
  return { ...({ causes, sentence, measures, likelihood, forecast } satisfies DeviationExplanation), revision: 0, by, at };
}

function adjustmentOf(answer: StoredAnswer | null): Adjustment | null {
  if (answer === null || answer.adjustedPoints === null || answer.adjustmentReason === null || answer.adjustmentAt === null) return null;
  return { points: roundHalfUp(answer.adjustedPoints, 2), reason: answer.adjustmentReason, by: answer.adjustmentByName ?? '', at: answer.adjustmentAt };
}
