import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { sayRefusal } from '@jiheng/domain';
import type { AskedPeriod, Fetched } from '../../source-connector';
import { FIRST_QUARTER, FOURTH_QUARTER, aSource, short } from '../testing/a-source';
import { SheetFolderConnector } from './sheet-folder.connector';

type Sheets = Readonly<Record<string, readonly (readonly (string | number)[])[]>>;

/** A year's workbook with a sheet for each quarter: which one is read is said in the settings of the source. */
describe('a sheet that is named in the settings of its source', () => {
  let root: string;
  const ask = (sheet: string, period: AskedPeriod = FOURTH_QUARTER): Promise<Fetched> =>
    new SheetFolderConnector({ root, maxBytes: 1_048_576, maxRows: 100, maxFiles: 5, settleMs: 0 }).fetch(aSource({ place: 'shared', keyField: '指标', valueField: '数值', settings: { sheet } }), period);
  const said = (fetched: Fetched): readonly string[] => (fetched.ok ? [] : [sayRefusal(fetched.failure.refusal, 'zh'), sayRefusal(fetched.failure.refusal, 'en')]);
  const put = async (sheets: Sheets, { hidden = [], bookType = 'xlsx', name = 'a' }: { readonly hidden?: readonly string[]; readonly bookType?: 'xlsx' | 'biff8'; readonly name?: string } = {}): Promise<void> => {
    const book = utils.book_new();
    for (const [title, rows] of Object.entries(sheets)) utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), title);
    book.Workbook = { Sheets: Object.keys(sheets).map((title) => ({ name: title, Hidden: hidden.includes(title) ? 1 : 0 })) };
    await writeFile(join(root, 'shared', `${name}.${bookType === 'xlsx' ? 'xlsx' : 'xls'}`), write(book, { type: 'buffer', bookType }) as Buffer);
  };
  const THIRD = [['指标', '数值'], ['参保', 68300]];
  const FOURTH = [['指标', '数值'], ['参保', 68500]];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'named-sheet-'));
    await mkdir(join(root, 'shared'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is read where several have the columns; without a name none is, and the refusal says where to write it', async () => {
    await put({ 三季度: THIRD, 四季度: FOURTH });
    const alike = await ask('');
    expect([short(alike), said(alike)]).toEqual([['UNREADABLE_BODY', 'pull.sheets-alike'], [
      '取数来源“社保业务系统”的文件“shared/a.xlsx”里有几张工作表都有要找的列：三季度、四季度，不能确定用哪一张。请在来源设置的“工作表”中写明要读的那一张；也可以只留一张，或把其他工作表隐藏（隐藏的只有写明才读）。',
      'Several sheets of the file “shared/a.xlsx” of “社保业务系统” have the columns: 三季度, 四季度. Which is meant cannot be told: write the name of the one to be read as “Sheet” in the settings of the source; or keep one, or hide the others (hidden ones are read only by name).',
    ]]);
    expect(short(await ask('四季度'))).toEqual(['参保=68500']);
    const third = await ask(' 三季度 ');
    expect([short(third), third.ok && third.rows[0]?.file]).toEqual([['参保=68300'], 'shared/a.xlsx / 三季度']);
  });

  it.each(['xlsx', 'biff8'] as const)('is read although it is hidden (%s), and although another one would be read without a name', async (bookType) => {
    await put({ 三季度: THIRD, 四季度: FOURTH }, { hidden: ['三季度'], bookType });
    expect([short(await ask('')), short(await ask('三季度'))]).toEqual([['参保=68500'], ['参保=68300']]);
  });

  it('and is not there: nothing is read, and the sentence names what was looked for and which sheets there are, hidden ones too', async () => {
    await put({ 三季度: THIRD, 四季度: FOURTH, 上年: THIRD }, { hidden: ['上年'] });
    const fetched = await ask('4季度');
    expect([short(fetched), fetched.ok ? 0 : fetched.failure.body?.length !== undefined, said(fetched)]).toEqual([['UNREADABLE_BODY', 'pull.sheet-not-there'], true, [
      '取数来源“社保业务系统”的文件“shared/a.xlsx”里没有名为“4季度”的工作表，没有读取任何数据；有的工作表是：三季度、四季度、上年。请核对来源设置中的“工作表”，或让提供方改回原来的名称。',
      'The file “shared/a.xlsx” of “社保业务系统” has no sheet called “4季度”, so nothing was read; its sheets are 三季度, 四季度, 上年. Check “Sheet” in the settings of the source, or have the sheet named as it was.',
    ]]);
    // One that could be read without a name does not stand in for the one that is meant.
    await put({ 四季度: FOURTH });
    expect(short(await ask('三季度'))).toEqual(['UNREADABLE_BODY', 'pull.sheet-not-there']);
    await put(Object.fromEntries(Array.from({ length: 12 }, (_, month) => [`${month + 1}月`, THIRD])));
    expect(said(await ask('13月'))[0]).toContain('有的工作表是：1月、2月、3月、4月、5月 等 12 个。');
  });

  it('may be named by the marks of the period: each quarter reads its own', async () => {
    await put({ '2024Q4': FOURTH, '2025Q1': [['指标', '数值'], ['参保', 68700]] });
    expect([short(await ask('{period}')), short(await ask('{fiscalYear}Q{ordinal}', FIRST_QUARTER))]).toEqual([['参保=68500'], ['参保=68700']]);
    await put({ '2024Q4': FOURTH });
    expect(said(await ask('{period}', FIRST_QUARTER))[0]).toContain('里没有名为“2025Q1”的工作表，没有读取任何数据；有的工作表是：2024Q4。');
  });

  it('and lacks the columns, or has one twice, is told by its name', async () => {
    await put({ 封面: [['社会保险统计报表']], 四季度: FOURTH, 重复: [['指标', '数值', '数值'], ['参保', 1, 2]] });
    expect(said(await ask('封面'))[0]).toContain('文件“shared/a.xlsx / 封面”里没有一行同时有这些列名：指标, 数值；第一行是：社会保险统计报表。');
    expect(said(await ask('重复'))[0]).toContain('文件“shared/a.xlsx / 重复”的表头里有两列都叫“数值”');
  });

  it('is the one of just this name where another differs only by blanks around it; blanks alone hide none', async () => {
    await put({ '四季度 ': THIRD, 四季度: FOURTH });
    expect(short(await ask('四季度'))).toEqual(['参保=68500']);
    await put({ ' 四季度': FOURTH });
    expect(short(await ask('四季度'))).toEqual(['参保=68500']);
  });

  it('means nothing to a CSV, which has no sheets: alone or beside a workbook it is read as ever', async () => {
    await writeFile(join(root, 'shared/b.csv'), '指标,数值\n失业,5000\n');
    const alone = await ask('四季度');
    expect([short(alone), alone.ok && alone.rows[0]?.file]).toEqual([['失业=5000'], 'shared/b.csv']);
    await put({ 三季度: THIRD, 四季度: FOURTH });
    expect(short(await ask('四季度'))).toEqual(['参保=68500', '失业=5000']);
    await writeFile(join(root, 'shared/b.csv'), '名称,值\n失业,5000\n');
    expect(said(await ask('四季度'))[0]).toContain('文件“shared/b.csv”里没有一行同时有这些列名');
  });
});
