import { createHash } from 'node:crypto';
import {
  type Actual, type DeviationExplanation, type ExecutionFigures, type Indicator, MOF_2020_10, MOF_2021_101, type OverCause, type RuleProfile, type ScoringRow, type TableToScore, accumulateLean, canonicalInputs, overCauseOf, scoreTableLean, takesJudgement,
} from '@jiheng/domain';
import fc from 'fast-check';
import { toActualColumns } from '../../monitoring/actual.mapper';
import { ACTUAL, INDICATOR } from './bulk-columns.query';
import { BytesScorer } from './bytes-scorer';
import { CopyRows } from './copy-bytes';
import type { YearAnswer } from './facts-reader';
import { NO_POINTS, OWED } from './row-scores';
import type { SliceHead } from './slice-heads.query';
import { scoreMoney, sumsOf, totalOf } from './year-total';

// A quarter or a year as PostgreSQL sends it, scored out of its bytes, beside the same document as objects of the domain.

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
  accumulation: fc.constantFrom('SUM', 'LAST', 'RATIO', 'SURVEY', 'MAX', 'MIN', 'MANUAL'), passThreshold: fc.constantFrom(null, null, null, null, '0.6', '0.60'),
}) as fc.Arbitrary<Indicator>;

function actualsFor({ target }: Indicator): fc.Arbitrary<Actual> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('REPORTED' as const), magnitude: fc.oneof(decimals, fc.constant(target.kind === 'QUANT' ? (target.magnitude ?? '3') : '3')), unit: fc.constantFrom(target.unit, target.unit, target.unit, '元') }) },
    { weight: 2, arbitrary: fc.record({
      kind: fc.constant('REPORTED' as const), magnitude: fc.constantFrom('95', '90.5'), unit: fc.constantFrom('%', '%', target.unit), numerator: fc.constantFrom('95', '95.0', '0', '283.5', '99999999999', null),
      denominator: fc.constantFrom('100', '300', '7', '0', null),
    }) },
    fc.record({ kind: fc.constant('JUDGED' as const), grade: fc.constantFrom('A' as const, 'B' as const, 'C' as const), share: fc.constantFrom(null, '1', '0.95', '0.7', '0.70') }),
    fc.record({ kind: fc.constant('DATED' as const), date: fc.constantFrom('2024-11-30', '2024-12-01') }),
    fc.record({ kind: fc.constant('ANSWERED' as const), answer: fc.boolean() }),
    fc.constantFrom<Actual>({ kind: 'UNFINISHED' }, { kind: 'NOT_REPORTED' }, { kind: 'NOT_APPLICABLE', reason: '本年未\t开展' }),
  );
}

