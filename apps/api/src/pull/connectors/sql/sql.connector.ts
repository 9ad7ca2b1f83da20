import { setImmediate as letOthersIn } from 'node:timers/promises';
import { type Result, type Words, ok, periodWords, refuse } from '@jiheng/domain';
import type { CheckedAddresses, Egress } from '../../egress/egress';
import type { SecretNeeds } from '../../secrets/pull-secrets';
import { type AskedPeriod, type Fetched, type SourceAddress, type SourceConnector, type SourceDraft, type SourceRow, boundRow, failed, misplaced } from '../../source-connector';
import { audienceOf, codeOf, destinationOf, malformedPlace, misencoded, placeUrl, readPlace } from '../place-url';
import { readMysql } from './mysql-rows';
import { readPostgres } from './postgres-rows';
import { LONGEST_MESSAGE, QueryBroke, type SelectBounds, type SqlRows, UNFIT } from './select';
import { type SqlDialect, type SqlParameter, guardSelect } from './sql-guard';

const SCHEMES = ['postgres:', 'postgresql:', 'mysql:', 'mariadb:'] as const;

/** 取数 from a database: one SELECT in a read-only transaction, with the period bound. */
export class SqlConnector implements SourceConnector {
  constructor(private readonly egress: Egress, private readonly bounds: SelectBounds) {}

  check({ place, settings }: SourceDraft): Result<void> {
    const read = readPlace(place, SCHEMES, this.egress);
    if (!read.ok) return read;
    const url = read.value;
    const wrong = wrongIn(url);
    if (wrong !== null) return malformedPlace(place, wrong);
    const guarded = guardSelect(settings.query, dialectOf(url));
    return guarded.ok ? ok(undefined) : guarded;
  }

  needs({ place, settings }: SourceDraft): SecretNeeds {
    // An account may come without a password (trust, peer). Taking the encryption away would show the password to the wire.
    return { may: ['PASSWORD'], must: [], audience: `${audienceOf(new URL(place))}${settings.tls ? ' tls' : ''}` };
  }

  async fetch(source: SourceAddress, period: AskedPeriod): Promise<Fetched> {
    const place = placeUrl(source.place, period);
    const lawful = this.check({ ...source, place });
    if (!lawful.ok) return misplaced(lawful);
    const url = new URL(place);
    const guarded = guardSelect(source.settings.query, dialectOf(url));
    const to = destinationOf(url);
    if (!guarded.ok || to === null) return misplaced(guarded.ok ? refuse('pull.place-forbidden', { place }) : guarded);
    let checked: Result<CheckedAddresses>;
    try {
      checked = await this.egress.addressesOf(to);
    } catch (cause) {
      return failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: codeOf(cause) });
    }
    if (!checked.ok) return misplaced(checked);
    const values: Readonly<Record<SqlParameter, string>> = {
      from: period.startsOn, to: period.endsOn, year: String(period.fiscalYear), ordinal: String(period.ordinal), period: `${period.fiscalYear}Q${period.ordinal}`, unit: source.unitCode,
    };
    const spot = {
      host: url.hostname.replace(/^\[|\]$/gu, ''), addresses: checked.value, port: to.port, user: decodeURIComponent(url.username), password: source.secrets.get('PASSWORD') ?? '',
      database: databaseOf(url), tls: source.settings.tls,
    };
    try {
      const read = dialectOf(url) === 'POSTGRES' ? readPostgres : readMysql;
      return await rowsOf(source, period, await read(spot, guarded.value.text, guarded.value.bound.map((name) => values[name]), this.bounds));
    } catch (cause) {
      if (!(cause instanceof QueryBroke)) throw cause;
      return this.say(source, cause);
    }
  }

  private say({ name: source }: SourceAddress, { kind, cause }: QueryBroke): Extract<Fetched, { ok: false }> {
    switch (kind) {
      case 'AWAY': return failed('SOURCE_AWAY', 'pull.source-away', { source, cause });
      case 'NOT_ALLOWED': return failed('NOT_ALLOWED', 'pull.not-allowed', { source, status: cause });
      case 'NO_PASSWORD': return failed('NOT_ALLOWED', 'pull.password-wanted', { source });
      case 'UNFIT': return failed('UNREADABLE_BODY', cause === UNFIT.NO_TLS ? 'pull.no-tls-there' : 'pull.other-server-there', { source });
      case 'TOO_SLOW': return failed('UNREADABLE_BODY', 'pull.query-too-slow', { source, seconds: String(Math.ceil(this.bounds.statementMs / 1000)) });
      case 'TOO_MANY_ROWS': return failed('UNREADABLE_BODY', 'pull.too-many-rows', { source, limit: String(this.bounds.maxRows) });
      case 'TOO_LARGE': return failed('UNREADABLE_BODY', 'pull.too-large', { source, limit: String(Math.floor(this.bounds.maxBytes / 1_048_576)) });
      case 'QUERY': return failed('UNREADABLE_BODY', 'pull.query-failed', { source, cause });
    }
  }
}

