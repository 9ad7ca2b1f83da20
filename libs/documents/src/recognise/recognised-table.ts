import type { MainTasks } from './main-tasks';
import type { DeviationCause, Indicator, Likelihood, PerformanceTargetTable } from '@jiheng/domain';
import type { TemplateScore } from './detect-template';
import type { PackedCells } from './packed-cells';
import type { HeadCell } from './raw-table';
import type { CellPlace } from './source-line';
import type { FormKind, MoneyColumn, MoneyLine } from './templates/recognition-template';

/** Where something was read. */
export interface ReadingPlace {
  /** Name of the file as given. */
  readonly file: string;
  /** `line 519`, `sheet 线路租赁费 / row 8`. */
  readonly place: string;
}

/** One cell of a recognised row: as it stands in the source, where, and how sure it is that it belongs here. */
export interface RecognisedCell {
  /** The cell as printed, pieces of a broken cell joined by a line break, nothing mended. */
  readonly raw: string;
  /** 0…1, decimal text with two places. */
  readonly confidence: string;
  /** Where the pieces stand; empty when the value was inherited from a cell above or taken as the form's default. */
  readonly places: readonly CellPlace[];
}

/** An indicator read from a document, with how sure the reading is and where it stands. */
export interface RecognisedIndicator extends Indicator {
  /** 0…1, decimal text with two places. 1.00: every cell stood in its column and its words are known. */
  readonly confidence: string;
  readonly source: ReadingPlace;
  /** The cells it was read from; `cellsOf` shows them by column. */
  readonly cells?: PackedCells;
  // What forms print beyond the target. A key is there when the form has such a column, null when its cell says nothing.
  /** 调整指标值, as printed. */
  readonly adjustedTargetRaw?: string | null;
  /** 实际完成值 (or what was reached by the end of the watched period), as printed, its unit behind it where the unit has a column of its own. */
  readonly actualRaw?: string | null;
  /** 定性完成情况简述. */
  readonly actualText?: string | null;
  /** 得分, decimal text as printed; null when blank or not a number. */
  readonly pointsRaw?: string | null;
  /** 扣减分数, as printed. */
  readonly deductionRaw?: string | null;
  /** 得分系数, as printed. */
  readonly coefficientRaw?: string | null;
  /** 偏差原因分析及改进措施. */
  readonly deviation?: string | null;
  /** 是否核心指标. */
  readonly isCore?: boolean | null;
  /** 全年预计完成情况, as printed. */
  readonly forecastRaw?: string | null;
  /** 偏差原因 ticked. */
  readonly causes?: readonly DeviationCause[];
  /** 完成目标可能性 ticked; null when none or several are. */
  readonly likelihood?: Likelihood | null;
  readonly remark?: string | null;
  /** 指标解释. */
  readonly explanation?: string | null;
  /** 取值方式. */
  readonly measureMethod?: string | null;
  /** 数据来源. */
  readonly dataSource?: string | null;
}

/** A line of the money block, amounts in 万元 decimal text with the printed digits. */
export interface ExecutionLine {
  readonly line: MoneyLine;
  /** Its label as printed; empty where the only line has none. */
  readonly label: string;
  readonly initial: string | null;
  readonly adjusted: string | null;
  readonly executed: string | null;
  readonly forecast: string | null;
  /** As printed, with its sign: 95.00%. */
  readonly rate: string | null;
  readonly weight: string | null;
  readonly points: string | null;
  readonly reason: string | null;
  readonly cells: Readonly<Partial<Record<MoneyColumn, RecognisedCell>>>;
}

/** What the row that adds up prints. */
export interface PrintedSum {
  /** Σ 分值, decimal text. */
  readonly weight: string | null;
  /** 总分, decimal text. */
  readonly points: string | null;
  /** 优, 良, 中, 差. */
  readonly rating: string | null;
  readonly cells: Readonly<Partial<Record<'weight' | 'points' | 'rating', RecognisedCell>>>;
}

/** A form read from a document: a target table, or a monitoring or self-evaluation form, which holds the targets too. */
export interface RecognisedTable extends PerformanceTargetTable {
  readonly form: FormKind;
  /** Name of the template that fits best. */
  readonly template: string;
  /** The template that fits best and the runner-up, each with how well it fits. */
  readonly templateScores: readonly TemplateScore[];
  readonly indicators: readonly RecognisedIndicator[];
  /** The cells the head was read from. */
  readonly head?: Readonly<Partial<Record<HeadCell, RecognisedCell>>>;
  readonly source: ReadingPlace;
  /** Points printed in the cells of the first levels (产出指标(50分)): decimal text by level. Absent where none are. */
  readonly levelPoints?: Readonly<Record<string, string>>;
  /** 实际完成情况 beside the goal; absent in target forms. */
  readonly goalAchieved?: string | null;
  /** 全年（调整）目标. */
  readonly goalAdjusted?: string | null;
  /** The money block of the year; absent in forms without one. */
  readonly execution?: readonly ExecutionLine[];
  /** 1—7月: the span a monitoring form is about, as printed. */
  readonly period?: string;
  /** 年度主要任务 of a whole unit with their money; absent in forms without them. */
  readonly mainTasks?: MainTasks;
  /** Absent where no row adds up. */
  readonly printedSum?: PrintedSum;
}

/** One of the budget tables 1–11 of the disclosure form, cells as printed. */
export interface BudgetTable {
  readonly number: number;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
