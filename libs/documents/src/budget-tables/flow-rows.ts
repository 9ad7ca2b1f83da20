import { type BudgetTableShape, fiscalLine, incomeLine, isTotalWords, normalizeText, squeezePrinted, threePublicLine } from '@jiheng/domain';
import type { SourceLine } from '../recognise/source-line';
import { amountText, isPointedAmount, type PrintedBudgetRow } from './printed-row';

interface OpenRow {
  kind: PrintedBudgetRow['kind'];
  code: string | null;
  line: string | null;
  words: string[];
  amounts: string[];
  cells: string[];
  numbers: number[];
}

function tight(text: string): string {
  return normalizeText(text).replace(/\s+/gu, '');
}

function tokensOf(line: SourceLine): string[] {
  // Where columns grow together an amount sticks to the words beside it.
  return line.cells.flatMap((cell) => cell.replace(/(\d\.\d{2})(?=[\u4e00-\u9fff])/gu, '$1 ').replace(/(?<=[\u4e00-\u9fff])(?=\d[\d,]*\.\d{2}(?:\s|$))/gu, ' ').split(/\s+/u))
    .filter((token) => token !== '');
}

/** The first words of a page's head: what follows is no row until one begins. */
function opensHead(text: string): boolean {
  return /^(?:编制(?:单位|部门)|单位:(?:万)?元|科目|功能分类|经济分类|表\d+)/u.test(text);
}

/**
 * Rows of a table whose lines are running text: a row begins with its code, with 合计 or with the words of a form's line, and goes on until the next
 * begins. Amounts are the numbers with a point; empty cells are lost, so these are in order and not in columns.
 * @param unit name of the document's unit: a row of its own in some tables
 */
export function readFlowRows(lines: readonly SourceLine[], shape: BudgetTableShape, unit: string | null): PrintedBudgetRow[] {
  const rows: OpenRow[] = [];
  let current: OpenRow | null = null;
  let inHead = true;
  // Rows of table 11 have no code: a name broken over lines is kept until its amounts come.
  let hasMarks = false;
  let pending: string[] = [];
  for (const line of lines) {
    const tokens = tokensOf(line);
    const text = tight(tokens.join(''));
    if (text === '') continue;
    if (tokens.includes('※')) {
      inHead = true;
      hasMarks = true;
      current = null;
      pending = [];
      continue;
    }
    // The remark below a table, and whatever prose follows it.
    if (/为空表|^(?:备注|注|说明):/u.test(text) || (/没有.*安排的支出/u.test(text))) {
      current = null;
      inHead = true;
      continue;
    }
    const start = startOf(tokens, shape, unit);
    if (start !== null) {
      // Only amounts on the line: the name stands on the lines above. Otherwise those went on with the row before.
      const isBare = start.row.kind === 'PROJECT' && tokens.every((token) => isPointedAmount(normalizeText(token)));
      if (!isBare && current !== null) take(current, pending);
      current = { ...start.row, words: isBare ? pending : [], numbers: [line.number], cells: [] };
      pending = [];
      rows.push(current);
      inHead = false;
      take(current, start.rest);
    } else if (shape.number === 11 && (hasMarks || !inHead)) {
      pending.push(...tokens);
    } else if (opensHead(text)) {
      current = null;
      inHead = true;
    } else if (current !== null && !inHead) {
      take(current, tokens);
      current.numbers.push(line.number);
    }
  }
  return rows.filter((row) => row.amounts.length > 0 || row.kind !== 'UNIT').map((row) => finish(row, shape));
}

function take(row: OpenRow, tokens: readonly string[]): void {
  for (const token of tokens) {
    if (isPointedAmount(normalizeText(token))) row.amounts.push(amountText(token) as string);
    else row.words.push(token);
  }
}

