import { randomUUID } from 'node:crypto';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Province, aProvince } from './province';
import { redisIsThere, startRedis, type TestRedis } from './redis';
import { waitFor } from './wait-for';

// A thousand tables, real worker processes, both queues. Whatever dies, every document ends with exactly one present score, that of an undisturbed run.
const SIZE = { units: 100, tables: 10, indicators: 4, quarters: 1, seed: 5 };
const root = join(__dirname, '../../..');

const SCORES = `
  select r.document_kind, r.document_id, r.state, s.inputs_digest, s.indicator_points::text, s.total::text,
    (select array_agg(l.points::text order by l.ordinal) from indicator_line l where l.score_id = s.id) as points
  from score_request r join score s on s.id = r.score_id order by r.document_kind, r.document_id`;

describe.each(['PostgreSQL', 'Redis'] as const)('a region of a thousand tables, its queue on %s', (backend) => {
  const isThere = backend === 'PostgreSQL' || redisIsThere();
  const story = isThere ? it : it.skip;
  let province: Province;
  let undisturbed: unknown[];
  let redis: TestRedis | null = null;
  let outdir: string;
  const children: ChildProcess[] = [];

  const rows = (sql: string, params: unknown[] = []): Promise<Record<string, unknown>[]> => province.database.dataSource.query(sql, params);
  const startWorker = async (): Promise<ChildProcess> => {
    const env: NodeJS.ProcessEnv = { ...process.env, DATABASE_URL: province.database.url, LOG_LEVEL: 'fatal', JIHENG_TODAY: '2024-02-20' };
    delete env['NODE_OPTIONS'];
    delete env['REDIS_URL'];
    if (redis !== null) env['REDIS_URL'] = redis.url;
    const child = spawn(process.execPath, [join(outdir, 'quick-worker.mjs')], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    let said = '';
    child.stdout.on('data', (text: Buffer) => { said += text.toString(); });
    await waitFor('a worker', () => Promise.resolve(said.includes('READY')), 45_000);
    return child;
  };
  const stop = async (child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  /**
   * The wish as the product's door writes it; `times` messages of one run are a message delivered that often. `small` cuts the region as the
   * product does, but fifty documents at a time, so that there is a middle to die in.
   */
  const ask = async ({ times = 1, small = true } = {}): Promise<string> => {
    const [runId, jobRunId] = [randomUUID(), randomUUID()];
    await rows(`insert into job_run (id, name, title_zh, title_en, unit_id) values ($1, 'score-region', '区域评分', 'points of a region', $2)`, [jobRunId, province.unitId]);
    await rows('insert into bulk_run (id, unit_id, fiscal_year, period_ordinal, job_run_id, created_at) values ($1, $2, 2024, 1, $3, now())', [runId, province.unitId, jobRunId]);
    if (small) {
      await rows(`
        with cut as (select kind, at / 50 as nth, array_agg(id) as ids from (
          select id, kind, row_number() over (partition by kind order by id) - 1 as at from (
            select id, 'MONITORING_REPORT' as kind from monitoring_report union all select id, 'SELF_EVALUATION' from self_evaluation) d) x group by kind, at / 50)
        insert into bulk_slice (run_id, ordinal, document_kind, document_ids, at_unit) select $1, row_number() over (order by kind, nth), kind, ids, '示例单位' from cut`, [runId]);
      await rows(`update bulk_run set state = 'RUNNING' where id = $1`, [runId]);
    }
    for (let nth = 0; nth < times; nth += 1) await rows(`insert into outbox_message (id, kind, name, payload, job_run_id) values ($1, 'JOB', 'score-region', $2, $3)`, [randomUUID(), JSON.stringify({ runId }), nth === 0 ? jobRunId : null]);
    return runId;
  };
  const done = (runId: string): Promise<unknown> => waitFor('the run to end', async () => (await rows('select state from bulk_run where id = $1', [runId]))[0]?.['state'] === 'DONE', 90_000);
  const forget = async (): Promise<void> => {
    await rows(`set session_replication_role = replica; truncate score_request, score, indicator_score, score_trace, sign_off, sign_off_supersession, bulk_run, bulk_slice, report_artifact cascade; set session_replication_role = origin`);
  };
  const expectUndisturbed = async (): Promise<void> => {
    expect(await rows(SCORES)).toEqual(undisturbed);
    expect(await rows('select count(*)::integer as n from score')).toEqual([{ n: undisturbed.length }]);
    expect(await rows('select document_id from score_request group by document_id having count(*) > 1')).toEqual([]);
  };

  beforeAll(async () => {
    if (!isThere) return;
    province = await aProvince(SIZE);
    redis = backend === 'Redis' ? await startRedis() : null;
    mkdirSync(join(root, 'tmp'), { recursive: true });
    outdir = mkdtempSync(join(root, 'tmp/region-'));
    const build = spawn(process.execPath, ['--input-type=module', '-e', `process.argv[1] = ''; const { bundle } = await import(${JSON.stringify(pathToFileURL(join(root, 'tools/build-api.mjs')).href)});
      await bundle({ 'quick-worker': 'apps/api/test/quick-worker.ts', 'score-slices.thread': 'apps/api/src/score-slices.thread.ts' }, ${JSON.stringify(outdir)});`],
    { cwd: root, env: { ...process.env, NODE_OPTIONS: '' }, stdio: 'inherit' });
    const [code] = await once(build, 'exit') as [number];
    if (code !== 0) throw new Error('the worker could not be built');
    const worker = await startWorker();
    await done(await ask({ small: false }));
    undisturbed = await rows(SCORES);
    await stop(worker);
  }, 180_000);
  afterAll(async () => {
    for (const child of children) await stop(child);
    await redis?.stop();
    rmSync(outdir, { recursive: true, force: true });
    await province?.stop();
  });

  story('whose worker is killed in the middle is finished by the next one', async () => {
    await forget();
    const worker = await startWorker();
    const runId = await ask();
    await waitFor('some slices', async () => Number((await rows(`select count(*) as n from bulk_slice where state = 'DONE'`))[0]?.['n']) >= 2, 60_000);
    await stop(worker, 'SIGKILL');
    const [left] = await rows(`select count(*) filter (where state = 'WAITING')::integer as n from bulk_slice`);
    expect(left?.['n']).toBeGreaterThan(0);
    const next = await startWorker();
    await done(runId);
    await stop(next);
    await expectUndisturbed();
  }, 150_000);

  story('asked for twice by one message, with two workers on it, is scored once', async () => {
    await forget();
    const workers = [await startWorker(), await startWorker()];
    const runId = await ask({ times: 2 });
    await done(runId);
    await Promise.all(workers.map((worker) => stop(worker)));
    await expectUndisturbed();
  }, 150_000);

  story('goes on when its connections to PostgreSQL are cut', async () => {
    await forget();
    const worker = await startWorker();
    const runId = await ask();
    await waitFor('some slices', async () => Number((await rows(`select count(*) as n from bulk_slice where state = 'DONE'`))[0]?.['n']) >= 2, 60_000);
    await rows(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'jiheng-bulk'`);
    await done(runId);
    await stop(worker);
    await expectUndisturbed();
  }, 150_000);

  if (backend === 'Redis') {
    story('goes on when Redis is emptied: what was wished for stands in PostgreSQL', async () => {
      await forget();
      const worker = await startWorker();
      const runId = await ask();
        await waitFor('some slices', async () => Number((await rows(`select count(*) as n from bulk_slice where state = 'DONE'`))[0]?.['n']) >= 1, 60_000);
      await redis?.stop();
      await stop(worker);
      redis = await startRedis();
      const next = await startWorker();
      // `npm run outbox:replay` does this.
      await rows('update outbox_message set rung_at = null, dedup_key = null where payload @> $1', [JSON.stringify({ runId })]);
      await rows(`select pg_notify('jiheng_outbox', '')`);
      await done(runId);
      await stop(next);
      await pause(50);
      await expectUndisturbed();
    }, 150_000);
  }
});
