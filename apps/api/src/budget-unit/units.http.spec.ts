import type { Problem, UnitHistory, UnitView } from '@jiheng/contract';
import { freshDatabase, type TestDatabase } from '../../test/database';
import { type Client, startApp, type TestApp } from '../../test/http-app';

describe('the tree of units', () => {
  let database: TestDatabase;
  let app: TestApp;
  let admin: Client;
  let root: UnitView;
  const make = async (code: string, name: string, kind: UnitView['kind'], parentId: string | null): Promise<UnitView> =>
    (await admin.post<UnitView>('/api/units', { code, name, kind, parentId })).body;
  const pathOf = async (id: string): Promise<string> => (await database.dataSource.query<{ path: string }[]>('select path from budget_unit where id = $1', [id]))[0]?.path ?? '';

  beforeAll(async () => {
    database = await freshDatabase();
    app = await startApp({ url: database.url });
    await app.client().post('/api/setup', {
      unitName: '玛纳斯县财政局', unitCode: '652324000', unitKind: 'FINANCE', regionCode: '652324', login: 'admin', displayName: '管理员', password: 'a-long-first-one',
    });
    admin = await app.signedIn('admin', 'a-long-first-one');
    root = (await admin.get<{ units: UnitView[] }>('/api/units')).body.units[0] as UnitView;
  });
  afterAll(async () => { await app.stop(); await database.stop(); });

  it('begins with what the first visitor said: name, code, kind and region', () => {
    expect(root).toMatchObject({ name: '玛纳斯县财政局', code: '652324000', kind: 'FINANCE', regionCode: '652324', parentId: null, closedAt: null });
  });

  it('takes a unit with everything below it to another parent, and keeps what was', async () => {
    const social = await make('101', '县人社局', 'DEPARTMENT', root.id);
    const health = await make('102', '县卫健委', 'DEPARTMENT', root.id);
    const centre = await make('101001', '县社保中心', 'UNIT', social.id);
    const branch = await make('10100101', '城区经办所', 'UNIT', centre.id);
    const moved = await admin.put<UnitView>(`/api/units/${centre.id}`, { code: '102001', name: '县社会保险中心', kind: 'UNIT', parentId: health.id, reason: '机构改革' });
    expect([moved.status, moved.body.parentId, moved.body.code]).toEqual([200, health.id, '102001']);
    expect(await pathOf(branch.id)).toBe(`/${root.id}/${health.id}/${centre.id}/${branch.id}/`);
    const { entries } = (await admin.get<UnitHistory>(`/api/units/${centre.id}/history`)).body;
    expect(entries.map(({ action }) => action)).toEqual(['unit.changed', 'unit.created']);
    expect(entries[0]).toMatchObject({ by: '管理员', reason: '机构改革', changes: [
      { field: 'code', from: '101001', to: '102001' }, { field: 'name', from: '县社保中心', to: '县社会保险中心' }, { field: 'parent', from: '县人社局', to: '县卫健委' },
    ] });
    const ring = await admin.put<Problem>(`/api/units/${health.id}`, { code: '102', name: '县卫健委', kind: 'DEPARTMENT', parentId: branch.id });
    expect(ring.body.sentence.zh).toBe('“县卫健委”不能移到它自己或它的下级单位之下，请另选上级单位。');
    const taken = await admin.put<Problem>(`/api/units/${branch.id}`, { code: '101', name: '城区经办所', kind: 'UNIT', parentId: centre.id });
    expect(taken.body.code).toBe('house.unit-code-taken');
  });

  it('lets a unit be closed from below upwards, takes nothing new in it, and opens it again', async () => {
    const bureau = await make('201', '县就业局', 'DEPARTMENT', root.id);
    const office = await make('201001', '县就业中心', 'UNIT', bureau.id);
    const early = await admin.post<Problem>(`/api/units/${bureau.id}/closing`, { reason: '撤并' });
    expect(early.body.sentence.zh).toBe('“县就业局”还有未关闭的下级单位（县就业中心），请先关闭或移走它们。');
    const closed = await admin.post<UnitView>(`/api/units/${office.id}/closing`, { reason: '撤并到县社会保险中心' });
    expect([closed.status, typeof closed.body.closedAt]).toEqual([200, 'string']);
    expect((await admin.post<Problem>(`/api/units`, { code: '201002', name: '某所', kind: 'UNIT', parentId: office.id })).body.code).toBe('house.unit-closed');
    expect((await admin.post<Problem>(`/api/units/${root.id}/closing`, { reason: '试试' })).body.code).toBe('house.unit-is-yours');
    const opened = await admin.post<UnitView>(`/api/units/${office.id}/reopening`, { reason: '恢复' });
    expect(opened.body.closedAt).toBeNull();
    const { entries } = (await admin.get<UnitHistory>(`/api/units/${office.id}/history`)).body;
    expect(entries.map(({ action, reason }) => [action, reason])).toEqual([['unit.reopened', '恢复'], ['unit.closed', '撤并到县社会保险中心'], ['unit.created', null]]);
  });

  it('is changed by an administrator of both places only', async () => {
    const { units } = (await admin.get<{ units: UnitView[] }>('/api/units')).body;
    const bureau = units.find(({ code }) => code === '201') as UnitView;
    const office = units.find(({ code }) => code === '201001') as UnitView;
    const made = await admin.post<{ oneTimePassword: string }>('/api/people', { login: 'jiuye', displayName: '就业局管理员', roles: [{ role: 'administrator', unitId: bureau.id }] });
    const local = await app.signedIn('jiuye', made.body.oneTimePassword);
    await local.post('/api/session/password', { current: made.body.oneTimePassword, next: 'jiu-ye-ju-2024' });
    const health = units.find(({ code }) => code === '102') as UnitView;
    expect((await local.put(`/api/units/${office.id}`, { code: '201001', name: '县就业服务中心', kind: 'UNIT', parentId: bureau.id })).status).toBe(200);
    expect((await local.put(`/api/units/${office.id}`, { code: '201001', name: '县就业服务中心', kind: 'UNIT', parentId: health.id })).status).toBe(404);
    expect((await local.put(`/api/units/${health.id}`, { code: '102', name: '别人的', kind: 'DEPARTMENT', parentId: root.id })).status).toBe(404);
  });
});
