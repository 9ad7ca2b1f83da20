import fc from 'fast-check';
import type { Actual } from '../actual/actual';
import { fromScaled } from '../scaled';
import { accumulateLean } from './accumulate-lean';
import { ACCUMULATIONS, accumulateActuals } from './accumulation';

const numbers = fc.oneof(
  fc.constantFrom('0', '0.00', '-1.5', '26.10', '9999999999.9999', '12345678901', '0.00001'),
  fc.tuple(fc.integer({ min: -50, max: 100_000 }), fc.integer({ min: 0, max: 4 })).map(([n, places]) => fromScaled(n, places)),
);
const units = fc.constantFrom('%', '%', '%', '万人', '人', '‰', '次', null);
const parts = fc.oneof(fc.constant({}), fc.record({ numerator: fc.option(numbers, { nil: null }), denominator: fc.option(numbers, { nil: null }) }), fc.record({ numerator: numbers, denominator: numbers }));
const actuals: fc.Arbitrary<Actual | null> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(numbers, units, parts).map(([magnitude, unit, more]) => ({ kind: 'REPORTED' as const, magnitude, unit, ...more })) },
  fc.constantFrom<Actual | null>(null, { kind: 'NOT_REPORTED' }, { kind: 'UNFINISHED' }, { kind: 'NOT_APPLICABLE', reason: '未开展' }, { kind: 'JUDGED', grade: 'A', share: '1' }),
);

describe('the lean value of the year so far', () => {
  it('is the full one without its derivation', () => {
    fc.assert(fc.property(fc.constantFrom(...ACCUMULATIONS), fc.array(actuals, { maxLength: 4 }), units, fc.boolean(), (accumulation, list, unit, same) => {
      // Most periods speak in the unit of the row.
      const spoken = same ? list.map((one) => (one?.kind === 'REPORTED' ? { ...one, unit } : one)) : list;
      const { actual, flags } = accumulateActuals(accumulation, spoken, unit);
      expect(accumulateLean(accumulation, spoken, unit)).toEqual({ actual, flags });
    }), { numRuns: 4000 });
  });

  it('adds the four quarters of 万人 to the shortest text, and divides the sums of a rate', () => {
    const quarter = (magnitude: string): Actual => ({ kind: 'REPORTED', magnitude, unit: '万人' });
    expect(accumulateLean('SUM', [quarter('6.50'), quarter('6.60'), quarter('6.5'), quarter('6.50')], '万人').actual).toEqual({ kind: 'REPORTED', magnitude: '26.1', unit: '万人' });
    const rate = (numerator: string, denominator: string): Actual => ({ kind: 'REPORTED', magnitude: '95', unit: '%', numerator, denominator });
    expect(accumulateLean('RATIO', [rate('95', '100'), rate('290', '300')], '%').actual).toEqual({ kind: 'REPORTED', magnitude: '96.25', unit: '%', numerator: '385', denominator: '400' });
  });
});
