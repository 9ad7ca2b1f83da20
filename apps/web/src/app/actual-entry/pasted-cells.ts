import type { EntryRow } from './entry-row';
import { readCell } from './read-cell';
import type { Refusal } from '@jiheng/domain';

/** What became of one pasted cell. */
export type PastedCell =
  | { readonly outcome: 'taken'; readonly rowId: string; readonly name: string; readonly text: string }
  /** Not understood: the text stands in the cell, marked, so that it can be corrected there. */
  | { readonly outcome: 'refused'; readonly rowId: string; readonly name: string; readonly text: string; readonly refusal: Refusal }
  /** An empty cell changes nothing. */
  | { readonly outcome: 'blank'; readonly rowId: string; readonly name: string }
  /** Equal to what stands there. */
  | { readonly outcome: 'same'; readonly rowId: string; readonly name: string; readonly text: string }
  /** More lines than the grid has rows. */
  | { readonly outcome: 'beyond'; readonly line: number; readonly text: string }
  /** Cells beside the values: names that were used to find the rows, or columns this page computes itself. */
  | { readonly outcome: 'aside'; readonly line: number; readonly text: string };

/** What a paste did, cell by cell: nothing is dropped without a word. */
export interface PasteReport {
  readonly cells: readonly PastedCell[];
  /** The rows were found by the indicator names in the block, not by their order. */
  readonly byName: boolean;
}

/** Where each pasted value goes. */
export interface PastePlan {
  readonly report: PasteReport;
  /** Rows to change, with their new text. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Lays a pasted block onto the column of actuals, beginning at `start`. A block whose lines carry the names of indicators is laid by
 * name, in whatever order it comes; the value is then the first cell after the name that the row can read. Otherwise the first column
 * goes down the rows, and the columns beside it are reported, not taken.
 */
export function planPaste(block: readonly (readonly string[])[], rows: readonly EntryRow[], start: number): PastePlan {
  const named = findByName(block, rows);
  return named === null ? layInOrder(block, rows, start) : layByName(block, named);
}

function layInOrder(block: readonly (readonly string[])[], rows: readonly EntryRow[], start: number): PastePlan {
  const cells: PastedCell[] = [];
  const texts = new Map<string, string>();
  block.forEach(([text = '', ...beside], line) => {
    const row = rows[start + line];
    if (row === undefined) {
      if (text !== '' || beside.some((cell) => cell !== '')) cells.push({ outcome: 'beyond', line: line + 1, text: [text, ...beside].join(' ').trim() });
      return;
    }
    cells.push(layOne(row, text, texts), ...asideOf(beside, line));
  });
  return { report: { cells, byName: false }, texts };
}

function layByName(block: readonly (readonly string[])[], named: readonly Named[]): PastePlan {
  const cells: PastedCell[] = [];
  const texts = new Map<string, string>();
  block.forEach((line, at) => {
    const match = named[at];
    if (match?.row === undefined) {
      if (line.some((cell) => cell !== '')) cells.push({ outcome: 'aside', line: at + 1, text: line.join(' ').trim() });
      return;
    }
    const { row } = match;
    const after = line.slice(match.column + 1);
    const found = after.findIndex((cell) => cell !== '' && readCell(cell, row.indicator).ok);
    const chosen = found >= 0 ? found : after.findIndex((cell) => cell !== '');
    cells.push(layOne(row, chosen < 0 ? '' : (after[chosen] as string), texts));
    cells.push(...asideOf(after.filter((_, column) => column !== chosen), at));
  });
  return { report: { cells, byName: true }, texts };
}

function layOne(row: EntryRow, text: string, texts: Map<string, string>): PastedCell {
  const { id: rowId, indicator } = row;
  const { name } = indicator;
  if (text === '') return { outcome: 'blank', rowId, name };
  const reading = readCell(text, indicator);
  if (text === row.text()) return { outcome: 'same', rowId, name, text };
  texts.set(rowId, text);
  return reading.ok ? { outcome: 'taken', rowId, name, text } : { outcome: 'refused', rowId, name, text, refusal: reading.refusal };
}

function asideOf(beside: readonly string[], line: number): PastedCell[] {
  const text = beside.filter((cell) => cell !== '').join(' ');
  return text === '' ? [] : [{ outcome: 'aside', line: line + 1, text }];
}

interface Named {
  readonly row: EntryRow | undefined;
  readonly column: number;
}

/** For every line the row whose name it carries; null unless at least half of the lines that say anything carry one, and no row twice. */
function findByName(block: readonly (readonly string[])[], rows: readonly EntryRow[]): Named[] | null {
  const byName = new Map<string, EntryRow | null>();
  for (const row of rows) {
    const name = squeezed(row.indicator.name);
    // A name that two rows share finds neither.
    byName.set(name, byName.has(name) ? null : row);
  }
  const seen = new Set<EntryRow>();
  const named = block.map((line): Named => {
    for (const [column, cell] of line.entries()) {
      const row = byName.get(squeezed(cell));
      if (row !== undefined && row !== null && !seen.has(row)) {
        seen.add(row);
        return { row, column };
      }
    }
    return { row: undefined, column: -1 };
  });
  const speaking = block.filter((line) => line.some((cell) => cell !== '')).length;
  return seen.size > 0 && seen.size * 2 >= speaking ? named : null;
}

/** A name without blanks and without its unit in brackets, so that the form's spelling finds the row. */
function squeezed(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, '').replace(/\([^()]*\)$/u, '');
}
