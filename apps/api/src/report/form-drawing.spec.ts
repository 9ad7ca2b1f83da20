import { CFB, read, utils } from '@e965/xlsx';
import {
  type FormSheet, MOF_2020_10, type MonitoringAccount, type SelfEvaluationAccount, emptyTargetForm, mergesOf, monitoringForm, parseActualText, scoreTable, selfEvaluationForm, targetTableForm,
} from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';
import { drawFormDocument, drawReportDocument } from './docx/report-document.docx';
import { reportContentOf } from './report-content';
import { drawFormWorkbook } from './xlsx/form-workbook.xlsx';

const AT = new Date('2025-02-20T02:00:00Z');

/** KZ-A of the worked example: 84.19 + 10.00 = 94.19. */
function auditProject(): SelfEvaluationAccount {
  const table = theTable('KZ-A');
  const cells = ['5', '2', '100', '92', '3', '8', '2', '100', '2.8', '5.2', '达成 100%', '部分达成 75%', '93', '88'];
  const rows = table.indicators.map((indicator, at) => {
    const actual = parseActualText(cells[at] ?? '', indicator);
    if (!actual.ok) throw new Error(actual.refusal.code);
    return { indicator, actual: actual.value };
  });
  const figures = { initial: '8.00', adjusted: '8.00', executed: '8.00' };
  const score = scoreTable({ rows, execution: figures, withExecution: true }, MOF_2020_10, { fiscalYear: 2024, periodClosed: false });
  return {
    subject: 'PROJECT', fiscalYear: 2024, budgetUnit: table.budgetUnit, department: '人力资源和社会保障局', project: table.project, tableVersion: 1, goalText: table.goalText,
    goalAchieved: '全年开展内部审计5次、培训2次。', money: [{ part: 'TOTAL', ...figures }], execution: score.execution, executionReason: null,
    rows: rows.map(({ indicator, actual }, at) => {
      const points = score.rows[at];
      if (points === undefined) throw new Error('no points');
      const explanation = points.explanationOwed ? { causes: ['STAFF' as const], sentence: '人员轮岗。', measures: '补足人员。', likelihood: null, forecast: null } : null;
      return { indicator, actual, score: points, adjustment: at === 12 ? { points: '4.50', reason: '问卷样本偏少' } : null, explanation, evidence: [] };
    }),
    computedTotal: score.total, total: '93.80', rating: score.rating, rescaled: false, profile: { name: 'MOF-2020-10', version: 1, title: '财预〔2020〕10号' },
    chapters: new Map([['process', '由财务科牵头。\n12月复核。']]),
  };
}

/** The half-year of KZ-A: two audits of the five, one training of the three, explained by staff. */
function halfYear(project: string | null = theTable('KZ-A').project): MonitoringAccount {
  const table = theTable(project === null ? 'KZ-U' : 'KZ-A');
  const said = (at: number): string => (project === null ? '' : ['2', '1', '100', '90.5', '6', '5', '0', '100', '1.5', '2.4', '', '', '92.5', '88.5'][at] ?? '');
  return {
    fiscalYear: 2024, budgetUnit: table.budgetUnit, department: '人力资源和社会保障局', project, period: '1—6月', goalText: table.goalText,
    money: project === null ? [{ part: 'TOTAL', initial: '1234.56', executed: '600.00', forecast: null }, { part: 'LOCAL_LEVEL', initial: '1234.56', executed: '600.00', forecast: null }]
      : [{ part: 'TOTAL', initial: '8.00', executed: '3.90', forecast: null }],
    rows: table.indicators.map((indicator, at) => {
      const actual = parseActualText(said(at), indicator);
      if (!actual.ok) throw new Error(actual.refusal.code);
      const explanation = at === 1 && project !== null ? { causes: ['STAFF' as const, 'TARGET_TOO_LOW' as const], sentence: '讲师轮岗。', measures: '第四季度补训一次。', likelihood: 'POSSIBLE' as const, forecast: '2次' } : null;
      return { indicator, actual: actual.value, explanation };
    }),
  };
}

interface DrawnCell { readonly column: number; readonly text: string; readonly colSpan: number; readonly continues: boolean }

