import { utils, write } from '@e965/xlsx';
import { type Refusal, sayRefusal } from '@jiheng/domain';
import { gridOf } from '../fixtures/form-grid';
import { pageText } from '../fixtures/page-text';
import { scannedText } from '../fixtures/scanned-text';
import { csvBytes, workbookBytes } from '../fixtures/sheet-files';
import { auditProject, countyUnit, lineRentalProject, pensionProject, prefectureUnit, sixForms } from '../fixtures/six-forms';
import type { PrintedForm } from '../fixtures/printed-form';
import type { ReadDocument } from '../recognise/recognise-tables';
import { readDocument } from './read-document';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function accepted(bytes: Uint8Array, name: string): Promise<ReadDocument> {
  const read = await readDocument(bytes, name);
  if (!read.ok) throw new Error(sayRefusal(read.refusal));
  return read.value;
}

async function refused(bytes: Uint8Array, name: string): Promise<Refusal> {
  const read = await readDocument(bytes, name);
  if (read.ok) throw new Error(`${name} was taken: ${JSON.stringify(read.value.tables)}`);
  return read.refusal;
}

function names(read: ReadDocument): string[][] {
  return read.tables.map((table) => table.indicators.map((one) => one.name));
}

function expectedNames(forms: readonly PrintedForm[]): string[][] {
  return forms.map((form) => form.rows.map((row) => row.expected.name));
}

/** The official layout as rows, with some cells replaced before it is written. */
function workbookOf(form: PrintedForm, change: (rows: unknown[][]) => void): Uint8Array {
  const rows: unknown[][] = gridOf(form).rows.map((row) => [...row]);
  change(rows);
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '目标表');
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
}

describe('workbooks in the official layout', () => {
  it('six sheets give six tables of 50 rows, each cell with its sheet and row', async () => {
    const read = await accepted(
      workbookBytes(Object.fromEntries(sixForms.map((form, at) => [`表${at + 1}`, gridOf(form)]))),
      '六张表.xlsx',
    );
    expect(names(read)).toEqual(expectedNames(sixForms));
    expect(read.tables[2]?.indicators[0]).toMatchObject({
      confidence: '1.00',
      source: { file: '六张表.xlsx', place: 'sheet 表3 / row 8' },
    });
    expect(read.tables[1]?.indicators.map((one) => one.level1).slice(7, 10)).toEqual(['产出指标', '成本指标', '成本指标']);
  });

  it('two tables below one another on one sheet are two tables', async () => {
    const [above, below] = [gridOf(auditProject), gridOf(prefectureUnit)];
    const read = await accepted(workbookBytes({ 全部: { rows: [...above.rows, [''], ...below.rows], merges: [] } }), '两张.xlsx');
    expect(names(read)).toEqual(expectedNames([auditProject, prefectureUnit]));
    expect(read.tables[1]?.budget).toEqual({ higherLevel: '52.18', localLevel: '492.34', other: '0.00', total: '544.52' });
  });

  it('the old .xls container is read as well', async () => {
    expect(names(await accepted(workbookBytes({ 表: gridOf(lineRentalProject) }, 'xls'), '旧格式.xls'))).toEqual(
      expectedNames([lineRentalProject]),
    );
  });

  it('numbers, percentages, dates and a typed =100% keep what the cell shows', async () => {
    const read = await accepted(
      workbookOf(auditProject, (rows) => {
        (rows[7] as unknown[])[6] = 5;
        (rows[7] as unknown[])[3] = { t: 'n', v: 5, z: '"≥"0"次"' };
        (rows[9] as unknown[])[3] = { t: 'n', v: 1, f: '100%', z: '0%' };
        (rows[10] as unknown[])[3] = { t: 'n', v: 0.95, z: '0%' };
        (rows[4] as unknown[])[3] = { t: 'n', v: 8, z: '0.00' };
      }),
      '数字.xlsx',
    );
    const rows = read.tables[0]?.indicators ?? [];
    expect(rows[0]).toMatchObject({ weight: '5', target: { comparator: 'GE', magnitude: '5', unit: '次' } });
    expect(rows[2]?.target).toMatchObject({ comparator: 'EQ', magnitude: '100', unit: '%' });
    expect(rows[3]?.target).toMatchObject({ comparator: 'EQ', magnitude: '95', unit: '%' });
    expect(read.tables[0]?.budget).toEqual({ total: '8.00', fiscal: '8.00', other: '0.00' });
  });

  it('a row without target and weight stays a row and is reported; nothing is drawn into its neighbour', async () => {
    const read = await accepted(
      workbookOf(auditProject, (rows) => {
        Object.assign(rows[8] as unknown[], { 3: '', 6: '' });
      }),
      '缺格.xlsx',
    );
    expect(read.tables[0]?.indicators).toHaveLength(14);
    expect(read.tables[0]?.indicators[1]).toMatchObject({ name: '内部审计培训次数', weight: '0' });
    expect(read.findings.find((one) => one.code === 'R-weight')).toMatchObject({ severity: 'ERROR', row: 1 });
  });

  it('hidden sheets are left alone and named', async () => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(gridOf(auditProject).rows), '公开');
    utils.book_append_sheet(book, utils.aoa_to_sheet(gridOf(lineRentalProject).rows), '旧稿');
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };
    const read = await accepted(new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer), '两页.xlsx');
    expect(names(read)).toEqual(expectedNames([auditProject]));
    expect(read.findings[0]).toMatchObject({ code: 'R-hidden-sheet', found: '旧稿' });
  });

  it('amounts in 元 are taken over as 万元', async () => {
    const read = await accepted(
      workbookOf(auditProject, (rows) => {
        Object.assign(rows[4] as unknown[], { 0: '项目资金（元）', 3: '80,000.00', 5: '79,950', 7: '50.5' });
      }),
      '元.xlsx',
    );
    expect(read.tables[0]?.budget).toEqual({ total: '8', fiscal: '7.995', other: '0.00505' });
  });
});

