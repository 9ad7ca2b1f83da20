import { emptyFormName } from '@jiheng/contract';
import { BUILT_IN_TEMPLATES, type ColumnRole, emptyFormOf, readDocument, type RecognisedIndicator, type RecognisedTable, type RecognitionTemplate } from '@jiheng/documents';
import type { FormCell, FormSheet } from '@jiheng/domain';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import JSZip from 'jszip';
import { drawFormDocument } from './docx/report-document.docx';
import { drawFormWorkbook } from './xlsx/form-workbook.xlsx';

// Every form the import knows can be taken away empty, filled in with a spreadsheet or a word processor, and comes back as it was filled in.

const AT = new Date('2025-02-20T02:00:00Z');
const UNIT = '某县社会保险中心';
const PROJECT = '线路租赁费';
const GOAL = '租用4条专线，保障业务系统运行。';
const ACHIEVED = '专线全年运行平稳，群众反映良好。';
const MONEY = ['960.00', '960.00', '912.40'] as const;

type Cells = Readonly<Partial<Record<ColumnRole, string>>>;

/** What people write into a row: everything a form may ask for. */
const filledRow: fc.Arbitrary<Cells> = fc.record({
  name: fc.constantFrom('内部审计次数', '租用专线网络数量', '信息系统维护（一期）完成率', '“一卡通”新增应用项目数', '预算支出控制率', '档案数字化加工数量', '受益群众满意度', '网络线路租赁标准'),
  promise: fc.oneof(
    fc.record({ sign: fc.constantFrom('≥', '≤', '＝', '>'), number: fc.integer({ min: 1, max: 9999 }).map(String), unit: fc.constantFrom('%', '次', '人', '万元', '条', '元/人/月', '个工作日') }),
    fc.constantFrom('有效提高', '显著改善', '持续加强', '达标').map((wording) => ({ sign: '', number: wording, unit: '' })),
  ),
  weight: fc.constantFrom('1', '5', '12.5', '20'), points: fc.constantFrom('1', '4.75', '10', '0'), basis: fc.constantFrom('计划标准', '2025年工作要点', '预算支出标准'), previous: fc.constantFrom('新增', '95%', '9条'),
  rule: fc.constantFrom('按照完成比例赋分', '按评判等级赋分', '满意度赋分'), evidence: fc.constantFrom('工作资料', '原始凭证', '签到表、照片及会议纪要'), reached: fc.constantFrom('3', '96', '120.50'),
  deviation: fc.constantFrom('', '合同签订较晚，下年提前', '讲师轮岗，第四季度补训。'), cause: fc.constantFrom<ColumnRole>('causeFunds', 'causeSystem', 'causeStaff', 'causeEquipment', 'causeOther'), likelihood: fc.constantFrom<ColumnRole>('certain', 'possible', 'impossible'),
}).map(({ promise: { sign, number, unit }, cause, likelihood, reached, ...rest }): Cells => ({
  ...rest, operator: sign === '' ? '定性' : sign, target: `${sign}${number}${unit}`, unit, actual: sign === '' ? number : `${reached}${unit}`, forecast: sign === '' ? '达成预期目标' : `${reached}${unit}`, adjustedTarget: '', actualText: sign === '' ? '各项工作按要求完成' : '',
  deduction: '0', coefficient: '100', core: '是', remark: '', explanation: '反映该项工作的完成情况', method: '直接证明', dataSource: '业务系统', [cause]: '√', [likelihood]: '√',
}));

/** A row as a form prints it: sign, number and unit in one cell or in three. */
function asPrinted(row: Cells, template: RecognitionTemplate): Cells {
  const isApart = template.columns.some(({ role }) => role === 'operator');
  if (!isApart) return row;
  const number = (text: string | undefined): string => (text ?? '').replace(/^[≥≤＝>]/u, '').replace(row.unit ?? '', '');
  return { ...row, target: number(row.target), actual: row.unit === '' ? (row.actual ?? '') : number(row.actual) };
}

