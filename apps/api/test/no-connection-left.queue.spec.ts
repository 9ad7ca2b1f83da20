import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { mostConnections } from '../src/platform/database/connection-plan';
import { type OwnPostgres, startOwnPostgres } from './own-postgres';
import { buildPrograms, type Programs, type Running } from './processes';
import { generate, keeperOf } from './province';
import { redisIsThere, startRedis, type TestRedis } from './redis';
import { waitFor } from './wait-for';

/*
 * A worker and the threads that score regions as processes of their own, on a PostgreSQL that gives forty connections. Others take every one that is left; later it breaks down. The region's run waits, says
 * why, is done when it can be, and counts no try for what was not its fault.
 */
const CONNECTIONS = 40;

interface JobRow { readonly state: string; readonly attempts: number; readonly failure_zh: string | null; readonly failure_en: string | null }

describe('a region that is to be scored', () => {
  let postgres: OwnPostgres;
  let programs: Programs;
  let unitId: string;
  let dataDir: string;
  let watcher: pg.Client;
  const others: pg.Client[] = [];

  const opened = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: postgres.url, application_name: 'others' });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  /** Others take every connection there is; what processes of the product open and close meanwhile as well. Answers whether nothing was left. */
  const takeAll = async (): Promise<boolean> => {
    for (;;) {
      try { others.push(await opened()); } catch (error) {
        if (error instanceof pg.DatabaseError && error.code === '53300') return true;
        throw error;
      }
    }
  };
  const letGo = async (): Promise<void> => { await Promise.all(others.splice(0).map((one) => one.end().catch(() => undefined))); };
  const jobOf = async (jobRunId: string): Promise<JobRow | undefined> => (await watcher.query<JobRow>('select state, attempts, failure_zh, failure_en from job_run where id = $1', [jobRunId])).rows[0];
  const ask = async (): Promise<string> => {
    const [runId, jobRunId] = [randomUUID(), randomUUID()];
    await watcher.query(`insert into job_run (id, name, title_zh, title_en, unit_id) values ($1, 'score-region', '区域评分', 'points of a region', $2)`, [jobRunId, unitId]);
    await watcher.query('insert into bulk_run (id, unit_id, fiscal_year, period_ordinal, job_run_id, created_at) values ($1, $2, 2024, 1, $3, now())', [runId, unitId, jobRunId]);
    await watcher.query(`insert into outbox_message (id, kind, name, payload, job_run_id) values ($1, 'JOB', 'score-region', $2, $3)`, [randomUUID(), JSON.stringify({ runId }), jobRunId]);
    return jobRunId;
  };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'jiheng-no-connection-'));
    [postgres, programs] = await Promise.all([startOwnPostgres(CONNECTIONS), buildPrograms({ worker: 'apps/api/src/worker.ts', main: 'apps/api/src/main.ts', 'score-slices.thread': 'apps/api/src/score-slices.thread.ts' })]);
    await generate(postgres.url, { units: 20, tables: 2, indicators: 4, quarters: 1, seed: 5 });
    ({ unitId } = await keeperOf((sql, params) => postgres.query(sql, params)));
  }, 240_000);
  beforeEach(async () => { watcher = await opened(); });
  afterEach(async () => {
    await letGo();
    await watcher.end().catch(() => undefined);
  });
  afterAll(async () => {
    await programs?.stop();
    await postgres?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  describe('on a machine whose processes want more connections than there are', () => {
    const servers: Running[] = [];
    const serve = (env: Record<string, string> = {}): Running => {
      const server = programs.start('main', { DATABASE_URL: postgres.url, DATA_DIR: dataDir, LOG_LEVEL: 'fatal', PORT: '0', ...env });
      servers.push(server);
      return server;
    };
    /** What is no connection of the product: the watcher and the test's own pool. */
    const held = async (): Promise<number> => Number((await watcher.query<{ n: number }>(`select count(*)::integer as n from pg_stat_activity where datid is not null and backend_type = 'client backend' and application_name not like 'jiheng%'`)).rows[0]?.n);
    afterEach(async () => {
      for (const server of servers.splice(0)) await server.end();
      await waitFor('their connections to end', async () => (await watcher.query(`select from pg_stat_activity where application_name like 'jiheng%'`)).rowCount === 0);
    });

    it('starts, and says in both languages how many it takes, how many are left and how many there should be', async () => {
      const wanted = mostConnections({ role: 'all', isQueueHere: true });
      expect(wanted).toBeGreaterThan(CONNECTIONS);
      const others = await held();
      const server = serve();
      await server.heard(/JIHENG_READY http/);
      expect(server.said()).toContain(`本进程最多用 ${wanted} 个，其他程序已占 ${others} 个，保留 3 个，共 ${wanted + others + 3} 个；PostgreSQL 的 max_connections 为 ${CONNECTIONS}。照常启动；请把 max_connections 调到 ${wanted + others + 3} 以上`);
      expect(server.said()).toMatch(/this process takes up to \d+, others hold \d+ and 3 are reserved: \d+, and PostgreSQL's max_connections is 40\. It starts all the same;/u);
    }, 60_000);

    it('counts what the processes that run already may take, and not only what they hold at rest', async () => {
      const [api, worker] = (['api', 'worker'] as const).map((role) => mostConnections({ role, isQueueHere: true }));
      await serve({ JIHENG_ROLE: 'api' }).heard(/JIHENG_READY http/);
      const second = serve({ JIHENG_ROLE: 'api' });
      await second.heard(/JIHENG_READY http/);
      expect(second.said()).toContain(`本进程最多用 ${api} 个，已在运行的本系统进程（1 个）最多用 ${worker} 个，`);
    }, 60_000);

    it('says nothing where there is room: an API that does no jobs', async () => {
      const server = serve({ JIHENG_ROLE: 'api' });
      await server.heard(/JIHENG_READY http/);
      expect(server.said()).not.toMatch(/max_connections/u);
    }, 60_000);

    it('does not start where not one is left, and says that they are taken and not that the database is away', async () => {
      expect(await takeAll()).toBe(true);
      const server = serve();
      await waitFor('its end', async () => !server.isAlive(), 30_000);
      expect(server.said().trim()).toMatch(/^数据库的连接已用完，请调大 PostgreSQL 的 max_connections[^\n]*\nAll connections of the database are taken\.[^\n]*$/u);
    }, 60_000);
  });

  for (const backend of ['PostgreSQL', 'Redis'] as const) (backend === 'PostgreSQL' || redisIsThere() ? describe : describe.skip)(`with the queue on ${backend}`, () => {
    let redis: TestRedis | null = null;
    let worker: Running;

    beforeAll(async () => { redis = backend === 'Redis' ? await startRedis() : null; });
    afterAll(async () => { await redis?.stop(); });
    beforeEach(async () => {
      worker = programs.start('worker', { DATABASE_URL: postgres.url, DATA_DIR: dataDir, LOG_LEVEL: 'fatal', JIHENG_TODAY: '2025-01-09', ...(redis === null ? {} : { REDIS_URL: redis.url }) });
      await worker.heard(/JIHENG_READY worker/);
    });
    afterEach(async () => { await worker.end(); });

    it('waits while all connections are taken, says so, and is done at its first try when some are free', async () => {
      // The first run makes the connections that the worker keeps; the scoring opens its own each time.
      const first = await ask();
      await waitFor('the first run', async () => (await jobOf(first))?.state === 'DONE', 60_000);
      await waitFor('the connections of the scoring to end', async () => (await watcher.query(`select from pg_stat_activity where application_name = 'jiheng-bulk'`)).rowCount === 0);
      expect(await takeAll()).toBe(true);
      const jobRunId = await ask();
      await waitFor('the job to say what it waits for', async () => {
        const job = await jobOf(jobRunId);
        return job?.state === 'WAITING' && job.failure_zh !== null;
      }, 30_000);
      // It comes back several times; as an own fault it would have been used up by then.
      await pause(8_000);
      const kept = await waitFor('it to wait again', async () => {
        const job = await jobOf(jobRunId);
        return job?.state === 'RUNNING' ? null : job ?? null;
      });
      expect(kept).toEqual({ state: 'WAITING', attempts: 0, failure_zh: expect.stringMatching(/^数据库的连接已用完/u), failure_en: expect.stringMatching(/^All connections of the database are taken/u) });
      await letGo();
      await waitFor('the end', async () => !['WAITING', 'RUNNING'].includes((await jobOf(jobRunId))?.state ?? ''), 60_000);
      expect(await jobOf(jobRunId)).toEqual({ state: 'DONE', attempts: 1, failure_zh: null, failure_en: null });
      expect(worker.isAlive()).toBe(true);
    }, 180_000);

    it('under way when PostgreSQL breaks down, is done when it is back, and says that it was tried once', async () => {
      // The run stands in its middle until the connection that holds the slices is gone with the server.
      const holder = await opened();
      others.push(holder);
      await holder.query('begin; lock table bulk_slice in exclusive mode');
      const jobRunId = await ask();
      await waitFor('the slices to wait', async () => (await watcher.query(`select from pg_stat_activity where application_name in ('jiheng-bulk', 'jiheng') and wait_event_type = 'Lock'`)).rowCount !== 0, 30_000);
      expect(await jobOf(jobRunId)).toMatchObject({ state: 'RUNNING', attempts: 1 });
      await postgres.crash();
      await pause(4_000);
      await postgres.start();
      watcher = await opened();
      await waitFor('the end', async () => !['WAITING', 'RUNNING'].includes((await jobOf(jobRunId))?.state ?? ''), 90_000);
      expect(await jobOf(jobRunId)).toEqual({ state: 'DONE', attempts: 1, failure_zh: null, failure_en: null });
      expect(worker.isAlive()).toBe(true);
    }, 180_000);
  });
});
