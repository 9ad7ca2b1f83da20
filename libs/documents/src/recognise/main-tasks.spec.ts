import { recogniseTables } from './recognise-tables';
import type { RecognisedTable } from './recognised-table';

const HEAD = (unit = '万元'): string[][] => [
  ['部门（单位）整体支出绩效目标申报表'],
  ['（2025年度）'],
  ['部门（单位）名称', '某县社会保险中心'],
  ['年度主要任务', '任务名称', '主要内容', `预算金额（${unit}）`, '', ''],
  ['', '', '', '总额', '财政拨款', '其他资金'],
];
const BODY = [
  ['年度总体目标', '各项待遇按时足额发放。'],
  ['一级指标', '二级指标', '三级指标', '指标值', '', '备注'],
  ['产出指标', '数量指标', '发放人数', '≥318人', '', ''],
  ['满意度指标', '服务对象满意度指标', '退休职工满意度', '≥95%', '', ''],
];
const PROJECT = [
  ['项目支出绩效目标表'], ['（2025年）'], ['预算单位', '某县社会保险中心'], ['项目名称', '国防工水利工退休工资'], ['项目资金（万元）', '年度预算总额', '229.39', '其中：财政拨款', '229.39', '其他资金', '0.00'],
  ['项目总体目标', '退休费按时发放。'], ['一级指标', '二级指标', '三级指标', '指标值', '指标值设置依据', '上年完成值', '指标分值权重', '指标赋分规则', '佐证资料'],
  ['产出指标', '数量指标', '发放人数', '≥79人', '计划标准', '', '90', '按照完成比例赋分', '工作资料'],
];

function read(...rows: (readonly string[])[][]): { tables: readonly RecognisedTable[]; told: readonly (readonly [string, number | null, string | null, string | null])[] } {
  const lines = rows.flat().map((cells, at) => ({ cells: Array.from({ length: 9 }, (_, column) => cells[column] ?? ''), number: at + 1 }));
  const result = recogniseTables([{ sheet: '表', broken: false, lines }], '目标.xlsx');
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return { tables: result.value.tables, told: result.value.findings.filter(({ code }) => ['R-sum', 'Q-P4', 'Q-P5'].includes(code)).map(({ code, table, expected, found }) => [code, table, expected, found]) };
}

describe('年度主要任务 of the form of 2015', () => {
  it('comes back as data: name, content and money of each task, and the row that adds them up', () => {
    const { tables, told } = read(HEAD(), [
      ['', '国防工水利工退休工资', '79人退休费按月发放', '229.39', '229.39', '0.00'], ['', '破产企业人员生活补贴', '239人，每人每月120元', '44.58', '44.58', ''], ['', '金额合计', '', '273.97', '273.97', '0.00'],
    ], BODY);
    expect(tables[0]?.mainTasks).toEqual({
      tasks: [
        { name: '国防工水利工退休工资', content: '79人退休费按月发放', total: '229.39', fiscal: '229.39', other: '0.00', line: 6 },
        { name: '破产企业人员生活补贴', content: '239人，每人每月120元', total: '44.58', fiscal: '44.58', other: null, line: 7 },
      ],
      sum: { total: '273.97', fiscal: '273.97', other: '0.00', line: 8 },
    });
    expect([tables[0]?.goalText, tables[0]?.indicators.length, told]).toEqual(['各项待遇按时足额发放。', 2, []]);
  });

  it('in 元 are taken over in 万元; blank lines of the form are no tasks', () => {
    const { tables } = read(HEAD('元'), [['', '保障机构运转', '', '3155500.00', '3155500.00', ''], ['', '', '', '', '', '']], BODY);
    expect(tables[0]?.mainTasks).toEqual({ tasks: [{ name: '保障机构运转', content: null, total: '315.55', fiscal: '315.55', other: null, line: 6 }], sum: null });
  });

  it('that do not make their printed sum are told, a cent of rounding for each is not', () => {
    const tasks = [['', '国防工水利工退休工资', '', '229.39', '', ''], ['', '破产企业人员生活补贴', '', '44.58', '', '']];
    expect(read(HEAD(), [...tasks, ['', '金额合计', '', '273.98', '', '']], BODY).told).toEqual([]);
    expect(read(HEAD(), [...tasks, ['', '金额合计', '', '274.97', '', '']], BODY).told).toEqual([['Q-P5', 0, '274.97', '273.97']]);
    expect(read(HEAD(), [...tasks, ['', '金额合计', '', '273.97', '300.00', '']].map((row, at) => (at === 0 ? ['', '国防工水利工退休工资', '', '229.39', '229.39', ''] : row)), BODY).told).toEqual([]);
    expect(read(HEAD(), [['', '国防工水利工退休工资', '', '229.39', '229.39', ''], ['', '金额合计', '', '229.39', '300.00', '']], BODY).told).toEqual([['R-sum', 0, '229.39', '300.00']]);
  });

  it('whose total is not that of their sources are told', () => {
    expect(read(HEAD(), [['', '破产企业人员生活补贴', '', '44.58', '40.00', '4.00']], BODY).told).toEqual([['Q-P5', 0, '44.00', '44.58']]);
  });

  it('that have a target table of their own have its money, however the name is blanked', () => {
    const task = (total: string): string[][] => [['', '国防工水利工 退休工资', '', total, '', '']];
    expect(read(HEAD(), task('229.39'), BODY, PROJECT).told).toEqual([]);
    expect(read(HEAD(), task('239.39'), BODY, PROJECT).told).toEqual([['Q-P4', 0, '229.39', '239.39']]);
  });

  it('are absent where the form has none', () => {
    expect(read(PROJECT).tables[0]?.mainTasks).toBeUndefined();
  });
});
