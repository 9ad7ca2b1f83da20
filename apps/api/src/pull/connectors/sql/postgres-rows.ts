import pg from 'pg';
import { codeOf } from '../place-url';
import { type DatabaseSpot, QueryBroke, RowCounter, type SelectBounds, type SqlRows } from './select';

const SLICE = 500;

/**
 * One SELECT through a cursor in a read-only transaction: a cursor takes nothing but a query, so even what slipped past the guard cannot write, and rows come
 * in slices, so a million of them never lie in memory. Parameters travel beside the text (extended protocol), which also admits only one statement.
 * @throws QueryBroke
 */
export async function readPostgres(spot: DatabaseSpot, text: string, values: readonly string[], bounds: SelectBounds): Promise<SqlRows> {
  const client = new pg.Client({
    host: spot.address, port: spot.port, user: spot.user, password: spot.password, database: spot.database, ssl: spot.tls ? { servername: spot.host, rejectUnauthorized: true } : false,
    connectionTimeoutMillis: Math.min(10_000, bounds.timeoutMs), query_timeout: bounds.statementMs + 2_000, application_name: 'jiheng pull',
    // Every value as the server wrote it: no float, no time zone in between.
    types: { getTypeParser: () => (value: unknown) => (value as string) },
  });
  // A connection that dies is told by the query that waits for it.
  client.on('error', () => undefined);
  const late = setTimeout(() => void client.end().catch(() => undefined), bounds.timeoutMs);
  try {
    await client.connect();
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query("select set_config('statement_timeout', $1, true), set_config('lock_timeout', '2000', true), set_config('idle_in_transaction_session_timeout', $1, true)", [String(bounds.statementMs)]);
    await client.query({ text: `declare jiheng_rows no scroll cursor for ${text}`, values: [...values] });
    const counted = new RowCounter(bounds);
    for (;;) {
      const slice = await client.query<(string | null)[]>({ text: `fetch ${SLICE} from jiheng_rows`, rowMode: 'array' });
      for (const row of slice.rows) counted.add(row);
      if (slice.rows.length < SLICE) return { columns: slice.fields.map((field) => field.name), rows: counted.rows };
    }
  } catch (cause) {
    throw cause instanceof QueryBroke ? cause : brokeOf(cause);
  } finally {
    clearTimeout(late);
    await client.end().catch(() => undefined);
  }
}

function brokeOf(cause: unknown): QueryBroke {
  const { message } = cause as { message?: string };
  const code = codeOf(cause);
  if (/^28|^42501$/u.test(code)) return new QueryBroke('NOT_ALLOWED', code);
  if (code === '57014' || /Query read timeout/u.test(message ?? '')) return new QueryBroke('TOO_SLOW', code);
  // Classes of the server's own complaints: what is wrong with the query or the database asked for.
  if (/^(?:0A|21|22|25|2B|34|3D|3F|42|44)[0-9A-Z]{3}$/u.test(code)) return new QueryBroke('QUERY', `${code} ${(message ?? '').slice(0, 300)}`);
  return new QueryBroke('AWAY', code);
}
