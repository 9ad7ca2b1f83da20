import { setImmediate as letOthersIn } from 'node:timers/promises';
import type { PullFailure } from '../pull-failure';
import type { Answer, AnsweredRow, Fetched, SourceRow } from '../source-connector';
import type { Blotter } from './blot-secrets';

/** Rows that are worked on before others have their turn: some milliseconds. */
const ROWS_A_TURN = 1_000;
/** Causes of causes that are looked through. */
const MOST_CAUSES = 8;

/**
 * What a source answered, without the secrets it was asked with: some servers repeat what they were sent. Rows, sentences and bytes alike, so that nothing behind this point can tell, keep or log one.
 * A row whose value held a secret says so ({@link AnsweredRow.isBlotted}): what is left of it is no value.
 * @param wanted fields of the bindings: a key or path that was asked for by its name stays as it is, or it would not be found
 */
export async function blotAnswer(fetched: Fetched, blotter: Blotter, wanted: readonly string[]): Promise<Answer> {
  if (!fetched.ok) return { ok: false, failure: await blotFailure(fetched.failure, blotter) };
  const named = new Set(wanted);
  const rows: AnsweredRow[] = [];
  for (const row of fetched.rows) {
    rows.push(blotRow(row, blotter, named));
    if (rows.length % ROWS_A_TURN === 0) await letOthersIn();
  }
  return { ok: true, rows, body: await blotter.bytes(fetched.body) };
}

/** What was thrown, without secrets in its words: it goes to the log. */
export function blotFault(fault: unknown, blotter: Blotter): unknown {
  let at: unknown = fault;
  for (let depth = 0; typeof at === 'object' && at !== null && depth < MOST_CAUSES; depth += 1) {
    for (const name of new Set(['message', 'stack', ...Object.keys(at)])) {
      const said = (at as Readonly<Record<string, unknown>>)[name];
      // Defined anew and not assigned: the message of some errors is a getter.
      if (typeof said === 'string' && blotter.text(said) !== said) Object.defineProperty(at, name, { value: blotter.text(said), configurable: true, writable: true, enumerable: Object.keys(at).includes(name) });
    }
    at = (at as { readonly cause?: unknown }).cause;
  }
  return typeof fault === 'string' ? blotter.text(fault) : fault;
}

async function blotFailure(failure: PullFailure, blotter: Blotter): Promise<PullFailure> {
  const params = Object.fromEntries(Object.entries(failure.refusal.params).map(([name, value]) => [name, blotter.text(value)]));
  return { ...failure, refusal: { ...failure.refusal, params }, body: failure.body === null ? null : await blotter.bytes(failure.body) };
}

function blotRow(row: SourceRow, blotter: Blotter, named: ReadonlySet<string>): AnsweredRow {
  const verbatim = blotter.row(row.verbatim);
  return {
    ...row, key: named.has(row.key) ? row.key : blotter.row(row.key), verbatim, ...(verbatim === row.verbatim ? {} : { isBlotted: true }),
    ...(row.row === undefined ? {} : { row: blotter.row(row.row) }), ...(row.file === undefined ? {} : { file: blotter.text(row.file) }),
  };
}
