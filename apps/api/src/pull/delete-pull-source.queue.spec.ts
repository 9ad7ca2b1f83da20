import { type BindingsView, type JobCause, type JobRunList, type Problem, type PullSourceView, type WorkView, bindingsView } from '@jiheng/contract';
import { type FakeSource, startFakeSource } from '../../../../tools/fake-source/server';
import { listedSource } from '../../test/as-listed';
import type { Client } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { newId } from '../platform/database/new-id';
import { ForgetOldJobs } from '../platform/queue/forget-old-jobs';
import { runPull } from './run-pull.job';

describe('a source that nobody needs', () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  let reporter: Client;

  const make = async (name: string, more: Record<string, unknown> = {}): Promise<string> => (await reporter.post<PullSourceView>('/api/pull-sources', {
    unitId: world.units.kz, name, kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }], ...more,
  })).body.id;
  const remove = (id: string, by: Client = reporter) => by.send<Problem>('DELETE', `/api/pull-sources/${id}`);
  const start = async (id: string): Promise<string> => (await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] })).body.jobRunId;
  const job = async (id: string) => (await reporter.get<JobRunList>('/api/jobs')).body.jobs.find((one) => one.id === id);
  const jobIs = (id: string, state: string) => waitFor(`the pull ${state}`, async () => ((await job(id))?.state === state ? true : null), 20_000);
  const rowsOf = async (id: string): Promise<Record<string, number>> => Object.fromEntries(await Promise.all(
    [['pull_source', 'id'], ['pull_mapping', 'source_id'], ['pull_schedule', 'source_id'], ['pull_secret', 'source_id'], ['pull_run', 'source_id']].map(async ([table, column]) =>
      [table, (await world.dataSource.query<{ n: number }[]>(`select count(*)::int as n from ${table ?? ''} where ${column ?? ''} = $1`, [id]))[0]?.n] as const)));
  const deeds = (id: string) => world.dataSource.query<{ action: string; by: string; facts: Record<string, string> }[]>('select action, actor_name as by, facts from audit_event where subject_id = $1 order by id', [id]);
  const goesWith = async (id: string): Promise<BindingsView['goesWith']> => bindingsView.parse((await reporter.get(`/api/pull-sources/${id}/bindings`)).body).goesWith;

  beforeAll(async () => {
    Object.assign(runPull, { backoffMs: 100 });
    world = await aWorld({ opened: [4] });
    upstream = await startFakeSource();
    app = await world.start({ role: 'all', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*', JIHENG_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') } });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => {
    await app?.stop();
    await upstream?.stop();
    await world?.stop();
  });
  afterEach(() => { upstream.behave('ok'); });

  it('and that never brought a value is deleted with what is only its own, and the trail says who did it', async () => {
    const id = await make('建错的来源', { place: `${upstream.url}/insured?key=s3cret`, settings: { auth: { kind: 'BASIC', user: 'kz' } }, secrets: { PASSWORD: 'p' } });
    await reporter.put(`/api/pull-sources/${id}/schedule`, { rule: { kind: 'MONTHLY', day: 5, time: '06:30' }, window: null, minGapMinutes: 60, expectedRevision: 0 });
    expect(await goesWith(id)).toEqual({ bindings: 1, hasSchedule: true, secrets: 1, pulls: 0, isUnderWay: false });
    expect(await rowsOf(id)).toEqual({ pull_source: 1, pull_mapping: 1, pull_schedule: 1, pull_secret: 1, pull_run: 0 });

    expect((await remove(id, await app.as('kz.manager'))).status).toBe(403);
    expect((await remove(id, await app.as('mn.reporter'))).status).toBe(404);
    expect((await rowsOf(id))['pull_source']).toBe(1);

    expect((await remove(id)).status).toBe(204);
    expect(await rowsOf(id)).toEqual({ pull_source: 0, pull_mapping: 0, pull_schedule: 0, pull_secret: 0, pull_run: 0 });
    expect((await deeds(id)).at(-1)).toEqual({ action: 'pull-source.deleted', by: '填报人甲', facts: { name: '建错的来源', place: `${upstream.url}/insured?…`, bindings: '1', pulls: '0' } });
    expect((await remove(id)).status).toBe(404);
    // The name is free again.
    expect((await rowsOf(await make('建错的来源')))['pull_source']).toBe(1);
  });

  it('takes back the pull that waits for its next try, and the worker finds nothing to do', async () => {
    Object.assign(runPull, { backoffMs: 1_500 });
    try {
      const id = await make('一直没有应答的来源');
      upstream.behave('broken');
      const waiting = await start(id);
      await waitFor('the first failure', async () => { const seen = await job(waiting); return seen?.attempts === 1 && seen.state === 'WAITING' ? true : null; }, 20_000);
      expect(await goesWith(id)).toMatchObject({ pulls: 1, isUnderWay: true });
      const asked = upstream.asked();
      expect((await remove(id)).status).toBe(204);
      expect(await job(waiting)).toMatchObject({ state: 'CANCELLED', goneZh: '来源已删除（一直没有应答的来源）', retryable: false, cancellable: false });
      expect((await deeds(waiting)).at(-1)).toMatchObject({ action: 'job.cancelled', by: '填报人甲' });
      // What was rung for the second try comes round and asks nobody.
      await new Promise((done) => { setTimeout(done, 2_500); });
      expect([upstream.asked(), (await job(waiting))?.state, (await rowsOf(id))['pull_run']]).toEqual([asked, 'CANCELLED', 0]);
    } finally { Object.assign(runPull, { backoffMs: 100 }); }
  }, 60_000);

  it('leaves no failed pull behind that waits to be mended: among my work nothing asks for it, and among the jobs it is history', async () => {
    const id = await make('地址写错的来源');
    upstream.behave('unauthorised');
    const failed = await start(id);
    await jobIs(failed, 'FAILED');
    const mine = async (): Promise<string[]> => (await reporter.get<WorkView>('/api/work')).body.items.filter((item) => item.title.includes('地址写错的来源')).map((item) => item.kind);
    const causes = async (): Promise<JobCause[]> => (await reporter.get<{ causes: JobCause[] }>('/api/jobs/causes')).body.causes;
    await waitFor('the notice', async () => ((await world.dataSource.query<unknown[]>('select 1 from job_notice where subject = $1', [`pull-source/${id}`])).length > 0 ? true : null), 10_000);
    expect([await mine(), (await causes()).map(({ count }) => count), (await job(failed))?.retryable]).toEqual([['FAILED_JOB'], [1], true]);
    const before = await job(failed);
    expect((await remove(id)).status).toBe(204);
    expect([await mine(), await causes()]).toEqual([[], []]);
    // What it was, when, how often and why it failed stays; only that it asks for something does not.
    expect(await job(failed)).toEqual({ ...before, goneZh: '来源已删除（地址写错的来源）', goneEn: 'the source “地址写错的来源” was deleted', link: null, retryable: false });
    expect((await job(failed))?.failureZh).toBe('取数来源“地址写错的来源”拒绝访问（401），请取数来源负责人核对授权后再取数。');
  });

  it('keeps the history of its pulls for whoever could read it before, under the name that each had, three years and no longer; nobody tries one of them again', async () => {
    const id = await make('改过名的来源');
    upstream.behave('unauthorised');
    const refused = await start(id);
    await jobIs(refused, 'FAILED');
    await reporter.post(`/api/pull-sources/${id}/resume`);
    const { revision, mappings, settings } = (await listedSource(reporter, id)) ?? { revision: 0, mappings: [], settings: {} };
    const renamed = await reporter.put(`/api/pull-sources/${id}`, { name: '没有数据的来源', kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: mappings.map(({ indicatorKey, unit }) => ({ indicatorKey, field: 'of-nobody', unit })), settings, expectedRevision: revision });
    expect(renamed.status).toBe(200);
    upstream.behave('ok');
    const nothing = await start(id);
    await jobIs(nothing, 'DONE');
    expect((await remove(id)).status).toBe(204);

    const history = async (by: Client) => (await by.get<JobRunList>('/api/jobs')).body.jobs.filter((one) => one.id === refused || one.id === nothing).map(({ state, title, goneZh, retryable }) => [state, title, goneZh, retryable]);
    const kept = [['DONE', '取数：没有数据的来源（第四季度）', '来源已删除（没有数据的来源）', false], ['FAILED', '取数：改过名的来源（第四季度）', '来源已删除（没有数据的来源）', false]];
    for (const who of ['kz.reporter', 'kz.second', 'kz.manager'] as const) expect(await history(await app.as(who))).toEqual(kept);
    expect(await history(await app.as('mn.reporter'))).toEqual([]);

    const again = await reporter.post<Problem>(`/api/jobs/${refused}/retry`);
    expect([again.status, again.body.code, again.body.sentence]).toEqual([422, 'house.job-subject-gone', {
      zh: '不能重试：来源已删除（没有数据的来源）。这条记录只留作历史，不需要处理。', en: 'It cannot be tried again: the source “没有数据的来源” was deleted. The record is kept as history; nothing has to be done.',
    }]);
    expect((await reporter.post<Problem>('/api/jobs/causes/retry', { name: 'run-pull', code: 'pull.not-allowed' })).body.code).toBe('house.job-not-retryable');
    expect((await (await app.as('kz.second')).post(`/api/jobs/${refused}/retry`)).status).toBe(403);
    expect((await (await app.as('mn.reporter')).post(`/api/jobs/${refused}/retry`)).status).toBe(404);

    const forget = () => app.app.get(ForgetOldJobs, { strict: false }).handle({}, { signal: new AbortController().signal });
    await world.dataSource.query(`update job_run set finished_at = timestamptz '2025-01-09 08:00+08' - interval '2 years 11 months' where id = any($1)`, [[refused, nothing]]);
    await forget();
    expect(await history(reporter)).toEqual(kept);
    await world.dataSource.query(`update job_run set finished_at = timestamptz '2025-01-09 08:00+08' - interval '3 years 1 day' where id = $1`, [nothing]);
    await forget();
    expect(await history(reporter)).toEqual(kept.slice(1));
  }, 60_000);

  it('and whose pull is tried again at the very moment it is deleted takes that one back as well', async () => {
    const id = await make('同时重试的来源');
    upstream.behave('garbage');
    const failed = await start(id);
    await jobIs(failed, 'FAILED');
    upstream.behave('ok');
    let removed: ReturnType<typeof remove> | undefined;
    await world.dataSource.transaction(async (manager) => {
      // As a retry leaves the row, not committed yet.
      await manager.query(`update job_run set state = 'WAITING', failure_zh = null, failure_en = null, mender = null, failure_code = null, finished_at = null where id = $1`, [failed]);
      removed = remove(id);
      await waitFor('the deletion to wait', async () => ((await world.dataSource.query<unknown[]>(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%job_run%where id = any%'`)).length > 0 ? true : null), 10_000);
    });
    expect((await removed)?.status).toBe(204);
    expect(await job(failed)).toMatchObject({ state: 'CANCELLED', goneZh: '来源已删除（同时重试的来源）', retryable: false, cancellable: false });
  });

  it('but has brought a value, read or unreadable, stays as where it comes from, and the refusal says what to do instead', async () => {
    for (const [name, value] of [['取到过读不出的数的来源', '-'], ['取到过数的来源', 264000]] as const) {
      upstream.say([{ key: 'urban-rural-pension', value }]);
      const id = await make(name);
      await jobIs(await start(id), 'DONE');
      const refused = await remove(id);
      expect([refused.status, refused.body.code]).toEqual([422, 'pull.source-has-values']);
      expect(refused.body.sentence.zh).toBe(`取数来源“${name}”已经取到过数，这些数以它为出处，不能删除。不再使用的，请在“取数来源”中停用：停用后不再取数，已取到的数仍查得到出处。`);
      expect(await goesWith(id)).toBeNull();
      expect((await rowsOf(id))['pull_run']).toBe(1);
      expect((await reporter.post<PullSourceView>(`/api/pull-sources/${id}/pause`)).body.switchedOff).toBe(true);
    }
  });

  it('waits for a value that is landing at this moment, and then stays', async () => {
    const id = await make('正在取数的来源');
    const run = newId();
    await world.dataSource.query(`insert into pull_run (id, source_id, period_id, state, requested_at) values ($1, $2, $3, 'RUNNING', now())`, [run, id, world.periods[3]]);
    let refused: Promise<{ readonly status: number; readonly body: Problem }> | undefined;
    await world.dataSource.transaction(async (manager) => {
      await manager.query('select 1 from pull_run where id = $1 for update', [run]);
      refused = remove(id);
      await waitFor('the deletion to wait', async () => ((await world.dataSource.query<unknown[]>(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%from pull_run where source_id%'`)).length > 0 ? true : null), 10_000);
      await manager.query(`insert into observation (id, pull_run_id, source_key, verbatim, sha256, indicator_key, outcome, observed_at) values ($1, $2, 'a', '1', $3, 'KZ-U6', 'UNREADABLE', now())`, [newId(), run, 'a'.repeat(64)]);
    });
    expect((await refused)?.body.code).toBe('pull.source-has-values');
    expect((await rowsOf(id))['pull_source']).toBe(1);
  });
});
