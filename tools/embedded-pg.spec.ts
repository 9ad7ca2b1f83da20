import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type OwnProcess, runOwn } from './own-process';

interface Server { readonly url: string; readonly applicationUrl: string; stop(): Promise<unknown> }

async function start(dir: string): Promise<Server> {
  const { startPostgres } = (await import('./embedded-pg.mjs')) as { startPostgres(options: object): Promise<Server> };
  return startPostgres({ dir: join(dir, 'pg'), database: 'demonstration', settings: { fsync: 'off' } });
}

/** The answer of one statement: its first value, or the SQLSTATE of what was refused. */
async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return Object.values(rows[0] ?? {})[0] ?? null;
  } catch (error) {
    return (error as { code?: string }).code;
  } finally { await client.end(); }
}

const DENIED = '42501';

describe('the database that ships', () => {
  let dir: string;
  let server: Server;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'jiheng-role-'));
    chmodSync(dir, 0o755);
    server = await start(dir);
  });
  afterAll(async () => { await server?.stop(); rmSync(dir, { recursive: true, force: true }); });

  it('gives the product a role that owns its database and may nothing else', async () => {
    expect(await ask(server.applicationUrl, 'select current_user')).toBe('jiheng_app');
    expect(await ask(server.applicationUrl, `select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls from pg_roles where rolname = current_user`)).toBe(false);
    expect(await ask(server.applicationUrl, 'create table of_mine (id integer primary key)')).toBeNull();
    for (const statement of ['create role helper superuser', 'create database another', 'select passwd from pg_shadow', `copy (select 1) to program 'true'`, `select pg_read_file('postgresql.conf')`, 'alter system set log_connections = on']) {
      expect([statement, await ask(server.applicationUrl, statement)]).toEqual([statement, DENIED]);
    }
  });

  it('hands a database of an earlier version over, where everything was the superuser’s, and keeps what is in it', async () => {
    const old = [
      'create schema queue', 'create type queue.mood as enum (\'calm\')', 'create table report (id bigint generated always as identity primary key, points numeric)',
      'create table report_part (year integer) partition by list (year)', 'create table report_part_2024 partition of report_part for values in (2024)', 'create sequence turn',
      'create table queue.message (id serial primary key, mood queue.mood)', 'create view report_points as select points from report',
      'create function forbid() returns trigger language plpgsql as $$ begin raise exception \'no\'; end $$', 'create trigger report_kept before delete on report for each row execute function forbid()',
      'insert into report (points) values (94.19)',
    ];
    for (const statement of old) expect([statement, await ask(server.url, statement)]).toEqual([statement, null]);
    expect(await ask(server.applicationUrl, 'select points from report')).toBe(DENIED);
    await server.stop();
    server = await start(dir);
    expect(await ask(server.applicationUrl, 'select points from report_points')).toBe('94.19');
    for (const statement of ['alter table report add column rating text', 'insert into report (points) values (90.94)', 'alter table report_part_2024 add constraint in_year check (year = 2024)',
      'drop view report_points', 'create or replace function forbid() returns trigger language plpgsql as $$ begin return old; end $$', 'alter type queue.mood add value \'busy\'',
      'insert into queue.message (mood) values (\'calm\')', 'alter sequence turn restart']) {
      expect([statement, await ask(server.applicationUrl, statement)]).toEqual([statement, null]);
    }
    expect(await ask(server.url, `select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'queue') and pg_get_userbyid(c.relowner) <> 'jiheng_app'`)).toBe(0);
  });
});

