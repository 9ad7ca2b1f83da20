import fc from 'fast-check';
import { gridOf } from '../fixtures/form-grid';
import { pageText } from '../fixtures/page-text';
import { type PrintedForm, rowOf } from '../fixtures/printed-form';
import { scannedText } from '../fixtures/scanned-text';
import { csvBytes, workbookBytes } from '../fixtures/sheet-files';
import type { RecognisedTable } from '../recognise/recognised-table';
import { readDocument } from './read-document';

// Tables nobody has typed: whatever the forms allow must come back as it was written.

const THINGS = ['培训', '宣传', '稽核', '系统运维', '参保登记', '待遇核定', '档案整理', '设备购置', '窗口服务', '资格认证'];
const MEASURES: readonly (readonly [string, readonly string[]])[] = [
  ['次数', ['次', '场次']],
  ['人数', ['人', '万人', '人次']],
  ['数量', ['条', '台', '项', '个', '份']],
  ['完成率', ['%']],
  ['经费', ['万元', '元']],
  ['期限', ['个月', '天', '工作日']],
];
const LEVELS: readonly (readonly [string, string, string, string, string])[] = [
  ['产出指标', '数量指标', '计划标准', '按照完成比例赋分', '工作资料'],
  ['产出指标', '质量指标', '行业标准', '按照完成比例赋分', '工作资料'],
  ['产出指标', '时效指标', '计划标准', '按照完成比例赋分', '工作资料'],
  ['成本指标', '经济成本指标', '预算支出标准', '按照完成比例赋分', '原始凭证'],
  ['效益指标', '社会效益指标', '计划标准', '按评判等级赋分', '说明材料'],
  ['满意度指标', '服务对象满意度指标', '计划标准', '满意度赋分', '工作资料'],
];
const WORDINGS = ['有效提高', '显著改善', '持续加强', '有效保障', '逐步完善', '基本满足'];

const magnitude = fc.oneof(
  fc.integer({ min: 1, max: 9999 }).map(String),
  fc
    .tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 99 }))
    .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`),
);

const row = fc.record({
  level: fc.nat({ max: LEVELS.length - 1 }),
  thing: fc.constantFrom(...THINGS),
  measure: fc.constantFrom(...MEASURES),
  unit: fc.nat({ max: 4 }),
  sign: fc.constantFrom('≥', '≤', '='),
  magnitude,
  wording: fc.constantFrom(...WORDINGS),
  weight: fc.integer({ min: 1, max: 30 }),
  previous: fc.constantFrom('', '新增', '95%', '12个月', '5万元/年'),
});

const form: fc.Arbitrary<PrintedForm> = fc
  .record({ rows: fc.array(row, { minLength: 1, maxLength: 18 }), year: fc.integer({ min: 2020, max: 2035 }) })
  .map(({ rows, year }) => ({
    subject: 'PROJECT' as const,
    year,
    unit: '某县社会保险中心',
    project: '信息系统运行维护经费',
    contact: '项目负责人',
    money: ['120.50', '100.50', '20.00'] as const,
    goal: ['保障业务系统稳定运行。'],
    rows: [...rows]
      .sort((a, b) => a.level - b.level)
      .map((one, at) => {
        const [level1, level2, basis, rule, evidence] = LEVELS[one.level] as (typeof LEVELS)[number];
        const isWording = level1 === '效益指标';
        const [measure, units] = one.measure;
        const unit = units[one.unit % units.length] as string;
        const target = isWording ? one.wording : `${one.sign} ${one.magnitude} ${unit}`;
        // Two rows of one name are a mistake of the form; a letter keeps them apart.
        const name = `${one.thing}${String.fromCharCode(65 + at)}${isWording ? '保障水平' : measure}`;
        return rowOf([level1, level2, name, target, basis, one.previous, String(one.weight), rule, evidence].join('|'));
      }),
  }));

/** What counts of a table, as printed: two readings are compared by it. */
function expected(of: PrintedForm): unknown {
  return {
    year: of.year,
    unit: of.unit,
    project: of.project,
    money: of.money,
    rows: of.rows.map((one) => [
      one.level1,
      one.level2,
      one.expected.name,
      one.expected.comparator,
      one.expected.magnitude,
      one.expected.unit,
      one.weight,
      one.basis,
      one.previous || null,
      one.evidence,
    ]),
  };
}

function found(table: RecognisedTable): unknown {
  const { total, other } = table.budget;
  return {
    year: table.fiscalYear,
    unit: table.budgetUnit,
    project: table.project,
    money: [total, 'fiscal' in table.budget ? table.budget.fiscal : null, other],
    rows: table.indicators.map((one) => [
      one.level1,
      one.level2,
      one.name,
      one.target.comparator,
      one.target.magnitude,
      one.target.unit,
      one.weight,
      one.basis,
      one.previousActual,
      one.evidence,
    ]),
  };
}

async function readBack(bytes: Uint8Array, name: string, of: PrintedForm): Promise<void> {
  const read = await readDocument(bytes, name);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  expect(read.value.tables.map(found)).toEqual([expected(of)]);
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('any table of the official form comes back as it was written', () => {
  it('from a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(form, (one) => readBack(workbookBytes({ 表: gridOf(one) }), '表.xlsx', one)),
      { numRuns: 40 },
    );
  });

  it('from a CSV file', async () => {
    await fc.assert(
      fc.asyncProperty(form, (one) => readBack(csvBytes([gridOf(one)]), '表.csv', one)),
      { numRuns: 60 },
    );
  });

  it('from a scan with blanks in its words and any rows shifted', async () => {
    await fc.assert(
      fc.asyncProperty(form, fc.array(fc.nat({ max: 17 }), { maxLength: 6 }), fc.boolean(), (one, shiftedRows, innerBlanks) =>
        readBack(utf8(scannedText(one, { shiftedRows, innerBlanks })), '表.txt', one),
      ),
      { numRuns: 100 },
    );
  });

  it('from the text layer of a page, however narrow its columns', async () => {
    await fc.assert(
      fc.asyncProperty(form, fc.integer({ min: 4, max: 12 }), fc.boolean(), (one, name, splitOperators) =>
        readBack(utf8(pageText(one, { splitOperators, widths: { name, basis: 6, rule: 7 } })), '表.txt', one),
      ),
      { numRuns: 60 },
    );
  });
});
