import { setTimeout as pause } from 'node:timers/promises';
import { type DocumentImportList, documentImportList, type DocumentImportView, documentImportView, type ImportBudgetView, openFindingsView, type PreviousActualsView, previousActualsView, type Problem, type TargetTableView } from '@jiheng/contract';
import { gridOf, lineRentalProject, prefectureBudget, scannedBudget, sixForms, workbookBytes } from '@jiheng/documents/fixtures';
import type { Answer, Client } from '../../test/http-app';
import { aWorld, type World, type WorldApp } from '../../test/world';

const HEAD = ['一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因分析及改进措施'];
/** The self-evaluation of 线路租赁费 for a year: nine lines of nine, 99.8 % of the time. */
const evaluation = (year: number): string[][] => [
  ['项目支出绩效自评表'], [`（${year}年度）`], ['项目名称', lineRentalProject.project ?? ''], HEAD,
  ['产出指标', '数量指标', '租用专线网络数量', '=9条', '9', '10', '10', ''], ['', '质量指标', '信息自动化运行保障率', '=100%', '99.8%', '10', '9.98', '雷击断线'],
].map((row) => [...row, ...Array.from({ length: HEAD.length - row.length }, () => '')]);
const csv = (rows: readonly (readonly string[])[]): Buffer => Buffer.from(rows.map((row) => row.join(',')).join('\n'));
const targetsOf = (year: number): ReturnType<typeof gridOf> => gridOf({ ...lineRentalProject, year, rows: lineRentalProject.rows.map((row) => ({ ...row, previous: '' })) });