/** The empty form with cells written over: what was typed, by row and column of the grid. */
function fillIn(template: RecognitionTemplate, rows: readonly Cells[]): { sheet: FormSheet; typed: ReadonlyMap<string, string>; taken: readonly { level1: string; level2: string; cells: Cells }[] } {
  const { sheet, rows: places } = emptyFormOf(template, { fiscalYear: 2025, budgetUnit: UNIT });
  const typed = new Map<string, string>();
  const cellsOf = (row: number): readonly FormCell[] => sheet.rows[row]?.cells ?? [];
  const beside = (label: RegExp, value: string, from = 0): void => {
    const row = sheet.rows.findIndex(({ cells }, at) => at >= from && cells.some((cell) => label.test(cell.text)));
    const cells = cellsOf(row);
    const at = cells.findIndex((cell) => label.test(cell.text));
    const next = cells[at + 1];
    if (next?.text === '') typed.set(`${row}/${next.column}`, value);
  };
  beside(/^项目名称$/u, PROJECT);
  const goalAt = sheet.rows.findIndex(({ cells }) => cells.some(({ text }) => text === '预期目标'));
  if (goalAt >= 0) cellsOf(goalAt + 1).forEach(({ column }, at) => typed.set(`${goalAt + 1}/${column}`, at === 0 ? GOAL : ACHIEVED));
  else {
    beside(new RegExp(`^(?:${[template.labels?.goal?.[0] ?? '', '项目总体目标', '年度绩效目标', '年度总体目标'].filter((word) => word !== '').join('|')})$`, 'u'), GOAL);
    const achieved = template.labels?.goalAchieved?.[0];
    if (template.form === 'SELF_EVALUATION' && achieved !== undefined) beside(new RegExp(`^${achieved}$`, 'u'), ACHIEVED);
  }
  const moneyAt = sheet.rows.findIndex(({ cells }) => template.money !== undefined && cells.some(({ text }) => text === template.money?.columns[0]?.words[0]));
  if (moneyAt >= 0) cellsOf(moneyAt + 1).filter(({ style }) => style === 'TEXT').slice(0, 3).forEach(({ column }, at) => typed.set(`${moneyAt + 1}/${column}`, MONEY[at] ?? ''));
  const spread = places.filter((_, at) => at % Math.max(1, Math.floor(places.length / rows.length)) === 0).slice(0, rows.length);
  const taken = spread.map(({ row, level1, level2 }, at) => {
    const cells = asPrinted(rows[at] ?? {}, template);
    const own = cellsOf(row).filter(({ style }) => style === 'TEXT');
    const columns = template.columns.map(({ role }, column) => ({ role, column })).filter(({ role }) => role !== 'level1' && role !== 'level2');
    for (const { role, column } of columns) if (own.some((cell) => cell.column === column) && (cells[role] ?? '') !== '') typed.set(`${row}/${column}`, cells[role] ?? '');
    return { level1, level2, cells };
  });
  return { sheet, typed, taken };
}

