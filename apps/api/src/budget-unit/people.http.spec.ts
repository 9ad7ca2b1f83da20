import type { PersonView, Problem, UnitView } from '@jiheng/contract';
import { freshDatabase, type TestDatabase } from '../../test/database';
import { startApp, type Client, type TestApp } from '../../test/http-app';

interface Created { person: PersonView; oneTimePassword: string }

describe('people and units', () => {
  let database: TestDatabase;
  let app: TestApp;
  let admin: Client;
  let root: UnitView;
  let centre: UnitView;
  let neighbour: UnitView;

  beforeAll(async () => {
    database = await freshDatabase();
    app = await startApp({ url: database.url });
    await app.client().post('/api/setup', { unitName: '某州财政局', login: 'admin', displayName: '管理员', password: 'a-long-first-one' });
    admin = await app.signedIn('admin', 'a-long-first-one');
    root = (await admin.get<{ units: UnitView[] }>('/api/units')).body.units[0]!;
    centre = (await admin.post<UnitView>('/api/units', { code: '101', name: '某州社会保险中心', kind: 'UNIT', parentId: root.id })).body;
    neighbour = (await admin.post<UnitView>('/api/units', { code: '102', name: '某州就业中心', kind: 'UNIT', parentId: root.id })).body;
  });
  afterAll(async () => { await app.stop(); await database.stop(); });

  it('a new person gets a one-time password that opens nothing but the change of password', async () => {
    const { status, body } = await admin.post<Created>('/api/people', { login: 'tianbao', displayName: '填报人', roles: [{ role: 'reporter', unitId: centre.id }] });
    expect(status).toBe(201);
    expect(body.oneTimePassword).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(body.person.mustChangePassword).toBe(true);
    const reporter = await app.signedIn('tianbao', body.oneTimePassword);
    expect((await reporter.get<Problem>('/api/units')).body.code).toBe('house.password-change-needed');
    expect((await reporter.post('/api/session/password', { current: body.oneTimePassword, next: 'bao-xian-26.4' })).status).toBe(204);
    const units = await reporter.get<{ units: UnitView[] }>('/api/units');
    expect(units.body.units.map(({ name }) => name)).toEqual(['某州社会保险中心']);
    expect((await reporter.get('/api/people')).status).toBe(403);
    expect((await reporter.post('/api/units', { code: '103', name: '某处', kind: 'UNIT', parentId: centre.id })).status).toBe(403);
  });

  it('refuses a login and a unit code that are taken', async () => {
    expect((await admin.post<Problem>('/api/people', { login: 'tianbao', displayName: '另一人', roles: [{ role: 'reporter', unitId: centre.id }] })).body.code).toBe('house.login-taken');
    const unit = await admin.post<Problem>('/api/units', { code: '101', name: '重复', kind: 'UNIT', parentId: root.id });
    expect(unit.status).toBe(422);
    expect(unit.body.sentence.zh).toBe('单位编码“101”已被“某州社会保险中心”使用，请核对编码。');
  });

  it('an administrator of one unit reaches that unit and nobody else', async () => {
    const made = await admin.post<Created>('/api/people', { login: 'danwei', displayName: '单位管理员', roles: [{ role: 'administrator', unitId: centre.id }] });
    const local = await app.signedIn('danwei', made.body.oneTimePassword);
    await local.post('/api/session/password', { current: made.body.oneTimePassword, next: 'ben-dan-wei-2024' });
    expect((await local.get<{ people: PersonView[] }>('/api/people')).body.people.map(({ login }) => login)).toEqual(['danwei', 'tianbao']);
    expect((await local.post<Problem>('/api/people', { login: 'x1', displayName: '某', roles: [{ role: 'reporter', unitId: neighbour.id }] })).status).toBe(404);
    expect((await local.post<Problem>('/api/people', { login: 'x1', displayName: '某', roles: [{ role: 'administrator', unitId: root.id }] })).status).toBe(404);
    expect((await local.post<Problem>('/api/units', { code: '104', name: '最上级', kind: 'UNIT', parentId: null })).body.code).toBe('house.unit-above-needed');
    const chief = (await admin.get<{ people: PersonView[] }>('/api/people')).body.people.find(({ login }) => login === 'admin')!;
    expect((await local.post(`/api/people/${chief.id}/password`)).status).toBe(404);
  });

  it('cannot reset the password of somebody who also has a role elsewhere: that would be a way up', async () => {
    const both = await admin.post<Created>('/api/people', { login: 'liangbian', displayName: '两边', roles: [{ role: 'reporter', unitId: centre.id }, { role: 'finance', unitId: root.id }] });
    const local = await app.signedIn('danwei', 'ben-dan-wei-2024');
    expect((await local.post(`/api/people/${both.body.person.id}/password`)).status).toBe(404);
    expect((await admin.post(`/api/people/${both.body.person.id}/password`)).status).toBe(201);
  });

  it('ends the sessions of somebody who is deactivated, and lets nobody retire the last administrator', async () => {
    const reporter = await app.signedIn('tianbao', 'bao-xian-26.4');
    const people = (await admin.get<{ people: PersonView[] }>('/api/people')).body.people;
    const person = people.find(({ login }) => login === 'tianbao')!;
    const kept = person.roles.map(({ role, unitId }) => ({ role, unitId }));
    expect((await admin.put(`/api/people/${person.id}`, { displayName: '填报人', active: false, roles: kept })).status).toBe(200);
    expect((await reporter.get('/api/units')).status).toBe(401);
    expect((await app.client().signIn('tianbao', 'bao-xian-26.4')).status).toBe(401);
    const chief = people.find(({ login }) => login === 'admin')!;
    expect((await admin.put<Problem>(`/api/people/${chief.id}`, { displayName: '管理员', active: false, roles: chief.roles.map(({ role, unitId }) => ({ role, unitId })) })).body.code).toBe('house.last-administrator');
    expect((await admin.put<Problem>(`/api/people/${chief.id}`, { displayName: '管理员', active: true, roles: [] })).body.code).toBe('house.last-administrator');
    expect((await admin.get('/api/people')).status).toBe(200);
  });

  it('keeps the trail of every deed, and the trail cannot be changed', async () => {
    const rows: { action: string }[] = await database.dataSource.query('select action from audit_event order by id');
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(['house.set-up', 'unit.created', 'person.created', 'password.changed', 'password.reset', 'person.changed']));
    for (const attempt of [`update audit_event set action = 'x'`, 'delete from audit_event', 'truncate audit_event']) {
      await expect(database.dataSource.query(attempt)).rejects.toMatchObject({ driverError: { code: 'JH001' } });
    }
  });
});