describe('CSV and text', () => {
  it.each([[','], ['\t'], [';']])('CSV with %j between cells gives the same rows', async (delimiter) => {
    expect(names(await accepted(csvBytes([gridOf(countyUnit), gridOf(pensionProject)], delimiter), '目标表.csv'))).toEqual(
      expectedNames([countyUnit, pensionProject]),
    );
  });

  it('an apostrophe that keeps a spreadsheet from computing =100% is not part of the target', async () => {
    const text = new TextDecoder().decode(csvBytes([gridOf(auditProject)])).replace(/,=/gu, ",'=");
    expect((await accepted(utf8(text), '防公式.csv')).tables[0]?.indicators[2]?.target).toMatchObject({
      comparator: 'EQ',
      magnitude: '100',
      raw: '=100%',
    });
  });

  it('a Markdown table is read like a scanned one', async () => {
    const [head = [], ...rows] = gridOf(auditProject).rows.slice(6);
    const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
    const text = ['## 项目支出绩效目标表（2024年）', '| 预算单位 | 甲中心 |', line(head), line(head.map(() => '---')), ...rows.map(line)]
      .join('\n')
      .replace('## ', '');
    expect(names(await accepted(utf8(text), '表.md'))).toEqual(expectedNames([auditProject]));
  });

  it('GB18030 and UTF-16 are told from UTF-8', async () => {
    const gb = new Uint8Array([0xcf, 0xee, 0xc4, 0xbf, 0x0a]);
    expect((await refused(gb, '国标.txt')).code).toBe('document.no-table-found');
    const wide = new Uint8Array(Uint16Array.from([0xfeff, ...[...scannedText(auditProject)].map((sign) => sign.charCodeAt(0))]).buffer);
    expect(names(await accepted(wide, '宽.txt'))).toEqual(expectedNames([auditProject]));
  });
});

