import type { HistoryEntry } from '@jiheng/contract';

/** Moves that give a report back into the hands of its reporter. */
const BACK = new Set(['return', 'reopen', 'withdraw']);

/**
 * The act after which rows count as changed: the last time the report was handed on (submitted or signed) before it last came back.
 * Null when it never came back: nobody has seen an earlier state of it.
 */
export function lastHandedOn(history: readonly HistoryEntry[]): HistoryEntry | null {
  const back = history.findLastIndex((act) => BACK.has(act.move));
  return back < 0 ? null : history.slice(0, back).findLast((act) => act.move === 'submit' || act.move === 'sign') ?? null;
}
