import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sayRefusal } from '@jiheng/domain';
import fc from 'fast-check';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { emptyDatabase } from '../../../../test/database';
import { freePort } from '../../../../test/free-ports';
import { waitFor } from '../../../../test/wait-for';
import { Egress } from '../../egress/egress';
import type { Fetched } from '../../source-connector';
import { FOURTH_QUARTER, FIRST_QUARTER, aSource, short } from '../testing/a-source';
import { longestSilence } from '../testing/longest-silence';
import { shortestFloat } from './mysql-rows';
import { SqlConnector } from './sql.connector';

const BOUNDS = { timeoutMs: 30_000, statementMs: 20_000, maxRows: 1000, maxBytes: 1_048_576 };
const connector = new SqlConnector(new Egress(['127.0.0.1:*', 'localhost:*=127.0.0.1']), BOUNDS);
/** By how many MB the buffers of the process, in which drivers gather rows, grew at most during some work. Looked at between any two pieces that a socket brings. */
const growth = async (work: () => Promise<unknown>): Promise<number> => {
  const held = () => process.memoryUsage().external;
  // What an earlier test left behind must not pass for room.
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const before = held();
  let most = before;
  const watch = setInterval(() => { most = Math.max(most, held()); }, 2);
  try { await work(); } finally { clearInterval(watch); }
  return (Math.max(most, held()) - before) / 1_000_000;
};
const TABLE = `create table head_count (code varchar(40), quarter_end date, unit varchar(20), n numeric(20,2));
  insert into head_count values ('urban-rural-pension', '2024-12-31', '100001', 264000), ('coverage', '2024-12-31', '100001', 95.60), ('other', '2024-12-31', '100002', 7), ('unemployment', '2024-09-30', '100001', 68300);`;
const QUERY = 'select code as key, n as value, quarter_end from head_count where quarter_end between :from and :to and unit = :unit order by n desc';

