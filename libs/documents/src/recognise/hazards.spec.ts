import {
  auditProject,
  countyUnit,
  lineRentalProject,
  pensionProject,
  prefectureUnit,
  sixForms,
  subsidyProject,
} from '../fixtures/six-forms';
import type { PrintedForm } from '../fixtures/printed-form';
import { pageText } from '../fixtures/page-text';
import { scannedText } from '../fixtures/scanned-text';
import { readTextLines } from '../read/text.reader';
import { recogniseTables, type ReadDocument } from './recognise-tables';
import type { RecognisedIndicator, RecognisedTable } from './recognised-table';

function read(text: string): ReadDocument {
  const result = recogniseTables(readTextLines(text), 'fixture.txt');
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

function onlyTable(text: string): RecognisedTable {
  const { tables } = read(text);
  expect(tables).toHaveLength(1);
  return tables[0] as RecognisedTable;
}

function expectForm(table: RecognisedTable, form: PrintedForm): void {
  const [first, second, third] = form.money;
  expect(table).toMatchObject({
    subject: form.subject,
    fiscalYear: form.year,
    budgetUnit: form.unit,
    project: form.project,
    budget:
      form.subject === 'PROJECT'
        ? { total: first, fiscal: second, other: third }
        : { higherLevel: first, localLevel: second, other: third },
  });
  expect(table.indicators.map(shown)).toEqual(
    form.rows.map((row) => ({
      level1: row.level1,
      level2: row.level2,
      name: row.expected.name,
      kind: row.expected.kind,
      comparator: row.expected.comparator,
      magnitude: row.expected.magnitude,
      unit: row.expected.unit,
      weight: row.weight,
      basis: row.basis || null,
      previous: row.previous || null,
      evidence: row.evidence || null,
      hasRule: row.rule !== '',
    })),
  );
}

function shown(one: RecognisedIndicator): Record<string, unknown> {
  const { level1, level2, name, target, weight, basis, previousActual, evidence, scoringRule } = one;
  return {
    level1,
    level2,
    name,
    kind: target.kind,
    comparator: target.comparator,
    magnitude: target.magnitude,
    unit: target.unit,
    weight,
    basis,
    previous: previousActual,
    evidence,
    hasRule: scoringRule !== null,
  };
}

function rowNamed(table: RecognisedTable, name: string): RecognisedIndicator {
  const found = table.indicators.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no row ${name} among ${table.indicators.map((one) => one.name).join(' ')}`);
  return found;
}

describe('a scanned table, cells between tabs', () => {
  it.each(sixForms.map((form) => [form.project ?? form.unit, form] as const))('%s comes out whole', (_, form) => {
    expectForm(onlyTable(scannedText(form)), form);
  });

  it('H1: blanks inside words (产出指 标, 内部审 计次数 (次), 按照正 常比例 赋分) are taken out', () => {
    const text = scannedText(auditProject, { innerBlanks: true });
    expect(text).toContain('产出指 标');
    expect(text).toContain('按照正 常比例 赋分');
    expectForm(onlyTable(text), auditProject);
  });

  it('H2: rows 项目完成时间 and 资金支付及时率 one column to the right are put back, and the report says so', () => {
    const text = scannedText(lineRentalProject, { innerBlanks: true, shiftedRows: [3, 4] });
    const { tables, findings } = read(text);
    expectForm(tables[0] as RecognisedTable, lineRentalProject);
    expect(findings.filter((one) => one.code === 'R-shift').map((one) => one.row)).toEqual([3, 4]);
    expect(tables[0]?.indicators.map((one) => one.confidence).slice(2, 6)).toEqual(['0.99', '0.94', '0.94', '0.99']);
  });

  it('a cell lost in the middle of a row (上年完成值) leaves every other cell in its column', () => {
    const text = scannedText(lineRentalProject).replace('计划标准\t100%\t8', '计划标准\t8');
    const { tables, findings } = read(text);
    const row = rowNamed(tables[0] as RecognisedTable, '资金使用合规率');
    expect(row).toMatchObject({ basis: '计划标准', previousActual: null, weight: '8', scoringRule: 'PROPORTIONAL', evidence: '工作资料' });
    expect(findings.filter((one) => one.code === 'R-shift').map((one) => one.row)).toEqual([1]);
  });

  it('H3: the unit of 网络线路租赁标准 (万元) in a row of its own goes to the name above', () => {
    const { tables, findings } = read(scannedText(lineRentalProject, { continuedNames: [6] }));
    expectForm(tables[0] as RecognisedTable, lineRentalProject);
    expect(findings.filter((one) => one.code === 'R-continued').map((one) => one.row)).toEqual([6]);
    expect(rowNamed(tables[0] as RecognisedTable, '网络线路租赁标准').source.place).toMatch(/^line \d+-\d+$/u);
  });

  it('H4: 其他资金 is read although its row lost the leading merged cell', () => {
    const text = scannedText(prefectureUnit, { lostMoneyCell: true });
    expect(text).toMatch(/^其他资金（万元）\t其他\t0\.00/mu);
    expect(onlyTable(text).budget).toEqual({ higherLevel: '52.18', localLevel: '492.34', other: '0.00', total: '544.52' });
  });

  it('H5: HTML left in the goal becomes paragraphs and is reported, never kept', () => {
    const { tables, findings } = read(scannedText(prefectureUnit, { markup: true }));
    expect(tables[0]?.goalText).toBe(
      '扩大参保面：机关事业单位养老保险5.83万人，城乡居民养老保险26.10万人。\n各项待遇按时足额发放，参保覆盖率达到95%以上。',
    );
    expect(findings.find((one) => one.code === 'Q-X4')).toMatchObject({
      found: '<p>',
      message: expect.stringContaining('网页代码') as string,
    });
  });

  it('H5: a script in a cell is dropped with its content', () => {
    const text = scannedText(prefectureUnit).replace('扩大参保面', '<script>alert(1)</script>扩大参保面<img src=x onerror=alert(1)>');
    expect(onlyTable(text).goalText).toMatch(/^扩大参保面：/u);
  });

  it('H6: a page break inside the table, other typesetting behind it, continues the table', () => {
    expectForm(onlyTable(scannedText(auditProject, { innerBlanks: true, pageBreakBefore: 8 })), auditProject);
  });

  it('H6: title and head row repeated on the next page continue the table', () => {
    const [head = '', ...rows] = scannedText(auditProject).split('\n').slice(6);
    const top = scannedText(auditProject).split('\n').slice(0, 6);
    const text = [...top, head, ...rows.slice(0, 8), '项目支出绩效目标表（续）', head, ...rows.slice(8)].join('\n');
    expectForm(onlyTable(text), auditProject);
  });

  it('H7: 履职效能 printed twice is one group', () => {
    const { tables, findings } = read(scannedText(prefectureUnit, { repeatedLevels: [5] }));
    expectForm(tables[0] as RecognisedTable, prefectureUnit);
    expect(findings.filter((one) => one.code === 'R-repeated').map((one) => one.row)).toEqual([5]);
  });

  it('a text inside the block that fits nowhere is reported with its line, not swallowed', () => {
    const lines = scannedText(auditProject).split('\n');
    lines.splice(10, 0, '此处有一行手写批注');
    const { tables, findings } = read(lines.join('\n'));
    expectForm(tables[0] as RecognisedTable, auditProject);
    expect(findings.find((one) => one.code === 'R-stray')).toMatchObject({ found: '此处有一行手写批注', params: { place: '11' } });
  });
});

describe('the text layer of a page, the grid lost', () => {
  it.each(sixForms.map((form) => [form.project ?? form.unit, form] as const))('%s comes out whole', (_, form) => {
    expectForm(onlyTable(pageText(form)), form);
  });

  it.each(sixForms.map((form) => [form.project ?? form.unit, form] as const))(
    'H8–H10: %s with operator, number and unit on lines of their own',
    (_, form) => {
      expectForm(onlyTable(pageText(form, { splitOperators: true })), form);
    },
  );

  it('H8: ＞ / =239 / 人 on three lines is ≥239人, kept as printed in raw', () => {
    const { tables, findings } = read(pageText(subsidyProject, { splitOperators: true }));
    const row = rowNamed(tables[0] as RecognisedTable, '发放人数');
    expect(row.target).toMatchObject({ kind: 'QUANT', comparator: 'GE', magnitude: '239', unit: '人', raw: '＞ =239 人' });
    expect(findings.find((one) => one.code === 'R-split' && one.row === 0)).toBeDefined();
  });

  it('H9: ＞ / =95% is ≥95%', () => {
    expect(rowNamed(onlyTable(pageText(pensionProject, { splitOperators: true })), '退休职工满意度').target).toMatchObject({
      comparator: 'GE',
      magnitude: '95',
      unit: '%',
    });
  });

  it('H11: basis and weight glued with a blank (预算支出标准 20) are two cells', () => {
    const text = pageText(subsidyProject);
    expect(text).toContain('预算支出标准 20');
    expect(rowNamed(onlyTable(text), '每人每月发放金额')).toMatchObject({ basis: '预算支出标准', weight: '20' });
  });

  it('H12: a dictionary word over two lines (按照完成比例赋 / 分) is one word', () => {
    const text = pageText(pensionProject);
    expect(text).toMatch(/按照完成比例赋\n\n分/u);
    expect(onlyTable(text).indicators.map((one) => one.scoringRule)).toEqual([
      'PROPORTIONAL',
      'PROPORTIONAL',
      'PROPORTIONAL',
      'PROPORTIONAL',
      'GRADE',
      'GRADE',
      'SATISFACTION',
    ]);
  });

  it('H13: a name over three lines with a closing quote that was never opened keeps its characters', () => {
    const { tables, findings } = read(pageText(countyUnit));
    expect(tables[0]?.indicators[1]?.name).toBe('社区“社保核心三版信息系统”、村“社保基层服务平台”使用率”');
    expect(findings.some((one) => one.code === 'Q-X4' && one.row === 1)).toBe(true);
  });

  it('a page mark and the head row again inside the table are no rows', () => {
    expectForm(onlyTable(pageText(pensionProject, { pageBreakBefore: 3 })), pensionProject);
  });

  it('a lost first level is taken from the second level, said, and trusted less', () => {
    const { tables, findings } = read(pageText(pensionProject, { lostLevel1: [3] }));
    expectForm(tables[0] as RecognisedTable, pensionProject);
    expect(findings.find((one) => one.code === 'R-level')).toMatchObject({ row: 3, expected: '成本指标', found: '经济成本指标' });
    expect(Number(tables[0]?.indicators[3]?.confidence)).toBeLessThan(Number(tables[0]?.indicators[2]?.confidence));
  });

  it('a head row whose words are interleaved beyond reading still opens the block', () => {
    const columns = '一级\n二级\n三级指标\n指标 指标值 上年\n指标 指标值设置依 完成 分值\n据 值 权重\n指标赋分规则 佐证资料\n';
    const text = pageText(pensionProject).replace(/一级指标[\s\S]*?佐证资料\n/u, columns);
    expectForm(onlyTable(text), pensionProject);
  });

  it('text of the next chapter is not drawn into the last row', () => {
    const text = `${pageText(pensionProject)}\n(五) 其他需说明的事项\n\n本单位非财政拨款项目 1 个，涉及资金 4.00 万元。\n\n第四部分 名词解释\n\n一、财政拨款：指由一般公共预算安排的拨款数。`;
    expectForm(onlyTable(text), pensionProject);
  });

  it.each([
    ['the unit’s table', countyUnit],
    ['a project’s table', pensionProject],
  ])('prose with numbers right behind %s, no chapter between, gives no rows', (_, form) => {
    const prose =
      '2024 年，本部门预算绩效管理整体预算绩效目标 1 个，涉及金额 593.52\n\n万元；当年财政拨款 项目 2 个，涉及 工作 计划 12 项。本单位 认真 履行 职责 15 项。\n\n';
    expectForm(onlyTable(pageText(form) + prose.repeat(30)), form);
  });

  it('a narrower page breaks the same cells elsewhere and gives the same rows', () => {
    expectForm(onlyTable(pageText(subsidyProject, { widths: { name: 6, basis: 3, rule: 4 } })), subsidyProject);
    expectForm(onlyTable(pageText(countyUnit, { widths: { name: 8, basis: 5, rule: 7 } })), countyUnit);
  });
});

describe('spellings', () => {
  const cell = (target: string): string => scannedText(auditProject).replace('>=5 次', target);
  it.each([
    ['>=5 次', 'GE'],
    ['≥5次', 'GE'],
    ['≧5次', 'GE'],
    ['＞=5 次', 'GE'],
    ['＞ =5次', 'GE'],
    ['大于等于5次', 'GE'],
    ['不少于5次', 'GE'],
    ['不低于5次', 'GE'],
    ['5次以上', 'GE'],
    ['不超过5次', 'LE'],
    ['控制在5次以内', 'LE'],
    ['≤5次', 'LE'],
    ['5次', 'EQ'],
    ['＝5次', 'EQ'],
    ['＞5次', 'GT'],
    ['<5次', 'LT'],
  ])('H14: %s is %s 5 次', (printed, comparator) => {
    expect(onlyTable(cell(printed)).indicators[0]?.target).toMatchObject({ comparator, magnitude: '5', unit: '次', raw: printed });
  });

  it('H15: 月 and 个月 are one unit, and last year’s 5 万元/年 stays as printed', () => {
    expect(rowNamed(onlyTable(scannedText(auditProject)), '项目准备阶段期限').target.unit).toBe('月');
    expect(rowNamed(onlyTable(pageText(pensionProject)), '待遇发放期').target.unit).toBe('月');
    expect(rowNamed(onlyTable(scannedText(lineRentalProject)), '网络线路租赁标准').previousActual).toBe('5万元/年');
  });
});

describe('several tables in one text', () => {
  it('three of the prefecture and prose between them give three tables, findings named by table and row', () => {
    const text = [
      '目录',
      '（四）项目支出绩效目标表',
      '2024 年部门预算说明。',
      scannedText(prefectureUnit),
      scannedText(auditProject, { innerBlanks: true }),
      '',
      scannedText(lineRentalProject, { shiftedRows: [3, 4] }),
      '(五) 其他需说明的事项',
      '无',
    ].join('\n');
    const { tables, findings } = read(text);
    expect(tables).toHaveLength(3);
    [prefectureUnit, auditProject, lineRentalProject].forEach((form, at) => {
      expectForm(tables[at] as RecognisedTable, form);
    });
    expect(findings.filter((one) => one.code === 'R-shift').every((one) => one.table === 2)).toBe(true);
  });

  it('a table without its year takes the year of its neighbour and says so', () => {
    const { tables, findings } = read(scannedText(auditProject) + scannedText(lineRentalProject).replace(/（2024 年）/u, ''));
    expect(tables.map((one) => one.fiscalYear)).toEqual([2024, 2024]);
    expect(findings.find((one) => one.code === 'R-year')).toMatchObject({ table: 1, expected: '2024' });
  });
});
