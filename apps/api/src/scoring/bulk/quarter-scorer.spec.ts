import { createHash } from 'node:crypto';
import {
  type Actual, type ExecutionFigures, type Indicator, MOF_2020_10, MOF_2021_101, type OverCause, type RuleProfile, type ScoringRow, type TableToScore, accumulateLean, canonicalInputs, scoreTableLean,
} from '@jiheng/domain';
import fc from 'fast-check';
import { toActualColumns } from '../../monitoring/actual.mapper';
import { ACTUAL, INDICATOR } from './bulk-columns.query';
import { CopyRows } from './copy-bytes';
import { QuarterScorer } from './quarter-scorer';
import { NO_POINTS, OWED } from './row-scores';
import type { SliceHead } from './slice-heads.query';

// A quarter as PostgreSQL sends it, scored out of its bytes, beside the same quarter as objects of the domain.

const TABLE = '01900000-0000-7000-8000-000000000001';
const reportId = (ordinal: number): string => `01900000-0000-7000-8000-0000000001${String(ordinal).padStart(2, '0')}`;

/** A row of COPY text. */
function line(fields: readonly (string | null)[]): string {
  const written = fields.map((field) => (field === null ? '\\N' : field.replace(/[\\\t\n\r]/g, (one) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[one] ?? one)));
  return `${written.join('\t')}\n`;
}

function rowsOf(columns: number, lines: readonly string[]): CopyRows {
  const bytes = Buffer.from(lines.join(''));
  return new CopyRows(columns).index(bytes, bytes.length);
}

function indicatorLine({ key, level1, level2, name, target, direction, weight, scoringRule, accumulation, passThreshold }: Indicator): string {
  const isDate = target.kind === 'DATE';
  return line([TABLE, key, level1, level2, name, target.kind, target.comparator, isDate ? null : target.magnitude, target.magnitudeHigh, isDate ? target.magnitude : null, target.unit, scoringRule, direction,
    weight, passThreshold, target.text, accumulation, target.magnitude === null ? target.raw : '']);
}

function actualLine(ordinal: number, key: string, revision: number, actual: Actual): string {
  const { kind, magnitude, unitSymbol, numerator, denominator, grade, share, answer, deduction, reachedOn, reason } = toActualColumns(actual);
  return line([reportId(ordinal), key, String(revision), kind, magnitude, unitSymbol, numerator, denominator, grade, share, answer === null ? null : answer ? 't' : 'f', deduction, reachedOn, reason]);
}

const decimals = fc.oneof(
  fc.constantFrom('0', '0.00', '1', '26.10', '26.1', '-3', '-0.50', '100', '130', '0.0001', '98.5', '9999999999', '12345678901', '99999999999.9999', '0.00001', '1000000000000000000.01', '007.50'),
  fc.tuple(fc.integer({ min: -200, max: 20_000 }), fc.constantFrom('', '.5', '.25', '.50')).map(([whole, rest]) => `${whole}${rest}`),
);
const words = fc.constantFrom('参保人数', '名\t称\\', '每人"补助"标准', '1.10', '0.50', '换\n行', 'plain', '\u0001', '-1.0', '😀', '');
const units = fc.constantFrom('%', '万人', '人', '次', '万元', '工作日', null);
const maybe = <T>(some: fc.Arbitrary<T>, none = 0.3): fc.Arbitrary<T | null> => fc.option(some, { nil: null, freq: Math.round(1 / none) });

