import { randomUUID } from 'node:crypto';
import type { JobRunList, MonitoringReportView, Problem, PullSourceView, ScoreView, WorkView } from '@jiheng/contract';
import { type FakeSource, startFakeSource } from '../../../../tools/fake-source/server';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';
import type { Client } from '../../test/http-app';

// House §10: one datum followed through the server, KZ-U6 of the seeds, fourth quarter of 2024, with real PostgreSQL and the real queue.
describe('26.4万人 on its way through the house', () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  let reporter: Client;
  let manager: Client;
  let report: string;
  let source: PullSourceView;

  const view = async (): Promise<MonitoringReportView> => (await reporter.get<MonitoringReportView>(`/api/monitoring-reports/${report}`)).body;
  const row = async (key: string) => {
    const found = (await view()).rows.find((one) => one.indicator.key === key);
    if (found === undefined) throw new Error(`no row ${key}`);
    return found;
  };
  const type = async (key: string, magnitude: string, unit: string) => {
    const { indicator, current } = await row(key);
    const answer = await reporter.put(`/api/monitoring-reports/${report}/actuals/${indicator.id}`, { requestId: randomUUID(), expectedRevision: current?.revision ?? 0, actual: { kind: 'REPORTED', magnitude, unit } });
    expect(answer.status).toBe(200);
  };
  const move = async (client: Client, name: string, more: { opinion?: string; scoreId?: string | null } = {}) =>
    client.post<Problem & { state: string; moves: string[] }>(`/api/monitoring-reports/${report}/moves`, { move: name, expectedRevision: (await view()).revision, ...more });
  const scored = (key: string, points: string) => waitFor(`${key} = ${points}`, async () => {
    const { score } = await row(key);
    return score?.points === points ? score : null;
  });
  const pull = async () => {
    const started = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${source.id}/runs`, { periodId: world.periods[3] });
    expect([started.status, started.body]).toEqual([202, expect.objectContaining({ jobRunId: expect.any(String) })]);
    return waitFor('the pull', async () => {
      const { jobs } = (await reporter.get<JobRunList>('/api/jobs')).body;
      const job = jobs.find((one) => one.id === started.body.jobRunId);
      return job?.state === 'DONE' || job?.state === 'FAILED' ? job : null;
    });
  };
  const count = async (sql: string, params: unknown[] = []): Promise<number> => Number((await world.dataSource.query<{ n: string }[]>(sql, params))[0]?.n);

  beforeAll(async () => {
    world = await aWorld({ opened: [4] });
    upstream = await startFakeSource();
    app = await world.start({ role: 'all', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*' } });
    reporter = await app.as('kz.reporter');
    manager = await app.as('kz.manager');
    report = world.report('KZ-U', 4);
  });
  afterAll(async () => {
    await app?.stop();
    await upstream?.stop();
    await world?.stop();
  });

  it('a source is named, with what of it goes where', async () => {
    const made = await reporter.post<PullSourceView>('/api/pull-sources', {
      unitId: world.units.kz, name: '社保业务系统', kind: 'HTTP_JSON', place: `${upstream.url}/insured?period={period}`, rowsPath: '$.rows[*]', keyField: 'key', valueField: 'value',
      mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }, { indicatorKey: 'KZ-U1', field: 'coverage', unit: '%' }],
    });
    expect(made.status).toBe(201);
    source = made.body;
    expect(source.mappings.map((mapping) => mapping.indicatorName)).toEqual(['城乡居民养老保险参保人数达到', '参保覆盖率']);
    const forbidden = await reporter.post<Problem>('/api/pull-sources', {
      unitId: world.units.kz, name: '元数据', kind: 'HTTP_JSON', place: 'http://169.254.169.254/latest', mappings: [],
    });
    expect(forbidden.body.code).toBe('pull.address-forbidden');
    const neighbour = await app.as('mn.reporter');
    expect((await neighbour.get<{ sources: unknown[] }>('/api/pull-sources')).body.sources).toEqual([]);
    expect((await neighbour.post<Problem>(`/api/pull-sources/${source.id}/runs`, { periodId: world.periods[3] })).status).toBe(404);
  });

  it('264000 persons become a candidate of 26.4万人 beside an empty cell; what the source said is kept verbatim', async () => {
    expect((await pull()).state).toBe('DONE');
    const { candidate, current } = await row('KZ-U6');
    expect(current).toBeNull();
    expect(candidate).toMatchObject({ actual: { kind: 'REPORTED', magnitude: '26.4', unit: '万人' }, verbatim: '264000', outcome: 'CANDIDATE', sourceName: '社保业务系统' });
    const work = (await reporter.get<WorkView>('/api/work')).body;
    expect(work.items.map((item) => item.kind)).toContain('CANDIDATES');
  });

  it('typing the same quantity settles the candidate, and the points are 20.00 of 20 with their reason', async () => {
    await type('KZ-U6', '26.4', '万人');
    await scored('KZ-U6', '20.00');
    expect((await row('KZ-U6')).candidate).toBeNull();
    const { scoreId } = (await view()).score;
    const trace = (await reporter.get<ScoreView>(`/api/scores/${scoreId}`)).body;
    const step = trace.rows.find((one) => one.key === 'KZ-U6');
    expect(trace.traceFrom).toBe('RECOMPUTED');
    expect(step?.points).toBe('20.00');
    expect(step?.trace.map((one) => one.text).join('')).toContain('26.4');
  });

  it('a second pull of the same value is SAME: nothing waits for anybody', async () => {
    expect((await pull()).state).toBe('DONE');
    expect((await row('KZ-U6')).candidate).toBeNull();
    const list = (await reporter.get<{ sources: PullSourceView[] }>('/api/pull-sources')).body.sources[0];
    expect(list?.lastRun).toMatchObject({ observations: 2, same: 1, candidates: 1 });
  });

  it('a report with an empty row is not submitted, and says which row', async () => {
    for (const [key, magnitude] of [['KZ-U2', '5.84'], ['KZ-U3', '6.44'], ['KZ-U4', '10.01']] as const) await type(key, magnitude, '万人');
    const refused = await move(reporter, 'submit');
    expect([refused.status, refused.body.code]).toEqual([422, 'workflow.rows-unanswered']);
    expect(refused.body.fields?.map((field) => field.message)).toEqual(['“参保覆盖率”还没有填报。', '“失业保险参保人数达到”还没有填报。']);
    await type('KZ-U5', '6.85', '万人');
    await type('KZ-U1', '95.7', '%');
    await scored('KZ-U1', '10.00');
  });

  it('goes to the reviewer and on to the manager; each sees it in the work that waits', async () => {
    expect((await move(manager, 'submit')).body.code).toBe('workflow.not-your-role');
    const submitted = await move(reporter, 'submit');
    expect([submitted.status, submitted.body.state]).toEqual([200, 'SUBMITTED']);
    const reviewer = await app.as('kz.reviewer');
    expect((await reviewer.get<WorkView>('/api/work')).body.items.map((item) => item.kind)).toContain('REVIEW');
    expect((await move(reviewer, 'return')).body.code).toBe('workflow.opinion-needed');
    expect((await move(reviewer, 'review')).body.state).toBe('REVIEWED');
    expect((await manager.get<WorkView>('/api/work')).body.items.map((item) => item.kind)).toContain('SIGN');
    expect((await (await app.as('mn.manager')).get<WorkView>('/api/work')).body.items.map((item) => item.kind)).not.toContain('SIGN');
  });

  it('cannot be signed by whoever recorded a value: not by the service, nor past it', async () => {
    // The reporter is made a manager as well, for the length of this test.
    await world.dataSource.query(`insert into role_assignment (person_id, role, unit_id) values ($1, 'manager', $2)`, [world.people['kz.reporter'], world.units.kz]);
    const { score } = await view();
    const refused = await move(await app.as('kz.reporter'), 'sign', { scoreId: score.scoreId });
    expect([refused.status, refused.body.code]).toEqual([403, 'workflow.signer-recorded']);
    const action = randomUUID();
    await expect(world.dataSource.transaction(async (manager) => {
      await manager.query(`insert into workflow_action values ($1, 'MONITORING_REPORT', $2, 999, 'sign', 'REVIEWED', 'SIGNED', $3, 'manager', null, now())`, [action, report, world.people['kz.reporter']]);
      await manager.query(`insert into sign_off values ($1, 'MONITORING_REPORT', $2, 999, 'sign', $3, 'manager', null, $4, $5, now())`, [randomUUID(), report, world.people['kz.reporter'], 'a'.repeat(64), action]);
    })).rejects.toThrow('who recorded a value of the report cannot sign it');
    await world.dataSource.query(`delete from role_assignment where person_id = $1 and role = 'manager'`, [world.people['kz.reporter']]);
  });

  it('is not signed over points the manager did not see', async () => {
    const seen = (await view()).score.scoreId;
    const reviewer = await app.as('kz.reviewer');
    await move(reviewer, 'return', { opinion: '请核对参保覆盖率' });
    expect((await reporter.get<WorkView>('/api/work')).body.items.find((item) => item.kind === 'RETURNED')?.opinion).toBe('请核对参保覆盖率');
    await type('KZ-U1', '94.0', '%');
    await waitFor('the new points', async () => (await row('KZ-U1')).score?.points === '9.89');
    const { indicator } = await row('KZ-U1');
    expect((await move(reporter, 'submit')).body.code).toBe('workflow.explanations-owed');
    await reporter.put(`/api/monitoring-reports/${report}/actuals/${indicator.id}/explanation`, {
      requestId: randomUUID(), expectedRevision: 0, explanation: { causes: ['STAFF'], sentence: '外出务工人员未及时登记。', measures: '逐村核对名册。', likelihood: null, forecast: null },
    });
    expect((await move(reporter, 'submit')).body.state).toBe('SUBMITTED');
    expect((await move(reviewer, 'review')).body.state).toBe('REVIEWED');
    const refused = await move(manager, 'sign', { scoreId: seen });
    expect([refused.status, refused.body.code]).toEqual([409, 'workflow.points-changed']);
  });

  it('is signed once with the digest of everything signed; the trace is kept from then on', async () => {
    const { score } = await view();
    const signed = await move(manager, 'sign', { scoreId: score.scoreId });
    expect([signed.status, signed.body.state]).toEqual([200, 'SIGNED']);
    const kept = await world.dataSource.query<{ digest: string; score_id: string }[]>('select digest, score_id from sign_off where document_id = $1', [report]);
    expect(kept).toEqual([{ digest: expect.stringMatching(/^[0-9a-f]{64}$/u), score_id: score.scoreId }]);
    expect((await reporter.get<ScoreView>(`/api/scores/${score.scoreId}`)).body.traceFrom).toBe('STORED');
    await expect(world.dataSource.query('update sign_off set digest = $1', ['b'.repeat(64)])).rejects.toThrow('append-only');
    await expect(world.dataSource.query('delete from workflow_action')).rejects.toThrow('append-only');
  });

  it('a value that comes late finds the report closed and changes nothing', async () => {
    upstream.say([{ key: 'urban-rural-pension', value: 265000 }]);
    expect((await pull()).state).toBe('DONE');
    expect((await row('KZ-U6')).candidate).toBeNull();
    expect((await row('KZ-U6')).current?.actual).toMatchObject({ magnitude: '26.4' });
    const last = await world.dataSource.query<{ outcome: string }[]>('select outcome from observation order by observed_at desc limit 1');
    expect(last[0]?.outcome).toBe('LOCKED');
  });

  it('26.40 turns out to have been 26.04: opened again with a reason, corrected, 19.95 points and an explanation owed; the old signature stays, overtaken', async () => {
    expect((await move(manager, 'reopen')).body.code).toBe('workflow.reason-needed');
    const opened = await move(manager, 'reopen', { opinion: '城乡居民参保人数录入有误' });
    expect(opened.body.state).toBe('RETURNED');
    const superseded = await count('select count(*) as n from sign_off_supersession s join sign_off o on o.id = s.sign_off_id where o.document_id = $1', [report]);
    expect([superseded, await count('select count(*) as n from sign_off where document_id = $1', [report])]).toEqual([1, 1]);
    await type('KZ-U6', '26.04', '万人');
    const score = await scored('KZ-U6', '19.95');
    expect(score.explanationOwed).toBe(true);
    const refused = await move(reporter, 'submit');
    expect(refused.body.fields?.map((field) => field.message)).toEqual(['“城乡居民养老保险参保人数达到”须补充偏差原因、原因说明、改进措施。']);
  });

  it('a second run of the same score job writes nothing', async () => {
    const before = await count('select count(*) as n from score');
    await world.dataSource.query(`insert into outbox_message (id, kind, name, payload) values ($1, 'JOB', 'score-monitoring-report', $2)`, [randomUUID(), JSON.stringify({ reportId: report })]);
    await waitFor('the job to be rung', async () => (await count('select count(*) as n from outbox_message where rung_at is null')) === 0);
    await new Promise((done) => setTimeout(done, 500));
    expect(await count('select count(*) as n from score')).toBe(before);
    await expect(world.dataSource.query('update score set total = 100')).rejects.toThrow('append-only');
  });
});
