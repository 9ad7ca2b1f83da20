import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentImportView, ImportTableView, TargetTableView } from '@jiheng/contract';
import { aboutOf, aFinding, compareTables, type LoggedCorrection, STAGED_RULES, stagedFindings, toTargetTableOf } from '@jiheng/domain';
import type { Client } from '../../test/http-app';
import { aWorld, type World, type WorldApp } from '../../test/world';

/** The whole unit on the form of 2015: its tasks with their money, and rows with weights as later forms have them. */
const FORM = Buffer.from([
  ['部门（单位）整体支出绩效目标申报表'], ['（2061年度）'], ['部门（单位）名称', '某县社会保险中心'],
  ['年度主要任务', '任务名称', '主要内容', '预算金额（万元）', '', ''], ['', '', '', '总额', '财政拨款', '其他资金'],
  ['', '国防工水利工退休工资', '79人退休费按月发放', '229.39', '229.39', ''], ['', '破产企业人员生活补助', '', '44.58', '', ''], ['', '金额合计', '', '273.97', '229.39', ''],
  ['年度总体目标', '各项待遇按时足额发放。'], ['一级指标', '二级指标', '三级指标', '指标值', '分值权重', ''],
  ['产出指标', '数量指标', '发放人数', '≥318人', '60', ''], ['满意度指标', '服务对象满意度指标', '退休职工满意度', '≥95%', '30', ''],
].map((row) => [...row, ...Array.from({ length: 6 - row.length }, () => '')].join(',')).join('\n'));

/** The same form and the table of one of its tasks, which has 6.00 less of money. */
const WITH_PROJECT = Buffer.from(`${FORM.toString()}\n${[
  ['项目支出绩效目标表'], ['（2061年）'], ['预算单位', '某县社会保险中心'], ['项目名称', '国防工水利工退休工资'], ['项目资金（万元）', '年度预算总额', '223.39', '其中：财政拨款', '223.39', '其他资金', '0.00'],
  ['项目总体目标', '退休费按时发放。'], ['一级指标', '二级指标', '三级指标', '指标值', '指标值设置依据', '上年完成值', '指标分值权重', '指标赋分规则', '佐证资料'],
  ['产出指标', '数量指标', '发放人数', '≥79人', '计划标准', '', '90', '按照完成比例赋分', '工作资料'],
].map((row) => [...row, ...Array.from({ length: 9 - row.length }, () => '')].join(',')).join('\n')}`);

