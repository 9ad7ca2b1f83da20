import fc from 'fast-check';
import { alignInPlace } from './align-in-place';
import { assembleIndicators, type RowCircumstances } from './assemble-indicators';
import type { ColumnRole } from './form-words';
import { vocabularyOf } from './form-vocabulary';
import { readGridBlock } from './grid-block';
import { LineRow } from './line-row';
import { cellsOf } from './packed-cells';
import type { RawBlock } from './raw-table';
import type { SourceLine } from './source-line';

type Plan = readonly (ColumnRole | null)[];

const PLANS: readonly Plan[] = [
  ['level1', 'level2', 'name', 'target', 'basis', 'previous', 'weight', 'rule', 'evidence'],
  ['level1', 'level2', 'name', 'operator', 'target', 'unit', 'weight', 'rule', 'actual', 'points'],
  ['other', 'level1', 'level2', 'name', 'target', 'actual', 'weight', 'points', 'deviation'],
  ['level1', 'level2', 'name', 'target', 'actual', 'forecast', 'causeFunds', 'causeSystem', 'causeOther', 'certain', 'possible', 'impossible', 'remark'],
  ['name', null, 'target', 'adjustedTarget', 'actual', 'coefficient', 'points', 'core'],
];

const words = (...list: string[]): fc.Arbitrary<string> => fc.constantFrom(...list);
const level1 = words('产出指标', '效益指标', '满意度指标', '成本指标', '产出指标(50分)', '运行成本', '服务对象满意度', '履职情况');
const level2 = words('数量指标', '质量指标', '时效指标', '社会效益指标', '生态效益指标', '服务对象满意度指标', '经济效益', '其他方面');
const name = words('培训人次', '服务对象满意度', '经济效益', '城区空气质量优良天数比率', '预算执行率', '保障正常运转', '持续改善农村人居环境', '质量', '内部审计次数(次)', '按照完成比例赋分', '设备购置数量≥5', '社会成本指标', '指标1：', '……');
const number = fc.oneof(fc.nat(130).map(String), fc.integer({ min: 1, max: 99_999 }).map((n) => `${Math.floor(n / 100)}.${n % 100}`), words('0', '007', '100', '100.01', '１２', '2024.12', '1.2.3'));
const target = fc.oneof(number.map((n) => `≥${n}%`), number, number.map((n) => `=${n}人`), words('有效提高', '达标', '2024年12月', '12月底前', '≥', '不少于5次', '完成预期目标', '工作资料', '≥5个 ‖ ≤9个'));
const text = words('', ' ', '—', '无', '计划标准', '工作资料', '按照正常比例赋分', '满意度赋分', '原始凭证', '因项目推迟，资金未支付', '√', '定性', '≥', '%', '元', '是', '否', '不适用', '1', '合计', '注：以上为全年', '— 3 —', '95.5%', '新增');
const ofRole: Readonly<Partial<Record<ColumnRole, fc.Arbitrary<string>>>> = { level1, level2, name, target, actual: target, forecast: target, adjustedTarget: target, weight: number, points: number, coefficient: number };

/** A row as the form means it, with blanks where cells are merged. */
const soundRow = (plan: Plan): fc.Arbitrary<string[]> =>
  fc.tuple(...plan.map((role) => {
    const cell = role === null ? fc.constant('') : (ofRole[role] ?? text);
    return role === 'level1' || role === 'level2' ? fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: cell }) : fc.oneof({ weight: 9, arbitrary: cell }, { weight: 1, arbitrary: fc.constant('') });
  }));

type Damage = 'none' | 'lost' | 'pushed' | 'swapped' | 'doubled';

/** What happens to rows on their way into a file: a cell lost, all cells one column further, two cells exchanged, a cell too many. */
function damaged(row: readonly string[], damage: Damage, at: number): string[] {
  const cells = [...row];
  const place = at % cells.length;
  if (damage === 'lost') cells.splice(place, 1);
  if (damage === 'pushed') cells.splice(place, 0, '');
  if (damage === 'swapped') [cells[place], cells[(place + 1) % cells.length]] = [cells[(place + 1) % cells.length] ?? '', cells[place] ?? ''];
  if (damage === 'doubled') cells.splice(place, 0, cells[place] ?? '');
  return cells;
}

const table = fc.constantFrom(...PLANS).chain((plan) =>
  fc.record({
    plan: fc.constant(plan),
    broken: fc.boolean(),
    rows: fc.array(
      fc.tuple(soundRow(plan), fc.oneof({ weight: 3, arbitrary: fc.constant<Damage>('none') }, { weight: 2, arbitrary: fc.constantFrom<Damage>('lost', 'pushed', 'swapped', 'doubled') }), fc.nat(12)).map(([row, damage, at]) => damaged(row, damage, at)),
      { minLength: 1, maxLength: 12 },
    ),
  }),
);

const vocabulary = vocabularyOf();
const about = { file: 'a.xlsx', part: { sheet: '表1', lines: [], broken: false }, subject: 'PROJECT', fiscalYear: 2025, form: 'TARGET' } as const;

/** A block with its cells written out, however its rows hold them. */
function writtenOut({ rows, ...block }: RawBlock): unknown {
  return { ...block, rows: rows.map(({ cells, numbers, notes }) => ({ cells, numbers, notes })) };
}

