import type { TargetTableBody } from '@jiheng/contract';
import { targetTableForm, type FormSheet, type ProjectBudget, type UnitBudget } from '@jiheng/domain';

/** What the form needs of a table: a stored one and one just read from a file both have it. */
export type TargetFormFacts = Pick<TargetTableBody, 'subject' | 'project' | 'budget' | 'goalText' | 'tasks'> & {
  readonly fiscalYear: number | null;
  readonly budgetUnit: string;
  readonly indicators: readonly TargetTableBody['indicators'][number][];
};

/** A target table in the official layout, F1 or F2. `lead`: the person named on the form; the rest is written on paper by hand. */
export function targetForm(table: TargetFormFacts, lead: string | null = null): FormSheet {
  const { total, fiscal = null, other = null, higherLevel = null, localLevel = null } = table.budget;
  const budget: ProjectBudget | UnitBudget = table.subject === 'PROJECT' ? { total, fiscal, other } : { total, higherLevel, localLevel, other };
  return targetTableForm(
    { subject: table.subject, fiscalYear: table.fiscalYear ?? 0, budgetUnit: table.budgetUnit, project: table.project, budget, goalText: table.goalText, indicators: table.indicators, ...(table.tasks === undefined ? {} : { tasks: table.tasks }) },
    table.subject === 'PROJECT' ? { lead } : { contact: lead },
  );
}
