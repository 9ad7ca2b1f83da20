import { compareDecimal } from '../decimal';
import { sameDimension } from '../quantity/unit';
import { type Result, ok, refuse } from '../result';
import type { Indicator } from './indicator';
import type { PerformanceTargetTable } from './performance-target-table';
import { totalWeight } from './weight-scheme';

/** 绩效目标调整: one row added, changed or taken out. A changed row keeps its key, and with it its actuals. */
export type TargetChange =
  | { readonly operation: 'ADD'; readonly indicator: Indicator }
  | { readonly operation: 'MODIFY'; readonly key: string; readonly to: Partial<Omit<Indicator, 'key'>> }
  | { readonly operation: 'DELETE'; readonly key: string };

/** The next version and what becomes of the actuals recorded so far. */
export interface AdjustedTargets {
  readonly table: PerformanceTargetTable;
  /** Keys of rows that did not change: their actuals and points stay. */
  readonly kept: readonly string[];
  /** Keys of rows whose points have to be computed anew; their actuals stay. */
  readonly rescored: readonly string[];
  /** Keys of rows whose actuals can no longer be read (another kind, or a unit that measures something else) and must be entered anew. */
  readonly reentered: readonly string[];
  /** Keys of rows taken out: their actuals are no longer part of the year. */
  readonly removed: readonly string[];
}

/**
 * Version n and its changes make version n + 1 (财预〔2015〕88号 art. 28). The old table is not touched. Weights must add up to what they did before.
 * @returns refusals `target-table.row-unknown`, `.row-exists`, `.nothing-changed`, `.weights-not-total`
 */
export function adjustTargets(table: PerformanceTargetTable, changes: readonly TargetChange[]): Result<AdjustedTargets> {
  let rows = [...table.indicators];
  const rescored = new Set<string>();
  const reentered = new Set<string>();
  const removed: string[] = [];
  for (const change of changes) {
    if (change.operation === 'ADD') {
      if (rows.some((row) => row.key === change.indicator.key)) return refuse('target-table.row-exists', { name: change.indicator.name });
      rows.push(change.indicator);
      reentered.add(change.indicator.key);
      continue;
    }
    const before = rows.find((row) => row.key === change.key);
    if (before === undefined) return refuse('target-table.row-unknown', { key: change.key });
    if (change.operation === 'DELETE') {
      rows = rows.filter((row) => row.key !== change.key);
      removed.push(change.key);
      rescored.delete(change.key);
      reentered.delete(change.key);
      continue;
    }
    const after: Indicator = { ...before, ...change.to, key: before.key };
    if (sameRow(before, after)) continue;
    rows = rows.map((row) => (row.key === after.key ? after : row));
    if (canStillBeRead(before, after)) {
      if (!reentered.has(after.key)) rescored.add(after.key);
    } else {
      rescored.delete(after.key);
      reentered.add(after.key);
    }
  }
  if (rescored.size + reentered.size + removed.length === 0) return refuse('target-table.nothing-changed');
  const expected = totalWeight(table.indicators);
  const found = totalWeight(rows);
  if (compareDecimal(expected, found) !== 0) return refuse('target-table.weights-not-total', { found, expected });
  const kept = rows.map((row) => row.key).filter((key) => !rescored.has(key) && !reentered.has(key));
  return ok({ table: { ...table, indicators: rows }, kept, rescored: [...rescored], reentered: [...reentered], removed });
}

function sameRow(a: Indicator, b: Indicator): boolean {
  return (Object.keys(a) as (keyof Indicator)[]).every((field) => (field === 'target'
    ? (Object.keys(a.target) as (keyof Indicator['target'])[]).every((part) => a.target[part] === b.target[part])
    : a[field] === b[field]));
}

function canStillBeRead(before: Indicator, after: Indicator): boolean {
  if (before.target.kind !== after.target.kind) return false;
  const [from, to] = [before.target.unit, after.target.unit];
  return from === null || to === null ? from === to : sameDimension(from, to);
}
