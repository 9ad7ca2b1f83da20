import { readDocument, type RecognisedTable } from '@jiheng/documents';
import { type FormSheet, type ScoringRule, emptyTargetForm } from '@jiheng/domain';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { drawFormDocument } from './docx/report-document.docx';
import { drawFormWorkbook } from './xlsx/form-workbook.xlsx';

// The empty form is taken away, filled in with Excel or WPS as people do it, and imported.

const AT = new Date('2025-02-20T02:00:00Z');
const UNIT = '某县社会保险中心';

/** Cells of a row behind its levels, by the second level they stand under. */
interface Filled {
  readonly level2: string;
  /** How a spreadsheet keeps what was typed; null leaves the cell. */
  readonly cells: readonly (string | number | Date | null)[];
  readonly says: { readonly name: string; readonly comparator: string; readonly magnitude: string | null; readonly unit: string | null; readonly weight: string; readonly previous: string | null; readonly rule: ScoringRule };
}

const PROJECT_ROWS: readonly Filled[] = [
  { level2: '数量指标', cells: ['租用专线网络数量(条)', '≥4', '计划标准', '9条', 10, '按照完成比例赋分', '工作资料'], says: { name: '租用专线网络数量', comparator: 'GE', magnitude: '4', unit: '条', weight: '10', previous: '9条', rule: 'PROPORTIONAL' } },
  // 98% typed into a cell is 0.98 shown as percent.
  { level2: '质量指标', cells: ['系统正常运行率(%)', 0.98, '计划标准', 0.995, 12.5, '按照正常比例赋分', '工作资料'], says: { name: '系统正常运行率', comparator: 'EQ', magnitude: '98', unit: '%', weight: '12.5', previous: '99.50%', rule: 'PROPORTIONAL' } },
  // 2025年12月 typed into a cell becomes a date.
  { level2: '时效指标', cells: ['项目完成时间', new Date(Date.UTC(2025, 11, 1)), '计划标准', '新增', 17.5, '按照完成比例赋分', '工作资料'], says: { name: '项目完成时间', comparator: 'EQ', magnitude: '2025-12', unit: null, weight: '17.5', previous: '新增', rule: 'PROPORTIONAL' } },
  { level2: '经济成本指标', cells: ['网络线路租赁标准', '≤9.60万元', '预算支出标准', '5万元/年', 20, '按照完成比例赋分', '原始凭证'], says: { name: '网络线路租赁标准', comparator: 'LE', magnitude: '9.60', unit: '万元', weight: '20', previous: '5万元/年', rule: 'PROPORTIONAL' } },
  { level2: '社会效益指标', cells: ['提高工作服务水平', '有效提高', '计划标准', null, 20, '按评判等级赋分', '说明材料'], says: { name: '提高工作服务水平', comparator: 'NONE', magnitude: null, unit: null, weight: '20', previous: null, rule: 'GRADE' } },
  { level2: '服务对象满意度指标', cells: ['服务对象满意度', '≥95%', '计划标准', '96%', 10, '满意度赋分', '工作资料'], says: { name: '服务对象满意度', comparator: 'GE', magnitude: '95', unit: '%', weight: '10', previous: '96%', rule: 'SATISFACTION' } },
];

const emptyForm = (): FormSheet => emptyTargetForm('PROJECT', { fiscalYear: 2025, budgetUnit: UNIT });

function fillRow(sheet: ExcelJS.Worksheet, row: number, { cells }: Filled): void {
  cells.forEach((value, column) => {
    if (value === null) return;
    const cell = sheet.getCell(row, column + 3);
    cell.value = value;
    // Styles are shared between cells once a file was loaded: each gets its own.
    if (value instanceof Date) cell.style = { ...cell.style, numFmt: 'yyyy"年"m"月"' };
    else if (typeof value === 'number' && value < 1) cell.style = { ...cell.style, numFmt: value === 0.995 ? '0.00%' : '0%' };
  });
}

async function workbook(): Promise<{ book: ExcelJS.Workbook; sheet: ExcelJS.Worksheet }> {
  const bytes = await drawFormWorkbook(emptyForm(), AT);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const [sheet] = book.worksheets;
  if (sheet === undefined) throw new Error('no sheet');
  return { book, sheet };
}

function placeOf(sheet: ExcelJS.Worksheet, label: string): [row: number, column: number] {
  let place: [number, number] = [0, 0];
  sheet.eachRow((row, at) => row.eachCell((cell, column) => { if (place[0] === 0 && cell.master === cell && cell.text === label) place = [at, column]; }));
  if (place[0] === 0) throw new Error(`no ${label}`);
  return place;
}

function fillHead(sheet: ExcelJS.Worksheet): void {
  const write = (label: string, value: string | number, across: number): void => {
    const [row, column] = placeOf(sheet, label);
    sheet.getCell(row, column + across).value = value;
  };
  write('项目名称', '线路租赁费', 1);
  write('年度预算总额', 9.6, 1);
  write('其中：财政拨款', 9.6, 2);
  write('其他资金', 0, 1);
  write('项目总体目标', '租用4条专线，保障业务系统运行。\n群众满意度达到95%以上。', 1);
}

/** First blank rows under each second level. */
function blankRows(sheet: ExcelJS.Worksheet): Map<string, number[]> {
  const blank = new Map<string, number[]>();
  sheet.eachRow((row, at) => {
    const level2 = row.getCell(2).text;
    if (row.getCell(3).text === '' && level2.endsWith('指标') && level2 !== '二级指标') blank.set(level2, [...(blank.get(level2) ?? []), at]);
  });
  return blank;
}

