import type { Indicator } from './indicator';
import type { MainTask } from './main-task';

/** What a table is about: one project, or the unit as a whole (单位整体). */
export type Subject = 'PROJECT' | 'UNIT';

/** 项目资金, 万元 decimal text. */
export interface ProjectBudget {
  readonly total: string | null;
  readonly fiscal: string | null;
  readonly other: string | null;
}

/** 年度预算 of the unit as a whole, 万元 decimal text. */
export interface UnitBudget {
  readonly total: string | null;
  readonly higherLevel: string | null;
  readonly localLevel: string | null;
  readonly other: string | null;
}

/** 绩效目标表: the promise of one subject for one fiscal year, one version of it. */
export interface PerformanceTargetTable {
  readonly subject: Subject;
  readonly fiscalYear: number;
  readonly budgetUnit: string;
  /** null for UNIT. */
  readonly project: string | null;
  readonly budget: ProjectBudget | UnitBudget;
  readonly goalText: string;
  readonly indicators: readonly Indicator[];
  /** 年度主要任务 of a whole unit; absent where its form has none. */
  readonly tasks?: readonly MainTask[];
}
