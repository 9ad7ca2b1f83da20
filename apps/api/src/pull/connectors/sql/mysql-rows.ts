import mysql from 'mysql2';
import { connectChecked } from '../../egress/connect-checked';
import { codeOf } from '../place-url';
import { boundRow } from '../../source-connector';
import { type DatabaseSpot, LONGEST_MESSAGE, QueryBroke, RowCounter, type SelectBounds, type SqlRows, UNFIT } from './select';
import { SocketMeter } from './socket-meter';

type Connection = ReturnType<typeof mysql.createConnection>;

/** Errors of the server by what they mean: access, time, and what may pass. Whatever else it says is about the query. */
const NOT_ALLOWED = new Set(['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_TABLEACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR', 'ER_HOST_NOT_PRIVILEGED']);
const PASSING = new Set([
  'ER_CON_COUNT_ERROR', 'ER_TOO_MANY_USER_CONNECTIONS', 'ER_USER_LIMIT_REACHED', 'ER_OUT_OF_RESOURCES', 'ER_OUTOFMEMORY', 'ER_OUT_OF_SORTMEMORY', 'ER_CANT_CREATE_THREAD', 'ER_DISK_FULL', 'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN', 'ER_FORCING_CLOSE', 'ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_DEADLOCK', 'ER_LOCK_TABLE_FULL', 'ER_HOST_IS_BLOCKED', 'ER_NEW_ABORTING_CONNECTION', 'ER_ABORTING_CONNECTION', 'ER_SERVER_OFFLINE_MODE',
]);
const TOO_SLOW = new Set(['ER_QUERY_TIMEOUT', 'ER_STATEMENT_TIMEOUT', 'ER_QUERY_INTERRUPTED', 'PROTOCOL_SEQUENCE_TIMEOUT']);

/**
 * One SELECT of MySQL or MariaDB as a prepared statement (parameters travel beside the text, one statement only) in a read-only transaction. Rows are taken one
 * by one; at a bound, also in the middle of a row, the connection is cut, which ends the statement on the server too.
 * @throws QueryBroke
 */
export async function readMysql(spot: DatabaseSpot, text: string, values: readonly string[], bounds: SelectBounds): Promise<SqlRows> {
  const socket = connectChecked(spot.addresses, spot.port);
  const connection = mysql.createConnection({
    // The socket is opened to a checked address; `host` is what the certificate must say.
    host: spot.host, stream: () => socket, user: spot.user, password: spot.password, database: spot.database, multipleStatements: false,
    connectTimeout: Math.min(10_000, bounds.timeoutMs), rowsAsArray: true, dateStrings: true, supportBigNumbers: true, bigNumberStrings: true, decimalNumbers: false, charset: 'utf8mb4',
    // A server may ask a client for its files; this one has none to give.
    flags: ['-LOCAL_FILES'], ...(spot.tls ? { ssl: { rejectUnauthorized: true, verifyIdentity: true } } : {}),
  });
  connection.on('error', () => undefined);
  // The driver's own destroy() only ends its side: it would go on reading what the server has still to send (a million rows past the bound), and a command that
  // waits for an answer would wait for ever.
  const meter = new SocketMeter(socket);
  const cut = () => { meter.stop(); connection.destroy(); socket.destroy(); };
  const timers: NodeJS.Timeout[] = [];
  const late = new Promise<never>((_, tooLate) => {
    timers.push(setTimeout(() => tooLate(new QueryBroke('AWAY', 'ETIMEDOUT')), bounds.timeoutMs), setTimeout(() => tooLate(new QueryBroke('TOO_SLOW', 'ETIMEDOUT')), bounds.statementMs + 2_000));
  });
  const rows = async () => {
    await tell(connection, 'START TRANSACTION READ ONLY');
    await limitTime(connection, bounds.statementMs);
    return await take(connection, meter, text, values, bounds);
  };
  try {
    return await Promise.race([rows(), late, meter.exceeded]);
  } catch (cause) {
    throw cause instanceof QueryBroke ? cause : brokeOf(cause);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    cut();
  }
}

function tell(connection: Connection, statement: string): Promise<void> {
  return new Promise((done, wrong) => { connection.query(statement, (fault: unknown) => (fault === null ? done() : wrong(fault as Error))); });
}

/** MySQL counts milliseconds, MariaDB seconds, under different names. */
async function limitTime(connection: Connection, ms: number): Promise<void> {
  try {
    await tell(connection, `SET SESSION max_execution_time = ${Math.ceil(ms)}`);
  } catch (cause) {
    if (codeOf(cause) !== 'ER_UNKNOWN_SYSTEM_VARIABLE') throw cause;
    await tell(connection, `SET SESSION max_statement_time = ${Math.ceil(ms / 1000)}`);
  }
}

/** A column as far as its values depend on it. */
interface Column {
  readonly name: string;
  readonly columnType?: number;
}

function take(connection: Connection, meter: SocketMeter, text: string, values: readonly string[], bounds: SelectBounds): Promise<SqlRows> {
  return new Promise((done, wrong) => {
    const counted = new RowCounter(bounds);
    let columns: readonly Column[] = [];
    meter.allow(counted.left);
    connection.execute({ sql: text }, [...values])
      .on('fields', (fields: readonly Column[]) => { columns = fields; })
      .on('result', (row: unknown) => {
        try {
          counted.add((row as readonly unknown[]).map((value, at) => textOf(value, columns[at])));
          // Numbers travel in eight bytes and may be written in one: what has come is settled, what may come is counted anew.
          meter.allow(counted.left);
        } catch (cause) { wrong(cause as Error); }
      })
      .on('error', wrong)
      .on('end', () => done({ columns: columns.map((column) => column.name), rows: counted.rows }));
  });
}

/** DECIMAL, dates and long integers come as text; short integers and doubles as numbers whose shortest form is what the server stores. */
function textOf(value: unknown, column: Column | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  if (typeof value === 'number' && column?.columnType === mysql.Types.FLOAT) return shortestFloat(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * The shortest decimal of a four-byte number. The wire brings such a number widened to eight bytes: 96.1 is then 96.0999984741211, and a target of at least 96.1
 * would not be met.
 */
export function shortestFloat(value: number): string {
  for (let digits = 1; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  // Nine digits tell any two four-byte numbers apart. A number that is none (NaN, infinite) is its own name.
  return String(Number(value.toPrecision(9)));
}

function brokeOf(cause: unknown): QueryBroke {
  const { message, sqlState } = cause as { message?: string; sqlState?: string };
  const code = codeOf(cause);
  if (NOT_ALLOWED.has(code)) return new QueryBroke('NOT_ALLOWED', code);
  // Class 70 is „interrupted“: MariaDB's own time limit has a number the driver knows under another name.
  if (TOO_SLOW.has(code) || sqlState === '70100') return new QueryBroke('TOO_SLOW', code);
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') return new QueryBroke('UNFIT', UNFIT.NO_TLS);
  if (sqlState !== undefined && code.startsWith('ER_') && !PASSING.has(code) && !/^(?:08|40|53|57)/u.test(sqlState)) return new QueryBroke('QUERY', `${code} ${boundRow(message ?? '', LONGEST_MESSAGE)}`);
  return new QueryBroke('AWAY', code);
}
