import { type BudgetTableShape, fiscalLine, incomeLine, isTotalWords, normalizeText, squeezePrinted, threePublicLine } from '@jiheng/domain';
import type { SourceLine } from '../recognise/source-line';
import { amountText, type PrintedBudgetRow } from './printed-row';

/** The rows of a table whose source kept its cells, and the heads of its columns. */
export interface GridReading {
  readonly heads: readonly string[];
  readonly rows: readonly PrintedBudgetRow[];
  /** Heads of amount columns that the form does not know. */
  readonly unknownHeads: readonly string[];
  /** false: the heads do not say which column is which (two of them grown together, say), so places mean nothing. */
  readonly isSure: boolean;
}

function tight(cell: string | undefined): string {
  return normalizeText(cell ?? '').replace(/\s+/gu, '');
}

/** Whether most lines with amounts have cells of their own: then the source is a grid. */
export function isGrid(lines: readonly SourceLine[]): boolean {
  const wide = lines.filter((line) => line.cells.length > 2 && line.cells.some((cell) => cell.trim() !== '')).length;
  return wide * 2 > lines.filter((line) => /\d\.\d/u.test(line.cells.join(' '))).length && wide >= 2;
}

/** Tables 1 and 4: two halves side by side. */
export function readHalves(lines: readonly SourceLine[], shape: BudgetTableShape, isBroken: boolean): GridReading {
  const rows: PrintedBudgetRow[] = [];
  const heads: string[] = [];
  let carried = false;
  const width = Math.max(...lines.map((line) => line.cells.length));
  for (const line of lines) {
    const cells = line.cells.map((cell) => cell.trim());
    const right = cells.findIndex((cell) => /^2\d{2}(?!\d)/u.test(tight(cell)) || /^支出(?:总计|合计)$/u.test(tight(cell)));
    const left = cells.slice(0, right < 0 ? cells.length : right);
    const words = tight(left[0]);
    const isTotal = isTotalWords(words);
    const key = shape.number === 1 ? incomeLine(words, carried) : fiscalLine(words);
    if (key === 'carryOver') carried = true;
    if (key === null && !isTotal && right < 0) {
      if (rows.length === 0 && cells.length > 1) heads.push(...cells.filter((cell) => cell !== '').map(tight));
      continue;
    }
    if (key !== null || isTotal) {
      const amount = left.slice(1).map(amountText).find((one) => one !== null) ?? null;
      rows.push({ kind: isTotal ? 'TOTAL' : 'LINE', side: 'INCOME', code: null, line: key, name: squeezePrinted(left[0] ?? ''), project: null,
        placed: amount === null ? {} : { total: amount }, amounts: amount === null ? [] : [amount], cells: left, numbers: [line.number] });
    }
    // A row shorter than the table has lost its empty cells: its amounts are in order, not in columns.
    if (right >= 0) rows.push(rightRow(cells.slice(right), shape, line.number, isBroken && cells.length < width));
  }
  return { heads, rows, unknownHeads: [], isSure: true };
}

function rightRow(cells: readonly string[], shape: BudgetTableShape, number: number, isShort: boolean): PrintedBudgetRow {
  const words = squeezePrinted(cells[0] ?? '').replace(/\s+/gu, '');
  const code = /^\d{3}/u.exec(tight(words))?.[0] ?? null;
  // Code and name in cells of their own: the name stands in the next one.
  const isSplit = code !== null && words.length === 3;
  const name = isSplit ? squeezePrinted(cells[1] ?? '') : words.slice(code?.length ?? 0);
  const from = isSplit ? 2 : 1;
  const placed = Object.fromEntries(shape.columns.flatMap(({ key }, at) => {
    const amount = amountText(cells[from + at] ?? '');
    return amount === null ? [] : [[key, amount]];
  }));
  const amounts = Object.values(placed);
  return { kind: code === null ? 'TOTAL' : 'SUBJECT', side: 'EXPENDITURE', code, line: null, name, project: null, placed: isShort && shape.columns.length > 1 && amounts.length > 0 ? null : placed, amounts, cells, numbers: [number] };
}

interface Layout {
  /** Index of the first column of amounts. */
  readonly lead: number;
  /** Column keys from `lead` on; null for a column the form does not know. */
  readonly keys: readonly (string | null)[];
  readonly isSure: boolean;
}

/** All other tables: codes or a name, then columns of amounts. */
export function readGridRows(lines: readonly SourceLine[], shape: BudgetTableShape): GridReading {
  const rows: PrintedBudgetRow[] = [];
  let headLines: SourceLine[] = [];
  let layout: Layout | null = null;
  let heads: readonly string[] = [];
  const unknownHeads: string[] = [];
  let isSure = true;
  for (const line of lines) {
    const isData = isDataLine(line, shape);
    if (!isData) {
      // A head row after rows: the head printed again on the next page.
      if (line.cells.length > 2 && !line.cells.some((cell) => amountText(cell) !== null && /\./u.test(cell))) {
        if (layout !== null) headLines = [];
        layout = null;
        headLines.push(line);
      }
      continue;
    }
    if (layout === null) {
      layout = layoutOf(headLines, shape);
      isSure &&= layout.isSure;
      heads = headsOf(headLines);
    }
    // An amount grown together with the name before it: the cells of this page are not the cells of the table.
    if (line.cells.slice(0, layout.lead).some((cell) => /[\u4e00-\u9fff\s]\d[\d,]*\.\d{1,6}\s*$/u.test(cell))) isSure = false;
    const row = gridRow(line, shape, layout);
    if (row === null) continue;
    rows.push(row);
    const { lead, keys } = layout;
    // A column that is not known matters where it holds an amount.
    line.cells.slice(lead).forEach((cell, at) => {
      if (keys[at] == null && amountText(cell) !== null) unknownHeads.push(heads[lead + at] ?? String(at + 1));
    });
  }
  return { heads, rows, unknownHeads: [...new Set(unknownHeads)], isSure: isSure && unknownHeads.length === 0 };
}

