import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CellObject, utils, write } from '@e965/xlsx';
import { rawWorkbook } from '@jiheng/documents/fixtures';
import { FOURTH_QUARTER, aSource, short } from '../testing/a-source';
import { SheetFolderConnector } from './sheet-folder.connector';

type Cell = readonly [stored: CellObject['v'], format?: string];

/** What a cell of a spreadsheet says: the stored fact, not its rounded display. */
describe('cells of a spreadsheet', () => {
  let root: string;
  const read = async (body: Uint8Array, valueField = '数值'): Promise<readonly string[]> => {
    await writeFile(join(root, 'shared/a.xlsx'), body);
    const source = aSource({ place: 'shared', keyField: '指标', valueField });
    return short(await new SheetFolderConnector({ root, maxBytes: 1_048_576, maxRows: 100, maxFiles: 5, settleMs: 0 }).fetch(source, FOURTH_QUARTER));
  };
  const said = async (cells: readonly Cell[], bookType: 'xlsx' | 'biff8' = 'xlsx', date1904 = false): Promise<readonly string[]> => {
    const sheet = utils.aoa_to_sheet([['指标', '数值'], ...cells.map(([stored], at) => [`第${at + 1}项`, stored])]);
    cells.forEach(([, format], at) => { const cell = sheet[`B${at + 2}`] as CellObject | undefined; if (cell !== undefined && format !== undefined) cell.z = format; });
    const book = utils.book_new();
    book.Workbook = { WBProps: { date1904 } };
    utils.book_append_sheet(book, sheet, '表');
    return (await read(write(book, { type: 'buffer', bookType }) as Buffer)).map((row) => row.replace(/^第\d+项=/u, ''));
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'cells-'));
    await mkdir(join(root, 'shared'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const PERCENTAGES: readonly Cell[] = [[0.956, '0%'], [0.07, '0%'], [0.58, '0.0%'], [1.1, '0%'], [-0.005, '0%'], [1e-7, '0.00%'], [0.999999, '0%;[Red]-0%']];
  it.each(['xlsx', 'biff8'] as const)('0.956 shown as 96%% is 95.6%%, in every digit that is stored and none that arithmetic adds (%s)', async (bookType) => {
    expect(await said(PERCENTAGES, bookType)).toEqual(['95.6%', '7%', '58%', '110%', '-0.5%', '0.00001%', '99.9999%']);
  });

  it('the longest spelling of a binary number is the short one that means it', async () => {
    const styles = '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="9" applyNumberFormat="1"/></cellXfs></styleSheet>';
    const rows = '<row><c t="str"><v>指标</v></c><c t="str"><v>数值</v></c></row><row><c t="str"><v>覆盖率</v></c><c s="1"><v>0.95599999999999996</v></c></row>';
    expect(await read(rawWorkbook(`<worksheet><sheetData>${rows}</sheetData></worksheet>`, [{ name: 'xl/styles.xml', content: styles }]))).toEqual(['覆盖率=95.6%']);
  });

  it('a formula says what its program shows, to its fifteenth digit: 0.29 × 100 is 29 and no reason to miss ≥29', async () => {
    expect(await said([[0.29 * 100], [0.02 + 0.93, '0%'], [0.1 + 0.2], [1234567890.12345], [123456789012.345], [9007199254740991]])).toEqual(['29', '95%', '0.3', '1234567890.12345', '123456789012.345', '9007199254740991']);
  });

  it('a footnote set higher stays a footnote, and the 2 of m² is one', async () => {
    const styles = '<styleSheet><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>';
    const raised = (text: string, mark: string, kind: string): string => `<is><r><t>${text}</t></r><r><rPr><b/><vertAlign val="${kind}"/><sz val="11"/></rPr><t>${mark}</t></r></is>`;
    const rows = `<row><c t="str"><v>指标</v></c><c t="inlineStr">${raised('数值', '1', 'superscript')}</c></row><row><c t="str"><v>参保</v></c><c t="inlineStr">${raised('6.43', '12', 'superscript')}</c></row>
      <row><c t="inlineStr">${raised('面积', '2', 'superscript')}</c><c t="inlineStr">${raised('30m', '2', 'superscript')}</c></row><row><c t="str"><v>覆盖率</v></c><c t="inlineStr">${raised('95.7%', '1', 'subscript')}</c></row>`;
    // A name with a footnote is the name under which it was always known.
    expect(await read(rawWorkbook(`<worksheet><sheetData>${rows}</sheetData></worksheet>`, [{ name: 'xl/styles.xml', content: styles }]), '数值1')).toEqual(['参保=6.43¹²', '面积2=30m²', '覆盖率=95.7%₁']);
  });

  it('a percent sign that is only a word multiplies nothing, and a large number has no exponent', async () => {
    expect(await said([[95.6, '0.0"%"'], [95.6, '0\\%'], [1e21], [2.5e-7], [26.44, '0.0']])).toEqual(['95.6', '95.6', '1000000000000000000000', '0.00000025', '26.44']);
  });

  const DAYS: readonly Cell[] = [[45657, 'yyyy-mm-dd'], [45657, 'yyyy"年"m"月"d"日"'], [45657.75, 'yyyy/m/d h:mm'], [45657, '[$-804]yyyy"年"m"月"'], [45657, 'm/d/yy']];
  it.each(['xlsx', 'biff8'] as const)('a day is written as a day, whatever its cell shows of it (%s)', async (bookType) => {
    expect(await said(DAYS, bookType)).toEqual(['2024-12-31', '2024-12-31', '2024-12-31', '2024-12-31', '2024-12-31']);
  });

  it('days are counted from 1904 where the workbook says so', async () => {
    expect(await said([[45657 - 1462, 'yyyy-mm-dd']], 'xlsx', true)).toEqual(['2024-12-31']);
  });

  it('the formats 31 and 57, 年月日 of every Chinese spreadsheet, are days although the file spells them nowhere', async () => {
    const styles = '<styleSheet><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="31" fontId="0"/><xf fontId="0" numFmtId="57"/></cellXfs></styleSheet>';
    const rows = '<row><c t="str"><v>指标</v></c><c t="str"><v>数值</v></c></row><row><c t="str"><v>完工</v></c><c s="1"><v>45657</v></c></row><row><c t="str"><v>验收</v></c><c s="2"><v>45626</v></c></row>';
    expect(await read(rawWorkbook(`<worksheet><sheetData>${rows}</sheetData></worksheet>`, [{ name: 'xl/styles.xml', content: styles }]))).toEqual(['完工=2024-12-31', '验收=2024-11-30']);
  });

  it('letters of a date in quotes, colours, exponents, times and durations are no days', async () => {
    expect(await said([[264000, '0"day"'], [68300, '[Red]0.00_);[Red]\\(0\\)'], [26.4, '0.00E+00'], [0.5, 'h:mm'], [1.5, '[h]:mm'], [-3, 'yyyy-mm-dd']])).toEqual(['264000', '68300', '26.4', '0.5', '1.5', '-3']);
  });

  it('errors and yes or no are said as every program prints them', async () => {
    const rows = '<row><c t="str"><v>指标</v></c><c t="str"><v>数值</v></c></row><row><c t="str"><v>满意度</v></c><c t="e"><v>#DIV/0!</v></c></row><row><c t="str"><v>完成</v></c><c t="b"><v>1</v></c></row>';
    expect(await read(rawWorkbook(`<worksheet><sheetData>${rows}</sheetData></worksheet>`, [{ name: 'xl/styles.xml', content: '<styleSheet/>' }]))).toEqual(['满意度=#DIV/0!', '完成=TRUE']);
  });
});
