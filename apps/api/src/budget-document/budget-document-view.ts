import type { BudgetDocumentView } from '@jiheng/contract';
import { type BudgetDocument, type CheckedIdentity, sayIdentity } from '@jiheng/domain';
import type { PrintedBudgetTable } from './budget-document.public';

/** The budget tables as they cross the wire: as printed, and typed. */
export function toBudgetTableViews(budget: BudgetDocument, printed: readonly PrintedBudgetTable[]): BudgetDocumentView['tables'] {
  return budget.tables.map(({ number, title, isEmpty, place, rows }) => {
    const shown = printed.find((table) => table.number === number);
    return { number, title, isEmpty, place, columns: [...(shown?.columns ?? [])], rows: (shown?.rows ?? []).map((row) => [...row]), typed: rows.map((row) => ({ ...row, amounts: { ...row.amounts }, unassigned: [...row.unassigned] })) };
  });
}

/** The identities B1–B36 as they cross the wire, both sides of each equation. */
export function toIdentityViews(identities: readonly CheckedIdentity[]): BudgetDocumentView['identities'] {
  return identities.map((identity) => ({
    number: identity.number, zh: identity.zh, en: identity.en, strict: identity.strict, outcome: identity.outcome, sentence: sayIdentity(identity)[0]?.message ?? null,
    equations: identity.equations.map(({ about, source, outcome, leftSum, rightSum, difference, left, right }) =>
      ({ about, source, outcome, leftSum, rightSum, difference, left: left.map(({ label, amount }) => ({ label, amount })), right: right.map(({ label, amount }) => ({ label, amount })) })),
  }));
}