const indicators: fc.Arbitrary<Indicator> = fc.record({
  key: fc.constant('r'), level1: fc.constantFrom('产出指标', '成本指标', '满意度指标'), level2: fc.constantFrom('数量指标', '时效指标', '服务对象满意度指标'), name: words,
  target: fc.record({
    kind: fc.constantFrom('QUANT', 'QUANT', 'QUANT', 'QUANT', 'QUAL', 'DATE', 'BOOL'), comparator: fc.constantFrom('GE', 'GT', 'EQ', 'LE', 'LT', 'BETWEEN', 'NONE'),
    magnitude: maybe(decimals, 0.05), magnitudeHigh: maybe(decimals), unit: units, text: maybe(words), raw: fc.constant('原文'),
  }).map((target) => (target.kind === 'DATE' ? { ...target, magnitude: '2024-11-30' } : target.kind === 'QUAL' || target.kind === 'BOOL' ? { ...target, magnitude: null } : target)),
  direction: fc.constantFrom('POSITIVE', 'POSITIVE', 'NEGATIVE', 'POINT', null), weight: fc.constantFrom('10', '8.5', '8.50', '0.01', '40', '12.25'), basis: fc.constant(null), previousActual: fc.constant(null),
  scoringRule: fc.constantFrom('PROPORTIONAL', 'PROPORTIONAL', 'PROPORTIONAL', 'SATISFACTION', 'GRADE', 'DIRECT', null), evidence: fc.constant(null),
  accumulation: fc.constantFrom('SUM', 'LAST', 'RATIO', 'MAX', 'MANUAL'), passThreshold: fc.constantFrom(null, null, null, null, '0.6', '0.60'),
}) as fc.Arbitrary<Indicator>;

function actualsFor({ target }: Indicator): fc.Arbitrary<Actual> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('REPORTED' as const), magnitude: fc.oneof(decimals, fc.constant(target.kind === 'QUANT' ? (target.magnitude ?? '3') : '3')), unit: fc.constantFrom(target.unit, target.unit, target.unit, '元') }) },
    fc.record({ kind: fc.constant('REPORTED' as const), magnitude: fc.constant('95'), unit: fc.constant('%'), numerator: fc.constantFrom('95', '95.0', null), denominator: fc.constantFrom('100', null) }),
    fc.record({ kind: fc.constant('JUDGED' as const), grade: fc.constantFrom('A' as const, 'B' as const, 'C' as const), share: fc.constantFrom(null, '1', '0.95', '0.7', '0.70') }),
    fc.record({ kind: fc.constant('DATED' as const), date: fc.constantFrom('2024-11-30', '2024-12-01') }),
    fc.record({ kind: fc.constant('ANSWERED' as const), answer: fc.boolean() }),
    fc.constantFrom<Actual>({ kind: 'UNFINISHED' }, { kind: 'NOT_REPORTED' }, { kind: 'NOT_APPLICABLE', reason: '本年未\t开展' }),
  );
}

/** A row with a value, several revisions or nothing in each of the quarters. */
interface Told { readonly indicator: Indicator; readonly values: readonly (readonly Actual[])[]; readonly cause: OverCause | null }
const told = (quarters: number): fc.Arbitrary<Told> => indicators.chain((indicator) => fc.record({
  indicator: fc.constant(indicator), cause: fc.constantFrom<OverCause | null>(null, null, null, null, 'OTHER', 'TARGET_TOO_LOW'),
  values: fc.array(fc.array(actualsFor(indicator), { minLength: 0, maxLength: 2 }), { minLength: quarters, maxLength: quarters }),
}));
const documents = fc.constantFrom(1, 1, 2, 4).chain((quarters) => fc.record({ quarters: fc.constant(quarters), rows: fc.array(told(quarters), { minLength: 0, maxLength: 9 }) }));
const executions = fc.constantFrom<ExecutionFigures | null>(null, { initial: '8.00', adjusted: '10.5', executed: null }, { initial: null, adjusted: '8.10', executed: '3.33' });

const scorer = new QuarterScorer();

