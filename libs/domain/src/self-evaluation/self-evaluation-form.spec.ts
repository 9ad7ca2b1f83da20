import { anAccount, theSixTables, theTable } from '../../testing/index';
import { type FormSheet, mergesOf } from '../form/form-sheet';
import { FORM_TEMPLATES } from '../form/form-template';
import { targetTableForm } from '../form/target-table-form';
import { monitoringForm } from '../monitoring/monitoring-form';
import { selfEvaluationForm } from './self-evaluation-form';

/** The form as a grid of texts; throws where two cells lie on one place. */
function gridOf(sheet: FormSheet): string[][] {
  const grid = sheet.rows.map(() => Array.from({ length: sheet.columns.length }, () => '?'));
  sheet.rows.forEach((row, top) => {
    for (const cell of row.cells) {
      for (let y = top; y < top + cell.rowSpan; y += 1) {
        for (let x = cell.column; x < cell.column + cell.colSpan; x += 1) {
          if (grid[y]?.[x] !== '?') throw new Error(`two cells at row ${y}, column ${x} of ${sheet.name}`);
          (grid[y] as string[])[x] = y === top && x === cell.column ? cell.text : '';
        }
      }
    }
  });
  return grid;
}

const monitored = monitoringForm({
  fiscalYear: 2024, budgetUnit: '某州社会保险中心', department: null, project: '社会保险经办审计经费', period: '1—6月', goalText: '目标', money: [{ part: 'TOTAL', initial: '8', executed: '3.2', forecast: '8' }],
  rows: theTable('KZ-A').indicators.map((indicator, at) => ({
    indicator, actual: { kind: 'NOT_REPORTED' } as const,
    explanation: at === 0 ? { causes: ['FUNDS', 'TARGET_TOO_LOW'] as const, sentence: '经费下达晚', measures: '第四季度补做', likelihood: 'POSSIBLE' as const, forecast: '4次' } : null,
  })),
});

describe('every form', () => {
  const sheets = [selfEvaluationForm(anAccount()), selfEvaluationForm(anAccount({ subject: 'UNIT', project: null })), monitored, ...theSixTables.map((table) => targetTableForm(table))];

  it('covers its grid without a hole and without an overlap', () => {
    for (const sheet of sheets) expect({ sheet: sheet.name, holes: gridOf(sheet).flat().filter((text) => text === '?').length }).toEqual({ sheet: sheet.name, holes: 0 });
  });

  it('has a layout of as many widths as its title spans', () => {
    for (const template of FORM_TEMPLATES) {
      const [title] = template.blocks;
      expect(title?.kind === 'slots' ? title.rows[0]?.[0]?.span : 0).toBe(template.widths.length);
    }
  });

  it('keeps numbers as numbers', () => {
    const numbers = selfEvaluationForm(anAccount()).rows.flatMap((row) => row.cells).filter((cell) => cell.number !== null).map((cell) => cell.number);
    expect(numbers).toEqual(expect.arrayContaining(['8.00', '10', '10.00', '3.33', '94.19', '100']));
  });
});

describe('项目支出绩效自评表', () => {
  const grid = gridOf(selfEvaluationForm(anAccount()));
  const lineOf = (first: string): string[] | undefined => grid.find((line) => line[0] === first);

  it('has head, money, goal, rows and total of the national form', () => {
    expect(grid[0]?.[0]).toBe('项目支出绩效自评表');
    expect(lineOf('项目名称')?.[1]).toBe('社会保险经办审计经费');
    expect(lineOf('主管部门')).toEqual(['主管部门', '某州人力资源和社会保障局', '', '', '实施单位', '克孜勒苏柯尔克孜自治州社会保险中心', '', '']);
    expect(lineOf('项目资金（万元）')).toEqual(['项目资金（万元）', '', '年初预算数', '全年预算数（A）', '全年执行数（B）', '分值', '执行率（B/A）', '得分']);
    expect(grid.find((line) => line[1] === '年度资金总额')).toEqual(['', '年度资金总额', '8.00', '8.00', '8.00', '10', '100.00%', '10.00']);
    expect(grid.find((line) => line[1] === '其中：当年财政拨款')).toEqual(['', '其中：当年财政拨款', '8.00', '8.00', '8.00', '—', '100.00%', '—']);
    expect(lineOf('一级指标')).toEqual(['一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因分析及改进措施']);
    expect(grid.find((line) => line[2] === '内部审计培训次数')).toEqual(['', '', '内部审计培训次数', '≥3次', '2次', '5', '3.33', '原因：第三次培训师资没有到位\n措施：下年第一季度补办']);
    expect(lineOf('总分')).toEqual(['总分', '', '', '', '', '100', '94.19', '优']);
  });

  it('merges the levels of neighbouring rows', () => {
    const sheet = selfEvaluationForm(anAccount());
    const top = sheet.rows.findIndex((row) => row.cells.some((cell) => cell.text === '产出指标'));
    expect(mergesOf(sheet)).toContainEqual({ top, left: 0, bottom: top + 7, right: 0 });
    expect(mergesOf(sheet)).toContainEqual({ top, left: 1, bottom: top + 1, right: 1 });
    expect(sheet.rows.filter((row) => row.repeats)).toHaveLength(1);
  });

  it('prints computed and adjusted points side by side, with the reason', () => {
    const adjusted = gridOf(selfEvaluationForm(anAccount({ adjustments: { 'KZ-A2': { points: '3.00', reason: '培训记录不全' } } })));
    const line = adjusted.find((candidate) => candidate[2] === '内部审计培训次数');
    expect(line?.[6]).toBe('3.00\n（计算得分 3.33）');
    expect(line?.[7]).toContain('得分调整：计算得分 3.33，调整为 3.00，理由：培训记录不全');
    expect(adjusted.at(-2)?.[6]).toBe('93.86');
    expect(adjusted.at(-1)?.[0]).toContain('按公式计算的总分为 94.19');
  });
});

describe('执行监控表', () => {
  const grid = gridOf(monitored);

  it('names the span in its headings and ticks causes and likelihood', () => {
    expect(grid.flat()).toEqual(expect.arrayContaining(['1—6月执行数', '1—6月执行率', '1—6月执行情况', '偏差原因分析', '完成目标可能性', '40.00%']));
    const first = grid.find((line) => line[2] === '内部审计次数');
    expect(first?.slice(5)).toEqual(['4次', '√', '', '', '', '√', '经费下达晚', '', '√', '', '第四季度补做']);
  });
});