function isDataLine(line: SourceLine, shape: BudgetTableShape): boolean {
  const cells = line.cells.map(tight);
  if (cells.some((cell) => cell === '※')) return false;
  const amounts = cells.filter((cell) => amountText(cell) !== null && /\./u.test(cell)).length;
  if (shape.codes !== 'NONE') return /^\d{3}(?:\d{2}){0,2}$/u.test(cells[0] ?? '') || (amounts > 0 && cells.some((cell) => isTotalWords(cell) || /^[\u4e00-\u9fff]/u.test(cell)));
  if (shape.number === 10) return (threePublicLine(cells[0] ?? '') !== null && !/内容/u.test(cells[0] ?? '')) || (isTotalWords(cells[0] ?? '') && amounts > 0);
  return amounts > 0 && (cells[0] ?? '') !== '';
}

function headsOf(lines: readonly SourceLine[]): string[] {
  const width = Math.max(0, ...lines.map((line) => line.cells.length));
  return Array.from({ length: width }, (_, at) => lines.map((line) => tight(line.cells[at])).filter((cell) => cell !== '' && cell !== '※' && !/^\d+$/u.test(cell)).at(-1) ?? '');
}

function usualLead(shape: BudgetTableShape): number {
  return (shape.codes === 'FUNCTIONAL' ? 4 : shape.codes === 'ECONOMIC' ? 3 : 1) + (shape.hasProject && shape.codes !== 'NONE' ? 1 : 0);
}

function layoutOf(headLines: readonly SourceLine[], shape: BudgetTableShape): Layout {
  const heads = headsOf(headLines);
  const totals = headLines.map((line) => line.cells.findIndex((cell) => /^(?:项目支出)?(?:合计|总计)$/u.test(tight(cell)))).filter((at) => at > 0);
  const lead = totals.length === 0 ? usualLead(shape) : Math.min(...totals);
  const keys = shape.columns.map(({ key }) => key);
  let filled = 0;
  heads.forEach((head, at) => {
    if (head !== '') filled = at + 1;
  });
  // As many heads as the form has columns: the form's order. Otherwise every head is looked up by its words.
  if (filled - lead === keys.length || filled <= lead) return { lead, keys, isSure: true };
  const byWords = heads.slice(lead, filled).map((_, at) => keyOfHead(headLines, lead + at, shape));
  const known = byWords.filter((key) => key !== null);
  return known.length >= 2 && new Set(known).size === known.length ? { lead, keys: byWords, isSure: true } : { lead, keys, isSure: false };
}

/** The column a head stands for. A head broken over lines is put together from below, until its words are known. */
function keyOfHead(headLines: readonly SourceLine[], at: number, shape: BudgetTableShape): string | null {
  const pieces = headLines.map((line) => tight(line.cells[at])).filter((cell) => cell !== '' && cell !== '※' && !/^\d+$/u.test(cell));
  for (let from = pieces.length - 1; from >= 0; from -= 1) {
    const words = pieces.slice(from).join('');
    const known = shape.columns.find((column) => column.head.test(words));
    if (known !== undefined) return known.key;
  }
  return null;
}

function gridRow(line: SourceLine, shape: BudgetTableShape, { lead, keys }: Layout): PrintedBudgetRow | null {
  const cells = line.cells.map((cell) => cell.trim());
  const head = cells.slice(0, lead);
  const placed: Record<string, string> = {};
  const amounts: string[] = [];
  cells.slice(lead).forEach((cell, at) => {
    const amount = amountText(cell);
    if (amount === null) return;
    amounts.push(amount);
    const key = keys[at];
    if (key != null) placed[key] = amount;
  });
  const isTotal = head.some(isTotalWords);
  const base = { side: null, placed, amounts, cells, numbers: [line.number] } as const;
  if (isTotal) return { ...base, kind: 'TOTAL', code: null, line: null, name: tight(head.find(isTotalWords)), project: null };
  if (shape.number === 10) return { ...base, kind: 'LINE', code: null, line: threePublicLine(head[0] ?? ''), name: squeezePrinted(head[0] ?? ''), project: null };
  if (shape.number === 11) return { ...base, kind: 'PROJECT', code: null, line: null, name: squeezePrinted(head[0] ?? ''), project: squeezePrinted(head[0] ?? '') };
  const names = shape.hasProject ? 2 : 1;
  const code = head.slice(0, lead - names).map(tight).join('');
  const texts = head.slice(lead - names).map((cell) => squeezePrinted(cell));
  if (!/^\d{3}(?:\d{2}){0,2}$/u.test(code)) {
    const name = texts.find((text) => text !== '') ?? squeezePrinted(head.find((cell) => cell !== '') ?? '');
    return name === '' ? null : { ...base, kind: 'UNIT', code: null, line: null, name, project: null };
  }
  const project = shape.hasProject && texts[1] !== '' ? (texts[1] ?? null) : null;
  return { ...base, kind: project === null ? 'SUBJECT' : 'PROJECT', code, line: null, name: texts[0] ?? '', project };
}
