import {
  type Actual, type Direction, type Grade, type Indicator, MOF_2020_10, type MonitoringLight, type OverCause, type ProgressProfile, type RuleProfile,
  type ScoringRow, type ScoringRule, type TableScore, type TraceStep, achievementGap, checkSum, divideDecimal, executionLightOf, findProfile,
  lightOf, plausibility, rateTotal, scoreExecution, scoreIndicator, scoreTable, worstLight,
} from '../src/index';
import { checkWeights } from '../src/checks/check-weights';
import { aTargetTable } from './a-target-table';
import { anIndicator } from './an-indicator';
import { theTable } from './the-six-tables';
import date from './vectors/date.json';
import direct from './vectors/direct.json';
import execution from './vectors/execution.json';
import grade from './vectors/grade.json';
import interval from './vectors/interval.json';
import lights from './vectors/lights.json';
import overCompletion from './vectors/over-completion.json';
import point from './vectors/point.json';
import proportional from './vectors/proportional.json';
import reverse from './vectors/reverse.json';
import satisfaction from './vectors/satisfaction.json';
import totals from './vectors/totals.json';
import workedExamples from './vectors/worked-examples.json';

/** The outcome of one numbered case. `expected` and `got` are equal when the law holds. */
export interface VectorOutcome {
  readonly id: string;
  readonly expected: string;
  readonly got: string;
}

/** Parameters that differ from the base profile, nested as in the profile. */
type Override = { readonly [key: string]: unknown };

interface Common {
  readonly id: string;
  readonly expected: string;
  /** Name of the shipped profile it starts from; MOF-2020-10 when absent. */
  readonly base?: string;
  readonly profile?: Override;
  /** Whether the expectation also says if an explanation is owed. */
  readonly owed?: boolean;
}

interface RowDraft {
  readonly weight: string;
  readonly target: string;
  readonly actual?: Actual;
  readonly direction?: Direction;
  readonly rule?: ScoringRule;
  readonly passThreshold?: string;
  /** Instead of `actual`: a grade and the points entered for it. */
  readonly grade?: Grade;
  readonly enteredPoints?: string | null;
}

type VectorCase = Common & (
  | (RowDraft & { readonly kind: 'row'; readonly overCause?: OverCause; readonly periodClosed?: boolean })
  | (RowDraft & { readonly kind: 'plausibility' })
  | (RowDraft & { readonly kind: 'light'; readonly months: number; readonly progress: ProgressProfile })
  | { readonly kind: 'execution'; readonly budget: string; readonly executed: string }
  | { readonly kind: 'executionLight'; readonly budget: string; readonly executed: string; readonly months: number }
  | { readonly kind: 'tableLight'; readonly lights: readonly MonitoringLight[] }
  | { readonly kind: 'gap'; readonly points: string; readonly executionPoints: string }
  | { readonly kind: 'money'; readonly total: string; readonly parts: readonly string[] }
  | { readonly kind: 'rating'; readonly total: string }
  | { readonly kind: 'weights'; readonly weights: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly RowDraft[]; readonly execution: readonly [string, string] | null; readonly withExecution?: boolean }
  | { readonly kind: 'seed'; readonly table: 'KZ-A' | 'MN-G'; readonly actuals: Readonly<Record<string, Actual>>; readonly execution: readonly [string, string] }
);

function merged(base: Override, over: Override): Override {
  const isGroup = (value: unknown): value is Override => value !== null && typeof value === 'object' && !Array.isArray(value);
  return Object.fromEntries(Object.keys({ ...base, ...over }).map((key) => {
    const [mine, other] = [base[key], over[key]];
    return [key, isGroup(mine) && isGroup(other) ? merged(mine, other) : key in over ? other : mine];
  }));
}

/** A shipped profile with some parameters changed, as a vector or a spec pins them. */
export function aProfile(override: Override = {}, base = MOF_2020_10.name): RuleProfile {
  const found = findProfile(base);
  if (!found.ok) throw new Error(`no profile ${base}`);
  return merged(found.value as unknown as Override, override) as unknown as RuleProfile;
}

function indicatorOf(draft: RowDraft): Indicator {
  return anIndicator({
    weight: draft.weight, target: draft.target, scoringRule: draft.rule ?? null, passThreshold: draft.passThreshold ?? null,
    ...(draft.direction === undefined ? {} : { direction: draft.direction }),
    ...(draft.rule === 'SATISFACTION' ? { level1: '满意度指标', level2: '服务对象满意度指标', name: '受益群众满意度' } : {}),
  });
}

function actualOf(draft: RowDraft): Actual {
  if (draft.grade === undefined) return draft.actual ?? { kind: 'NOT_REPORTED' };
  const entered = draft.enteredPoints ?? null;
  // The screen takes points and keeps their share of the weight; twelve places bring every cent back.
  return { kind: 'JUDGED', grade: draft.grade, share: entered === null ? null : divideDecimal(entered, draft.weight, 12) };
}

/** The row of a case as the law gets it. */
export function rowOfVector(draft: RowDraft): ScoringRow {
  return { indicator: indicatorOf(draft), actual: actualOf(draft) };
}

