import { addDecimal } from '../decimal';
import type { Money } from '../budget/money';
import { type BudgetDocument, type BudgetDocumentTable, type BudgetRow, budgetTable } from './budget-document';
import { budgetTableShape, type BudgetTableNumber } from './budget-columns';
import type { IdentityEquation, IdentityTerm } from './identity';

/** The amount of a cell; an empty cell is nothing, and nothing is 0. */
export function amountOf(row: BudgetRow | null, column: string): Money {
  return row?.amounts[column] ?? '0';
}

/** The first row that a predicate holds for; null when there is none. */
export function rowWhere(table: BudgetDocumentTable | null, holds: (row: BudgetRow) => boolean): BudgetRow | null {
  return table?.rows.find(holds) ?? null;
}

/** The total row; of one half where the table has two. */
export function totalRow(table: BudgetDocumentTable | null, side: BudgetRow['side'] = null): BudgetRow | null {
  return rowWhere(table, (row) => row.kind === 'TOTAL' && row.side === side);
}

/** A line by its key. */
export function lineRow(table: BudgetDocumentTable | null, line: string): BudgetRow | null {
  return rowWhere(table, (row) => row.line === line);
}

/** A row by its code; rows of single projects are not meant. */
export function codeRow(table: BudgetDocumentTable | null, code: string): BudgetRow | null {
  return rowWhere(table, (row) => row.code === code && row.project === null);
}

/** Rows of one level: codes of that many digits. */
export function rowsOfLength(table: BudgetDocumentTable | null, digits: number): readonly BudgetRow[] {
  return table?.rows.filter((row) => row.kind === 'SUBJECT' && row.code?.length === digits) ?? [];
}

/** A cell as a term: `表2 208·一般公共预算`. */
export function term(table: BudgetTableNumber, row: BudgetRow | null, column: string): IdentityTerm {
  const shape = budgetTableShape(table);
  const head = shape.columns.find(({ key }) => key === column)?.zh ?? '';
  const name = row === null ? '' : (row.project ?? (row.code === null ? row.name : `${row.code} ${row.name}`));
  const label = `表${table} ${name}${shape.columns.length > 1 ? `·${head}` : ''}`.trim();
  const isUnknown = row?.origin === 'UNDECIDED' && row.amounts[column] == null && row.unassigned.length > 0;
  return { label, amount: amountOf(row, column), ...(isUnknown ? { isUnknown } : {}) };
}

/** A number from the running text or a target table as a term. */
export function stated(label: string, amount: Money): IdentityTerm {
  return { label, amount };
}

/** An equation between cells. */
export function equation(about: string, left: readonly IdentityTerm[], right: readonly IdentityTerm[], source: IdentityEquation['source'] = 'TABLE'): IdentityEquation {
  return { about, left, right, source };
}

/** Exact sum of terms. */
export function sumOf(terms: readonly IdentityTerm[]): Money {
  return addDecimal(...terms.map(({ amount }) => amount));
}

/** Row sums of a table (total = parts), row by row, where the row has a total and its amounts could be assigned. */
export function rowSums(document: BudgetDocument, number: BudgetTableNumber): IdentityEquation[] {
  const table = budgetTable(document, number);
  const { sums } = budgetTableShape(number);
  return (table?.rows ?? []).filter((row) => row.side !== 'INCOME').flatMap((row) => sums.flatMap(({ total, parts }) => {
    if (row.amounts[total] == null) return [];
    // Amounts without a column are parts of the one sum there is; of several nested sums nobody knows which.
    if (row.unassigned.length > 0 && sums.length > 1) return [];
    const right = parts.filter((part) => row.amounts[part] != null).map((part) => term(number, row, part));
    const loose = row.unassigned.map((amount) => stated(`表${number} ${row.name}（未归列）`, amount));
    return [equation(row.code ?? row.project ?? row.name, [term(number, row, total)], total === 'total' ? [...right, ...loose] : right)];
  })).filter(({ right }) => right.length > 0);
}

/**
 * Children add up to their parent, column by column: 项 to 款, 款 to 类. Rows of single projects count as children of the row they stand under.
 * @param levels pairs of parent and child digits, for example [[3, 5], [5, 7]]
 */
export function classSums(document: BudgetDocument, number: BudgetTableNumber, levels: readonly (readonly [number, number])[]): IdentityEquation[] {
  const table = budgetTable(document, number);
  const { columns } = budgetTableShape(number);
  return levels.flatMap(([parentDigits, childDigits]) => {
    const below = new Map<string, BudgetRow[]>();
    for (const child of rowsOfLength(table, childDigits)) {
      const code = (child.code ?? '').slice(0, parentDigits);
      const siblings = below.get(code);
      if (siblings === undefined) below.set(code, [child]);
      else siblings.push(child);
    }
    return rowsOfLength(table, parentDigits).flatMap((parent) => {
      const children = below.get(parent.code ?? '') ?? [];
      if (children.length === 0) return [];
      return columns.flatMap(({ key, zh }) => {
        const terms = children.filter((child) => child.amounts[key] != null);
        if (terms.length === 0 && parent.amounts[key] == null) return [];
        if ([parent, ...children].some((row) => row.origin === 'UNDECIDED' && row.amounts[key] == null)) return [];
        return [equation(`${parent.code} ${parent.name}·${zh}`, [term(number, parent, key)], terms.map((child) => term(number, child, key)))];
      });
    });
  });
}

/** The rows of the highest level add up to the total, column by column. */
export function totalSums(document: BudgetDocument, number: BudgetTableNumber): IdentityEquation[] {
  const table = budgetTable(document, number);
  const side = number === 1 || number === 4 ? 'EXPENDITURE' : null;
  const total = totalRow(table, side);
  if (total === null) return [];
  const classes = rowsOfLength(table, 3);
  return budgetTableShape(number).columns.flatMap(({ key, zh }) => {
    const terms = classes.filter((row) => row.amounts[key] != null);
    if (terms.length === 0 || [total, ...classes].some((row) => row.origin === 'UNDECIDED' && row.amounts[key] == null)) return [];
    return [equation(zh, terms.map((row) => term(number, row, key)), [term(number, total, key)])];
  });
}
