import type { CellSpan, SourceLine } from '../recognise/source-line';
import { COLUMN_LIMIT } from './limits';

/** Cells that merges of one sheet may cover in all: a few overlapping merges over everything would otherwise cost hours. */
const COVERED_LIMIT = 1_000_000;

/** A merged range; rows and columns 0-based, both ends included. */
export interface MergedRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** A row of a sheet as read: filled cells by their column. */
export interface SheetRow {
  /** 1-based. */
  readonly number: number;
  /** Texts by column (0-based); holes and blank texts are blank cells. */
  readonly texts: readonly (string | undefined)[];
}

/**
 * Rows as lines: blank rows are left out, columns that are blank in every row above the first filled one too, a merged cell's text stands in
 * its first cell and the cells it covers are blank, whatever old text some program left in them.
 * @param former the lines of the sheets before of the same workbook: one that is the same in every cell is the same object
 */
export function linesOfRows(rows: readonly SheetRow[], merges: readonly MergedRange[], former: FormerLines | null = null): SourceLine[] {
  const merged = coverage(merges, rows);
  let first = Number.POSITIVE_INFINITY;
  for (const { texts } of rows) {
    if (first === 0) break;
    const filled = texts.findIndex(isFilled);
    if (filled >= 0 && filled < first) first = filled;
  }
  const lines: SourceLine[] = [];
  for (const { number, texts } of rows) {
    const ofRow = merged?.get(number);
    const cells = textsFrom(texts, first, ofRow);
    if (cells.length === 0) continue;
    const spans = ofRow === undefined || ofRow.spans.size === 0 ? null : ofRow.spans;
    lines.push(former === null ? lineOf(cells, number, first, spans) : former.line(lines.length, cells, number, first, spans));
  }
  return lines;
}

type Spans = ReadonlyMap<number, CellSpan>;

function lineOf(cells: string[], number: number, first: number, spans: Spans | null): SourceLine {
  return spans === null ? { cells, number } : withSpans(cells, number, first, spans);
}

/** Lines that are kept to be met again: forms are no longer. */
const KEPT_LINES = 200;

interface FormerLine {
  readonly line: SourceLine;
  readonly first: number;
  readonly spans: Spans | null;
}

/**
 * The lines of the sheet before, by their order. A thousand sheets of one form print the same titles, heads and labels: such a line is held once, and who looks
 * at lines sees that it was looked at.
 */
export class FormerLines {
  private readonly lines: FormerLine[] = [];

  /** The line of a row: the one before in its place where it is the same in every cell, else a new one. */
  line(at: number, cells: string[], number: number, first: number, spans: Spans | null): SourceLine {
    const before = this.lines[at];
    const isAlike = before !== undefined && before.line.number === number && before.first === first && before.spans === spans;
    if (isAlike && isSame(cells, before.line.cells)) return before.line;
    // What a row merges is the same in the next sheet: the spans are held once where they reach as far.
    const line = isAlike && before.line.spans !== undefined && cells.length === before.line.cells.length ? { cells, number, spans: before.line.spans } : lineOf(cells, number, first, spans);
    if (at < KEPT_LINES) this.lines[at] = { line, first, spans };
    return line;
  }
}

/** Whether a row says what a line says; the line may be wider, as its merges reach. */
function isSame(cells: readonly string[], before: readonly string[]): boolean {
  if (cells.length > before.length) return false;
  for (let at = 0; at < cells.length; at += 1) if (cells[at] !== before[at]) return false;
  for (let at = cells.length; at < before.length; at += 1) if (before[at] !== '') return false;
  return true;
}

/** What merges do to one row. */
interface MergedRow {
  /** By column, what the first cell of a merge spans. */
  readonly spans: Map<number, CellSpan>;
  /** First and last of the columns that are covered, pair after pair. */
  readonly covered: number[];
}

