import type { Money } from '../budget/money';
import type { BudgetTableNumber } from './budget-columns';

/**
 * How the amounts of a row came into their columns. POSITION: every amount stood in its column. ARITHMETIC: the source had lost its empty
 * cells and only one assignment satisfies the sums of the row and of the rows around it. UNDECIDED: several do; what all of them agree on is
 * assigned, the rest is kept in `unassigned` and nothing is guessed.
 */
export type AmountOrigin = 'POSITION' | 'ARITHMETIC' | 'UNDECIDED';

/** What a row of a budget table is: the total, a 类/款/项 of the classification, a fixed line of the form, one project, or the unit's own name. */
export type BudgetRowKind = 'TOTAL' | 'SUBJECT' | 'LINE' | 'PROJECT' | 'UNIT';

/** One row of a budget table. Amounts are 万元 as printed, exact; null is an empty cell. */
export interface BudgetRow {
  readonly kind: BudgetRowKind;
  /** Tables 1 and 4 have two halves; null elsewhere. */
  readonly side: 'INCOME' | 'EXPENDITURE' | null;
  /** 科目编码 without blanks: 3 digits 类, 5 款, 7 项 (functional); 3 类, 5 款 (economic). null where the row has none. */
  readonly code: string | null;
  /** Key of a fixed line (`budget-lines.ts`); null where the row is none of these. */
  readonly line: string | null;
  /** 科目名称 or the words of the line, blanks of broken cells removed. */
  readonly name: string;
  /** 项目名称 (tables 7 and 11); null elsewhere. */
  readonly project: string | null;
  /** By column key (`budget-columns.ts`). */
  readonly amounts: Readonly<Record<string, Money | null>>;
  /** Printed amounts that could not be assigned to one column, in the order of print. */
  readonly unassigned: readonly Money[];
  readonly origin: AmountOrigin;
  /** 0…1, decimal text with two places. */
  readonly confidence: string;
  /** `line 519`, `sheet 表2 / row 8`. */
  readonly place: string;
}

/** One of the eleven tables. */
export interface BudgetDocumentTable {
  readonly number: BudgetTableNumber;
  /** As printed, without blanks. */
  readonly title: string;
  readonly rows: readonly BudgetRow[];
  /** The document says that the table is empty (空表), or it has no amounts at all. */
  readonly isEmpty: boolean;
  readonly place: string;
}

/** The budget tables of one published document; those it does not hold are missing. */
export interface BudgetDocument {
  /** 编制单位 as printed above the tables; null when none is printed. */
  readonly unit: string | null;
  readonly tables: readonly BudgetDocumentTable[];
}

/** A paragraph of the document outside its tables. */
export interface Paragraph {
  /** Blanks of broken lines removed, otherwise as printed. */
  readonly text: string;
  readonly place: string;
}

/** A table by its number; null when the document does not hold it. */
export function budgetTable(document: BudgetDocument, number: BudgetTableNumber): BudgetDocumentTable | null {
  return document.tables.find((table) => table.number === number) ?? null;
}
