import { randomUUID } from 'node:crypto';
import type { Problem, SelfEvaluationView, WorkView } from '@jiheng/contract';
import type { Client } from '../../test/http-app';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { type Desk, KZ_A_YEAR, deskOf, granted, signQuarter } from '../../test/year';

// The worked example KZ-A of the field (社会保险经办审计经费): four quarters, 8.00 of 8.00 万元 spent, 84.19 + 10.00 = 94.19, 优.
describe('the year of the audit project', () => {
  let world: World;
  let app: WorldApp;
  let desk: Desk;
  let id: string;

  const view = async (client: Client = desk.reporter): Promise<SelfEvaluationView> => granted(client.get<SelfEvaluationView>(`/api/self-evaluations/${id}`));
  const row = async (key: string) => {
    const found = (await view()).rows.find((one) => one.indicator.key === key);
    if (found === undefined) throw new Error(`no row ${key}`);
    return found;
  };
  const answer = async (key: string, more: object, expectedRevision?: number) => {
    const { indicator, revision } = await row(key);
    return desk.reporter.put<SelfEvaluationView & Problem>(`/api/self-evaluations/${id}/rows/${indicator.id}`, { requestId: randomUUID(), expectedRevision: expectedRevision ?? revision, ...more });
  };
  const write = (chapter: string, text: string, expectedRevision = 0) =>
    desk.reporter.put<SelfEvaluationView & Problem>(`/api/self-evaluations/${id}/chapters/${chapter}`, { requestId: randomUUID(), expectedRevision, text });
  const move = async (client: Client, name: string, more: object = {}) =>
    client.post<{ state: string } & Problem>(`/api/self-evaluations/${id}/moves`, { move: name, expectedRevision: (await view()).revision, ...more });

  beforeAll(async () => {
    world = await aWorld();
    app = await world.start();
    desk = await deskOf(app);
  }, 60_000);
  afterAll(async () => {
    await app?.stop();
    await world?.stop();
  });

  it('is not put together while a quarter is unsigned, and says which', async () => {
    for (const quarter of [1, 2, 3]) await signQuarter(world, desk, 'KZ-A', quarter, KZ_A_YEAR[quarter - 1] ?? [], null);
    const refused = await desk.reporter.post<Problem>('/api/self-evaluations', { tableId: world.tables['KZ-A'].id });
    expect([refused.status, refused.body.code, refused.body.params]).toEqual([422, 'self-evaluation.quarter-unsigned', { table: '社会保险经办审计经费', period: '第四季度' }]);
    await signQuarter(world, desk, 'KZ-A', 4, KZ_A_YEAR[3] ?? [], '8.00');
    const waiting = (await granted(desk.reporter.get<WorkView>('/api/work'))).items.filter((item) => item.kind === 'SELF_EVALUATE');
    expect(waiting.map((item) => item.title)).toEqual(['社会保险经办审计经费']);
  }, 120_000);

  it('is put together once, whoever asks how often', async () => {
    const made = await granted(desk.reporter.post<SelfEvaluationView>('/api/self-evaluations', { tableId: world.tables['KZ-A'].id }));
    ({ id } = made);
    expect((await granted(desk.reporter.post<SelfEvaluationView>('/api/self-evaluations', { tableId: world.tables['KZ-A'].id }))).id).toBe(id);
    expect(made.rows[0]).toMatchObject({ quarters: [{ ordinal: 1 }, { ordinal: 2 }, { ordinal: 3 }, { ordinal: 4 }], yearActual: { kind: 'REPORTED', magnitude: '5', unit: '次' } });
    expect((await desk.manager.post<Problem>('/api/self-evaluations', { tableId: world.tables['KZ-A'].id })).status).toBe(403);
    expect((await (await app.as('mn.reporter')).get<Problem>(`/api/self-evaluations/${id}`)).status).toBe(404);
  });

  it('has no total while the two judged rows are silent, and names them', async () => {
    const { total, openPoints } = await view();
    expect(total).toBeNull();
    expect(openPoints.filter((point) => point.code.startsWith('scoring.')).map((point) => point.sentence.zh)).toHaveLength(2);
    expect(openPoints.map((point) => point.code)).toContain('self-evaluation.goal-achieved-missing');
  });

  it('takes a judgement inside its grade only, and none where the quarters speak', async () => {
    expect((await answer('KZ-A12', { judgement: { kind: 'JUDGED', grade: 'B', share: '0.80' } })).body.code).toBe('scoring.grade-share-outside-band');
    expect((await answer('KZ-A1', { judgement: { kind: 'REPORTED', magnitude: '6', unit: '次' } })).body.code).toBe('self-evaluation.judgement-not-needed');
    await granted(answer('KZ-A11', { judgement: { kind: 'JUDGED', grade: 'A', share: '1.00' } }));
    await granted(answer('KZ-A12', { judgement: { kind: 'JUDGED', grade: 'B', share: '0.75' } }));
  });

  it('does not take over what an earlier quarter said of a delay that was made up since', async () => {
    // As if the third quarter had explained 内部审计次数, which the fourth completed without a word. The database keeps signed quarters as they are.
    await world.dataSource.query('alter table deviation_explanation disable trigger user');
    const [copied] = await world.dataSource.query<{ ordinal: number }[]>(
      `with third as (select e, p.ordinal from deviation_explanation e join monitoring_report r on r.id = e.report_id join reporting_period p on p.id = r.period_id
         where e.indicator_key = 'KZ-A2' and p.ordinal = 3 limit 1),
       copied as (insert into deviation_explanation select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'request_id', gen_random_uuid(),
         'indicator_key', 'KZ-A1', 'indicator_id', $1::text))).* from third returning id)
       select ordinal from third`, [(await row('KZ-A1')).indicator.id]);
    await world.dataSource.query('alter table deviation_explanation enable trigger user');
    expect(copied).toEqual({ ordinal: 3 });
    expect((await row('KZ-A1')).explanation).toBeNull();
    expect((await row('KZ-A2')).explanation).toMatchObject({ revision: 0 });
  });

  it('comes to 84.19 + 10.00 = 94.19, 优', async () => {
    const year = await view();
    expect(year.rows.map((one) => one.score.points)).toEqual(['5.00', '3.33', '5.00', '4.84', '5.00', '4.38', '5.00', '5.00', '10.00', '9.62', '10.00', '7.50', '4.89', '4.63']);
    expect(year.execution).toMatchObject({ rate: '100.00', points: '10.00', weight: '10.00' });
    expect([year.computedTotal, year.total, year.rating]).toEqual(['94.19', '94.19', '优']);
    expect(year.rows[5]?.score.trace.length).toBeGreaterThan(0);
  });

  it('keeps computed and adjusted points beside each other, and every revision of them', async () => {
    expect((await answer('KZ-A13', { adjustment: { points: '5.01', reason: '多给' } })).body.code).toBe('self-evaluation.adjustment-outside');
    expect((await answer('KZ-A13', { adjustment: { points: '4.50', reason: ' ' } })).body.code).toBe('self-evaluation.adjustment-reason-needed');
    await granted(answer('KZ-A13', { adjustment: { points: '4.50', reason: '问卷样本偏少' } }));
    expect((await answer('KZ-A13', { adjustment: { points: '4', reason: '旧页面' } }, 0)).status).toBe(409);
    const year = await view();
    expect(await row('KZ-A13')).toMatchObject({ score: { points: '4.89' }, adjustment: { points: '4.50', reason: '问卷样本偏少', by: '填报人甲' }, finalPoints: '4.50' });
    expect([year.computedTotal, year.total, year.rating]).toEqual(['94.19', '93.80', '优']);
    await granted(answer('KZ-A13', { adjustment: null }));
    expect((await view()).total).toBe('94.19');
    const kept = await world.dataSource.query<{ adjusted_points: string | null }[]>(`select adjusted_points from self_evaluation_answer where indicator_key = 'KZ-A13' order by revision`);
    expect(kept.map((one) => one.adjusted_points)).toEqual(['4.50', null]);
    await expect(world.dataSource.query('update self_evaluation_answer set adjusted_points = 5')).rejects.toThrow('append-only');
  });

  it('takes the same request twice as one', async () => {
    const { indicator, revision } = await row('KZ-A14');
    const body = { requestId: randomUUID(), expectedRevision: revision, adjustment: { points: '4.60', reason: '取整' } };
    await granted(desk.reporter.put(`/api/self-evaluations/${id}/rows/${indicator.id}`, body));
    await granted(desk.reporter.put(`/api/self-evaluations/${id}/rows/${indicator.id}`, body));
    expect((await row('KZ-A14')).revision).toBe(revision + 1);
    await granted(answer('KZ-A14', { adjustment: null }));
  });

  it('chapters are computed, and written where a person has something to say', async () => {
    expect((await write('conclusion', '我说了算')).body.code).toBe('self-evaluation.chapter-unknown');
    await granted(write('process', '由财务科牵头，11月汇总，12月复核。'));
    await granted(write('goal-achieved', '全年开展内部审计5次、培训2次，出具报告及时。'));
    expect((await write('process', '晚了一步')).status).toBe(409);
    const year = await view();
    expect(year.goalAchieved).toBe('全年开展内部审计5次、培训2次，出具报告及时。');
    expect(year.chapters.find((chapter) => chapter.id === 'process')).toMatchObject({ written: '由财务科牵头，11月汇总，12月复核。', revision: 1, editable: true });
    expect(year.chapters.find((chapter) => chapter.id === 'conclusion')?.computed.join('')).toContain('94.19');
  });

  it('owes the account of the row judged B before it is submitted; the quarters’ explanations are taken over', async () => {
    const refused = await move(desk.reporter, 'submit');
    expect(refused.body.code).toBe('workflow.explanations-owed');
    expect(refused.body.fields?.map((field) => field.message)).toEqual(['“加强自治州社保经办能力”须补充偏差原因、原因说明、改进措施。']);
    await granted(answer('KZ-A12', { explanation: { causes: ['STAFF'], sentence: '基层经办人员更替。', measures: '加强轮训。', likelihood: null, forecast: null } }));
    expect((await row('KZ-A2')).explanation).toMatchObject({ revision: 0, sentence: '年中人员轮岗，进度有所滞后。' });
    expect((await view()).openPoints).toEqual([]);
    expect((await move(desk.reporter, 'submit')).body.state).toBe('SUBMITTED');
    expect((await answer('KZ-A12', { judgement: { kind: 'JUDGED', grade: 'A', share: '1.00' } })).body.code).toBe('self-evaluation.not-editable');
  });

  it('is reviewed, signed, accepted by the department and by finance', async () => {
    expect((await move(desk.reviewer, 'review')).body.state).toBe('REVIEWED');
    const { scoreId } = (await view()).score;
    expect((await move(desk.manager, 'sign', { scoreId })).body.state).toBe('SIGNED');
    const department = await app.as('department');
    expect((await granted(department.get<WorkView>('/api/work'))).items.map((item) => item.kind)).toContain('ACCEPT');
    expect((await move(department, 'acceptDepartment')).body.state).toBe('DEPARTMENT_ACCEPTED');
    expect((await move(await app.as('finance'), 'accept')).body.state).toBe('ACCEPTED');
    const year = await view();
    expect(year.history.map((entry) => entry.move)).toEqual(['submit', 'review', 'sign', 'acceptDepartment', 'accept']);
    const signatures = await world.dataSource.query<{ step: string }[]>('select step from sign_off where document_id = $1 order by id', [id]);
    expect(signatures.map((one) => one.step)).toEqual(['sign', 'acceptDepartment', 'accept']);
    expect(year.score).toMatchObject({ state: 'DONE', total: '94.19', rating: '优' });
  });
});
