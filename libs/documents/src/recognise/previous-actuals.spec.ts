import { lineRentalProject } from '../fixtures/six-forms';
import { gridOf } from '../fixtures/form-grid';
import { asPreviousActuals } from './previous-actuals';
import { recogniseTables } from './recognise-tables';
import type { RecognisedTable } from './recognised-table';

function tableOf(rows: readonly (readonly string[])[]): RecognisedTable {
  const read = recogniseTables([{ sheet: '表', broken: false, lines: rows.map((cells, at) => ({ cells, number: at + 1 })) }], 'fixture');
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.value.tables[0] as RecognisedTable;
}

const HEAD = ['一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因分析及改进措施'];
const evaluation2023 = (rows: readonly (readonly string[])[]): RecognisedTable =>
  tableOf([['项目支出绩效自评表'], ['（2023年度）'], ['项目名称', '线路租赁费'], HEAD, ...rows]);
const targets2024 = tableOf(gridOf({ ...lineRentalProject, rows: lineRentalProject.rows.map((row) => ({ ...row, previous: '' })) }).rows);

describe('last year’s self-evaluation gives this year’s 上年完成值', () => {
  it('by first level and name, blanks and the bracketed unit aside; a bare number takes the unit of its target', () => {
    const { proposals, unmatched } = asPreviousActuals(
      evaluation2023([
        ['产出指标', '数量指标', '租用专线 网络数量', '=9条', '9', '10', '10', ''],
        ['', '质量指标', '信息自动化运行保障率（%）', '=100%', '99.8%', '10', '9.98', '七月雷击断线两小时'],
        ['效益指标', '社会效益指标', '提高工作服务水平', '有效提高', '达成预期指标', '20', '20', ''],
      ]),
      targets2024,
    );
    expect(proposals).toEqual([
      { row: 0, previousActual: '9条', from: 0, match: 'SAME', replaces: null },
      { row: 2, previousActual: '99.8%', from: 1, match: 'SAME', replaces: null },
      { row: 7, previousActual: '达成预期指标', from: 2, match: 'SAME', replaces: null },
    ]);
    expect(unmatched).toEqual([1, 3, 4, 5, 6, 8, 9, 10]);
  });

  it('a row that moved to another level is proposed as such; two rows of one name are left to a person', () => {
    const { proposals } = asPreviousActuals(
      evaluation2023([
        ['成本指标', '经济成本指标', '租用专线网络数量', '=9条', '9条', '10', '10', ''],
        ['满意度指标', '服务对象满意度指标', '受益群众满意度', '≥95%', '94%', '5', '4.95', '窗口排队时间长'],
        ['', '', '受益群众满意度', '≥90%', '92%', '5', '5', ''],
      ]),
      targets2024,
    );
    expect(proposals).toEqual([{ row: 0, previousActual: '9条', from: 0, match: 'NAME_ONLY', replaces: null }]);
  });

  it('a value that stands there already is named, an equal one is not', () => {
    const standing = tableOf(gridOf(lineRentalProject).rows);
    const { proposals } = asPreviousActuals(
      evaluation2023([
        ['产出指标', '数量指标', '租用专线网络数量', '=9条', '8条', '10', '8.89', '一条提前退租'],
        ['', '质量指标', '信息自动化运行保障率', '=100%', '100%', '10', '10', ''],
      ]),
      standing,
    );
    expect(proposals.map(({ previousActual, replaces }) => [previousActual, replaces])).toEqual([['8条', '9条'], ['100%', null]]);
  });

  it('a target form holds no results', () => {
    expect(asPreviousActuals(targets2024, targets2024).proposals).toEqual([]);
  });
});
