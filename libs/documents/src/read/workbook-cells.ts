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
 */
export function linesOfRows(rows: readonly SheetRow[], merges: readonly MergedRange[]): SourceLine[] {
  const { covered, spans } = coverage(merges, rows);
  let first = Number.POSITIVE_INFINITY;
  for (const { texts } of rows) {
    if (first === 0) break;
    const filled = texts.findIndex(isFilled);
    if (filled >= 0 && filled < first) first = filled;
  }
  const lines: SourceLine[] = [];
  for (const { number, texts } of rows) {
    const hidden = covered.get(number);
    const merged = spans.get(number);
    if (hidden === undefined && merged === undefined) {
      const cells = textsFrom(texts, first);
      if (cells.length > 0) lines.push({ cells, number });
      continue;
    }
    const cells: string[] = [];
    let lastFilled = -1;
    for (let column = first; column < texts.length; column += 1) {
      const text = hidden?.has(column) === true ? '' : (texts[column] ?? '');
      cells.push(text);
      if (text !== '') lastFilled = cells.length - 1;
    }
    if (lastFilled < 0) continue;
    if (merged === undefined) lines.push({ cells: cells.slice(0, lastFilled + 1), number });
    else {
      const reach = [...merged].map(([column, span]) => Math.min(column - first + span.columns, COLUMN_LIMIT));
      const width = reach.reduce((widest, one) => Math.max(widest, one), lastFilled + 1);
      const kept = Array.from({ length: width }, (_, at) => cells[at] ?? '');
      lines.push({ cells: kept, number, spans: kept.map((_, at) => merged.get(at + first) ?? null) });
    }
  }
  return lines;
}

/** Texts from a column on, blank cells as empty texts, blank ends cut off. */
function textsFrom(texts: readonly (string | undefined)[], first: number): string[] {
  let end = texts.length;
  while (end > first && !isFilled(texts[end - 1])) end -= 1;
  const cells: string[] = [];
  for (let column = first; column < end; column += 1) cells.push(texts[column] ?? '');
  return cells;
}

function isFilled(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}

/** By row number: the columns that merges cover, and what the first cells of merges span. Only rows that are there are looked at. */
function coverage(
  merges: readonly MergedRange[],
  rows: readonly SheetRow[],
): { covered: Map<number, Set<number>>; spans: Map<number, Map<number, CellSpan>> } {
  const covered = new Map<number, Set<number>>();
  const spans = new Map<number, Map<number, CellSpan>>();
  if (merges.length === 0) return { covered, spans };
  const there = new Map(rows.map((row) => [row.number, row.texts.length]));
  let count = 0;
  for (const { top, left, bottom, right } of merges) {
    const ofRow = spans.get(top + 1) ?? new Map<number, CellSpan>();
    ofRow.set(left, { columns: right - left + 1, rows: bottom - top + 1 });
    spans.set(top + 1, ofRow);
    for (const number of rowsBetween(top + 1, bottom + 1, there)) {
      if (count > COVERED_LIMIT) return { covered, spans };
      const ofThis = covered.get(number) ?? new Set<number>();
      const width = Math.min(right, (there.get(number) ?? 0) - 1);
      for (let column = left; column <= width; column += 1) if (number !== top + 1 || column !== left) ofThis.add(column);
      count += 1 + Math.max(0, width - left);
      covered.set(number, ofThis);
    }
  }
  return { covered, spans };
}

function* rowsBetween(from: number, to: number, there: ReadonlyMap<number, number>): Generator<number> {
  // A merge over a million rows costs what the filled rows cost.
  if (to - from > there.size) {
    for (const number of there.keys()) if (number >= from && number <= to) yield number;
  } else for (let number = from; number <= to; number += 1) if (there.has(number)) yield number;
}
