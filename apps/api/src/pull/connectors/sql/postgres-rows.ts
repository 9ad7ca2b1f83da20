import { Socket } from 'node:net';
import pg from 'pg';
import { bindChecked } from '../../egress/connect-checked';
import { codeOf } from '../place-url';
import { boundRow } from '../../source-connector';
import { type DatabaseSpot, LONGEST_MESSAGE, QueryBroke, RowCounter, type SelectBounds, type SqlRows, UNFIT } from './select';
import { SocketMeter } from './socket-meter';

/**
 * Rows of one slice. The server gathers a slice whole before it sends it, so the first holds one row, and the next as many as weigh about a megabyte.
 */
const SLICE = { first: 1, growth: 8, most: 500, bytes: 1_048_576 };
/**
 * Shortest decimals that read back as the stored number, whatever a role or database has set: 0 rounds a real to six digits. Servers before 12 know no shortest
 * form; they keep their setting.
 */
const SHORTEST_FLOATS = "select set_config('extra_float_digits', '1', true) where current_setting('server_version_num')::int >= 120000";

/**
 * One SELECT through a cursor in a read-only transaction: a cursor takes nothing but a query, so even what slipped past the guard cannot write, and rows come
 * in slices, so a million of them never lie in memory; a slice that weighs more than the bytes still free cuts the connection. Parameters travel beside the
 * text (extended protocol), which also admits only one statement.
 * @throws QueryBroke
 */
export async function readPostgres(spot: DatabaseSpot, text: string, values: readonly string[], bounds: SelectBounds): Promise<SqlRows> {
  const socket = bindChecked(new Socket(), spot.addresses, spot.port);
  const client = new pg.Client({
    stream: () => socket,
    host: spot.host, port: spot.port, user: spot.user, password: spot.password, database: spot.database, ssl: spot.tls ? { servername: spot.host, rejectUnauthorized: true } : false,
    connectionTimeoutMillis: Math.min(10_000, bounds.timeoutMs), query_timeout: bounds.statementMs + 2_000, application_name: 'jiheng pull',
    // Every value as the server wrote it: no float, no time zone in between.
    types: { getTypeParser: () => (value: unknown) => (value as string) },
  });
  // A connection that dies is told by the query that waits for it.
  client.on('error', () => undefined);
  const late = setTimeout(() => void client.end().catch(() => undefined), bounds.timeoutMs);
  const meter = new SocketMeter(socket);
  const rows = async (): Promise<SqlRows> => {
    await client.connect();
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query("select set_config('statement_timeout', $1, true), set_config('lock_timeout', '2000', true), set_config('idle_in_transaction_session_timeout', $1, true)", [String(bounds.statementMs)]);
    await client.query(SHORTEST_FLOATS);
    await client.query({ text: `declare jiheng_rows no scroll cursor for ${text}`, values: [...values] });
    const counted = new RowCounter(bounds);
    for (let asked = SLICE.first; ;) {
      meter.allow(counted.left);
      const slice = await client.query<(string | null)[]>({ text: `fetch ${asked} from jiheng_rows`, rowMode: 'array' });
      for (const row of slice.rows) counted.add(row);
      if (slice.rows.length < asked) return { columns: slice.fields.map((field) => field.name), rows: counted.rows };
      const average = (bounds.maxBytes - counted.left) / counted.rows.length;
      asked = Math.max(1, Math.min(asked * SLICE.growth, SLICE.most, Math.floor(SLICE.bytes / average)));
    }
  };
  try {
    return await Promise.race([rows(), meter.exceeded]);
  } catch (cause) {
    throw cause instanceof QueryBroke ? cause : brokeOf(cause);
  } finally {
    clearTimeout(late);
    meter.stop();
    await client.end().catch(() => undefined);
  }
}

/** Classes of what a server says of itself, which may pass: broken connections, conflicts, want of room, operators, files, its own faults. */
const PASSING = /^(?:08|40|53|55|57|58|F0|XX)[0-9A-Z]{3}$/u;
const SAID_BY_SERVER = /^[0-9A-Z]{5}$/u;

function brokeOf(cause: unknown): QueryBroke {
  const { message = '', severity } = cause as { message?: string; severity?: string };
  const code = codeOf(cause);
  if (/^28|^42501$/u.test(code)) return new QueryBroke('NOT_ALLOWED', code);
  if (code === '57014' || /Query read timeout/u.test(message)) return new QueryBroke('TOO_SLOW', code);
  // Whatever else the server says is about the query or the database asked for, and it will say so again.
  if (severity !== undefined && SAID_BY_SERVER.test(code) && !PASSING.test(code)) return new QueryBroke('QUERY', `${code} ${boundRow(message, LONGEST_MESSAGE)}`);
  // The driver's own sentences: it has no codes for them.
  if (/client password must be/u.test(message)) return new QueryBroke('NO_PASSWORD', code);
  if (/does not support SSL/u.test(message)) return new QueryBroke('UNFIT', UNFIT.NO_TLS);
  if (/^(?:Received unexpected|received invalid response|unexpected message type)/iu.test(message)) return new QueryBroke('UNFIT', UNFIT.OTHER_SERVER);
  return new QueryBroke('AWAY', code);
}
