import { createHash } from 'node:crypto';
import pg, { type QueryConfig } from 'pg';

/** Texts that are prepared, in all; what comes after them (lists of varying length spelled out) is parsed each time, so that no connection grows without end. */
const MOST_PREPARED = 1_000;
const names = new Map<string, string>();

/** The name under which a text is prepared, or null when it is not. The same text has the same name on every connection. */
function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_PREPARED) return null;
  const name = `s-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  names.set(text, name);
  return name;
}

/**
 * A connection that prepares every statement with parameters under a name of its text: PostgreSQL then parses it once a connection and, as soon as
 * a plan for any parameters is as good as one for these, plans it no more. Planning costs several times the work of a statement that reads
 * or writes one row, the more so with tables in many parts. Statements without parameters (begin, commit, migrations) go as they are.
 */
export class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    // The pool stops listening when it hands a connection out and TypeORM begins a moment later. A server that goes down just then, its last word in the
    // same packet as the answer before, must not end the process: whoever uses the connection next is told.
    this.on('error', () => undefined);
    const send = this.query.bind(this) as (...given: readonly unknown[]) => unknown;
    // A property and not a method: `query` has seven overloads, of which all are passed on but one.
    Object.defineProperty(this, 'query', { configurable: true, writable: true, value: (...given: readonly unknown[]): unknown => send(...prepared(given)) });
  }
}

function prepared(given: readonly unknown[]): readonly unknown[] {
  const [text, values, ...rest] = given;
  if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) return given;
  const name = nameOf(text);
  return name === null ? given : [{ name, text, values } satisfies QueryConfig, ...rest];
}
