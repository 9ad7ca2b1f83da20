import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { sayRefusal } from '@jiheng/domain';
import { Absent } from '../../binding/absent';
import { FOURTH_QUARTER, aSource, short } from '../testing/a-source';
import { SheetFolderConnector } from './sheet-folder.connector';

/** A form that was handed out and is not filled in yet: the row is there, and its value is not. Neither is it zero. */
describe('a row of a sheet whose value is blank', () => {
  let root: string;
  const ask = (...wanted: readonly string[]) =>
    new SheetFolderConnector({ root, maxBytes: 1_048_576, maxRows: 100, maxFiles: 5, settleMs: 0 }).fetch(aSource({ place: 'shared', keyField: '指标', valueField: '数值', wanted }), FOURTH_QUARTER);
  /** What a person reads of a field that brought no value. */
  const why = async (field: string, language: 'zh' | 'en' = 'zh'): Promise<string> => {
    const fetched = await ask(field);
    return fetched.ok ? sayRefusal(new Absent('SHEET_FOLDER', fetched.rows, fetched.body).why(field), language) : short(fetched).join(' ');
  };
  const csv = (text: string, name = 'a.csv'): Promise<void> => writeFile(join(root, 'shared', name), text);
  const workbook = async (sheets: Readonly<Record<string, readonly (readonly (string | number | null)[])[]>>, hidden: readonly string[] = []): Promise<void> => {
    const book = utils.book_new();
    for (const [name, rows] of Object.entries(sheets)) utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), name);
    book.Workbook = { Sheets: Object.keys(sheets).map((name) => ({ name, Hidden: hidden.includes(name) ? 1 : 0 })) };
    await writeFile(join(root, 'shared/b.xlsx'), write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'blank-values-'));
    await mkdir(join(root, 'shared'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is told as what it is, with its file and its line; a row that is not there is told as that, and a zero is a value', async () => {
    await csv('指标,数值\n参保,\n失业,0\n工伤,3\n');
    expect(await why('参保')).toBe('取数来源有“参保”（文件“shared/a.csv”第 2 行），但还没有给出数值（数值一格是空的，不是 0）；已填数值保持不变。请让提供方补填后再取，或直接填报。');
    expect(await why('参保', 'en')).toBe('The source has “参保” (line 2 of the file “shared/a.csv”), but gives no value for it yet: its cell is blank, which is not zero; what was entered stays. Have it filled in and pull again, or enter the value.');
    expect(await why('生育')).toBe('取到的数据中没有编码为“生育”的行，有的是：失业、工伤。请核对编码。');
    expect(short(await ask('参保', '失业'))).toEqual(['参保=', '失业=0', '工伤=3']);
  });

  it('is told with its sheet where a workbook has several, and with the line as the program for sheets shows it', async () => {
    await workbook({ 封面: [['社会保险统计报表']], 四季度: [['2024年四季度'], [], ['指标', '数值'], ['失业', 5000], [], ['参保', null], ['工伤', '  ']] });
    expect(await why('参保')).toContain('取数来源有“参保”（文件“shared/b.xlsx / 四季度”第 6 行），');
    expect(await why('工伤')).toContain('（文件“shared/b.xlsx / 四季度”第 7 行），但还没有给出数值');
  });

  it('of a text counts blank lines and takes a cell with a line break for one row, as who opens the file does', async () => {
    await csv('统计报表\n\n指标,数值\n"参保\n人数",1\n\n失业,\n');
    expect(await why('失业')).toContain('（文件“shared/a.csv”第 6 行）');
    // A line that is torn is counted in the same way.
    await csv('指标,数值\n\n参保,264,000\n');
    const torn = await ask();
    expect(torn.ok ? '' : sayRefusal(torn.failure.refusal)).toContain('第 3 行有 3 格，而表头只有 2 列');
  });

  it('in every row of a form that nobody has filled in is no period without data: each row is named', async () => {
    await csv('指标,数值\n参保,\n失业,\n');
    const fetched = await ask('参保', '失业');
    expect([short(fetched), fetched.ok && fetched.rows.map((row) => row.line)]).toEqual([['参保=', '失业='], ['2', '3']]);
    expect(fetched.ok && fetched.rows[0]?.row).toBe('参保\t');
  });

  it('counts only where its key is wanted: titles, remarks and rows of others have no value to be missed', async () => {
    await csv('指标,数值\n一、养老保险,\n参保,264000\n注：本表按季报送,\n失业,\n');
    expect(short(await ask('参保'))).toEqual(['参保=264000']);
    expect(short(await ask('失业'))).toEqual(['参保=264000', '失业=']);
    await csv('指标,数值\n注：尚未填报,\n');
    expect(short(await ask('参保'))).toEqual(['NOT_THERE', 'pull.not-there']);
  });

  it('in several files is told by the first, and how many there are', async () => {
    await csv('指标,数值\n参保,\n');
    await csv('指标,数值\n失业,1\n参保,\n', 'c.csv');
    expect([await why('参保'), await why('参保', 'en')]).toEqual([expect.stringContaining('（文件“shared/a.csv”第 2 行等，共 2 行）'), expect.stringContaining('(line 2 of the file “shared/a.csv” and 1 more)')]);
  });
});
