import type { IndicatorScore, TableScore } from '../scoring/score';
import { MOF_2020_10 } from '../scoring/profiles/mof-2020-10';
import { adjustedTotal } from './adjusted-total';

const row = (key: string, points: string | null, weight: string, more: Partial<IndicatorScore> = {}): IndicatorScore =>
  ({ key, points, weight, attainmentRate: null, deviationRate: null, flags: [], trace: [], blocked: null, explanationOwed: false, ...more });
const score = (rows: IndicatorScore[], applicableWeight: string, executionPoints: string | null): TableScore => ({
  rows, applicableWeight, indicatorPoints: '0.00', total: null, rating: null, rescaled: false, trace: [], findings: [],
  execution: { rate: null, points: executionPoints, weight: '10.00', flags: [], trace: [], blocked: null, explanationOwed: false },
});

describe('the total after an adjustment by hand', () => {
  it('takes 84.19 + 10.00 = 94.19 of KZ-A down to 92.19 when two points are held back, and keeps 优', () => {
    const computed = score([row('KZ-A1', '5.00', '5.00'), row('rest', '79.19', '85.00')], '90.00', '10.00');
    expect(adjustedTotal(computed, new Map(), MOF_2020_10)).toEqual({ indicatorPoints: '84.19', total: '94.19', rating: '优' });
    expect(adjustedTotal(computed, new Map([['KZ-A1', '3']]), MOF_2020_10)).toEqual({ indicatorPoints: '82.19', total: '92.19', rating: '优' });
  });

  it('rescales as the computation does when a row does not apply (T3)', () => {
    const computed = score([row('a', null, '10.00', { flags: ['NOT_APPLICABLE'] }), row('b', '74.00', '80.00')], '80.00', '10.00');
    expect(adjustedTotal(computed, new Map(), MOF_2020_10).total).toBe('93.33');
  });

  it('stays open while a row has no points, and closes when somebody gives them by hand', () => {
    const computed = score([row('a', null, '10.00', { blocked: { code: 'scoring.not-reported', params: { name: 'a' } } }), row('b', '80.00', '80.00')], '90.00', '10.00');
    expect(adjustedTotal(computed, new Map(), MOF_2020_10).total).toBeNull();
    expect(adjustedTotal(computed, new Map([['a', '0']]), MOF_2020_10).total).toBe('90.00');
  });
});
