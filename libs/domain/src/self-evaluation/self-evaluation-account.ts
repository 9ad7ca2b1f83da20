import type { Actual } from '../actual/actual';
import type { MoneyPart } from '../budget/money-lines';
import { addDecimal, type DecimalText } from '../decimal';
import type { DeviationExplanation } from '../monitoring/deviation';
import type { ExecutionScore, IndicatorScore, TableScore } from '../scoring/score';
import type { Indicator } from '../target-table/indicator';
import type { Subject } from '../target-table/performance-target-table';
import type { PointsAdjustment } from './adjusted-score';

/** 年初预算数, 全年预算数, 全年执行数 of one line, 万元. */
export interface MoneyRow {
  readonly part: MoneyPart;
  readonly initial: DecimalText | null;
  readonly adjusted: DecimalText | null;
  readonly executed: DecimalText | null;
}

/** One row of the year with everything the form and the report print of it. */
export interface AccountedRow {
  readonly indicator: Indicator;
  readonly actual: Actual;
  readonly score: IndicatorScore;
  readonly adjustment: PointsAdjustment | null;
  readonly explanation: DeviationExplanation | null;
  /** File names of the evidence. */
  readonly evidence: readonly string[];
}

/** The year's account as forms and reports print it; nothing in it is computed anew there. */
export interface SelfEvaluationAccount {
  readonly subject: Subject;
  readonly fiscalYear: number;
  readonly budgetUnit: string;
  /** 主管部门; null where none stands above. */
  readonly department: string | null;
  readonly project: string | null;
  /** Version of the target table that is evaluated; above 1 it was adjusted in the year. */
  readonly tableVersion: number;
  readonly goalText: string;
  /** 实际完成情况, as written. */
  readonly goalAchieved: string;
  readonly money: readonly MoneyRow[];
  readonly execution: ExecutionScore | null;
  /** 执行率偏低或超预算的原因, as written. */
  readonly executionReason: string | null;
  readonly rows: readonly AccountedRow[];
  /** Total of the computed points. */
  readonly computedTotal: DecimalText | null;
  /** Total as printed: with adjusted points. */
  readonly total: DecimalText | null;
  readonly rating: TableScore['rating'];
  readonly rescaled: boolean;
  /** Name and version of the rule profile the points were made with. */
  readonly profile: { readonly name: string; readonly version: number; readonly title: string };
  /** What people wrote into the chapters of the report, by chapter. */
  readonly chapters: ReadonlyMap<string, string>;
}

/** Points of a row as printed: adjusted where a person set them. */
export function finalPointsOf(row: Pick<AccountedRow, 'score' | 'adjustment'>): DecimalText | null {
  return row.score.flags.includes('NOT_APPLICABLE') ? null : (row.adjustment?.points ?? row.score.points);
}

/** Σ 分值 of the rows and the execution row: 100 where nothing is missing. */
export function fullMarksOf(account: Pick<SelfEvaluationAccount, 'rows' | 'execution'>): DecimalText {
  return addDecimal(...account.rows.map((row) => row.indicator.weight), account.execution?.weight ?? '0');
}
