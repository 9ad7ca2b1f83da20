import fc from 'fast-check';
import { FormerLines, linesOfRows, type MergedRange } from '../read/workbook-cells';
import { cellsOf } from './packed-cells';
import { recogniseTables } from './recognise-tables';
import type { SourcePart } from './source-line';

const HEADS: readonly (readonly string[])[] = [
  ['一级指标', '二级指标', '三级指标', '运算符', '指标值', '单位', '权重', '评分标准', '实际完成值', '得分'],
  ['一级指标', '二级指标', '三级指标', '指标值', '分值权重'],
  ['绩效指标', '一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因分析及改进措施'],
];
const TITLES = ['项目支出绩效自评表', '项目支出绩效目标表', '项目支出绩效自评表'];
const GROUPS: readonly (readonly [string, string, string])[] = [
  ['产出指标', '数量指标', '培训人次'], ['产出指标', '质量指标', '项目验收合格率'], ['产出指标', '时效指标', '办结天数'], ['效益指标', '社会效益指标', '公共服务覆盖率'], ['满意度指标', '服务对象满意度指标', '服务对象满意度'],
];
/** What stands in a form where nobody expects it: titles, heads, sums, marks of pages, numbers of persons, unseen signs. */
const ODD = [
  '合计', '总分', '第一部分 概况', '联系电话：01000000000', '12345', '（元）', '', ' ', '第 3 页', '— 3 —', '一级指标', '三级指标', '项目名称', '年度总体目标', '项目支出绩效自评表', '产出\u200e指标', '收支预算总表', '部门整体支出绩效目标表',
  '无', '—', '定性', '有效提高', '1,234.50', '100.5', '0', '007', '-5', '其他资金', '年度预算总额', '实际完成情况', '产出指标(50分)', '……', '指标1：', '注：说明', '<p>改善</p>', '任务名称', '2024.12', '2024年12月', '不适用', '经费保障',
];
const number = fc.oneof(fc.nat(100).map(String), fc.nat(9_999).map((n) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`), fc.constantFrom('48,068,150.00', '1,200', '0.00', '0'));

const filled = (head: readonly string[], [level1, level2, name]: readonly [string, string, string], sign: string, unit: string, [a, b, c]: readonly [string, string, string]): string[] =>
  head.map((word) => {
    if (word === '一级指标') return level1;
    if (word === '二级指标') return level2;
    if (word === '三级指标') return name;
    if (word === '运算符') return sign;
    if (word.endsWith('指标值')) return head.includes('运算符') ? a : `${sign}${a}${unit}`;
    if (word === '单位') return unit;
    if (word.includes('权重') || word === '分值') return '10';
    if (word === '评分标准') return '按完成比例赋分';
    return word === '得分' ? c : word === '实际完成值' ? b : '';
  });

/** Sheets of one form, one like the other but for numbers, signs and now and then an odd cell, a row less or a row too many. */
const sheets = fc.tuple(fc.nat(2), fc.boolean(), fc.boolean()).chain(([form, hasMoney, hasSum]) => {
  const head = HEADS[form] as readonly string[];
  const row = (at: number): fc.Arbitrary<string[]> =>
    fc.tuple(fc.constantFrom('≥', '≤', '='), fc.constantFrom('%', '元', '人'), fc.tuple(number, number, number)).map(([sign, unit, numbers]) => filled(head, GROUPS[at] as readonly [string, string, string], sign, unit, numbers));
  const sheet = fc.tuple(fc.nat(999), fc.nat(2), fc.tuple(...GROUPS.map((_, at) => row(at))), number, fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.tuple(fc.nat(99), fc.nat(99), fc.constantFrom(...ODD)) }), fc.nat(30)).map(
    ([project, department, rows, sum, odd, damage]) => {
      const lines: string[][] = [[TITLES[form] as string], ['项目名称', '', `第${project}号项目`, '', '主管部门', `某局第${department}科`], ['（2025年度）']];
      if (hasMoney) lines.push(['项目资金（万元）', '', '年初预算数', '全年预算数', '全年执行数', '分值', '执行率', '得分'], ['', '年度资金总额', sum, sum, sum, '10', '98%', '9.8']);
      lines.push(['年度总体目标', '', '完成年度任务，提高公共服务水平。'], [...head], ...rows.map((cells) => [...cells]));
      if (hasSum) lines.push(['总分', ...head.slice(2).map(() => ''), sum]);
      const odder = odd === null ? undefined : lines[odd[0] % lines.length];
      if (odd !== null && odder !== undefined) odder[odd[1] % odder.length] = odd[2];
      if (damage === 0) lines.splice(project % lines.length, 1);
      if (damage === 1) lines.splice(project % lines.length, 0, [...(lines[department] ?? [])]);
      return lines;
    },
  );
  return fc.array(sheet, { minLength: 2, maxLength: 5 });
});

const MERGES: readonly MergedRange[] = [{ top: 0, left: 0, bottom: 0, right: 7 }, { top: 1, left: 0, bottom: 1, right: 1 }];
const partsOf = (books: readonly string[][][], former: FormerLines | null): SourcePart[] =>
  books.map((rows, at) => ({ sheet: `表${at + 1}`, broken: false, lines: linesOfRows(rows.map((texts, row) => ({ number: row + 1, texts })), at % 2 === 0 ? MERGES : [], former) }));

/** What was read of each part, its cells written out and its places without the part; or the refusal. */
function readingsOf(parts: readonly SourcePart[]): unknown[] | string {
  const read = recogniseTables(parts, 'a.xlsx', { fiscalYear: 2025 });
  if (!read.ok) return read.refusal.code;
  const { tables, findings } = read.value;
  return tables.map((table, at) => JSON.parse(JSON.stringify({
    table: { ...table, indicators: table.indicators.map((row) => ({ ...row, cells: cellsOf(row) })) },
    findings: findings.filter((finding) => finding.table === at && finding.code.startsWith('R-')).map((finding) => ({ ...finding, table: 0 })),
  }).replace(/"part":\d+/gu, '"part":0')) as unknown);
}

describe('sheets of one form in a row', () => {
  it('have the same lines whether or not a line of the sheet before is held once for both', () => {
    fc.assert(fc.property(sheets, (books) => {
      expect(partsOf(books, new FormerLines())).toEqual(partsOf(books, null));
    }), { numRuns: 60 });
  });

  it('are read as each is read alone, in whatever order they come', () => {
    let read = 0;
    fc.assert(fc.property(sheets, (books) => {
      const parts = partsOf(books, new FormerLines());
      const together = readingsOf(parts);
      const alone = [...parts].reverse().map((part) => readingsOf([part])).reverse();
      if (alone.every((one) => Array.isArray(one))) {
        expect(together).toEqual(alone.flat());
        read += 1;
      }
    }), { numRuns: 60 });
    expect(read).toBeGreaterThan(20);
  });
});
