import type { BudgetDocument, BudgetNarrative } from '@jiheng/domain';
import type { Actor } from '../platform/access/actor';
import type { Db, Tx } from '../platform/database/tx';

export { toBudgetTableViews, toIdentityViews } from './budget-document-view';

/** A budget table as printed. */
export interface PrintedBudgetTable {
  readonly number: number;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What an import hands over: whose budget of which year, and what was read. */
export interface NewBudgetDocument {
  readonly unitId: string;
  readonly fiscalYear: number;
  /** Name of the file it was read from. */
  readonly sourceName: string;
  readonly budget: BudgetDocument;
  readonly printed: readonly PrintedBudgetTable[];
  readonly narrative: BudgetNarrative;
}

/** A stored budget document, whole. */
export interface LoadedBudgetDocument extends NewBudgetDocument {
  readonly id: string;
  /** 1 for the first document of a unit and year. */
  readonly version: number;
  readonly by: string;
  readonly at: Date;
}

/** The door to published budgets for features above. */
export abstract class BudgetDocuments {
  /**
   * Stores the budget tables of a document as the next version of its unit and year. Whoever calls has asked for the right to write for the unit.
   * @returns id and version
   */
  abstract store(tx: Tx, actor: Actor, made: NewBudgetDocument): Promise<{ readonly id: string; readonly version: number }>;
  /** Takes a version back: the one before it holds again. Twice asked, once done. */
  abstract withdraw(tx: Tx, actor: Actor, id: string): Promise<void>;
  /** The newest version that was not taken back; null when there is none. */
  abstract latest(db: Db, unitId: string, fiscalYear: number): Promise<LoadedBudgetDocument | null>;
}
