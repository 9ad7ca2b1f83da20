import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobCause, JobNoticeView, JobRunView, PullSourceView } from '@jiheng/contract';
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

const WHOLE = '指标,数值\n参保,264000\n';

// A neighbour's export writes its file for a quarter of an hour, every night.
for (const { backend, there } of [{ backend: 'postgres', there: true }, { backend: 'redis', there: redisIsThere() }]) (there ? describe : describe.skip)(`a file that is still being written (${backend})`, () => {
  let world: World;
  let app: WorldApp;
  let redis: TestRedis | null = null;
  let root: string;
  let reporter: Client;
  let second: Client;
  let writing: NodeJS.Timeout | null = null;

  const beginWriting = async (name: string): Promise<void> => {
    await writeFile(join(root, 'shared', name), WHOLE);
    writing = setInterval(() => { void appendFile(join(root, 'shared', name), '\n'); }, 30);
  };
  const endWriting = (): void => { if (writing !== null) clearInterval(writing); writing = null; };
  const source = async (name: string): Promise<string> => (await reporter.post<PullSourceView>('/api/pull-sources', {
    unitId: world.units.kz, name, kind: 'SHEET_FOLDER', place: `shared/${name}.csv`, keyField: '指标', valueField: '数值', mappings: [{ indicatorKey: 'KZ-U6', field: '参保', unit: '人' }],
  })).body.id;
  const seen = (id: string) => listedSource(reporter, id);
  const start = async (id: string): Promise<string> => (await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] })).body.jobRunId;
  const job = (jobId: string, is: (one: JobRunView) => boolean): Promise<JobRunView> => listedJob(reporter, jobId, is, 30_000);
  const notices = async (client: Client): Promise<readonly string[]> => (await client.get<{ notices: JobNoticeView[] }>('/api/jobs/notices')).body.notices.map((one) => `${one.kind} ${one.title}`);
  const kinds = async (id: string): Promise<readonly (string | null)[]> => (await world.dataSource.query<{ kind: string | null }[]>('select failure_kind as kind from pull_run where source_id = $1 order by requested_at, id', [id])).map(({ kind }) => kind);

  beforeAll(async () => {
    Object.assign(runPull, { backoffMs: 40 });
    Object.assign(ringDueSchedules, { everyMs: 3_600_000 });
    if (backend === 'redis') redis = await startRedis();
    root = await mkdtemp(join(tmpdir(), 'unsettled-pull-'));
    await mkdir(join(root, 'shared'));
    world = await aWorld({ opened: [4] });
    app = await world.start({
      role: 'all', today: '2025-01-09', env: { PULL_FOLDER_ROOT: root, JIHENG_DEMONSTRATION: '1', ...(redis === null ? {} : { REDIS_URL: redis.url, REDIS_PREFIX: `test-${newId()}` }) },
    });
    [reporter, second] = [await app.as('kz.reporter'), await app.as('kz.second')];
  });
  afterAll(async () => {
    endWriting();
    await app?.stop();
    await redis?.stop();
    await world?.stop();
    await rm(root, { recursive: true, force: true });
  });
  afterEach(endWriting);

  it('and is whole at the last of four looks is read, pauses nothing and tells nobody; until then it says when it is looked at again', async () => {
    const id = await source('写到最后一刻');
    await beginWriting('写到最后一刻.csv');
    const jobId = await start(id);
    const waiting = await job(jobId, (one) => one.state === 'WAITING' && one.attempts === 3);
    expect(waiting.failureZh).toMatch(/^取数来源“写到最后一刻”的文件“shared\/写到最后一刻\.csv”正在写入或刚被移走，没有读取，以免读到半份数据。将于 2025-01-09 \d\d:\d\d（北京时间）自动重试（第 4 次，共 4 次），不需要处理/u);
    endWriting();
    expect(await job(jobId, hasEnded)).toMatchObject({ state: 'DONE', attempts: 4, failureZh: null });
    expect([(await seen(id))?.state, await notices(reporter), await kinds(id)]).toEqual(['ACTIVE', [], [null]]);
  }, 60_000);

  it('at all four is the source\'s side and no fault of ours: paused, said in plain words, told once to whoever answers for it; at its next moment it is read, and that is told as well', async () => {
    const id = await source('整夜在写');
    const clock = app.app.get(Clock);
    const ring = app.app.get(RingDueSchedules, { strict: false });
    await reporter.put(`/api/pull-sources/${id}/schedule`, { rule: { kind: 'CRON', cron: '0 3 * * *' }, window: null, minGapMinutes: 10, expectedRevision: 0 });
    await beginWriting('整夜在写.csv');
    const failed = await job(await start(id), hasEnded);
    expect(failed).toMatchObject({ state: 'FAILED', attempts: 4, mender: 'source-owner', retryable: true });
    expect(failed.failureZh).toMatch(/^取数来源“整夜在写”的文件“shared\/整夜在写\.csv”每次去取都正在写入或刚被移走，没有读取，以免读到半份数据。共试 4 次，已于 2025-01-09 \d\d:\d\d（北京时间）暂停取数。请文件夹的提供方写完后再放入（先写到别处再移入）/u);
    expect(failed.failureEn).toMatch(/^Whenever it was looked at, the file “shared\/整夜在写\.csv” of “整夜在写” was being written .* paused since 2025-01-09 \d\d:\d\d \(Beijing time\)\. /u);
    expect([await kinds(id), (await seen(id))?.state, (await seen(id))?.switchedOff, (await seen(id))?.pauseReason]).toEqual([['SOURCE_AWAY'], 'PAUSED', false, failed.failureZh]);
    const causes = (await reporter.get<{ causes: JobCause[] }>('/api/jobs/causes')).body.causes;
    expect(causes.map(({ code, mender, count }) => [code, mender, count])).toEqual([['pull.file-unsettled-paused', 'source-owner', 1]]);
    const told = ['OUTAGE 取数：整夜在写（第四季度）'];
    await waitFor('the notice', async () => (await notices(reporter)).length > 0, 10_000);
    expect([await notices(reporter), await notices(second)]).toEqual([told, []]);

    // The next night it is being written still: looked at four times, paused again, and nobody is told anew.
    clock.holdAt('2025-01-11');
    expect(await ring.ring()).toBe(1);
    await waitFor('the second night', async () => ((await kinds(id)).length === 2 && (await seen(id))?.lastRun?.state === 'FAILED' ? true : null), 30_000);
    expect([await kinds(id), (await seen(id))?.state, await notices(reporter)]).toEqual([['SOURCE_AWAY', 'SOURCE_AWAY'], 'PAUSED', told]);

    endWriting();
    clock.holdAt('2025-01-13');
    expect(await ring.ring()).toBe(1);
    await waitFor('the recovery', async () => ((await seen(id))?.lastRun?.state === 'DONE' ? true : null), 30_000);
    expect([(await seen(id))?.state, (await seen(id))?.lastRun?.observations]).toEqual(['ACTIVE', 1]);
    await waitFor('the news', async () => (await notices(reporter)).includes('RECOVERY 取数：整夜在写（第四季度）'), 10_000);
    expect((await reporter.get<{ causes: JobCause[] }>('/api/jobs/causes')).body.causes).toEqual([]);
    clock.holdAt('2025-01-09');
  }, 120_000);

  it('is tried at once when a person knows that it is whole now', async () => {
    Object.assign(runPull, { backoffMs: 20_000 });
    try {
      const id = await source('刚刚写完');
      await beginWriting('刚刚写完.csv');
      const jobId = await start(id);
      const waiting = await job(jobId, (one) => one.state === 'WAITING' && one.attempts === 1);
      expect(waiting.failureZh).toContain('文件已经写完的，可在“取数来源”中立即重试。');
      endWriting();
      expect(await start(id)).toBe(jobId);
      expect(await job(jobId, hasEnded)).toMatchObject({ state: 'DONE', attempts: 2 });
    } finally { Object.assign(runPull, { backoffMs: 40 }); }
  }, 60_000);

  it('on the other side, a fault of ours pauses no source, and is the administrator\'s', async () => {
    const id = await source('本系统的故障');
    await writeFile(join(root, 'shared', '本系统的故障.csv'), WHOLE);
    // The database itself refuses to keep what came.
    await world.dataSource.query(`create function refuse_it() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$; create trigger refuse_it before insert on observation for each row execute function refuse_it();`);
    try {
      const failed = await job(await start(id), hasEnded);
      expect(failed).toMatchObject({ state: 'FAILED', mender: 'administrator' });
      expect([await kinds(id), (await seen(id))?.state]).toEqual([['FAULT'], 'ACTIVE']);
    } finally { await world.dataSource.query('drop trigger refuse_it on observation; drop function refuse_it()'); }
  }, 60_000);
});