/** A row with a value, several revisions or nothing in each of the quarters, and what was written of it for the quarter and for the year. */
interface Told { readonly indicator: Indicator; readonly values: readonly (readonly Actual[])[]; readonly cause: OverCause | null; readonly answer: YearAnswer | null }
const explanation = (causes: DeviationExplanation['causes']): DeviationExplanation => ({ causes, sentence: '', measures: '', likelihood: null, forecast: null }) as unknown as DeviationExplanation;
const judgements = fc.constantFrom<Actual | null>(null, null, { kind: 'JUDGED', grade: 'A', share: '0.9' }, { kind: 'ANSWERED', answer: true }, { kind: 'DATED', date: '2024-12-01' }, { kind: 'REPORTED', magnitude: '26.10', unit: '%' });
const answers = fc.record({ revision: fc.integer({ min: 1, max: 3 }), judgement: judgements, explanation: fc.constantFrom(null, null, explanation([]), explanation(['TARGET_TOO_LOW'])) });
const told = (quarters: number): fc.Arbitrary<Told> => indicators.chain((indicator) => fc.record({
  indicator: fc.constant(indicator), cause: fc.constantFrom<OverCause | null>(null, null, null, null, 'OTHER', 'TARGET_TOO_LOW'), answer: maybe(answers, 0.7),
  // Mostly numbers in the row's unit, so that there is something to add up.
  values: fc.oneof(
    fc.array(fc.array(actualsFor(indicator), { minLength: 0, maxLength: 2 }), { minLength: quarters, maxLength: quarters }),
    fc.array(fc.array(fc.record({ kind: fc.constant('REPORTED' as const), magnitude: decimals, unit: fc.constant(indicator.target.unit) }), { minLength: 1, maxLength: 1 }), { minLength: quarters, maxLength: quarters }),
    fc.array(fc.array(fc.record({ kind: fc.constant('REPORTED' as const), magnitude: fc.constant('90'), unit: fc.constant('%'), numerator: fc.integer({ min: 0, max: 900 }).map(String), denominator: fc.integer({ min: 1, max: 900 }).map(String) }),
      { minLength: 1, maxLength: 1 }), { minLength: quarters, maxLength: quarters }),
  ),
}));
const documents = fc.constantFrom(1, 1, 2, 4).chain((quarters) => fc.record({ quarters: fc.constant(quarters), rows: fc.array(told(quarters), { minLength: 0, maxLength: 9 }) }));
/** Years are mostly such as can be scored: every row a number in its unit. */
const counted = fc.array(indicators, { minLength: 1, maxLength: 9 }).chain((list) => fc.tuple(...list.map((one): fc.Arbitrary<Told> => {
  const indicator: Indicator = { ...one, target: { ...one.target, kind: 'QUANT', comparator: 'GE', magnitude: '26.10', magnitudeHigh: null }, direction: 'POSITIVE', scoringRule: 'PROPORTIONAL' };
  return fc.record({
    indicator: fc.constant(indicator), cause: fc.constant(null), answer: fc.constant(null),
    values: fc.array(fc.array(fc.oneof({ weight: 9, arbitrary: fc.record({ kind: fc.constant('REPORTED' as const), magnitude: fc.integer({ min: 0, max: 3000 }).map((n) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`), unit: fc.constant(indicator.target.unit) }) },
      fc.constant<Actual>({ kind: 'NOT_APPLICABLE', reason: '未开展' })), { minLength: 1, maxLength: 1 }), { minLength: 4, maxLength: 4 }),
  });
}))).map((rows) => ({ quarters: 4, rows }));
const executions = fc.constantFrom<ExecutionFigures | null>(null, { initial: '8.00', adjusted: '10.5', executed: null }, { initial: null, adjusted: '8.10', executed: '3.33' },
  { initial: '8', adjusted: null, executed: '9.5' }, { initial: '0', adjusted: null, executed: '0.00' }, { initial: '0', adjusted: null, executed: '1' }, { initial: '12345678901234', adjusted: null, executed: '12345678901233' });

const scorer = new BytesScorer();

interface Way { readonly profile: RuleProfile; readonly execution: ExecutionFigures | null; readonly isOver: boolean; readonly isYear: boolean }
type Document = { readonly quarters: number; readonly rows: readonly Told[] };

function outOfBytes({ quarters, rows }: Document, { profile, execution, isOver, isYear }: Way): unknown {
  const reports = Array.from({ length: quarters }, (_, at) => ({ id: reportId(at + 1), ordinal: at + 1, revision: 0 }));
  const head: SliceHead = { documentId: reportId(quarters), tableId: TABLE, revision: 0, fiscalYear: 2024, profileId: profile.name, isOver, reports, mark: '', current: null };
  // In some reports the values stand in the order of the table, in others not.
  const inOrder = (ordinal: number, lines: string[]): string[] => (ordinal % 2 === 0 ? lines.reverse() : lines);
  const actuals = rowsOf(ACTUAL.count, reports.flatMap(({ ordinal }) => inOrder(ordinal, rows.flatMap(({ values }, at) => (values[ordinal - 1] ?? []).map((actual, revision) => actualLine(ordinal, `r${at}`, revision + 1, actual))))));
  const spans = actuals.groups(ACTUAL.report);
  const digest = scorer.take({
    head, isYear, profile, execution, indicators: rowsOf(INDICATOR.count, rows.map(({ indicator }, at) => indicatorLine({ ...indicator, key: `r${at}` }))), table: [0, rows.length], actuals,
    values: reports.map(({ id }) => spans.get(id) ?? null), causes: rows.some(({ cause }) => cause !== null) ? new Map(rows.map(({ cause }, at) => [`r${at}`, cause])) : undefined,
    answers: isYear && rows.some(({ answer }) => answer !== null) ? new Map(rows.flatMap(({ answer }, at) => (answer === null ? [] : [[`r${at}`, answer] as const]))) : undefined,
  });
  scorer.score();
  const { rows: scored } = scorer;
  const rate = (one: number | string | null | undefined): string | null => (typeof one === 'string' ? one : one == null || Number.isNaN(one) ? null : inHundredths(one));
  const money = isYear ? scoreMoney(execution, sumsOf(scored).weight, profile) : null;
  const total = isYear ? totalOf(scored, sumsOf(scored), money, profile) : null;
  return {
    digest, closed: scorer.periodClosed, blocked: JSON.parse(`{${scored.blocked}}`) as unknown, revisions: reports.map((_, report) => rows.map((__, at) => scorer.values.revision(report, at))),
    sums: [rate(sumsOf(scored).points), rate(sumsOf(scored).applicable)], overCauses: scorer.overCauses().overCauses ?? {}, answers: scorer.answers().answers ?? rows.map(() => 0),
    money: money === null ? null : [rate(money.rate), rate(money.points), rate(money.weight)], total: total === null ? null : { ...total, total: rate(total.total) },
    rows: rows.map((_, at) => ({
      points: scored.points[at] === NO_POINTS ? null : scored.points[at], lost: scored.lost[at], flags: scored.flags[at], rate: rate(scored.rates[at]), deviation: rate(scored.deviations[at]),
    })),
  };
}

function inHundredths(value: number): string {
  const size = Math.abs(value);
  return `${value < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}

function outOfObjects({ quarters, rows: told }: Document, { profile, execution, isOver, isYear }: Way): unknown {
  const judged: number[] = [];
  const rows = told.map(({ indicator, values, cause, answer }, at): ScoringRow => {
    const { actual, flags } = accumulateLean(indicator.accumulation, values.map((revisions) => revisions.at(-1) ?? null), indicator.target.unit);
    const judgement = isYear && takesJudgement(indicator) ? (answer?.judgement ?? null) : null;
    judged.push(judgement === null ? 0 : (answer?.revision ?? 0));
    const overCause = isYear && answer?.explanation != null ? overCauseOf(answer.explanation) : cause;
    return { indicator: { ...indicator, key: `r${at}` }, actual: judgement ?? actual, overCause, accumulated: judgement === null ? { flags, steps: [] } : null };
  });
  const context = { fiscalYear: 2024, periodClosed: !isYear && isOver && rows.some(({ actual }) => actual.kind === 'NOT_REPORTED') };
  const table: TableToScore = { rows, execution, withExecution: isYear };
  const score = scoreTableLean(table, profile, context);
  return {
    digest: createHash('sha256').update(canonicalInputs(table, profile, context)).digest('hex'), closed: context.periodClosed,
    blocked: Object.fromEntries(score.rows.flatMap((row, at) => (row.blocked === null ? [] : [[String(at + 1), row.blocked]]))),
    revisions: Array.from({ length: quarters }, (_, quarter) => told.map(({ values }) => values[quarter]?.length ?? 0)),
    sums: [score.indicatorPoints, score.applicableWeight], overCauses: Object.fromEntries(rows.flatMap(({ overCause }, at) => (overCause == null ? [] : [[at, overCause]]))), answers: judged,
    money: score.execution === null ? null : [score.execution.rate, score.execution.points, score.execution.weight],
    total: isYear ? { total: score.total, rating: score.rating, rescaled: score.rescaled } : null,
    rows: score.rows.map(({ points, weight, flags, explanationOwed, attainmentRate, deviationRate }) => ({
      points, lost: weight - (points ?? 0), flags: flags | (explanationOwed ? OWED : 0), rate: attainmentRate, deviation: deviationRate,
    })),
  };
}

const profiles = fc.constantFrom(MOF_2020_10, MOF_2021_101);

describe('a document out of the bytes of COPY', () => {
  it('is a quarter with the digest, points, rates, flags and reasons of the same quarter out of objects', () => {
    fc.assert(fc.property(documents, profiles, executions, fc.boolean(), (document, profile, execution, isOver) => {
      const way = { profile, execution, isOver, isYear: false };
      expect(outOfBytes(document, way)).toEqual(outOfObjects(document, way));
    }), { numRuns: 1000 });
  });

  it('is a year with the digest, points, judgements, money, total and rating of the same year out of objects', () => {
    fc.assert(fc.property(fc.oneof(documents, counted), profiles, executions, (document, profile, execution) => {
      const way = { profile, execution, isOver: true, isYear: true };
      expect(outOfBytes(document, way)).toEqual(outOfObjects(document, way));
    }), { numRuns: 1200 });
  });
});