/** The text of a Word file's main part. */
function documentXml(docx: Buffer): string {
  const entry = CFB.find(CFB.read(docx, { type: 'buffer' }), '/word/document.xml');
  if (entry === null) throw new Error('no document inside');
  return Buffer.from(entry.content as Uint8Array).toString('utf8');
}

/** The cells of the form as Word's file has them; its two tables are read as one. */
function tableOf(docx: Buffer): DrawnCell[][] {
  const xml = documentXml(docx);
  const table = /<w:tbl>.*<\/w:tbl>/su.exec(xml)?.[0] ?? '';
  return [...table.matchAll(/<w:tr[ >].*?<\/w:tr>/gsu)].map(([row]) => {
    let column = 0;
    return [...row.matchAll(/<w:tc>.*?<\/w:tc>/gsu)].map(([cell]) => {
      const colSpan = Number(/<w:gridSpan w:val="(\d+)"/u.exec(cell)?.[1] ?? '1');
      const text = [...cell.matchAll(/<w:p[ >].*?<\/w:p>|<w:p\/>/gsu)].map(([paragraph]) => [...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/gu)].map(([, words]) => words).join('')).join('\n');
      const drawn = { column, text: text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('&quot;', '"'), colSpan, continues: /<w:vMerge(?: w:val="continue")?\/>/u.test(cell) };
      column += colSpan;
      return drawn;
    });
  });
}

const FORMS: readonly (readonly [string, () => FormSheet])[] = [
  ['the self-evaluation of the audit project', () => selfEvaluationForm(auditProject())],
  ['the target table of the audit project', () => targetTableForm(theTable('KZ-A'))],
  ['the target table of the whole prefectural centre', () => targetTableForm(theTable('KZ-U'))],
  ['the monitoring form of the audit project', () => monitoringForm(halfYear())],
  ['the monitoring form of the whole centre', () => monitoringForm(halfYear(null))],
  ['the empty form of a project', () => emptyTargetForm('PROJECT', { fiscalYear: 2025, budgetUnit: theTable('KZ-A').budgetUnit })],
  ['the empty form of a unit', () => emptyTargetForm('UNIT', { fiscalYear: null, budgetUnit: null })],
];

