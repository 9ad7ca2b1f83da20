import type { Indicator, PerformanceTargetTable, ProjectBudget, UnitBudget } from '@jiheng/domain';
import type { IndicatorEntity } from './indicator.entity';
import type { PerformanceTargetTableEntity } from './target-table.entity';

/** The columns of a row, without its identity. */
export type IndicatorColumns = Omit<IndicatorEntity, 'id' | 'tableId' | 'ordinal'>;
/** The money columns of a head. */
export type BudgetColumns = Pick<PerformanceTargetTableEntity, 'budgetTotal' | 'budgetFiscal' | 'budgetOther' | 'budgetHigherLevel' | 'budgetLocalLevel'>;

/** A stored row as the domain knows it. Numbers keep the digits they were printed with ("26.10"). */
export function toIndicator(row: IndicatorColumns): Indicator {
  return {
    key: row.indicatorKey, level1: row.level1, level2: row.level2, name: row.name,
    target: {
      kind: row.targetKind, comparator: row.targetComparator, magnitude: row.targetKind === 'DATE' ? row.targetDate : row.targetMagnitude,
      magnitudeHigh: row.targetMagnitudeHigh, unit: row.targetUnit, text: row.targetText, raw: row.targetRaw,
    },
    direction: row.direction, weight: row.weight, basis: row.basis, previousActual: row.previousActual, scoringRule: row.scoringRule,
    evidence: row.evidence, accumulation: row.accumulation, passThreshold: row.passThreshold,
  };
}

/** A row of the domain as columns. */
export function toIndicatorColumns(indicator: Indicator): IndicatorColumns {
  const { target } = indicator;
  return {
    indicatorKey: indicator.key, level1: indicator.level1, level2: indicator.level2, name: indicator.name,
    targetKind: target.kind, targetComparator: target.comparator, targetMagnitude: target.kind === 'DATE' ? null : target.magnitude,
    targetMagnitudeHigh: target.magnitudeHigh, targetDate: target.kind === 'DATE' ? target.magnitude : null,
    targetUnit: target.unit, targetText: target.text, targetRaw: target.raw,
    direction: indicator.direction, weight: indicator.weight, basis: indicator.basis, previousActual: indicator.previousActual,
    scoringRule: indicator.scoringRule, evidence: indicator.evidence, accumulation: indicator.accumulation, passThreshold: indicator.passThreshold,
  };
}

/** 项目资金 or 年度预算, by what the table is about. */
export function toBudget(subject: 'PROJECT' | 'UNIT', row: BudgetColumns): ProjectBudget | UnitBudget {
  return subject === 'PROJECT'
    ? { total: row.budgetTotal, fiscal: row.budgetFiscal, other: row.budgetOther }
    : { total: row.budgetTotal, higherLevel: row.budgetHigherLevel, localLevel: row.budgetLocalLevel, other: row.budgetOther };
}

/** The money of a table as columns; what the form does not have stays null. */
export function toBudgetColumns(budget: Partial<Record<'total' | 'fiscal' | 'other' | 'higherLevel' | 'localLevel', string | null | undefined>>): BudgetColumns {
  return {
    budgetTotal: budget.total ?? null, budgetFiscal: budget.fiscal ?? null, budgetOther: budget.other ?? null,
    budgetHigherLevel: budget.higherLevel ?? null, budgetLocalLevel: budget.localLevel ?? null,
  };
}

/** Head and rows as the domain's table. */
export function toPerformanceTargetTable(
  head: BudgetColumns & Pick<PerformanceTargetTableEntity, 'subject' | 'fiscalYear' | 'goalText' | 'project' | 'tasks'>, unitName: string, indicators: readonly Indicator[],
): PerformanceTargetTable {
  return {
    subject: head.subject, fiscalYear: head.fiscalYear, budgetUnit: unitName, project: head.project === '' ? null : head.project,
    budget: toBudget(head.subject, head), goalText: head.goalText, indicators, ...(head.tasks === null || head.tasks.length === 0 ? {} : { tasks: head.tasks }),
  };
}
