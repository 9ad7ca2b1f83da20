import { randomUUID } from 'node:crypto';
import type { Problem, RuleProfileAssignmentList, RuleProfileAssignmentView, RuleProfileInForce, RuleProfileList, RuleProfilePreview, RuleProfileView, SelfEvaluationView, WorkView } from '@jiheng/contract';
import { MOF_2020_10 } from '@jiheng/domain';
import type { Client } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { KZ_A_YEAR, deskOf, granted, signQuarter } from '../../test/year';

describe('rules of scoring by region and year', () => {
  let world: World;
  let app: WorldApp;
  let finance: Client;
  let admin: Client;
  let reporter: Client;
  let yearId: string;
  let banded: RuleProfileView;

  const year = async (): Promise<SelfEvaluationView> => (await reporter.get<SelfEvaluationView>(`/api/self-evaluations/${yearId}`)).body;
  const kz = () => ({ kind: 'UNIT' as const, unitId: world.units.kz });
  const wish = () => ({ scope: kz(), fiscalYear: 2024, profileId: banded.id });
  const inForce = async (unitId: string, fiscalYear = 2024): Promise<string> =>
    (await granted(admin.get<RuleProfileInForce>(`/api/rule-profile-assignments/in-force?unitId=${unitId}&fiscalYear=${fiscalYear}`))).profile.name;

  beforeAll(async () => {
    world = await aWorld();
    app = await world.start({ role: 'all' });
    const desk = await deskOf(app);
    ({ reporter } = desk);
    [finance, admin] = [await app.as('finance'), await app.as('admin')];
    for (const [at, cells] of KZ_A_YEAR.entries()) await signQuarter(world, desk, 'KZ-A', at + 1, cells, at === 3 ? '8.00' : null);
    const made = await granted(reporter.post<SelfEvaluationView>('/api/self-evaluations', { tableId: world.tables['KZ-A'].id }));
    yearId = made.id;
    for (const [key, grade, share] of [['KZ-A11', 'A', '1.00'], ['KZ-A12', 'B', '0.75']] as const) {
      const row = made.rows.find((one) => one.indicator.key === key);
      await granted(reporter.put(`/api/self-evaluations/${yearId}/rows/${row?.indicator.id ?? ''}`, { requestId: randomUUID(), expectedRevision: 0, judgement: { kind: 'JUDGED', grade, share } }));
    }
    await waitFor('94.19 under MOF-2020-10', async () => (await year()).score.total === '94.19');
    const { profiles } = await granted(reporter.get<RuleProfileList>('/api/rule-profiles'));
    banded = profiles.find((profile) => profile.name === 'MOF-2021-101') as RuleProfileView;
  }, 120_000);
  afterAll(async () => { await app?.stop(); await world?.stop(); });

  it('show what would change before anything is written: KZ-A falls from 94.19 to 90.94 under MOF-2021-101, the signed quarters stay', async () => {
    const preview = await granted(finance.post<RuleProfilePreview>('/api/rule-profile-assignments/preview', wish()));
    // KZ has three tables of four quarters: KZ-A's four are signed, eight are open, and one year is being evaluated.
    expect([preview.documents, preview.signedKept, preview.notComputed]).toEqual([9, 4, 0]);
    // 培训 2/3 of 5 points 3.33 → 0.83, 采纳率 92/95 4.84 → 4.61, 满意度 93 % 4.89 → 5.00 and 88 % 4.63 → 4.00: 3.25 less.
    expect(preview.ratings).toEqual([{ from: '优', to: '优', count: 1 }]);
    expect(preview.movers[0]).toMatchObject({ documentKind: 'SELF_EVALUATION', title: '社会保险经办审计经费 · 年度自评', from: '94.19', to: '90.94', difference: '-3.25', ratingFrom: '优', ratingTo: '优' });
    expect(Number((await world.dataSource.query('select count(*) as n from rule_profile_assignment'))[0].n)).toBe(0);
    expect((await year()).score).toMatchObject({ total: '94.19', profileName: 'MOF-2020-10' });
  });

  it('are proposed by finance and not decided by the same person, nor by somebody who only reports', async () => {
    expect((await reporter.post<Problem>('/api/rule-profile-assignments', { ...wish(), reason: '州财政局要求' })).status).toBe(403);
    const proposed = await finance.post<RuleProfileAssignmentView>('/api/rule-profile-assignments', { ...wish(), reason: '州财政局 2024 年起按 101 号文计分' });
    expect([proposed.status, proposed.body.state, proposed.body.mayDecide]).toEqual([201, 'PROPOSED', false]);
    expect(proposed.body.preview.movers[0]?.to).toBe('90.94');
    const own = await finance.post<Problem>(`/api/rule-profile-assignments/${proposed.body.id}/decision`, { decision: 'APPROVE', opinion: '' });
    expect([own.status, own.body.code]).toEqual([403, 'rule-profile.own-proposal']);
    await expect(world.dataSource.query('insert into rule_profile_decision (assignment_id, approved, decided_by, opinion, decided_at) values ($1, true, $2, $3, now())', [proposed.body.id, world.people.finance, '']))
      .rejects.toMatchObject({ driverError: { code: 'JH002' } });
    expect(await inForce(world.units.kz)).toBe('MOF-2020-10');
    // It waits for whoever may decide it: not for who proposed it, and for nobody who may not.
    const waitingFor = async (client: Client): Promise<string[]> => (await client.get<WorkView>('/api/work')).body.items.filter(({ kind }) => kind === 'APPROVE_RULES').map(({ title, detailZh }) => `${title} ${detailZh}`);
    expect(await waitingFor(admin)).toEqual(['MOF-2021-101 v1 2024年改用这套评分规则：财政经办提出，待批准。理由：州财政局 2024 年起按 101 号文计分']);
    expect([await waitingFor(finance), await waitingFor(reporter)]).toEqual([[], []]);
    const again = await admin.post<Problem>('/api/rule-profile-assignments', { ...wish(), reason: '再提一次' });
    expect(again.body.code).toBe('rule-profile.already-proposed');
  });

  it('once approved by a second person score again: 90.94, while the old 94.19 stays on record with its version', async () => {
    const { assignments } = await granted(admin.get<RuleProfileAssignmentList>('/api/rule-profile-assignments?fiscalYear=2024'));
    const [waiting] = assignments;
    if (waiting === undefined) throw new Error('no proposal');
    expect(waiting.mayDecide).toBe(true);
    const approved = await granted(admin.post<RuleProfileAssignmentView>(`/api/rule-profile-assignments/${waiting.id}/decision`, { decision: 'APPROVE', opinion: '同意' }));
    expect([approved.state, approved.inForce, approved.jobRunId === null]).toEqual(['APPROVED', true, false]);
    await waitFor('the year to be scored again', async () => (await year()).score.profileName === 'MOF-2021-101');
    expect((await year()).score).toMatchObject({ total: '90.94', rating: '优' });
    const scores: { total: string; name: string }[] = await world.dataSource.query(
      `select s.total, p.name from score s join rule_profile p on p.id = s.profile_id where s.document_id = $1 and s.total is not null order by s.computed_at`, [yearId]);
    expect(scores.map(({ total, name }) => `${total} ${name}`)).toEqual(expect.arrayContaining(['94.19 MOF-2020-10', '90.94 MOF-2021-101']));
    const late = await finance.post<Problem>(`/api/rule-profile-assignments/${waiting.id}/decision`, { decision: 'REJECT', opinion: '算了' });
    expect(late.body.code).toBe('rule-profile.decided');
    await expect(world.dataSource.query(`update rule_profile_assignment set reason = '别的'`)).rejects.toMatchObject({ driverError: { code: 'JH001' } });
    const repeated = await finance.post<Problem>('/api/rule-profile-assignments', { ...wish(), reason: '又提一次' });
    expect(repeated.body.sentence.zh).toContain('在 2024 年已经使用“MOF-2021-101”第 1 版');
  });

  it('leave what was signed as it was signed: the quarters of KZ-A keep their points and their rules', async () => {
    const rows: { name: string }[] = await world.dataSource.query(
      `select p.name from score_request q join score s on s.id = q.score_id join rule_profile p on p.id = s.profile_id where q.document_id = any($1)`, [[1, 2, 3, 4].map((quarter) => world.report('KZ-A', quarter))]);
    expect(rows.map(({ name }) => name)).toEqual(['MOF-2020-10', 'MOF-2020-10', 'MOF-2020-10', 'MOF-2020-10']);
  });

  it('a third profile comes in as JSON without code; a slip in it is named by its path, and a version is never changed', async () => {
    const third = { ...MOF_2020_10, name: 'KZ-2025', title: { zh: '克州 2025 年补充规则', en: 'Rules of the prefecture for 2025' }, proportional: { passThreshold: '0.70', passFormula: 'PLAIN' } };
    const slip = await finance.post<Problem>('/api/rule-profiles', { profile: { ...third, reverseFormula: 'RATIOO' } });
    expect([slip.status, slip.body.params['path']]).toEqual([422, 'reverseFormula']);
    // A later release brings its own second version of that name, and would not start beside somebody else's.
    const shipped = await finance.post<Problem>('/api/rule-profiles', { profile: { ...third, name: 'MOF-2020-10', version: 2 } });
    expect([shipped.status, shipped.body.sentence.zh]).toEqual([422, '编号“MOF-2020-10”以 MOF- 开头，这样的编号留给随产品提供的规则。请改用本地区自己的编号，例如 XJ-2025。']);
    const made = await finance.post<RuleProfileView>('/api/rule-profiles', { profile: third });
    expect([made.status, made.body.name, made.body.by, made.body.shipped]).toEqual([201, 'KZ-2025', '财政经办', false]);
    const twice = await finance.post<Problem>('/api/rule-profiles', { profile: { ...third, reverseFormula: 'LIN_2T' } });
    expect(twice.body.sentence.zh).toBe('评分规则“KZ-2025”第 1 版已经入库；要修改请把版本号加一，另立新版本。');
    expect((await reporter.post('/api/rule-profiles', { profile: third })).status).toBe(403);
  });

  it('the nearest assignment up the tree holds: a unit before its region, a long region code before a short one, another year not at all', async () => {
    const third = (await granted(finance.get<RuleProfileList>('/api/rule-profiles'))).profiles.find(({ name }) => name === 'KZ-2025') as RuleProfileView;
    const assign = async (body: object, decision: 'APPROVE' | 'REJECT' = 'APPROVE'): Promise<RuleProfileAssignmentView> => {
      const { id } = await granted(finance.post<RuleProfileAssignmentView>('/api/rule-profile-assignments', { fiscalYear: 2025, reason: '试行', ...body }));
      return granted(admin.post<RuleProfileAssignmentView>(`/api/rule-profile-assignments/${id}/decision`, { decision, opinion: '照办' }));
    };
    const nowhere = await finance.post<Problem>('/api/rule-profile-assignments/preview', { scope: { kind: 'REGION', regionCode: '6523' }, fiscalYear: 2025, profileId: third.id });
    expect(nowhere.body.code).toBe('rule-profile.region-empty');
    await world.dataSource.query(`update budget_unit set region_code = '652324' where id = $1`, [world.units.mn]);
    await assign({ scope: { kind: 'REGION', regionCode: '65' }, profileId: banded.id });
    expect([await inForce(world.units.mn, 2025), await inForce(world.units.kz, 2025), await inForce(world.units.mn, 2024)]).toEqual(['MOF-2021-101', 'MOF-2020-10', 'MOF-2020-10']);
    await assign({ scope: { kind: 'REGION', regionCode: '652324' }, profileId: third.id });
    expect(await inForce(world.units.mn, 2025)).toBe('KZ-2025');
    await assign({ scope: { kind: 'UNIT', unitId: world.units.finance }, profileId: banded.id });
    expect([await inForce(world.units.kz, 2025), await inForce(world.units.mn, 2025)]).toEqual(['MOF-2021-101', 'KZ-2025']);
    const standard = (await granted(finance.get<RuleProfileList>('/api/rule-profiles'))).profiles.find(({ isDefault }) => isDefault) as RuleProfileView;
    const rejected = await assign({ scope: { kind: 'UNIT', unitId: world.units.mn }, profileId: standard.id }, 'REJECT');
    expect([rejected.state, await inForce(world.units.mn, 2025)]).toEqual(['REJECTED', 'KZ-2025']);
    await assign({ scope: { kind: 'UNIT', unitId: world.units.mn }, profileId: standard.id });
    expect(await inForce(world.units.mn, 2025)).toBe('MOF-2020-10');
  });
});
