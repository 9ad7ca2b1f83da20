import type { Subject } from '@jiheng/domain';
import type { ColumnRole } from '../form-words';
import type { HeadField } from '../head-labels';

/** What a form is for: the promise, the look at it during the year, the account after it. */
export type FormKind = 'TARGET' | 'MONITORING' | 'SELF_EVALUATION';

/** What a column of the money block holds. */
export type MoneyColumn = 'initial' | 'adjusted' | 'executed' | 'forecast' | 'rate' | 'weight' | 'points' | 'reason';

/** A line of the money block: the whole and the sources it is made of. */
export type MoneyLine =
  | 'TOTAL' | 'FISCAL' | 'CARRY_OVER' | 'HIGHER_LEVEL' | 'LOCAL_LEVEL' | 'SPECIAL_ACCOUNT' | 'UNIT_FUNDS' | 'OTHER';

/** A column of the indicator block. */
export interface TemplateColumn {
  readonly role: ColumnRole;
  /** Its head as printed, most usual spelling first; `{period}` stands for 1—7月, 第二季度 … */
  readonly words: readonly string[];
  /** The word above several columns: 偏差原因分析. */
  readonly group?: string;
  /** The form is printed with and without it. */
  readonly optional?: boolean;
}

/** Amounts by source and state of the year. */
export interface TemplateMoney {
  readonly columns: readonly { readonly role: MoneyColumn; readonly words: readonly string[] }[];
  /** Empty where the only line has no label of its own. */
  readonly rows: readonly { readonly line: MoneyLine; readonly words: readonly string[] }[];
}

/** 表样: what a form of one province or year prints where, so that another form is another file and no code. */
export interface RecognitionTemplate {
  /** Short and unique: F2, F4-AH. */
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** The regulation or the published form it was taken from. */
  readonly origin: string;
  readonly form: FormKind;
  readonly subject: Subject;
  /** Titles as printed, without year and attachment number. */
  readonly titleWords: readonly string[];
  /** Labels of the head beyond the usual ones. */
  readonly labels?: Readonly<Partial<Record<HeadField, readonly string[]>>>;
  readonly columns: readonly TemplateColumn[];
  readonly money?: TemplateMoney;
  /** First cell of a row that only adds up. */
  readonly sumWords: readonly string[];
}
