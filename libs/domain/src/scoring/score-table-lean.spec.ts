import fc from 'fast-check';
import { aProfile, theTable } from '../../testing/index';
import type { Actual } from '../actual/actual';
import { fromScaled } from '../scaled';
import type { Indicator } from '../target-table/indicator';
import { inputsBeforeTable, inputsOfTable } from './inputs-text';
import { MOF_2020_10 } from './profiles/mof-2020-10';
import { MOF_2021_101 } from './profiles/mof-2021-101';
import type { RuleProfile } from './rule-profile';
import type { ScoringContext, ScoringRow } from './score';
import { scoreTable, type TableToScore } from './score-table';
import { leanFlagsOf } from './lean-flags';
import { type LeanScore, scoreTableLean } from './score-table-lean';
import { canonicalInputs } from './scoring-inputs';

/** A lean score in the words of the full one. */
function inWords(lean: LeanScore): unknown {
  return {
    ...lean, execution: lean.execution === null ? null : { rate: lean.execution.rate, points: lean.execution.points, weight: lean.execution.weight },
    rows: lean.rows.map(({ points, weight, flags, ...row }) => ({ ...row, points: points === null ? null : fromScaled(points, 2), weight: fromScaled(weight, 2), flags: leanFlagsOf(flags) })),
  };
}

function fully(table: TableToScore, profile: RuleProfile, context: ScoringContext): unknown {
  const { rows, execution, indicatorPoints, applicableWeight, total, rating, rescaled } = scoreTable(table, profile, context);
  return {
    indicatorPoints, applicableWeight, total, rating, rescaled, execution: execution === null ? null : { rate: execution.rate, points: execution.points, weight: execution.weight },
    rows: rows.map(({ points, weight, attainmentRate, deviationRate, flags, explanationOwed, blocked }) => ({ points, weight, attainmentRate, deviationRate, flags, explanationOwed, blocked })),
  };
}

const numbers = fc.oneof(
  fc.constantFrom('0', '0.00', '1', '26.10', '26.1', '-3', '-0.5', '100', '130', '0.0001', '98.5', '12345678901', '99999999999.9999', '123456789012', '0.00001', '1000000000000000000.01'),
  fc.tuple(fc.integer({ min: -200, max: 20_000 }), fc.integer({ min: 0, max: 4 })).map(([n, places]) => fromScaled(n, places)),
);
const units = fc.constantFrom('%', '万人', '人', '次', '万元', '元', '月', '天', '工作日', '‰', '闻所未闻', null);
const maybe = <T>(some: fc.Arbitrary<T>, none = 0.3): fc.Arbitrary<T | null> => fc.option(some, { nil: null, freq: Math.round(1 / none) });

const indicators: fc.Arbitrary<Indicator> = fc.record({
  key: fc.constantFrom('r1', 'r2', '甲"1"'), level1: fc.constantFrom('产出指标', '成本指标', '满意度指标'), level2: fc.constantFrom('数量指标', '时效指标', '服务对象满意度指标'),
  name: fc.constantFrom('参保人数', '群众满意度', '办理时限', '名\t称\\', '每人补助标准', '1.10'),
  target: fc.record({
    kind: fc.constantFrom('QUANT', 'QUANT', 'QUANT', 'QUANT', 'QUAL', 'DATE', 'BOOL'), comparator: fc.constantFrom('GE', 'GT', 'EQ', 'LE', 'LT', 'BETWEEN', 'NONE'),
    magnitude: maybe(numbers, 0.05), magnitudeHigh: maybe(numbers), unit: units, text: maybe(fc.constantFrom('效果明显', '显著 提升')), raw: fc.constant('原文'),
  }).map((target) => (target.kind === 'DATE' ? { ...target, magnitude: '2024-11-30' } : target.kind === 'QUAL' || target.kind === 'BOOL' ? { ...target, magnitude: null } : target)),
  direction: fc.constantFrom('POSITIVE', 'NEGATIVE', 'POINT', null), weight: fc.integer({ min: 1, max: 4000 }).map((n) => fromScaled(n, 2)), basis: fc.constant(null), previousActual: fc.constant(null),
  scoringRule: fc.constantFrom('PROPORTIONAL', 'PROPORTIONAL', 'SATISFACTION', 'GRADE', 'DIRECT', null), evidence: fc.constant(null),
  accumulation: fc.constantFrom('SUM', 'LAST', 'RATIO'), passThreshold: fc.constantFrom(null, null, null, '0.6', '0.60'),
}) as fc.Arbitrary<Indicator>;

