import { auditProject } from '../fixtures/six-forms';
import { pageText } from '../fixtures/page-text';
import { readTextLines } from '../read/text.reader';
import { recogniseTables } from './recognise-tables';
import type { RecognisedTable } from './recognised-table';

// What the project's own corpus (tools/corpus) found wrong, each as small as it can be told.

function read(text: string): RecognisedTable {
  const result = recogniseTables(readTextLines(text), 'fixture.txt');
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  expect(result.value.tables).toHaveLength(1);
  return result.value.tables[0] as RecognisedTable;
}

const shown = (table: RecognisedTable): unknown[] => table.indicators.map(({ level1, level2, name, target, weight }) => [level1, level2, name, target.comparator, target.magnitude ?? target.text, target.unit, weight]);
const tabs = (rows: string): string => rows.trim().split('\n').map((line) => line.trim().replace(/\|/gu, '\t')).join('\n');

/** The head and the column heads of the evaluation form, then rows. */
const evaluation = (rows: string): string => tabs(`项目支出绩效自评表
（2024年度）
项目名称|线路租赁费
实施单位|某县社会保险中心
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
${rows.trim()}`);

describe('a name that is also a level', () => {
  it.each(['服务对象满意度', '经济效益', '社会效益'])('%s beside ≥95%% is the name of the row, not its level', (name) => {
    const text = evaluation(`产出指标|数量指标|租用专线数量|≥4条|4条|40|40|
满意度指标|服务对象满意度指标|${name}|≥95%|96%|10|10|`);
    expect(shown(read(text))[1]).toEqual(['满意度指标', '服务对象满意度指标', name, 'GE', '95', '%', '10']);
  });

  it('in running text too, for the second row of a group', () => {
    const lines = ['项目支出绩效自评表', '（2024年度）', '项目名称 线路租赁费', '实施单位 某县社会保险中心', '一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因分析及改进措施',
      '产出指标', '数量指标', '租用专线数量 ≥4条 4条 40 40', '满意度指标', '服务对', '象满意', '度指标', '受益群众满意度 ≥95% 96% 5 5', '服务对象满意度 大于等于92% 93% 5 5'];
    expect(shown(read(lines.join('\n\n')))).toEqual([
      ['产出指标', '数量指标', '租用专线数量', 'GE', '4', '条', '40'], ['满意度指标', '服务对象满意度指标', '受益群众满意度', 'GE', '95', '%', '5'], ['满意度指标', '服务对象满意度指标', '服务对象满意度', 'GE', '92', '%', '5'],
    ]);
  });
});

describe('levels in running text', () => {
  it('成本指标 alone below 产出指标 is a second level, as in the form of 2020', () => {
    const text = ['项目支出绩效自评表', '（2024年度）', '项目名称 线路租赁费', '实施单位 某县社会保险中心', '一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因分析及改进措施',
      '产出指标', '数量指标', '租用专线数量 ≥4条 4条 20 20', '成本指标', '网络线路租赁标准 ≤9.60万元 9.12万元 20 20'].join('\n\n');
    expect(shown(read(text))[1]).toEqual(['产出指标', '成本指标', '网络线路租赁标准', 'LE', '9.60', '万元', '20']);
  });
});

describe('cells of the evaluation in running text', () => {
  const rows = ['项目支出绩效自评表', '（2024年度）', '项目名称 线路租赁费', '实施单位 某县社会保险中心', '一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因分析及改进措施',
    '产出指标', '数量指标', '参训人员数量 ≥90人 80人 20 17.78', '参训人员工学', '矛盾突出，下', '一年度改为分', '批组织', '服务窗口规范', '化建设水平', '达标 达标 20 20', '填表人：            联系电话：'];
  const table = read(rows.join('\n\n'));

  it('a reason over several lines ends where it ends, and the name behind it keeps its first half', () => {
    expect(table.indicators.map(({ name, deviation }) => [name, deviation])).toEqual([['参训人员数量', '参训人员工学矛盾突出，下一年度改为分批组织'], ['服务窗口规范化建设水平', null]]);
  });

  it('a signature below the last row is no reason', () => {
    expect(table.indicators[1]?.deviation).toBeNull();
  });
});

