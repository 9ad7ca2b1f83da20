import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeClient, type Client } from './http-app';
import { type OwnPostgres, startOwnPostgres } from './own-postgres';
import { buildPrograms, type Programs, type Running } from './processes';
import { generate, keeperOf, type Province } from './province';
import { redisIsThere, startRedis, type TestRedis } from './redis';
import { waitFor } from './wait-for';

/*
 * A thousand tables, an API and two workers as processes of their own, one PostgreSQL and one Redis that belong to this test. All of them are
 * scored as a region and a part of them by single jobs at the same time, wishes delivered twice, while everything that can happen to workers,
 * queue, database and clock happens in the middle of both. Whatever died: every document ends with exactly one present score, that of an undisturbed run.
 */
const SIZE = { units: 100, tables: 10, indicators: 4, quarters: 1, seed: 5 };
const TABLES = 1_000;
/**
 * So many of them are scored by single jobs as well: those that the region comes to last, quarter and year. Slices that wait hold what they have scored (two workers, four lanes, two slices each), and a single
 * job for one of those would wait with them.
 */
const SINGLES = 250;
/** Documents in a slice, instead of the product's thousand, so that there is a middle. */
const SLICE = 20;
/** Slices that may end in each chapter; those beyond wait with all they have done, and are lost with the worker or the database that holds them. */
const SLICES_A_CHAPTER = 3;
const DAY_MS = 86_400_000;

const SCORES = `
  select r.document_kind, r.document_id, r.state, s.inputs_digest, s.indicator_points::text, s.total::text,
    (select array_agg(l.points::text order by l.ordinal) from indicator_line l where l.score_id = s.id) as points
  from score_request r join score s on s.id = r.score_id order by r.document_kind, r.document_id`;

