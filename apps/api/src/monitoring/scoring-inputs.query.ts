import { accumulateActuals, type AccumulatedActual, type Actual, type Indicator, overCauseOf } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Db } from '../platform/database/tx';
import { TargetTables } from '../target-table/target-table.public';
import { ActualRepository } from './actual.repository';
import { EvidenceRepository } from './evidence.repository';
import { ExplanationRepository } from './explanation.repository';
import type { ScoringInputs, StoredExplanation } from './monitoring.public';
import { MonitoringReportRepository } from './monitoring-report.repository';

/** Everything that points of one report depend on, put together from the facts of the year so far. */
@Injectable()
export class ScoringInputsQuery {
  constructor(
    private readonly reports: MonitoringReportRepository, private readonly actuals: ActualRepository, private readonly explanations: ExplanationRepository,
    private readonly evidence: EvidenceRepository, private readonly targetTables: TargetTables,
  ) {}

  async load(db: Db, reportId: string): Promise<ScoringInputs | null> {
    // Asked together. The heads come first: the revision under which points are stored is never ahead of the values they are of.
    const [heads, actuals, explained, files] = await Promise.all([
      this.reports.beside(db, reportId), this.actuals.presentBeside(db, reportId), this.explanations.present(db, [reportId]), this.evidence.present(db, [reportId]),
    ]);
    const head = heads.find((one) => one.id === reportId);
    const loaded = head === undefined ? null : await this.targetTables.content(db, head.tableId);
    if (head === undefined || loaded === null) return null;
    // The value of the year so far: this period and those before it, under whichever version they were reported.
    const soFar = heads.filter((one) => one.period.ordinal <= head.period.ordinal);
    const explanations = explained.get(reportId) ?? new Map<string, StoredExplanation>();
    const evidence = files.get(reportId);
    const rows = loaded.indicators.map(({ id, indicator }) => {
      const current = actuals.get(reportId)?.get(indicator.key);
      const explanation = explanations.get(indicator.key) ?? null;
      const accumulated = yearSoFar(indicator, soFar.map((one) => ({ ordinal: one.period.ordinal, actual: actuals.get(one.id)?.get(indicator.key)?.actual ?? null })));
      return {
        indicatorId: id, indicator, current: current?.actual ?? ({ kind: 'NOT_REPORTED' } as const), revision: current?.revision ?? 0,
        yearToDate: accumulated.actual, accumulated, overCause: overCauseOf(explanation), explanation, evidenceCount: evidence?.get(indicator.key)?.length ?? 0,
      };
    });
    return { head, table: loaded.table, rows };
  }
}

/** The year so far by the row's 累计方式; `spoken` holds the periods that have a report, in order. */
export function yearSoFar(indicator: Pick<Indicator, 'accumulation' | 'target'>, spoken: readonly { readonly ordinal: number; readonly actual: Actual | null }[]): AccumulatedActual {
  const last = spoken.at(-1)?.ordinal ?? 0;
  const byPeriod = Array.from({ length: last }, (_, at) => spoken.find((one) => one.ordinal === at + 1)?.actual ?? null);
  return accumulateActuals(indicator.accumulation, byPeriod, indicator.target.unit);
}