describe('the goal in running text', () => {
  const head = (lines: readonly string[]): string => pageText(auditProject).replace(/项目总体目标\n\n[\s\S]*?(?=\n\n一级指标)/u, lines.join('\n\n'));

  it('ends before a label with its unit, although an amount stands beside it', () => {
    const table = read(head(['项目总体目标', '维护社保基金安全。', '项目资金（万元） 年度资金总额 8.00']));
    expect([table.goalText, table.budget.total]).toEqual(['维护社保基金安全。', '8.00']);
  });

  it('and what was reached, side by side, are told apart at the only full stop with a blank behind it', () => {
    const text = ['项目支出绩效自评表', '（2024年度）', '项目名称 线路租赁费', '实施单位 某县社会保险中心', '年度总体目标 预期目标 实际完成情况', '租用专线四条，保障系统运行。 专线全年运行平稳。', '一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分',
      '产出指标', '数量指标', '租用专线数量 ≥4条 4条 90 90'].join('\n\n');
    const { goalText, goalAchieved, head: cells } = read(text);
    expect([goalText, goalAchieved]).toEqual(['租用专线四条，保障系统运行。', '专线全年运行平稳。']);
    expect(Number(cells?.goal?.confidence)).toBeLessThan(0.9);
  });
});

describe('a sheet', () => {
  it('a row one column to the right whose every cell fits where it stands is put back, because it has no name', () => {
    const text = evaluation(`效益指标|生态效益指标|改善农村人居环境|持续改善|持续改善|11|11|
|||城区空气质量优良天数比率|≥60%|60%|9|9`);
    expect(shown(read(text))[1]).toEqual(['效益指标', '生态效益指标', '城区空气质量优良天数比率', 'GE', '60', '%', '9']);
  });

  it('the unit in its own column is put behind a number in full width', () => {
    const text = tabs(`部门预算项目支出绩效自评表
（2024年度）
项目名称|线路租赁费
实施单位|某县社会保险中心
一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分|未完成原因分析
产出指标|质量指标|系统正常运行率|≥|９８|%|９９|90|90|`);
    expect(read(text).indicators[0]).toMatchObject({ target: { comparator: 'GE', magnitude: '98', unit: '%' }, actualRaw: '９９%' });
  });

  it('a rate in full width keeps the line of money it stands in', () => {
    const text = tabs(`部门（单位）整体绩效自评表
（2024年度）
部门（单位）名称|某县社会保险中心
预算资金（万元）||年初预算数|全年（调整）预算数|全年执行数|执行率|执行率权重|执行率得分
||174.60|174.60|130.95|７５.００％|10|7.50
指标名称|计量单位|指标性质|指标权重|年初指标值|调整指标值|全年完成值|得分系数（%）|指标得分|是否核心指标
参保人数|人|≥|90|100||100|100|90|是`);
    expect(read(text).execution).toMatchObject([{ initial: '174.60', executed: '130.95', rate: expect.stringMatching(/^(?:75\.00|７５\.００)[%％]$/u) as string }]);
  });

  it('a row that the form left open, its number in full width, is no indicator', () => {
    const text = evaluation(`产出指标|数量指标|租用专线数量|≥4条|4条|90|90|
||指标１：|||||`);
    expect(read(text).indicators).toHaveLength(1);
  });

  it('units with a digit or a bracket of their own: ㎡ in a range, (台(套)) and (万页) behind a name', () => {
    const text = evaluation(`产出指标|数量指标|修缮房屋面积|1172~1185㎡|1180㎡|30|30|
||采购办公设备数量(台(套))|≥6|6|30|30|
||档案数字化加工数量(万页)|≥49.17|49.17|30|30|`);
    expect(shown(read(text)).map((row) => (row as unknown[]).slice(2, 6))).toEqual([['修缮房屋面积', 'BETWEEN', '1172', '平方米'], ['采购办公设备数量', 'GE', '6', '台'], ['档案数字化加工数量', 'GE', '49.17', '万页']]);
  });
});

describe('a page break in a form without weights', () => {
  it('its column heads printed again in running text are no row', () => {
    const heads = ['一级指标', '二级指标', '三级指标', '指标值'];
    const text = ['项目支出绩效目标申报表', '（2025年）', '项目名称 线路租赁费', '实施单位 某县社会保险中心', ...heads, '产出指标', '数量指标', '租用专线数量 ≥4条', '— 7 —', ...heads, '效益指标', '社会效益指标', '提高工作服务水平 有效提高'].join('\n\n');
    expect(shown(read(text)).map((row) => (row as unknown[]).slice(0, 3))).toEqual([['产出指标', '数量指标', '租用专线数量'], ['效益指标', '社会效益指标', '提高工作服务水平']]);
  });
});