describe('documents that hold results, budgets, or very many tables', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  beforeAll(async () => {
    world = await aWorld();
    app = await world.start({ role: 'all', today: '2025-01-09', env: { MAX_UPLOAD_MB: '7' } });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  async function read(name: string, bytes: Uint8Array): Promise<DocumentImportView> {
    const brought = await reporter.upload<DocumentImportView>('/api/imports', { name, bytes });
    for (const until = Date.now() + 60_000; Date.now() < until; await pause(50)) {
      const { body } = await reporter.get<DocumentImportView>(`/api/imports/${brought.body.id}`);
      if (body.state !== 'READING') return documentImportView.parse(body);
    }
    throw new Error('the document was never read');
  }
  const accept = (id: string, body: object = {}): Promise<Answer<DocumentImportView & Problem>> => reporter.post(`/api/imports/${id}/acceptance`, body);
  const undo = (id: string): Promise<Answer<DocumentImportView & Problem>> => reporter.post(`/api/imports/${id}/undo`, {});
  const proposed = async (id: string, at = 0): Promise<PreviousActualsView> => previousActualsView.parse((await reporter.get(`/api/imports/${id}/tables/${at}/previous-actuals`)).body);
  const fill = (id: string, at: number, body: object): Promise<Answer<DocumentImportView & Problem>> => reporter.post(`/api/imports/${id}/tables/${at}/previous-actuals`, body);
  const previousOf = async (tableId: string): Promise<(string | null)[]> => (await reporter.get<TargetTableView>(`/api/target-tables/${tableId}`)).body.indicators.slice(0, 3).map((row) => row.previousActual);

  it('a self-evaluation becomes no target table; its values go into the draft of the year after by a click, and come out again', async () => {
    const both = await read('目标和自评.xlsx', workbookBytes({ 目标: targetsOf(2051), 自评: { rows: evaluation(2050), merges: [] } }));
    expect(both.tableList.map((table) => [table.form, table.fiscalYear])).toEqual([['TARGET', 2051], ['SELF_EVALUATION', 2050]]);
    expect((await accept(both.id, { tables: [1] })).body).toMatchObject({ code: 'import.not-a-target-form', params: { form: '自评表' } });
    expect(await proposed(both.id, 1)).toEqual({ fiscalYear: 2051, target: null, proposals: [], unmatched: [] });
    expect((await fill(both.id, 1, { keys: ['x'], expectedRevision: 0 })).body.code).toBe('import.no-next-table');
    // "All" means the target tables; the import is done with them, and the results may still be used.
    const all = await accept(both.id);
    expect([all.body.state, all.body.tableList.map((table) => table.accepted?.how ?? null)]).toEqual(['ACCEPTED', ['CREATED', null]]);
    const draftId = all.body.tableList[0]?.accepted?.targetTableId ?? '';
    const { target, proposals } = await proposed(both.id, 1);
    expect([target, proposals.map((one) => [one.name, one.previousActual])]).toMatchObject([{ tableId: draftId, fills: 'DRAFT', state: 'DRAFT' }, [['租用专线网络数量', '9条'], ['信息自动化运行保障率', '99.8%']]]);
    expect((await fill(both.id, 1, { keys: proposals.map((one) => one.key), expectedRevision: (target?.revision ?? 0) + 1 })).body.code).toBe('import.target-changed');
    const filled = await fill(both.id, 1, { keys: proposals.map((one) => one.key), expectedRevision: target?.revision ?? 0 });
    expect([filled.status, filled.body.tableList[1]?.accepted]).toMatchObject([200, { how: 'REWRITTEN', targetTableId: draftId }]);
    expect(await previousOf(draftId)).toEqual(['9条', null, '99.8%']);
    expect((await proposed(both.id, 1)).proposals.every((one) => one.there)).toBe(true);
    expect((await fill(both.id, 1, { keys: proposals.map((one) => one.key), expectedRevision: 1 })).body.code).toBe('import.nothing-chosen');
    expect((await reporter.get<Problem>(`/api/imports/${both.id}/tables/0/previous-actuals`)).body.code).toBe('import.not-results');
    // What the import wrote into its own draft is nobody's edit: undoing asks no second time.
    expect((await undo(both.id)).body.state).toBe('UNDONE');
    expect((await reporter.get(`/api/target-tables/${draftId}`)).status).toBe(404);
  });

  it('beside a table in force the values make an adjustment draft with a reason', async () => {
    const inForce = world.tables['KZ-L'];
    const { id } = await read('自评2023.csv', csv(evaluation(2023)));
    const { target, proposals } = await proposed(id);
    expect(target).toMatchObject({ tableId: inForce.id, fills: 'ADJUSTMENT', state: 'APPROVED' });
    const wish = { keys: proposals.filter((one) => !one.there).map((one) => one.key), expectedRevision: target?.revision ?? 0 };
    expect(wish.keys.length).toBeGreaterThan(0);
    expect((await fill(id, 0, wish)).body.code).toBe('import.reason-needed');
    const made = await fill(id, 0, { ...wish, reason: '补填上年完成值' });
    expect([made.status, made.body.state, made.body.tableList[0]?.accepted?.how]).toEqual([200, 'ACCEPTED', 'ADJUSTED']);
    expect((await proposed(id)).target).not.toBeNull();
    expect((await undo(id)).body.state).toBe('UNDONE');
  });

  it('a neighbour sees none of it, a manager may look and not fill', async () => {
    const { id } = await read('自评2043.csv', csv(evaluation(2043)));
    const [neighbour, manager] = [await app.as('mn.reporter'), await app.as('kz.manager')];
    const path = `/api/imports/${id}/tables/0/previous-actuals`;
    expect([(await neighbour.get(path)).status, (await manager.get(path)).status, (await manager.post(path, { keys: ['x'], expectedRevision: 0 })).status, (await reporter.post(path, { keys: [], expectedRevision: 0 })).status]).toEqual([404, 200, 403, 400]);
  });

  it('a document with budget tables alone is read, stored by a click and withdrawn by another', async () => {
    const { id, ...view } = await read('2044年预算公开.txt', Buffer.from(`2044年部门预算公开\n${scannedBudget(prefectureBudget)}`));
    expect(view).toMatchObject({ state: 'STAGED', tables: 0, hasBudget: true, budgetStored: false, namedUnit: prefectureBudget.unit, unitId: world.units.kz, mayEdit: true });
    expect((await reporter.get<ImportBudgetView>(`/api/imports/${id}/budget`)).body).toMatchObject({ fiscalYear: 2044, stored: false });
    const published = async (): Promise<number> => (await reporter.get(`/api/budget-documents?unitId=${world.units.kz}&fiscalYear=2044`)).status;
    expect(await published()).toBe(404);
    expect((await accept(id)).body).toMatchObject({ state: 'ACCEPTED', budgetStored: true });
    expect(await published()).toBe(200);
    expect((await undo(id)).body).toMatchObject({ state: 'UNDONE', budgetStored: false });
    expect(await published()).toBe(404);
  });

  it('a hundred and twenty tables come in slices, each whole, a slice asked for twice taken once, and all of it goes back at once', async () => {
    const rows = (sixForms[1] ?? lineRentalProject).rows;
    const sheets = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`表${at + 1}`, gridOf({ ...lineRentalProject, year: 2045, project: `第${at + 1}号线路`, rows: rows.slice(0, 3).map((row) => ({ ...row, weight: '30' })) })]));
    // The last is called like the first: a later slice knows what an earlier one took.
    sheets['表120'] = gridOf({ ...lineRentalProject, year: 2045, project: '第1号线路', rows: rows.slice(0, 3).map((row) => ({ ...row, weight: '30' })) });
    const { id, tables } = await read('一百二十张.xlsx', workbookBytes(sheets));
    expect(tables).toBe(120);
    const slices = [0, 1, 2, 3].map((slice) => Array.from({ length: 25 }, (_, at) => slice * 25 + at));
    const taken: number[] = [];
    for (const slice of slices) taken.push((await accept(id, { tables: slice })).body.accepted);
    expect(taken).toEqual([25, 50, 75, 100]);
    expect((await accept(id, { tables: slices[3] })).body).toMatchObject({ state: 'STAGED', accepted: 100 });
    const last = await accept(id, { tables: Array.from({ length: 20 }, (_, at) => 100 + at) });
    expect([last.status, last.body.code, last.body.params['table']]).toEqual([422, 'import.twice-in-file', '120']);
    expect((await accept(id, { tables: Array.from({ length: 19 }, (_, at) => 100 + at) })).body).toMatchObject({ state: 'STAGED', accepted: 119 });
    expect(await world.dataSource.query('select count(*)::int as n from performance_target_table where fiscal_year = 2045')).toEqual([{ n: 119 }]);
    expect((await undo(id)).body).toMatchObject({ state: 'UNDONE', accepted: 0 });
    expect(await world.dataSource.query('select 1 from performance_target_table where fiscal_year = 2045')).toEqual([]);
  }, 180_000);

  it('of a document of any number of tables all open warnings are counted, and those that are kept or in the books are not', async () => {
    const { id } = await read('许多张同类.xlsx', workbookBytes({ 甲: gridOf({ ...lineRentalProject, year: 2047, project: '甲号线路' }) }));
    const counted = async (): Promise<ReadonlyMap<string, readonly [number, number]>> =>
      new Map(openFindingsView.parse((await reporter.get(`/api/imports/${id}/open-findings`)).body).findings.map(({ code, count, tables }) => [code, [count, tables]]));
    const one = await counted();
    await world.dataSource.query(`insert into import_table select import_id, n, read, subject, fiscal_year, project || n, budget_unit, row_count, weight_total, doubtful, errors, warnings, gaps, budget_total, task_count, open_warnings
      from import_table cross join generate_series(1, 240) n where import_id = $1 and ordinal = 0`, [id]);
    expect(one.size).toBeGreaterThan(0);
    expect(await counted()).toEqual(new Map([...one].map(([code, [count]]) => [code, [241 * count, 241]])));
    // Of tables staged before they were counted, they are counted now; one is kept with a reason.
    await world.dataSource.query('update import_table set open_warnings = null where import_id = $1 and ordinal between 100 and 220', [id]);
    const [first] = one.keys();
    if (first === undefined) throw new Error('the project has no warning');
    expect((await reporter.post(`/api/imports/${id}/kept-findings`, { tables: [0, 150], reasons: [{ code: first, reason: '按批复执行' }] })).status).toBe(200);
    expect(await counted()).toEqual(new Map([...one].map(([code, [count]]) => [code, code === first ? [239 * count, 239] : [241 * count, 241]])));
  });

  it('one reason a kind of warning holds for all tables that are taken together, and goes with the drafts', async () => {
    const { id } = await read('两张同类.xlsx', workbookBytes({ 甲: gridOf({ ...lineRentalProject, year: 2046, project: '甲号线路' }), 乙: gridOf({ ...lineRentalProject, year: 2046, project: '乙号线路' }) }));
    const open = openFindingsView.parse((await reporter.get(`/api/imports/${id}/open-findings`)).body);
    expect([open.findings.length > 0, open.findings.every((one) => one.tables === 2)]).toEqual([true, true]);
    const reasons = open.findings.map(({ code }) => ({ code, reason: `按批复执行（${code}）` }));
    const manager = await app.as('kz.manager');
    expect([(await manager.get(`/api/imports/${id}/open-findings`)).status, (await manager.post(`/api/imports/${id}/kept-findings`, { tables: [0], reasons })).status]).toEqual([200, 403]);
    const kept = await reporter.post<DocumentImportView>(`/api/imports/${id}/kept-findings`, { tables: [0, 1], reasons });
    expect(kept.body.tableList.map((table) => table.warnings)).toEqual([0, 0]);
    // Asked for again it writes nothing: each stands in the log once.
    const logged = async (): Promise<number> => (await world.dataSource.query<{ n: number }[]>('select count(*)::int as n from import_correction where import_id = $1', [id]))[0]?.n ?? 0;
    const before = await logged();
    await reporter.post(`/api/imports/${id}/kept-findings`, { tables: [0, 1], reasons });
    expect([await logged(), openFindingsView.parse((await reporter.get(`/api/imports/${id}/open-findings`)).body).findings]).toEqual([before, []]);
    const taken = await accept(id);
    const draft = (await reporter.get<TargetTableView>(`/api/target-tables/${taken.body.tableList[0]?.accepted?.targetTableId ?? ''}`)).body;
    expect(draft.findings.filter((one) => one.severity === 'WARN' && one.accepted == null)).toEqual([]);
    expect((await undo(id)).body.state).toBe('UNDONE');
  });

  it('the list says how large a file may be', async () => {
    expect(documentImportList.parse((await reporter.get<DocumentImportList>('/api/imports')).body).maxUploadMb).toBe(7);
  });
});
