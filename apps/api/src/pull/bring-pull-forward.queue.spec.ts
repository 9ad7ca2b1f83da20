import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { JobRunList, JobRunView, Problem, PullSourceView, StartedPull } from '@jiheng/contract';
import { hasEnded, listedJob, listedSource } from '../../test/as-listed';
import type { Client } from '../../test/http-app';
import { redisIsThere, startRedis, type TestRedis } from '../../test/redis';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { newId } from '../platform/database/new-id';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { OutboxReplay } from '../platform/outbox/outbox-replay';
import { bringForward } from '../platform/queue/bring-forward.job';
import { runPull } from './run-pull.job';
import { RingDueSchedules } from './schedule/ring-due-schedules.service';
import { ringDueSchedules } from './schedule/ring-due-schedules.job';

const ROWS = JSON.stringify({ rows: [{ key: 'insured', value: 264000 }] });
/** So long nobody would ask by themselves: whatever is asked sooner was brought forward. */
const PATIENCE_MS = 20_000;

/** An upstream that is broken or mended, may hold its answers back, and counts how often it was asked. */
async function anUpstream() {
  const held: (() => void)[] = [];
  const state = { answer: { status: 200 } as { readonly status: number; readonly headers?: Record<string, string> }, asked: 0, holds: false };
  const end = (response: ServerResponse): void => {
    const { status, headers } = state.answer;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(status === 200 ? ROWS : '{}');
  };
  const server = createServer((_, response) => {
    state.asked += 1;
    if (state.holds) held.push(() => { end(response); }); else end(response);
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return {
    state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/insured`,
    release: () => { state.holds = false; for (const one of held.splice(0)) one(); },
    stop: () => new Promise<void>((closed) => { server.close(() => { closed(); }); server.closeAllConnections(); }),
  };
}

for (const { backend, there } of [{ backend: 'postgres', there: true }, { backend: 'redis', there: redisIsThere() }]) (there ? describe : describe.skip)(`a pull that waits for its next try, and a person who has mended the cause (${backend})`, () => {
  let world: World;
  let app: WorldApp;
  let redis: TestRedis | null = null;
  let upstream: Awaited<ReturnType<typeof anUpstream>>;
  let reporter: Client;

  const source = async (name: string): Promise<string> => (await reporter.post<PullSourceView>('/api/pull-sources', {
    unitId: world.units.kz, name, kind: 'HTTP_JSON', place: upstream.url, mappings: [{ indicatorKey: 'KZ-U6', field: 'insured', unit: '人' }],
  })).body.id;
  const lastRun = async (id: string) => (await listedSource(reporter, id))?.lastRun;
  const press = (id: string, quarter = 4) => reporter.post<StartedPull & Problem>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[quarter - 1] });
  const job = (jobId: string, is: (one: JobRunView) => boolean): Promise<JobRunView> => listedJob(reporter, jobId, is, 12_000);
  const waits = (attempts: number) => (one: JobRunView): boolean => one.state === 'WAITING' && one.attempts === attempts && /将于/u.test(one.failureZh ?? '');
  /** A source that failed once and waits. */
  const failedOnce = async (name: string): Promise<{ id: string; jobId: string }> => {
    const id = await source(name);
    const { jobRunId } = (await press(id)).body;
    await job(jobRunId, waits(1));
    return { id, jobId: jobRunId };
  };
  const deeds = async (runId: string | undefined): Promise<readonly string[]> => (await world.dataSource.query<{ action: string }[]>('select action from audit_event where subject_id = $1 order by id', [runId])).map(({ action }) => action);
  const emptyTheQueue = async (): Promise<void> => {
    if (redis !== null) await redis.command('FLUSHALL'); else await world.dataSource.query('delete from bullmq.job');
  };

  beforeAll(async () => {
    Object.assign(runPull, { backoffMs: PATIENCE_MS });
    Object.assign(ringDueSchedules, { everyMs: 3_600_000 });
    if (backend === 'redis') redis = await startRedis();
    world = await aWorld({ opened: [3, 4] });
    upstream = await anUpstream();
    app = await world.start({ role: 'all', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*', ...(redis === null ? {} : { REDIS_URL: redis.url, REDIS_PREFIX: `test-${newId()}` }) } });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => {
    upstream?.release();
    await app?.stop();
    await upstream?.stop();
    await redis?.stop();
    await world?.stop();
  });
  beforeEach(() => {
    upstream.release();
    Object.assign(upstream.state, { answer: { status: 503 }, asked: 0 });
  });

  it('is tried at once, by the same job and with the tries it has left', async () => {
    const { id, jobId } = await failedOnce('刚修好的系统');
    const waiting = await lastRun(id);
    expect(waiting).toMatchObject({ jobRunId: jobId, nextTry: { periodId: world.periods[3] } });
    const clock = Date.parse((await job(jobId, () => true)).startedAt ?? '');
    expect(Date.parse(waiting?.nextTry?.at ?? '') - clock).toBeGreaterThan(PATIENCE_MS - 5_000);

    upstream.state.answer = { status: 200 };
    const begun = performance.now();
    const pressed = await press(id);
    expect([pressed.status, pressed.body]).toEqual([202, { runId: waiting?.id, jobRunId: jobId, broughtForward: true }]);
    expect(await job(jobId, hasEnded)).toMatchObject({ state: 'DONE', attempts: 2, failureZh: null });
    expect(performance.now() - begun).toBeLessThan(PATIENCE_MS / 2);
    expect(upstream.state.asked).toBe(2);
    expect(await lastRun(id)).toMatchObject({ id: waiting?.id, state: 'DONE', candidates: 1, nextTry: null });
    expect(await deeds(waiting?.id)).toEqual(['pull.started', 'pull.brought-forward']);
    // The next press is a pull of its own.
    const next = await press(id);
    expect([next.status, next.body.broughtForward, next.body.jobRunId === jobId]).toEqual([202, false, false]);
    await job(next.body.jobRunId, hasEnded);
  }, 60_000);

  it('is tried once however often it is pressed, and waits again where the cause was not mended', async () => {
    const { id, jobId } = await failedOnce('没有修好的系统');
    upstream.state.holds = true;
    const pressed = await Promise.all([1, 2, 3, 4, 5].map(() => press(id)));
    await waitFor('the second try', async () => upstream.state.asked >= 2, 10_000);
    // One that came while it was being tried already is told so; the others are told the same job.
    expect(pressed.every(({ status, body }) => (status === 202 && body.jobRunId === jobId && body.broughtForward) || body.code === 'pull.already-running')).toBe(true);
    expect(pressed.filter(({ status }) => status === 202).length).toBeGreaterThan(0);
    const meanwhile = await press(id);
    expect([meanwhile.status, meanwhile.body.code, meanwhile.body.sentence.zh]).toEqual([422, 'pull.already-running', '取数来源“没有修好的系统”正在取数，请等它完成。']);
    upstream.release();
    const again = await job(jobId, waits(2));
    expect(again.failureZh).toContain('自动重试（第 3 次，共 4 次）');
    // A wish that comes round late, or for a second time, meant the try that is over and not the next one.
    await app.app.get(UnitOfWork).always((tx) => app.app.get(Outbox).put(tx, bringForward, { jobRunId: jobId, attempts: 1 }));
    await pause(1_500);
    expect([upstream.state.asked, (await job(jobId, () => true)).attempts]).toEqual([2, 2]);
    expect((await world.dataSource.query<{ n: number }[]>('select count(*)::int as n from pull_run where source_id = $1', [id]))[0]?.n).toBe(1);
    expect((await deeds((await lastRun(id))?.id)).filter((deed) => deed === 'pull.brought-forward')).toHaveLength(1);
    // Mended at last: the third of its four tries.
    upstream.state.answer = { status: 200 };
    expect((await press(id)).body.broughtForward).toBe(true);
    expect(await job(jobId, hasEnded)).toMatchObject({ state: 'DONE', attempts: 3 });
    expect(upstream.state.asked).toBe(3);
  }, 60_000);

  it('says until then that it was brought forward, and by whom', async () => {
    const { id, jobId } = await failedOnce('排在别人后面的系统');
    // Nobody takes it for the moment: everyone who pulls is at others.
    const others = await Promise.all([1, 2, 3, 4].map((nth) => source(`慢系统 ${nth}`)));
    upstream.state.holds = true;
    const busy: string[] = [];
    for (const one of others) busy.push((await press(one)).body.jobRunId);
    await waitFor('four at work', async () => upstream.state.asked === 5, 10_000);
    expect((await press(id)).body.broughtForward).toBe(true);
    expect((await job(jobId, () => true)).failureZh).toBe('已由填报人甲提前重试，马上开始。');
    expect(await lastRun(id)).toMatchObject({ state: 'RUNNING', nextTry: null, failureZh: '已由填报人甲提前重试，马上开始。', failureEn: '填报人甲 has it tried now; it begins in a moment.' });
    expect((await press(id)).body).toMatchObject({ broughtForward: true, jobRunId: jobId });
    upstream.state.answer = { status: 200 };
    upstream.release();
    for (const one of [jobId, ...busy]) expect((await job(one, hasEnded)).state).toBe('DONE');
    expect(upstream.state.asked).toBe(6);
  }, 60_000);

  it('is left alone where the source itself asked for the wait, and says until when and why', async () => {
    upstream.state.answer = { status: 429, headers: { 'retry-after': '120' } };
    const { id, jobId } = await failedOnce('要求稍候的系统');
    upstream.state.answer = { status: 200 };
    const refused = await press(id);
    expect([refused.status, refused.body.code]).toEqual([422, 'pull.left-alone']);
    expect(refused.body.sentence.zh).toMatch(/^取数来源“要求稍候的系统”要求在 2025-01-09 \d\d:\d\d（北京时间）之前不要再来取数（对方返回 Retry-After），所以没有提前。将于 2025-01-09 \d\d:\d\d（北京时间）自动重试/u);
    expect(refused.body.sentence.en).toMatch(/^“要求稍候的系统” asked to be left alone until 2025-01-09 \d\d:\d\d \(Beijing time\) \(Retry-After\)/u);
    await pause(1_000);
    expect([upstream.state.asked, (await job(jobId, () => true)).failureZh]).toEqual([1, expect.stringContaining('将于')]);
    expect((await lastRun(id))?.nextTry).not.toBeNull();
  }, 60_000);

  it('is tried once that moment is over, although our own patience lasts longer', async () => {
    upstream.state.answer = { status: 503, headers: { 'retry-after': '3' } };
    const { id, jobId } = await failedOnce('只要求三秒的系统');
    upstream.state.answer = { status: 200 };
    expect((await press(id)).body.code).toBe('pull.left-alone');
    const brought = await waitFor('three seconds to pass', async () => { const pressed = await press(id); return pressed.status === 202 ? pressed.body : null; }, 10_000);
    expect(brought).toMatchObject({ jobRunId: jobId, broughtForward: true });
    expect(await job(jobId, hasEnded)).toMatchObject({ state: 'DONE', attempts: 2 });
    expect(upstream.state.asked).toBe(2);
  }, 60_000);

  it('is not brought forward for another quarter than it is for, nor by its schedule', async () => {
    const { id, jobId } = await failedOnce('一次只取一期的系统');
    const other = await press(id, 3);
    expect([other.status, other.body.code]).toEqual([422, 'pull.other-period-waits']);
    expect(other.body.sentence.zh).toMatch(/^取数来源“一次只取一期的系统”一次只取一个报告期：2024年第四季度 的取数没有成功，正等待重试（2025-01-09 \d\d:\d\d（北京时间））/u);
    await reporter.put(`/api/pull-sources/${id}/schedule`, { rule: { kind: 'CRON', cron: '0 3 * * *' }, window: null, minGapMinutes: 10, expectedRevision: 0 });
    await world.dataSource.query(`update pull_schedule set next_at = timestamptz '2025-01-09 00:00+08' - interval '1 day' where source_id = $1`, [id]);
    await world.dataSource.query(`update pull_run set requested_at = requested_at - interval '1 hour', started_at = started_at - interval '1 hour' where source_id = $1`, [id]);
    expect(await app.app.get(RingDueSchedules, { strict: false }).ring()).toBe(0);
    expect([upstream.state.asked, waits(1)(await job(jobId, () => true))]).toEqual([1, true]);
  }, 60_000);

  it('is tried although its worker had not put it back yet when the wish came', async () => {
    const id = await source('刚刚失败的系统');
    upstream.state.holds = true;
    const jobId = (await press(id)).body.jobRunId;
    await waitFor('the first try', async () => upstream.state.asked === 1, 10_000);
    // As it is between the end of a try and the moment in which the queue has put the job off.
    await world.dataSource.query(`update job_run set state = 'WAITING' where id = $1`, [jobId]);
    expect((await press(id)).body.broughtForward).toBe(true);
    await pause(300);
    upstream.release();
    await waitFor('the second try', async () => upstream.state.asked === 2, 10_000);
    await job(jobId, waits(2));
    expect(upstream.state.asked).toBe(2);
  }, 60_000);

  it('is tried although the queue was emptied meanwhile, and once, whoever else has it rung again', async () => {
    for (const one of (await reporter.get<JobRunList>('/api/jobs?state=WAITING')).body.jobs) await reporter.post(`/api/jobs/${one.id}/cancel`);
    for (const replays of [false, true]) {
      Object.assign(upstream.state, { answer: { status: 503 }, asked: 0 });
      const { id, jobId } = await failedOnce(replays ? '队列被清空又重放的系统' : '队列被清空的系统');
      await emptyTheQueue();
      Object.assign(upstream.state, { answer: { status: 200 }, holds: true });
      const [first, second] = await Promise.all([press(id), press(id), replays ? app.app.get(OutboxReplay).replay(1) : null]);
      await waitFor('the second try', async () => upstream.state.asked >= 2, 10_000);
      // Whoever comes while it is being tried again already is told so.
      for (const { status, body } of [first, second]) expect([status === 202 ? body.jobRunId : body.code]).toEqual([status === 202 ? jobId : 'pull.already-running']);
      if (!replays) expect([first.status, second.status]).toContain(202);
      upstream.release();
      expect(await job(jobId, hasEnded)).toMatchObject({ state: 'DONE', attempts: 2 });
      await pause(500);
      expect(upstream.state.asked).toBe(2);
    }
  }, 60_000);

  it('is refused to whoever may not ask this source', async () => {
    const { id } = await failedOnce('别的单位的系统');
    const [stranger, manager] = [await app.as('mn.reporter'), await app.as('kz.manager')];
    expect([(await stranger.post(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] })).status, (await manager.post(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] })).status]).toEqual([404, 403]);
    expect(upstream.state.asked).toBe(1);
  }, 60_000);
});
