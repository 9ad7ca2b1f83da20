import { compareDecimal } from '../decimal';
import { normalizeText } from '../text';
import { formatTarget } from './format-target';
import type { Indicator } from './indicator';
import { canonicalLevel1, canonicalLevel2 } from './indicator-frame';
import { sayTasks } from './main-task';
import type { PerformanceTargetTable } from './performance-target-table';

/** One field that is not what it was; both sides as they are printed. */
export interface FieldChange {
  readonly field: 'level1' | 'level2' | 'name' | 'target' | 'weight' | 'basis' | 'previousActual' | 'scoringRule' | 'evidence' | 'goalText' | 'total' | 'fiscal' | 'other' | 'higherLevel' | 'localLevel' | 'tasks';
  readonly before: string;
  readonly after: string;
}

/** An indicator that is there and may be the one of a new row under another name. */
export interface LikelyIndicator {
  readonly key: string;
  readonly name: string;
  /** 0…100: how much of the two names is the same. */
  readonly likeness: number;
}

/** What became of one row. `row`: key of the row in the later table; `key`: of the one in the earlier. */
export type RowDifference =
  | { readonly kind: 'SAME'; readonly row: string; readonly key: string }
  | { readonly kind: 'CHANGED'; readonly row: string; readonly key: string; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'ADDED'; readonly row: string }
  | { readonly kind: 'REMOVED'; readonly key: string }
  /** A person has to say whether it is one of these or a new one. */
  | { readonly kind: 'UNDECIDED'; readonly row: string; readonly candidates: readonly LikelyIndicator[] };

/** 比对: what a later reading of the same table changes. */
export interface TableDifference {
  /** In the order of the later table; removed rows last. */
  readonly rows: readonly RowDifference[];
  readonly head: readonly FieldChange[];
  /** Row of the later table → key of the indicator it is. */
  readonly matched: ReadonlyMap<string, string>;
  readonly unchanged: boolean;
}

/** Names this much alike are shown to a person; below, they are two things. */
const LIKELY_FROM = 50;
const MOST_CANDIDATES = 3;

/**
 * The difference of two tables of one subject and year. Rows are the same indicator by the person's word, then by level and name, then by a
 * name that both tables have once; names that are only alike are left to a person. What the later table does not say (no such column on its
 * form) is no change. Nothing is guessed: an undecided row belongs to neither side until somebody decides.
 * @param decided row of the later table → key of the earlier indicator, null: it is a new one
 */
export function compareTables(
  before: Pick<PerformanceTargetTable, 'indicators' | 'goalText' | 'budget' | 'tasks'>, after: Pick<PerformanceTargetTable, 'indicators' | 'goalText' | 'budget' | 'tasks'>,
  decided: Readonly<Record<string, string | null>> = {},
): TableDifference {
  const matched = matchRows(before.indicators, after.indicators, decided);
  const taken = new Set(matched.values());
  const left = before.indicators.filter((row) => !taken.has(row.key));
  const byKey = new Map(before.indicators.map((row) => [row.key, row]));
  const rows = after.indicators.map((row): RowDifference => {
    const known = byKey.get(matched.get(row.key) ?? '');
    if (known !== undefined) {
      const changes = changesOf(known, row);
      return changes.length === 0 ? { kind: 'SAME', row: row.key, key: known.key } : { kind: 'CHANGED', row: row.key, key: known.key, changes };
    }
    const candidates = decided[row.key] === null ? [] : likely(row, left);
    return candidates.length === 0 ? { kind: 'ADDED', row: row.key } : { kind: 'UNDECIDED', row: row.key, candidates };
  });
  const open = new Set(rows.flatMap((row) => (row.kind === 'UNDECIDED' ? row.candidates.map((one) => one.key) : [])));
  const removed = left.filter((row) => !open.has(row.key)).map((row): RowDifference => ({ kind: 'REMOVED', key: row.key }));
  const all = [...rows, ...removed];
  const head = headChanges(before, after);
  return { rows: all, head, matched, unchanged: head.length === 0 && all.every((row) => row.kind === 'SAME') };
}

/** The later reading of an indicator with the identity of the earlier one; what the form of the later does not say stays as it was set. */
export function keepIdentity(before: Indicator, after: Indicator): Indicator {
  const sameKind = before.target.kind === after.target.kind && before.target.unit === after.target.unit;
  return {
    ...after, key: before.key,
    basis: after.basis ?? before.basis, previousActual: after.previousActual ?? before.previousActual, scoringRule: after.scoringRule ?? before.scoringRule,
    evidence: after.evidence ?? before.evidence, passThreshold: after.passThreshold ?? before.passThreshold,
    // No form has a column for these: what a person set for the indicator holds while it is still measured the same way.
    accumulation: sameKind ? before.accumulation : after.accumulation,
    direction: sameKind && before.target.comparator === after.target.comparator ? before.direction : after.direction,
  };
}