function assembled(block: RawBlock, circumstances: RowCircumstances): unknown {
  const { indicators, ...read } = assembleIndicators(block, false, circumstances);
  return { ...read, indicators: indicators.map((row) => ({ ...row, cells: cellsOf(row) })) };
}

const PAIRS: readonly (readonly [string, string])[] = [['产出指标', '数量指标'], ['产出指标', '质量指标'], ['成本指标', '经济成本指标'], ['效益指标', '社会效益指标'], ['满意度指标', '服务对象满意度指标'], ['履职情况', '其他方面']];
const usual = fc.oneof(fc.integer({ min: 1, max: 9_999 }).map((n) => `${Math.floor(n / 100)}.${n % 100}`), fc.integer({ min: 1, max: 99 }).map(String), words('0', '0.0', '1,200', '100'));

/** A form as most print it: known levels, in every row or where a group begins, few names, numbers. */
const usualRows = (plan: Plan): fc.Arbitrary<string[][]> =>
  fc.tuple(fc.boolean(), fc.array(fc.tuple(fc.nat(PAIRS.length - 1), words('培训人次', '设备购置数量(台)', '支出控制率', '办结天数', '服务对象满意度'), usual, usual, words('≥', '=', '≤', '定性'), words('%', '元', '人', '—'), words('计划标准', '某文件', '', '新增')), { minLength: 2, maxLength: 8 })).map(([inEveryRow, rows]) => {
    const sorted = [...rows].sort(([a], [b]) => a - b);
    return sorted.map(([pair, named, value, share, sign, unitWord, other], at) => {
      const [first, second] = PAIRS[pair] as readonly [string, string];
      const cell: Partial<Record<ColumnRole, string>> = { level1: inEveryRow || PAIRS[sorted[at - 1]?.[0] ?? -1]?.[0] !== first ? first : '', level2: inEveryRow || sorted[at - 1]?.[0] !== pair ? second : '', name: named, operator: sign, target: plan.includes('operator') ? value : `${sign}${value}`, unit: unitWord, basis: other, previous: other, weight: share, rule: '按照完成比例赋分', evidence: '工作资料', actual: value, points: share, deviation: other, forecast: value };
      return plan.map((role) => (role === null ? '' : (cell[role] ?? '')));
    });
  });

/** The same form for another project: the same words, other numbers, now and then another word or a row less. */
const nextTable = (rows: readonly (readonly string[])[]): fc.Arbitrary<string[][]> =>
  fc.tuple(
    fc.tuple(...rows.map((row) => fc.tuple(...row.map((cell) => (/^[\d.,]+$/u.test(cell) ? fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: text }) : fc.oneof({ weight: 60, arbitrary: fc.constant(cell) }, { weight: 1, arbitrary: text })))))),
    fc.nat(20),
  ).map(([next, at]) => next.filter((_, index) => index !== at));

describe('rows that stand in their columns', () => {
  it('are seen so without a search', () => {
    const line: SourceLine = { cells: ['', '数量指标', '培训人次', '≥120人次', '计划标准', '', '10', '按照完成比例赋分', '工作资料'], number: 7 };
    expect(alignInPlace(line, PLANS[0] as Plan, 0)?.shape.roles).toEqual(['level2', 'name', 'target', 'basis', 'weight', 'rule', 'evidence']);
    expect(alignInPlace({ ...line, cells: ['数量指标', '培训人次', '≥120人次', '计划标准', '10'] }, PLANS[0] as Plan, 0)).toBeNull();
  });

  it('give the same rows, cells, confidences and findings as a close look at each, damaged tables too', () => {
    let inPlace = 0;
    fc.assert(
      fc.property(table, ({ plan, broken, rows }) => {
        const region = { body: rows.map((cells, at) => ({ cells, number: at + 1 })), repeated: new Set<SourceLine>() };
        const quick = readGridBlock(region, plan, broken, 0, vocabulary, (...row) => {
          const placed = alignInPlace(...row);
          if (placed !== null) inPlace += 1;
          return placed;
        });
        const close = readGridBlock(region, plan, broken, 0, vocabulary, null);
        expect(writtenOut(quick)).toEqual(writtenOut(close));
        const circumstances = { ...about, part: { ...about.part, broken } };
        expect(assembled(quick, circumstances)).toEqual(assembled(close, circumstances));
      }),
      { numRuns: 300 },
    );
    expect(inPlace).toBeGreaterThan(100);
  });

  it('are not looked at again where only the numbers differ from the table before, and mean the same as after a close look', () => {
    let alike = 0;
    const tables = fc.constantFrom(...PLANS.slice(0, 3)).chain((plan) => usualRows(plan).chain((rows) => fc.tuple(nextTable(rows), nextTable(rows)).map((more) => ({ plan: [...plan], tables: [rows, ...more] }))));
    fc.assert(
      fc.property(tables, ({ plan, tables: sheets }) => {
        for (const rows of sheets) {
          const region = { body: rows.map((cells, at) => ({ cells, number: at + 1 })), repeated: new Set<SourceLine>() };
          const quick = readGridBlock(region, plan, false, 0, vocabulary);
          const close = readGridBlock(region, plan, false, 0, vocabulary, null);
          alike += quick.rows.filter((row) => row instanceof LineRow && row.like?.reading != null).length;
          expect(writtenOut(quick)).toEqual(writtenOut(close));
          expect(assembled(quick, about)).toEqual(assembled(close, about));
        }
      }),
      { numRuns: 120 },
    );
    expect(alike).toBeGreaterThan(200);
  });
});
