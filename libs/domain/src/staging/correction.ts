import type { TaskField } from '../target-table/main-task';
import type { HeadField, StagedColumn } from './staged-table';

/** One thing a person changes in a staged table. The log of them is kept; none is ever changed. */
export type Correction =
  | { readonly kind: 'SET_CELL'; readonly row: string; readonly column: StagedColumn; readonly text: string }
  /** null leaves that level as it is. */
  | { readonly kind: 'SET_LEVELS'; readonly rows: readonly string[]; readonly level1: string | null; readonly level2: string | null }
  /** The row keeps the first name; the second becomes a row below it with the same levels. */
  | { readonly kind: 'SPLIT_ROW'; readonly row: string; readonly names: readonly [string, string] }
  /** The rows become the first of them: texts joined, first target and first weight kept. */
  | { readonly kind: 'MERGE_ROWS'; readonly rows: readonly string[] }
  | { readonly kind: 'DELETE_ROWS'; readonly rows: readonly string[] }
  /** null: before the first row. */
  | { readonly kind: 'ADD_ROW'; readonly after: string | null }
  | { readonly kind: 'SET_HEAD'; readonly field: HeadField; readonly text: string }
  /** 年度主要任务 by their place in the list, 0-based. */
  | { readonly kind: 'SET_TASK'; readonly at: number; readonly field: TaskField; readonly text: string }
  | { readonly kind: 'ADD_TASK' }
  | { readonly kind: 'DELETE_TASK'; readonly at: number }
  | { readonly kind: 'MATCH_ROW'; readonly row: string; readonly key: string | null }
  /** Without `about`: all findings of the code at that row, as it was before they were told apart. A blank reason takes the acceptance back. */
  | { readonly kind: 'ACCEPT_FINDING'; readonly code: string; readonly row: string | null; readonly about?: string; readonly reason: string };

/** One entry of the log: a correction, or the last one taken back or put again. */
export type LoggedCorrection = Correction | { readonly kind: 'UNDO' } | { readonly kind: 'REDO' };

/** What of a log holds: corrections with their number in the log, and whether there is something to take back or to put again. */
export interface StandingCorrections {
  readonly corrections: readonly { readonly sequence: number; readonly correction: Correction }[];
  readonly mayUndo: boolean;
  readonly mayRedo: boolean;
}

/** Folds a log (oldest first; the first entry has number 1): UNDO takes the last standing correction back, REDO puts it again, a new correction forgets what was taken back. */
export function standingCorrections(log: readonly LoggedCorrection[]): StandingCorrections {
  const standing: { sequence: number; correction: Correction }[] = [];
  let undone: { sequence: number; correction: Correction }[] = [];
  for (const [at, entry] of log.entries()) {
    if (entry.kind === 'UNDO') {
      const last = standing.pop();
      if (last !== undefined) undone.push(last);
    } else if (entry.kind === 'REDO') {
      const last = undone.pop();
      if (last !== undefined) standing.push(last);
    } else {
      standing.push({ sequence: at + 1, correction: entry });
      undone = [];
    }
  }
  return { corrections: standing, mayUndo: standing.length > 0, mayRedo: undone.length > 0 };
}
