import type { JobCause, JobNoticeView, JobRunList, Problem, PullSourceView, WorkView } from '@jiheng/contract';
import { type FakeSource, startFakeSource } from '../../../../tools/fake-source/server';
import { hasEnded, listedJob } from '../../test/as-listed';
import type { Client } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { ForgetOldJobs } from '../platform/queue/forget-old-jobs';
import { runPull } from './run-pull.job';

describe('sources that fail, seen from the page of jobs', () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  let reporter: Client;
  let second: Client;
  const ids: string[] = [];

  const start = async (id: string): Promise<string> => (await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] })).body.jobRunId;
  const ended = (jobId: string) => listedJob(reporter, jobId, hasEnded, 30_000);
  const notices = async (client: Client): Promise<readonly JobNoticeView[]> => (await client.get<{ notices: JobNoticeView[] }>('/api/jobs/notices')).body.notices;
  const causes = async (client: Client): Promise<readonly JobCause[]> => (await client.get<{ causes: JobCause[] }>('/api/jobs/causes')).body.causes;

  beforeAll(async () => {
    Object.assign(runPull, { backoffMs: 50 });
    world = await aWorld({ opened: [4] });
    upstream = await startFakeSource();
    app = await world.start({ role: 'all', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*' } });
    reporter = await app.as('kz.reporter');
    second = await app.as('kz.second');
    for (const name of ['甲系统', '乙系统', '丙系统']) {
      ids.push((await reporter.post<PullSourceView>('/api/pull-sources', {
        unitId: world.units.kz, name, kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }],
      })).body.id);
    }
  });
  afterAll(async () => {
    await app?.stop();
    await upstream?.stop();
    await world?.stop();
  });

  it('gathers the failed jobs by their cause, in plain words, with who can mend it', async () => {
    upstream.behave('unauthorised');
    for (const id of ids) await ended(await start(id));
    upstream.behave('ok');
    expect(await causes(reporter)).toEqual([expect.objectContaining({
      name: 'run-pull', code: 'pull.not-allowed', count: 3, retryable: 0, held: 3, mender: 'source-owner', zh: '3 个取数来源拒绝访问（401），请各来源的负责人核对授权后再取数。',
      titles: ['丙', '乙', '甲'].map((name) => expect.objectContaining({ zh: `取数：${name}系统（第四季度）` })),
      // Refused, they were paused: each is resumed where it is, before another try can pass.
      subjectTotal: 3, subjects: ['丙', '乙', '甲'].map((name, at) => ({
        zh: `${name}系统`, en: `${name}系统`, link: '/sources', fragment: `source-${ids[2 - at] ?? ''}`, count: 1,
        held: { code: 'pull.source-paused', zh: `取数来源“${name}系统”已暂停，没有取数。请先排除故障并恢复取数，再取数或重试。`, en: expect.any(String) },
      })),
    })]);
    // A colleague sees them and may not try them again; another unit sees nothing.
    expect(await causes(second)).toEqual([expect.objectContaining({ count: 3, retryable: 0, held: 0 })]);
    expect(await causes(await app.as('mn.reporter'))).toEqual([]);
    expect((await second.post<Problem>('/api/jobs/causes/retry', { name: 'run-pull', code: 'pull.not-allowed' })).body.code).toBe('house.job-not-retryable');
  });

  it('tells the owner once per outage, however often it is tried', async () => {
    expect((await notices(reporter)).map((notice) => [notice.kind, notice.title])).toEqual(['丙', '乙', '甲'].map((name) => ['OUTAGE', `取数：${name}系统（第四季度）`]));
    expect(await notices(second)).toEqual([]);
    upstream.behave('unauthorised');
    await reporter.post(`/api/pull-sources/${ids[0] ?? ''}/resume`);
    await ended(await start(ids[0] ?? ''));
    expect(await notices(reporter)).toHaveLength(3);
    upstream.behave('ok');
  });

  it('does not try again what cannot pass: whoever presses hears what to do first, and the job stays with its cause', async () => {
    const jobs = async () => (await reporter.get<JobRunList>('/api/jobs?state=FAILED')).body.jobs;
    const before = await jobs();
    const one = before.find((job) => job.title.includes('乙系统'));
    const refused = await reporter.post<Problem>(`/api/jobs/${one?.id ?? ''}/retry`);
    expect([refused.status, refused.body.code, refused.body.params['sourceId'], refused.body.sentence]).toEqual([422, 'pull.source-paused', ids[1], {
      zh: '取数来源“乙系统”已暂停，没有取数。请先排除故障并恢复取数，再取数或重试。', en: 'The source “乙系统” is paused; nothing was pulled. First mend the cause and resume it, then pull or try again.',
    }]);
    const all = await reporter.post<Problem>('/api/jobs/causes/retry', { name: 'run-pull', code: 'pull.not-allowed' });
    expect([all.status, all.body.code]).toEqual([422, 'pull.source-paused']);
    expect(await jobs()).toEqual(before);
    expect((await causes(reporter)).map((cause) => cause.code)).toEqual(['pull.not-allowed']);
  });

  it('says of three sources of which one was resumed that one can be tried again and two not yet, and tries this one', async () => {
    await reporter.post(`/api/pull-sources/${ids[1] ?? ''}/resume`);
    await reporter.post(`/api/pull-sources/${ids[0] ?? ''}/pause`);
    const [cause] = await causes(reporter);
    // The first source failed twice.
    expect([cause?.count, cause?.retryable, cause?.held, cause?.subjects.map((one) => [one.zh, one.count, one.held?.code ?? null])]).toEqual([4, 1, 3, [
      ['甲系统', 2, 'pull.source-paused'], ['丙系统', 1, 'pull.source-paused'], ['乙系统', 1, null]]]);
    upstream.behave('unauthorised');
    const retried = await reporter.post<{ retried: number }>('/api/jobs/causes/retry', { name: 'run-pull', code: 'pull.not-allowed' });
    expect([retried.status, retried.body.retried]).toEqual([200, 1]);
    await waitFor('the one that was tried again', async () => ((await causes(reporter))[0]?.held === 4 ? true : null), 30_000);
    upstream.behave('ok');
  }, 60_000);

  it('puts a notice away for the one it was for', async () => {
    const [first] = await notices(reporter);
    expect((await second.post(`/api/jobs/notices/${first?.id ?? ''}/read`)).status).toBe(404);
    expect((await reporter.post(`/api/jobs/notices/${first?.id ?? ''}/read`)).status).toBe(204);
    expect(await notices(reporter)).toHaveLength(2);
  });

  it('tries all of a cause again once it is mended, and tells that it works again', async () => {
    for (const id of ids) await reporter.post(`/api/pull-sources/${id}/resume`);
    await world.dataSource.query(`update job_run set started_at = started_at - interval '102 seconds' where state = 'FAILED'`);
    // The first source failed twice: its older attempt may not stand in the way of the newer one.
    const retried = await reporter.post<{ retried: number }>('/api/jobs/causes/retry', { name: 'run-pull', code: 'pull.not-allowed' });
    expect([retried.status, retried.body.retried]).toEqual([200, 4]);
    await waitFor('all of them', async () => {
      const { jobs } = (await reporter.get<JobRunList>('/api/jobs')).body;
      return jobs.every((job) => job.state === 'DONE') ? true : null;
    }, 30_000);
    // The time that a job lay there failed is nobody's work.
    for (const { startedAt, finishedAt } of (await reporter.get<JobRunList>('/api/jobs')).body.jobs) expect(Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')).toBeLessThan(60_000);
    expect(await causes(reporter)).toEqual([]);
    expect((await notices(reporter)).map((notice) => notice.kind).sort()).toEqual(['OUTAGE', 'OUTAGE', 'RECOVERY', 'RECOVERY', 'RECOVERY']);
    const work = (await reporter.get<WorkView>('/api/work')).body.items.filter((item) => item.kind === 'NOTICE');
    expect(work.map((item) => item.detailZh)).toEqual(expect.arrayContaining(['已恢复正常。']));
    // Works all along: nothing more is told.
    await ended(await start(ids[1] ?? ''));
    expect((await notices(reporter)).filter((notice) => notice.kind === 'RECOVERY')).toHaveLength(3);
  }, 60_000);

  it('narrows the list by kind, day and words', async () => {
    const count = async (query: string): Promise<number> => (await reporter.get<JobRunList>(`/api/jobs?${query}`)).body.jobs.length;
    expect(await count('name=run-pull&from=2025-01-09&to=2025-01-09')).toBe(5);
    expect(await count('name=render-report')).toBe(0);
    expect(await count('from=2025-01-10')).toBe(0);
    expect(await count(`q=${encodeURIComponent('乙系统')}`)).toBe(2);
    // By the name that stands in each line: of whoever asked for it, or of the house where nobody did.
    expect(await count(`q=${encodeURIComponent('填报人甲')}`)).toBe(5);
    expect(await count(`q=${encodeURIComponent('填报人乙')}`)).toBe(0);
    await world.dataSource.query(`update job_run set requested_by = (select id from person where login = 'kz.second') where title_zh like '%丙系统%'`);
    expect(await count(`q=${encodeURIComponent('填报人乙')}&name=run-pull`)).toBe(1);
    await world.dataSource.query(`update job_run set requested_by = null where title_zh like '%丙系统%'`);
    expect(await count(`q=${encodeURIComponent('系统')}`)).toBe(5);
    expect(await count('q=system')).toBe(1);
    await world.dataSource.query(`update job_run set requested_by = (select id from person where login = 'kz.reporter') where title_zh like '%丙系统%'`);
    expect((await reporter.get<JobRunList>('/api/jobs')).body.jobs[0]?.unitName).toBe((await world.dataSource.query<{ name: string }[]>('select name from budget_unit where id = $1', [world.units.kz]))[0]?.name);
  });

  it('a pull that was taken back before it began does not block its source', async () => {
    upstream.behave('slow');
    const job = await start(ids[2] ?? '');
    expect((await reporter.post(`/api/jobs/${job}/cancel`)).status).toBe(204);
    upstream.behave('ok');
    const again = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${ids[2] ?? ''}/runs`, { periodId: world.periods[3] });
    expect(again.status).toBe(202);
    expect((await ended(again.body.jobRunId)).state).toBe('DONE');
  }, 60_000);

  it('keeps the history three years and no longer; what a job made stays', async () => {
    const [{ runs }] = await world.dataSource.query<[{ runs: string }]>('select count(*) as runs from pull_run');
    const [job] = (await reporter.get<JobRunList>('/api/jobs?state=DONE')).body.jobs;
    await world.dataSource.query(`update job_run set finished_at = timestamptz '2025-01-09 08:00+08' - interval '3 years 1 day' where id = $1`, [job?.id]);
    await app.app.get(ForgetOldJobs, { strict: false }).handle({}, { signal: new AbortController().signal });
    expect((await reporter.get<JobRunList>('/api/jobs')).body.jobs.map((one) => one.id)).not.toContain(job?.id);
    expect(await world.dataSource.query('select count(*) as runs from pull_run')).toEqual([{ runs }]);
    expect(await world.dataSource.query('select count(*)::int as forgotten from pull_run where job_run_id is null')).toEqual([{ forgotten: 1 }]);
  });
});
