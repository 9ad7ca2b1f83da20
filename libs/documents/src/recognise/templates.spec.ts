import fc from 'fast-check';
import { type FormContent, printTemplate } from '../fixtures/template-print';
import { readTextLines } from '../read/text.reader';
import { type ReadDocument, recogniseTables } from './recognise-tables';
import type { RecognisedTable } from './recognised-table';
import type { SourcePart } from './source-line';
import { BUILT_IN_TEMPLATES } from './templates/built-in-templates';
import type { RecognitionTemplate } from './templates/recognition-template';

// 线路租赁费 of 2024, promised, watched and evaluated: one content that every form prints what it asks for of.
const ROWS: FormContent['rows'] = [
  ['产出指标', '数量指标', '租用专线网络数量(条)', '=', '4', '条', '4条', '8', '8', '计划标准', '9条', '工作资料', '按照完成比例赋分', ''],
  ['产出指标', '质量指标', '信息自动化运行保障率(%)', '≥', '98', '%', '99.5%', '8', '8', '计划标准', '100%', '工作资料', '按照完成比例赋分', ''],
  ['产出指标', '时效指标', '资金支付及时率(%)', '=', '100', '%', '75%', '8', '6', '计划标准', '100%', '工作资料', '按照完成比例赋分', '第四季度租费发票到达较晚，次年一月支付'],
  ['成本指标', '经济成本指标', '网络线路租赁标准(万元)', '≤', '9.60', '万元', '9.12万元', '20', '20', '预算支出标准', '5万元/年', '原始凭证', '按照完成比例赋分', ''],
  ['效益指标', '社会效益指标', '提高工作服务水平', '', '有效提高', '', '达成预期指标', '20', '18', '计划标准', '有效提高', '说明材料', '按评判等级赋分', '群众对网上办理的了解不足，已加强宣传'],
  ['满意度指标', '服务对象满意度指标', '受益群众满意度(%)', '≥', '95', '%', '96.2%', '10', '10', '计划标准', '95%', '工作资料', '满意度赋分', ''],
].map(([level1 = '', level2 = '', name = '', sign = '', number = '', unit = '', actual = '', weight = '', points = '', basis = '', previous = '', evidence = '', rule = '', deviation = '']) => ({
  level1, level2, name, operator: sign === '' ? '定性' : sign, target: `${sign}${number}${unit}`, unit, actual, weight, points, basis, previous, evidence, rule, deviation,
  adjustedTarget: '', forecast: actual, coefficient: '100', core: '是', explanation: '按合同租用的线路', method: '直接证明', dataSource: '租赁合同', remark: '',
  certain: deviation === '' ? '√' : '', possible: deviation === '' ? '' : '√', causeFunds: deviation === '' ? '' : '√',
}));

const CONTENT: FormContent = {
  year: 2024, unit: '某县社会保险中心', project: '线路租赁费', period: '1—7月',
  goal: '租用专线网络，保障社会保险业务系统运行。', achieved: '专线网络全年运行平稳。',
  rows: ROWS,
  money: {
    TOTAL: { initial: '9.60', adjusted: '9.60', executed: '9.12', forecast: '9.60', weight: '10', rate: '95.00%', points: '9.50' },
    FISCAL: { initial: '9.60', adjusted: '9.60', executed: '9.12', forecast: '9.60', weight: '—', rate: '95.00%', points: '—' },
    OTHER: { initial: '0.00', adjusted: '0.00', executed: '0.00', forecast: '0.00', weight: '—', rate: '—', points: '—' },
  },
  sum: null,
};

/** Forms with sign, number and unit in columns of their own print the number alone; others print all in one cell. */
function contentFor(template: RecognitionTemplate, content: FormContent = CONTENT): FormContent {
  const has = (role: string): boolean => template.columns.some((column) => column.role === role);
  return {
    ...content,
    rows: content.rows.map((row) => {
      const bare = (text: string | undefined): string => (text ?? '').replace(/^[≥≤=]/u, '').replace(/[^\d.]+$/u, (unit) => (/\d/u.test(text ?? '') && has('unit') ? '' : unit));
      return { ...row, ...(has('operator') && has('unit') ? { target: bare(row.target), actual: /\d/u.test(row.actual ?? '') ? bare(row.actual) : (row.actual ?? '') } : {}) };
    }),
    sum: template.form === 'SELF_EVALUATION' ? { weight: '84', points: '79.50', rating: '中' } : template.columns.some(({ role }) => role === 'weight') ? { weight: '74', points: '', rating: '' } : null,
  };
}