function owing(vector: Common, isOwed: boolean): string {
  return vector.owed === true ? `, ${isOwed ? 'explanation owed' : 'nothing owed'}` : '';
}

function tableText(score: TableScore): string {
  const money = score.execution?.points == null ? '' : ` + ${score.execution.points}`;
  return `${score.indicatorPoints}${money} = ${score.total ?? '—'} ${score.rating ?? '—'}${score.rescaled ? ' rescaled' : ''}`;
}

function figures([budget, executed]: readonly [string, string]): { initial: string; adjusted: string; executed: string } {
  return { initial: budget, adjusted: budget, executed };
}

function run(vector: VectorCase): string {
  const profile = aProfile(vector.profile, vector.base);
  const context = { fiscalYear: 2024, periodClosed: vector.kind === 'row' && vector.periodClosed === true };
  switch (vector.kind) {
    case 'row': {
      const score = scoreIndicator({ ...rowOfVector(vector), overCause: vector.overCause ?? null }, profile, context);
      const { blocked } = score;
      const band = blocked?.params['low'] === undefined ? '' : ` ${blocked.params['low']}–${blocked.params['high'] ?? ''}`;
      const said = blocked === null ? score.points : `blocked: ${blocked.code}${band}`;
      return [said, ...score.flags].join(' ') + owing(vector, score.explanationOwed);
    }
    case 'plausibility': return plausibility(actualOf(vector), indicatorOf(vector)).map((finding) => finding.code).join(' ');
    case 'light': {
      const { light, value } = lightOf(indicatorOf(vector), actualOf(vector), { fiscalYear: 2024, months: vector.months, progress: vector.progress });
      return value === null ? light : `${value} ${light}`;
    }
    case 'execution': {
      const score = scoreExecution(figures([vector.budget, vector.executed]), profile);
      if (score.blocked !== null) return `blocked: ${score.blocked.code}`;
      if (score.points === null) return 'not applicable';
      return [score.rate === null ? 'n/a' : `${score.rate}%`, score.points, ...score.flags].join(' ') + owing(vector, score.explanationOwed);
    }
    case 'executionLight': {
      const { light, value } = executionLightOf(vector.budget, vector.executed, vector.months);
      return `${value ?? '—'} ${light}`;
    }
    case 'tableLight': return worstLight(vector.lights);
    case 'gap': {
      const { gap, isGapWide } = achievementGap(vector.points, '90', vector.executionPoints, '10');
      return `${gap ?? '—'}% ${isGapWide ? 'wide' : 'ok'}`;
    }
    case 'money': return checkSum(vector.parts, vector.total).outcome;
    case 'rating': return rateTotal(vector.total, profile);
    case 'weights': {
      const indicators = vector.weights.map((weight, at) => anIndicator({ key: `r${at}`, weight }));
      const errors = checkWeights(aTargetTable({ indicators }), profile).filter((finding) => finding.code === 'Q-W1' && finding.severity === 'ERROR');
      return errors[0]?.code ?? 'accepted';
    }
    case 'table': {
      const table = { rows: vector.rows.map(rowOfVector), execution: vector.execution === null ? null : figures(vector.execution), withExecution: vector.withExecution ?? true };
      return tableText(scoreTable(table, profile, context));
    }
    case 'seed': {
      const rows = theTable(vector.table).indicators.map((indicator) => ({ indicator, actual: vector.actuals[indicator.key] ?? ({ kind: 'NOT_REPORTED' } as const) }));
      const score = scoreTable({ rows, execution: figures(vector.execution), withExecution: true }, profile, context);
      return `${score.rows.map((row) => row.points ?? '—').join(' ')} | ${tableText(score)}`;
    }
  }
}

/** The derivation of a case of one row or of budget execution; empty for the other kinds. Pages print it beside the case. */
export function traceOfVector(vector: VectorCase): readonly TraceStep[] {
  const profile = aProfile(vector.profile, vector.base);
  if (vector.kind === 'execution') return scoreExecution(figures([vector.budget, vector.executed]), profile).trace;
  if (vector.kind !== 'row') return [];
  return scoreIndicator({ ...rowOfVector(vector), overCause: vector.overCause ?? null }, profile, { fiscalYear: 2024, periodClosed: vector.periodClosed === true }).trace;
}

/** The files of cases, with their titles. */
export const vectorFiles: readonly { readonly title: string; readonly cases: readonly VectorCase[] }[] = [
  proportional, reverse, point, interval, date, direct, grade, satisfaction, execution, overCompletion, totals, workedExamples, lights,
].map((file) => file as unknown as { title: string; cases: VectorCase[] });

/** Runs every numbered case of the field's scoring law. Plain TypeScript: it works in Node and in a browser alike. */
export function runVectors(): readonly VectorOutcome[] {
  return vectorFiles.flatMap((file) => file.cases.map((vector) => ({ id: vector.id, expected: vector.expected, got: run(vector) })));
}

/** The cases whose outcome is not the expected one; empty when the law holds. */
export function brokenVectors(): readonly VectorOutcome[] {
  return runVectors().filter((outcome) => outcome.got !== outcome.expected);
}