async function read(bytes: Uint8Array, name: string): Promise<RecognisedTable> {
  const result = await readDocument(bytes, name);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  expect(result.value.tables).toHaveLength(1);
  return result.value.tables[0] as RecognisedTable;
}

const shown = (table: RecognisedTable): unknown[] => table.indicators.map(({ level2, name, target, weight, previousActual, scoringRule }) => [level2, name, target.comparator, target.magnitude, target.unit, weight, previousActual, scoringRule]);
const said = (rows: readonly Filled[]): unknown[] => rows.map(({ level2, says }) => [level2, says.name, says.comparator, says.magnitude, says.unit, says.weight, says.previous, says.rule]);

describe('the empty form of a project filled in with a spreadsheet', () => {
  it('has numbers as numbers, percents as percents, a month as a date: all come back as they show, blank rows as nothing', async () => {
    const { book, sheet } = await workbook();
    fillHead(sheet);
    const blank = blankRows(sheet);
    for (const row of PROJECT_ROWS) fillRow(sheet, blank.get(row.level2)?.shift() ?? 0, row);
    const table = await read(new Uint8Array(await book.xlsx.writeBuffer()), '填好的.xlsx');
    expect(shown(table)).toEqual(said(PROJECT_ROWS));
    expect([table.project, table.budgetUnit, table.fiscalYear, Number(table.budget.total), table.goalText]).toEqual(['线路租赁费', UNIT, 2025, 9.6, '租用4条专线，保障业务系统运行。\n群众满意度达到95%以上。']);
  });

  it('with the rows that nobody needed deleted and the merged levels written out', async () => {
    const { book, sheet } = await workbook();
    fillHead(sheet);
    const blank = blankRows(sheet);
    for (const row of PROJECT_ROWS) fillRow(sheet, blank.get(row.level2)?.shift() ?? 0, row);
    const spare = [...blank.values()].flat().sort((a, b) => b - a);
    // Excel takes the merges of the levels apart where it must; people do the same by hand before they delete.
    for (const merge of [...(sheet.model.merges as readonly string[])]) if (/^[AB]/u.test(merge) && Number(/\d+/u.exec(merge)?.[0]) > 7) {
      const word = sheet.getCell(merge.split(':')[0] ?? '').text;
      const [from = 0, to = 0] = [...merge.matchAll(/\d+/gu)].map(Number);
      sheet.unMergeCells(merge);
      for (let at = from; at <= to; at += 1) sheet.getCell(at, merge.startsWith('A') ? 1 : 2).value = word;
    }
    for (const at of spare) sheet.spliceRows(at, 1);
    const table = await read(new Uint8Array(await book.xlsx.writeBuffer()), '删行后.xlsx');
    expect(shown(table)).toEqual(said(PROJECT_ROWS));
    expect(new Set(table.indicators.map(({ level1 }) => level1))).toEqual(new Set(['产出指标', '成本指标', '效益指标', '满意度指标']));
  });

  it('with words in several styles within a cell, and blanks that people type', async () => {
    const { book, sheet } = await workbook();
    fillHead(sheet);
    const at = blankRows(sheet).get('数量指标')?.[0] ?? 0;
    sheet.getCell(at, 3).value = { richText: [{ text: '租用专线' }, { font: { bold: true, color: { argb: 'FFFF0000' } }, text: '网络数量' }, { text: '（条）' }] };
    sheet.getCell(at, 4).value = { richText: [{ text: '≥' }, { text: ' 4 ' }, { text: '条' }] };
    sheet.getCell(at, 7).value = ' 90 ';
    const table = await read(new Uint8Array(await book.xlsx.writeBuffer()), '多种字体.xlsx');
    expect(table.indicators).toMatchObject([{ name: '租用专线网络数量', target: { comparator: 'GE', magnitude: '4', unit: '条' }, weight: '90' }]);
  });
});

describe('the empty form of a project filled in with a word processor', () => {
  it('comes back row by row, and its blank rows as nothing', async () => {
    const zip = await JSZip.loadAsync(await drawFormDocument(emptyForm()));
    let xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
    const left = new Map<string, Filled[]>();
    for (const row of PROJECT_ROWS) left.set(row.level2, [...(left.get(row.level2) ?? []), row]);
    let level2 = '';
    xml = xml.replace(/<w:tr[ >].*?<\/w:tr>/gsu, (line) => {
      const cells = line.match(/<w:tc>.*?<\/w:tc>/gsu) ?? [];
      if (cells.length !== 9) return line;
      const word = [...(cells[1] ?? '').matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/gu)].map(([, text]) => text).join('');
      if (word.endsWith('指标')) level2 = word;
      const row = word === '二级指标' ? undefined : left.get(level2)?.shift();
      if (row === undefined) return line;
      const typed = row.cells.map((value) => (value instanceof Date ? '2025年12月' : value === 0.98 ? '98%' : value === 0.995 ? '99.50%' : String(value ?? '')));
      let at = 0;
      return line.replace(/<w:tc>.*?<\/w:tc>/gsu, (cell) => {
        const text = at >= 2 ? (typed[at - 2] ?? '') : null;
        at += 1;
        // A word processor sets what is typed as a run of its own.
        return text === null || text === '' ? cell : cell.replace(/<\/w:p>/u, `<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`);
      });
    });
    zip.file('word/document.xml', xml);
    const table = await read(await zip.generateAsync({ type: 'uint8array' }), '填好的.docx');
    expect(shown(table)).toEqual(said(PROJECT_ROWS));
  });
});
