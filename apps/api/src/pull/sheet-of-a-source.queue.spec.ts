import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import type { BindingPreview, BindingsView, JobRunList, JobRunView, Problem, PullSourceView, PullTrial } from '@jiheng/contract';
import type { Client } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';

/** The county's ledger is one workbook a year with a sheet for each quarter: which of them a source reads is one of its settings. */
describe('a source that reads one sheet of a workbook', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  let folder: string;

  type Rows = readonly (readonly (string | number | null)[])[];
  const put = (sheets: Readonly<Record<string, Rows>>, hidden: readonly string[] = []): Promise<void> => {
    const book = utils.book_new();
    for (const [name, rows] of Object.entries(sheets)) utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), name);
    book.Workbook = { Sheets: Object.keys(sheets).map((name) => ({ name, Hidden: hidden.includes(name) ? 1 : 0 })) };
    return writeFile(join(folder, '100001/2024.xlsx'), write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
  };
  const form = (sheet?: string) => ({
    name: '社保台账', kind: 'SHEET_FOLDER', place: '100001/{fiscalYear}.xlsx', keyField: '指标编码', valueField: '数值', ...(sheet === undefined ? {} : { settings: { sheet } }),
    mappings: [{ indicatorKey: 'KZ-U6', field: '参保', unit: '人' }, { indicatorKey: 'KZ-U5', field: '失业', unit: '人' }],
  });
  const trial = async (sheet?: string) => (await reporter.post<PullTrial & Problem>('/api/pull-sources/try', { unitId: world.units.kz, ...form(sheet), periodId: world.periods[3] })).body;
  const pull = async (id: string): Promise<JobRunView> => {
    const { body } = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] });
    return waitFor('the pull', async () => {
      const job = (await reporter.get<JobRunList>('/api/jobs')).body.jobs.find((one) => one.id === body.jobRunId);
      return job?.state === 'DONE' || job?.state === 'FAILED' ? job : null;
    }, 40_000);
  };
  const preview = async (id: string) => {
    const { bindings } = (await reporter.get<BindingsView>(`/api/pull-sources/${id}/bindings`)).body;
    return (await reporter.post<BindingPreview & Problem>(`/api/pull-sources/${id}/bindings/preview`, {
      bindings: bindings.map(({ indicatorKey, field, unit, formula, numeratorField, denominatorField }) => ({ indicatorKey, field, unit, formula, numeratorField, denominatorField })), periodId: world.periods[3],
    })).body;
  };
  const THIRD: Rows = [['指标编码', '数值'], ['参保', 263000], ['失业', 68300]];
  const FOURTH: Rows = [['指标编码', '数值'], ['参保', 264000], ['失业', 68500]];

  beforeAll(async () => {
    world = await aWorld({ opened: [4] });
    folder = await mkdtemp(join(tmpdir(), 'pull-root-'));
    await mkdir(join(folder, '100001'));
    app = await world.start({ role: 'all', env: { PULL_FOLDER_ROOT: folder } });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => {
    await app?.stop();
    await rm(folder, { recursive: true, force: true });
    await world?.stop();
  });

  it('is refused without a name, tried with one, saved, and read back with it', async () => {
    await put({ 第3季度: THIRD, 第4季度: FOURTH });
    const alike = await trial();
    expect([alike.code, alike.sentence.zh]).toEqual(['pull.sheets-alike', expect.stringContaining('请在来源设置的“工作表”中写明要读的那一张')]);
    expect((await trial('第3季度')).mapped.map((one) => one.reading)).toEqual(['26.3万人', '6.83万人']);
    expect((await trial('第{ordinal}季度')).mapped.map((one) => one.reading)).toEqual(['26.4万人', '6.85万人']);
    const wrong = await trial('四季度');
    expect([wrong.code, wrong.sentence.zh]).toEqual(['pull.sheet-not-there', expect.stringContaining('里没有名为“四季度”的工作表，没有读取任何数据；有的工作表是：第3季度、第4季度。')]);

    const { body: made } = await reporter.post<PullSourceView>('/api/pull-sources', { unitId: world.units.kz, ...form('  第3季度 ') });
    expect(made.settings?.sheet).toBe('第3季度');
    const changed = await reporter.put<PullSourceView>(`/api/pull-sources/${made.id}`, { ...form('第{ordinal}季度'), expectedRevision: made.revision });
    expect([changed.status, changed.body.settings?.sheet]).toEqual([200, '第{ordinal}季度']);
    expect((await preview(made.id)).rows.map((row) => row.offered)).toEqual(['26.4万人', '6.85万人']);
    expect((await pull(made.id)).state).toBe('DONE');
    expect(await world.dataSource.query('select asked, verbatim from observation order by id')).toEqual([
      { asked: '100001/2024.xlsx  第4季度 → 指标编码, 数值', verbatim: '264000' }, { asked: '100001/2024.xlsx  第4季度 → 指标编码, 数值', verbatim: '68500' },
    ]);
    // The sheet of the period is gone: the pull fails with what is there, and nothing is taken from another one.
    await put({ 第3季度: THIRD });
    expect(await pull(made.id)).toMatchObject({ state: 'FAILED', failureZh: expect.stringContaining('里没有名为“第4季度”的工作表') });
    // A source of before there was the setting reads as ever.
    await world.dataSource.query(`update pull_source set settings = settings - 'sheet' where id = $1`, [made.id]);
    expect((await preview(made.id)).rows.map((row) => row.offered)).toEqual(['26.3万人', '6.83万人']);
  });

  it('says of a row that is not filled in yet where it stands, in a trial, a preview and a pull alike, and takes the others', async () => {
    await put({ 封面: [['社会保险台账']], 第4季度: [['指标编码', '数值'], ['失业', 0], ['参保', null], ['注：参保人数次月报送', null]] });
    const blank = '取数来源有“参保”（文件“100001/2024.xlsx / 第4季度”第 3 行），但还没有给出数值（数值一格是空的，不是 0）；已填数值保持不变。请让提供方补填后再取，或直接填报。';
    const tried = await trial();
    expect([tried.rowCount, tried.rows, tried.mapped.map((one) => [one.reading, one.problemZh])]).toEqual([2, [{ key: '失业', verbatim: '0' }, { key: '参保', verbatim: '' }], [[null, blank], ['0万人', null]]]);
    const { body: made } = await reporter.post<PullSourceView>('/api/pull-sources', { unitId: world.units.kz, ...form(), name: '台账（待报）' });
    const { rows } = await preview(made.id);
    expect(rows.map((row) => [row.outcome, row.noteZh])).toEqual([['SILENT', blank], [expect.stringMatching(/^(?:CANDIDATE|IMPLAUSIBLE)$/u), rows[1]?.noteZh]]);
    expect((await pull(made.id)).state).toBe('DONE');
    // Nothing is filled in at all: that is said, and not that there is no such row.
    await put({ 第4季度: [['指标编码', '数值'], ['失业', null], ['参保', '']] });
    expect((await pull(made.id)).state).toBe('DONE');
    const { sources } = (await reporter.get<{ sources: PullSourceView[] }>('/api/pull-sources')).body;
    const said = sources.find((one) => one.id === made.id)?.lastRun?.failureZh;
    expect(said).toContain('取数来源“台账（待报）”有应答，但没有 2024年第四季度 要取的任何一项，已填数值保持不变。取数来源有“参保”（文件“100001/2024.xlsx”第 3 行），但还没有给出数值');
    expect(said).not.toContain('没有编码为');
  });
});
