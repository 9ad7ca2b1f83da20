import type { PrintedTaskSum, ProjectMoney } from '../checks/check-main-tasks';
import type { PrintedBudgetRow } from '../checks/check-projects';
import type { Finding } from '../checks/finding';
import type { DeviationCause, Likelihood } from '../monitoring/deviation';
import type { Indicator } from '../target-table/indicator';
import type { MainTask } from '../target-table/main-task';
import type { PerformanceTargetTable, ProjectBudget, Subject, UnitBudget } from '../target-table/performance-target-table';
import type { AcceptedFinding } from './accepted-finding';

/** Columns of the form that a person checks against the document. */
export const STAGED_COLUMNS = ['level1', 'level2', 'name', 'target', 'basis', 'previous', 'weight', 'rule', 'evidence'] as const;
export type StagedColumn = (typeof STAGED_COLUMNS)[number];

/** Fields of the head that a person may write. Amounts in 万元 unless the text names another unit of money. */
export const HEAD_FIELDS = ['subject', 'fiscalYear', 'project', 'lead', 'goalText', 'total', 'fiscal', 'other', 'higherLevel', 'localLevel'] as const;
export type HeadField = (typeof HEAD_FIELDS)[number];

/** One cell of the document: which part, which printed line, which cell of the line (0-based but for the line's number). */
export interface StagedPlace {
  readonly part: number;
  readonly line: number;
  readonly cell: number;
}

/** A cell as the document prints it, how sure the reading is (0…1, decimal text) and where it stands. */
export interface StagedCell {
  readonly raw: string;
  readonly confidence: string;
  readonly places: readonly StagedPlace[];
}

/** What kind of form a table was read as. Only TARGET becomes a target table; the others tell what was reached. */
export const STAGED_FORMS = ['TARGET', 'MONITORING', 'SELF_EVALUATION'] as const;
export type StagedForm = (typeof STAGED_FORMS)[number];

/** The template of the form a table was read with, and how well it fits (0…1, decimal text). */
export interface StagedTemplate {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly confidence: string;
}

/** 偏差原因, 全年预计, 完成目标可能性 and 备注 of a row of a monitoring form, as read. */
export interface StagedRemark {
  readonly causes: readonly DeviationCause[];
  /** 原因说明. */
  readonly sentence: string | null;
  /** 全年预计完成情况, as printed. */
  readonly forecast: string | null;
  readonly likelihood: Likelihood | null;
  /** 备注: why the goal may be missed, and what is planned. */
  readonly remark: string | null;
}

/** A line of the money block of a monitoring form, 万元 decimal text. */
export interface StagedMoneyLine {
  /** TOTAL, FISCAL, CARRY_OVER …; lines of regional forms besides. */
  readonly line: string;
  readonly label: string;
  readonly initial: string | null;
  readonly adjusted: string | null;
  readonly executed: string | null;
  /** 全年预计执行数. */
  readonly forecast: string | null;
}

/** 三级指标 on its way into the books. `weight` keeps what was typed even where it is no number; the checks then say so. */
export interface StagedRow extends Omit<Indicator, 'key'> {
  /** Identity inside this import. */
  readonly id: string;
  /** Unit in the bracket behind the printed name; null when there is none. */
  readonly nameUnit: string | null;
  /** How sure the reading of the whole row is, 0…1 decimal text; 1 for a row a person wrote. */
  readonly confidence: string;
  /** Where it stands, in words: `line 519`, `sheet 线路租赁费 / row 8`; empty for a row a person wrote. */
  readonly place: string;
  readonly cells: Readonly<Partial<Record<StagedColumn, StagedCell>>>;
  /** Columns a person has written; their reading is no longer doubtful. */
  readonly corrected: readonly StagedColumn[];
  /** What a monitoring or self-evaluation form prints as reached: the value, and its words. Absent in target forms. */
  readonly actual?: { readonly raw: string | null; readonly text: string | null };
  /** What a monitoring form says of the row besides. Absent in other forms, and where it says nothing. */
  readonly said?: StagedRemark;
}

