import type { ActualBody, MonitoringReportView, ReportRow } from '@jiheng/contract';
import { MOF_2020_10, type PerformanceTargetTable, accumulateActuals } from '@jiheng/domain';
import { toActual, toBody } from '../actual-body';

/** A report of one of the tables, as the server would send it, with what a story needs. */
export interface ReportDraft {
  /** Which quarter, 1…4; four when absent. */
  readonly quarter?: number;
  readonly editable?: boolean;
  /** Indicator key → what stands there this quarter. */
  readonly values?: Readonly<Record<string, ActualBody>>;
  /** Indicator key → what earlier quarters recorded, in order. */
  readonly earlier?: Readonly<Record<string, readonly ActualBody[]>>;
  readonly rows?: (row: ReportRow) => ReportRow;
  readonly state?: MonitoringReportView['state'];
  readonly moves?: readonly string[];
}

const QUARTERS = ['第一季度', '第二季度', '第三季度', '第四季度'] as const;
const ENDS = ['03-31', '06-30', '09-30', '12-31'] as const;

/** A made-up identity of the right shape: the n-th of its family. */
export function idOf(family: number, n: number): string {
  return `00000000-0000-4000-8${String(family).padStart(3, '0')}-${String(n).padStart(12, '0')}`;
}

/** The id of the row that stands at `index` in the table. */
export function rowIdAt(index: number): string {
  return idOf(1, index + 1);
}

/** A number that was reported, as the wire has it. */
export function reported(magnitude: string, unit: string | null): ActualBody {
  return { kind: 'REPORTED', magnitude, unit };
}

export function aReport(table: PerformanceTargetTable, draft: ReportDraft = {}): MonitoringReportView {
  const { quarter = 4, editable = true, state = 'DRAFT', moves = ['submit'], rows = (row) => row } = draft;
  const { fiscalYear } = table;
  const report = {
    id: idOf(2, quarter), revision: 7, state,
    period: {
      id: idOf(3, quarter), fiscalYear, ordinal: quarter, label: QUARTERS[quarter - 1], startsOn: `${fiscalYear}-01-01`, endsOn: `${fiscalYear}-${ENDS[quarter - 1]}`, dueOn: `${fiscalYear + 1}-01-20`,
      state: 'OPEN',
    },
    table: {
      id: idOf(4, 1), subject: table.subject, unitName: table.budgetUnit, project: table.project, fiscalYear, version: 1, goalText: table.goalText, budget: table.budget,
    },
    rows: table.indicators.map((indicator, index) => rows(rowOf(indicator, index, quarter, draft))),
    execution: null,
    score: { state: 'NONE', scoreId: null, total: null, rating: null, profileName: MOF_2020_10.name, profileVersion: 1, computedAt: null, failure: null },
    editable, moves, history: [], profile: MOF_2020_10, today: `${fiscalYear + 1}-01-09`, changedSince: null,
    siblings: QUARTERS.slice(0, quarter).map((label, index) => ({ id: idOf(2, index + 1), label, ordinal: index + 1, state: index + 1 < quarter ? 'SIGNED' : state })),
  };
  // Identities are branded on the wire; these were made here.
  return report as unknown as MonitoringReportView;
}

function rowOf(indicator: PerformanceTargetTable['indicators'][number], index: number, quarter: number, draft: ReportDraft): ReportRow {
  const value = draft.values?.[indicator.key] ?? null;
  const earlier = (draft.earlier?.[indicator.key] ?? []).slice(0, quarter - 1).map((actual, at) => ({ ordinal: at + 1, label: QUARTERS[at] ?? '', actual }));
  const year = accumulateActuals(indicator.accumulation, [...earlier.map(({ actual }) => toActual(actual)), value === null ? null : toActual(value)], indicator.target.unit);
  return {
    indicator: { ...indicator, id: rowIdAt(index), ordinal: index + 1 },
    current: value === null ? null : { revision: 1, actual: value, origin: 'TYPED', by: '填报人', at: '2025-01-08T02:00:00Z', observationId: null },
    earlier, yearToDate: toBody(year.actual), candidate: null, evidence: [], explanation: null, score: null, light: 'NONE',
  } as unknown as ReportRow;
}
