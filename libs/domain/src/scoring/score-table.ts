import { aFinding } from '../checks/findings';
import type { Finding } from '../checks/finding';
import { type DecimalText, addDecimal, compareDecimal, divideDecimal, multiplyDecimal, normalizeDecimal, roundHalfUp } from '../decimal';
import type { Refusal } from '../result';
import type { Indicator } from '../target-table/indicator';
import { totalWeight } from '../target-table/weight-scheme';
import type { FindingCode } from '../words/finding-words';
import { printQuotient, type TraceStep, traceStep } from './score-trace';
import { RATING_IN_ENGLISH, rateTotal } from './rating';
import type { RuleProfile } from './rule-profile';
import type { ExecutionFigures, ExecutionScore, IndicatorScore, ScoringContext, ScoringRow, TableScore } from './score';
import { scoreExecution } from './score-execution';
import { scoreIndicator } from './score-indicator';

/** What is scored: the rows of one table with the values of the year so far, and the money when the whole year is judged. */
export interface TableToScore {
  readonly rows: readonly ScoringRow[];
  readonly execution: ExecutionFigures | null;
  /** true: self-evaluation, out of 100 with the execution row. false: a monitoring report, out of its weights, without a rating. */
  readonly withExecution: boolean;
}

/** The finding that says what keeps a row from being scored. Closed: a refusal without an entry is told as a missing value. */
const FINDING_OF_REFUSAL: Readonly<Partial<Record<Refusal['code'], FindingCode>>> = {
  'scoring.not-reported': 'S-01',
  'scoring.grade-missing': 'S-01-grade',
  'scoring.grade-share-missing': 'S-01-share',
  'scoring.grade-share-outside-band': 'S-04-points',
  'scoring.number-needed': 'S-01-number',
  'scoring.date-needed': 'S-01-date',
  'scoring.answer-needed': 'S-01-answer',
  'scoring.target-missing': 'S-01-target',
  'scoring.unit-mismatch': 'Q-U1',
  'scoring.deduction-outside': 'S-02-deduction',
  'scoring.execution-missing': 'S-01-execution',
  'scoring.execution-without-budget': 'S-11-execution',
  'scoring.nothing-applicable': 'S-01-nothing',
  'scoring.no-rows': 'S-01-no-rows',
};

function findingOf(refusal: Refusal, row: number | null, name: string, share: string | null): Finding {
  const { params } = refusal;
  const found = params['unit'] ?? share ?? null;
  const expected = params['expected'] ?? (params['low'] === undefined ? null : `${params['low']}–${params['high'] ?? ''}`);
  return aFinding(FINDING_OF_REFUSAL[refusal.code] ?? 'S-01', 'ERROR', { name, ...params }, { row, expected, found });
}

function rowFindings(score: IndicatorScore, row: ScoringRow, at: number): Finding[] {
  const { name } = row.indicator;
  const share = row.actual.kind === 'JUDGED' ? row.actual.share : null;
  if (score.blocked !== null) return [findingOf(score.blocked, at, name, share)];
  if (score.flags.includes('NOT_REPORTED')) return [aFinding('S-01', 'WARN', { name }, { row: at })];
  if (score.flags.includes('BELOW_TARGET_FULL_SCORE') && row.actual.kind === 'REPORTED') {
    const { target } = row.indicator;
    return [aFinding('S-12', 'WARN', { name }, { row: at, expected: target.raw, found: row.actual.magnitude + (row.actual.unit ?? target.unit ?? '') })];
  }
  return [];
}

/** Whether a table has a row for budget execution: yes when its own rows leave room for it below the full 100 (decision 2). */
export function hasExecutionRow(indicators: readonly Pick<Indicator, 'weight'>[], profile: Pick<RuleProfile, 'targetWeightTotal' | 'executionWeight'>): boolean {
  const full = addDecimal(profile.targetWeightTotal, profile.executionWeight);
  return compareDecimal(profile.executionWeight, '0') > 0 && compareDecimal(totalWeight(indicators), full) < 0;
}

/**
 * 评分结果 of one table. Each row is rounded first and the total is the sum of the printed rows, so that the printed column adds up.
 * What does not apply is left out and the rest rescaled to 100; a row that cannot be scored leaves the total open and says why in a finding,
 * and so does a table without rows or with none that applies.
 */
