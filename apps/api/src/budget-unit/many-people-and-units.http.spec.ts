import type { PeopleList, UnitList, UnitView } from '@jiheng/contract';
import { freshDatabase, type TestDatabase } from '../../test/database';
import { startApp, type Client, type TestApp } from '../../test/http-app';

// A prefecture with two counties and 1,300 units: the finance office that chases 1,300 forms in April.
describe('a prefecture of 1,300 units', () => {
  let database: TestDatabase;
  let app: TestApp;
  let admin: Client;
  let local: Client;
  let root: UnitView;
  let manas: UnitView;
  const units = async (query: string, of: Client = admin): Promise<UnitList> => (await of.get<UnitList>(`/api/units${query.includes('%') ? query : encodeURI(query)}`)).body;
  const people = async (query: string, of: Client = admin): Promise<PeopleList> => (await of.get<PeopleList>(`/api/people${encodeURI(query)}`)).body;

  beforeAll(async () => {
    database = await freshDatabase();
    app = await startApp({ url: database.url });
    await app.client().post('/api/setup', { unitName: '某州财政局', unitKind: 'FINANCE', login: 'admin', displayName: '管理员', password: 'a-long-first-one' });
    admin = await app.signedIn('admin', 'a-long-first-one');
    root = (await units('')).units[0] as UnitView;
    manas = (await admin.post<UnitView>('/api/units', { code: '652324', name: '玛纳斯县财政局', kind: 'FINANCE', parentId: root.id })).body;
    const other = (await admin.post<UnitView>('/api/units', { code: '652325', name: '奇台县财政局', kind: 'FINANCE', parentId: root.id })).body;
    const paths = `(select path from budget_unit where id = '${manas.id}')`, others = `(select path from budget_unit where id = '${other.id}')`;
    await database.dataSource.query(`
      insert into budget_unit (id, code, name, kind, parent_id, path, closed_at)
        select id, 'u' || lpad(n::text, 5, '0'), case when n <= 300 then '玛纳斯县' else '奇台县' end || '第' || n || '单位', 'UNIT', case when n <= 300 then '${manas.id}'::uuid else '${other.id}'::uuid end,
          case when n <= 300 then ${paths} else ${others} end || id || '/', case when n % 100 = 0 then now() end
        from (select n, gen_random_uuid() as id from generate_series(1, 1300) n) made;
      insert into person (id, login, display_name, password_hash, active) select gen_random_uuid(), 'p' || lpad(n::text, 5, '0'), '经办' || n, '!', n <> 7 from generate_series(1, 1300) n;
      insert into role_assignment (person_id, role, unit_id) select w.id, case when w.login = 'p00007' then 'reviewer' else 'reporter' end, u.id from person w join budget_unit u on 'p' || substr(u.code, 2) = w.login;`);
    const made = await admin.post<{ oneTimePassword: string }>('/api/people', { login: 'manas', displayName: '玛纳斯县管理员', roles: [{ role: 'administrator', unitId: manas.id }, { role: 'finance', unitId: manas.id }] });
    local = await app.signedIn('manas', made.body.oneTimePassword);
    await local.post('/api/session/password', { current: made.body.oneTimePassword, next: 'ma-na-si-2024' });
  });
  afterAll(async () => { await app.stop(); await database.stop(); });

  it('gives its units two hundred at a time, each behind the one above it, none twice and none left out', async () => {
    const seen: UnitView[] = [];
    for (let after = ''; ;) {
      const page = await units(after === '' ? '' : `?after=${after}`);
      expect(page.units.length).toBeLessThanOrEqual(200);
      seen.push(...page.units);
      if (!page.more) break;
      after = page.units.at(-1)?.id ?? '';
    }
    expect([seen.length, new Set(seen.map((unit) => unit.id)).size]).toEqual([1_303, 1_303]);
    const place = new Map<string | null, number>(seen.map((unit, at) => [unit.id, at]));
    expect(seen.filter((unit, at) => unit.parentId !== null && (place.get(unit.parentId) ?? at) >= at)).toEqual([]);
  });

  it('finds a unit by part of its name or its code, by its kind, by its id, and leaves out closed ones when asked to', async () => {
    expect((await units('?q=奇台县第301单位')).units.map(({ code }) => code)).toEqual(['u00301']);
    expect((await units('?q=U00042')).units.map(({ name }) => name)).toEqual(['玛纳斯县第42单位']);
    expect((await units('?kind=FINANCE')).units.map(({ code }) => code)).toEqual([root.code, '652324', '652325']);
    expect((await units(`?id=${manas.id}`)).units.map(({ name }) => name)).toEqual(['玛纳斯县财政局']);
    expect([(await units('?q=第100单位')).units.length, (await units('?q=第100单位&open=1')).units.length]).toEqual([1, 0]);
    expect((await admin.get('/api/units?limit=201')).status).toBe(400);
    // Signs that mean something to the database are looked for as they are.
    for (const sign of ['%', '_', '\\']) expect((await units(`?q=${encodeURIComponent(sign)}`)).units).toEqual([]);
  });

  it('shows a county its own and nothing of the neighbour, whatever is asked for', async () => {
    expect((await units('?q=奇台', local)).units).toEqual([]);
    expect((await units(`?id=${root.id}`, local)).units).toEqual([]);
    expect((await units('?role=administrator&q=第1单位', local)).units.map(({ code }) => code)).toEqual(['u00001']);
    expect((await units('?role=reporter', local)).units).toEqual([]);
    expect((await people('?q=奇台', local)).people).toEqual([]);
    expect((await people('?after=p00299', local)).people.map(({ login }) => login)).toEqual(['p00300']);
  });

  it('gives its people a hundred at a time and finds them by name, account or unit', async () => {
    const first = await people('');
    expect([first.people.length, first.more, first.people[0]?.login]).toEqual([100, true, 'admin']);
    const next = await people(`?after=${first.people.at(-1)?.login ?? ''}`);
    expect(next.people[0]?.login).toBe('p00099');
    expect((await people('?q=经办1234')).people.map(({ login }) => login)).toEqual(['p01234']);
    expect((await people('?q=玛纳斯县第42单位')).people.map(({ login }) => login)).toEqual(['p00042']);
    expect((await people('?q=P00299')).people.map(({ login }) => login)).toEqual(['p00299']);
  });

  it('says of everybody, and not of the page, which posts nobody active holds', async () => {
    // The only reviewer has left; reporters and finance are there.
    expect((await people('?q=经办1234')).vacant).toEqual(['reviewer', 'manager', 'department']);
    expect((await people('', local)).vacant).toEqual(['reviewer', 'manager', 'department']);
  });
});
