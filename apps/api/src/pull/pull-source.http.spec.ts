import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Problem, type PullSourceView, type PullTrial, allowedHosts, pullTrial } from '@jiheng/contract';
import { type FakeSource, startFakeSource } from '../../../../tools/fake-source/server';
import type { Client } from '../../test/http-app';
import { type World, type WorldApp, aWorld } from '../../test/world';

const MISSING = '019b0000-0000-7000-8000-00000000dead';

describe('a pull source in the hands of its reporter', () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  let reporter: Client;
  let folder: string;

  const wish = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
    unitId: world.units.kz, name: '社保核心系统', kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }], ...more,
  });
  const trial = (more: Record<string, unknown> = {}): ReturnType<typeof reporter.post<PullTrial & Problem>> =>
    reporter.post<PullTrial & Problem>('/api/pull-sources/try', { ...wish(more), periodId: world.periods[3] });
  const revisionOf = async (id: string): Promise<number> => (await reporter.get<{ sources: PullSourceView[] }>('/api/pull-sources')).body.sources.find((one) => one.id === id)?.revision ?? 0;
  const put = async (id: string, change: object, client = reporter) => client.put<PullSourceView & Problem>(`/api/pull-sources/${id}`, { ...change, expectedRevision: await revisionOf(id) });
  const rowsOf = async (table: string): Promise<number> => Number((await world.dataSource.query<{ n: string }[]>(`select count(*) as n from ${table}`))[0]?.n);

  beforeAll(async () => {
    world = await aWorld({ opened: [4] });
    upstream = await startFakeSource();
    folder = await mkdtemp(join(tmpdir(), 'pull-root-'));
    app = await world.start({ env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*', PULL_FOLDER_ROOT: folder } });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => {
    await app?.stop();
    await upstream?.stop();
    await rm(folder, { recursive: true, force: true });
    await world?.stop();
  });
  afterEach(() => { upstream.behave('ok'); });

  describe('tried before it is saved', () => {
    it('says what the source has, and what the row would make of it: 264000 人 are 26.4 万人', async () => {
      const answer = await trial();
      expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ rowCount: 6 })]);
      expect(pullTrial.parse(answer.body).mapped).toEqual([{ indicatorKey: 'KZ-U6', verbatim: '264000', reading: '26.4万人', problemZh: null, problemEn: null }]);
      expect(answer.body.rows[0]).toEqual({ key: 'urban-rural-pension', verbatim: '264000' });
    });
    it('keeps nothing', async () => {
      await trial();
      expect(await Promise.all(['pull_source', 'pull_run', 'observation', 'candidate'].map(rowsOf))).toEqual([0, 0, 0, 0]);
    });
    it('says at the row when a key is not there, and when a value measures something else', async () => {
      const answer = await trial({ mappings: [{ indicatorKey: 'KZ-U6', field: 'no-such-key', unit: '人' }, { indicatorKey: 'KZ-U5', field: 'urban-rural-pension', unit: '元' }] });
      expect(answer.body.mapped.map((one) => one.reading)).toEqual([null, null]);
      expect(answer.body.mapped[0]?.problemZh).toContain('没有编码为“no-such-key”的行，有的是：urban-rural-pension、enterprise-pension、');
      expect(answer.body.mapped[1]?.problemZh).not.toBeNull();
    });
    it.each([['broken', 'pull.source-away'], ['forbidden', 'pull.not-allowed'], ['garbage', 'pull.unreadable-body-tried'], ['missing', 'pull.not-there-sought'], ['wrong-shape', 'pull.nothing-found']] as const)('says in plain words that it is %s', async (mode, code) => {
      upstream.behave(mode);
      const answer = await trial();
      expect([answer.status, answer.body.code]).toEqual([422, code]);
    });
    it('reads a folder of sheets by its columns', async () => {
      await mkdir(join(folder, '100001'), { recursive: true });
      await writeFile(join(folder, '100001/2024Q4.csv'), '指标编码,数值\n养老,264000\n');
      const answer = await trial({ kind: 'SHEET_FOLDER', place: '100001/{period}.csv', keyField: '指标编码', valueField: '数值', mappings: [{ indicatorKey: 'KZ-U6', field: '养老', unit: '人' }] });
      expect(answer.body.mapped[0]?.reading).toBe('26.4万人');
    });
    it('says of a mistyped mark of the period that it is one, instead of looking for a file that never comes', async () => {
      const mistyped = await trial({ kind: 'SHEET_FOLDER', place: '100001/{perid}.csv', keyField: '指标编码', valueField: '数值' });
      expect([mistyped.status, mistyped.body.sentence.zh]).toEqual([422, '取数地址里的 {perid} 不是可以代入的标记，照此永远取不到数。可用的标记：{fiscalYear} {ordinal} {period} {startsOn} {endsOn}。']);
    });
    it('tells whoever may write a source which hosts are allowed and where that is set, and nobody else', async () => {
      const told = await reporter.get('/api/pull-sources/allowed-hosts');
      expect(allowedHosts.parse(told.body)).toEqual({ setting: 'PULL_ALLOWED_HOSTS', hosts: [{ host: null, networks: ['127.0.0.1'], port: '*' }] });
      expect((await (await app.as('admin')).get('/api/pull-sources/allowed-hosts')).body).toEqual(told.body);
      expect((await (await app.as('kz.manager')).get('/api/pull-sources/allowed-hosts')).status).toBe(403);
    });
    it('goes nowhere an administrator has not allowed, and not for another unit', async () => {
      expect((await trial({ place: 'http://169.254.169.254/latest' })).body.code).toBe('pull.address-forbidden');
      expect((await trial({ kind: 'SHEET_FOLDER', place: '../etc' })).body.code).toBe('pull.folder-not-own');
      expect((await trial({ unitId: world.units.mn })).status).toBe(404);
      expect((await (await app.as('kz.manager')).post('/api/pull-sources/try', { ...wish(), periodId: world.periods[3] })).status).toBe(403);
    });
  });

  describe('of a folder of sheets, of which each unit has its own', () => {
    const sheets = { kind: 'SHEET_FOLDER', keyField: '指标编码', valueField: '数值', mappings: [{ indicatorKey: 'KZ-U6', field: '养老', unit: '人' }] };
    const NEIGHBOUR = '“100002/2024Q4.csv”不是本单位可以读取的文件夹。本单位的来源只能读取取数文件夹下的“100001/”（本单位编码）和“shared/”（各单位共用）';
    const place = { ...sheets, name: '共用文件夹', place: 'shared/{period}.csv' };
    beforeAll(async () => {
      for (const [unit, value] of [['100002', '9'], ['shared', '264000']] as const) {
        await mkdir(join(folder, unit), { recursive: true });
        await writeFile(join(folder, unit, '2024Q4.csv'), `指标编码,数值\n养老,${value}\n`);
      }
    });

    it('a reporter tries the shared one, and never that of the unit next door', async () => {
      expect((await trial(place)).body.mapped[0]?.reading).toBe('26.4万人');
      const answer = await trial({ ...place, place: '100002/{period}.csv' });
      expect([answer.status, answer.body.code, answer.body.title]).toEqual([422, 'pull.folder-not-own', expect.stringContaining(NEIGHBOUR)]);
    });
    it('nor saves or changes a source into it', async () => {
      expect((await reporter.post<Problem>('/api/pull-sources', wish({ ...place, place: '100002/{period}.csv' }))).body.code).toBe('pull.folder-not-own');
      const { body: made } = await reporter.post<PullSourceView>('/api/pull-sources', wish(place));
      expect((await put(made.id, { ...place, place: '100002/{period}.csv' })).body.code).toBe('pull.folder-not-own');
      expect((await put(made.id, { ...place, place: '100001/{period}.csv' })).body.place).toBe('100001/{period}.csv');
    });
    it('a code that is no name of a folder leaves its unit the shared one', async () => {
      await world.dataSource.query(`update budget_unit set code = '../100002' where id = $1`, [world.units.kz]);
      try {
        expect((await trial({ ...place, place: '../100002/{period}.csv' })).body.code).toBe('pull.unit-code-no-folder');
        expect((await trial(place)).status).toBe(200);
      } finally {
        await world.dataSource.query(`update budget_unit set code = '100001' where id = $1`, [world.units.kz]);
      }
    });
  });

  describe('made, changed and switched off', () => {
    let made: PullSourceView;
    beforeAll(async () => { made = (await reporter.post<PullSourceView>('/api/pull-sources', wish())).body; });

    it('is written anew with its mappings', async () => {
      const { unitId: _unitId, ...change } = wish({ name: '社保核心系统（新）', rowsPath: '$.data[*]', mappings: [{ indicatorKey: 'KZ-U5', field: 'work-injury', unit: '人' }, { indicatorKey: 'KZ-U6', field: '', unit: '' }] });
      const changed = await put(made.id, change);
      expect(changed.status).toBe(200);
      expect(changed.body).toMatchObject({ name: '社保核心系统（新）', rowsPath: '$.data[*]', keyField: 'key', valueField: 'value', mayChange: true, mappings: [{ indicatorKey: 'KZ-U5', field: 'work-injury', unit: '人' }] });
    });
    it('refuses a name that is taken and an indicator the unit does not have, and stays as it was', async () => {
      await reporter.post('/api/pull-sources', wish({ name: '另一来源' }));
      const { unitId: _unitId, ...change } = wish();
      expect((await put(made.id, { ...change, name: '另一来源' })).body.code).toBe('pull.name-taken');
      expect((await put(made.id, { ...change, mappings: [{ indicatorKey: 'MN-U1', field: 'x', unit: '' }] })).body.code).toBe('pull.indicator-unknown');
      expect((await reporter.get<{ sources: PullSourceView[] }>('/api/pull-sources')).body.sources.find((one) => one.id === made.id)?.mappings).toHaveLength(1);
    });
    it('is switched off with the name of who did it, asked by nobody, and switched on again', async () => {
      expect((await reporter.post<PullSourceView>(`/api/pull-sources/${made.id}/pause`)).body).toMatchObject({ state: 'PAUSED', pauseReason: '由填报人甲停用', pauseReasonEn: 'switched off by 填报人甲' });
      expect((await reporter.post<Problem>(`/api/pull-sources/${made.id}/runs`, { periodId: world.periods[3] })).body.code).toBe('pull.source-paused');
      expect((await reporter.post<PullSourceView>(`/api/pull-sources/${made.id}/resume`)).body).toMatchObject({ state: 'ACTIVE', pauseReason: null });
    });
    it('is shown to a manager without the key in its address, and changed by nobody but reporters and administrators', async () => {
      const { unitId: _unitId, ...change } = wish({ name: '带密钥的来源', place: `${upstream.url}/insured?token=s3cret` });
      await put(made.id, change);
      const manager = await app.as('kz.manager');
      const seen = (await manager.get<{ sources: PullSourceView[] }>('/api/pull-sources')).body.sources.find((one) => one.id === made.id);
      expect([seen?.mayChange, seen?.place]).toEqual([false, `${upstream.url}/insured?…`]);
      expect((await put(made.id, change, manager)).status).toBe(403);
      expect((await manager.post(`/api/pull-sources/${made.id}/pause`)).status).toBe(403);
      expect((await put(made.id, change, await app.as('mn.reporter'))).status).toBe(404);
      expect((await put(MISSING, change)).status).toBe(404);
    });
  });

  describe('that could never bring a value', () => {
    const sheets = { kind: 'SHEET_FOLDER', name: '文件夹', place: '100001/{period}.xlsx', keyField: '指标编码', valueField: '数值', mappings: [{ indicatorKey: 'KZ-U6', field: '养老', unit: '人' }] };
    const u6 = (unit: string, field = 'urban-rural-pension') => ({ mappings: [{ indicatorKey: 'KZ-U6', field, unit }] });
    const CASES: readonly [string, Record<string, unknown>, string, string][] = [
      ['a path of the rows', { rowsPath: '$.rows[?' }, 'pull.rows-path-unreadable', '数据行的路径“$.rows[?”不是有效的 JSONPath'],
      ['a path of the next page', { settings: { paging: { kind: 'NEXT_LINK', path: '$.[[' } } }, 'pull.next-path-unreadable', '下一页地址的路径“$.[[”不是有效的 JSONPath'],
      ['a mark in the name of a sheet', { ...sheets, settings: { sheet: '{foo}' } }, 'pull.sheet-mark-unknown', '工作表名称里的 {foo} 不是可以代入的标记'],
      ['a path of one value', u6('', '$.[['), 'pull.path-unreadable', '“$.[[”不是有效的 JSONPath'],
      ['a unit that is none', u6('蚂蚁'), 'pull.unit-unknown', '的来源单位“蚂蚁”系统不认识，不能换算成“万人”'],
      ['a unit of another kind', u6('%'), 'pull.unit-other-kind', '的来源单位“%”与指标单位“万人”不能互相换算'],
    ];
    let made: PullSourceView;
    beforeAll(async () => { made = (await reporter.post<PullSourceView>('/api/pull-sources', wish({ name: '永远取不到' }))).body; });

    it.each(CASES)('is not saved, nor changed into it: %s', async (_what, over, code, words) => {
      for (const answer of [await reporter.post<Problem>('/api/pull-sources', wish({ name: '新来源', ...over })), await put(made.id, wish({ ...over, name: '永远取不到' }))]) {
        expect([answer.status, answer.body.code, answer.body.sentence.zh]).toEqual([422, code, expect.stringContaining(words)]);
      }
    });
    it('and was saved by an earlier version is listed and can be mended, and keeps in its rows what its form does not change', async () => {
      await world.dataSource.query(`update pull_source set rows_path = '$.rows[?', settings = settings || '{"paging":{"kind":"NEXT_LINK","path":"$.[["}}' where id = $1`, [made.id]);
      await world.dataSource.query(`update pull_mapping set unit_symbol = '蚂蚁' where source_id = $1`, [made.id]);
      const seen = (await reporter.get<{ sources: PullSourceView[] }>('/api/pull-sources')).body.sources.find((one) => one.id === made.id);
      expect([seen?.rowsPath, seen?.settings?.paging, seen?.mappings[0]?.unit]).toEqual(['$.rows[?', { kind: 'NEXT_LINK', path: '$.[[' }, '蚂蚁']);
      const asked = upstream.asked();
      const tried = await trial({ rowsPath: '$.rows[?' });
      expect([tried.body.code, upstream.asked()]).toEqual(['pull.rows-path-unreadable', asked]);
      expect((await put(made.id, wish({ name: '改好了', ...u6('蚂蚁') }))).body).toMatchObject({ name: '改好了', rowsPath: '$.rows[*]' });
      expect((await put(made.id, wish({ name: '改好了', ...u6('人') }))).body.mappings[0]?.unit).toBe('人');
      expect((await put(made.id, wish({ name: '改好了', ...u6('蚂蚁') }))).body.code).toBe('pull.unit-unknown');
    });
    it('and is tried says so at the row, where the answer can be seen', async () => {
      expect((await trial(u6('%'))).body.mapped[0]?.problemZh).toContain('不能换算');
    });
  });

  describe('in the hands of two people', () => {
    let made: PullSourceView;
    const change = { kind: 'HTTP_JSON', mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }] };
    beforeAll(async () => { made = (await reporter.post<PullSourceView>('/api/pull-sources', wish({ name: '两人都在改' }))).body; });

    it('is written by the first; the second hears who was faster, and when, and sees what is there now', async () => {
      const second = await app.as('kz.second');
      const from = (expectedRevision: number, name: string, client: Client) => client.put<PullSourceView & Problem>(`/api/pull-sources/${made.id}`, { ...change, place: `${upstream.url}/insured`, name, expectedRevision });
      const first = await from(made.revision, '由甲命名', reporter);
      expect([first.status, first.body.revision]).toEqual([200, made.revision + 1]);
      const slower = await from(made.revision, '由乙命名', second);
      expect([slower.status, slower.body.code, (slower.body.present as PullSourceView).name]).toEqual([409, 'pull.stale-revision', '由甲命名']);
      expect(slower.body.sentence.zh).toMatch(/^取数来源“由甲命名”已由填报人甲于 \d{4}-\d\d-\d\d \d\d:\d\d（北京时间）修改（第 2 版），与您打开时不同，没有保存。/u);
      expect((await from(made.revision + 1, '由乙命名', second)).body).toMatchObject({ name: '由乙命名', revision: made.revision + 2 });
    });
    it('stays open to whoever has its form while it is switched off and on, and is changed by nobody without a revision', async () => {
      const before = await revisionOf(made.id);
      await reporter.post(`/api/pull-sources/${made.id}/pause`);
      await reporter.post(`/api/pull-sources/${made.id}/resume`);
      expect(await revisionOf(made.id)).toBe(before);
      expect((await reporter.put(`/api/pull-sources/${made.id}`, { ...change, name: '无版本', place: `${upstream.url}/insured` })).status).toBe(400);
    });
  });
});
