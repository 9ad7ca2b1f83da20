import type { JobNoticeView, JobRunList, PullSourceView, ScheduleView, WorkView } from '@jiheng/contract';
import { type FakeMode, type FakeSource, startFakeSource } from '../../../../tools/fake-source/server';
import { listedSource } from '../../test/as-listed';
import type { Client } from '../../test/http-app';
import { redisIsThere, startRedis, type TestRedis } from '../../test/redis';
import { waitFor } from '../../test/wait-for';
import { type Login, type World, type WorldApp, aWorld } from '../../test/world';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/new-id';
import { runPull } from './run-pull.job';
import { RunPull } from './run-pull.service';
import { ringDueSchedules } from './schedule/ring-due-schedules.job';
import { RingDueSchedules } from './schedule/ring-due-schedules.service';

const backends = [{ backend: 'postgres', there: true }, { backend: 'redis', there: redisIsThere() }];

for (const { backend, there } of backends) (there ? describe : describe.skip)(`a source that is asked by itself and says nothing (${backend})`, () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  let redis: TestRedis | null = null;
  let reporter: Client;
  let clock: Clock;
  let ring: RingDueSchedules;
  /** The day it is; every scheduled pull is asked for on the next. */
  let day = '2024-10-20';

  const daily = { rule: { kind: 'CRON', cron: '0 0 * * *' }, window: null, minGapMinutes: 10 } as const;
  const source = async (name: string, client = reporter): Promise<string> => {
    await world.dataSource.query('delete from pull_schedule');
    const { id } = (await client.post<PullSourceView>('/api/pull-sources', {
      unitId: world.units.kz, name, kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }, { indicatorKey: 'KZ-U4', field: 'work-injury', unit: '人' }],
    })).body;
    const { revision } = (await client.get<ScheduleView>(`/api/pull-sources/${id}/schedule`)).body;
    expect((await client.put(`/api/pull-sources/${id}/schedule`, { ...daily, expectedRevision: revision })).status).toBe(200);
    return id;
  };
  const over = (jobRunId: string) => waitFor('the pull', async () => {
    const state = (await reporter.get<JobRunList>('/api/jobs')).body.jobs.find((one) => one.id === jobRunId)?.state;
    return state === 'DONE' || state === 'FAILED' ? state : null;
  }, 30_000);
  /** One more day goes by, and the schedule asks. */
  const scheduled = async (id: string, mode: FakeMode): Promise<string> => {
    upstream.behave(mode);
    day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    clock.holdAt(day);
    expect(await ring.ring()).toBe(1);
    const [run] = await world.dataSource.query<{ job: string }[]>('select job_run_id as job from pull_run where source_id = $1 order by id desc limit 1', [id]);
    return over(run?.job ?? '');
  };
  const byHand = async (id: string, mode: FakeMode): Promise<string> => {
    upstream.behave(mode);
    const { body } = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] });
    return over(body.jobRunId);
  };
  /** As the page of sources has it. */
  const shown = async (id: string): Promise<PullSourceView> => (await listedSource(reporter, id)) as PullSourceView;
  /** Who was told of a source's silence and of its end, in order. */
  const told = async (name: string): Promise<readonly string[]> => (await world.dataSource.query<{ login: Login; kind: JobNoticeView['kind'] }[]>(
    `select p.login, n.kind from job_notice n join person p on p.id = n.person_id where n.title_zh = $1 order by n.id`, [`定时取数：${name}`])).map(({ login, kind }) => `${login} ${kind}`);
  const notices = async (client: Client, name: string): Promise<readonly JobNoticeView[]> => (await client.get<{ notices: JobNoticeView[] }>('/api/jobs/notices')).body.notices.filter((one) => one.title.includes(name));

  beforeAll(async () => {
    // A person looks for what is due here, so that no minute has to go by; and what fails is tried again at once.
    Object.assign(ringDueSchedules, { everyMs: 3_600_000 });
    Object.assign(runPull, { backoffMs: 20 });
    if (backend === 'redis') redis = await startRedis();
    world = await aWorld();
    upstream = await startFakeSource();
    app = await world.start({
      role: 'all', today: day, env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*', JIHENG_DEMONSTRATION: '1', ...(redis === null ? {} : { REDIS_URL: redis.url, REDIS_PREFIX: `test-${newId()}` }) },
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

  it('is told of at the third pull in a row, once, and once more when values come again', async () => {
    const id = await source('还没开通的接口');
    expect([await scheduled(id, 'empty'), await scheduled(id, 'missing')]).toEqual(['DONE', 'DONE']);
    expect(await told('还没开通的接口')).toEqual([]);
    expect((await shown(id)).silentSince).toBeNull();
    await scheduled(id, 'empty');
    expect(await told('还没开通的接口')).toEqual(['kz.reporter SILENCE']);
    expect((await shown(id)).silentSince).toBe((await notices(reporter, '还没开通的接口'))[0]?.at);
    await scheduled(id, 'empty');
    expect(await told('还没开通的接口')).toEqual(['kz.reporter SILENCE']);

    // Which source, since when, how often, what the last one said, and what to do.
    const [notice] = await notices(reporter, '还没开通的接口');
    expect(notice).toMatchObject({ kind: 'SILENCE', title: '定时取数：还没开通的接口', titleEn: 'Scheduled pull: 还没开通的接口', unitName: '克孜勒苏柯尔克孜自治州社会保险中心', link: '/sources' });
    expect(notice?.sentenceZh).toMatch(/^取数来源“还没开通的接口”自 2024-10-21 \d\d:\d\d（北京时间）起按定时连续取数 3 次，每次都正常结束，却一个数也没有取到。最近一次的说明：取数来源“还没开通的接口”没有 2024年第四季度 的数据，.+请在“取数来源”中核对地址、指标与来源的对应和编码，并试取一次；对方尚未出数的，请问明何时出数，据此调整定时。$/u);
    expect(notice?.sentenceEn).toMatch(/^Since 2024-10-21 \d\d:\d\d \(Beijing time\) the schedule has pulled “还没开通的接口” 3 times in a row, without a fault and without a single value\. What the last pull says: “还没开通的接口” has no data for 2024 Q4; .+ set the schedule by that\.$/u);
    const work = (await reporter.get<WorkView>('/api/work')).body.items.filter((item) => item.kind === 'NOTICE');
    expect(work).toEqual([expect.objectContaining({ title: '定时取数：还没开通的接口', detailZh: notice?.sentenceZh, link: '/jobs' })]);
    // A colleague and another unit hear nothing of what somebody answers for.
    expect(await notices(await app.as('kz.second'), '还没开通的接口')).toEqual([]);
    expect(await notices(await app.as('mn.reporter'), '还没开通的接口')).toEqual([]);

    await scheduled(id, 'ok');
    expect(await told('还没开通的接口')).toEqual(['kz.reporter SILENCE', 'kz.reporter RECOVERY']);
    expect((await notices(reporter, '还没开通的接口'))[0]).toMatchObject({ kind: 'RECOVERY', sentenceZh: '又取到数据了。', sentenceEn: 'It brings values again.' });
    expect((await shown(id)).silentSince).toBeNull();
    // It goes on well: nothing more is told. Silent anew, it takes three again.
    await scheduled(id, 'ok');
    await scheduled(id, 'empty');
    await scheduled(id, 'empty');
    expect(await told('还没开通的接口')).toHaveLength(2);
    await scheduled(id, 'empty');
    expect(await told('还没开通的接口')).toEqual(['kz.reporter SILENCE', 'kz.reporter RECOVERY', 'kz.reporter SILENCE']);
  }, 120_000);

  it('counts an answer in which nothing of what is bound is to be found, and names what was looked for', async () => {
    const id = await source('编码改了的系统');
    upstream.say([{ key: 'somebody-else', value: 5 }]);
    try {
      for (let times = 0; times < 3; times += 1) await scheduled(id, 'ok');
      expect((await notices(reporter, '编码改了的系统'))[0]?.sentenceZh).toContain('没有编码为“urban-rural-pension”的行，有的是：somebody-else。请核对编码。');
      // One of the two is there again: that is a value.
      upstream.say([{ key: 'work-injury', value: 99900 }]);
      await scheduled(id, 'ok');
      expect(await told('编码改了的系统')).toEqual(['kz.reporter SILENCE', 'kz.reporter RECOVERY']);
    } finally { upstream.say([{ key: 'urban-rural-pension', value: 264000 }, { key: 'work-injury', value: 99900 }]); }
  }, 120_000);

  it('does not count what a person asked for, but a value that a person fetched ends the row', async () => {
    const id = await source('有人自己去取');
    await scheduled(id, 'empty');
    await scheduled(id, 'empty');
    await byHand(id, 'empty');
    expect(await told('有人自己去取')).toEqual([]);
    // The person's own pull brings something: two more are two, not four.
    await byHand(id, 'ok');
    await scheduled(id, 'empty');
    await scheduled(id, 'empty');
    await byHand(id, 'empty');
    expect(await told('有人自己去取')).toEqual([]);
    await scheduled(id, 'empty');
    expect(await told('有人自己去取')).toEqual(['kz.reporter SILENCE']);
    await byHand(id, 'empty');
    expect(await told('有人自己去取')).toEqual(['kz.reporter SILENCE']);
    await byHand(id, 'ok');
    expect(await told('有人自己去取')).toEqual(['kz.reporter SILENCE', 'kz.reporter RECOVERY']);
  }, 120_000);

  it('a pull that failed in between breaks the row: that is another trouble, told as such', async () => {
    const id = await source('时而出错的系统');
    await scheduled(id, 'empty');
    await scheduled(id, 'empty');
    expect(await scheduled(id, 'garbage')).toBe('FAILED');
    await scheduled(id, 'empty');
    await scheduled(id, 'empty');
    expect(await told('时而出错的系统')).toEqual([]);
    await scheduled(id, 'empty');
    expect(await told('时而出错的系统')).toEqual(['kz.reporter SILENCE']);
    // Words where a number is expected are no value: nobody is told that values come again.
    await scheduled(id, 'wrong');
    expect(await told('时而出错的系统')).toEqual(['kz.reporter SILENCE']);
  }, 120_000);

  it('one that was taken back between two says nothing either way', async () => {
    const id = await source('中间取消过一次');
    await scheduled(id, 'empty');
    await scheduled(id, 'empty');
    await world.dataSource.query(
      `insert into pull_run (id, source_id, period_id, state, failure_kind, failure_zh, failure_en, requested_at, started_at, finished_at) values ($1, $2, $3, 'FAILED', 'CANCELLED', '已取消', 'cancelled', $4, $4, $4)`,
      [newId(), id, world.periods[3], clock.now()]);
    await scheduled(id, 'empty');
    expect(await told('中间取消过一次')).toEqual(['kz.reporter SILENCE']);
  }, 120_000);

  it('a third pull that two workers have in hand at once is told once', async () => {
    const id = await source('两个进程同时取');
    await scheduled(id, 'empty');
    await scheduled(id, 'empty');
    const run = newId();
    await world.dataSource.query('insert into pull_run (id, source_id, period_id, requested_at) values ($1, $2, $3, $4)', [run, id, world.periods[3], clock.now()]);
    const pulling = app.app.get(RunPull, { strict: false });
    const hand = () => pulling.run(run, () => Promise.resolve(), () => Promise.resolve(false));
    await Promise.all([hand(), hand()]);
    expect(await told('两个进程同时取')).toEqual(['kz.reporter SILENCE']);
    expect((await notices(reporter, '两个进程同时取'))[0]?.sentenceZh).toContain('按定时连续取数 3 次');
  }, 120_000);

  it('is told to those who stand in where the owner has left, and taken away with its source', async () => {
    const id = await source('负责人走了的来源');
    await world.dataSource.query('update person set active = false where id = $1', [world.people['kz.reporter']]);
    const second = await app.as('kz.second');
    const mine = reporter;
    reporter = second;
    try {
      for (let times = 0; times < 3; times += 1) await scheduled(id, 'empty');
      expect(await told('负责人走了的来源')).toEqual(['kz.second SILENCE']);
    } finally {
      reporter = mine;
      await world.dataSource.query('update person set active = true');
    }
    // Nothing ever came of it: it may be deleted, and nobody is asked to mend what is gone.
    expect((await second.send('DELETE', `/api/pull-sources/${id}`)).status).toBe(204);
    expect(await notices(second, '负责人走了的来源')).toEqual([]);
  }, 120_000);
});
