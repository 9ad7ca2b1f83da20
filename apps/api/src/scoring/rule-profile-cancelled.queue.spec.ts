import type { JobRunView, Problem, RuleProfileAssignmentList, RuleProfileAssignmentView, RuleProfileList, RuleProfilePreview, ScoringRunAsked } from '@jiheng/contract';
import { type Client, type TestApp, startApp } from '../../test/http-app';
import { type Province, aProvince } from '../../test/province';
import { waitFor } from '../../test/wait-for';
import { newId } from '../platform/database/new-id';

// 60 units × 5 tables × 4 quarters are five slices, their years one more; one process has four in hand at a time. One quarter and the years are three.
const SIZE = { units: 60, tables: 5, indicators: 3, quarters: 4, seed: 7 };
const IN_HAND = 4;
const ONE_QUARTER = 3;

describe('a run of slices that somebody cancels', () => {
  let province: Province;
  let app: TestApp;
  let admin: Client;
  let finance: Client;
  let reporter: Client;
  let approved: RuleProfileAssignmentView;
  let letGo: (() => Promise<void>) | null = null;

  const rows = <T extends object>(sql: string, params: unknown[] = []): Promise<T[]> => province.database.dataSource.query(sql, params);
  const number = async (sql: string, params: unknown[] = []): Promise<number> => Number((await rows<{ n: number }>(`select count(*)::integer as n from ${sql}`, params))[0]?.n);
  const job = async (id: string | null | undefined, client: Client = admin): Promise<JobRunView | undefined> => (await client.get<{ jobs: JobRunView[] }>('/api/jobs')).body.jobs.find((one) => one.id === id);
  const inState = (id: string | null | undefined, ...states: readonly string[]): Promise<JobRunView> => waitFor(`the job to be ${states.join(' or ')}`, async () => {
    const found = await job(id);
    return found !== undefined && states.includes(found.state) ? found : null;
  }, 60_000);
  const wish = async (name: string) => {
    const profile = (await finance.get<RuleProfileList>('/api/rule-profiles')).body.profiles.find((one) => one.name === name);
    return { scope: { kind: 'UNIT' as const, unitId: province.unitId }, fiscalYear: 2024, profileId: profile?.id ?? '' };
  };
  const scoredBy = (name: string): Promise<number> => number('score_request r join score s on s.id = r.score_id join rule_profile p on p.id = s.profile_id where p.name = $1', [name]);
  const assignment = async (id: string): Promise<RuleProfileAssignmentView | undefined> =>
    (await finance.get<RuleProfileAssignmentList>('/api/rule-profile-assignments?fiscalYear=2024')).body.assignments.find((one) => one.id === id);

  /** From now on no score can be written: every slice that is claimed is at work until it is let go. */
  const hold = async (): Promise<void> => {
    const runner = province.database.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('lock table score in share mode');
    letGo = async () => { letGo = null; await runner.commitTransaction(); await runner.release(); };
  };
  const atWork = (slices: number): Promise<true> => waitFor(`${slices} slices at work`, async () =>
    (await number(`pg_stat_activity where datname = current_database() and application_name = 'jiheng-bulk' and wait_event_type = 'Lock'`)) === slices ? true : null, 20_000);
  const cancelled = async (jobRunId: string | null, runId: string): Promise<void> => {
    expect((await admin.post(`/api/jobs/${jobRunId ?? ''}/cancel`)).status).toBe(204);
    await waitFor('the run to be told', async () => (await number(`bulk_run where id = $1 and state = 'CANCELLED'`, [runId])) === 1);
  };
  /** Another profile for everything, shown, proposed by finance and approved by the administrator. */
  const approve = async (name: string): Promise<RuleProfileAssignmentView> => {
    const asked = await wish(name);
    await inState((await finance.post<RuleProfilePreview>('/api/rule-profile-assignments/preview', asked)).body.jobRunId, 'DONE');
    const { body: { id } } = await finance.post<RuleProfileAssignmentView>('/api/rule-profile-assignments', { ...asked, reason: '省财政厅要求' });
    return (await admin.post<RuleProfileAssignmentView>(`/api/rule-profile-assignments/${id}/decision`, { decision: 'APPROVE', opinion: '同意' })).body;
  };

  beforeAll(async () => {
    province = await aProvince(SIZE);
    await rows(`update monitoring_report set state = 'SUBMITTED'`);
    await rows(`update self_evaluation set state = 'SUBMITTED'`);
    app = await startApp({ url: province.database.url, role: 'all', today: '2025-01-20' });
    admin = await app.signedIn(province.login, province.password);
    for (const login of ['finance', 'reporter']) {
      const id = newId();
      await rows('insert into person (id, login, display_name, password_hash) select $1, $2, $2, password_hash from person where login = $3', [id, login, province.login]);
      await rows('insert into role_assignment (person_id, role, unit_id) values ($1, $2, $3)', [id, login, province.unitId]);
    }
    [finance, reporter] = [await app.signedIn('finance', province.password), await app.signedIn('reporter', province.password)];
  }, 120_000);
  afterEach(async () => { await letGo?.(); });
  afterAll(async () => { await app?.stop(); await province?.stop(); });

  it('when its last slices are at work already is done, and says so: nothing was left to cancel', async () => {
    await hold();
    const { body: { runId, jobRunId } } = await admin.post<ScoringRunAsked>('/api/scoring-runs', { unitId: province.unitId, fiscalYear: 2024, periodOrdinal: 4 });
    await atWork(ONE_QUARTER);
    await cancelled(jobRunId, runId);
    expect(await job(jobRunId)).toMatchObject({ state: 'CANCELLED', done: 0 });
    await letGo?.();
    const documents = 300 + await number('self_evaluation');
    expect(await inState(jobRunId, 'DONE')).toMatchObject({ done: documents, total: documents, retryable: false });
    expect([await number('score_request where score_id is not null'), await rows('select state from bulk_run where id = $1', [runId])]).toEqual([documents, [{ state: 'DONE' }]]);
  }, 120_000);

  it('does not go on while another run of the same region and quarter does its work', async () => {
    await hold();
    const region = { unitId: province.unitId, fiscalYear: 2024, periodOrdinal: 3 };
    const first = (await admin.post<ScoringRunAsked>('/api/scoring-runs', region)).body;
    await waitFor('the quarter to be at work', async () => number(`bulk_run where id = $1 and state = 'RUNNING'`, [first.runId]));
    await cancelled(first.jobRunId, first.runId);
    const second = (await admin.post<ScoringRunAsked>('/api/scoring-runs', region)).body;
    expect(second.runId).not.toBe(first.runId);
    const refused = await admin.post<Problem>(`/api/jobs/${first.jobRunId ?? ''}/retry`);
    expect([refused.status, refused.body.code]).toEqual([422, 'scoring.region-under-way']);
    expect(refused.body.sentence.zh).toContain('2024 年第 3 季度的另一项区域评分正在进行，它会把全部文档评到，不必再继续这一项。');
    await letGo?.();
    expect((await inState(second.jobRunId, 'DONE', 'FAILED')).state).toBe('DONE');
  }, 60_000);

  it('says how much was done when the last hand was off it, and the page of rules that the rest is owed', async () => {
    await hold();
    approved = await approve('MOF-2021-101');
    await atWork(IN_HAND);
    expect((await assignment(approved.id))?.rescoring).toEqual({ done: 0, documents: approved.preview.documents, jobState: 'RUNNING' });
    await cancelled(approved.jobRunId, approved.id);
    await letGo?.();
    const left = await waitFor('the last slices to be done', async () => { const found = await job(approved.jobRunId); return found?.done === IN_HAND * 250 ? found : null; });
    expect(left).toMatchObject({ state: 'CANCELLED', total: approved.preview.documents, retryable: true, cancellable: false });
    expect(await scoredBy('MOF-2021-101')).toBe(IN_HAND * 250);
    expect(await assignment(approved.id)).toMatchObject({ state: 'APPROVED', inForce: true, rescoring: { done: 1000, documents: approved.preview.documents, jobState: 'CANCELLED' } });
    // To assign it once more is no help, and the refusal says what is.
    const again = await finance.post<Problem>('/api/rule-profile-assignments', { ...await wish('MOF-2021-101'), reason: '再提一次' });
    expect([again.status, again.body.code]).toEqual([422, 'rule-profile.not-all-scored']);
    expect(again.body.sentence.zh).toContain(`重新评分没有做完（已完成 1000 / ${approved.preview.documents}）。不必重复指定：请在“后台任务”中让它的评分任务继续。`);
  }, 120_000);

  it('goes on when somebody who may has it go on, with what is left and nothing else', async () => {
    expect((await job(approved.jobRunId, reporter))?.retryable).toBe(false);
    expect((await reporter.post<Problem>(`/api/jobs/${approved.jobRunId ?? ''}/retry`)).body.code).toBe('house.not-allowed');
    const done = (): Promise<{ at: string }[]> => rows(`select ordinal || ' ' || finished_at as at from bulk_slice where run_id = $1 and state = 'DONE' order by ordinal`, [approved.id]);
    const before = await done();
    expect((await admin.post(`/api/jobs/${approved.jobRunId ?? ''}/retry`)).status).toBe(204);
    expect(await inState(approved.jobRunId, 'DONE', 'FAILED')).toMatchObject({ state: 'DONE', done: approved.preview.documents, total: approved.preview.documents });
    expect([before.length, (await done()).slice(0, IN_HAND)]).toEqual([IN_HAND, before]);
    expect(await scoredBy('MOF-2021-101')).toBe(approved.preview.documents);
    expect((await assignment(approved.id))?.rescoring).toBeNull();
    expect(await number(`audit_event where action = 'job.continued'`)).toBe(1);
  }, 120_000);

  it('goes on even where somebody thinks better of it before its last slices are done, and is done once and whole', async () => {
    await hold();
    const back = await approve('MOF-2020-10');
    await atWork(IN_HAND);
    await cancelled(back.jobRunId, back.id);
    expect((await admin.post(`/api/jobs/${back.jobRunId ?? ''}/retry`)).status).toBe(204);
    await inState(back.jobRunId, 'RUNNING');
    await letGo?.();
    expect(await inState(back.jobRunId, 'DONE', 'FAILED')).toMatchObject({ state: 'DONE', done: back.preview.documents, total: back.preview.documents });
    expect([await scoredBy('MOF-2020-10'), await number(`bulk_slice where run_id = $1 and state <> 'DONE'`, [back.id])]).toEqual([back.preview.documents, 0]);
  }, 120_000);

  it('of a kind that cannot go on is said to be over, with what to do instead', async () => {
    const id = newId();
    await rows(`insert into job_run (id, name, title_zh, title_en, unit_id, state, finished_at) values ($1, 'read-document', '识别文件', 'Read', $2, 'CANCELLED', now())`, [id, province.unitId]);
    expect((await job(id))?.retryable).toBe(false);
    const refused = await admin.post<Problem>(`/api/jobs/${id}/retry`);
    expect([refused.status, refused.body.code, refused.body.sentence.zh]).toEqual([422, 'house.job-cancelled-for-good', '这项任务已取消，不能继续；仍需要时，请在原来的页面重新提出。']);
  });
});