describe('a thousand tables', () => {
  let postgres: OwnPostgres;
  let programs: Programs;
  let keeper: Pick<Province, 'unitId' | 'login' | 'password'>;
  let undisturbed: object[];
  let dataDir: string;

  const count = async (sql: string, params: readonly unknown[] = []): Promise<number> => Number((await postgres.query<{ n: number }>(`select count(*)::integer as n from ${sql}`, params))[0]?.n);
  const environment = (redis: TestRedis | null): Record<string, string> => ({
    DATABASE_URL: postgres.url, DATA_DIR: dataDir, LOG_LEVEL: 'fatal', PORT: '0', SECURE_COOKIES: '0', ...(redis === null ? {} : { REDIS_URL: redis.url }),
  });
  const startWorker = async (redis: TestRedis | null): Promise<Running> => {
    const worker = programs.start('leaping-worker', environment(redis));
    await worker.heard(/READY/);
    return worker;
  };
  /** Asks for the region as the product's door does, cut into slices of so many documents (null: as the product does). */
  const askForRegion = async (slice: number | null, times: number): Promise<{ runId: string; jobRunId: string }> => {
    const [runId, jobRunId] = [randomUUID(), randomUUID()];
    await postgres.query(`insert into job_run (id, name, title_zh, title_en, unit_id) values ($1, 'score-region', '区域评分', 'points of a region', $2)`, [jobRunId, keeper.unitId]);
    await postgres.query('insert into bulk_run (id, unit_id, fiscal_year, period_ordinal, job_run_id, created_at) values ($1, $2, 2024, 1, $3, now())', [runId, keeper.unitId, jobRunId]);
    if (slice !== null) {
      await postgres.query(`
        with cut as (select kind, at / ${slice} as nth, array_agg(id) as ids from (
          select id, kind, row_number() over (partition by kind order by id) - 1 as at from (
            select id, 'MONITORING_REPORT' as kind from monitoring_report union all select id, 'SELF_EVALUATION' from self_evaluation) d) x group by kind, at / ${slice})
        insert into bulk_slice (run_id, ordinal, document_kind, document_ids, at_unit) select $1, row_number() over (order by nth, kind), kind, ids, '示例单位' from cut`, [runId]);
      await postgres.query(`update bulk_run set state = 'RUNNING' where id = $1`, [runId]);
    }
    for (let nth = 0; nth < times; nth += 1) {
      await postgres.query(`insert into outbox_message (id, kind, name, payload, job_run_id) values ($1, 'JOB', 'score-region', $2, $3)`, [randomUUID(), JSON.stringify({ runId }), jobRunId]);
    }
    return { runId, jobRunId };
  };
  const forget = (): Promise<unknown> => postgres.query(`set session_replication_role = replica;
    truncate score_request, score, indicator_score, score_trace, sign_off, sign_off_supersession, bulk_run, bulk_slice, report_artifact, outbox_message, singly cascade; set session_replication_role = origin`);
  const expectUndisturbed = async (): Promise<void> => {
    expect(await postgres.query(SCORES)).toEqual(undisturbed);
    // Not one score more than documents: nothing was computed twice into two rows.
    expect(await count('score')).toBe(undisturbed.length);
  };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'jiheng-thousand-'));
    [postgres, programs] = await Promise.all([startOwnPostgres(), buildPrograms({
      'leaping-worker': 'apps/api/test/leaping-worker.ts', 'score-slices.thread': 'apps/api/src/score-slices.thread.ts', main: 'apps/api/src/main.ts', 'outbox-replay': 'apps/api/src/outbox-replay.ts',
    })]);
    await generate(postgres.url, SIZE);
    keeper = await keeperOf((sql, params) => postgres.query(sql, params));
    const calm = await startWorker(null);
    const { runId } = await askForRegion(null, 1);
    await waitFor('the undisturbed run', async () => (await count(`bulk_run where id = $1 and state = 'DONE'`, [runId])) === 1, 120_000);
    undisturbed = await postgres.query(SCORES);
    await calm.end('SIGTERM');
    // Documents that wait for their points by themselves are slow enough to have a middle, and run into a trouble that passes; slices end when they may.
    await postgres.query(`create table trouble (there boolean); create table pace (slices integer not null); create table singly (score_id uuid)`);
    await postgres.query(`
      create function slowly() returns trigger language plpgsql as $$ begin
        if exists (select 1 from trouble) then raise exception 'trouble'; end if;
        perform pg_sleep(0.05);
        insert into singly values (new.id);
        return new;
      end $$`);
    await postgres.query(`create trigger slowly before insert on score for each row when (new.document_kind = 'MONITORING_REPORT' and current_setting('application_name') <> 'jiheng-bulk') execute function slowly()`);
    await postgres.query(`
      create function in_turn() returns trigger language plpgsql as $$ begin
        while (select count(*) from bulk_slice where run_id = new.run_id and state = 'DONE') >= (select slices from pace) loop perform pg_sleep(0.05); end loop;
        return new;
      end $$`);
    await postgres.query(`create trigger in_turn before update on bulk_slice for each row when (new.state = 'DONE') execute function in_turn()`);
  }, 240_000);
  afterAll(async () => {
    await programs?.stop();
    await postgres?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('have scores worth comparing', () => {
    expect(undisturbed.length).toBeGreaterThanOrEqual(TABLES);
    expect(new Set(undisturbed.map((row) => ('total' in row ? row.total : null))).size).toBeGreaterThan(5);
  });

  for (const backend of ['PostgreSQL', 'Redis'] as const) (backend === 'PostgreSQL' || redisIsThere() ? describe : describe.skip)(`with the queue on ${backend}`, () => {
    let redis: TestRedis | null = null;
    let api: Running;
    let client: Client;
    let url: string;
    let workers: Running[] = [];
    let heard = '';
    let listening: AbortController;
    let asked = 0;
    let region: { readonly runId: string; readonly jobRunId: string };

    /** Scores of documents that waited for them by themselves, together or one by one: who made them not for a region. */
    const scoredSingly = (): Promise<number> => count('singly');
    const slices = (state: 'DONE' | 'WAITING'): Promise<number> => count('bulk_slice where run_id = $1 and state = $2', [region.runId, state]);
    const allow = (upTo: number): Promise<unknown> => postgres.query('with before as (delete from pace) insert into pace values ($1)', [upTo]);
    /** True for each process that lives; for one that died, what it said last. */
    const survivors = (): readonly (true | string)[] => [api, ...workers].map((one) => one.isAlive() || `died: ${one.said().slice(-2_000)}`);
    const killOneStartAnother = async (): Promise<void> => {
      const [victim, ...rest] = workers;
      await victim?.end('SIGKILL');
      workers = [...rest, await startWorker(redis)];
    };
    const replay = async (): Promise<void> => {
      const command = programs.start('outbox-replay', environment(redis), ['24']);
      await waitFor('the replay', () => Promise.resolve(!command.isAlive()), 120_000);
      expect([command.child.exitCode, command.said()]).toEqual([0, expect.stringMatching(/\d/u)]);
    };
    /** Stops PostgreSQL under everybody, looks what the API says meanwhile, and starts it again. */
    const withoutPostgres = async (how: 'halt' | 'crash'): Promise<void> => {
      const resyncs = heard.split('event: resync').length;
      await postgres[how]();
      try {
        // Alive, so that nobody restarts it, and not ready, so that nobody is sent there.
        const passerBy = makeClient(url);
        expect([(await passerBy.get('/api/health')).status, (await passerBy.get('/api/health/ready')).status]).toEqual([200, 503]);
        const away = await client.get<{ code?: string }>('/api/jobs');
        expect([away.status, away.body.code]).toEqual([503, 'house.not-ready']);
        await pause(1_200);
      } finally { await postgres.start(); }
      await waitFor('the API to answer again', async () => (await client.get('/api/jobs')).status === 200, 30_000);
      // The stream of progress was never closed; it asks its browser to look again.
      await waitFor('the stream to say that something may be missing', () => Promise.resolve(heard.split('event: resync').length > resyncs), 30_000);
    };

    beforeAll(async () => {
      redis = backend === 'Redis' ? await startRedis({ durable: true }) : null;
      await forget();
      await allow(0);
      region = await askForRegion(SLICE, 2);
      api = programs.start('main', { ...environment(redis), JIHENG_ROLE: 'api' });
      url = (await api.heard(/JIHENG_READY (http:\S+)/))[1] ?? '';
      workers = await Promise.all([startWorker(redis), startWorker(redis)]);
      client = makeClient(url);
      expect((await client.signIn(keeper.login, keeper.password)).status).toBe(200);
      listening = new AbortController();
      const stream = await client.fetch('/api/jobs/events', { signal: listening.signal });
      void (async () => { for await (const piece of stream.body ?? []) heard += new TextDecoder().decode(piece); })().catch(() => undefined);
    }, 240_000);
    afterAll(async () => {
      listening?.abort();
      await Promise.all([api, ...workers].map((one) => one?.end()));
      await redis?.stop();
    });

    const chapters: readonly (readonly [string, () => Promise<void>])[] = [
      ['a worker is killed with -9', killOneStartAnother],
      ['PostgreSQL is stopped and started under all processes', () => withoutPostgres('halt')],
      backend === 'Redis' ? ['Redis is killed and comes back with its data', async () => { await redis?.restart({ keep: true }); }] : ['PostgreSQL crashes and recovers', () => withoutPostgres('crash')],
      ...(backend === 'Redis' ? [['Redis is killed and comes back empty, and the wishes are rung again', async () => { await redis?.restart(); await replay(); }]] as const : []),
      ['the clock jumps a day ahead and then to the day before, while jobs wait for their next attempt', async () => {
        for (const worker of workers) worker.leap(DAY_MS);
        const before = await scoredSingly();
        await waitFor('points in the day ahead', async () => (await scoredSingly()) >= before + 5, 120_000);
        await postgres.query('insert into trouble values (true)');
        // Whatever is tried now fails and is put off until a moment of tomorrow, which yesterday is two days away.
        await pause(800);
        for (const worker of workers) worker.leap(-DAY_MS);
        await postgres.query('delete from trouble');
      }],
    ];
    for (const [at, [what, deed]] of chapters.entries()) it(`a region and single jobs, every fourth wish delivered twice, go on when ${what}`, async () => {
      const upTo = Math.floor((SINGLES / chapters.length) * (at + 1));
      await postgres.query(`
        insert into outbox_message (id, kind, name, payload) select gen_random_uuid(), 'JOB', 'score-monitoring-report', jsonb_build_object('reportId', r.id)
        from (select id, row_number() over () as nth from (select id from monitoring_report order by id desc offset $1 limit $2) part) r, generate_series(1, case r.nth % 4 when 0 then 2 else 1 end)`, [asked, upTo - asked]);
      const [doneBefore, singlyBefore] = [await slices('DONE'), await scoredSingly()];
      await allow(doneBefore + SLICES_A_CHAPTER);
      await postgres.query(`select pg_notify('jiheng_outbox', '')`);
      asked = upTo;
      await waitFor('the middle', async () => (await slices('DONE')) >= doneBefore + 2 && (await scoredSingly()) >= singlyBefore + 5, 120_000);
      expect(await scoredSingly()).toBeLessThan(asked);
      expect(await slices('WAITING')).toBeGreaterThan(0);
      await deed();
      expect(survivors()).toEqual([true, true, true]);
    }, 240_000);

    it('and end with one score each, that of the undisturbed run', async () => {
      expect(asked).toBe(SINGLES);
      expect(await slices('WAITING')).toBeGreaterThan(SINGLES / SLICE);
      await allow(TABLES);
      // Forward again, a day within one moment.
      for (const worker of workers) worker.leap(0);
      await waitFor('the run to end', async () => (await count(`bulk_run where id = $1 and state = 'DONE'`, [region.runId])) === 1, 180_000);
      await waitFor('the job to end', async () => (await count(`job_run where id = $1 and state = 'DONE'`, [region.jobRunId])) === 1, 30_000);
      await waitFor('an empty outbox', async () => (await count('outbox_message where rung_at is null')) === 0, 10_000);
      await waitFor('all points', async () => (await count(`score_request where state = 'DONE'`)) === undisturbed.length, 60_000);
      await expectUndisturbed();
      // Both ways had their part in it.
      expect(await scoredSingly()).toBeGreaterThan(SINGLES / 4);
      expect(await count('score where id not in (select score_id from singly)')).toBeGreaterThanOrEqual(TABLES - SINGLES);
      expect(survivors()).toEqual([true, true, true]);
      // Whoever watched since before the first outage saw it go on and end.
      await waitFor('the stream to tell of the end', () => Promise.resolve(new RegExp(`"id":"${region.jobRunId}".*"state":"DONE"`, 'u').test(heard)), 10_000);
    }, 300_000);
  });
});
