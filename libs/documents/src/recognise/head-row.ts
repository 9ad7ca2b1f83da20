import type { ColumnPlan } from './align-row';
import type { ColumnRole } from './form-words';
import { compactWord } from './form-words';
import type { FormVocabulary } from './form-vocabulary';

/** The head row of an indicator block: what each column holds, and the words it says so with. */
export interface HeadRow {
  readonly plan: ColumnPlan;
  /** Beside each column its head as printed, compact; empty for a blank head cell. */
  readonly words: readonly string[];
  /** Columns whose head stands above several columns. */
  readonly groups: readonly number[];
}

/** The columns of a head row; null when the row is none. A head row names the indicator and its target, and a level or a result. */
export function readColumns(cells: readonly string[], vocabulary: FormVocabulary): HeadRow | null {
  if (lastRead !== null && lastRead.cells === cells && lastRead.vocabulary === vocabulary) return lastRead.row;
  // Nearly every line is none: it has no head of the names.
  return hasNameHead(cells, vocabulary) ? knownHeadRow(cells, vocabulary) : null;
}

function knownHeadRow(cells: readonly string[], vocabulary: FormVocabulary): HeadRow | null {
  // A thousand sheets print the same head row: it is one object, by which others know what they found out about it.
  let rows = readRows.get(vocabulary);
  if (rows === undefined) readRows.set(vocabulary, (rows = new Map<string, HeadRow | null>()));
  const key = cells.join('\u0000');
  const before = rows.get(key);
  if (before !== undefined) {
    lastRead = { cells, vocabulary, row: before };
    return before;
  }
  const row = readHeadRow(cells, vocabulary);
  if (key.length <= LONGEST_KEPT_ROW) {
    if (rows.size >= KEPT_ROWS) rows.clear();
    rows.set(key, row);
  }
  return row;
}

/** The head row read last: where the next sheet prints the same, its line is the same object. */
let lastRead: { readonly cells: readonly string[]; readonly vocabulary: FormVocabulary; readonly row: HeadRow | null } | null = null;
const readRows = new WeakMap<FormVocabulary, Map<string, HeadRow | null>>();
const KEPT_ROWS = 200;
const LONGEST_KEPT_ROW = 1_000;

function hasNameHead(cells: readonly string[], vocabulary: FormVocabulary): boolean {
  for (const cell of cells) if (cell !== '' && vocabulary.isNameHead(cell)) return true;
  return false;
}

function readHeadRow(cells: readonly string[], vocabulary: FormVocabulary): HeadRow | null {
  if (cells.filter((cell) => cell.trim() !== '').length < 3) return null;
  const taken = new Set<ColumnRole>();
  const plan = cells.map((cell) => {
    const role = vocabulary.columnRole(cell);
    // The first of two equal heads counts; 绩效指标 merged over all rows is no column of its own.
    if (role === null || (role !== 'other' && taken.has(role))) return role === null ? null : 'other';
    taken.add(role);
    return role;
  });
  const isHeadRow = taken.has('name') && taken.has('target') && ['level1', 'level2', 'actual', 'points'].some((role) => taken.has(role as ColumnRole));
  if (!isHeadRow) return null;
  return { plan, words: cells.map(compactWord), groups: cells.flatMap((cell, at) => (vocabulary.isGroup(cell) ? [at] : [])) };
}

/** Whether a line holds nothing but heads that stand below others (经费保障, 确定能 …). */
export function isSecondHeadRow(cells: readonly string[], vocabulary: FormVocabulary): boolean {
  if (!cells.every((cell) => cell.trim() === '' || vocabulary.columnBelow(cell) !== null || vocabulary.columnRole(cell) !== null)) return false;
  const filled = cells.filter((cell) => cell.trim() !== '');
  return filled.length >= 2 && filled.filter((cell) => vocabulary.columnBelow(cell) !== null).length >= 2;
}

/** A head row with the heads below its groups put in: at their own places, or, where merged cells were lost, opened up in place. */
export function withSecondHeadRow(head: HeadRow, cells: readonly string[], vocabulary: FormVocabulary): HeadRow {
  const below = cells.flatMap((cell, at) => {
    const column = vocabulary.columnBelow(cell);
    return column === null ? [] : [{ ...column, at, word: compactWord(cell) }];
  });
  const stand = below.every(({ at }) => (head.plan[at] ?? null) === null || head.groups.includes(at));
  const plan: (ColumnRole | null)[] = [];
  const words: string[] = [];
  const width = stand ? Math.max(head.plan.length, ...below.map(({ at }) => at + 1)) : head.plan.length;
  for (let at = 0; at < width; at += 1) {
    const word = head.words[at] ?? '';
    const own = stand ? below.filter((column) => column.at === at) : head.groups.includes(at) ? below.filter(({ group }) => group === word) : [];
    if (own.length === 0) {
      plan.push(head.groups.includes(at) && below.some(({ group }) => group === word) ? null : (head.plan[at] ?? null));
      words.push(word);
      continue;
    }
    plan.push(...own.map(({ role }) => role));
    words.push(...own.map((column) => column.word));
  }
  return { plan, words, groups: [] };
}