describe('forms as files', () => {
  it.each(FORMS)('%s: every cell of the spreadsheet reads back as it stands in the form, merges included', async (_name, make) => {
    const form = make();
    const book = read(await drawFormWorkbook(form, AT), { type: 'buffer', cellStyles: true });
    const sheet = book.Sheets[form.name];
    if (sheet === undefined) throw new Error('no sheet');
    for (const [row, { cells }] of form.rows.entries()) {
      for (const cell of cells) {
        const address = utils.encode_cell({ r: row, c: cell.column });
        const drawn: { w?: string; v?: unknown } = sheet[address] ?? {};
        expect([address, drawn.w ?? drawn.v ?? '']).toEqual([address, cell.text]);
      }
    }
    const merges = (sheet['!merges'] ?? []).map(({ s, e }) => `${s.r},${s.c}-${e.r},${e.c}`).sort();
    expect(merges).toEqual(mergesOf(form).map((merge) => `${merge.top},${merge.left}-${merge.bottom},${merge.right}`).sort());
  });

  it.each(FORMS)('%s: the table of the document has the cells and spans of the form', async (_name, make) => {
    const form = make();
    const drawn = tableOf(await drawFormDocument(form));
    expect(drawn).toHaveLength(form.rows.length);
    for (const [row, { cells }] of form.rows.entries()) {
      const own = (drawn[row] ?? []).filter((cell) => !cell.continues).map(({ column, text, colSpan }) => ({ column, text, colSpan }));
      expect(own).toEqual(cells.map(({ column, text, colSpan }) => ({ column, text, colSpan })));
    }
  });

  it('prints target, actual, weight and points of a row, the level beside several rows once, and the adjusted points with the computed below', () => {
    const { rows } = selfEvaluationForm(auditProject());
    const texts = rows.map((row) => row.cells.map((cell) => cell.text));
    expect(texts.find((row) => row.includes('内部审计培训次数'))).toEqual(expect.arrayContaining(['≥3次', '2次', '5', '3.33']));
    expect(texts.find((row) => row.includes('受益群众满意度'))).toEqual(expect.arrayContaining(['4.50\n（计算得分 4.89）']));
    expect(rows.flatMap((row) => row.cells).filter((cell) => cell.text === '产出指标')).toEqual([expect.objectContaining({ rowSpan: 8 })]);
  });

  it('weights and points are numbers in the spreadsheet, so that a sum over them works', async () => {
    const book = read(await drawFormWorkbook(selfEvaluationForm(auditProject()), AT), { type: 'buffer' });
    const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
    const cells = Object.values(sheet).filter((cell: { t?: string; v?: unknown; w?: string }) => cell.t === 'n' && cell.w === '3.33');
    expect(cells).toHaveLength(1);
  });

  it('the report has its nine chapters, the writer’s words as paragraphs, and the form as its annex across the page', async () => {
    const xml = documentXml(await drawReportDocument(reportContentOf(auditProject())));
    const text = [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gsu)].map(([paragraph]) => [...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/gu)].map(([, words]) => words).join(''));
    expect(text[0]).toBe('2024年度“社会保险经办审计经费”项目支出绩效自评报告');
    expect(text.filter((line) => /^[一二三四五六七八九]、/u.test(line))).toHaveLength(9);
    expect(text).toEqual(expect.arrayContaining(['由财务科牵头。', '12月复核。']));
    expect(xml).toMatch(/<w:pgSz[^>]*w:orient="landscape"/u);
    expect(xml).toMatch(/<w:pgSz w:w="11906" w:h="16838"/u);
  });

  it('the annex begins with its mark on a page of its own, so that the form never stands on the upright page before it', async () => {
    const xml = documentXml(await drawReportDocument(reportContentOf(auditProject())));
    const annex = xml.slice(xml.indexOf('</w:sectPr>'));
    expect(annex.indexOf('附件1')).toBeGreaterThan(0);
    expect(annex.indexOf('附件1')).toBeLessThan(annex.indexOf('<w:tbl>'));
    expect(annex).toMatch(/<w:type w:val="nextPage"\/>/u);
  });

  it('the heading of the indicators is repeated on every page of a document: it begins a table of its own', async () => {
    const tables = documentXml(await drawFormDocument(selfEvaluationForm(auditProject()))).match(/<w:tbl>.*?<\/w:tbl>/gsu) ?? [];
    expect(tables).toHaveLength(2);
    expect(tables.map((table) => table.match(/<w:tblHeader\/>/gu)?.length ?? 0)).toEqual([0, 1]);
    expect(/<w:tr[ >].*?<\/w:tr>/su.exec(tables[1] ?? '')?.[0]).toContain('<w:tblHeader/>');
  });

  it('the monitoring form ticks the causes and the likelihood, names the months, and gives a target set too low to the other causes', () => {
    const { rows } = monitoringForm(halfYear());
    const heads = rows.filter((row) => row.repeats).flatMap((row) => row.cells.map((cell) => cell.text));
    expect(heads).toEqual(['一级指标', '二级指标', '三级指标', '年度指标值', '1—6月执行情况', '全年预计完成情况', '偏差原因分析', '完成目标可能性', '备注',
      '经费保障', '制度保障', '人员保障', '硬件条件保障', '其他', '原因说明', '确定能', '有可能', '完全不可能']);
    const training = rows.find((row) => row.cells.some((cell) => cell.text === '内部审计培训次数'))?.cells.map((cell) => cell.text) ?? [];
    expect(training.slice(-13)).toEqual(['≥3次', '1次', '2次', '', '', '√', '', '√', '讲师轮岗。', '', '√', '', '第四季度补训一次。']);
    expect(rows.flatMap((row) => row.cells.map((cell) => cell.text))).toEqual(expect.arrayContaining(['1—6月执行数', '3.90', '48.75%']));
  });

  it('the monitoring form of a whole unit has the lines of its money and says what it is', () => {
    const texts = monitoringForm(halfYear(null)).rows.flatMap((row) => row.cells.map((cell) => cell.text));
    expect(texts).toEqual(expect.arrayContaining(['单位整体支出绩效目标执行监控表', '监控对象', '单位整体', '其中：上级安排', '本级安排', '600.00', '48.60%']));
    expect(texts).not.toContain('项目支出绩效目标执行监控表');
  });
});
