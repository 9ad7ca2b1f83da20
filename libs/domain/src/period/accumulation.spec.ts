import fc from 'fast-check';
import type { Actual } from '../actual/actual';
import { addDecimal, compareDecimal } from '../decimal';
import { toBaseMagnitude } from '../quantity/quantity';
import { accumulateActuals, ACCUMULATIONS } from './accumulation';

const reported = (magnitude: string, unit: string | null, numerator: string | null = null, denominator: string | null = null): Actual => ({ kind: 'REPORTED', magnitude, unit, numerator, denominator });
const silent: Actual = { kind: 'NOT_REPORTED' };
const value = (...args: Parameters<typeof accumulateActuals>): string => {
  const { actual, flags, blocked } = accumulateActuals(...args);
  if (blocked !== null) return blocked.code;
  return (actual.kind === 'REPORTED' ? `${actual.magnitude}${actual.unit ?? ''}` : actual.kind) + (flags.length === 0 ? '' : ` ${flags.join()}`);
};

describe('four quarters make a year', () => {
  it('by adding up: 内部审计次数 1 + 2 + 0 + 2', () => {
    expect(value('SUM', [reported('1', '次'), reported('2', '次'), reported('0', '次'), reported('2', '次')], '次')).toBe('5次');
    expect(value('SUM', [reported('1.20', '万元'), null, reported('18000', '元'), silent], '万元')).toBe('3万元');
  });
  it('by the latest state: 参保人数', () => {
    expect(value('LAST', [reported('25.9', '万人'), reported('26.05', '万人'), silent, null], '万人')).toBe('26.05万人');
    expect(value('LAST', [reported('25.9', '万人'), reported('264000', '人')], '万人')).toBe('26.4万人');
  });
  it('by dividing sums, not by averaging rates: 47/50 and 10/10 are 95 %, not 97 %', () => {
    expect(value('RATIO', [reported('94', '%', '47', '50'), reported('100', '%', '10', '10')], '%')).toBe('95%');
    expect(value('RATIO', [reported('33.33', '%', '1', '3'), reported('0', '%', '0', '3')], '%')).toBe('16.666667%');
  });
  it('by the latest rate, and says so, where parts are missing or nothing happened', () => {
    expect(value('RATIO', [reported('94', '%', '47', '50'), reported('100', '%')], '%')).toBe('100% RATIO_WITHOUT_PARTS');
    expect(value('RATIO', [reported('0', '%', '0', '0'), reported('0', '%', '0', '0')], '%')).toBe('0% RATIO_WITHOUT_PARTS');
    expect(value('RATIO', [reported('94', '%'), null, null, null], '%')).toBe('94%');
  });
  it('by the longest and the shortest: 期限', () => {
    expect(value('MAX', [reported('2', '月'), reported('3', '月'), reported('1', '月')], '月')).toBe('3月');
    expect(value('MIN', [reported('2', '月'), reported('3', '月'), reported('1', '月')], '月')).toBe('1月');
  });
  it('by weight of valid responses: 90 % of 100 and 80 % of 300', () => {
    expect(value('SURVEY', [reported('90', '%', null, '100'), reported('80', '%', null, '300')], '%')).toBe('82.5%');
    expect(value('SURVEY', [reported('90', '%', '90', '100'), reported('80', '%', '240', '300')], '%')).toBe('82.5%');
    expect(value('SURVEY', [reported('90', '%'), reported('80', '%', null, '300')], '%')).toBe('80% RATIO_WITHOUT_PARTS');
  });
  it('by the last word for judgements, dates and answers', () => {
    expect(accumulateActuals('MANUAL', [{ kind: 'JUDGED', grade: 'B', share: '0.7' }, { kind: 'JUDGED', grade: 'A', share: null }, null], null).actual).toEqual({ kind: 'JUDGED', grade: 'A', share: null });
    expect(accumulateActuals('MANUAL', [{ kind: 'UNFINISHED' }, { kind: 'DATED', date: '2024-12-20' }], null).actual).toEqual({ kind: 'DATED', date: '2024-12-20' });
  });
});

describe('zero, silence and not applicable', () => {
  it('are three things in every accumulation', () => {
    for (const accumulation of ACCUMULATIONS) {
      expect(value(accumulation, [silent, null, silent, null], '次')).toBe('NOT_REPORTED');
      expect(value(accumulation, [], '次')).toBe('NOT_REPORTED');
      expect(value(accumulation, [reported('0', '次'), null], '次')).toBe('0次');
      expect(value(accumulation, [reported('3', '次'), { kind: 'NOT_APPLICABLE', reason: '项目撤销' }], '次')).toBe('NOT_APPLICABLE');
      expect(value(accumulation, [{ kind: 'NOT_APPLICABLE', reason: '尚未启动' }, reported('3', '次')], '次')).toBe('3次');
    }
  });
  it('keep the digits as printed when one period spoke', () => {
    expect(value('SUM', [reported('26.10', '万人')], '万人')).toBe('26.10万人');
  });
  it('stop at a unit that measures something else', () => {
    expect(value('SUM', [reported('3', '次'), reported('3', '人次')], '次')).toBe('quantity.unit-mismatch');
  });
});

describe('laws', () => {
  const amount = fc.tuple(fc.nat(10_000_000), fc.nat(9999)).map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`);
  const quarter = fc.option(fc.tuple(amount, fc.constantFrom('元', '万元')), { nil: null });
  it('SUM is the decimal sum in base units, silent periods left out', () => {
    fc.assert(fc.property(fc.array(quarter, { minLength: 1, maxLength: 4 }), (periods) => {
      const spoken = periods.filter((one) => one !== null);
      fc.pre(spoken.length > 0);
      const { actual } = accumulateActuals('SUM', periods.map((one) => (one === null ? null : reported(one[0], one[1]))), '万元');
      const expected = addDecimal(...spoken.map(([magnitude, unit]) => toBaseMagnitude(magnitude, unit)));
      expect(actual.kind === 'REPORTED' && compareDecimal(toBaseMagnitude(actual.magnitude, actual.unit), expected)).toBe(0);
    }));
  });
  it('MAX and MIN are among the periods, and RATIO lies between its extremes', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 1000 })).map(([n, d]) => [Math.min(n, d), d] as const), { minLength: 2, maxLength: 4 }), (parts) => {
      const { actual, flags } = accumulateActuals('RATIO', parts.map(([n, d]) => reported('0', '%', String(n), String(d))), '%');
      expect(flags).toEqual([]);
      const rate = actual.kind === 'REPORTED' ? Number(actual.magnitude) : Number.NaN;
      const rates = parts.map(([n, d]) => (n / d) * 100);
      expect(rate).toBeGreaterThanOrEqual(Math.min(...rates) - 1e-6);
      expect(rate).toBeLessThanOrEqual(Math.max(...rates) + 1e-6);
    }));
  });
});
