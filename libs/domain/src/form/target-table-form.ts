import { addDecimal, normalizeDecimal, roundHalfUp } from '../decimal';
import { formatTarget } from '../target-table/format-target';
import type { ScoringRule } from '../target-table/indicator';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import type { FormSheet } from './form-sheet';
import type { MainTask } from '../target-table/main-task';
import { PROJECT_TARGET_TEMPLATE, UNIT_TARGET_TEMPLATE, UNIT_TARGET_TEMPLATE_WITH_TASKS } from './form-template';
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
  const tasks = table.subject === 'UNIT' ? table.tasks ?? [] : [];
  return layOutForm(table.subject === 'PROJECT' ? PROJECT_TARGET_TEMPLATE : tasks.length === 0 ? UNIT_TARGET_TEMPLATE : UNIT_TARGET_TEMPLATE_WITH_TASKS, {
    fields: {
      yearTitle: `（${table.fiscalYear}年）`, budgetUnit: table.budgetUnit, project: table.project ?? '', goalText: table.goalText,
      lead: head.lead ?? '', contact: head.contact ?? '', phone: head.phone ?? '', ...amounts,
    },
    lists: {
      tasks: tasks.length === 0 ? [] : [...tasks, sumOf(tasks)].map(({ name, content, total, fiscal, other }) => ({ name, content: content ?? '', total: money(total), fiscal: money(fiscal), other: money(other) })),
      indicators: table.indicators.map((indicator) => ({
        level1: indicator.level1, level2: indicator.level2, name: indicator.name, target: formatTarget(indicator.target),
        basis: indicator.basis ?? '', previousActual: indicator.previousActual ?? '', weight: normalizeDecimal(indicator.weight),
        rule: indicator.scoringRule === null ? '' : SCORING_RULE_WORDS[indicator.scoringRule], evidence: indicator.evidence ?? '',
      })),
    },
  });
}

/** 金额合计; a source that no task names stays blank. */
function sumOf(tasks: readonly MainTask[]): MainTask {
  const sum = (field: 'total' | 'fiscal' | 'other'): string | null => {
    const amounts = tasks.flatMap((task) => task[field] ?? []);
    return amounts.length === 0 ? null : addDecimal(...amounts);
  };
  return { name: '金额合计', content: null, total: sum('total'), fiscal: sum('fiscal'), other: sum('other') };
}
