import { FORM_TEMPLATES, type FormSheet, type FormValues, layOutForm } from '@jiheng/domain';
import { recogniseTables } from './recognise-tables';
import type { RecognisedTable } from './recognised-table';

/** A form as a sheet holds it: the first of merged cells carries the text, the others are blank. */
function rowsOf(sheet: FormSheet): string[][] {
  return sheet.rows.map((row) => {
    const cells = sheet.columns.map(() => '');
    for (const { column, text } of row.cells) cells[column] = text;
    return cells;
  });
}

function read(sheet: FormSheet): RecognisedTable {
  const result = recogniseTables([{ sheet: sheet.name, broken: false, lines: rowsOf(sheet).map((cells, at) => ({ cells, number: at + 1 })) }], 'own.xlsx');
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  expect(result.value.findings.filter((one) => one.code.startsWith('R-'))).toEqual([]);
  return result.value.tables[0] as RecognisedTable;
}

const fields: FormValues['fields'] = {
  yearTitle: '（2024年度）', budgetUnit: '某县社会保险中心', project: '线路租赁费', department: '某县人力资源和社会保障局', goalText: '租用专线网络4条。', goalAchieved: '专线全年运行平稳。',
  period: '1—7月', total: '94.50', fullMarks: '100', rating: '优', notes: '评分规则：财预〔2020〕10号。', lead: '', contact: '', phone: '',
  higherLevel: '52.18', localLevel: '492.34', other: '0.00', fiscal: '9.60',
};
const indicators = [
  { level1: '产出指标', level2: '数量指标', name: '租用专线网络数量', target: '=4条', actual: '4条', weight: '50', points: '50.00', basis: '计划标准', previousActual: '9条', rule: '按照完成比例赋分', evidence: '工作资料', forecast: '4条', CERTAIN: '√' },
  { level1: '效益指标', level2: '社会效益指标', name: '提高工作服务水平', target: '有效提高', actual: '达成预期指标', weight: '40', points: '35.00\n（计算得分 32.00）', explanation: '原因：宣传不足\n措施：加强宣传', basis: '计划标准', previousActual: '有效提高', rule: '按评判等级赋分', evidence: '说明材料', forecast: '有效提高', FUNDS: '√', OTHER: '√', POSSIBLE: '√', sentence: '设备到货较晚', remark: '九月补齐' },
];
const money = [
  { part: '年度资金总额', initial: '9.60', adjusted: '9.60', executed: '9.12', rate: '95.00%', weight: '10', points: '9.50', forecast: '9.60' },
  { part: '其中：当年财政拨款', initial: '9.60', adjusted: '9.60', executed: '9.12', rate: '95.00%', weight: '—', points: '—', forecast: '9.60' },
  { part: '上年结转资金', initial: '', adjusted: '', executed: '', rate: '—', weight: '—', points: '—', forecast: '' },
];
const sheetOf = (id: string): FormSheet => {
  const template = FORM_TEMPLATES.find((one) => one.id === id);
  if (template === undefined) throw new Error(`no form ${id}`);
  const full = indicators.map((row) => ({ explanation: '', FUNDS: '', SYSTEM: '', STAFF: '', EQUIPMENT: '', OTHER: '', sentence: '', CERTAIN: '', POSSIBLE: '', IMPOSSIBLE: '', remark: '', ...row }));
  return layOutForm(template, { fields: { ...fields, ...(id === 'F2' ? { total: '9.60', other: '0.00' } : {}) }, lists: { indicators: full, money } });
};

describe('the forms this product prints are read back by it', () => {
  it.each(['F1', 'F2'])('targets, %s', (id) => {
    const table = read(sheetOf(id));
    expect(table).toMatchObject({ form: 'TARGET', template: id, fiscalYear: 2024, budgetUnit: fields['budgetUnit'], goalText: fields['goalText'] });
    expect(table.indicators.map((one) => [one.level1, one.name, one.target.raw, one.weight, one.basis])).toEqual([
      ['产出指标', '租用专线网络数量', '=4条', '50', '计划标准'], ['效益指标', '提高工作服务水平', '有效提高', '40', '计划标准'],
    ]);
    expect(table.budget).toMatchObject(id === 'F1' ? { higherLevel: '52.18', localLevel: '492.34', other: '0.00' } : { total: '9.60', fiscal: '9.60', other: '0.00' });
  });

  it('monitoring, with its ticks under two rows of heads', () => {
    const table = read(sheetOf('F3'));
    expect(table).toMatchObject({ form: 'MONITORING', template: 'F3', fiscalYear: 2024, project: '线路租赁费', goalText: fields['goalText'] });
    expect(table.execution?.[0]).toMatchObject({ line: 'TOTAL', initial: '9.60', executed: '9.12', rate: '95.00%', forecast: '9.60' });
    expect(table.indicators).toMatchObject([
      { actualRaw: '4条', forecastRaw: '4条', causes: [], likelihood: 'CERTAIN', deviation: null },
      { actualRaw: '达成预期指标', causes: ['FUNDS', 'OTHER'], likelihood: 'POSSIBLE', deviation: '设备到货较晚', remark: '九月补齐' },
    ]);
  });

  it.each(['F4', 'F5'])('self-evaluation, %s', (id) => {
    const table = read(sheetOf(id));
    expect(table).toMatchObject({
      form: 'SELF_EVALUATION', template: id, fiscalYear: 2024, goalText: fields['goalText'], goalAchieved: fields['goalAchieved'], printedSum: { weight: '100', points: '94.50', rating: '优' },
    });
    expect(table.execution?.map(({ line, initial, points }) => [line, initial, points])).toEqual([['TOTAL', '9.60', '9.50'], ['FISCAL', '9.60', null], ['CARRY_OVER', null, null]]);
    expect(table.indicators).toMatchObject([
      { actualRaw: '4条', pointsRaw: '50.00', deviation: null }, { actualRaw: '达成预期指标', pointsRaw: '35.00', deviation: '原因：宣传不足\n措施：加强宣传' },
    ]);
  });
});