describe('a PostgreSQL database', () => {
  let database: { url: string; drop(): Promise<void> };
  let admin: pg.Client;
  let place: string;
  const PASSWORD = 'r3ad-only';

  beforeAll(async () => {
    database = await emptyDatabase();
    admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    const role = `reader_${new URL(database.url).pathname.slice(1)}`;
    await admin.query(`${TABLE} create role ${role} login password '${PASSWORD}'; grant select, insert on head_count to ${role};`);
    const url = new URL(database.url);
    place = `postgresql://${role}@${url.hostname === 'localhost' ? '127.0.0.1' : url.hostname}:${url.port}${url.pathname}`;
  });
  afterAll(async () => {
    const role = new URL(place).username;
    await admin.query(`drop owned by ${role}; drop role ${role};`);
    await admin.end();
    await database.drop();
  });
  const ask = (query: string, by = connector, more: object = {}) => by.fetch(aSource({ place, settings: { query }, secrets: { PASSWORD }, ...more }), FOURTH_QUARTER);

  it('gives the rows of the period and the unit, every digit as the database has it', async () => {
    const fetched = await ask(QUERY);
    expect(short(fetched)).toEqual(['urban-rural-pension=264000.00', 'coverage=95.60']);
    expect(fetched.ok && fetched.rows[1]?.row).toBe('{"key":"coverage","value":"95.60","quarter_end":"2024-12-31"}');
    expect(fetched.ok && fetched.body.toString().split('\n')[0]).toBe('key\tvalue\tquarter_end');
  });
  it('says when the period has none', async () => {
    expect(short(await connector.fetch(aSource({ place, settings: { query: QUERY }, secrets: { PASSWORD } }), FIRST_QUARTER))).toEqual(['NOT_THERE', 'pull.not-there']);
  });
  it('of ten million empty cells lets others have their turn while it makes rows of them', async () => {
    const columns = Array.from({ length: 600 }, (_, at) => `null as c${at}`).join(',');
    const wide = new SqlConnector(new Egress(['127.0.0.1:*']), { ...BOUNDS, maxRows: 50_000, maxBytes: 10 * 1_048_576 });
    let fetched: Fetched | undefined;
    const silence = await longestSilence(async () => { fetched = await ask(`select n as key, 1 as value, ${columns} from generate_series(1, 16000) n`, wide); });
    expect(fetched?.ok === true && [fetched.rows.length, fetched.rows[0]?.row?.length]).toEqual([16_000, 4_009]);
    expect(silence).toBeLessThan(0.25);
  });
  it('binds a value that looks like a statement as the text it is', async () => {
    expect(short(await ask(QUERY, connector, { unitCode: "' or 1=1; drop table head_count; --" }))).toEqual(['NOT_THERE', 'pull.not-there']);
    expect((await admin.query('select count(*) as n from head_count')).rows).toEqual([{ n: '4' }]);
  });
  it('cannot write even with a function the guard does not know and an account that may write', async () => {
    await admin.query("create function harmless() returns int language sql as 'insert into head_count values (''x'', ''2024-12-31'', ''100001'', 1) returning 1'");
    const fetched = await ask('select harmless() as key, 1 as value');
    expect(fetched.ok ? null : [fetched.failure.refusal.code, fetched.failure.refusal.params['cause']]).toEqual(['pull.query-failed', expect.stringContaining('25006')]);
    expect((await admin.query('select count(*) as n from head_count')).rows).toEqual([{ n: '4' }]);
  });
  it('is stopped at the statement time-out, at the row cap and at the byte cap', async () => {
    const slow = 'select count(*) as key, 1 as value from generate_series(1, 100000000) a, generate_series(1, 1000) b';
    expect(short(await ask(slow, new SqlConnector(new Egress(['127.0.0.1:*']), { ...BOUNDS, statementMs: 300 })))).toEqual(['UNREADABLE_BODY', 'pull.query-too-slow']);
    expect(short(await ask('select n as key, 1 as value from generate_series(1, 1000) n'))).toHaveLength(1000);
    expect(short(await ask('select n as key, 1 as value from generate_series(1, 1001) n'))).toEqual(['UNREADABLE_BODY', 'pull.too-many-rows']);
    expect(short(await ask("select n as key, repeat('x', 100000) as value from generate_series(1, 20) n"))).toEqual(['UNREADABLE_BODY', 'pull.too-large']);
  });
  it('cuts the connection in the middle of a cell of 200 MB, and gathers less than 96 MB of it', async () => {
    // The driver gathers a row whole before it shows it. At 600 MB the row is longer than a text of JavaScript may be, and what the driver throws then ends the process.
    const grown = await growth(async () => {
      expect(short(await ask("select 'k' as key, repeat('x', 200000000) as value"))).toEqual(['UNREADABLE_BODY', 'pull.too-large']);
      // Nor does the server gather 500 such rows before it sends the first (20 GB): a slice begins with one row.
      expect(short(await ask("select n as key, repeat('x', 40000000) as value from generate_series(1, 500) n"))).toEqual(['UNREADABLE_BODY', 'pull.too-large']);
    });
    expect(grown).toBeLessThan(96);
    expect(short(await ask(QUERY))).toEqual(['urban-rural-pension=264000.00', 'coverage=95.60']);
  });
  it('gives all of an answer whose cells are within the bound, however much the protocol adds: 1,000 rows of 400 empty cells', async () => {
    const empty = Array.from({ length: 400 }, (_, at) => `null::text as c${at}`).join(', ');
    expect(short(await ask(`select n as key, 1 as value, ${empty} from generate_series(1, 1000) n`))).toHaveLength(1000);
    expect(short(await ask("select n as key, repeat('x', 1000) as value from generate_series(1, 1000) n"))).toHaveLength(1000);
  });
  it('gives a four-byte float in the shortest decimal that is it, also to a role whose setting rounds to six digits', async () => {
    const floats = "select t.v::text as key, t.v as value from unnest(array['96.1', '16777216', '0.12345679', '1e-20']::real[]) t(v)";
    const all = ['96.1=96.1', '1.6777216e+07=1.6777216e+07', '0.12345679=0.12345679', '1e-20=1e-20'];
    expect(short(await ask(floats))).toEqual(all);
    await admin.query(`alter role ${new URL(place).username} set extra_float_digits = 0`);
    expect(short(await ask(floats))).toEqual(all);
  });
  it('says in plain words what is wrong: the password, a column, a name, a database that is away', async () => {
    const wrong = await connector.fetch(aSource({ place, settings: { query: QUERY }, secrets: { PASSWORD: 'wr0ng' } }), FOURTH_QUARTER);
    expect([short(wrong), JSON.stringify(wrong).includes('wr0ng')]).toEqual([['NOT_ALLOWED', 'pull.not-allowed'], false]);
    expect(short(await ask('select no_such_column as key, 1 as value from head_count'))).toEqual(['UNREADABLE_BODY', 'pull.query-failed']);
    // Words that are cut off say so: a secret in them may have been cut in two, and its beginning is looked for there.
    const wordy = await ask("select code as key, cast(repeat('x', 400) as int) as value from head_count");
    expect(wordy.ok ? '' : wordy.failure.refusal.params['cause']).toMatch(/^22P02 .{300}… \(\+\d+\)$/u);
    const otherColumns = await ask('select code as a, n as value from head_count');
    expect([short(otherColumns), otherColumns.ok ? '' : sayRefusal(otherColumns.failure.refusal, 'zh')]).toEqual([['UNREADABLE_BODY', 'pull.column-absent'], '取数来源“社保业务系统”有应答，但没有这些列：key；有的列是：a, value。请核对来源设置中的列名。']);
    expect(short(await connector.fetch(aSource({ place: 'postgresql://x@127.0.0.1:1/x', settings: { query: QUERY } }), FOURTH_QUARTER))).toEqual(['SOURCE_AWAY', 'pull.source-away']);
  });
  it('does not call a server away that answers, and asks again for nothing that stays as it is: a missing password, encryption that is not offered, a division by nothing', async () => {
    expect(short(await ask(QUERY, connector, { secrets: {} }))).toEqual(['NOT_ALLOWED', 'pull.password-wanted']);
    expect(short(await ask(QUERY, connector, { settings: { query: QUERY, tls: true } }))).toEqual(['UNREADABLE_BODY', 'pull.no-tls-there']);
    expect(short(await ask('select code as key, 1 / (n - n) as value from head_count'))).toEqual(['UNREADABLE_BODY', 'pull.query-failed']);
    expect(short(await ask('select a.code as key, n as value from head_count a, head_count b'))).toEqual(['UNREADABLE_BODY', 'pull.query-failed']);
    // What may pass is another matter: a row that somebody holds, and a server without room.
    await admin.query(`alter role ${new URL(place).username} connection limit 0`);
    expect(short(await ask(QUERY))).toEqual(['SOURCE_AWAY', 'pull.source-away']);
    await admin.query(`alter role ${new URL(place).username} connection limit -1`);
  });
  it('goes to listed hosts only, and takes no password and no options in the address', () => {
    const code = (at: string) => { const lawful = connector.check(aSource({ place: at, settings: { query: QUERY } })); return lawful.ok ? '' : lawful.refusal.code; };
    expect(code('postgresql://reader@10.1.2.3/db')).toBe('pull.address-forbidden');
    expect(code('postgresql://reader@db.example/db')).toBe('pull.host-not-listed');
    expect(code('postgresql://reader:pw@127.0.0.1/db')).toBe('pull.place-has-credentials');
    expect(code('postgresql://reader@127.0.0.1/db?host=/tmp')).toBe('pull.place-malformed');
    expect(code('postgresql://127.0.0.1/db')).toBe('pull.place-malformed');
    expect(code('http://127.0.0.1/db')).toBe('pull.place-scheme');
    expect(code('mysql://reader@localhost/db')).toBe('');
  });
});

