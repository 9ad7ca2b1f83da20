import type { FormVocabulary } from './form-vocabulary';
import { periodOf } from './form-vocabulary';
import { readMoney } from './read-money';
import { wholeCell } from './raw-cell';
import type { RawCell, RawMoneyLine } from './raw-table';
import type { MoneyColumn } from './templates/recognition-template';
import type { CellPlace } from './source-line';

/** A filled cell of a line or a piece of text with its place. */
export interface PlacedText {
  readonly text: string;
  /** Index in its line. */
  readonly at: number;
  readonly place: CellPlace;
}

/** The columns of a money block by position. */
export interface MoneyHead {
  readonly columns: readonly { readonly role: MoneyColumn; readonly at: number }[];
  readonly period: string | null;
}

/** The head of a money block; null when a line is none: at least two of its words, one of them an amount. */
export function readMoneyHead(cells: readonly { readonly text: string; readonly at: number }[], vocabulary: FormVocabulary): MoneyHead | null {
  const columns: { role: MoneyColumn; at: number }[] = [];
  let period: string | null = null;
  for (const { text, at } of cells) {
    if (text.length > 30) continue;
    const role = vocabulary.moneyColumn(text);
    if (role === null || columns.some((column) => column.role === role)) continue;
    columns.push({ role, at });
    period ??= periodOf(text);
  }
  const hasAmount = columns.some(({ role }) => role === 'initial' || role === 'adjusted' || role === 'executed');
  return columns.length >= 2 && hasAmount ? { columns, period } : null;
}

/** Whether a cell can stand in a money block: an amount, a rate, points, or a mark of nothing. */
export function isMoneyValue(text: string): boolean {
  const word = text.normalize('NFKC').replace(/\s+/gu, '');
  return readMoney(word, '万元') !== undefined || /^\d+(?:\.\d+)?[%％分]$/u.test(word) || /^不适用$/u.test(word);
}

/** A line of the money block read under its head: by position where every value stands under a column, else in order, rates by their sign. */
export function readMoneyLine(values: readonly PlacedText[], head: MoneyHead): Partial<Record<MoneyColumn, RawCell>> {
  const cells: Partial<Record<MoneyColumn, RawCell>> = {};
  const take = (role: MoneyColumn | undefined, value: PlacedText, shifted: boolean): void => {
    if (role !== undefined) cells[role] ??= wholeCell(value.text, value.place, shifted ? ['shifted'] : []);
  };
  const byPosition = values.map((value) => head.columns.find((column) => column.at === value.at)?.role);
  if (byPosition.every((role) => role !== undefined)) {
    values.forEach((value, at) => {
      take(byPosition[at], value, false);
    });
    return cells;
  }
  if (values.length === head.columns.length) {
    values.forEach((value, at) => {
      take(head.columns[at]?.role, value, true);
    });
    return cells;
  }
  // Blank cells are lost: amounts fill the columns of amounts from the left, a percentage is the rate.
  const rest = head.columns.map(({ role }) => role).filter((role) => role !== 'rate');
  for (const value of values) {
    if (/[%％]/u.test(value.text)) take('rate', value, true);
    else take(rest.shift(), value, true);
  }
  return cells;
}

/** The line of the table as a whole, where a block has one line without a label. */
export function wholeLine(values: readonly PlacedText[], head: MoneyHead): RawMoneyLine {
  return { line: 'TOTAL', label: '', cells: readMoneyLine(values, head) };
}