function outOfBytes(quarters: number, rows: readonly Told[], profile: RuleProfile, execution: ExecutionFigures | null, isOver: boolean): unknown {
  const reports = Array.from({ length: quarters }, (_, at) => ({ id: reportId(at + 1), ordinal: at + 1, revision: 0 }));
  const head: SliceHead = { documentId: reportId(quarters), tableId: TABLE, revision: 0, fiscalYear: 2024, profileId: profile.name, isOver, reports, mark: '', current: null };
  const actuals = rowsOf(ACTUAL.count, reports.flatMap(({ ordinal }) => rows.flatMap(({ values }, at) => (values[ordinal - 1] ?? []).map((actual, revision) => actualLine(ordinal, `r${at}`, revision + 1, actual)).reverse())));
  const spans = actuals.groups(ACTUAL.report);
  const digest = scorer.take({
    head, profile, execution, indicators: rowsOf(INDICATOR.count, rows.map(({ indicator }, at) => indicatorLine({ ...indicator, key: `r${at}` }))), table: [0, rows.length], actuals,
    values: reports.map(({ id }) => spans.get(id) ?? null), causes: new Map(rows.map(({ cause }, at) => [`r${at}`, cause])),
  });
  scorer.score();
  const { rows: scored } = scorer;
  const rate = (one: number | string | undefined): string | null => (typeof one === 'string' ? one : one === undefined || Number.isNaN(one) ? null : inHundredths(one));
  return {
    digest, closed: scorer.periodClosed, blocked: JSON.parse(`{${scored.blocked}}`) as unknown, revisions: reports.map((_, report) => rows.map((__, at) => scorer.revision(report, at))),
    rows: rows.map((_, at) => ({
      points: scored.points[at] === NO_POINTS ? null : scored.points[at], lost: scored.lost[at], flags: scored.flags[at], rate: rate(scored.rates[at]), deviation: rate(scored.deviations[at]),
    })),
  };
}

function inHundredths(value: number): string {
  const size = Math.abs(value);
  return `${value < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}

function outOfObjects(told: readonly Told[], profile: RuleProfile, execution: ExecutionFigures | null, isOver: boolean): unknown {
  const rows = told.map(({ indicator, values, cause }, at): ScoringRow => {
    const { actual, flags } = accumulateLean(indicator.accumulation, values.map((revisions) => revisions.at(-1) ?? null), indicator.target.unit);
    return { indicator: { ...indicator, key: `r${at}` }, actual, overCause: cause, accumulated: { flags, steps: [] } };
  });
  const context = { fiscalYear: 2024, periodClosed: isOver && rows.some(({ actual }) => actual.kind === 'NOT_REPORTED') };
  const table: TableToScore = { rows, execution, withExecution: false };
  const score = scoreTableLean(table, profile, context);
  return {
    digest: createHash('sha256').update(canonicalInputs(table, profile, context)).digest('hex'), closed: context.periodClosed,
    blocked: Object.fromEntries(score.rows.flatMap((row, at) => (row.blocked === null ? [] : [[String(at + 1), row.blocked]]))),
    revisions: Array.from({ length: told[0]?.values.length ?? 0 }, (_, quarter) => told.map(({ values }) => values[quarter]?.length ?? 0)),
    rows: score.rows.map(({ points, weight, flags, explanationOwed, attainmentRate, deviationRate }) => ({
      points, lost: weight - (points ?? 0), flags: flags | (explanationOwed ? OWED : 0), rate: attainmentRate, deviation: deviationRate,
    })),
  };
}

describe('a quarter out of the bytes of COPY', () => {
  it('has the digest, points, rates, flags and reasons of the same quarter out of objects', () => {
    fc.assert(fc.property(documents, fc.constantFrom(MOF_2020_10, MOF_2021_101), executions, fc.boolean(), ({ quarters, rows }, profile, execution, isOver) => {
      const bytes = outOfBytes(quarters, rows, profile, execution, isOver);
      expect(bytes).toEqual(rows.length === 0 ? { ...(outOfObjects(rows, profile, execution, isOver) as object), revisions: Array.from({ length: quarters }, () => []) } : outOfObjects(rows, profile, execution, isOver));
    }), { numRuns: 1500 });
  });
});
