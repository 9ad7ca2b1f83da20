import type { BudgetRow, BudgetRowKind } from '@jiheng/domain';

/** A row of a budget table as it was taken out of its lines, before its amounts are put into columns. */
export interface PrintedBudgetRow {
  readonly kind: BudgetRowKind;
  readonly side: BudgetRow['side'];
  readonly code: string | null;
  readonly line: string | null;
  readonly name: string;
  readonly project: string | null;
  /** Amounts by column where the source kept its cells; null where empty cells were lost. */
  readonly placed: Readonly<Record<string, string>> | null;
  /** Amounts in the order of print. */
  readonly amounts: readonly string[];
  /** The cells as printed. */
  readonly cells: readonly string[];
  readonly numbers: readonly number[];
}

const AMOUNT = /^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/u;

/** A printed amount as decimal text; null when the cell holds none. Empty marks are none. */
export function amountText(cell: string): string | null {
  const text = cell.normalize('NFKC').replace(/\s+/gu, '');
  return AMOUNT.test(text) ? text.replace(/,/gu, '').replace(/^(-?)0+(?=\d)/u, '$1') : null;
}

/** Whether a token of running text is an amount and not a year, a code or a number inside a name: it has a point. */
export function isPointedAmount(token: string): boolean {
  return /^-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{1,6}$/u.test(token);
}
