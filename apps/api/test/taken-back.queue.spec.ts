import type { DocumentImportView, JobRunView, ScoringRunAsked } from '@jiheng/contract';
import { type Client, type TestApp, startApp } from './http-app';
import { type Province, aProvince } from './province';
import { waitFor } from './wait-for';

// Nobody works yet: what people ask for waits, and they think better of it. Then the workers come.
describe('a job taken back before a worker had it', () => {
  let province: Province;
  let desk: TestApp;
  let workers: TestApp | null = null;
  let client: Client;
  const rows = <T = Record<string, unknown>>(sql: string, params: unknown[] = []): Promise<T[]> => province.database.dataSource.query<T[]>(sql, params);
  const askRegion = async (): Promise<ScoringRunAsked> => (await client.post<ScoringRunAsked>('/api/scoring-runs', { unitId: province.unitId, fiscalYear: 2024, periodOrdinal: 4 })).body;
  const takeBack = async (jobRunId: string | null | undefined): Promise<number> => (await client.post(`/api/jobs/${jobRunId ?? ''}/cancel`)).status;

  beforeAll(async () => {
    province = await aProvince({ units: 3, tables: 2, seed: 5 });
    await rows(`insert into role_assignment (person_id, role, unit_id) select id, 'reporter', $1 from person where login = $2`, [province.unitId, province.login]);
    desk = await startApp({ url: province.database.url, role: 'api', today: '2025-01-20' });
    client = await desk.signedIn(province.login, province.password);
  }, 120_000);
  afterAll(async () => {
    await workers?.stop();
    await desk?.stop();
    await province?.stop();
  });

  it('leaves no run that keeps a region from ever being scored again, and no document that is read for ever', async () => {
    const asked = await askRegion();
    const document = (await client.upload<DocumentImportView>('/api/imports', { name: '目标表.csv', bytes: Buffer.from('一级指标,二级指标,三级指标,指标值,分值\n') })).body;
    expect([await takeBack(asked.jobRunId), await takeBack(document.jobRunId)]).toEqual([204, 204]);

    workers = await startApp({ url: province.database.url, role: 'all', today: '2025-01-20' });
    await waitFor('the run to be ended', async () => (await rows('select state from bulk_run'))[0]?.['state'] === 'CANCELLED');
    await waitFor('the document to be given up', async () => (await client.get<DocumentImportView>(`/api/imports/${document.id}`)).body.state !== 'READING');
    const read = (await client.get<DocumentImportView>(`/api/imports/${document.id}`)).body;
    expect([read.state, read.refusal?.zh]).toEqual(['REFUSED', '任务已取消；需要时请重新提出。']);

    const again = await askRegion();
    expect(again.runId).not.toBe(asked.runId);
    const ended = await waitFor('the next run', async () => {
      const job = (await client.get<{ jobs: JobRunView[] }>('/api/jobs')).body.jobs.find((one) => one.id === again.jobRunId);
      return job?.state === 'DONE' || job?.state === 'FAILED' ? job : null;
    }, 60_000);
    expect([ended.state, ended.done]).toEqual(['DONE', ended.total]);
    expect(await rows('select count(*)::integer as n from score_request where score_id is not null')).toEqual([{ n: ended.total }]);

    // Whoever cancelled it may have it go on all the same: it was never cut, and is cut now.
    expect((await client.post(`/api/jobs/${asked.jobRunId ?? ''}/retry`)).status).toBe(204);
    const wentOn = await waitFor('the first run', async () => (await client.get<{ jobs: JobRunView[] }>('/api/jobs')).body.jobs.find((one) => one.id === asked.jobRunId && one.state === 'DONE') ?? null, 60_000);
    expect([wentOn.done, wentOn.total]).toEqual([ended.total, ended.total]);
  }, 120_000);

  it('does so even where the word was lost with the queue: who asks next ends what is nobody\'s', async () => {
    const [{ id } = { id: '' }] = await rows<{ id: string }>(`insert into job_run (id, name, title_zh, title_en, unit_id, state, created_at) select gen_random_uuid(), name, title_zh, title_en, unit_id, 'CANCELLED', now() from job_run where name = 'score-region' limit 1 returning id`);
    await rows(`insert into bulk_run (id, unit_id, fiscal_year, period_ordinal, job_run_id, state, created_at) values (gen_random_uuid(), $1, 2024, 4, $2, 'RUNNING', now())`, [province.unitId, id]);
    const asked = await askRegion();
    expect(asked.jobRunId).not.toBe(id);
    expect((await rows('select state from bulk_run where job_run_id = $1', [id]))[0]?.['state']).toBe('CANCELLED');
  }, 60_000);
});
