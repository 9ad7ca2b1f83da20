import { readTextLines } from '../read/text.reader';
import { assignColumns } from './assign-columns';
import { budgetTableShape } from '@jiheng/domain';
import type { PrintedBudgetRow } from './printed-row';
import { readBudgetDocument } from './read-budget-document';

const row = (code: string | null, ...amounts: string[]): PrintedBudgetRow =>
  ({ kind: code === null ? 'TOTAL' : 'SUBJECT', side: null, code, line: null, name: code ?? '合计', project: null, placed: null, amounts, cells: [], numbers: [1] });
const columns = (rows: readonly PrintedBudgetRow[], number: 2 | 3 | 7): string[] => assignColumns(rows, budgetTableShape(number)).map(({ origin, amounts, unassigned }) =>
  `${origin} ${Object.entries(amounts).map(([key, amount]) => `${key}=${amount}`).join(' ')}${unassigned.length > 0 ? ` open ${unassigned.join(' ')}` : ''}`);

describe('amounts without columns', () => {
  it('go where the sums of row and class leave one way', () => {
    expect(columns([row(null, '10.00', '6.00', '4.00'), row('208', '6.00', '6.00'), row('210', '4.00', '4.00')], 3)).toEqual([
      'ARITHMETIC total=10.00 basic=6.00 project=4.00', 'ARITHMETIC total=6.00 basic=6.00', 'ARITHMETIC total=4.00 project=4.00',
    ]);
  });
  it('stay open where two ways are left, and so do the rows below', () => {
    // Both classes are 5.00: one is basic, the other project, and nobody knows which.
    expect(columns([row(null, '10.00', '5.00', '5.00'), row('208', '5.00', '5.00'), row('20801', '5.00', '5.00'), row('210', '5.00', '5.00')], 3)).toEqual([
      'ARITHMETIC total=10.00 basic=5.00 project=5.00', 'UNDECIDED total=5.00 open 5.00', 'UNDECIDED total=5.00 open 5.00', 'UNDECIDED total=5.00 open 5.00',
    ]);
  });
  it('stay open where nothing adds up: a wrong number is not explained away', () => {
    expect(columns([row(null, '10.00', '6.00', '4.50'), row('208', '6.00', '6.00')], 3)[0]).toBe('UNDECIDED  open 10.00 6.00 4.50');
    expect(columns([row(null, '10.00', '6.00', '4.00', '1.00', '1.00')], 3)).toEqual(['UNDECIDED  open 10.00 6.00 4.00 1.00 1.00']);
  });
  it('take a cent of rounding only where nothing fits exactly, and are less sure of it', () => {
    const [total] = assignColumns([row(null, '10.01', '6.00', '4.00')], budgetTableShape(3));
    expect(total).toMatchObject({ origin: 'ARITHMETIC', confidence: '0.80' });
  });
  it('are given up, not guessed, where there are too many ways', () => {
    const many = Array.from({ length: 40 }, (_, at) => row(String(201 + at), '1.00', '1.00'));
    expect(columns([row(null, '40.00', '20.00', '20.00'), ...many], 3).slice(1).every((one) => one === 'UNDECIDED total=1.00 open 1.00')).toBe(true);
  });
});

describe('text that means harm', () => {
  it.each<[string, string]>([
    ['a million letters without a stop', '基本支出'.repeat(250_000)],
    ['staff without end', `第三部分 说明\n${'编制数1实有人数1人在职1人退休1人'.repeat(20_000)}`],
    ['a sum without end', `第三部分 说明\n${'1+'.repeat(100_000)}=`],
    ['ten thousand rows of one class', `表 3\n单位支出总体情况表\n编制单位：甲 单位：万元\n类 款 项 合计 基本支出 项目支出\n※ 1 2 3\n总计 10000.00 5000.00 5000.00\n${'208 甲 1.00 1.00\n'.repeat(10_000)}`],
    ['titles without tables', '单位收支总体情况表\n'.repeat(20_000)],
    ['groups without end', `第三部分 说明\n${'8794国防工水利工，8795国防工水利工，'.repeat(20_000)}`],
  ])('%s is done with in time', (_, text) => {
    const parts = readTextLines(text);
    const before = performance.now();
    readBudgetDocument(parts, [], []);
    expect(performance.now() - before).toBeLessThan(8_000);
  }, 30_000);
});