/** Something the reading itself says of a row (by its id) or of the head (null). */
export interface ReadingNote {
  readonly row: string | null;
  readonly finding: Finding;
}

/** What else the document prints that the table has to agree with: the same after every correction. */
export interface StagedPrint {
  /** 合计行的分值: the sum below the weights; null where none is printed. */
  readonly weight: string | null;
  /** Points printed in the cells of first levels (产出指标(50分)), by level. */
  readonly levels: Readonly<Record<string, string>>;
  /** 金额合计 below the main tasks; null where none is printed. */
  readonly tasks: PrintedTaskSum | null;
  /** The project's row of table 7 of the same document; null where there is none. */
  readonly table7: PrintedBudgetRow | null;
}

/** What other tables of the document say that this one has to agree with. */
export interface StagedSurroundings {
  /** The money of the projects, as their tables stand now. */
  readonly projects: readonly ProjectMoney[];
}

/** 绩效目标表 read from a document and not yet in the books, with every correction applied. */
export interface StagedTable {
  /** Absent in readings stored before forms were told apart: a target table. */
  readonly form?: StagedForm;
  readonly template?: StagedTemplate;
  /** The span of the year a monitoring form is about, as printed: 1—6月. Absent in other forms. */
  readonly period?: string;
  readonly subject: Subject;
  readonly fiscalYear: number;
  /** The unit as the document names it. */
  readonly budgetUnit: string;
  readonly project: string | null;
  /** 项目负责人: asked of a person, never taken from a document. */
  readonly lead: string | null;
  readonly budget: ProjectBudget | UnitBudget;
  readonly goalText: string;
  /** 年度主要任务 of a whole unit, as read and corrected; a task without a name is none yet. Absent where the form has no such table. */
  readonly tasks?: readonly MainTask[];
  /** The money block of a monitoring form. Absent in other forms. */
  readonly money?: readonly StagedMoneyLine[];
  readonly rows: readonly StagedRow[];
  readonly place: string;
  /** Cells of the head by the field they hold (`project`, `goalText`, `total` …). */
  readonly headCells: Readonly<Partial<Record<string, StagedCell>>>;
  /** Absent in readings stored before it was kept: their notes then stand as they were made. */
  readonly printed?: StagedPrint;
  readonly notes: readonly ReadingNote[];
  /** Fields of the head a person has written. */
  readonly headCorrected?: readonly HeadField[];
  readonly acceptedFindings: readonly AcceptedFinding[];
  /** Row id → key of the indicator that is already there, as a person decided; null: it is a new one. */
  readonly matches: Readonly<Record<string, string | null>>;
}

/** Below this certainty a cell is marked for a person to compare with the document. */
export const SURE_FROM = '0.9';

/** What kind of form the table is. */
export function formOfStaged(table: Pick<StagedTable, 'form'>): StagedForm {
  return table.form ?? 'TARGET';
}

/** A staged row as an indicator; its key is the row's id until it enters the books. A weight that cannot be read counts as 0. */
export function toIndicatorOf(row: StagedRow): Indicator {
  const { level1, level2, name, target, direction, basis, previousActual, scoringRule, evidence, accumulation, passThreshold } = row;
  return {
    key: row.id, level1, level2, name, target, direction, weight: /^\d{1,6}(?:\.\d{1,6})?$/u.test(row.weight) ? row.weight : '0',
    basis, previousActual, scoringRule, evidence, accumulation, passThreshold,
  };
}

/** The staged table as the domain's table, for checks, forms and comparisons. */
export function toTargetTableOf(table: StagedTable): PerformanceTargetTable {
  const { subject, fiscalYear, budgetUnit, project, budget, goalText, tasks } = table;
  return {
    subject, fiscalYear, budgetUnit, project, budget, goalText, indicators: table.rows.map(toIndicatorOf),
    ...(tasks === undefined || subject !== 'UNIT' ? {} : { tasks: tasks.filter((task) => task.name.trim() !== '') }),
  };
}