/* Starts as processes of their own on one folder: each may stop at any moment, in order or by `kill -9`. */
describe('one database for several starts', () => {
  interface Started { readonly pid: number; readonly url: string; readonly adopted: boolean; readonly differences: readonly object[] }
  let dir: string;
  let starts: OwnProcess[];
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'jiheng-starts-'));
    chmodSync(dir, 0o755);
    starts = [];
  });
  afterEach(async () => {
    for (const one of starts) await one.end('SIGKILL');
    const last = await startHere(60);
    await stop(last);
    await last.process.end('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  });

  const startHere = async (connections: number): Promise<Started & { readonly process: OwnProcess }> => {
    const process = runOwn('embedded-pg.mjs', `const server = await m.startPostgres({ dir: ${JSON.stringify(join(dir, 'pg'))}, settings: { fsync: 'off', max_connections: ${connections} } });
      say({ pid: server.pid, url: server.url, adopted: server.adopted, differences: server.differences }); await line(); say(await server.stop());`);
    starts.push(process);
    return { ...(await process.said() as Started), process };
  };
  const stop = async ({ process }: { readonly process: OwnProcess }): Promise<unknown> => { process.tell('stop'); return process.said(); };
  const isThere = (url: string): Promise<boolean> => ask(url, 'select true').then((answer) => answer === true, () => false);
  const connectionsOf = ({ url }: Started): Promise<unknown> => ask(url, 'show max_connections');

  it('the first to stop does not pull it from under the second; the last one ends it', async () => {
    const first = await startHere(60);
    const second = await startHere(60);
    expect([second.pid, second.adopted, second.differences]).toEqual([first.pid, true, []]);
    expect(await stop(first)).toBe(false);
    expect(await isThere(second.url)).toBe(true);
    expect(await stop(second)).toBe(true);
    expect(await isThere(second.url)).toBe(false);
  });

  it('a start that was killed counts no more, whichever was the first', async () => {
    const [first, second] = [await startHere(60), await startHere(60)];
    await first.process.end('SIGKILL');
    expect(await isThere(second.url)).toBe(true);
    expect(await stop(second)).toBe(true);
    expect(await isThere(second.url)).toBe(false);
  });

  it('several that start and stop at once agree on one server, and leave none behind', async () => {
    // The first time there is no cluster yet; the second time one whose server was stopped; the third time one whose server has crashed.
    for (const before of ['nothing', 'stopped', 'crashed'] as const) {
      const all = await Promise.all([startHere(60), startHere(60), startHere(60)]);
      expect([before, new Set(all.map(({ pid }) => pid)).size]).toEqual([before, 1]);
      if (before === 'stopped') {
        process.kill(all[0].pid, 'SIGKILL');
        await Promise.all(all.map((one) => one.process.end('SIGKILL')));
      } else expect(await Promise.all(all.map(stop))).toContain(true);
      expect(await isThere(all[0].url)).toBe(false);
    }
  });

  it('what a killed start left behind is started anew where it should have other settings now', async () => {
    const killed = await startHere(60);
    await killed.process.end('SIGKILL');
    const same = await startHere(60);
    expect([same.pid, same.adopted]).toEqual([killed.pid, true]);
    await same.process.end('SIGKILL');
    const other = await startHere(70);
    expect([other.adopted, other.differences, await connectionsOf(other)]).toEqual([false, [], '70']);
    expect(await isThere(same.url)).toBe(false);
  });

  it('while another start, or a session such as a backup, needs it, it stays as it is, and what differs is said', async () => {
    const first = await startHere(60);
    const second = await startHere(70);
    expect([second.pid, second.differences, await connectionsOf(second)]).toEqual([first.pid, [{ name: 'max_connections', is: '60', wanted: '70' }], '60']);
    await Promise.all([first.process.end('SIGKILL'), second.process.end('SIGKILL')]);
    const backup = new pg.Client({ connectionString: first.url });
    await backup.connect();
    const third = await startHere(70);
    expect([third.pid, third.differences, (await backup.query('select 1')).rowCount]).toEqual([first.pid, [{ name: 'max_connections', is: '60', wanted: '70' }], 1]);
    await backup.end();
    await third.process.end('SIGKILL');
    expect(await connectionsOf(await startHere(70))).toBe('70');
  });
});
