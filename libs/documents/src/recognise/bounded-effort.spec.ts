import { gridOf } from '../fixtures/form-grid';
import { pageText } from '../fixtures/page-text';
import { scannedText } from '../fixtures/scanned-text';
import { auditProject, pensionProject } from '../fixtures/six-forms';
import type { PrintedForm } from '../fixtures/printed-form';
import { readTextLines } from '../read/text.reader';
import { recogniseTables } from './recognise-tables';
import type { SourcePart } from './source-line';

/*
 * Every comparison of words goes through String.prototype.normalize, so its calls count the work, on any machine alike. Twice the rows may
 * cost about twice the calls; a quadratic step would cost four times.
 */
function effortOf(parts: readonly SourcePart[]): { readonly calls: number; readonly rows: number } {
  const plain = Object.getOwnPropertyDescriptor(String.prototype, 'normalize') as PropertyDescriptor & { value: (form?: string) => string };
  let calls = 0;
  Object.defineProperty(String.prototype, 'normalize', {
    ...plain,
    value(this: string, form?: string): string {
      calls += 1;
      return plain.value.call(this, form);
    },
  });
  try {
    const read = recogniseTables(parts, 'fixture', { fiscalYear: 2024 });
    const rows = read.ok ? read.value.tables.reduce((sum, table) => sum + table.indicators.length, 0) : 0;
    return { calls, rows };
  } finally {
    Object.defineProperty(String.prototype, 'normalize', plain);
  }
}

function formOf(count: number): PrintedForm {
  return {
    ...pensionProject,
    rows: Array.from({ length: count }, (_, at) => {
      const row = pensionProject.rows[at % pensionProject.rows.length] as PrintedForm['rows'][number];
      return { ...row, name: `${row.name}${at}`, level1: '产出指标', level2: '数量指标' };
    }),
  };
}

const MOST_GROWTH = 2.4;

const LAYOUTS: readonly (readonly [string, (count: number) => SourcePart[]])[] = [
  ['a sheet', (count) => [{ sheet: '表', broken: false, lines: gridOf(formOf(count)).rows.map((cells, at) => ({ cells, number: at + 1 })) }]],
  ['a scan with shifted rows', (count) => readTextLines(scannedText(formOf(count), { innerBlanks: true, shiftedRows: [3, 4] }))],
  ['a page without its grid', (count) => readTextLines(pageText(formOf(count)))],
];

describe('twice as much costs about twice the effort', () => {
  it.each(LAYOUTS)('the rows of one table, as %s', (_, print) => {
    const [few, many] = [effortOf(print(50)), effortOf(print(100))];
    expect([few.rows, many.rows]).toEqual([50, 100]);
    expect(many.calls / few.calls).toBeLessThan(MOST_GROWTH);
  });

  it.each<[string, (count: number) => string]>([
    ['prose behind a table', (count) => pageText(pensionProject) + '本单位认真履行职责，完成年度重点工作 12 项，支出 593.52 万元。\n'.repeat(count)],
    ['prose without a table', (count) => '2024 年部门预算说明，项目支出 3 个。\n'.repeat(count)],
    ['one endless line of words', (count) => `${pageText(pensionProject)}${'预算 支出 指标 95% '.repeat(count)}`],
    ['titles without tables', (count) => '项目支出绩效目标表\n（2024 年）\n'.repeat(count)],
    ['heads that begin and go nowhere', (count) => '项目支出绩效目标表\n一级指标\n二级指标\n三级指标\n'.repeat(count)],
    ['cells that fit nowhere', (count) => scannedText(auditProject) + '批注\t\t\t\t\t\t\t\t\n'.repeat(count)],
    ['a goal of many lines', (count) => pageText({ ...pensionProject, goal: Array.from({ length: count }, (_, at) => `第${at}项任务按期完成。`) })],
  ])('%s', (_, print) => {
    const [few, many] = [effortOf(readTextLines(print(400))), effortOf(readTextLines(print(800)))];
    expect(many.calls / Math.max(1, few.calls)).toBeLessThan(MOST_GROWTH);
  });

  it('2,000 rows of a sheet are read; a text of 5,000 lines costs no more per line than one of 500', () => {
    const table = effortOf((LAYOUTS[0] as (typeof LAYOUTS)[number])[1](2000));
    expect(table.rows).toBe(2000);
    const perLine = (lines: number): number => {
      const text = (pageText(pensionProject) + '说明文字，支出 593.52 万元。\n'.repeat(60)).split('\n');
      const all = Array.from({ length: Math.ceil(lines / text.length) }, () => text).flat().slice(0, lines);
      return effortOf(readTextLines(all.join('\n'))).calls / lines;
    };
    expect(perLine(5000) / perLine(500)).toBeLessThan(1.3);
  });
});