function matchRows(before: readonly Indicator[], after: readonly Indicator[], decided: Readonly<Record<string, string | null>>): Map<string, string> {
  const matched = new Map<string, string>();
  const taken = new Set<string>();
  const match = (row: Indicator, key: string): void => {
    matched.set(row.key, key);
    taken.add(key);
  };
  for (const row of after) {
    const key = decided[row.key];
    if (typeof key === 'string' && before.some((one) => one.key === key) && !taken.has(key)) match(row, key);
  }
  for (const by of [fullName, bareName]) {
    const free = after.filter((row) => !matched.has(row.key) && decided[row.key] !== null);
    for (const row of free) {
      const name = by(row);
      const found = before.filter((one) => !taken.has(one.key) && by(one) === name);
      if (found.length === 1 && free.filter((one) => by(one) === name).length === 1) match(row, (found[0] as Indicator).key);
    }
  }
  return matched;
}

function bareName(row: Indicator): string {
  return normalizeText(row.name).replace(/[\s,.;:()、，。；：（）"'“”]/gu, '');
}

function fullName(row: Indicator): string {
  return [canonicalLevel1(row.level1), canonicalLevel2(row.level2), bareName(row)].join('/');
}

function likely(row: Indicator, left: readonly Indicator[]): LikelyIndicator[] {
  return left
    .map((one) => ({ key: one.key, name: one.name, likeness: likenessOf(bareName(row), bareName(one)) }))
    .filter((one) => one.likeness >= LIKELY_FROM)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST_CANDIDATES);
}

/** Dice's measure over pairs of characters, in whole per cent. */
export function likenessOf(a: string, b: string): number {
  if (a === b) return 100;
  const pairs = (text: string): string[] => Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
  const [left, right] = [pairs(a), pairs(b)];
  if (left.length === 0 || right.length === 0) return 0;
  const rest = [...right];
  let same = 0;
  for (const pair of left) {
    const at = rest.indexOf(pair);
    if (at >= 0) {
      rest.splice(at, 1);
      same += 1;
    }
  }
  return Math.floor((200 * same) / (left.length + right.length));
}

function changesOf(before: Indicator, after: Indicator): FieldChange[] {
  const changes: FieldChange[] = [];
  const note = (field: FieldChange['field'], from: string | null, to: string | null, same: boolean): void => {
    if (!same) changes.push({ field, before: from ?? '', after: to ?? '' });
  };
  note('level1', before.level1, after.level1, canonicalLevel1(before.level1) === canonicalLevel1(after.level1));
  note('level2', before.level2, after.level2, canonicalLevel2(before.level2) === canonicalLevel2(after.level2));
  note('name', before.name, after.name, bareName(before) === bareName(after));
  note('target', formatTarget(before.target), formatTarget(after.target), sameTarget(before, after));
  note('weight', before.weight, after.weight, compareDecimal(before.weight, after.weight) === 0);
  for (const field of ['basis', 'previousActual', 'scoringRule', 'evidence'] as const) {
    note(field, before[field], after[field], after[field] === null || before[field] === after[field]);
  }
  return changes;
}

function sameTarget({ target: a }: Indicator, { target: b }: Indicator): boolean {
  const sameNumber = (x: string | null, y: string | null, isDate: boolean): boolean => x === y || (!isDate && x !== null && y !== null && compareDecimal(x, y) === 0);
  const isDate = a.kind === 'DATE' || b.kind === 'DATE';
  return a.kind === b.kind && a.comparator === b.comparator && a.unit === b.unit && sameNumber(a.magnitude, b.magnitude, isDate)
    && sameNumber(a.magnitudeHigh, b.magnitudeHigh, isDate) && normalizeText(a.text ?? '') === normalizeText(b.text ?? '');
}

function headChanges(before: Pick<PerformanceTargetTable, 'goalText' | 'budget' | 'tasks'>, after: Pick<PerformanceTargetTable, 'goalText' | 'budget' | 'tasks'>): FieldChange[] {
  const changes: FieldChange[] = [];
  const plain = (text: string): string => normalizeText(text).replace(/\s+/gu, '');
  if (after.goalText.trim() !== '' && plain(before.goalText) !== plain(after.goalText)) changes.push({ field: 'goalText', before: before.goalText, after: after.goalText });
  const [from, to] = [before.budget as Partial<Record<FieldChange['field'], string | null>>, after.budget as Partial<Record<FieldChange['field'], string | null>>];
  for (const field of ['total', 'fiscal', 'higherLevel', 'localLevel', 'other'] as const) {
    const [was, is] = [from[field] ?? null, to[field] ?? null];
    if (is !== null && (was === null || compareDecimal(was, is) !== 0)) changes.push({ field, before: was ?? '', after: is });
  }
  if (after.tasks !== undefined) {
    const [was, is] = [sayTasks(before.tasks ?? []), sayTasks(after.tasks)];
    if (was !== is) changes.push({ field: 'tasks', before: was, after: is });
  }
  return changes;
}
