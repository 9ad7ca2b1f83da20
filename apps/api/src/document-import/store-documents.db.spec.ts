import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gridOf, lineRentalProject, scannedText, sixForms, workbookBytes } from '@jiheng/documents/fixtures';
import { readTemplate } from '@jiheng/documents';
import { aWorld, type World } from '../../test/world';
import { type DocumentStore, openDocumentStore, type StoreRequest } from '../store-documents';

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

describe('documents brought by the command line', () => {
  let world: World;
  const files = mkdtempSync(join(tmpdir(), 'jiheng-store-'));
  beforeAll(async () => { world = await aWorld(); });
  afterAll(async () => {
    await world.stop();
    rmSync(files, { recursive: true, force: true });
  });

  const open = (request: Partial<StoreRequest>): ReturnType<typeof openDocumentStore> =>
    openDocumentStore({ DATABASE_URL: world.database.url, JIHENG_TODAY: '2025-01-09', DATA_DIR: files }, { unitCode: null, by: null, fiscalYear: null, accept: false, reason: '', ...request });
  async function within<T>(request: Partial<StoreRequest>, work: (store: DocumentStore) => Promise<T>): Promise<T> {
    const opened = await open(request);
    if (!opened.ok) throw new Error(opened.refusal.code);
    try { return await work(opened.value); } finally { await opened.value.close(); }
  }
  const code = async (request: Partial<StoreRequest>): Promise<string> => { const opened = await open(request); return opened.ok ? 'opened' : opened.refusal.code; };

  it('wait for a person unless they are accepted at once; nobody queues', async () => {
    const staged = await within({ by: 'kz.reporter' }, (store) => store.store({ name: '线路.txt', bytes: utf8(scannedText({ ...lineRentalProject, year: 2031 })) }));
    expect(staged).toMatchObject({ ok: true, value: { state: 'STAGED', tables: 1, rows: 11, drafts: [], refusal: null, unit: lineRentalProject.unit } });
    const accepted = await within({ by: 'kz.reporter', accept: true }, (store) => store.store({ name: '线路.txt', bytes: utf8(scannedText({ ...lineRentalProject, year: 2031 })) }));
    expect(accepted).toMatchObject({ ok: true, value: { state: 'ACCEPTED', drafts: [expect.any(String)] } });
    expect(await world.dataSource.query(`select state, fiscal_year, project from performance_target_table where fiscal_year = 2031`)).toEqual([{ state: 'DRAFT', fiscal_year: 2031, project: '线路租赁费' }]);
    expect(await world.dataSource.query(`select 1 from outbox_message where name = 'read-document'`)).toEqual([]);
  });

  it('say of each what became of it: read, not readable, not acceptable without a reason', async () => {
    const names = await within({ by: 'kz.reporter', accept: true }, async (store) => [
      await store.store({ name: '六张.xlsx', bytes: Buffer.from(workbookBytes(Object.fromEntries(sixForms.slice(1, 3).map((form, at) => [`表${at + 1}`, gridOf({ ...form, year: 2032 })])))) }),
      await store.store({ name: '说明.txt', bytes: utf8('今天天气很好。') }),
      await store.store({ name: '在用.txt', bytes: utf8(scannedText({ ...lineRentalProject, rows: lineRentalProject.rows.map((row, at) => (at === 0 ? { ...row, target: '=5条' } : row)) })) }),
    ]);
    expect(names.map((one) => (one.ok ? [one.value.state, one.value.drafts.length, one.value.refusal?.code ?? null] : one.refusal.code))).toEqual([
      ['ACCEPTED', 2, null], ['REFUSED', 0, 'document.no-table-found'], ['STAGED', 0, 'import.reason-needed'],
    ]);
  });

  it('are read with the templates that were given, and a self-evaluation is not taken for a target table', async () => {
    const province = readTemplate(JSON.stringify({
      name: 'F2-某省', title: '项目绩效约定书（某省）', form: 'TARGET', subject: 'PROJECT', titleWords: ['财政项目绩效约定书'], labels: { unit: ['承担单位'] },
      columns: [['level1', '一级指标'], ['level2', '二级指标'], ['name', '考核要点'], ['target', '约定值'], ['weight', '满分']].map(([role, word]) => ({ role, words: [word] })),
    }), '某省.json', []);
    if (!province.ok) throw new Error(province.refusal.code);
    const document = { name: '约定书.txt', bytes: utf8(['财政项目绩效约定书', '2034年度', `承担单位\t${lineRentalProject.unit}`, '项目名称\t线路租赁费', '一级指标\t二级指标\t考核要点\t约定值\t满分', '产出指标\t数量指标\t租用专线网络数量\t=4条\t90'].join('\n')) };
    expect(await within({ by: 'kz.reporter' }, (store) => store.store(document))).toMatchObject({ ok: true, value: { state: 'REFUSED', refusal: { code: 'document.no-table-found' } } });
    expect(await within({ by: 'kz.reporter', accept: true, templates: [province.value] }, (store) => store.store(document))).toMatchObject({ ok: true, value: { state: 'ACCEPTED', rows: 1 } });
    const evaluation = ['项目支出绩效自评表', '（2033年度）', '项目名称\t线路租赁费', '一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分', '产出指标\t数量指标\t租用专线网络数量\t=9条\t9条\t90\t90'].join('\n');
    expect(await within({ by: 'kz.reporter', accept: true }, (store) => store.store({ name: '自评.txt', bytes: utf8(evaluation) }))).toMatchObject({ ok: true, value: { state: 'STAGED', refusal: { code: 'import.not-a-target-form' } } });
  });

  it('need a unit that is there and a person who writes for it', async () => {
    expect([await code({ unitCode: '999' }), await code({ by: 'nobody' }), await code({}), await code({ unitCode: '100001' })]).toEqual(['import.unit-unknown', 'import.operator-unknown', 'import.operator-open', 'import.operator-open']);
    // The county's centre has one reporter: no name is needed.
    expect(await within({ unitCode: '100002' }, (store) => store.store({ name: '线路.txt', bytes: utf8(scannedText({ ...lineRentalProject, year: 2033 })) }))).toMatchObject({ ok: true, value: { state: 'STAGED' } });
    expect(await within({ by: 'kz.manager' }, (store) => store.store({ name: '线路.txt', bytes: utf8('x') }))).toMatchObject({ ok: false, refusal: { code: 'house.not-allowed' } });
  });
});