describe('the main tasks of a whole unit', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  beforeAll(async () => {
    world = await aWorld();
    app = await world.start({ role: 'all', today: '2025-01-09' });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  async function read(name: string, bytes: Uint8Array): Promise<string> {
    const brought = await reporter.upload<DocumentImportView>('/api/imports', { name, bytes });
    for (const until = Date.now() + 30_000; Date.now() < until; await pause(50)) {
      const { body } = await reporter.get<DocumentImportView>(`/api/imports/${brought.body.id}`);
      if (body.state === 'STAGED') return body.id;
      if (body.state !== 'READING') throw new Error(JSON.stringify(body.refusal));
    }
    throw new Error('the document was never read');
  }
  const staged = async (id: string): Promise<ImportTableView> => (await reporter.get<ImportTableView>(`/api/imports/${id}/tables/0`)).body;
  const correct = async (id: string, correction: LoggedCorrection): Promise<number> =>
    (await reporter.post(`/api/imports/${id}/tables/0/corrections`, { requestId: randomUUID(), expectedSequence: (await staged(id)).sequence, correction })).status;
  const accept = async (id: string, wish: object = {}): Promise<string> => {
    const { status, body } = await reporter.post<DocumentImportView>(`/api/imports/${id}/acceptance`, wish);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.tableList[0]?.accepted?.targetTableId ?? '';
  };
  const kept = async (tableId: string): Promise<unknown> => (await world.dataSource.query<{ main_tasks: unknown }[]>('select main_tasks from performance_target_table where id = $1', [tableId]))[0]?.main_tasks;

  it('agree with the money of the unit and of their projects again as soon as either is put right', async () => {
    const id = await read('整体与项目2061.csv', WITH_PROJECT);
    const said = async (): Promise<unknown> => {
      const view = (await reporter.get<ImportTableView>(`/api/imports/${id}/tables/0`)).body;
      const { tableList } = (await reporter.get<DocumentImportView>(`/api/imports/${id}`)).body;
      const found = stagedFindings(view.table, view.around ?? null).filter(({ finding }) => /^(?:Q-P[45]|R-sum)$/u.test(finding.code));
      return [found.map(({ finding }) => [finding.code, finding.found, finding.expected]), tableList.map((table) => table.errors)];
    };
    const put = async (at: number, correction: LoggedCorrection): Promise<number> => {
      const { sequence } = (await reporter.get<ImportTableView>(`/api/imports/${id}/tables/${at}`)).body;
      return (await reporter.post(`/api/imports/${id}/tables/${at}/corrections`, { requestId: randomUUID(), expectedSequence: sequence, correction })).status;
    };
    const [, [unitErrors, projectErrors]] = (await said()) as [unknown, [number, number]];
    expect(await said()).toEqual([[['Q-P4', '229.39', '223.39']], [unitErrors, projectErrors]]);
    // The project's own table was misread: put right there, the unit's is free of it in the list as well.
    for (const field of ['total', 'fiscal'] as const) expect(await put(1, { kind: 'SET_HEAD', field, text: '229.39' })).toBe(200);
    expect(await said()).toEqual([[], [unitErrors - 1, projectErrors]]);
    // Now the task is written wrongly: its project, its source, the money of the unit and the printed sum all object.
    expect(await put(0, { kind: 'SET_TASK', at: 0, field: 'total', text: '230' })).toBe(200);
    expect(await said()).toEqual([[['Q-P5', '230', '229.39'], ['Q-P5', '274.58', '273.97'], ['Q-P4', '230', '229.39']], [unitErrors, projectErrors]]);
    expect(await put(0, { kind: 'UNDO' })).toBe(200);
    expect(await said()).toEqual([[], [unitErrors - 1, projectErrors]]);
  });

  it('that disagree are explained one by one, and only what was explained is so in the draft', async () => {
    const id = await read('整体2060.csv', Buffer.from(FORM.toString().replace('2061年度', '2060年度')));
    // The first task says 230 of sources of 229.39; all together are 274.58 of a budget of 273.97.
    for (const correction of [{ kind: 'SET_HEAD', field: 'total', text: '273.97' }, { kind: 'SET_TASK', at: 0, field: 'total', text: '230' }] as const) expect(await correct(id, correction)).toBe(200);
    const about = async (): Promise<(string | null)[]> => stagedFindings((await staged(id)).table, { projects: [] }).filter(({ finding }) => finding.code === 'Q-P5').map((one) => one.acceptedBecause);
    expect(await about()).toEqual([null, null]);
    const second = stagedFindings((await staged(id)).table, { projects: [] }).filter(({ finding }) => finding.code === 'Q-P5')[1];
    if (second === undefined) throw new Error('the tasks agree with the budget');
    expect(await correct(id, { kind: 'ACCEPT_FINDING', code: 'Q-P5', row: null, about: aboutOf(second), reason: '追加资金另文下达' })).toBe(200);
    expect(await about()).toEqual([null, '追加资金另文下达']);
    const tableId = await accept(id);
    const { findings } = (await reporter.get<TargetTableView>(`/api/target-tables/${tableId}`)).body;
    expect(findings.filter(({ code }) => code === 'Q-P5').map((one) => [one.found, one.accepted?.reason ?? null])).toEqual([['230', null], ['274.58', '追加资金另文下达']]);
  });

  it('staged before the rules in force are counted by them as soon as somebody looks, with what their reading still tells of its print', async () => {
    // 229.39 of fiscal funds is printed below tasks that have 273.97 of them.
    const id = await read('整体2059.csv', Buffer.from(FORM.toString().replace('2061年度', '2059年度').replace(',44.58,,', ',44.58,44.58,')));
    const counted = async () => { const [table] = (await reporter.get<DocumentImportView>(`/api/imports/${id}`)).body.tableList; return [table?.errors, table?.warnings]; };
    const said = async () => stagedFindings((await staged(id)).table, { projects: [] }).map(({ row, finding }) => [row, finding.code, finding.found, finding.expected]);
    const [counts, findings] = [await counted(), await said()];
    expect(findings).toContainEqual([null, 'R-sum', '229.39', '273.97']);
    // As it lay there before, without its print and with the note of what disagreed: a reading never changes, so the guard looks away for once.
    const note = { row: null, finding: JSON.parse(JSON.stringify(aFinding('R-sum', 'WARN', { label: '财政拨款', place: '8' }, { found: '229.39', expected: '273.97' }))) as object };
    await world.dataSource.query('alter table import_table disable trigger user');
    await world.dataSource.query(`update import_table set read = read - 'printed' || jsonb_build_object('notes', $2::jsonb), rules = null, errors = 9, warnings = 0, open_warnings = null where import_id = $1`, [id, JSON.stringify([note])]);
    await world.dataSource.query('alter table import_table enable trigger user');
    expect([await counted(), await said()]).toEqual([counts, findings]);
    expect(await world.dataSource.query('select rules, warnings from import_table where import_id = $1', [id])).toEqual([{ rules: STAGED_RULES, warnings: counts[1] }]);
    // Put right, the printed sum is compared again, and no note of the reading says otherwise.
    expect(await correct(id, { kind: 'SET_TASK', at: 1, field: 'fiscal', text: '0' })).toBe(200);
    expect((await said()).filter(([, code]) => code === 'R-sum')).toEqual([]);
    // Opened by itself, a table of older rules is counted as well; one in the books stays as it was counted.
    await world.dataSource.query('update import_table set rules = 0, warnings = 0 where import_id = $1', [id]);
    await staged(id);
    expect(await world.dataSource.query('select rules from import_table where import_id = $1', [id])).toEqual([{ rules: STAGED_RULES }]);
    await accept(id);
    await world.dataSource.query('update import_table set rules = 0 where import_id = $1', [id]);
    await counted();
    expect(await world.dataSource.query('select rules from import_table where import_id = $1', [id])).toEqual([{ rules: 0 }]);
  });

  it('staged before their print was kept get it out of the kept file: a correction that breaks a sum that agreed is noticed, in every table of the document', async () => {
    const bytes = Buffer.from(`${WITH_PROJECT.toString()}\n合计,,,,,,90,,`.replaceAll('2061年', '2058年'));
    const id = await read('整体与项目2058.csv', bytes);
    const tableOf = async (at: number) => (await reporter.get<ImportTableView>(`/api/imports/${id}/tables/${at}`)).body;
    const sums = async (at: number) => stagedFindings((await tableOf(at)).table, { projects: [] }).filter(({ finding }) => finding.code === 'R-sum').map(({ finding }) => [finding.params['label'], finding.found, finding.expected]);
    const put = async (at: number, correction: LoggedCorrection): Promise<number> =>
      (await reporter.post(`/api/imports/${id}/tables/${at}/corrections`, { requestId: randomUUID(), expectedSequence: (await tableOf(at)).sequence, correction })).status;
    const kept = async () => world.dataSource.query<{ print: unknown; has: boolean }[]>(`select print, read ? 'printed' as has from import_table where import_id = $1 order by ordinal`, [id]);
    const printed = [(await tableOf(0)).table.printed, (await tableOf(1)).table.printed];
    expect(printed).toMatchObject([{ tasks: { total: '273.97', fiscal: '229.39' } }, { weight: '90' }]);
    const forget = async (): Promise<void> => {
      await world.dataSource.query('alter table import_table disable trigger user');
      await world.dataSource.query(`update import_table set read = read - 'printed', print = null, rules = 1 where import_id = $1`, [id]);
      await world.dataSource.query('alter table import_table enable trigger user');
    };
    await forget();
    // One table is opened: the file is read once for all of them.
    expect((await tableOf(1)).table.printed).toEqual(printed[1]);
    expect(await kept()).toEqual(printed.map((print) => ({ print, has: false })));
    expect([await sums(0), await sums(1)]).toEqual([[], []]);
    expect([await put(0, { kind: 'SET_TASK', at: 1, field: 'fiscal', text: '44.58' }), await put(1, { kind: 'SET_CELL', row: 'r1', column: 'weight', text: '80' })]).toEqual([200, 200]);
    expect([await sums(0), await sums(1)]).toEqual([[['财政拨款', '229.39', '273.97']], [['分值', '90', '80']]]);
    // Without the file nothing is known of sums that agreed, and the table is counted all the same.
    await forget();
    await world.dataSource.query(`update document_import set sha256 = repeat('0', 64) where id = $1`, [id]);
    expect([await sums(0), await sums(1)]).toEqual([[], []]);
    expect(await world.dataSource.query('select rules, print from import_table where import_id = $1', [id])).toEqual([{ rules: STAGED_RULES, print: null }, { rules: STAGED_RULES, print: null }]);
  });

  it('stand beside the table, are put right, come into the books with it and out again on its form', async () => {
    const id = await read('整体2061.csv', FORM);
    expect((await staged(id)).table.tasks).toEqual([
      { name: '国防工水利工退休工资', content: '79人退休费按月发放', total: '229.39', fiscal: '229.39', other: null }, { name: '破产企业人员生活补助', content: null, total: '44.58', fiscal: null, other: null },
    ]);
    for (const correction of [{ kind: 'SET_TASK', at: 1, field: 'name', text: '破产企业人员生活补贴' }, { kind: 'SET_TASK', at: 1, field: 'fiscal', text: '445800元' }, { kind: 'ADD_TASK' }] as const) expect(await correct(id, correction)).toBe(200);
    expect(await correct(id, { kind: 'SET_TASK', at: 9, field: 'name', text: '无' })).toBe(422);
    const tableId = await accept(id);
    const tasks = [{ name: '国防工水利工退休工资', content: '79人退休费按月发放', total: '229.39', fiscal: '229.39', other: null }, { name: '破产企业人员生活补贴', content: null, total: '44.58', fiscal: '44.58', other: null }];
    expect(await kept(tableId)).toEqual(tasks);
    // Out on the official form and in again: the same table, nothing to take over.
    const again = await read('导出.xlsx', Buffer.from(await (await reporter.fetch(`/api/target-tables/${tableId}/form.xlsx`)).arrayBuffer()));
    const view = await staged(again);
    expect([view.table.tasks, view.standing?.tasks]).toEqual([tasks, tasks]);
    expect(view.standing === null ? null : compareTables(view.standing as Parameters<typeof compareTables>[0], toTargetTableOf(view.table)).head).toEqual([]);
    // A changed amount is a difference; the rewritten draft loses it again when the import is undone.
    expect(await correct(again, { kind: 'SET_TASK', at: 0, field: 'total', text: '230' })).toBe(200);
    const changed = await staged(again);
    expect(changed.standing === null ? null : compareTables(changed.standing as Parameters<typeof compareTables>[0], toTargetTableOf(changed.table)).head.map((one) => one.field)).toEqual(['tasks']);
    expect(await accept(again)).toBe(tableId);
    expect(await kept(tableId)).toMatchObject([{ total: '230' }, { total: '44.58' }]);
    expect((await reporter.post(`/api/imports/${again}/undo`, {})).status).toBe(200);
    expect(await kept(tableId)).toEqual(tasks);
    // In force, it is adjusted by a form that has no tasks: the new version has those of the one before.
    await world.dataSource.query(`update performance_target_table set state = 'APPROVED' where id = $1`, [tableId]);
    const later = await read('整体2061调整.csv', Buffer.from(FORM.toString().split('\n').filter((_, at) => at < 3 || at > 7).join('\n').replace('≥318人', '≥300人')));
    expect((await staged(later)).table.tasks).toBeUndefined();
    const adjusted = await accept(later, { reason: '年中调整' });
    expect([adjusted === tableId, await kept(adjusted)]).toEqual([false, tasks]);
  });
});
