import { gridOf } from '../fixtures/form-grid';
import { scannedText } from '../fixtures/scanned-text';
import { auditProject, lineRentalProject, pensionProject } from '../fixtures/six-forms';
import { readTextLines } from '../read/text.reader';
import { cellsOf } from './packed-cells';
import { type ReadDocument, recogniseTables } from './recognise-tables';
import type { RecognisedTable } from './recognised-table';

function read(rows: readonly (readonly string[])[]): ReadDocument {
  const result = recogniseTables([{ sheet: '表', broken: false, lines: rows.map((cells, at) => ({ cells, number: at + 1 })) }], 'fixture', { fiscalYear: 2024 });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

const codes = ({ findings }: ReadDocument, prefix = 'R-'): string[] => findings.map((one) => one.code).filter((code) => code.startsWith(prefix));
const first = ({ tables }: ReadDocument): RecognisedTable => tables[0] as RecognisedTable;

const MONEY_HEAD = ['项目资金（万元）', '', '年初预算数', '全年预算数（A）', '全年执行数（B）', '分值', '执行率（B/A）', '得分'];
const HEAD = ['一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因分析及改进措施'];
const selfEvaluation = (rows: readonly (readonly string[])[], sum = ['总分', '', '', '', '', '100', '98.00', '优']): string[][] =>
  [
    ['项目支出绩效自评表'], ['（2024年度）'], ['项目名称', '线路租赁费', '', '', '实施单位', '某县社会保险中心'],
    MONEY_HEAD,
    ['', '年度资金总额', '9.60', '9.60', '9.12', '10', '95.00%', '9.50'],
    ['', '其中：当年财政拨款', '9.60', '9.60', '9.12', '—', '95.00%', '—'],
    ['', '上年结转资金', '0.00', '0.00', '0.00', '—', '—', '—'],
    ['', '其他资金', '', '', '', '—', '—', '—'],
    ['年度总体目标', '预期目标', '', '', '实际完成情况'],
    ['', '租用专线网络4条。', '', '', '租用专线4条，全年运行平稳。'],
    HEAD, ...rows, sum,
  ].map((cells) => [...cells]);
const ROWS = [
  ['产出指标(50分)', '数量指标', '租用专线网络数量', '=4条', '4条', '50', '50', ''],
  ['效益指标(30分)', '社会效益指标', '提高工作服务水平', '有效提高', '达成预期指标', '30', '28.50', '宣传不足'],
  ['满意度指标(10分)', '服务对象满意度指标', '群众满意度', '≥95%', '96%', '10', '10', ''],
];

describe('a self-evaluation', () => {
  it('gives actuals, points, reasons, money line by line, and the goal apart from what came of it', () => {
    const document = read(selfEvaluation(ROWS));
    const table = first(document);
    expect(table).toMatchObject({
      form: 'SELF_EVALUATION', fiscalYear: 2024, budgetUnit: '某县社会保险中心', project: '线路租赁费', goalText: '租用专线网络4条。', goalAchieved: '租用专线4条，全年运行平稳。',
      budget: { total: '9.60', fiscal: '9.60', other: null }, printedSum: { weight: '100', points: '98.00', rating: '优' }, levelPoints: { 产出指标: '50', 效益指标: '30', 满意度指标: '10' },
    });
    expect(table.execution?.map(({ line, initial, executed, rate, weight, points }) => [line, initial, executed, rate, weight, points])).toEqual([
      ['TOTAL', '9.60', '9.12', '95.00%', '10', '9.50'], ['FISCAL', '9.60', '9.12', '95.00%', null, null], ['CARRY_OVER', '0.00', '0.00', null, null, null], ['OTHER', null, null, null, null, null],
    ]);
    expect(table.execution?.[0]?.cells.executed).toEqual({ raw: '9.12', confidence: '1.00', places: [{ part: 0, line: 5, cell: 4 }] });
    expect(table.indicators.map((one) => [one.level1, one.actualRaw, one.pointsRaw, one.deviation])).toEqual([['产出指标', '4条', '50', null], ['效益指标', '达成预期指标', '28.50', '宣传不足'], ['满意度指标', '96%', '10', null]]);
    expect(codes(document)).toEqual([]);
    expect(codes(document, 'Q-')).toEqual([]);
  });

  it('a total that its rows do not make is said, with the points of the execution counted in: 98.00 holds, 98.10 does not', () => {
    expect(codes(read(selfEvaluation(ROWS)))).not.toContain('R-sum');
    const wrong = read(selfEvaluation(ROWS, ['总分', '', '', '', '', '100', '98.10', '优']));
    expect(wrong.findings.find((one) => one.code === 'R-sum')).toMatchObject({ found: '98.10', expected: '98' });
  });

  it('a level marked with 50 points whose rows make 45 is said', () => {
    const document = read(selfEvaluation(ROWS.map((row, at) => (at === 0 ? [...row.slice(0, 5), '45', ...row.slice(6)] : row))));
    expect(document.findings.find((one) => one.code === 'R-level-points')).toMatchObject({ expected: '50', found: '45' });
  });

  it('points that are no number are said and not guessed; 不适用 is neither', () => {
    const document = read(selfEvaluation(ROWS.map((row, at) => (at === 0 ? [...row.slice(0, 6), '满', ''] : at === 1 ? [...row.slice(0, 6), '不适用', ''] : row))));
    expect(first(document).indicators.map((one) => one.pointsRaw)).toEqual([null, null, '10']);
    expect(codes(document)).toEqual(['R-points']);
  });

  it('computed points in a bracket below adjusted ones do not hide them', () => {
    expect(first(read(selfEvaluation(ROWS.map((row, at) => (at === 1 ? [...row.slice(0, 6), '28.50\n（计算得分 24.00）', '宣传不足'] : row))))).indicators[1]?.pointsRaw).toBe('28.50');
  });
});

describe('rows of a form that nobody filled', () => {
  const head = ['一级指标', '二级指标', '三级指标', '指标值', '分值权重'];
  const table = (rows: readonly (readonly string[])[]): ReadDocument => read([['项目支出绩效目标表'], ['（2024年）'], ['项目名称', '线路租赁费'], ['预算单位', '某县社会保险中心'], head, ...rows]);

  it('指标1：, ……, （指标2） and 无 are no indicators, their levels hold for the rows below', () => {
    const document = table([
      ['产出指标', '数量指标', '指标1：', '', ''], ['', '', '指标2：租用专线数量', '=4条', '50'], ['', '', '……', '', ''],
      ['', '质量指标', '（指标1）', '', ''], ['效益指标', '社会效益指标', '服务水平', '有效提高', '40'], ['满意度指标', '服务对象满意度指标', '无', '', ''],
    ]);
    expect(first(document).indicators.map((one) => [one.level1, one.level2, one.name])).toEqual([['产出指标', '数量指标', '租用专线数量'], ['效益指标', '社会效益指标', '服务水平']]);
    expect(document.findings.filter((one) => one.code === 'R-placeholder').map((one) => one.found)).toEqual(['指标1：', '……', '（指标1）']);
  });

  it('a row with a value stays, whatever its name', () => {
    expect(first(table([['产出指标', '数量指标', '指标1：', '=4条', '90']])).indicators).toHaveLength(1);
  });
});

describe('columns of their own for sign, number and unit', () => {
  const rows = (cells: readonly (readonly string[])[]): RecognisedTable =>
    first(read([['项目支出绩效目标表'], ['（2024年）'], ['项目名称', '线路租赁费'], ['一级指标', '二级指标', '三级指标', '指标性质', '指标值', '度量单位', '权重'], ...cells]));

  it('are one target', () => {
    const { indicators } = rows([
      ['产出指标', '数量指标', '参保人数', '≥', '26.10', '万人', '30'], ['', '质量指标', '合规率', '＝', '100', '%', '20'], ['成本指标', '经济成本指标', '租赁成本', '≤', '9.60', '万元', '20'],
      ['效益指标', '社会效益指标', '服务水平', '定性', '优良中低差', '', '20'],
    ]);
    expect(indicators.map(({ target }) => [target.kind, target.comparator, target.magnitude, target.unit])).toEqual([
      ['QUANT', 'GE', '26.10', '万人'], ['QUANT', 'EQ', '100', '%'], ['QUANT', 'LE', '9.60', '万元'], ['QUAL', 'NONE', null, null],
    ]);
    expect(cellsOf(indicators[0] ?? {})).toMatchObject({ operator: { raw: '≥' }, target: { raw: '26.10' }, unit: { raw: '万人' } });
  });
});

describe('money', () => {
  const grid = (label: string, amount: string): ReadDocument => {
    const rows = gridOf(auditProject).rows.map((row) => [...row]);
    Object.assign(rows[4] as string[], { 0: label, 3: amount, 5: amount, 7: '0' });
    return read(rows);
  };
  it('in 万元 is taken as printed and nothing is said; in 元 it is converted, and said with both numbers', () => {
    const plain = grid('项目资金（万元）', '8.00');
    expect([first(plain).budget.total, codes(plain)]).toEqual(['8.00', []]);
    const yuan = grid('项目资金（元）', '80,000.00');
    expect(first(yuan).budget.total).toBe('8');
    expect(yuan.findings.find((one) => one.code === 'R-yuan')).toMatchObject({ found: '80,000.00', expected: '8' });
    expect(yuan.findings.find((one) => one.code === 'R-yuan')?.message).toContain('80,000.00');
    const cell = grid('项目资金（万元）', '80000元');
    expect(first(cell).budget.total).toBe('8');
    expect(codes(cell)).toContain('R-yuan');
  });
});

describe('levels printed in the middle of their groups, as on a page without rules', () => {
  const centred = (form: typeof auditProject): string => {
    const rows = gridOf(form).rows.map((row) => [...row]);
    const start = rows.length - form.rows.length;
    for (const column of [0, 1]) {
      const body = rows.slice(start).map((row) => row[column] ?? '');
      const tops = body.flatMap((text, at) => (text === '' ? [] : [at]));
      tops.forEach((top, index) => {
        const middle = Math.floor((top + (tops[index + 1] ?? body.length) - 1) / 2);
        (rows[start + top] as string[])[column] = '';
        (rows[start + middle] as string[])[column] = body[top] ?? '';
      });
    }
    return rows.map((row) => row.map((cell) => cell.replace(/\n/gu, ' ')).join('\t')).join('\n');
  };

  it.each([['社会保险经办审计经费', auditProject, 11], ['退休工资', pensionProject, 7]] as const)(
    '%s: every row gets its first level back, most their second, and all are trusted less',
    (_, form, fewest) => {
      const result = recogniseTables(readTextLines(centred(form)), 'fixture');
      if (!result.ok) throw new Error(JSON.stringify(result.refusal));
      const { indicators } = first(result.value);
      expect(indicators.map((one) => one.level1)).toEqual(form.rows.map((row) => row.level1));
      // Of two middle rows the page shows one: which of two neighbours a second level begins with may stay open.
      expect(indicators.filter((one, at) => one.level2 === form.rows[at]?.level2).length).toBeGreaterThanOrEqual(fewest);
      if (form === auditProject) {
        expect(codes(result.value)).toContain('R-levels-centred');
        expect(indicators.every((one) => Number(one.confidence) <= 0.8)).toBe(true);
        expect(cellsOf(indicators[0] ?? {}).level1?.confidence).toBe('0.80');
      }
    },
  );

  it('a first level that is only lost is taken from the second, not from the next group', () => {
    const text = scannedText(pensionProject).replace('产出指标\t数量指标', '\t数量指标');
    const result = recogniseTables(readTextLines(text), 'fixture');
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    expect(codes(result.value)).not.toContain('R-levels-centred');
    expect(first(result.value).indicators[0]?.level1).toBe('产出指标');
  });
});

describe('hazards of whole documents', () => {
  const rowsOf = (form: typeof auditProject): string[][] => gridOf(form).rows.map((row) => [...row]);

  it('H6: a page break without a head, and one with title and head again, in the middle of a sheet', () => {
    const rows = rowsOf(auditProject);
    const at = rows.length - 6;
    const head = rows[6] as string[];
    for (const between of [[['']], [['第 3 页']], [head], [['项目支出绩效目标表（续）'], head]])
      expect(first(read([...rows.slice(0, at), ...between, ...rows.slice(at)])).indicators).toHaveLength(14);
  });

  it('H15: 9条 before, 4条 now, 5万元/年 before: the unit of each stays with it', () => {
    const table = first(read(rowsOf(lineRentalProject)));
    expect(table.indicators[0]).toMatchObject({ previousActual: '9条', target: { unit: '条' } });
    expect(table.indicators[6]).toMatchObject({ previousActual: '5万元/年', target: { magnitude: '9.60', unit: '万元' } });
  });

  it('H16: in a row that lost its last year’s value and its basis, weight, rule and evidence stay in their columns', () => {
    const text = scannedText(lineRentalProject).replace('计划标准\t9条\t8', '8').replace('计划标准\t9 条\t8', '8');
    const result = recogniseTables(readTextLines(text), 'fixture');
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    expect(first(result.value).indicators[0]).toMatchObject({ basis: null, previousActual: null, weight: '8', scoringRule: 'PROPORTIONAL', evidence: '工作资料' });
  });

  it('H17: a row that adds up is no indicator, above or below; 90 agrees, 95 is said', () => {
    const sum = (weight: string): string[] => ['合 计', '', '', '', '', '', weight, '', ''];
    const rows = rowsOf(pensionProject);
    const below = read([...rows, sum('90')]);
    expect(first(below).indicators).toHaveLength(7);
    expect(first(below).printedSum).toMatchObject({ weight: '90', points: null });
    expect(codes(below)).toEqual([]);
    expect(codes(read([...rows, sum('95')]))).toEqual(['R-sum']);
    expect(first(read([...rows.slice(0, 7), sum('90'), ...rows.slice(7)])).indicators).toHaveLength(7);
  });

  it('H18: a document needs none of the tables beside its target tables; one without a target table is refused', () => {
    expect(first(read(rowsOf(pensionProject))).indicators).toHaveLength(7);
    expect(recogniseTables([{ sheet: '表', broken: false, lines: [{ cells: ['收入总计', '544.52'], number: 1 }] }], 'x').ok).toBe(false);
  });

  it('targets, monitoring and self-evaluation of several projects in one sheet are told apart', () => {
    const { tables } = read([...rowsOf(auditProject), [''], ...selfEvaluation(ROWS), [''], ...rowsOf(pensionProject)]);
    expect(tables.map((table) => [table.form, table.indicators.length])).toEqual([['TARGET', 14], ['SELF_EVALUATION', 3], ['TARGET', 7]]);
  });

  it('a form unlike any is read by its words and said to be so', () => {
    const document = read([
      ['项目支出绩效目标表'], ['（2024年）'], ['项目名称', '甲'], ['三级指标', '佐证材料', '评分标准', '一级指标', '目标值', '是否核心指标', '备注', '数据来源', '取值方式'],
      ['培训次数', '工作资料', '按照完成比例赋分', '产出指标', '=4次', '是', '', '', ''],
    ]);
    expect(codes(document)).toContain('R-template');
    expect(first(document).indicators[0]).toMatchObject({ name: '培训次数', level1: '产出指标', target: { magnitude: '4' } });
  });
});
