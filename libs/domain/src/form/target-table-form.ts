import { normalizeDecimal, roundHalfUp } from '../decimal';
import { formatTarget } from '../target-table/format-target';
import type { ScoringRule } from '../target-table/indicator';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import type { FormSheet } from './form-sheet';
import { PROJECT_TARGET_TEMPLATE, UNIT_TARGET_TEMPLATE } from './form-template';
import { layOutForm } from './lay-out-form';

/** 赋分规则 as the forms print it. */
export const SCORING_RULE_WORDS: Readonly<Record<ScoringRule, string>> = {
  PROPORTIONAL: '按照完成比例赋分', GRADE: '按评判等级赋分', SATISFACTION: '满意度赋分', DIRECT: '直接赋分',
};

/** What a target form prints besides the table itself. Persons are named by whoever prints it; null leaves the cell blank. */
export interface TargetFormHead {
  readonly lead?: string | null;
  readonly contact?: string | null;
  readonly phone?: string | null;
}

/** 绩效目标表 cell by cell: F1 for the unit as a whole, F2 for a project, in the layout of the published 2024 tables. */
export function targetTableForm(table: PerformanceTargetTable, head: TargetFormHead = {}): FormSheet {
  const money = (amount: string | null): string => (amount === null ? '' : roundHalfUp(amount, 2));
  const amounts = Object.fromEntries(Object.entries(table.budget).map(([part, amount]) => [part, money(amount as string | null)]));
  return layOutForm(table.subject === 'UNIT' ? UNIT_TARGET_TEMPLATE : PROJECT_TARGET_TEMPLATE, {
    fields: {
      yearTitle: `（${table.fiscalYear}年）`, budgetUnit: table.budgetUnit, project: table.project ?? '', goalText: table.goalText,
      lead: head.lead ?? '', contact: head.contact ?? '', phone: head.phone ?? '', ...amounts,
    },
    lists: {
      indicators: table.indicators.map((indicator) => ({
        level1: indicator.level1, level2: indicator.level2, name: indicator.name, target: formatTarget(indicator.target),
        basis: indicator.basis ?? '', previousActual: indicator.previousActual ?? '', weight: normalizeDecimal(indicator.weight),
        rule: indicator.scoringRule === null ? '' : SCORING_RULE_WORDS[indicator.scoringRule], evidence: indicator.evidence ?? '',
      })),
    },
  });
}
