import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type FakeSource, startFakeSource } from '../../../tools/fake-source/server';
import { newId } from '../src/platform/database/new-id';
import { OutboxReplay } from '../src/platform/outbox/outbox-replay';
import { redisIsThere, startRedis, type TestRedis } from './redis';
import { startSentinels } from './redis-machines';
import { TABLE_NAMES, type World, aWorld } from './world';

/*
 * Whatever happens to workers and queue: every report has exactly one score, the one of an undisturbed run, and a pull leaves each value once.
 * Real processes, killed with -9; a real Redis, killed and started empty.
 */
const root = join(__dirname, '../../..');
const QUARTERS = [1, 2, 3, 4] as const;

describe('after everything that can happen to workers and queue', () => {
  let outdir: string;
  let calm: ReadonlyMap<string, string>;
  const children = new Set<ChildProcess>();

  const run = (args: readonly string[], env: Readonly<Record<string, string>>): { child: ChildProcess; said(): string } => {
    const given: NodeJS.ProcessEnv = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'), ...env };
    delete given['NODE_OPTIONS'];
    const child = spawn(process.execPath, [...args], { cwd: root, env: given, stdio: ['ignore', 'pipe', 'pipe'] });
    children.add(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => { said += text.toString(); });
    return { child, said: () => said };
  };
  const until = async (what: string, ask: () => Promise<boolean> | boolean, within = 90_000): Promise<void> => {
    for (const end = Date.now() + within; !(await ask()); await pause(25)) if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
  };
  const worker = async (world: World, env: Readonly<Record<string, string>>): Promise<ChildProcess> => {
    const started = run(['--enable-source-maps', join(outdir, 'hasty-worker.mjs')], { DATABASE_URL: world.database.url, LOG_LEVEL: 'fatal', JIHENG_TODAY: '2025-01-09', DATA_DIR: join(outdir, 'data'), PULL_ALLOWED_HOSTS: '127.0.0.1:*', ...env });
    await until('the worker', () => { if (started.child.exitCode !== null) throw new Error(started.said()); return started.said().includes('READY'); });
    return started.child;
  };
  const kill = async (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    children.delete(child);
  };
  /** Wishes that a report be scored, delivered as often as one likes. */
  const wish = async (world: World, times: number): Promise<void> => {
    for (let nth = 0; nth < times; nth++) {
      for (const table of TABLE_NAMES) for (const quarter of QUARTERS) {
        await world.dataSource.query(`insert into outbox_message (id, kind, name, payload) values ($1, 'JOB', 'score-monitoring-report', $2)`, [newId(), JSON.stringify({ reportId: world.report(table, quarter) })]);
      }
    }
  };
  const filled = async (): Promise<World> => {
    const world = await aWorld();
    // A value in each first row of each report, so that the scores differ from nothing.
    await world.dataSource.query(`
      insert into actual (id, report_id, indicator_id, indicator_key, revision, kind, magnitude, unit_symbol, base_magnitude, origin, request_id, recorded_by, recorded_at, fiscal_year)
      select gen_random_uuid(), r.id, i.id, i.indicator_key, 1, 'REPORTED', i.target_magnitude, i.target_unit, 1, 'TYPED', gen_random_uuid(), $1, '2025-01-08T00:00:00Z', r.fiscal_year
      from monitoring_report r join indicator i on i.table_id = r.table_id where i.target_kind = 'QUANT' and i.target_magnitude is not null`, [world.people['kz.reporter']]);
    return world;
  };
  const scores = async (world: World): Promise<Map<string, string>> => {
    const rows: { document_id: string; scores: number; standing: string | null }[] = await world.dataSource.query(`
      select r.id as document_id, (select count(*)::int from score s where s.document_id = r.id) as scores,
        (select concat_ws('/', s.indicator_points, s.applicable_weight, s.total, s.rating) from score_request q join score s on s.id = q.score_id where q.document_id = r.id and q.state = 'DONE') as standing
      from monitoring_report r`);
    const names = new Map(TABLE_NAMES.flatMap((table) => QUARTERS.map((quarter) => [world.report(table, quarter), `${table}/${quarter}`] as const)));
    return new Map(rows.map((row) => [names.get(row.document_id) ?? row.document_id, `${row.scores} score: ${row.standing}`] as const).sort(([a], [b]) => a.localeCompare(b)));
  };
  const allScored = (world: World) => until('all scores', async () => {
    const [{ left }] = await world.dataSource.query('select count(*)::int as left from monitoring_report r where not exists (select 1 from score_request q where q.document_id = r.id and q.state = \'DONE\')');
    const [{ waiting }] = await world.dataSource.query('select count(*)::int as waiting from outbox_message where rung_at is null');
    return left === 0 && waiting === 0;
  }, 120_000);

  beforeAll(async () => {
    mkdirSync(join(root, 'tmp'), { recursive: true });
    outdir = mkdtempSync(join(root, 'tmp/undisturbed-'));
    const build = run(['--input-type=module', '-e', `process.argv[1] = ''; const { bundle } = await import(${JSON.stringify(pathToFileURL(join(root, 'tools/build-api.mjs')).href)});
      await bundle({ 'hasty-worker': 'apps/api/test/hasty-worker.ts' }, ${JSON.stringify(outdir)});`], {});
    const [code] = await once(build.child, 'exit');
    if (code !== 0) throw new Error(build.said());
    const world = await filled();
    const alone = await worker(world, {});
    await wish(world, 1);
    await allScored(world);
    calm = await scores(world);
    await kill(alone, 'SIGTERM');
    await world.stop();
  }, 240_000);
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(outdir, { recursive: true, force: true });
  });

  it('the undisturbed run has one score a report, and they are no zeros', () => {
    expect(calm.size).toBe(24);
    expect([...calm.values()].every((one) => /^1 score: [1-9]/u.test(one))).toBe(true);
  });

  (redisIsThere() ? it : it.skip)('on Redis behind sentinels: two workers, every wish delivered four times, the primary killed in the middle', async () => {
    const [redis, world] = await Promise.all([startSentinels(), filled()]);
    const both = await Promise.all([worker(world, { REDIS_URL: redis.url }), worker(world, { REDIS_URL: redis.url })]);
    await wish(world, 4);
    await until('the middle', async () => Number((await world.dataSource.query('select count(*) as n from score'))[0].n) >= 5);
    await redis.killPrimary('jiheng');
    await allScored(world);
    // What is wished for afterwards is heard through the new primary.
    await wish(world, 1);
    await allScored(world);
    expect(await scores(world)).toEqual(calm);
    await Promise.all(both.map((one) => kill(one, 'SIGTERM')));
    await world.stop();
    await redis.stop();
  }, 240_000);

  for (const backend of ['postgres', 'redis'] as const) (backend === 'postgres' || redisIsThere() ? describe : describe.skip)(`on ${backend}`, () => {
    let redis: TestRedis | null = null;
    let env: Record<string, string>;
    let upstream: FakeSource;
    beforeAll(async () => {
      redis = backend === 'redis' ? await startRedis() : null;
      upstream = await startFakeSource();
    });
    // Each story has queues of its own: a worker that outlived its story must not take the jobs of the next.
    beforeEach(() => { env = redis === null ? {} : { REDIS_URL: redis.url, REDIS_PREFIX: `test-${newId()}` }; });
    afterAll(async () => {
      await upstream.stop();
      await redis?.stop();
    });

    it('two workers on the same reports, every wish delivered four times, one worker killed in the middle', async () => {
      const world = await filled();
      const [first, second] = await Promise.all([worker(world, env), worker(world, env)]);
      await wish(world, 4);
      await until('the middle', async () => Number((await world.dataSource.query('select count(*) as n from score'))[0].n) >= 5);
      await kill(first, 'SIGKILL');
      await allScored(world);
      expect(await scores(world)).toEqual(calm);
      await kill(second, 'SIGTERM');
      await world.stop();
    }, 240_000);

    (backend === 'redis' ? it : it.skip)('Redis killed and started empty in the middle: what was wished for is rung again and nothing is done twice', async () => {
      const world = await filled();
      const only = await worker(world, env);
      await wish(world, 1);
      await until('the middle', async () => Number((await world.dataSource.query('select count(*) as n from score'))[0].n) >= 3);
      await redis?.restart();
      // As `outbox-replay` does from a process of its own.
      await new OutboxReplay(world.unitOfWork).replay(24);
      await allScored(world);
      expect(await scores(world)).toEqual(calm);
      await kill(only, 'SIGTERM');
      await world.stop();
    }, 240_000);

    it('a worker killed between two values of a pull: another takes the rest, and no value is there twice', async () => {
      const world = await aWorld({ opened: [4] });
      // Slow enough to be killed in the middle.
      await world.dataSource.query(`create function slowly() returns trigger language plpgsql as $$ begin perform pg_sleep(0.3); return new; end $$;
        create trigger slowly before insert on observation for each row execute function slowly()`);
      const [sourceId, runId, jobRunId] = [newId(), newId(), newId()];
      await world.dataSource.query(`insert into pull_source (id, unit_id, name, kind, place, rows_path, key_field, value_field, owner_id, created_at) values ($1, $2, '社保核心系统', 'HTTP_JSON', $3, '$.rows[*]', 'key', 'value', $4, now())`,
        [sourceId, world.units.kz, `${upstream.url}/insured`, world.people['kz.reporter']]);
      const mapped = [['KZ-U6', 'urban-rural-pension'], ['KZ-U5', 'unemployment'], ['KZ-U4', 'work-injury'], ['KZ-U3', 'enterprise-pension'], ['KZ-U2', 'public-service-pension']] as const;
      for (const [at, [key, field]] of mapped.entries()) await world.dataSource.query(`insert into pull_mapping (source_id, indicator_key, ordinal, field, unit_symbol) values ($1, $2, $3, $4, '人')`, [sourceId, key, at, field]);
      await world.dataSource.query(`insert into job_run (id, name, title_zh, title_en, unit_id) values ($1, 'run-pull', '取数', 'Pull', $2)`, [jobRunId, world.units.kz]);
      await world.dataSource.query(`insert into pull_run (id, source_id, period_id, job_run_id, requested_at) values ($1, $2, $3, $4, now())`, [runId, sourceId, world.periods[3], jobRunId]);
      // Delivered twice from the start.
      for (let nth = 0; nth < 2; nth++) await world.dataSource.query(`insert into outbox_message (id, kind, name, payload, job_run_id) values ($1, 'JOB', 'run-pull', $2, $3)`, [newId(), JSON.stringify({ pullRunId: runId }), jobRunId]);
      const first = await worker(world, env);
      const seen = async (): Promise<number> => Number((await world.dataSource.query('select count(*) as n from observation'))[0].n);
      await until('the first value', async () => (await seen()) >= 1);
      await kill(first, 'SIGKILL');
      expect(await seen()).toBeLessThan(5);
      const second = await worker(world, env);
      await until('the end of the pull', async () => (await world.dataSource.query('select state from job_run where id = $1', [jobRunId]))[0]?.state === 'DONE');
      const kept: { indicator_key: string; observations: number; candidates: number }[] = await world.dataSource.query(
        `select o.indicator_key, count(*)::int as observations, (select count(*)::int from candidate c where c.indicator_key = o.indicator_key) as candidates from observation o group by 1 order by 1`);
      expect(kept).toEqual(['KZ-U2', 'KZ-U3', 'KZ-U4', 'KZ-U5', 'KZ-U6'].map((key) => ({ indicator_key: key, observations: 1, candidates: 1 })));
      expect((await world.dataSource.query('select state from pull_run'))[0]?.state).toBe('DONE');
      await kill(second, 'SIGTERM');
      await world.stop();
    }, 240_000);
  });
});