/** Texts from a column on, blank and covered cells as empty texts, blank ends cut off. */
function textsFrom(texts: readonly (string | undefined)[], first: number, merged: MergedRow | undefined): string[] {
  const cells = texts.slice(first) as string[];
  if (merged === undefined && isWhole(cells)) return cells;
  for (let at = 0; at < cells.length; at += 1) cells[at] ??= '';
  if (merged !== undefined) {
    const { covered } = merged;
    for (let at = 0; at < covered.length; at += 2) {
      const to = Math.min(covered[at + 1] as number, texts.length - 1);
      for (let column = Math.max(first, covered[at] as number); column <= to; column += 1) cells[column - first] = '';
    }
  }
  while (cells.length > 0 && cells[cells.length - 1] === '') cells.pop();
  return cells;
}

/** Whether no cell is left out and the last one is filled. */
function isWhole(cells: readonly (string | undefined)[]): boolean {
  for (let at = 0; at < cells.length; at += 1) if (cells[at] === undefined) return false;
  return cells.length > 0 && cells[cells.length - 1] !== '';
}

/** A row as wide as its merges reach, beside each cell what it covers. */
function withSpans(cells: string[], number: number, first: number, spans: Spans): SourceLine {
  let width = cells.length;
  for (const [column, span] of spans) width = Math.max(width, Math.min(column - first + span.columns, COLUMN_LIMIT));
  while (cells.length < width) cells.push('');
  return { cells, number, spans: cells.map((_, at) => spans.get(at + first) ?? null) };
}

function isFilled(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}

/** By row number: the columns that merges cover, and what the first cells of merges span. Only rows that are there are looked at. */
function coverage(merges: readonly MergedRange[], rows: readonly SheetRow[]): ReadonlyMap<number, MergedRow> | null {
  if (merges.length === 0) return null;
  // Sheets of one form cover the same cells.
  if (merges === last.merges && rows.length === last.rows.length && rows.every(({ number, texts }, at) => number === last.rows[at]?.number && texts.length === last.rows[at]?.width)) return last.covered;
  const covered = coverageOf(merges, rows);
  if (rows.length <= KEPT_ROWS) last = { merges, rows: rows.map(({ number, texts }) => ({ number, width: texts.length })), covered };
  return covered;
}

const KEPT_ROWS = 500;

/** The coverage found last, and what it was found for. */
let last: { readonly merges: readonly MergedRange[]; readonly rows: readonly { readonly number: number; readonly width: number }[]; readonly covered: ReadonlyMap<number, MergedRow> } = { merges: [], rows: [], covered: new Map() };

function coverageOf(merges: readonly MergedRange[], rows: readonly SheetRow[]): ReadonlyMap<number, MergedRow> {
  const merged = new Map<number, MergedRow>();
  const rowOf = (number: number): MergedRow => {
    let row = merged.get(number);
    if (row === undefined) merged.set(number, (row = { spans: new Map(), covered: [] }));
    return row;
  };
  const there = new Map<number, number>();
  for (const { number, texts } of rows) there.set(number, texts.length);
  let count = 0;
  for (const { top, left, bottom, right } of merges) {
    rowOf(top + 1).spans.set(left, { columns: right - left + 1, rows: bottom - top + 1 });
    const cover = (number: number): void => {
      const width = Math.min(right, (there.get(number) ?? 0) - 1);
      const from = number === top + 1 ? left + 1 : left;
      if (from <= width) rowOf(number).covered.push(from, width);
      count += 1 + Math.max(0, width - left);
    };
    // A merge over a million rows costs what the filled rows cost.
    if (bottom - top > there.size) {
      for (const number of there.keys()) if (count <= COVERED_LIMIT && number > top && number <= bottom + 1) cover(number);
    } else for (let number = top + 1; number <= bottom + 1 && count <= COVERED_LIMIT; number += 1) if (there.has(number)) cover(number);
    if (count > COVERED_LIMIT) return merged;
  }
  return merged;
}