export function scoreTable(table: TableToScore, profile: RuleProfile, context: ScoringContext): TableScore {
  const rows = table.rows.map((row) => scoreIndicator(row, profile, context));
  const owesExecution = hasExecutionRow(table.rows.map((row) => row.indicator), profile);
  const execution = table.withExecution && owesExecution ? scoreExecution(table.execution, profile) : null;
  const applicable = rows.filter((row) => !row.flags.includes('NOT_APPLICABLE'));
  const applicableWeight = roundHalfUp(addDecimal(...applicable.map((row) => row.weight)), 2);
  const scored = rows.flatMap((row) => (row.points === null ? [] : [row.points]));
  const indicatorPoints = roundHalfUp(addDecimal(...scored), 2);
  const findings = [
    ...rows.flatMap((score, at) => rowFindings(score, table.rows[at] as ScoringRow, at)),
    ...(execution?.blocked == null ? [] : [findingOf(execution.blocked, null, '预算执行率', null)]),
  ];
  const part = { rows, execution, indicatorPoints, applicableWeight };
  const sum = scored.length === 0 ? [] : [traceStep('rowsSum', { parts: scored.join(' + '), sum: indicatorPoints })];
  const open = (more: readonly Finding[]): TableScore =>
    ({ ...part, total: null, rating: null, rescaled: false, trace: sum, findings: [...findings, ...more] });

  // Money alone is no performance: with nothing to measure there is no total, and nothing to divide by.
  const nothing = applicable.length === 0 ? [findingOf({ code: rows.length === 0 ? 'scoring.no-rows' : 'scoring.nothing-applicable', params: {} }, null, '', null)] : [];
  if (nothing.length > 0 || rows.some((row) => row.blocked !== null) || execution?.blocked != null) return open(nothing);
  if (!table.withExecution) return { ...part, total: indicatorPoints, rating: null, rescaled: false, trace: sum, findings };
  return { ...part, findings, ...totalOfYear(rows, execution, profile) };
}

/**
 * The total of the year from points as they are printed: rows, plus execution, rescaled to 100 when something does not apply, never above
 * 100. Takes the computed points or, in their place, adjusted ones; every row that applies must have points.
 */
export function totalOfYear(
  rows: readonly Pick<IndicatorScore, 'points' | 'weight' | 'flags'>[], execution: Pick<ExecutionScore, 'points' | 'weight'> | null, profile: RuleProfile,
): { readonly total: DecimalText; readonly rating: NonNullable<TableScore['rating']>; readonly rescaled: boolean; readonly trace: readonly TraceStep[] } {
  const applicable = rows.filter((row) => !row.flags.includes('NOT_APPLICABLE'));
  const weight = addDecimal(...applicable.map((row) => row.weight));
  const parts = applicable.flatMap((row) => (row.points === null ? [] : [row.points]));
  const points = roundHalfUp(addDecimal(...parts), 2);
  const trace = parts.length === 0 ? [] : [traceStep('rowsSum', { parts: parts.join(' + '), sum: points })];
  const executionPoints = execution?.points ?? null;
  const earned = roundHalfUp(addDecimal(points, executionPoints ?? '0'), 2);
  if (executionPoints !== null) trace.push(traceStep('plusExecution', { execution: executionPoints, sum: points, total: earned }));

  const executionLeftOut = execution !== null && executionPoints === null;
  const rescaled = executionLeftOut || rows.some((row) => row.flags.includes('NOT_APPLICABLE'));
  let total = earned;
  if (rescaled) {
    const outOf = addDecimal(weight, executionPoints === null ? '0' : (execution?.weight ?? '0'));
    const dividend = multiplyDecimal(earned, '100');
    total = roundHalfUp(divideDecimal(dividend, outOf, 2), 2);
    const { exact } = printQuotient(dividend, outOf);
    trace.push(traceStep('rescaled', { earned, applicable: normalizeDecimal(outOf), equals: exact ? '=' : '≈', total }));
  }
  if (compareDecimal(total, '100') > 0) {
    total = '100.00';
    trace.push(traceStep('capped'));
  }
  const rating = rateTotal(total, profile);
  trace.push(traceStep('rated', { total, rating, ratingEn: RATING_IN_ENGLISH[rating] }));
  return { total, rating, rescaled, trace };
}
