import type { JobCause, JobRunList, JobRunView, Problem, PullSourceView, WorkView } from '@jiheng/contract';
import { type FakeSource, startFakeSource } from '../../../../tools/fake-source/server';
import type { Client } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { runPull } from './run-pull.job';

describe('a failed pull whose source works again', () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  let reporter: Client;
  const ids: Record<string, string> = {};

  const jobs = async (): Promise<readonly JobRunView[]> => (await reporter.get<JobRunList>('/api/jobs')).body.jobs;
  const causes = async (): Promise<readonly JobCause[]> => (await reporter.get<{ causes: JobCause[] }>('/api/jobs/causes')).body.causes;
  const failures = async (): Promise<readonly string[]> => (await reporter.get<WorkView>('/api/work')).body.items.filter((item) => item.kind === 'FAILED_JOB').map((item) => item.title);
  const pulled = async (name: string, quarter: number): Promise<JobRunView> => {
    const { body } = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${ids[name]}/runs`, { periodId: world.periods[quarter - 1] });
    return waitFor('the pull', async () => (await jobs()).find((one) => one.id === body.jobRunId && (one.state === 'DONE' || one.state === 'FAILED')) ?? null, 20_000);
  };

  beforeAll(async () => {
    Object.assign(runPull, { backoffMs: 50 });
    world = await aWorld({ opened: [3, 4] });
    upstream = await startFakeSource();
    app = await world.start({ role: 'all', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*' } });
    reporter = await app.as('kz.reporter');
    for (const name of ['甲系统', '乙系统']) {
      ids[name] = (await reporter.post<PullSourceView>('/api/pull-sources', {
        unitId: world.units.kz, name, kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }],
      })).body.id;
    }
  });
  afterAll(async () => {
    await app?.stop();
    await upstream?.stop();
    await world?.stop();
  });

  it('asks to be tried again until a pull of the same source succeeds, of whichever quarter; then it is history', async () => {
    upstream.behave('garbage');
    const failed = { 甲系统: await pulled('甲系统', 3), 乙系统: await pulled('乙系统', 3) };
    expect(await causes()).toEqual([expect.objectContaining({ count: 2, retryable: 2 })]);
    expect(failed.甲系统).toMatchObject({ state: 'FAILED', overtaken: false, retryable: true });
    upstream.behave('ok');
    expect((await pulled('甲系统', 4)).state).toBe('DONE');
    expect(await causes()).toEqual([expect.objectContaining({ count: 1, retryable: 1, titles: [expect.objectContaining({ zh: '取数：乙系统（第三季度）' })] })]);
    expect(await failures()).toEqual(['取数：乙系统（第三季度）']);
    const shown = (await jobs()).find((one) => one.id === failed.甲系统.id);
    expect(shown).toMatchObject({ state: 'FAILED', overtaken: true, retryable: false, failureZh: failed.甲系统.failureZh });
    expect((await jobs()).find((one) => one.id === failed.乙系统.id)).toMatchObject({ overtaken: false, retryable: true });
    // "All of them again" leaves it alone.
    expect((await reporter.post<{ retried: number }>('/api/jobs/causes/retry', { name: 'run-pull', code: 'pull.unreadable-body' })).body.retried).toBe(1);
    await waitFor('the other one', async () => ((await jobs()).find((one) => one.id === failed.乙系统.id)?.state === 'DONE' ? true : null), 20_000);
    expect((await reporter.post<Problem>('/api/jobs/causes/retry', { name: 'run-pull', code: 'pull.unreadable-body' })).body.code).toBe('house.job-not-retryable');
    expect([await causes(), await failures()]).toEqual([[], []]);
  }, 60_000);

  it('asks again when it fails anew', async () => {
    upstream.behave('garbage');
    expect(await pulled('甲系统', 4)).toMatchObject({ state: 'FAILED', overtaken: false });
    expect(await causes()).toEqual([expect.objectContaining({ count: 1 })]);
  }, 60_000);
});
