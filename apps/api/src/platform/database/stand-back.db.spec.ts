import { readFileSync } from 'node:fs';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../../../test/database';
import { makeDataSource } from './data-source';
import { standBack } from './stand-back';

/** /proc/<pid>/stat, from the state on: field 16 of it is the niceness. */
const nicenessOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /su, '').split(' ')[16]);
/** Where Linux shares out by session: `/autogroup-17 nice 7`. */
const groupOf = (pid: number): string => { try { return readFileSync(`/proc/${pid}/autogroup`, 'utf8').trim(); } catch { return ''; } };

describe('the process of PostgreSQL behind a connection', () => {
  let database: TestDatabase;
  let [ours, peoples] = [null as unknown as pg.Client, null as unknown as pg.Client];
  const pidOf = async (client: pg.Client): Promise<number> => (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid ?? 0;
  beforeEach(async () => {
    database = await freshDatabase();
    [ours, peoples] = [new pg.Client({ connectionString: database.url }), new pg.Client({ connectionString: database.url })];
    await Promise.all([ours.connect(), peoples.connect()]);
  });
  afterEach(async () => { await Promise.all([ours.end(), peoples.end()]); await database.stop(); });

  const onThisLinux = process.platform === 'linux' ? it : it.skip;

  onThisLinux('stands back where PostgreSQL runs on this machine, it alone, also where processors are shared out by session', async () => {
    const [pid, other] = [await pidOf(ours), await pidOf(peoples)];
    const before = nicenessOf(other);
    expect(standBack(ours, 7)).toBe(true);
    expect([nicenessOf(pid), nicenessOf(other)]).toEqual([7, before]);
    if (groupOf(pid) !== '') expect([/nice 7$/u.test(groupOf(pid)), /nice 7$/u.test(groupOf(other))]).toEqual([true, false]);
    expect((await ours.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  });

  onThisLinux('is one of a worker: every connection of its pool stands back, and none of a process that answers people', async () => {
    const nicenessOfPool = async (niceness: object): Promise<number> => {
      const pool = await makeDataSource({ url: database.url, entities: [], poolSize: 2, ...niceness }).initialize();
      const [{ pid } = { pid: 0 }] = await pool.query<{ pid: number }[]>('select pg_backend_pid() as pid');
      const found = nicenessOf(pid);
      await pool.destroy();
      return found;
    };
    expect([await nicenessOfPool({ niceness: 4 }), await nicenessOfPool({})]).toEqual([4, nicenessOf(await pidOf(peoples))]);
  });

  onThisLinux('is left alone when it is not certainly the one: another process of that number, another connection, a number of nobody', async () => {
    const pid = await pidOf(peoples);
    const before = nicenessOf(pid);
    const port = (peoples as unknown as { connection: { stream: { localPort: number } } }).connection.stream.localPort;
    const like = (processID: number | null, localPort: number | undefined): pg.Client => ({ processID, connection: { stream: { localPort } } }) as unknown as pg.Client;
    // A container of its own counts its processes from 1: the number names this very process here, which is no PostgreSQL.
    expect([like(process.pid, port), like(pid, port + 1), like(pid, undefined), like(null, port), like(2 ** 22 + 1, port), like(1, port)].map((one) => standBack(one, 7))).toEqual([false, false, false, false, false, false]);
    expect(nicenessOf(pid)).toBe(before);
  });
});
