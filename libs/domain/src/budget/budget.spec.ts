import { adjustmentRate, executionRate, unspent } from './budget-execution';
import { checkSum, formatMoney, wanYuanOfYuan } from './money';

const rate = (initial: string | null, adjusted: string | null, executed: string | null): string => {
  const result = executionRate({ initial, adjusted, executed });
  return result.ok ? `${result.value.rate ?? 'none'}${result.value.overBudget ? ' over' : ''}` : result.refusal.code;
};

describe('budget execution', () => {
  it('is measured against the adjusted budget', () => {
    expect(rate('9.60', '9.60', '9.12')).toBe('95.00');
    expect(rate('10.00', '9.60', '9.12')).toBe('95.00');
    expect(rate('229.39', null, '225.95')).toBe('98.50');
    expect(rate('8', '8', '8.01')).toBe('100.13 over');
  });
  it('knows its zeros', () => {
    expect(rate('9.60', '9.60', '0')).toBe('0.00');
    expect(rate('9.60', '0.00', '0')).toBe('none');
    expect(rate('0', '0', '1')).toBe('scoring.execution-without-budget');
    expect(rate('9.60', '9.60', null)).toBe('scoring.execution-missing');
    expect(rate('9.60', '-1', '0')).toBe('budget.negative');
  });
  it('says how far the budget was moved and what is left', () => {
    expect(adjustmentRate({ initial: '10', adjusted: '7' })).toBe('-30.00');
    expect(adjustmentRate({ initial: '0', adjusted: '7' })).toBeNull();
    expect(unspent({ initial: '9.60', adjusted: '9.60', executed: '9.70' })).toBe('-0.1');
  });
});

describe('published sums', () => {
  it('may be off by a cent for each addend: 551.19 + 18.62 + 23.72 is printed 593.52', () => {
    expect(checkSum(['551.19', '18.62', '23.72'], '593.52')).toEqual({ outcome: 'ROUNDED', sum: '593.53', difference: '-0.01' });
    expect(checkSum(['52.18', '492.34', '0.00'], '544.52').outcome).toBe('EXACT');
    expect(checkSum(['1', '1', '1'], '3.03').outcome).toBe('ROUNDED');
    expect(checkSum(['1', '1', '1'], '3.04').outcome).toBe('OFF');
  });
  it('print 万元 with two places', () => {
    expect(formatMoney('9.6')).toBe('9.60');
    expect(wanYuanOfYuan('445838')).toBe('44.5838');
    expect(formatMoney(wanYuanOfYuan('445838'))).toBe('44.58');
  });
});