const actuals: fc.Arbitrary<Actual> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('REPORTED' as const), magnitude: numbers, unit: units }) },
  fc.record({ kind: fc.constant('JUDGED' as const), grade: fc.constantFrom('A' as const, 'B' as const, 'C' as const), share: fc.constantFrom(null, '1', '0.95', '0.7', '0.70', '0.8', '0.1') }),
  fc.record({ kind: fc.constant('DATED' as const), date: fc.constantFrom('2024-11-30', '2024-12-01', '2024-10') }),
  fc.record({ kind: fc.constant('ANSWERED' as const), answer: fc.boolean() }),
  fc.record({ kind: fc.constant('ANSWERED' as const), answer: fc.boolean(), deduction: fc.constantFrom(null, '0.5', '1', '100') }),
  fc.constantFrom<Actual>({ kind: 'UNFINISHED' }, { kind: 'NOT_REPORTED' }, { kind: 'NOT_APPLICABLE', reason: '本年未开展' }),
);

const rows: fc.Arbitrary<ScoringRow> = fc.record({
  indicator: indicators, actual: actuals, overCause: fc.constantFrom(null, null, 'OTHER' as const, 'TARGET_TOO_LOW' as const),
  accumulated: fc.constantFrom<NonNullable<ScoringRow['accumulated']>>({ flags: [], steps: [] }, { flags: ['RATIO_WITHOUT_PARTS'], steps: [] }),
}, { requiredKeys: ['indicator', 'actual', 'accumulated'] }).chain((row): fc.Arbitrary<ScoringRow> => {
  // Most values are in the unit of their target and near it, so that points lie between nothing and all.
  const { target } = row.indicator;
  if (row.actual.kind !== 'REPORTED') return fc.constant(row);
  return fc.constantFrom(row, { ...row, actual: { ...row.actual, unit: target.unit } }, { ...row, actual: { ...row.actual, unit: target.unit, magnitude: target.magnitude ?? row.actual.magnitude } });
});

const tables: fc.Arbitrary<TableToScore> = fc.record({
  rows: fc.array(rows, { minLength: 0, maxLength: 12 }), withExecution: fc.boolean(),
  execution: maybe(fc.record({ initial: maybe(fc.constantFrom('8.00', '0')), adjusted: maybe(fc.constantFrom('8.00', '10.5', '0')), executed: maybe(fc.constantFrom('8.00', '3.33', '12', '0')) })),
});
const contexts = fc.record({ fiscalYear: fc.constant(2024), periodClosed: fc.boolean() });
const profiles = fc.constantFrom(MOF_2020_10, MOF_2021_101, aProfile({ explanations: { ...MOF_2020_10.explanations, belowWeight: !MOF_2020_10.explanations.belowWeight } }));

describe('the lean score of a region run', () => {
  it('is the full score without its words, for whatever stands in a table', () => {
    fc.assert(fc.property(tables, profiles, contexts, (table, profile, context) => {
      expect(inWords(scoreTableLean(table, profile, context))).toEqual(fully(table, profile, context));
    }), { numRuns: 3000 });
  });

  it.each(['KZ-U', 'KZ-A', 'KZ-L', 'MN-U', 'MN-G', 'MN-B'] as const)('of %s on target, a tenth below and a third above is that of the long way', (name) => {
    for (const percent of ['100', '90', '133']) {
      const list = theTable(name).indicators.map((indicator): ScoringRow => ({
        indicator,
        actual: indicator.target.kind === 'QUANT' && indicator.target.magnitude !== null
          ? { kind: 'REPORTED', magnitude: fromScaled(BigInt(indicator.target.magnitude.replace('.', '')) * BigInt(percent), (indicator.target.magnitude.split('.')[1] ?? '').length + 2), unit: indicator.target.unit }
          : { kind: 'JUDGED', grade: 'A', share: null },
      }));
      const table = { rows: list, execution: { initial: '8.00', adjusted: '8.00', executed: '7.2' }, withExecution: true };
      for (const context of [{ fiscalYear: 2024, periodClosed: false }, { fiscalYear: 2024, periodClosed: true }]) {
        expect(inWords(scoreTableLean(table, MOF_2020_10, context))).toEqual(fully(table, MOF_2020_10, context));
      }
    }
  });

  it('is kept under the digest of the same text as a single score', () => {
    fc.assert(fc.property(tables, profiles, contexts, (table, profile, context) => {
      expect(inputsBeforeTable(profile, context) + inputsOfTable(table)).toBe(canonicalInputs(table, profile, context));
    }), { numRuns: 1000 });
  });
});
