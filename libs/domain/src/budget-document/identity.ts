import type { Money } from '../budget/money';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import type { BudgetDocument } from './budget-document';
import type { BudgetNarrative } from './read-narrative';

/** One addend of an identity: what it is and how much, 万元 unless the identity counts heads or percent. */
export interface IdentityTerm {
  readonly label: string;
  readonly amount: Money;
  /** The cell's amount could not be told from its neighbours': an equation with such a term says nothing. */
  readonly isUnknown?: true;
}

/** Two sides that should be equal. The tolerance is 0.01 for each addend of both sides together, less one. */
export interface IdentityEquation {
  /** Which row, class or section; empty when the identity has one equation only. */
  readonly about: string;
  readonly left: readonly IdentityTerm[];
  readonly right: readonly IdentityTerm[];
  /** TABLE: both sides from tables. TEXT: at least one number is taken from the running text because its table is missing or prints none. */
  readonly source: 'TABLE' | 'TEXT';
  /** Percentages are compared as printed, with this tolerance instead of the one for sums. */
  readonly tolerance?: Money;
}

/** What identities look at. */
export interface IdentityContext {
  readonly budget: BudgetDocument;
  readonly narrative: BudgetNarrative;
  readonly targets: readonly PerformanceTargetTable[];
}

/** B1 … B36. */
export interface BudgetIdentity {
  readonly number: number;
  readonly zh: string;
  readonly en: string;
  /** false: worth knowing, no rule (B28). */
  readonly strict: boolean;
  /** Its equations in one document; none where a table it needs is missing. */
  readonly equations: (context: IdentityContext) => readonly IdentityEquation[];
}
