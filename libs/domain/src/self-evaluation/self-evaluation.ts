import type { Actual } from '../actual/actual';
import { type AccumulatedActual, accumulateActuals } from '../period/accumulation';
import { type Result, ok, refuse } from '../result';
import type { Indicator } from '../target-table/indicator';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';

/** One period's report as the year sees it. */
export interface ReportOfPeriod {
  readonly ordinal: number;
  readonly label: string;
  readonly isSigned: boolean;
  /** By the key of the indicator; a row without an entry was not reported. */
  readonly actuals: ReadonlyMap<string, Actual>;
}

/** What the year is put together from. */
export interface YearToAssemble {
  readonly table: PerformanceTargetTable;
  /** The periods the year consists of. */
  readonly periods: readonly { readonly ordinal: number; readonly label: string }[];
  readonly reports: readonly ReportOfPeriod[];
  /** Judgements made at the end of the year, by the key of the indicator; only for rows that take one. */
  readonly judgements: ReadonlyMap<string, Actual>;
}

/** One row of the assembled year. */
export interface YearRowOfIndicator {
  readonly indicator: Indicator;
  readonly periods: readonly { readonly ordinal: number; readonly label: string; readonly actual: Actual }[];
  readonly accumulated: AccumulatedActual;
  /** What is scored: the judgement at the end of the year where one was made, else what the periods make. */
  readonly actual: Actual;
}

const SILENT: Actual = { kind: 'NOT_REPORTED' };

/** Whether a row's value of the year is entered at its end and not made of its quarters: wordings, yes/no, dates, and rows entered once. */
export function takesJudgement(indicator: Pick<Indicator, 'target' | 'accumulation'>): boolean {
  return indicator.target.kind !== 'QUANT' || indicator.accumulation === 'MANUAL';
}

/**
 * 单位自评: four signed periods make one year (财预〔2020〕10号: every project is evaluated by its own unit).
 * @returns refusals that name the period that is missing or not signed, or the row that takes no judgement.
 */
export function assembleSelfEvaluation(year: YearToAssemble): Result<{ readonly rows: readonly YearRowOfIndicator[] }> {
  const { table, reports, judgements } = year;
  const title = table.project ?? table.budgetUnit;
  const inOrder = [...year.periods].sort((a, b) => a.ordinal - b.ordinal);
  const found: ReportOfPeriod[] = [];
  for (const period of inOrder) {
    const report = reports.find((candidate) => candidate.ordinal === period.ordinal);
    if (report === undefined) return refuse('self-evaluation.quarter-missing', { table: title, period: period.label });
    if (!report.isSigned) return refuse('self-evaluation.quarter-unsigned', { table: title, period: period.label });
    found.push(report);
  }
  const unasked = table.indicators.find((indicator) => judgements.has(indicator.key) && !takesJudgement(indicator));
  if (unasked !== undefined) return refuse('self-evaluation.judgement-not-needed', { name: unasked.name });
  const rows = table.indicators.map((indicator) => {
    const periods = found.map((report) => ({ ordinal: report.ordinal, label: report.label, actual: report.actuals.get(indicator.key) ?? SILENT }));
    const accumulated = accumulateActuals(indicator.accumulation, periods.map((period) => period.actual), indicator.target.unit);
    return { indicator, periods, accumulated, actual: judgements.get(indicator.key) ?? accumulated.actual };
  });
  return ok({ rows });
}
