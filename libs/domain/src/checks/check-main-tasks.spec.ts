import { theTable } from '../../testing/the-six-tables';
import type { MainTask } from '../target-table/main-task';
import type { PerformanceTargetTable, UnitBudget } from '../target-table/performance-target-table';
import { sayFinding } from './findings';
import { checkTargetTable } from './run-checks';

const task = (total: string | null, fiscal: string | null = null, other: string | null = null, name = '保障机构运转'): MainTask => ({ name, content: null, total, fiscal, other });
/** The centre of the prefecture: 52.18 from above, 492.34 of its own level, 544.52 in all. */
const found = (tasks: readonly MainTask[], budget: Partial<UnitBudget> = {}): unknown[] => {
  const table: PerformanceTargetTable = { ...theTable('KZ-U'), tasks, budget: { ...(theTable('KZ-U').budget as UnitBudget), ...budget } };
  return checkTargetTable(table).filter(({ code }) => code === 'Q-P5').map(({ severity, row, found: has, expected, params }) => [severity, row, params['label'] ?? params['name'], has, expected]);
};

describe('the money of the main tasks', () => {
  it('makes the budget of the unit, a cent of rounding for each task aside', () => {
    expect(found([task('500.00', '500.00', '0.00'), task('44.52', '44.52', '0.00')])).toEqual([]);
    expect(found([task('500.01'), task('44.53')])).toEqual([]);
    expect(found([task('500.02'), task('44.53')])).toEqual([['WARN', null, '预算金额', '544.55', '544.52']]);
    expect(found([task('544.52', '500.00', '44.52')])).toEqual([['WARN', null, '财政拨款', '500.00', '544.52'], ['WARN', null, '其他资金', '44.52', '0.00']]);
  });
  it('is the sum of its sources, a blank source being none', () => {
    expect(found([task('544.52', '544.52')])).toEqual([]);
    expect(found([task('544.52', '540.00', '4.00', '社保基金监管')])).toEqual([
      ['WARN', null, '社保基金监管', '544.52', '544.00'], ['WARN', null, '财政拨款', '540.00', '544.52'], ['WARN', null, '其他资金', '4.00', '0.00'],
    ]);
  });
  it('that not every task names is only too much, never too little', () => {
    expect(found([task('500.00'), task(null)])).toEqual([]);
    expect(found([task('600.00'), task(null)])).toEqual([['WARN', null, '预算金额', '600.00', '544.52']]);
  });
  it('is measured by the parts of the budget where no total is known, and by nothing where nothing is', () => {
    expect(found([task('500.00')], { total: null })).toEqual([['WARN', null, '预算金额', '500.00', '544.52']]);
    expect(found([task('500.00', '500.00')], { total: null, higherLevel: null, localLevel: null, other: null })).toEqual([]);
  });
  it('says so in both languages', () => {
    const [first] = checkTargetTable({ ...theTable('KZ-U'), tasks: [task('500.00')] }).filter(({ code }) => code === 'Q-P5');
    expect(first === undefined ? '' : [first.message, sayFinding(first, 'en')]).toEqual([
      '年度主要任务的预算金额合计 500.00 万元，与本单位年度预算中的 544.52 万元不一致，请核对。', 'In budget the main tasks make 500.00, the unit has 544.52 (10,000 yuan). Check them.',
    ]);
  });
});
