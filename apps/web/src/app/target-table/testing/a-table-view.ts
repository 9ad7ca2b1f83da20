import type { IndicatorView, TargetTableView } from '@jiheng/contract';
import { theTable } from '@jiheng/domain/testing';

const id = <T extends string>(n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as T;

/** One of the six published tables as the server shows it: approved, first version, nobody has found anything. */
export function aTableView(prefix: Parameters<typeof theTable>[0], more: Partial<TargetTableView> = {}): TargetTableView {
  const table = theTable(prefix);
  return {
    id: id(1), subject: table.subject, fiscalYear: table.fiscalYear, unitId: id(2), unitName: table.budgetUnit, project: table.project, version: 1, state: 'APPROVED',
    budgetTotal: table.budget.total, indicatorCount: table.indicators.length, weightTotal: '90', reports: [], selfEvaluation: null, goalText: table.goalText, budget: table.budget, lead: null,
    indicators: table.indicators.map((indicator, at): IndicatorView => ({ ...indicator, id: id(100 + at), ordinal: at + 1 })),
    moves: [], findings: [], history: [], versions: [{ id: id(1), version: 1, state: 'APPROVED' }], revision: 3, ...more,
  };
}