function dialectOf(url: URL): SqlDialect {
  return url.protocol.startsWith('postgres') ? 'POSTGRES' : 'MYSQL';
}

function databaseOf(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1));
}

/** What of an address is not as a database is named; null for nothing. */
function wrongIn({ protocol, username, pathname, search, hash }: URL): Words | null {
  const shape = { zh: `请写成 ${protocol}//用户名@主机:端口/库名`, en: `write it as ${protocol}//user@host:port/database` };
  if (search !== '' || hash !== '') {
    return { zh: '“?”或“#”之后不能写连接选项，请删去它们和后面的内容；加密连接请在来源设置中勾选，库名里确有这两个符号的请写成 %3F、%23', en: 'it may hold no options behind “?” or “#”, so take them out; encryption has a box of its own in the settings of the source, and a database with such a sign in its name is written with %3F or %23' };
  }
  if (username === '') return { zh: `没有写用户名，${shape.zh}`, en: `it names no user; ${shape.en}` };
  if (pathname.length <= 1) return { zh: `没有写库名，${shape.zh}`, en: `it names no database; ${shape.en}` };
  return misencoded(username, { zh: '用户名', en: 'the name of the user' }) ?? misencoded(pathname, { zh: '库名', en: 'the name of the database' });
}

/** Cells that are worked on before others have their turn: some tens of milliseconds. */
const CELLS_A_TURN = 20_000;

/** The rows by their columns; what is kept is a table of tabs with its header. Made piece by piece where people are answered: our own code, of which is known how long it takes. */
async function rowsOf(source: SourceAddress, period: AskedPeriod, { columns, rows }: SqlRows): Promise<Fetched> {
  const [keyAt, valueAt] = [columns.indexOf(source.keyField), columns.indexOf(source.valueField)];
  const isMissing = keyAt < 0 || valueAt < 0;
  const read: SourceRow[] = [];
  const lines = [lineOf(columns)];
  let cells = 0;
  for (const row of rows) {
    lines.push(lineOf(row));
    const [key, verbatim] = [row[keyAt] ?? '', row[valueAt] ?? ''];
    // The row as an object: names beside values, an empty one null as the database has it.
    // A key without a value is a row that says nothing yet.
    if (!isMissing && key !== '') read.push({ key, verbatim, row: boundRow(JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null])))) });
    cells += columns.length;
    if (cells < CELLS_A_TURN) continue;
    cells = 0;
    await letOthersIn();
  }
  const body = Buffer.from(lines.join('\n'));
  if (isMissing) return failed('UNREADABLE_BODY', 'pull.column-absent', { source: source.name, sought: [keyAt < 0 ? source.keyField : '', valueAt < 0 ? source.valueField : ''].filter((one) => one !== '').join(', '), there: boundRow(columns.join(', '), LONGEST_MESSAGE) }, body);
  return read.length > 0 ? { ok: true, rows: read, body } : failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) }, body);
}

function lineOf(cells: readonly (string | null)[]): string {
  return cells.map((cell) => (cell ?? '').replace(/[\t\r\n]/gu, ' ')).join('\t');
}
