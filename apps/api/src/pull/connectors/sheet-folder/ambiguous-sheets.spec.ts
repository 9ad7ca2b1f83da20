import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type WorkSheet, utils, write } from '@e965/xlsx';
import { sayRefusal } from '@jiheng/domain';
import type { Fetched } from '../../source-connector';
import { FOURTH_QUARTER, aSource, short } from '../testing/a-source';
import { SheetFolderConnector } from './sheet-folder.connector';

type Rows = readonly (readonly (string | number | null)[])[];

/** Tables that people understand and a program could take for another: it says which it cannot tell apart, and takes nothing. */
describe('a sheet that can be read in two ways', () => {
  let root: string;
  const ask = (): Promise<Fetched> => new SheetFolderConnector({ root, maxBytes: 1_048_576, maxRows: 100, maxFiles: 5, settleMs: 0 }).fetch(aSource({ place: 'shared', keyField: '指标', valueField: '数值' }), FOURTH_QUARTER);
  const sentence = (fetched: Fetched): string => (fetched.ok ? '' : sayRefusal(fetched.failure.refusal, 'zh'));
  const text = async (body: string | Uint8Array, name = 'a.csv'): Promise<Fetched> => { await writeFile(join(root, 'shared', name), body); return ask(); };
  const sheetOf = (rows: Rows, ...merged: readonly string[]): WorkSheet => Object.assign(utils.aoa_to_sheet(rows.map((row) => [...row])), { '!merges': merged.map((range) => utils.decode_range(range)) });
  const workbook = async (sheets: Readonly<Record<string, WorkSheet>>, hidden: readonly string[] = [], bookType: 'xlsx' | 'biff8' = 'xlsx'): Promise<Fetched> => {
    const book = utils.book_new();
    for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name);
    book.Workbook = { Sheets: Object.keys(sheets).map((name) => ({ name, Hidden: hidden.includes(name) ? 1 : 0 })) };
    await rm(join(root, 'shared/a.xlsx'), { force: true });
    return text(write(book, { type: 'buffer', bookType }) as Buffer, bookType === 'xlsx' ? 'a.xlsx' : 'a.xls');
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'two-ways-'));
    await mkdir(join(root, 'shared'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('two columns of one name: neither is taken', async () => {
    const twice = await text('指标,数值,数值\n参保,68400,68500\n');
    expect([short(twice), sentence(twice)]).toEqual([['UNREADABLE_BODY', 'pull.sheet-column-twice'], expect.stringContaining('文件“shared/a.csv”的表头里有两列都叫“数值”，不能确定用哪一列')]);
    // The name below a title, or once more as a value, is no second column.
    expect(short(await text('数值,汇总\n指标,数值\n参保,数值\n失业,68500\n'))).toEqual(['参保=数值', '失业=68500']);
  });

  it('a heading merged over 上期 and 本期: neither is taken, and the names below it can be', async () => {
    const rows: Rows = [['指标', '数值', null], [null, '上期', '本期'], ['参保', 68400, 68500]];
    const merged = await workbook({ 表: sheetOf(rows, 'B1:C1') });
    expect([short(merged), sentence(merged)]).toEqual([['UNREADABLE_BODY', 'pull.sheet-column-merged'], expect.stringContaining('表头“数值”是合并单元格')]);
    expect(short(await workbook({ 表: sheetOf(rows.map((row) => row.slice(0, 2)), 'A1:A2') }))).toEqual(['参保=68400']);
  });

  it('a key merged over several rows is the key of each of them, so that none passes for the only one', async () => {
    const rows: Rows = [['指标', '季度', '数值'], ['参保', '三季度', 68300], [null, '四季度', 68500], ['失业', '四季度', 5000], [null, '小计', 9]];
    expect(short(await workbook({ 表: sheetOf(rows, 'A2:A3') }))).toEqual(['参保=68300', '参保=68500', '失业=5000']);
  });

  it('several sheets with the columns: none is taken; a cover sheet and hidden ones are passed over', async () => {
    const [third, fourth] = [sheetOf([['指标', '数值'], ['参保', 68300]]), sheetOf([['指标', '数值'], ['参保', 68500]])];
    for (const kind of ['xlsx', 'biff8'] as const) {
      const alike = await workbook({ 三季度: third, 四季度: fourth }, [], kind);
      expect([short(alike), sentence(alike)]).toEqual([['UNREADABLE_BODY', 'pull.sheets-alike'], expect.stringContaining('几张工作表都有要找的列：三季度、四季度')]);
      expect(short(await workbook({ 三季度: third, 四季度: fourth }, ['三季度'], kind))).toEqual(['参保=68500']);
      await rm(join(root, 'shared/a.xls'), { force: true });
    }
    const covered = await workbook({ 封面: sheetOf([['社会保险统计报表']]), 四季度: fourth });
    expect([short(covered), covered.ok && covered.rows[0]?.file]).toEqual([['参保=68500'], 'shared/a.xlsx / 四季度']);
  });

  it('a comma inside a number that is not in quotes makes a line too wide, and no thousandth of it is taken', async () => {
    const torn = await text('指标,数值\n失业,5000\n参保,264,000\n');
    expect([short(torn), sentence(torn)]).toEqual([['UNREADABLE_BODY', 'pull.sheet-line-torn'], expect.stringContaining('第 3 行有 3 格，而表头只有 2 列')]);
    expect(short(await text('指标,数值,,\n失业,5000,,\n参保,"264,000"\n'))).toEqual(['失业=5000', '参保=264,000']);
  });

  it('a text of tabs or semicolons, and the Unicode text of Excel, are read like commas', async () => {
    expect(short(await text('指标\t数值\n参保\t264,000\n'))).toEqual(['参保=264,000']);
    expect(short(await text('指标;数值\n参保;264,5\n'))).toEqual(['参保=264,5']);
    const wide = Buffer.from('\ufeff指标\t数值\n参保\t264000\n', 'utf16le');
    expect(short(await text(wide))).toEqual(['参保=264000']);
    expect(short(await text(Buffer.from(wide).swap16()))).toEqual(['参保=264000']);
    // Tabs inside a value of commas part nothing.
    expect(short(await text('指标,数值\n参\t保,264000\n'))).toEqual(['参\t保=264000']);
  });

  it('says what it found instead: other columns, nothing, no sheet at all', async () => {
    expect(sentence(await text('名称,值,备注\n参保,1,\n'))).toContain('没有一行同时有这些列名：指标, 数值；第一行是：名称、值、备注。');
    expect(short(await text('\n\n'))).toEqual(['UNREADABLE_BODY', 'pull.sheet-empty']);
    await rm(join(root, 'shared'), { recursive: true });
    await mkdir(join(root, 'shared'));
    const other = await text('参保 264000', '说明.txt');
    expect([short(other), sentence(other)]).toEqual([['NOT_THERE', 'pull.no-sheets-there'], expect.stringContaining('只有：说明.txt。')]);
  });
});
