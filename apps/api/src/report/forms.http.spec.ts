import type { Problem } from '@jiheng/contract';
import { readDocument } from '@jiheng/documents';
import { addDecimal } from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { KZ_A_YEAR, deskOf, signQuarter } from '../../test/year';
import type { Client } from '../../test/http-app';

interface File { readonly status: number; readonly type: string | null; readonly name: string; readonly bytes: Buffer }

async function download(client: Client, path: string): Promise<File> {
  const response = await client.fetch(path);
  const name = decodeURIComponent(/filename\*=UTF-8''(.+)$/u.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '');
  return { status: response.status, type: response.headers.get('content-type'), name, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function sheetOf(bytes: Buffer): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const [sheet] = book.worksheets;
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
}

/** The printed text of each row, merged cells once. */
function rowsOf(sheet: ExcelJS.Worksheet): string[][] {
  const rows: string[][] = [];
  sheet.eachRow({ includeEmpty: true }, (row) => {
    const texts: string[] = [];
    row.eachCell({ includeEmpty: true }, (cell) => { if (cell.master === cell) texts.push(cell.text); });
    rows.push(texts);
  });
  return rows;
}

async function documentText(bytes: Buffer): Promise<string> {
  const xml = (await (await JSZip.loadAsync(bytes)).file('word/document.xml')?.async('string')) ?? '';
  return [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/gu)].map(([, words]) => words).join('|');
}

describe('forms to take away', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  beforeAll(async () => {
    world = await aWorld();
    app = await world.start({ today: '2024-07-05' });
    reporter = await app.as('kz.reporter');
    await signQuarter(world, await deskOf(app), 'KZ-A', 1, KZ_A_YEAR[0] ?? [], '1.80');
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  it('the monitoring form of the first quarter comes out as a spreadsheet, with the money and the ticks of who explained', async () => {
    const file = await download(reporter, `/api/monitoring-reports/${world.report('KZ-A', 1)}/form.xlsx`);
    expect([file.status, file.name]).toEqual([200, '2024年第一季度执行监控表-社会保险经办审计经费.xlsx']);
    const rows = rowsOf(await sheetOf(file.bytes));
    expect(rows[0]).toEqual(['项目支出绩效目标执行监控表']);
    expect(rows.find((row) => row.includes('年度资金总额'))).toEqual(['年度资金总额', '8', '1.8', '22.50%', '']);
    const explained = rows.filter((row) => row.includes('年中人员轮岗，进度有所滞后。'));
    expect(explained.length).toBeGreaterThan(0);
    for (const row of explained) expect(row.filter((text) => text === '√')).toHaveLength(1);
  });

  it('and as a document for Word and WPS, with the same words', async () => {
    const file = await download(reporter, `/api/monitoring-reports/${world.report('KZ-A', 1)}/form.docx`);
    expect(file.type).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document');
    const text = await documentText(file.bytes);
    for (const words of ['1—3月执行情况', '偏差原因分析', '完成目标可能性', '社会保险经办审计经费', '人力资源和社会保障局', '补足人员，逐月督办。']) expect(text).toContain(words);
  });

  it('a neighbour gets no form of another unit, and is not told that there is one', async () => {
    const neighbour = await app.as('mn.reporter');
    const response = await neighbour.get<Problem>(`/api/monitoring-reports/${world.report('KZ-A', 1)}/form.xlsx`);
    expect([response.status, response.body.code]).toEqual([404, 'monitoring-report.not-found']);
    const unit = await neighbour.get<Problem>(`/api/form-templates/F2.xlsx?unitId=${world.units.kz}`);
    expect([unit.status, unit.body.code]).toEqual([404, 'house.not-found']);
    expect((await neighbour.get<Problem>('/api/form-templates/F9.xlsx')).status).toBe(400);
  });

  it.each(['F1.xlsx', 'F1.docx', 'F2.xlsx', 'F2.docx'])('the empty form %s has the year, the unit and the branches of the frame', async (name) => {
    const file = await download(reporter, `/api/form-templates/${name}?fiscalYear=2025&unitId=${world.units.kz}`);
    expect(file.status).toBe(200);
    const text = name.endsWith('docx') ? await documentText(file.bytes) : rowsOf(await sheetOf(file.bytes)).flat().join('|');
    for (const words of ['（2025年）', theTable('KZ-A').budgetUnit, '三级指标', ...(name.startsWith('F1') ? ['履职效能', '年度绩效目标'] : ['生态环境成本指标', '项目总体目标'])]) expect(text).toContain(words);
  });

  it('the empty form of a project, filled in with KZ-A in a spreadsheet, comes back as KZ-A, and its blank rows as nothing', async () => {
    const { bytes } = await download(reporter, `/api/form-templates/F2.xlsx?fiscalYear=2025&unitId=${world.units.kz}`);
    const sheet = await sheetOf(bytes);
    const table = theTable('KZ-A');
    const place = new Map<string, [number, number]>();
    sheet.eachRow((row, at) => row.eachCell((cell, column) => { if (cell.master === cell && !place.has(cell.text)) place.set(cell.text, [at, column]); }));
    const write = (label: string, value: string | number, across = 1): void => {
      const [row, column] = place.get(label) ?? [0, 0];
      sheet.getCell(row, column + across).value = value;
    };
    write('项目名称', '社会保险经办审计经费');
    write('年度预算总额', 8);
    write('其中：财政拨款', 8, 2);
    write('项目总体目标', table.goalText);
    const blank = new Map<string, number[]>();
    sheet.eachRow((row, at) => {
      const level2 = row.getCell(2).text;
      if (row.getCell(3).text === '' && level2.endsWith('指标') && level2 !== '二级指标') blank.set(level2, [...(blank.get(level2) ?? []), at]);
    });
    for (const indicator of table.indicators) {
      const at = blank.get(indicator.level2 === '满意度指标' ? '服务对象满意度指标' : indicator.level2)?.shift();
      if (at === undefined) throw new Error(`the form has no room for ${indicator.name}`);
      [indicator.name, indicator.target.raw, indicator.basis ?? '', indicator.previousActual ?? '', Number(indicator.weight), '按照完成比例赋分', indicator.evidence ?? '']
        .forEach((value, column) => { sheet.getCell(at, column + 3).value = value; });
    }
    const filled = Buffer.from(await sheet.workbook.xlsx.writeBuffer());
    const read = await readDocument(filled, '填好的目标表.xlsx');
    if (!read.ok) throw new Error(read.refusal.code);
    const [back] = read.value.tables;
    expect([back?.project, back?.fiscalYear, addDecimal(...(back?.indicators ?? []).map((row) => row.weight)), back?.budget.total]).toEqual(['社会保险经办审计经费', 2025, '90', '8']);
    expect(back?.indicators.map(({ name }) => name).sort()).toEqual(table.indicators.map(({ name }) => name).sort());
  });
});
