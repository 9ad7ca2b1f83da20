import type { Problem, PullSourceView, ScheduleBody, ScheduleView } from '@jiheng/contract';
import { type FakeSource, startFakeSource } from '../../../../../tools/fake-source/server';
import type { Client } from '../../../test/http-app';
import { redisIsThere, startRedis, type TestRedis } from '../../../test/redis';
import { waitFor } from '../../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../../test/world';
import { Clock } from '../../platform/clock/clock';
import { newId } from '../../platform/database/new-id';
import { JobRunner } from '../../platform/queue/job-runner';
import { ringDueSchedules } from './ring-due-schedules.job';
import { RingDueSchedules } from './ring-due-schedules.service';

const backends = [{ backend: 'postgres', there: true }, { backend: 'redis', there: redisIsThere() }];

for (const { backend, there } of backends) (there ? describe : describe.skip)(`a source that is asked by itself (${backend})`, () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  let redis: TestRedis | null = null;
  let reporter: Client;
  let clock: Clock;
  let ring: RingDueSchedules;

  const source = async (name: string): Promise<string> => (await reporter.post<PullSourceView>('/api/pull-sources', {
    unitId: world.units.kz, name, kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }],
  })).body.id;
  const daily: ScheduleBody = { rule: { kind: 'CRON', cron: '0 0 * * *' }, window: null, minGapMinutes: 10 };
  const seen = async (id: string) => (await reporter.get<ScheduleView>(`/api/pull-sources/${id}/schedule`)).body;
  const view = async (id: string) => (await seen(id)).schedule;
  const put = async (id: string, body: ScheduleBody, client = reporter, expectedRevision?: number) =>
    client.put<ScheduleView & Problem>(`/api/pull-sources/${id}/schedule`, { ...body, expectedRevision: expectedRevision ?? (await seen(id)).revision });
  const remove = async (id: string, expectedRevision: number) => reporter.send<ScheduleView & Problem>('DELETE', `/api/pull-sources/${id}/schedule?expectedRevision=${expectedRevision}`);
  const runs = async (id: string): Promise<{ state: string; ordinal: number }[]> =>
    world.dataSource.query('select r.state, p.ordinal from pull_run r join reporting_period p on p.id = r.period_id where source_id = $1 order by r.id', [id]);
  const ended = (id: string, count: number) => waitFor(`${count} runs`, async () => { const all = await runs(id); return all.length === count && all.every((run) => run.state === 'DONE') ? all : null; }, 20_000);

  beforeAll(async () => {
    // A minute between two looks is polite in life and slow in a test; here a person looks for it.
    Object.assign(ringDueSchedules, { everyMs: 3_600_000 });
    if (backend === 'redis') redis = await startRedis();
    world = await aWorld();
    upstream = await startFakeSource();
    app = await world.start({
      role: 'all', today: '2024-11-20', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*', JIHENG_DEMONSTRATION: '1', ...(redis === null ? {} : { REDIS_URL: redis.url, REDIS_PREFIX: `test-${newId()}` }) },
    });
    reporter = await app.as('kz.reporter');
    clock = app.app.get(Clock);
    ring = app.app.get(RingDueSchedules, { strict: false });
  });
  afterAll(async () => {
    await app?.stop();
    await upstream?.stop();
    await redis?.stop();
    await world?.stop();
  });
  beforeEach(async () => {
    clock.holdAt('2024-11-20');
    await world.dataSource.query('delete from pull_schedule');
  });

  it('is not asked before its time, once when the clock jumps over many occasions, and not twice when it jumps back', async () => {
    const id = await source('每日取数');
    const { body } = await put(id, daily);
    expect(body.schedule?.next.slice(0, 2)).toEqual(['2024-11-20T16:00:00.000Z', '2024-11-21T16:00:00.000Z']);
    expect(await ring.ring()).toBe(0);
    // Ten days away: ten occasions, one run, and it says how many went by.
    clock.holdAt('2024-11-30');
    expect(await ring.ring()).toBe(1);
    await ended(id, 1);
    expect(await view(id)).toMatchObject({ missed: 9, next: ['2024-11-30T16:00:00.000Z', expect.anything(), expect.anything()], noteZh: null });
    expect(await ring.ring()).toBe(0);
    clock.holdAt('2024-11-21');
    expect(await ring.ring()).toBe(0);
    expect(await runs(id)).toEqual([{ state: 'DONE', ordinal: 4 }]);
  });

  it('two workers that look at once start one pull', async () => {
    const id = await source('两个进程');
    await put(id, daily);
    clock.holdAt('2024-11-22');
    const started = await Promise.all([ring.ring(), ring.ring(), ring.ring()]);
    expect(started.reduce((sum, one) => sum + one, 0)).toBe(1);
    await ended(id, 1);
  });

  it('a schedule at the end of the quarter asks for the quarter that ended, others for the one still reported', async () => {
    const [quarterly, cron] = [await source('季末取数'), await source('按规则取数')];
    clock.holdAt('2024-10-01');
    await put(quarterly, { rule: { kind: 'QUARTER_END', day: 5, time: '00:00' }, window: null, minGapMinutes: 10 });
    await put(cron, daily);
    clock.holdAt('2024-10-06');
    expect(await ring.ring()).toBe(2);
    expect(await ended(quarterly, 1)).toEqual([{ state: 'DONE', ordinal: 3 }]);
    expect(await ended(cron, 1)).toEqual([{ state: 'DONE', ordinal: 3 }]);
    clock.holdAt('2024-11-20');
    await ring.ring();
    expect((await ended(cron, 2))[1]).toEqual({ state: 'DONE', ordinal: 4 });
  });

  it('waits while the source is being asked, and keeps its distance', async () => {
    const id = await source('礼貌');
    await put(id, { ...daily, minGapMinutes: 1_440 });
    upstream.behave('slow');
    await reporter.post(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] });
    clock.holdAt('2024-11-23');
    expect(await ring.ring()).toBe(0);
    // Still the same occasion: it is not lost.
    expect(Date.parse((await view(id))?.next[0] ?? '')).toBeLessThanOrEqual(clock.now().getTime());
    const again = await reporter.post<Problem>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[2] });
    expect([again.status, again.body.code]).toEqual([422, 'pull.already-running']);
    const [job] = await world.dataSource.query<{ job_run_id: string }[]>('select job_run_id from pull_run where source_id = $1', [id]);
    expect((await reporter.post(`/api/jobs/${job?.job_run_id ?? ''}/cancel`)).status).toBe(204);
    upstream.behave('ok');
    await world.dataSource.query(`update pull_run set started_at = $2 where source_id = $1`, [id, new Date(clock.now().getTime() - 3_600_000)]);
    expect(await ring.ring()).toBe(0);
    // A day after the last request, and not before.
    const next = Date.parse((await view(id))?.next[0] ?? '');
    expect(Math.round((next - clock.now().getTime()) / 3_600_000)).toBe(23);
  });

  it('stays within its hours', async () => {
    const id = await source('时段');
    const hour = new Date(clock.now().getTime() + 8 * 3_600_000).getUTCHours();
    const at = (later: number): string => `${String((hour + later) % 24).padStart(2, '0')}:00`;
    await put(id, { ...daily, window: { from: at(2), to: at(4) } });
    await world.dataSource.query('update pull_schedule set next_at = $2 where source_id = $1', [id, new Date(clock.now().getTime() - 60_000)]);
    expect(await ring.ring()).toBe(0);
    const wait = Date.parse((await view(id))?.next[0] ?? '') - clock.now().getTime();
    expect([wait > 0, wait <= 2 * 3_600_000]).toEqual([true, true]);
    expect(await runs(id)).toEqual([]);
  });

  it('is paused and resumed without catching up, and taken away', async () => {
    const id = await source('暂停');
    await put(id, daily);
    expect((await reporter.post<ScheduleView>(`/api/pull-sources/${id}/schedule/pause`)).body.schedule).toMatchObject({ state: 'PAUSED', next: [] });
    clock.holdAt('2024-12-20');
    await ring.ring();
    expect(await runs(id)).toEqual([]);
    expect((await reporter.post<ScheduleView>(`/api/pull-sources/${id}/schedule/resume`)).body.schedule).toMatchObject({ state: 'ACTIVE', next: ['2024-12-20T16:00:00.000Z', expect.anything(), expect.anything()] });
    expect((await remove(id, (await seen(id)).revision)).body.schedule).toBeNull();
    expect((await reporter.post<Problem>(`/api/pull-sources/${id}/schedule/pause`)).body.code).toBe('pull.schedule-not-found');
  });

  it('of a paused source says why nothing was asked, and goes on to the next occasion', async () => {
    const id = await source('停用的来源');
    await put(id, daily);
    await reporter.post(`/api/pull-sources/${id}/pause`);
    clock.holdAt('2024-11-22');
    await ring.ring();
    expect(await runs(id)).toEqual([]);
    expect(await view(id)).toMatchObject({ noteZh: expect.stringContaining('已停用'), lastAt: null, next: ['2024-11-22T16:00:00.000Z', expect.anything(), expect.anything()] });
  });

  it('refuses a rule that is too dense or cannot be read, and people who may not', async () => {
    const id = await source('规则');
    expect((await put(id, { ...daily, rule: { kind: 'CRON', cron: '*/5 * * * *' } })).body.code).toBe('pull.schedule-too-dense');
    expect((await put(id, { ...daily, rule: { kind: 'CRON', cron: '0 0 30 2 *' } })).body.code).toBe('pull.schedule-cron-unreadable');
    expect((await put(id, daily, await app.as('kz.manager'))).status).toBe(403);
    expect((await put(id, daily, await app.as('mn.reporter'))).status).toBe(404);
  });

  it('is not set or taken away from what somebody else has changed meanwhile', async () => {
    const id = await source('两人各定各的');
    const first = (await put(id, daily)).body;
    const second = await app.as('kz.second');
    const slower = await put(id, { ...daily, minGapMinutes: 60 }, second, 0);
    expect([slower.status, slower.body.code, slower.body.params['by'], (slower.body.present as ScheduleView).revision]).toEqual([409, 'pull-schedule.stale-revision', '填报人甲', first.revision]);
    expect(slower.body.sentence.zh).toMatch(/已由填报人甲于 2024-11-20 \d\d:\d\d（北京时间）修改/u);
    // To pause is to write nothing: whoever has the page open goes on.
    await second.post(`/api/pull-sources/${id}/schedule/pause`);
    expect((await remove(id, 0)).status).toBe(409);
    expect((await remove(id, first.revision)).body).toMatchObject({ schedule: null, revision: first.revision + 1 });
  });

  it('is rung by the queue itself, also after the queue has forgotten everything', async () => {
    const id = await source('队列来敲门');
    await put(id, daily);
    clock.holdAt('2024-11-25');
    Object.assign(ringDueSchedules, { everyMs: 150 });
    const runner = app.app.get(JobRunner);
    await runner.remindTheBell();
    await ended(id, 1);
    if (redis !== null) await redis.command('FLUSHALL');
    else await world.dataSource.query('truncate bullmq.job_schedulers').catch(() => undefined);
    clock.holdAt('2024-11-27');
    await runner.remindTheBell();
    await ended(id, 2);
    Object.assign(ringDueSchedules, { everyMs: 3_600_000 });
    await runner.remindTheBell();
  });
});