const sheet = (rows: readonly (readonly string[])[]): SourcePart[] => [{ sheet: '表', broken: false, lines: rows.map((cells, at) => ({ cells, number: at + 1 })) }];

function read(parts: readonly SourcePart[], templates: readonly RecognitionTemplate[] = []): ReadDocument {
  const result = recogniseTables(parts, 'fixture', { templates });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

function onlyTable(parts: readonly SourcePart[], templates: readonly RecognitionTemplate[] = []): RecognisedTable {
  const { tables } = read(parts, templates);
  expect(tables).toHaveLength(1);
  return tables[0] as RecognisedTable;
}

function has(template: RecognitionTemplate, role: string): boolean {
  return template.columns.some((column) => column.role === role && column.optional !== true);
}

/** What the form prints of the rows, as it must come back. */
function expectedRows(template: RecognitionTemplate, isRunning = false, rows = ROWS): unknown[] {
  return rows.map((row) => ({
    ...(has(template, 'level1') ? { level1: row.level1, level2: row.level2 } : {}),
    name: row.name?.replace(/\([^()]*\)$/u, ''),
    target: row.unit === '' ? ['QUAL', 'NONE', null] : ['QUANT', { '=': 'EQ', '≥': 'GE', '≤': 'LE' }[row.operator ?? ''], row.target?.replace(/[^\d.]/gu, '')],
    ...(has(template, 'weight') ? { weight: row.weight } : {}),
    ...(has(template, 'basis') ? { basis: row.basis } : {}),
    ...(has(template, 'previous') ? { previousActual: row.previous } : {}),
    ...(has(template, 'evidence') ? { evidence: row.evidence } : {}),
    ...(has(template, 'actual') ? { actualRaw: row.actual } : {}),
    ...(has(template, 'points') ? { pointsRaw: row.points } : {}),
    ...(has(template, 'deviation') && !(isRunning && template.form === 'MONITORING') ? { deviation: row.deviation === '' ? null : row.deviation } : {}),
    ...(has(template, 'certain') && !isRunning ? { likelihood: row.deviation === '' ? 'CERTAIN' : 'POSSIBLE', causes: row.deviation === '' ? [] : ['FUNDS'] } : {}),
    ...(has(template, 'method') ? { explanation: '按合同租用的线路', measureMethod: '直接证明', dataSource: '租赁合同' } : {}),
    ...(has(template, 'core') ? { isCore: true, coefficientRaw: '100' } : {}),
  }));
}

function foundRows(table: RecognisedTable, template: RecognitionTemplate, isRunning = false): unknown[] {
  const keys = Object.keys((expectedRows(template, isRunning) as Record<string, unknown>[])[0] ?? {});
  return table.indicators.map((one) => {
    const all: Record<string, unknown> = { ...one, target: [one.target.kind, one.target.comparator, one.target.magnitude] };
    return Object.fromEntries(keys.map((key) => [key, all[key] ?? null]));
  });
}

describe.each(BUILT_IN_TEMPLATES.map((template) => [template.name, template] as const))('form %s', (_, template) => {
  it('printed as a sheet and read back: recognised, every column in place, money and sums with it', () => {
    const table = onlyTable(sheet(printTemplate(template, contentFor(template)).rows));
    expect(table).toMatchObject({ form: template.form, subject: template.subject, fiscalYear: 2024, budgetUnit: '某县社会保险中心', goalText: CONTENT.goal });
    expect(Number(table.templateScores[0]?.confidence)).toBeGreaterThanOrEqual(0.95);
    expect(foundRows(table, template)).toEqual(expectedRows(template));
    if (template.form === 'SELF_EVALUATION') expect(table.goalAchieved).toBe(CONTENT.achieved);
    if (template.money !== undefined) {
      const asked = new Set(template.money.columns.map(({ role }) => role));
      expect(table.execution?.[0]).toMatchObject({ line: 'TOTAL', initial: '9.60', executed: '9.12', rate: '95.00%', ...(asked.has('points') ? { weight: '10', points: '9.50' } : { forecast: '9.60' }) });
      expect(table.budget.total).toBe('9.60');
    }
    if (template.form === 'SELF_EVALUATION') expect(table.printedSum).toMatchObject({ weight: '84', points: '79.50' });
    if (template.form === 'MONITORING') expect(table.period).toBe('1—7月'.normalize('NFKC'));
  });

  it('printed as running text, the grid lost, and read back', () => {
    const table = onlyTable(readTextLines(printTemplate(template, contentFor(template)).lines.join('\n')));
    expect(table).toMatchObject({ form: template.form, subject: template.subject, fiscalYear: 2024, budgetUnit: '某县社会保险中心' });
    expect(foundRows(table, template, true)).toEqual(expectedRows(template, true));
  });

  it('read from a sheet, it is told apart from the forms beside it', () => {
    const { templateScores, template: name } = onlyTable(sheet(printTemplate(template, contentFor(template)).rows));
    const [best, second] = templateScores;
    expect(name).toBe(best?.name);
    // Forms that differ in nothing but their title or spelling share the first place.
    if (best?.name !== template.name) expect(Number(best?.confidence)).toBeGreaterThanOrEqual(Number(second?.confidence));
    expect([best?.name, second?.name]).toContain(template.name);
  });
});

const LEVELS = [
  ['产出指标', '数量指标'], ['产出指标', '质量指标'], ['产出指标', '时效指标'], ['成本指标', '经济成本指标'], ['效益指标', '社会效益指标'], ['满意度指标', '服务对象满意度指标'],
] as const;
const MEASURES = [['培训次数', '次'], ['参保人数', '万人'], ['系统运行率', '%'], ['维护经费', '万元'], ['办结期限', '天'], ['专线数量', '条']] as const;
const REASONS = ['', '', '合同签订较晚，年底前已付清', '参保人员外出务工，已改为网上办理'];
const SIGNS = ['≥', '≤', '='] as const;

const generatedRow = fc.record({
  level: fc.nat({ max: LEVELS.length - 1 }),
  measure: fc.constantFrom(...MEASURES),
  sign: fc.constantFrom(...SIGNS),
  target: fc.integer({ min: 1, max: 9999 }),
  actual: fc.integer({ min: 0, max: 9999 }),
  weight: fc.integer({ min: 1, max: 30 }),
  points: fc.integer({ min: 0, max: 30 }),
  reason: fc.constantFrom(...REASONS),
  isWording: fc.boolean(),
});

const generated: fc.Arbitrary<FormContent['rows']> = fc.array(generatedRow, { minLength: 1, maxLength: 14 }).map((rows) =>
  [...rows]
    .sort((a, b) => a.level - b.level)
    .map((one, at) => {
      const [level1, level2] = LEVELS[one.level] as (typeof LEVELS)[number];
      const [measure, unit] = one.measure;
      const letter = String.fromCharCode(65 + at);
      const reason = one.reason;
      return {
        level1,
        level2,
        name: one.isWording ? `服务${letter}保障水平` : `项目${letter}${measure}`,
        operator: one.isWording ? '定性' : one.sign,
        target: one.isWording ? '有效提高' : `${one.sign}${one.target}${unit}`,
        unit: one.isWording ? '' : unit,
        actual: one.isWording ? '达成预期指标' : `${one.actual}${unit}`,
        weight: String(one.weight),
        points: String(one.points),
        basis: '计划标准',
        previous: '新增',
        evidence: '工作资料',
        rule: '按照完成比例赋分',
        deviation: reason,
        adjustedTarget: '',
        forecast: '',
        coefficient: '100',
        core: '是',
        explanation: '按合同租用的线路',
        method: '直接证明',
        dataSource: '租赁合同',
        certain: reason === '' ? '√' : '',
        possible: reason === '' ? '' : '√',
        causeFunds: reason === '' ? '' : '√',
      };
    }),
);

describe('whatever stands in it, a form comes back as it was printed', () => {
  const anyForm = fc.constantFrom(...BUILT_IN_TEMPLATES);

  it('from the cells of a sheet', () => {
    fc.assert(
      fc.property(anyForm, generated, (template, rows) => {
        const table = onlyTable(sheet(printTemplate(template, { ...contentFor(template, { ...CONTENT, rows }), sum: null }).rows));
        expect(foundRows(table, template)).toEqual(expectedRows(template, false, rows));
        expect(table.form).toBe(template.form);
      }),
      { numRuns: 80 },
    );
  });

  it('from a text with tabs between its cells', () => {
    fc.assert(
      fc.property(anyForm, generated, (template, rows) => {
        const printed = printTemplate(template, { ...contentFor(template, { ...CONTENT, rows }), sum: null }).rows;
        const table = onlyTable(readTextLines(printed.map((cells) => cells.join('\t')).join('\n')));
        expect(foundRows(table, template)).toEqual(expectedRows(template, false, rows));
      }),
      { numRuns: 80 },
    );
  });
});
