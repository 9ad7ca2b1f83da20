import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

interface Server { readonly url: string; readonly applicationUrl: string; stop(): Promise<void> }

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