/** As a spreadsheet keeps it: what looks like a number is one. */
async function throughSpreadsheet(sheet: FormSheet, typed: ReadonlyMap<string, string>): Promise<Uint8Array> {
  const bytes = await drawFormWorkbook(sheet, AT);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const [first] = book.worksheets;
  for (const [place, text] of typed) {
    const [row = 0, column = 0] = place.split('/').map(Number);
    const cell = first?.getCell(row + 1, column + 1);
    if (cell !== undefined) cell.value = /^\d+(?:\.\d+)?$/u.test(text) && String(Number(text)) === text ? Number(text) : text;
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** As a word processor keeps it: what is typed is a run of its own in the paragraph of the cell. */
async function throughWordProcessor(sheet: FormSheet, typed: ReadonlyMap<string, string>): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(await drawFormDocument(sheet));
  let row = -1;
  const xml = ((await zip.file('word/document.xml')?.async('string')) ?? '').replace(/<w:tr[ >].*?<\/w:tr>/gsu, (line) => {
    row += 1;
    let column = 0;
    return line.replace(/<w:tc>.*?<\/w:tc>/gsu, (cell) => {
      const text = typed.get(`${row}/${column}`);
      column += Number(/<w:gridSpan w:val="(\d+)"/u.exec(cell)?.[1] ?? 1);
      return text === undefined ? cell : cell.replace(/<\/w:p>/u, `<w:r><w:t xml:space="preserve">${text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</w:t></w:r></w:p>`);
    });
  });
  zip.file('word/document.xml', xml);
  return zip.generateAsync({ type: 'uint8array' });
}

async function read(bytes: Uint8Array, name: string): Promise<RecognisedTable> {
  const result = await readDocument(bytes, name);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  expect(result.value.tables).toHaveLength(1);
  return result.value.tables[0] as RecognisedTable;
}

const TICKS: readonly (readonly [ColumnRole, string])[] = [['causeFunds', 'FUNDS'], ['causeSystem', 'SYSTEM'], ['causeStaff', 'STAFF'], ['causeEquipment', 'EQUIPMENT'], ['causeOther', 'OTHER']];
const LIKELY: readonly (readonly [ColumnRole, string])[] = [['certain', 'CERTAIN'], ['possible', 'POSSIBLE'], ['impossible', 'IMPOSSIBLE']];
const RULES: Readonly<Record<string, string>> = { 按照完成比例赋分: 'PROPORTIONAL', 按评判等级赋分: 'GRADE', 满意度赋分: 'SATISFACTION' };
const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

/** What the form says of a row, by the columns it has. */
function expected(template: RecognitionTemplate, level1: string, level2: string, row: Cells): Record<string, unknown> {
  const has = (role: ColumnRole): boolean => template.columns.some((column) => column.role === role);
  const isWording = (row.unit ?? '') === '';
  const number = (text: string | undefined): string => /\d+(?:\.\d+)?/u.exec(text ?? '')?.[0] ?? '';
  return {
    ...(has('level1') ? { level1, level2 } : {}), name: row.name, magnitude: isWording ? null : number(row.target), text: isWording ? row.target : null, unit: isWording ? null : (row.unit ?? '').replace('个工作日', '工作日'),
    ...(has('weight') ? { weight: row.weight } : {}), ...(has('basis') ? { basis: row.basis } : {}), ...(has('previous') ? { previous: row.previous } : {}), ...(has('rule') ? { rule: RULES[row.rule ?? ''] } : {}), ...(has('evidence') ? { evidence: row.evidence } : {}),
    ...(has('actual') ? { actual: number(row.actual) === '' ? row.actual : number(row.actual) } : {}), ...(has('points') ? { points: row.points } : {}), ...(has('deviation') ? { deviation: orNull(row.deviation) } : {}),
    ...(has('certain') ? { causes: TICKS.flatMap(([role, cause]) => (row[role] === '√' ? [cause] : [])), likelihood: LIKELY.find(([role]) => row[role] === '√')?.[1] ?? null } : {}),
    ...(has('explanation') ? { explanation: row.explanation } : {}), ...(has('method') ? { method: row.method } : {}), ...(has('actualText') ? { actualText: orNull(row.actualText) } : {}),
  };
}

function found(template: RecognitionTemplate, one: RecognisedIndicator): Record<string, unknown> {
  const has = (role: ColumnRole): boolean => template.columns.some((column) => column.role === role);
  const isWording = one.target.kind === 'QUAL';
  const actual = /\d+(?:\.\d+)?/u.exec(one.actualRaw ?? '')?.[0] ?? one.actualRaw;
  return {
    ...(has('level1') ? { level1: one.level1, level2: one.level2 } : {}), name: one.name, magnitude: one.target.magnitude, text: isWording ? one.target.text : null, unit: one.target.unit,
    ...(has('weight') ? { weight: one.weight } : {}), ...(has('basis') ? { basis: one.basis } : {}), ...(has('previous') ? { previous: one.previousActual } : {}), ...(has('rule') ? { rule: one.scoringRule } : {}), ...(has('evidence') ? { evidence: one.evidence } : {}),
    ...(has('actual') ? { actual } : {}), ...(has('points') ? { points: one.pointsRaw } : {}), ...(has('deviation') ? { deviation: one.deviation ?? null } : {}),
    ...(has('certain') ? { causes: one.causes, likelihood: one.likelihood } : {}),
    ...(has('explanation') ? { explanation: one.explanation } : {}), ...(has('method') ? { method: one.measureMethod } : {}), ...(has('actualText') ? { actualText: one.actualText } : {}),
  };
}

describe('the forms that can be taken away empty', () => {
  it('are those the import knows, neither more nor fewer', () => {
    expect(emptyFormName.options).toEqual(expect.arrayContaining(BUILT_IN_TEMPLATES.map(({ name }) => name)));
    expect(emptyFormName.options).toHaveLength(BUILT_IN_TEMPLATES.length);
  });
});

describe.each(BUILT_IN_TEMPLATES.map((template) => [template.name, template] as const))('the empty form %s', (name, template) => {
  it.each([['a spreadsheet', 'xlsx', throughSpreadsheet], ['a word processor', 'docx', throughWordProcessor]] as const)('filled in with %s comes back as it was filled in, blank rows as nothing', async (_, extension, through) => {
    await fc.assert(fc.asyncProperty(fc.array(filledRow, { minLength: 1, maxLength: 7 }), async (rows) => {
      const { sheet, typed, taken } = fillIn(template, rows);
      const table = await read(await through(sheet, typed), `${name}.${extension}`);
      expect({ form: table.form, subject: table.subject, year: table.fiscalYear, unit: table.budgetUnit, goal: table.goalText, project: table.project })
        .toEqual({ form: template.form, subject: template.subject, year: 2025, unit: UNIT, goal: GOAL, project: template.subject === 'PROJECT' ? PROJECT : null });
      if (template.form === 'SELF_EVALUATION') expect(table.goalAchieved).toBe(ACHIEVED);
      if (template.money !== undefined) expect(Number(table.execution?.find(({ line }) => line === 'TOTAL')?.initial)).toBe(960);
      expect(table.indicators.map((one) => found(template, one))).toEqual(taken.map(({ level1, level2, cells }, at) => expected(template, level1, level2, { ...cells, target: rows[at]?.target ?? '', actual: rows[at]?.actual ?? '' })));
    }), { numRuns: 6 });
  }, 60_000);
});
