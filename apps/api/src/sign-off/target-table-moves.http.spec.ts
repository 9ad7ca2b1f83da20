import type { Problem, TargetTableView, WorkView } from '@jiheng/contract';
import { theTable } from '@jiheng/domain/testing';
import type { Client } from '../../test/http-app';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { granted } from '../../test/year';

type Moved = { state: string; revision: number; moves: string[] } & Problem;

describe('a promise on its way to approval', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  let id: string;

  const bodyOf = (weight: string) => {
    const { budgetUnit: _unit, ...table } = theTable('KZ-A');
    const indicators = table.indicators.map((indicator, at) => (at === 0 ? { ...indicator, weight } : indicator));
    return { ...table, fiscalYear: 2025, unitId: world.units.kz, lead: '项目负责人', indicators };
  };
  const view = (): Promise<TargetTableView> => granted(reporter.get<TargetTableView>(`/api/target-tables/${id}`));
  const move = async (client: Client, name: string, more: object = {}): Promise<Moved> =>
    (await client.post<Moved>(`/api/target-tables/${id}/moves`, { move: name, expectedRevision: (await view()).revision, ...more })).body;

  beforeAll(async () => {
    world = await aWorld({ opened: [] });
    app = await world.start();
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => {
    await app?.stop();
    await world?.stop();
  });

  it('is not submitted while its weights add up to 89', async () => {
    id = (await granted(reporter.post<TargetTableView>('/api/target-tables', bodyOf('4')))).id;
    const refused = await move(reporter, 'submit');
    expect(refused.code).toBe('workflow.weights-incomplete');
    expect(refused.fields?.map((field) => field.message)).toEqual(['指标分值权重合计为 89，应为 90，请调整后再送审。']);
    await granted(reporter.put(`/api/target-tables/${id}`, { ...bodyOf('5'), expectedRevision: (await view()).revision }));
    expect((await move(reporter, 'submit')).state).toBe('SUBMITTED');
  });

  it('a page that is not the newest moves nothing', async () => {
    const stale = await reporter.post<Problem>(`/api/target-tables/${id}/moves`, { move: 'withdraw', expectedRevision: 0 });
    expect([stale.status, stale.body.code]).toEqual([409, 'workflow.stale-revision']);
    const unknown = await move(reporter, 'frobnicate');
    expect(unknown.code).toBe('workflow.move-not-allowed');
  });

  it('is signed by a manager who did not write in it, accepted, approved, and is then in force; each level finds it in its work', async () => {
    expect((await move(await app.as('kz.reviewer'), 'review')).state).toBe('REVIEWED');
    expect((await move(await app.as('mn.manager'), 'sign')).code).toBe('target-table.not-found');
    await world.dataSource.query(`insert into role_assignment (person_id, role, unit_id) values ($1, 'manager', $2)`, [world.people['kz.reporter'], world.units.kz]);
    expect((await move(await app.as('kz.reporter'), 'sign')).code).toBe('workflow.signer-recorded');
    expect((await move(await app.as('kz.manager'), 'sign')).state).toBe('SIGNED');
    // Nor does whoever wrote in it answer for it one level up, with a second role.
    await world.dataSource.query(`insert into role_assignment (person_id, role, unit_id) values ($1, 'department', $2)`, [world.people['kz.reporter'], world.units.kz]);
    expect((await move(await app.as('kz.reporter'), 'acceptDepartment')).code).toBe('workflow.signer-recorded');
    const department = await app.as('department');
    expect((await granted(department.get<WorkView>('/api/work'))).items.filter((item) => item.link.endsWith(id)).map((item) => item.kind)).toEqual(['ACCEPT']);
    expect((await move(department, 'acceptDepartment')).state).toBe('DEPARTMENT_ACCEPTED');
    const finance = await app.as('finance');
    expect((await granted(finance.get<WorkView>('/api/work'))).items.filter((item) => item.link.endsWith(id)).map((item) => item.kind)).toEqual(['APPROVE_TABLE']);
    expect((await move(finance, 'approve')).state).toBe('APPROVED');
    expect((await view()).history.map((entry) => `${entry.move} ${entry.role ?? ''}`)).toEqual(['submit reporter', 'review reviewer', 'sign manager', 'acceptDepartment department', 'approve finance']);
    const signed = await world.dataSource.query<{ step: string; role: string }[]>('select step, role from sign_off where document_id = $1 order by id', [id]);
    expect(signed).toEqual([{ step: 'sign', role: 'manager' }, { step: 'acceptDepartment', role: 'department' }, { step: 'approve', role: 'finance' }]);
  });

  it('a return needs an opinion, reaches the reporter with it, and takes the signatures out of force', async () => {
    const before = id;
    id = (await granted(reporter.post<TargetTableView>('/api/target-tables', { ...bodyOf('5'), project: '线路租赁费' }))).id;
    await move(reporter, 'submit');
    await move(await app.as('kz.reviewer'), 'review');
    await move(await app.as('kz.manager'), 'sign');
    const department = await app.as('department');
    expect((await move(department, 'return', { opinion: '  ' })).code).toBe('workflow.opinion-needed');
    expect((await move(department, 'return', { opinion: '指标值依据不足' })).state).toBe('RETURNED');
    expect((await granted(reporter.get<WorkView>('/api/work'))).items.find((item) => item.link.endsWith(id))).toMatchObject({ kind: 'RETURNED', opinion: '指标值依据不足' });
    const overtaken = await world.dataSource.query<unknown[]>('select 1 from sign_off s join sign_off_supersession o on o.sign_off_id = s.id where s.document_id = $1', [id]);
    expect(overtaken).toHaveLength(1);
    expect(before).not.toBe(id);
  });
});
