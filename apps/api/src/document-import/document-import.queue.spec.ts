import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type DocumentImportList, type DocumentImportView, documentImportView, type ImportBudgetView, importBudgetView, type ImportTableView, importTableView, type Problem, type SourceChunk, type SourceOutline, type TargetTableView,
} from '@jiheng/contract';
import { auditProject, gridOf, lineRentalProject, prefectureBudget, scannedBudget, scannedText, sixForms, workbookBytes } from '@jiheng/documents/fixtures';
import type { LoggedCorrection } from '@jiheng/domain';
import type { Answer, Client } from '../../test/http-app';
import { redisIsThere, startRedis, type TestRedis } from '../../test/redis';
import { aWorld, type World, type WorldApp } from '../../test/world';
import { newId } from '../platform/database/new-id';

const MISSING = '019b0000-0000-7000-8000-00000000dead';
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
/** 线路租赁费 of a year in which nothing is there yet, as a scan gives it. */
const scannedLines = (year: number): Buffer => utf8(scannedText({ ...lineRentalProject, year }, { innerBlanks: true, shiftedRows: [3], continuedNames: [1] }));

const backends = [{ backend: 'postgres', there: true }, { backend: 'redis', there: redisIsThere() }];

for (const { backend, there } of backends) (there ? describe : describe.skip)(`a document brought in, jobs on ${backend}`, () => {
  let world: World;
  let app: WorldApp;
  let redis: TestRedis | null = null;
  let reporter: Client;
  beforeAll(async () => {
    world = await aWorld();
    if (backend === 'redis') redis = await startRedis();
    app = await world.start({ role: 'all', today: '2025-01-09', env: { MAX_UPLOAD_MB: '1', ...(redis === null ? {} : { REDIS_URL: redis.url, REDIS_PREFIX: `test-${newId()}` }) } });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => { await app.stop(); await redis?.stop(); await world.stop(); });

  const bring = (client: Client, name: string, bytes: Uint8Array, query = ''): Promise<Answer<DocumentImportView & Problem>> => client.upload(`/api/imports${query}`, { name, bytes });
  async function read(name: string, bytes: Uint8Array, query = '', client = reporter): Promise<DocumentImportView> {
    const brought = await bring(client, name, bytes, query);
    if (brought.status !== 202) throw new Error(JSON.stringify(brought.body));
    for (const until = Date.now() + 30_000; Date.now() < until; await pause(50)) {
      const { body } = await client.get<DocumentImportView>(`/api/imports/${brought.body.id}`);
      if (body.state !== 'READING') return documentImportView.parse(body);
    }
    throw new Error('the document was never read');
  }
  const tableOf = async (id: string, at = 0): Promise<ImportTableView> => importTableView.parse((await reporter.get(`/api/imports/${id}/tables/${at}`)).body);
  const correct = (id: string, expectedSequence: number, correction: LoggedCorrection, at = 0, requestId: string = randomUUID()): Promise<Answer<ImportTableView & Problem>> =>
    reporter.post(`/api/imports/${id}/tables/${at}/corrections`, { requestId, expectedSequence, correction });
  const accept = (id: string, body: object = {}, client = reporter): Promise<Answer<DocumentImportView & Problem>> => client.post(`/api/imports/${id}/acceptance`, body);
  const undo = (id: string, body: object = {}): Promise<Answer<DocumentImportView & Problem>> => reporter.post(`/api/imports/${id}/undo`, body);
  const targetTable = async (id: string): Promise<TargetTableView> => (await reporter.get<TargetTableView>(`/api/target-tables/${id}`)).body;
  /** Hands a draft on, its warnings taken on with a reason. */
  async function submit(tableId: string): Promise<void> {
    for (const finding of (await targetTable(tableId)).findings.filter((one) => one.severity === 'WARN' && one.accepted == null)) {
      await reporter.post(`/api/target-tables/${tableId}/findings/${finding.id ?? ''}/acceptance`, { reason: '按批复执行' });
    }
    const moved = await reporter.post(`/api/target-tables/${tableId}/moves`, { move: 'submit', expectedRevision: (await targetTable(tableId)).revision });
    if (moved.status !== 200) throw new Error(JSON.stringify(moved.body));
  }

  it('is read by a job and waits for a person; nothing of it is in the books', async () => {
    const before = await world.dataSource.query('select count(*)::int as n from performance_target_table');
    const view = await read('线路租赁费2031.txt', scannedLines(2031));
    expect(view).toMatchObject({ state: 'STAGED', tables: 1, rows: 11, accepted: 0, mayEdit: true, unitId: world.units.kz, namedUnit: lineRentalProject.unit });
    expect(view.tableList[0]).toMatchObject({ fiscalYear: 2031, project: '线路租赁费', weightTotal: '90', gaps: 0, accepted: null });
    const { table, sequence, standing } = await tableOf(view.id);
    expect([sequence, standing, table.rows.map((row) => row.name)]).toEqual([0, null, lineRentalProject.rows.map((row) => row.expected.name)]);
    expect(await world.dataSource.query('select count(*)::int as n from performance_target_table')).toEqual(before);
    const { body } = await reporter.get<DocumentImportList>('/api/imports');
    expect(body.imports[0]).toMatchObject({ id: view.id, state: 'STAGED', fileName: '线路租赁费2031.txt', by: '填报人甲' });
    expect((await world.dataSource.query('select state, link from job_run where id = $1', [view.jobRunId]))[0]).toEqual({ state: 'DONE', link: `/import/${view.id}` });
  });

  it('shows its own lines, and every cell knows which it was read from', async () => {
    const { id } = await read('线路租赁费2032.txt', scannedLines(2032));
    const outline = (await reporter.get<SourceOutline>(`/api/imports/${id}/source`)).body;
    expect(outline.parts).toHaveLength(1);
    const lines = (await Promise.all((outline.parts[0]?.chunks ?? []).map((chunk) => reporter.get<SourceChunk>(`/api/imports/${id}/source/0/${chunk.at}`)))).flatMap((answer) => answer.body.lines);
    const { table } = await tableOf(id);
    for (const row of table.rows) {
      const cell = row.cells.target;
      expect(cell?.places.length).toBeGreaterThan(0);
      const printed = cell?.places.map((place) => lines.find((line) => line.number === place.line)?.cells[place.cell] ?? '').join('');
      expect(printed?.replace(/\s/gu, '')).toContain(row.target.raw.replace(/\s/gu, '').slice(-3));
    }
    expect((await reporter.get(`/api/imports/${id}/source/0/99`)).status).toBe(404);
    const file = await reporter.fetch(`/api/imports/${id}/file`);
    expect([Buffer.from(await file.arrayBuffer()).equals(scannedLines(2032)), file.headers.get('content-disposition')?.startsWith('attachment')]).toEqual([true, true]);
  });

  it('keeps every correction at once, takes it back and puts it again, and says who was faster', async () => {
    const { id } = await read('线路租赁费2033.txt', scannedLines(2033));
    const requestId = randomUUID();
    const made = await correct(id, 0, { kind: 'SET_CELL', row: 'r1', column: 'target', text: '＝５条' }, 0, requestId);
    expect([made.status, made.body.sequence, made.body.table.rows[0]?.target]).toMatchObject([200, 1, { magnitude: '5', unit: '条' }]);
    // A lost answer is asked for again and written once.
    expect((await correct(id, 0, { kind: 'SET_CELL', row: 'r1', column: 'target', text: '＝５条' }, 0, requestId)).body.sequence).toBe(1);
    const late = await correct(id, 0, { kind: 'SET_CELL', row: 'r2', column: 'weight', text: '9' });
    expect([late.status, late.body.code, late.body.sentence.zh]).toEqual([409, 'import.stale-revision', expect.stringContaining('填报人甲')]);
    expect((await correct(id, 1, { kind: 'UNDO' })).body).toMatchObject({ sequence: 2, mayUndo: false, mayRedo: true, table: { rows: expect.arrayContaining([expect.objectContaining({ id: 'r1', target: expect.objectContaining({ magnitude: '4' }) })]) } });
    expect((await correct(id, 2, { kind: 'REDO' })).body.table.rows[0]?.target.magnitude).toBe('5');
    expect((await correct(id, 3, { kind: 'DELETE_ROWS', rows: ['r99'] })).body.code).toBe('staging.row-unknown');
    expect((await correct(id, 3, { kind: 'SET_CELL', row: 'r1', column: 'colour' as 'name', text: 'x' })).status).toBe(400);
    expect((await correct(id, 3, { kind: 'SET_CELL', row: 'r1', column: 'weight', text: '多少' })).body.table.rows[0]?.weight).toBe('多少');
    const refused = await accept(id);
    expect([refused.status, refused.body.code, refused.body.sentence.zh]).toEqual([422, 'import.gaps', expect.stringContaining('第 1 行分值权重')]);
    expect((await reporter.get<DocumentImportView>(`/api/imports/${id}`)).body.tableList[0]).toMatchObject({ gaps: 1, accepted: null });
  });

  it('comes into the books with a click, each indicator with its place, and goes out again whole', async () => {
    const { id } = await read('线路租赁费2034.txt', scannedLines(2034));
    await correct(id, 0, { kind: 'SET_HEAD', field: 'lead', text: '信息科' });
    // 资金使用合规率 is filed under 数量指标 in the published table.
    await correct(id, 1, { kind: 'ACCEPT_FINDING', code: 'Q-T2', row: 'r2', reason: '按批复执行' });
    const accepted = await accept(id);
    expect([accepted.status, accepted.body.state, accepted.body.tableList[0]?.accepted?.how]).toEqual([200, 'ACCEPTED', 'CREATED']);
    const tableId = accepted.body.tableList[0]?.accepted?.targetTableId ?? '';
    const draft = await targetTable(tableId);
    expect(draft).toMatchObject({ state: 'DRAFT', project: '线路租赁费', fiscalYear: 2034, lead: '信息科', indicatorCount: 11, weightTotal: '90' });
    // What a person let stand while checking need not be explained again.
    expect(draft.findings.filter((finding) => finding.code === 'Q-T2').map((finding) => finding.accepted?.reason)).toEqual(['按批复执行']);
    const origins = await world.dataSource.query<{ indicator_key: string; place: string; cells: Record<string, unknown> }[]>('select indicator_key, place, cells from indicator_origin where target_table_id = $1', [tableId]);
    expect(origins.map((origin) => origin.indicator_key).sort()).toEqual(draft.indicators.map((row) => row.key).sort());
    expect(origins[0]?.place).toMatch(/^line \d+/u);
    expect((await accept(id)).body.code).toBe('import.not-staged');
    expect((await correct(id, 2, { kind: 'UNDO' })).body.code).toBe('import.not-staged');
    const undone = await undo(id);
    expect([undone.status, undone.body.state, undone.body.tableList[0]?.accepted?.undone]).toEqual([200, 'UNDONE', true]);
    expect((await reporter.get(`/api/target-tables/${tableId}`)).status).toBe(404);
    expect((await undo(id)).body.code).toBe('import.not-staged');
  });

  it('is not taken back once it was handed on, and not without a second word once it was edited', async () => {
    const { id } = await read('线路租赁费2035.txt', scannedLines(2035));
    await correct(id, 0, { kind: 'SET_HEAD', field: 'lead', text: '信息科' });
    const tableId = (await accept(id)).body.tableList[0]?.accepted?.targetTableId ?? '';
    await submit(tableId);
    const sent = await undo(id);
    expect([sent.status, sent.body.code]).toEqual([422, 'import.sent-on']);
    const submitted = await targetTable(tableId);
    expect((await reporter.post(`/api/target-tables/${tableId}/moves`, { move: 'withdraw', expectedRevision: submitted.revision })).status).toBe(200);
    expect((await undo(id)).body.code).toBe('import.draft-edited');
    expect((await undo(id, { discardEdits: true })).body.state).toBe('UNDONE');
    expect((await reporter.get(`/api/target-tables/${tableId}`)).status).toBe(404);
  });

  it('read again into a draft keeps the identity of its indicators, asks a person about a name that is only alike, and gives back what was there', async () => {
    const first = await read('线路租赁费2036.txt', scannedLines(2036));
    const tableId = (await accept(first.id)).body.tableList[0]?.accepted?.targetTableId ?? '';
    const before = await targetTable(tableId);
    const [one, ...others] = lineRentalProject.rows;
    if (one === undefined) throw new Error('no rows');
    const changed = { ...lineRentalProject, year: 2036, rows: [{ ...one, name: '租用专线网络条数(条)', target: '=5条' }, ...others] };
    const { id } = await read('线路租赁费2036改.txt', utf8(scannedText(changed)));
    expect((await tableOf(id)).standing).toMatchObject({ tableId, state: 'DRAFT', version: 1 });
    const open = await accept(id);
    expect([open.status, open.body.code, open.body.params['count']]).toEqual([422, 'import.matches-open', '1']);
    await correct(id, 0, { kind: 'MATCH_ROW', row: 'r1', key: before.indicators[0]?.key ?? '' });
    expect((await accept(id)).body.tableList[0]?.accepted).toMatchObject({ how: 'REWRITTEN', targetTableId: tableId });
    const after = await targetTable(tableId);
    expect(after.indicators.map((row) => row.key)).toEqual(before.indicators.map((row) => row.key));
    expect(after.indicators[0]).toMatchObject({ name: '租用专线网络条数', target: { magnitude: '5' } });
    expect((await undo(id)).body.state).toBe('UNDONE');
    const back = await targetTable(tableId);
    expect(back.indicators.map(({ id: _id, ...row }) => row)).toEqual(before.indicators.map(({ id: _id, ...row }) => row));
    // The same document once more changes nothing and says so.
    const same = await read('线路租赁费2036再.txt', scannedLines(2036));
    expect((await accept(same.id)).body.tableList[0]?.accepted).toMatchObject({ how: 'UNCHANGED', targetTableId: tableId });
  });

  it('read again into a table in force is an adjustment draft with a reason; values reported so far stay with their indicators', async () => {
    const inForce = world.tables['KZ-L'];
    const report = world.report('KZ-L', 4);
    expect((await reporter.put(`/api/monitoring-reports/${report}/actuals/${inForce.indicatorId('KZ-L1')}`, { requestId: randomUUID(), expectedRevision: 0, actual: { kind: 'REPORTED', magnitude: '4', unit: '条' } })).status).toBe(200);
    const [one, ...others] = lineRentalProject.rows;
    if (one === undefined) throw new Error('no rows');
    const { id } = await read('线路租赁费.txt', utf8(scannedText({ ...lineRentalProject, rows: [{ ...one, target: '=5条' }, ...others] })));
    await correct(id, 0, { kind: 'SET_HEAD', field: 'lead', text: '信息科' });
    expect((await accept(id)).body.code).toBe('import.reason-needed');
    const accepted = await accept(id, { reason: '新增一条专线' });
    expect(accepted.body.tableList[0]?.accepted?.how).toBe('ADJUSTED');
    const draftId = accepted.body.tableList[0]?.accepted?.targetTableId ?? '';
    const draft = await targetTable(draftId);
    expect(draft).toMatchObject({ version: 2, state: 'DRAFT', history: [{ move: 'adjust', opinion: '新增一条专线' }] });
    expect(draft.indicators.map((row) => row.key)).toEqual((await targetTable(inForce.id)).indicators.map((row) => row.key));
    expect((await targetTable(inForce.id)).indicators[0]?.target.magnitude).toBe('4');
    expect((await reporter.get<{ rows: { current: unknown }[] }>(`/api/monitoring-reports/${report}`)).body.rows[0]?.current).toMatchObject({ actual: { magnitude: '4' } });
    await submit(draftId);
    const meanwhile = await read('线路租赁费再.txt', utf8(scannedText({ ...lineRentalProject, rows: [{ ...one, target: '=6条' }, ...others] })));
    expect((await accept(meanwhile.id, { reason: '再增' })).body.code).toBe('import.under-way');
  });

  it('takes a workbook of all six tables table by table, and the same table twice not at all', async () => {
    const year = 2037;
    const { id, tableList } = await read('六张表.xlsx', workbookBytes(Object.fromEntries(sixForms.map((form, at) => [`表${at + 1}`, gridOf({ ...form, year })]))));
    expect(tableList.map((table) => [table.project, table.rows])).toEqual(sixForms.map((form) => [form.project, form.rows.length]));
    const some = await accept(id, { tables: [1, 2] });
    expect([some.body.state, some.body.accepted]).toEqual(['STAGED', 2]);
    // The two whole-unit tables of the file would be one and the same here: both centres are taken for this one.
    const all = await accept(id);
    expect(all.body.code).toBe('import.twice-in-file');
    expect((await accept(id, { tables: [0, 4, 5] })).body.accepted).toBe(5);
    const elsewhere = await reporter.put<Problem>(`/api/imports/${id}/unit`, { unitId: world.units.mn });
    expect(elsewhere.status).toBe(404);
    expect((await undo(id)).body).toMatchObject({ state: 'UNDONE', accepted: 0 });
    expect(await world.dataSource.query('select 1 from performance_target_table where fiscal_year = $1', [year])).toEqual([]);
  });

  it('brings its budget tables along: checked while a person looks, stored with the first table accepted, withdrawn when it is undone', async () => {
    const own = sixForms.filter((form) => form.unit === prefectureBudget.unit);
    const { id, hasBudget } = await read('预算公开.txt', utf8([scannedBudget(prefectureBudget), ...own.map((form) => scannedText(form))].join('\n\n')));
    expect(hasBudget).toBe(true);
    const { body } = await reporter.get<ImportBudgetView>(`/api/imports/${id}/budget`);
    const budget = importBudgetView.parse(body);
    expect([budget.fiscalYear, budget.stored, budget.printedUnit]).toEqual([2024, false, prefectureBudget.unit]);
    expect(budget.tables.map((table) => table.number)).toEqual([1, 2, 4, 6, 7, 9, 10, 11]);
    expect(budget.identities.filter((one) => one.outcome === 'HOLDS').length).toBeGreaterThan(5);
    const published = (): Promise<{ status: number }> => reporter.get(`/api/budget-documents?unitId=${world.units.kz}&fiscalYear=2024`);
    expect((await published()).status).toBe(404);
    // The published tables are in force already and say the same: nothing is written but the budget.
    const unchanged = (await reporter.get<DocumentImportView>(`/api/imports/${id}`)).body.tableList.map((table) => table.project).indexOf('社会保险经办审计经费');
    expect((await accept(id, { tables: [unchanged], reason: '核对' })).status).toBe(200);
    expect([(await published()).status, (await reporter.get<ImportBudgetView>(`/api/imports/${id}/budget`)).body.stored]).toEqual([200, true]);
    expect((await undo(id)).body.state).toBe('UNDONE');
    expect((await published()).status).toBe(404);
    const plain = await read('线路租赁费2041.txt', scannedLines(2041));
    expect([plain.hasBudget, (await reporter.get<Problem>(`/api/imports/${plain.id}/budget`)).body.code]).toEqual([false, 'import.no-budget']);
  });

  it.each<[string, string, Uint8Array, string]>([
    ['a file without a table', '说明.txt', utf8('今天天气很好。'), 'document.no-table-found'], ['a picture', '目标表.png', Buffer.from('iVBORw0KGgo=', 'base64'), 'document.kind-unsupported'],
  ])('%s is refused with a sentence on its page', async (_, name, bytes, code) => {
    const view = await read(name, bytes);
    expect([view.state, view.refusal?.code, (view.refusal?.en ?? '').length > 10, view.mayEdit]).toEqual(['REFUSED', code, true, false]);
    expect((await accept(view.id)).body.code).toBe('import.not-staged');
  });

  it('is refused at the door when it is empty, too large or absent', async () => {
    expect((await bring(reporter, '目标表.csv', new Uint8Array())).body.code).toBe('document.empty');
    expect((await bring(reporter, '目标表.csv', Buffer.alloc(1_100_000, 32))).status).toBe(413);
    expect((await reporter.post('/api/imports')).status).toBe(422);
  });

  it('belongs to those of its unit: a neighbour finds nothing, a manager may look and not touch, a stranger is asked to sign in', async () => {
    const { id } = await read('审计.txt', utf8(scannedText({ ...auditProject, year: 2038 })));
    const neighbour = await app.as('mn.reporter');
    const manager = await app.as('kz.manager');
    for (const path of ['', '/tables/0', '/source', '/source/0/0', '/file']) {
      expect([path, (await neighbour.get(`/api/imports/${id}${path}`)).status, (await neighbour.get(`/api/imports/${MISSING}${path}`)).status, (await manager.get(`/api/imports/${id}${path}`)).status]).toEqual([path, 404, 404, 200]);
    }
    expect([(await accept(id, {}, neighbour)).status, (await accept(id, {}, manager)).status]).toEqual([404, 403]);
    expect((await neighbour.get<DocumentImportList>('/api/imports')).body.imports.filter((one) => one.id === id)).toEqual([]);
    expect((await bring(manager, '审计.txt', utf8('x'))).status).toBe(403);
    expect((await bring(reporter, '审计.txt', utf8('x'), `?unitId=${world.units.mn}`)).status).toBe(404);
    expect((await bring(app.client(), '审计.txt', utf8('x'))).status).toBe(401);
  });
});
