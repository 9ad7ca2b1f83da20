import { type AdjustTargetTable, type Problem, type TargetTableBody, type TargetTableList, targetTableList, type TargetTableView, targetTableView } from '@jiheng/contract';
import { theTable } from '@jiheng/domain/testing';
import { aWorld, type World, type WorldApp } from '../../test/world';
import type { Client } from '../../test/http-app';

const MISSING = '019b0000-0000-7000-8000-00000000dead';

describe('target tables, over the wire', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  beforeAll(async () => {
    world = await aWorld();
    app = await world.start({ today: '2025-01-09', env: { MAX_UPLOAD_MB: '1' } });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  /** 线路租赁费 as a draft of another year, so that it meets no other table. */
  const body = (change: Partial<TargetTableBody> = {}): TargetTableBody => {
    const { subject, project, goalText, budget, indicators } = theTable('KZ-L');
    return {
      subject, project, goalText, budget: { ...budget }, fiscalYear: 2025, unitId: world.units.kz as TargetTableBody['unitId'], lead: '信息科', ...change,
      indicators: change.indicators ?? indicators.map((row) => ({ ...row, target: { ...row.target } })),
    };
  };
  const firstRow = (change: Partial<TargetTableBody['indicators'][number]>): TargetTableBody => {
    const whole = body({ project: '某项目' });
    return { ...whole, indicators: whole.indicators.map((row, at) => (at === 0 ? { ...row, ...change } : row)) };
  };

  describe('the list', () => {
    it('shows a centre its own three tables with four quarters each', async () => {
      const answer = await reporter.get('/api/target-tables?fiscalYear=2024');
      const { tables, fiscalYears, nextCursor } = targetTableList.parse(answer.body);
      expect(tables.map((table) => [table.project, table.indicatorCount, table.weightTotal, table.budgetTotal])).toEqual([
        [null, 6, '90', '544.52'], ['社会保险经办审计经费', 14, '90', '8.00'], ['线路租赁费', 11, '90', '9.60'],
      ]);
      expect(tables[0]?.reports.map((report) => [report.ordinal, report.state, report.periodState, report.answered, report.rows])).toEqual([
        [1, 'DRAFT', 'CLOSED', 0, 6], [2, 'DRAFT', 'CLOSED', 0, 6], [3, 'DRAFT', 'CLOSED', 0, 6], [4, 'DRAFT', 'OPEN', 0, 6],
      ]);
      expect([fiscalYears, nextCursor]).toEqual([[2024], null]);
    });

    it('shows the department and finance all six, and finds one by a word or a unit', async () => {
      for (const login of ['department', 'finance'] as const) {
        expect((await (await app.as(login)).get<TargetTableList>('/api/target-tables')).body.tables).toHaveLength(6);
      }
      const finance = await app.as('finance');
      expect((await finance.get<TargetTableList>(`/api/target-tables?q=${encodeURIComponent('线路')}`)).body.tables.map((table) => table.project)).toEqual(['线路租赁费']);
      expect((await finance.get<TargetTableList>('/api/target-tables?q=%25')).body.tables).toEqual([]);
      expect((await finance.get<TargetTableList>(`/api/target-tables?unitId=${world.units.mn}`)).body.tables).toHaveLength(3);
      expect((await finance.get<TargetTableList>('/api/target-tables?fiscalYear=2023')).body.tables).toEqual([]);
    });

    it('begins at its beginning with a cursor that is not ours', async () => {
      expect((await reporter.get<TargetTableList>('/api/target-tables?cursor=nonsense')).body.tables).toHaveLength(3);
    });
  });

  it('one table shows its rows, what is doubtful in it, and that its reporter may adjust it', async () => {
    const answer = await reporter.get(`/api/target-tables/${world.tables['KZ-L'].id}`);
    const table = targetTableView.parse(answer.body);
    expect(table).toMatchObject({ state: 'APPROVED', version: 1, moves: ['adjust'], versions: [{ version: 1, state: 'APPROVED' }] });
    expect(table.indicators.map((row) => row.key)).toEqual(theTable('KZ-L').indicators.map((row) => row.key));
    // 资金使用合规率 is filed under 数量指标 in the published table.
    expect(table.findings.map((finding) => finding.code)).toContain('Q-T2');
    expect(table.findings.every((finding) => finding.messageEn !== '')).toBe(true);
  });

  it('of a whole unit carries its main tasks: written, checked against its money, changed, kept over an adjustment, taken out', async () => {
    const { goalText, budget, indicators } = theTable('KZ-U');
    const unit = (tasks: TargetTableBody['tasks'], fiscalYear = 2026): TargetTableBody => ({
      subject: 'UNIT', project: null, goalText, budget: { ...budget }, fiscalYear, unitId: world.units.kz as TargetTableBody['unitId'], lead: null,
      indicators: indicators.map((row) => ({ ...row, target: { ...row.target } })), ...(tasks === undefined ? {} : { tasks }),
    });
    const tasks = [{ name: '社保基金监管', content: '内部审计不少于5次', total: '500.00', fiscal: '500.00', other: null }, { name: '参保扩面', content: null, total: '44.52', fiscal: '44.52', other: null }];
    expect((await reporter.post<Problem>('/api/target-tables', unit([{ name: '负数', content: null, total: '-1', fiscal: null, other: null }]))).body.code).toBe('target-table.money-negative');
    const made = targetTableView.parse((await reporter.post('/api/target-tables', unit(tasks))).body);
    expect([made.tasks, made.findings.filter(({ code }) => code === 'Q-P5')]).toEqual([tasks, []]);
    const [first, second] = tasks;
    if (first === undefined || second === undefined) throw new Error('two tasks');
    const changed = targetTableView.parse((await reporter.put(`/api/target-tables/${made.id}`, { ...unit([second, { ...first, total: '400.00', fiscal: '400.00' }]), expectedRevision: 0 })).body);
    expect([changed.tasks?.map(({ name, total }) => [name, total]), changed.findings.filter(({ code }) => code === 'Q-P5').map(({ found, expected }) => [found, expected])])
      .toEqual([[['参保扩面', '44.52'], ['社保基金监管', '400.00']], [['444.52', '544.52'], ['444.52', '544.52']]]);
    // The warning is taken on with a reason by the name the page knows it under.
    const warning = changed.findings.find(({ code }) => code === 'Q-P5')?.id ?? '';
    const taken = await reporter.post<TargetTableView>(`/api/target-tables/${made.id}/findings/${warning}/acceptance`, { reason: '其余为基本支出' });
    expect(taken.body.findings.find(({ id }) => id === warning)?.accepted?.reason).toBe('其余为基本支出');
    // Silence leaves them as they are, an empty list takes them out; an adjustment begins with those in force.
    const silent = await reporter.put<TargetTableView>(`/api/target-tables/${made.id}`, { ...unit(undefined), expectedRevision: 1 });
    expect(silent.body.tasks).toHaveLength(2);
    await world.dataSource.query(`update performance_target_table set state = 'APPROVED' where id = $1`, [made.id]);
    const { expectedRevision: _, ...adjust } = { ...unit(undefined), expectedRevision: 0, reason: '年中调整' };
    const adjusted = await reporter.post<TargetTableView>(`/api/target-tables/${made.id}/adjustments`, adjust);
    expect(adjusted.body.tasks).toEqual(silent.body.tasks);
    const emptied = await reporter.put<TargetTableView>(`/api/target-tables/${adjusted.body.id}`, { ...unit([]), expectedRevision: 0 });
    expect([targetTableView.parse(emptied.body).tasks, (await reporter.get<TargetTableView>(`/api/target-tables/${made.id}`)).body.tasks]).toEqual([undefined, silent.body.tasks]);
  });

  describe('a draft', () => {
    it('is written, seen, written anew, and guarded by its revision', async () => {
      const made = await reporter.post<TargetTableView>('/api/target-tables', body());
      expect(made.status).toBe(201);
      expect(targetTableView.parse(made.body)).toMatchObject({ state: 'DRAFT', version: 1, revision: 0, lead: '信息科', moves: ['submit'] });
      const keys = made.body.indicators.map((row) => row.key);
      const changed = await reporter.put<TargetTableView>(`/api/target-tables/${made.body.id}`, { ...body({ lead: '财务科' }), expectedRevision: 0 });
      expect(changed.body).toMatchObject({ revision: 1, lead: '财务科' });
      expect(changed.body.indicators.map((row) => row.key)).toEqual(keys);
      const stale = await reporter.put<Problem>(`/api/target-tables/${made.body.id}`, { ...body(), expectedRevision: 0 });
      expect([stale.status, stale.body.code]).toEqual([409, 'target-table.stale-revision']);
      expect(stale.body.sentence.zh).toContain('本表刚刚被填报人甲改过（第 1 次修改）');
    });

    it('is there once for a subject and year', async () => {
      const answer = await reporter.post<Problem>('/api/target-tables', body());
      expect([answer.status, answer.body.code]).toEqual([422, 'target-table.already-there']);
    });

    it('gives a new row a key of its own', async () => {
      const made = await reporter.post<TargetTableView>('/api/target-tables', { ...firstRow({ key: '' }), project: '另一项目' });
      expect(made.body.indicators[0]?.key).toMatch(/^I-[0-9a-f]{12}$/u);
    });

    it.each<[string, () => TargetTableBody, string]>([
      ['a weight of zero', () => firstRow({ weight: '0' }), 'target-table.weight-not-lawful'],
      ['a weight with three decimals', () => firstRow({ weight: '8.125' }), 'target-table.weight-not-lawful'],
      ['a key used twice', () => firstRow({ key: 'KZ-L2' }), 'target-table.key-repeated'],
      ['a number that is none', () => firstRow({ target: { kind: 'QUANT', comparator: 'GE', magnitude: '四', magnitudeHigh: null, unit: '条', text: null, raw: '≥四条' } }), 'target-table.target-not-lawful'],
      ['a range upside down', () => firstRow({ target: { kind: 'QUANT', comparator: 'BETWEEN', magnitude: '5', magnitudeHigh: '4', unit: '条', text: null, raw: '5-4条' } }), 'target-table.target-not-lawful'],
      ['a month that is none', () => firstRow({ target: { kind: 'DATE', comparator: 'EQ', magnitude: '2024-13', magnitudeHigh: null, unit: null, text: null, raw: '2024年13月' } }), 'target-table.target-not-lawful'],
      ['a project without its name', () => body({ project: null }), 'target-table.project-needed'],
      ['a whole unit with a project\'s name', () => body({ subject: 'UNIT' }), 'target-table.project-needed'],
      ['a budget below zero', () => body({ project: '某项目', budget: { total: '-1' } }), 'target-table.money-negative'],
    ])('with %s is refused with a sentence', async (_, given, code) => {
      const answer = await reporter.post<Problem>('/api/target-tables', given());
      expect([answer.status, answer.body.code]).toEqual([422, code]);
      expect(answer.body.sentence.en).not.toBe('');
    });

    it('without rows, or with a number that is no text, is malformed', async () => {
      expect((await reporter.post('/api/target-tables', { ...body(), indicators: [] })).status).toBe(400);
      expect((await reporter.post('/api/target-tables', { ...body(), budget: { total: 9.6 } })).status).toBe(400);
      const response = await reporter.fetch('/api/target-tables', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
      expect([response.status, ((await response.json()) as Problem).code]).toEqual([400, 'house.unreadable-body']);
    });
  });

  describe('an adjustment', () => {
    const adjusted = (): AdjustTargetTable => {
      const whole = body({ fiscalYear: 2024 });
      return { ...whole, reason: '线路减少一条', indicators: whole.indicators.map((row) => (row.key === 'KZ-L1' ? { ...row, target: { ...row.target, magnitude: '5', raw: '=5 条' } } : row)) };
    };

    it('is a new draft beside the version in force, with the same rows', async () => {
      const answer = await reporter.post<TargetTableView>(`/api/target-tables/${world.tables['KZ-L'].id}/adjustments`, adjusted());
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ version: 2, state: 'DRAFT', reports: [], versions: [{ version: 1, state: 'APPROVED' }, { version: 2, state: 'DRAFT' }] });
      expect(answer.body.indicators[0]).toMatchObject({ key: 'KZ-L1', target: { magnitude: '5' } });
      // Why it was started stands first in its history.
      expect(answer.body.history).toMatchObject([{ move: 'adjust', from: 'APPROVED', to: 'DRAFT', role: 'reporter', opinion: '线路减少一条' }]);
      const again = await reporter.post<Problem>(`/api/target-tables/${world.tables['KZ-L'].id}/adjustments`, adjusted());
      expect(again.body.code).toBe('target-table.already-there');
    });

    it('needs a reason', async () => {
      const answer = await reporter.post(`/api/target-tables/${world.tables['KZ-A'].id}/adjustments`, { ...adjusted(), reason: '  ' });
      expect(answer.status).toBe(400);
    });

    it('cannot change whose promise it is', async () => {
      const answer = await reporter.post<Problem>(`/api/target-tables/${world.tables['KZ-A'].id}/adjustments`, { ...adjusted(), fiscalYear: 2025, project: '社会保险经办审计经费' });
      expect([answer.status, answer.body.code]).toEqual([422, 'target-table.other-subject']);
    });

    it('an approved table itself is not written anew', async () => {
      const answer = await reporter.put<Problem>(`/api/target-tables/${world.tables['KZ-A'].id}`, { ...body(), expectedRevision: 1 });
      expect([answer.status, answer.body.code]).toEqual([422, 'target-table.locked']);
    });
  });

  describe('a draft begun by mistake', () => {
    const begun = async (project: string): Promise<TargetTableView> => (await reporter.post<TargetTableView>('/api/target-tables', body({ project }))).body;
    const discard = (client: Client, id: string, revision: number) => client.send<Problem>('DELETE', `/api/target-tables/${id}?expectedRevision=${revision}`);

    it('is deleted with its rows by its reporter, and the trail keeps what it was', async () => {
      const { id } = await begun('误建项目');
      expect((await discard(reporter, id, 0)).status).toBe(204);
      expect((await reporter.get(`/api/target-tables/${id}`)).status).toBe(404);
      const [left]: { rows: string }[] = await world.dataSource.query('select count(*) as rows from indicator where table_id = $1', [id]);
      const [told]: { facts: object }[] = await world.dataSource.query(`select facts from audit_event where subject_id = $1 and action = 'target-table.removed'`, [id]);
      expect([left?.rows, told?.facts]).toEqual(['0', { fiscalYear: '2025', project: '误建项目', version: '1' }]);
      expect((await discard(reporter, id, 0)).body.code).toBe('target-table.not-found');
    });

    it('is not deleted unseen, nor by anybody else', async () => {
      const { id } = await begun('留着的项目');
      expect((await discard(reporter, id, 3)).body.code).toBe('target-table.stale-revision');
      expect((await reporter.send('DELETE', `/api/target-tables/${id}`)).status).toBe(400);
      expect([(await discard(await app.as('mn.reporter'), id, 0)).status, (await discard(await app.as('kz.manager'), id, 0)).status, (await discard(app.client(), id, 0)).status]).toEqual([404, 403, 401]);
    });

    it('stays on record once it was submitted, even when it was taken back', async () => {
      const { id } = await begun('送审过的项目');
      const moved = async (move: string, expectedRevision: number) => (await reporter.post<{ revision: number }>(`/api/target-tables/${id}/moves`, { move, expectedRevision })).body.revision;
      const revision = await moved('withdraw', await moved('submit', 0));
      expect((await reporter.get<TargetTableView>(`/api/target-tables/${id}`)).body.state).toBe('DRAFT');
      const refused = await discard(reporter, id, revision);
      expect([refused.status, refused.body.code]).toEqual([422, 'target-table.not-discardable']);
      expect((await discard(reporter, world.tables['KZ-A'].id, 1)).body.code).toBe('target-table.not-discardable');
    });

    it('may be an adjustment: the version in force goes on and can be adjusted again', async () => {
      const whole = { ...body({ fiscalYear: 2024 }), reason: '误点了调整' };
      const [made] = (await reporter.get<TargetTableView>(`/api/target-tables/${world.tables['KZ-L'].id}`)).body.versions.filter((one) => one.version === 2);
      const id = made?.id ?? (await reporter.post<TargetTableView>(`/api/target-tables/${world.tables['KZ-L'].id}/adjustments`, whole)).body.id;
      expect((await discard(reporter, id, 0)).status).toBe(204);
      expect((await reporter.get<TargetTableView>(`/api/target-tables/${world.tables['KZ-L'].id}`)).body).toMatchObject({ state: 'APPROVED', versions: [{ version: 1 }] });
      expect((await reporter.post(`/api/target-tables/${world.tables['KZ-L'].id}/adjustments`, whole)).status).toBe(201);
    });
  });

  it('another unit\'s table does not exist, nobody is let in without a session, and who does not report does not write', async () => {
    const id = world.tables['MN-G'].id;
    expect((await reporter.get(`/api/target-tables/${id}`)).status).toBe(404);
    expect((await reporter.get(`/api/target-tables/${MISSING}`)).status).toBe(404);
    expect((await reporter.get('/api/target-tables/nonsense')).status).toBe(400);
    const writes = (client: Client): Promise<number[]> => Promise.all([
      client.post('/api/target-tables', body({ project: '又一项目' })), client.put(`/api/target-tables/${world.tables['KZ-A'].id}`, { ...body(), expectedRevision: 1 }),
      client.post(`/api/target-tables/${world.tables['KZ-A'].id}/adjustments`, { ...body({ fiscalYear: 2024, project: '社会保险经办审计经费' }), reason: '年中调整' }),
    ].map(async (answer) => (await answer).status));
    expect(await writes(await app.as('mn.reporter'))).toEqual([404, 404, 404]);
    expect(await writes(app.client())).toEqual([401, 401, 401]);
    expect(await writes(await app.as('kz.manager'))).toEqual([403, 403, 403]);
    expect((await app.client().get('/api/target-tables')).status).toBe(401);
  });
});