function startOf(tokens: readonly string[], shape: BudgetTableShape, unit: string | null): { row: Omit<OpenRow, 'numbers' | 'cells'>; rest: readonly string[] } | null {
  const open = (kind: OpenRow['kind'], code: string | null, line: string | null, rest: readonly string[]): { row: Omit<OpenRow, 'numbers' | 'cells'>; rest: readonly string[] } =>
    ({ row: { kind, code, line, words: [], amounts: [] }, rest });
  const words = tight(tokens.filter((token) => !isPointedAmount(normalizeText(token))).join(''));
  const hasAmount = tokens.some((token) => isPointedAmount(normalizeText(token)));
  if (hasAmount && isTotalWords(words)) return open('TOTAL', null, null, tokens);
  if (shape.codes === 'NONE') {
    const key = shape.number === 10 ? threePublicLine(words) : null;
    if (key !== null) return open('LINE', null, key, tokens);
    return shape.number === 11 && hasAmount ? open('PROJECT', null, null, tokens) : null;
  }
  const [first = '', second = '', third = ''] = tokens;
  const codes = /^\d{3}$/u.test(first) ? [first, ...(/^\d{2}$/u.test(second) ? [second, ...(/^\d{2}$/u.test(third) && shape.codes === 'FUNCTIONAL' ? [third] : [])] : [])] : [];
  if (codes.length > 0 && tokens.length > codes.length - 1) return open('SUBJECT', codes.join(''), null, tokens.slice(codes.length));
  if (/^\d{5}(?:\d{2})?$/u.test(first) && hasAmount) return open('SUBJECT', first, null, tokens.slice(1));
  return unit !== null && hasAmount && words.startsWith(tight(unit)) ? open('UNIT', null, null, tokens) : null;
}

function finish(row: OpenRow, shape: BudgetTableShape): PrintedBudgetRow {
  const name = squeezePrinted(row.words.join(' '));
  const project = shape.number === 11 && row.kind === 'PROJECT' ? name : null;
  const codes = row.code === null ? [] : [row.code.slice(0, 3), row.code.slice(3, 5), row.code.slice(5, 7)].filter((code) => code !== '');
  return { kind: row.kind, side: null, code: row.code, line: row.line, name, project, placed: null, amounts: row.amounts, cells: [...codes, name, ...row.amounts], numbers: row.numbers };
}

/** Tables 1 and 4 in running text: a line holds the left half, the right half or both. */
export function readFlowHalves(lines: readonly SourceLine[], shape: BudgetTableShape): PrintedBudgetRow[] {
  const rows: PrintedBudgetRow[] = [];
  let carried = false;
  // Heads of columns have the same words as lines (一般公共预算): the first line of the form or the first class ends the head.
  let inHead = true;
  for (const line of lines) {
    const text = squeezePrinted(line.cells.join(' ')).normalize('NFKC').replace(/(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])/gu, '');
    const right = /(?:^|[\s\u4e00-\u9fff)\d])(2\d{2}) ?([\u4e00-\u9fff][^\d]*?)((?:\s*-?[\d,]+\.\d+)*)$/u.exec(text) ?? null;
    const totals = /^(收入(?:总|合)计)\s*(-?[\d,]+\.\d+)?\s*支出(?:总|合)计((?:\s*-?[\d,]+\.\d+)*)$/u.exec(text);
    if (totals !== null) {
      rows.push(half('TOTAL', 'INCOME', null, null, totals[1] ?? '', totals[2] ?? '', line.number), half('TOTAL', 'EXPENDITURE', null, null, '支出总计', totals[3] ?? '', line.number));
      continue;
    }
    const from = right === null ? text.length : right.index + (right[0].startsWith(right[1] ?? '') ? 0 : 1);
    const left = /^(.*?)\s*(-?[\d,]+\.\d+)?$/u.exec(text.slice(0, from).trim());
    const words = left?.[1] ?? '';
    const key = shape.number === 1 ? incomeLine(words, carried) : fiscalLine(words);
    if (right !== null || key === 'yearIncome' || key === 'fiscal') inHead = false;
    if (inHead) continue;
    if (key === 'carryOver') carried = true;
    if (key !== null) rows.push(half('LINE', 'INCOME', null, key, words, left?.[2] ?? '', line.number));
    if (right !== null) rows.push(half('SUBJECT', 'EXPENDITURE', right[1] ?? null, null, (right[2] ?? '').trim(), right[3] ?? '', line.number));
  }
  return rows;
}

function half(kind: PrintedBudgetRow['kind'], side: PrintedBudgetRow['side'], code: string | null, line: string | null, name: string, tail: string, number: number): PrintedBudgetRow {
  const amounts = tail.split(/\s+/u).map(amountText).filter((one): one is string => one !== null);
  // The left half has one column: nothing to assign.
  const placed = side === 'INCOME' || amounts.length === 0 ? Object.fromEntries(amounts.slice(0, 1).map((amount) => ['total', amount])) : null;
  return { kind, side, code, line, name: name.replace(/\s+/gu, ''), project: null, placed, amounts, cells: [...(code === null ? [] : [code]), name, ...amounts], numbers: [number] };
}
