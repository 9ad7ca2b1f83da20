import fc from 'fast-check';
import { sameValue } from '../actual/reconcile-pulled';
import type { Actual } from '../actual/actual';
import { fromScaled } from '../scaled';
import { theTable } from '../../testing';
import { type Accumulation, accumulateActuals, ACCUMULATIONS } from './accumulation';
import { quarterOfSpan, readMonthSpan } from './month-span';
import { ownOfYearToDate } from './own-of-year-to-date';

describe('the span a form prints', () => {
  it('is read in all its spellings', () => {
    expect(['1—7月', '1-6月份', '2024年1至9月', '1～3月', '上半年', '2024年前三季度', '第二季度', '4季度', 'Q3', '１－８月', '全年'].map(readMonthSpan)).toEqual([
      { from: 1, to: 7 }, { from: 1, to: 6 }, { from: 1, to: 9 }, { from: 1, to: 3 }, { from: 1, to: 6 }, { from: 1, to: 9 }, { from: 4, to: 6 }, { from: 10, to: 12 }, { from: 7, to: 9 }, { from: 1, to: 8 }, { from: 1, to: 12 },
    ]);
    expect(['', '7月', '9—3月', '1—13月', '第五季度', '某月'].map(readMonthSpan)).toEqual(Array(6).fill(null));
  });
  it('belongs to the quarter it ends in, whole or not; months in the middle belong to none', () => {
    expect(['1—6月', '1—7月', '第二季度', '4—6月', '第一季度', '4—5月', '2—6月'].map((text) => { const span = readMonthSpan(text); return span === null ? null : quarterOfSpan(span); })).toEqual([
      { ordinal: 2, isYearToDate: true, isWhole: true }, { ordinal: 3, isYearToDate: true, isWhole: false }, { ordinal: 2, isYearToDate: false, isWhole: true },
      { ordinal: 2, isYearToDate: false, isWhole: true }, { ordinal: 1, isYearToDate: true, isWhole: true }, null, null,
    ]);
  });
});

const row = (accumulation: Accumulation, unit: string, name = '内部审计次数') => {
  const [first] = theTable('KZ-A').indicators;
  if (first === undefined) throw new Error('the published table has rows');
  return { ...first, name, accumulation, target: { ...first.target, unit } };
};
const reported = (magnitude: string, unit: string, numerator?: string, denominator?: string): Actual => ({ kind: 'REPORTED', magnitude, unit, ...(numerator === undefined ? {} : { numerator }), ...(denominator === undefined ? {} : { denominator }) });
const own = (accumulation: Accumulation, unit: string, earlier: readonly (Actual | null)[], now: Actual): unknown => {
  const found = ownOfYearToDate(row(accumulation, unit), earlier, now);
  return found.ok ? found.value : found.refusal.code;
};

describe('what a quarter alone reached', () => {
  it('of occasions is what was added: five by June after two by March are three', () => {
    expect(own('SUM', '次', [reported('2', '次')], reported('5', '次'))).toEqual(reported('3', '次'));
    expect(own('SUM', '万元', [reported('12000', '元'), null], reported('3.00', '万元'))).toEqual(reported('1.8', '万元'));
    expect(own('SUM', '次', [null, { kind: 'NOT_REPORTED' }], reported('5', '次'))).toEqual(reported('5', '次'));
    expect(own('SUM', '次', [reported('2', '次')], reported('2', '次'))).toEqual(reported('0', '次'));
    expect(own('SUM', '次', [reported('2', '次')], reported('1', '次'))).toBe('actual.less-than-before');
  });
  it('of a stock is the stock, of the longest time only a longer one', () => {
    expect(own('LAST', '万人', [reported('25.9', '万人')], reported('26.05', '万人'))).toEqual(reported('26.05', '万人'));
    expect(own('MAX', '月', [reported('2', '月')], reported('3', '月'))).toEqual(reported('3', '月'));
    expect([own('MAX', '月', [reported('2', '月')], reported('2', '月')), own('MAX', '月', [reported('2', '月')], reported('1', '月')), own('MIN', '月', [reported('2', '月')], reported('3', '月'))])
      .toEqual(['actual.reached-before', 'actual.less-than-before', 'actual.less-than-before']);
  });
  it('of a rate are the parts that came to it, or the rate itself where parts are unknown', () => {
    expect(own('RATIO', '%', [reported('94', '%', '47', '50')], reported('95', '%', '57', '60'))).toEqual({ kind: 'REPORTED', magnitude: '100', unit: '%', numerator: '10', denominator: '10' });
    expect(own('RATIO', '%', [reported('94', '%', '47', '50')], reported('95', '%'))).toEqual(reported('95', '%'));
    expect(own('RATIO', '%', [reported('94', '%', '47', '50')], reported('90', '%', '9', '10'))).toBe('actual.less-than-before');
    expect(own('SURVEY', '%', [reported('90', '%', undefined, '100')], reported('88', '%', undefined, '300'))).toEqual(reported('88', '%'));
  });
  it('of words and dates is what was said', () => {
    expect(own('MANUAL', '次', [{ kind: 'UNFINISHED' }], { kind: 'DATED', date: '2024-06-20' })).toEqual({ kind: 'DATED', date: '2024-06-20' });
  });

  it('together with the earlier quarters makes the printed value again', () => {
    const numbers = fc.tuple(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 0, max: 2 })).map(([n, places]) => fromScaled(n, places));
    const parted = fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 90 })).map(([above, below]) => reported(String(above), '%', String(above), String(above + below)));
    const one = fc.oneof(numbers.map((n) => reported(n, '%')), parted, fc.constant(null), fc.constant<Actual>({ kind: 'NOT_REPORTED' }));
    fc.assert(fc.property(fc.constantFrom(...ACCUMULATIONS), fc.array(one, { maxLength: 3 }), fc.oneof(numbers.map((n) => reported(n, '%')), parted), (accumulation, earlier, last) => {
      const printed = accumulateActuals(accumulation, [...earlier, last], '%').actual;
      const found = ownOfYearToDate(row(accumulation, '%', '资金支付率'), earlier, printed);
      if (!found.ok) return;
      const again = accumulateActuals(accumulation, [...earlier, found.value], '%').actual;
      expect(again.kind === 'REPORTED' && sameValue(again, { ...(printed as Extract<Actual, { kind: 'REPORTED' }>), numerator: null, denominator: null }, row(accumulation, '%'))).toBe(true);
    }), { numRuns: 1500 });
  });
});