describe('documents that cannot be read are refused in one sentence', () => {
  it.each<[string, Uint8Array, string, string]>([
    ['an empty file', new Uint8Array(0), '空.txt', 'document.empty'],
    ['nothing but blanks', utf8(' \n\t\n'), '空白.txt', 'document.empty'],
    ['binary content in a text file', new Uint8Array([0x68, 0x00, 0x01, 0x02]), '乱码.txt', 'document.not-text'],
    ['bytes of no encoding', new Uint8Array([0x41, 0xff, 0xff, 0xff, 0x80]), '编码.txt', 'document.not-text'],
    ['prose without a table', utf8('2024 年部门预算说明，本单位无项目。'), '说明.txt', 'document.no-table-found'],
    [
      'a title without an indicator block',
      utf8('项目支出绩效目标表\n（2024 年）\n预算单位\t甲中心\n'),
      '半张.txt',
      'document.no-table-found',
    ],
    ['a head row without rows', utf8(scannedText({ ...auditProject, rows: [] })), '无行.txt', 'document.no-rows'],
    [
      'a table without a year anywhere',
      utf8(scannedText({ ...auditProject, goal: ['规范经办。'] }).replace('（2024 年）', '')),
      '无年度.txt',
      'document.no-fiscal-year',
    ],
    ['a PDF under the name of a text', utf8('%PDF-1.7\n%âãÏÓ\n'), '扫描.txt', 'document.kind-mismatch'],
    ['a text under the name of a workbook', utf8(scannedText(auditProject)), '目标表.xlsx', 'document.kind-mismatch'],
    ['a workbook under the name of a CSV', workbookBytes({ 表: gridOf(auditProject) }), '目标表.csv', 'document.kind-mismatch'],
    ['a damaged workbook', workbookBytes({ 表: gridOf(auditProject) }).slice(0, 900), '损坏.xlsx', 'document.truncated'],
    ['an archive that is no workbook', utf8('PK\u0003\u0004 not really'), '假.xlsx', 'document.truncated'],
    [
      'an open quotation mark in a CSV',
      utf8('一级指标,二级指标,三级指标,指标值,权重\n产出指标,数量指标,"发放人数,≥79人,20\n'),
      '引号.csv',
      'document.broken-csv',
    ],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), '照片.png', 'document.kind-unsupported'],
    ['a file without extension', utf8('x'), '目标表', 'document.kind-unsupported'],
  ])('%s', async (_, bytes, name, code) => {
    const refusal = await refused(bytes, name);
    expect(refusal.code).toBe(code);
    for (const language of ['zh', 'en'] as const) {
      const sentence = sayRefusal(refusal, language);
      expect(sentence).toContain(name);
      expect(sentence).not.toMatch(/\{[a-zA-Z]+\}|undefined/u);
    }
  });

  it('20 MB are taken to the reader, one byte more is refused', async () => {
    const limit = 20 * 1_048_576;
    expect((await refused(new Uint8Array(limit).fill(0x20), '大.txt')).code).toBe('document.empty');
    expect(await refused(new Uint8Array(limit + 1).fill(0x20), '太大.txt')).toMatchObject({
      code: 'document.too-large',
      params: { size: '21', limit: '20' },
    });
  });

  it('2000 rows are a table, 2001 are a mistake', async () => {
    const rows = (count: number): Uint8Array =>
      csvBytes([
        gridOf({ ...auditProject, rows: Array.from({ length: count }, () => auditProject.rows[0] as (typeof auditProject.rows)[0]) }),
      ]);
    expect((await accepted(rows(2000), '多.csv')).tables[0]?.indicators).toHaveLength(2000);
    expect(await refused(rows(2001), '太多.csv')).toMatchObject({ code: 'document.too-many-rows', params: { limit: '2000' } });
  });

  it('an archive that says it unpacks to 1 GB is refused before it is unpacked', async () => {
    const bytes = workbookBytes({ 表: gridOf(auditProject) });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length - 46; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50) {
        view.setUint32(at + 24, 1_073_741_824, true);
        break;
      }
    }
    expect(await refused(bytes, '膨胀.xlsx')).toMatchObject({ code: 'document.inflates-too-much', params: { limit: '200' } });
  });

  it('the year given when importing stands in for a missing one, and the report says so', async () => {
    const text = pageText({ ...pensionProject, project: '退休工资', goal: ['保障待遇发放。'] }).replace('（2024 年）', '');
    const read = await readDocument(utf8(text), '页.txt', { fiscalYear: 2025 });
    if (!read.ok) throw new Error(sayRefusal(read.refusal));
    expect(read.value.tables[0]?.fiscalYear).toBe(2025);
    expect(read.value.findings[0]).toMatchObject({ code: 'R-year', expected: '2025' });
  });
});
