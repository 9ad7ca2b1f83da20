import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JobNoticeView, JobRunView, PullSourceView, ScheduleView } from '@jiheng/contract';
import { hasEnded, listedJob, listedSource } from '../../test/as-listed';
import type { Client } from '../../test/http-app';
import { redisIsThere, startRedis, type TestRedis } from '../../test/redis';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/new-id';
import { runPull } from './run-pull.job';
import { ringDueSchedules } from './schedule/ring-due-schedules.job';
import { RingDueSchedules } from './schedule/ring-due-schedules.service';

const ROWS = JSON.stringify({ rows: [{ key: 'insured', value: 264000 }] });

/** An upstream that answers with what is queued first, then with the rows; and remembers when it was asked. */
async function anUpstream() {
  const answers: { readonly status: number; readonly headers?: Record<string, string> }[] = [];
  const askedAt: number[] = [];
  const server = createServer((_, response) => {
    askedAt.push(performance.now());
    const { status, headers } = answers.shift() ?? { status: 200, headers: {} };
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(status === 200 ? ROWS : '{}');
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return {
    answers, askedAt, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/insured`,
    stop: () => new Promise<void>((closed) => { server.close(() => { closed(); }); server.closeAllConnections(); }),
  };
}

for (const { backend, there } of [{ backend: 'postgres', there: true }, { backend: 'redis', there: redisIsThere() }]) (there ? describe : describe.skip)(`a source that asks for patience (${backend})`, () => {
  let world: World;
  let app: WorldApp;
  let redis: TestRedis | null = null;
  let upstream: Awaited<ReturnType<typeof anUpstream>>;
  let reporter: Client;

  const source = async (name: string): Promise<string> => (await reporter.post<PullSourceView>('/api/pull-sources', {
    unitId: world.units.kz, name, kind: 'HTTP_JSON', place: upstream.url, mappings: [{ indicatorKey: 'KZ-U6', field: 'insured', unit: '人' }],
  })).body.id;
  const seen = (id: string) => listedSource(reporter, id);
  const start = async (id: string): Promise<string> => (await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] })).body.jobRunId;
  const job = (jobId: string, is: (one: JobRunView) => boolean): Promise<JobRunView> => listedJob(reporter, jobId, is, 20_000);
  const notices = async (): Promise<readonly string[]> => (await reporter.get<{ notices: JobNoticeView[] }>('/api/jobs/notices')).body.notices.map((one) => `${one.kind} ${one.title}`);

  beforeAll(async () => {
    Object.assign(runPull, { backoffMs: 40 });
    Object.assign(ringDueSchedules, { everyMs: 3_600_000 });
    if (backend === 'redis') redis = await startRedis();
    world = await aWorld({ opened: [4] });
    upstream = await anUpstream();
    app = await world.start({
      role: 'all', today: '2025-01-09', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*', JIHENG_DEMONSTRATION: '1', ...(redis === null ? {} : { REDIS_URL: redis.url, REDIS_PREFIX: `test-${newId()}` }) },
    });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => {
    await app?.stop();
    await upstream?.stop();
    await redis?.stop();
    await world?.stop();
  });
  beforeEach(() => {
    upstream.answers.length = 0;
    upstream.askedAt.length = 0;
  });

  it('is left alone for as long as it asks; whoever waits reads why, and when it is asked again', async () => {
    const id = await source('要求稍候的系统');
    upstream.answers.push({ status: 429, headers: { 'retry-after': '2' } }, { status: 503 });
    const jobId = await start(id);
    const waiting = await job(jobId, (one) => one.state === 'WAITING' && one.attempts === 1);
    expect(waiting.failureZh).toMatch(/^取数来源“要求稍候的系统”没有应答：.*429.*。将于 2025-01-09 \d\d:\d\d（北京时间）自动重试（第 2 次，共 4 次）/u);
    expect((await seen(id))?.lastRun?.failureZh).toBe(waiting.failureZh);
    expect(await job(jobId, hasEnded)).toMatchObject({ state: 'DONE', attempts: 3, failureZh: null });
    const [first = 0, second = 0, third = 0] = upstream.askedAt;
    expect(second - first).toBeGreaterThanOrEqual(1_950);
    // Where it does not ask for more, our own patience counts.
    expect(third - second).toBeGreaterThanOrEqual(150);
    expect(third - second).toBeLessThan(1_900);
    expect(await seen(id)).toMatchObject({ state: 'ACTIVE', lastRun: { state: 'DONE' } });
  }, 60_000);

  it('is asked again at its next moment when it had stayed away, and works again by itself; people hear once of each', async () => {
    const [id, closed] = [await source('夜里重启的系统'), await source('拒绝访问的系统')];
    const clock = app.app.get(Clock);
    const ring = app.app.get(RingDueSchedules, { strict: false });
    const plan = { rule: { kind: 'CRON', cron: '0 3 * * *' }, window: null, minGapMinutes: 10, expectedRevision: 0 };
    for (const one of [id, closed]) await reporter.put<ScheduleView>(`/api/pull-sources/${one}/schedule`, plan);
    upstream.answers.push({ status: 403 });
    await job(await start(closed), hasEnded);
    upstream.answers.push({ status: 503 }, { status: 503 }, { status: 503 }, { status: 503 });
    await job(await start(id), hasEnded);
    expect([(await seen(id))?.state, (await seen(closed))?.state]).toEqual(['PAUSED', 'PAUSED']);
    const told = ['OUTAGE 取数：夜里重启的系统（第四季度）', 'OUTAGE 取数：拒绝访问的系统（第四季度）'];
    expect([...await notices()].sort()).toEqual(told);

    // Still away the next night, and nobody is told again.
    clock.holdAt('2025-01-11');
    upstream.answers.push({ status: 503 }, { status: 503 }, { status: 503 }, { status: 503 });
    expect(await ring.ring()).toBe(1);
    await waitFor('the second outage', async () => ((await seen(id))?.state === 'PAUSED' && upstream.askedAt.length === 9 ? true : null), 20_000);
    expect([...await notices()].sort()).toEqual(told);

    clock.holdAt('2025-01-13');
    expect(await ring.ring()).toBe(1);
    await waitFor('the recovery', async () => ((await seen(id))?.lastRun?.state === 'DONE' ? true : null), 20_000);
    expect([(await seen(id))?.state, (await seen(closed))?.state, upstream.askedAt.length]).toEqual(['ACTIVE', 'PAUSED', 10]);
    await waitFor('the news', async () => ((await notices()).includes('RECOVERY 取数：夜里重启的系统（第四季度）') ? true : null), 10_000);
    // What a person has switched off stays off.
    await reporter.post(`/api/pull-sources/${id}/pause`);
    clock.holdAt('2025-01-15');
    expect(await ring.ring()).toBe(0);
  }, 60_000);
});