const MYSQLD = ['mariadbd', 'mysqld'].find((name) => spawnSync(name, ['--version']).status === 0);

(MYSQLD === undefined ? describe.skip : describe)(`a MySQL or MariaDB database${MYSQLD === undefined ? ' (skipped: no mariadbd or mysqld on this machine)' : ''}`, () => {
  let folder: string;
  let server: ReturnType<typeof spawn>;
  let place: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mysql-'));
    const port = await freePort();
    const common = ['--no-defaults', `--datadir=${join(folder, 'data')}`, '--user=root'];
    const made = MYSQLD === 'mysqld' ? spawnSync('mysqld', [...common, '--initialize-insecure']) : spawnSync('mariadb-install-db', [...common, '--auth-root-authentication-method=normal']);
    if (made.status !== 0) throw new Error(made.stderr.toString());
    server = spawn(MYSQLD ?? '', [...common, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 's.sock')}`, ...(MYSQLD === 'mariadbd' ? ['--skip-ssl'] : [])], { stdio: 'ignore' });
    const root = await waitFor('MySQL', () => createConnection({ socketPath: join(folder, 's.sock'), user: 'root', multipleStatements: true }).catch(() => null), 60_000);
    await root.query(`create database pull; use pull; ${TABLE} create user reader@'127.0.0.1' identified by 'r3ad-only'; grant select, insert on pull.* to reader@'127.0.0.1';`);
    await root.end();
    place = `mysql://reader@127.0.0.1:${port}/pull`;
  }, 120_000);
  afterAll(async () => {
    server?.kill('SIGTERM');
    await new Promise((done) => { if (server === undefined || server.exitCode !== null) done(null); else server.on('exit', done); });
    await rm(folder, { recursive: true, force: true });
  });
  const ask = (query: string, by = connector) => by.fetch(aSource({ place, settings: { query: query }, secrets: { PASSWORD: 'r3ad-only' } }), FOURTH_QUARTER);

  it('has every digit of long numbers, dates as dates and what is empty as empty', async () => {
    const fetched = await ask("select 'long' as `key`, 123456789012345678901234567890.12 as value, 9223372036854775807 as wide, quarter_end as day, null as nothing from head_count where code = 'coverage'");
    expect(fetched.ok && fetched.rows[0]?.row).toBe('{"key":"long","value":"123456789012345678901234567890.12","wide":"9223372036854775807","day":"2024-12-31","nothing":null}');
  });
  it('gives a four-byte FLOAT in the shortest decimal that is it: 96.1 meets a target of at least 96.1', async () => {
    const fetched = await ask("select 'f' as `key`, cast(96.1 as float) as value, cast(-0.1 as float) as negative, cast(16777216 as float) as whole, cast(0.12345679 as float) as nine, cast(96.1 as double) as wide, cast(null as float) as nothing");
    expect(fetched.ok && fetched.rows[0]?.row).toBe('{"key":"f","value":"96.1","negative":"-0.1","whole":"16777216","nine":"0.12345679","wide":"96.1","nothing":null}');
  });
  it('cuts the connection in the middle of a row of 180 MB, and gathers less than 96 MB of it', async () => {
    const cells = Array.from({ length: 12 }, (_, at) => `repeat('x', 15000000) as c${at}`).join(', ');
    const grown = await growth(async () => {
      expect(short(await ask(`select 'k' as \`key\`, 1 as value, ${cells}`))).toEqual(['UNREADABLE_BODY', 'pull.too-large']);
    });
    expect(grown).toBeLessThan(96);
  });
  it('gives all of an answer whose cells are within the bound, however much the protocol adds: 1,000 rows of 800 numbers of one digit', async () => {
    const numbers = Array.from({ length: 200 }, (_, at) => `1e0 as c${at}`).join(', ');
    const rows = `with recursive c as (select 1 as n union all select n + 1 from c where n < 1000), d as (select ${numbers})`;
    expect(short(await ask(`${rows} select n as \`key\`, 1 as value, d.*, d.*, d.*, d.* from c, d`))).toHaveLength(1000);
  });
  it('says which of password and database is wrong, and never shows the password', async () => {
    const wrong = await connector.fetch(aSource({ place, settings: { query: 'select 1 as `key`, 1 as value' }, secrets: { PASSWORD: 'wr0ng' } }), FOURTH_QUARTER);
    expect([short(wrong), JSON.stringify(wrong).includes('wr0ng')]).toEqual([['NOT_ALLOWED', 'pull.not-allowed'], false]);
    expect(short(await connector.fetch(aSource({ place: place.replace(/pull$/u, 'elsewhere'), settings: { query: 'select 1 as `key`, 1 as value' }, secrets: { PASSWORD: 'r3ad-only' } }), FOURTH_QUARTER))).toEqual(['NOT_ALLOWED', 'pull.not-allowed']);
    expect(short(await connector.fetch(aSource({ place: 'mysql://reader@127.0.0.1:1/pull', settings: { query: 'select 1 as `key`, 1 as value' } }), FOURTH_QUARTER))).toEqual(['SOURCE_AWAY', 'pull.source-away']);
  });
  it('does not call a server away that answers: a column of two tables, texts that cannot be compared, encryption that is not offered, a driver of another database', async () => {
    expect(short(await ask('select code as `key`, n as value from head_count a, head_count b'))).toEqual(['UNREADABLE_BODY', 'pull.query-failed']);
    expect(short(await ask("select 'a' as `key`, ('a' collate utf8mb4_bin = 'a' collate utf8mb4_general_ci) as value"))).toEqual(['UNREADABLE_BODY', 'pull.query-failed']);
    const all = 'select 1 as `key`, 1 as value';
    if (MYSQLD === 'mariadbd') expect(short(await connector.fetch(aSource({ place, settings: { query: all, tls: true }, secrets: { PASSWORD: 'r3ad-only' } }), FOURTH_QUARTER))).toEqual(['UNREADABLE_BODY', 'pull.no-tls-there']);
    expect(short(await connector.fetch(aSource({ place: place.replace('mysql:', 'postgresql:'), settings: { query: 'select 1 as key, 1 as value' } }), FOURTH_QUARTER))).toEqual(['UNREADABLE_BODY', 'pull.other-server-there']);
  });
  it('gives the rows of the period, writes nothing, and is stopped at its bounds', async () => {
    expect(short(await ask('select code as `key`, n as value from head_count where quarter_end between :from and :to and unit = :unit order by n desc'))).toEqual(['urban-rural-pension=264000.00', 'coverage=95.60']);
    const many = 'with recursive c as (select 1 as n union all select n + 1 from c where n < 1000) select a.n as `key`, b.n as value from c a, c b';
    expect(short(await ask(many))).toEqual(['UNREADABLE_BODY', 'pull.too-many-rows']);
    // The statement of a million rows is over on the server as well: nothing of it runs on.
    const root = await createConnection({ socketPath: join(folder, 's.sock'), user: 'root' });
    const running = async () => (await root.query("select info from information_schema.processlist where user = 'reader' and command <> 'Sleep'"))[0] as readonly unknown[];
    expect(await waitFor('an idle server', async () => (await running()).length === 0, 5_000)).toBe(true);
    await root.end();
    const endless = 'with recursive c as (select 1 as n union all select n + 1 from c where n < 1000) select count(*) as `key`, 1 as value from c a, c b, c d, c e';
    const hasty = (more: object) => new SqlConnector(new Egress(['127.0.0.1:*']), { ...BOUNDS, ...more });
    expect(short(await ask(endless, hasty({ statementMs: 1000 })))).toEqual(['UNREADABLE_BODY', 'pull.query-too-slow']);
    expect(short(await ask(endless, hasty({ timeoutMs: 500 })))).toEqual(['SOURCE_AWAY', 'pull.source-away']);
    expect(short(await ask('select no_such as `key`, 1 as value from head_count'))).toEqual(['UNREADABLE_BODY', 'pull.query-failed']);
  });
});

describe('a four-byte float', () => {
  it('is written in the fewest digits that read back as itself, whatever its bits', () => {
    fc.assert(fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = shortestFloat(value);
      const digits = (text.replace(/e.*/u, '').match(/[0-9]/gu) ?? []).join('').replace(/^0+|0+$/gu, '').length;
      const shorter = digits > 1 && Math.fround(Number(value.toPrecision(digits - 1))) === value;
      return Math.fround(Number(text)) === value && !shorter;
    }));
    expect([96.1, 0.1, 95.6, 264000, 1e10, 3.4028234663852886e38].map((value) => shortestFloat(Math.fround(value)))).toEqual(['96.1', '0.1', '95.6', '264000', '10000000000', '3.4028235e+38']);
  });
});
