import {
  type Actual, type DeviationExplanation, type ExecutionFigures, type Indicator, type OverCause, type ScoringRow, type TableToScore, accumulateLean, overCauseOf, takesJudgement,
} from '@jiheng/domain';
import type { Client } from 'pg';
import { type ActualRow, toActual } from '../../monitoring/actual.mapper';
import { toIndicator } from '../../target-table/target-table.mapper';
import type { ScoredKind } from '../scoring.public';
import { type CopyRow, copyOut } from './copy-text';
import { type SliceHead, given, idList } from './slice-heads.query';

/** One document with everything its points depend on. */
export interface SliceDocument {
  readonly head: SliceHead;
  readonly table: TableToScore;
  /** In the order of `table.rows`. */
  readonly indicatorIds: readonly string[];
  readonly periodClosed: boolean;
  /** Revisions of the values that went in, by report and row; what a stored score of a run remembers of its inputs. */
  readonly revisions: readonly (readonly [reportId: string, revisions: readonly number[]])[];
  readonly overCauses: readonly (OverCause | null)[];
  /** Revisions of the year's answers whose judgement went in; null for a quarter. */
  readonly answers: readonly number[] | null;
}

interface StoredActual { readonly revision: number; readonly actual: Actual }
interface StoredRow { readonly id: string; readonly indicator: Indicator }
interface YearAnswer { readonly revision: number; readonly judgement: Actual | null; readonly explanation: DeviationExplanation | null }

/** Reads the facts of a slice in five streams and puts the documents together. Everything of one slice is in memory, nothing of the next. */
export async function readFacts(client: Client, kind: ScoredKind, heads: readonly SliceHead[]): Promise<SliceDocument[]> {
  if (heads.length === 0) return [];
  const reportIds = heads.flatMap((head) => head.reports.map((report) => report.id));
  // Reasons stand in the document's own report; for the year the last quarter speaks where nothing was written for the year itself.
  const speaking = heads.flatMap((head) => head.reports.slice(-1).map((report) => report.id));
  const indicators = await readIndicators(client, heads.map((head) => head.tableId));
  const actuals = await readActuals(client, reportIds, yearsOf(heads));
  const causes = await readCauses(client, speaking);
  const money = await readMoney(client, kind === 'SELF_EVALUATION' ? reportIds : speaking, yearsOf(heads));
  const answers = kind === 'SELF_EVALUATION' ? await readAnswers(client, heads.map((head) => head.documentId)) : null;
  return heads.map((head) => together(kind, head, indicators.get(head.tableId) ?? [], actuals, causes, money, answers?.get(head.documentId) ?? null));
}

function together(
  kind: ScoredKind, head: SliceHead, stored: readonly StoredRow[], actuals: ReadonlyMap<string, ReadonlyMap<string, StoredActual>>, causes: ReadonlyMap<string, ReadonlyMap<string, OverCause | null>>,
  money: ReadonlyMap<string, ExecutionFigures>, answers: ReadonlyMap<string, YearAnswer> | null,
): SliceDocument {
  const isYear = kind === 'SELF_EVALUATION';
  const speaking = head.reports.at(-1);
  // A quarter counts its periods by their number; the year takes the reports there are.
  const count = isYear ? head.reports.length : (speaking?.ordinal ?? 0);
  const byPeriod = Array.from({ length: count }, (_, at) => (isYear ? head.reports[at] : head.reports.find((report) => report.ordinal === at + 1)));
  const values = byPeriod.map((report) => (report === undefined ? undefined : actuals.get(report.id)));
  const lastCauses = speaking === undefined ? undefined : causes.get(speaking.id);
  let isSilent = false;
  const overCauses: (OverCause | null)[] = [];
  const judged: number[] = [];
  const rows = stored.map(({ indicator }): ScoringRow => {
    const accumulated = accumulateLean(indicator.accumulation, values.map((one) => one?.get(indicator.key)?.actual ?? null), indicator.target.unit);
    const answer = answers?.get(indicator.key);
    const judgement = isYear && takesJudgement(indicator) ? (answer?.judgement ?? null) : null;
    if (isYear) judged.push(judgement === null ? 0 : (answer?.revision ?? 0));
    const actual = judgement ?? accumulated.actual;
    if (actual.kind === 'NOT_REPORTED') isSilent = true;
    const overCause = answer?.explanation == null ? (lastCauses?.get(indicator.key) ?? null) : overCauseOf(answer.explanation);
    overCauses.push(overCause);
    return { indicator, actual, overCause, accumulated: judgement === null ? { flags: accumulated.flags, steps: [] } : null };
  });
  return {
    head, indicatorIds: stored.map((row) => row.id), overCauses, answers: isYear ? judged : null,
    table: { rows, execution: moneyOf(kind, head, money), withExecution: isYear },
    // The day only matters to rows nobody spoke for; the year is never over by the calendar.
    periodClosed: !isYear && isSilent && head.isOver,
    revisions: head.reports.map((report) => [report.id, stored.map(({ indicator }) => actuals.get(report.id)?.get(indicator.key)?.revision ?? 0)] as const),
  };
}

/** A quarter's own money; the year's is that of its latest period that has any. */
function moneyOf(kind: ScoredKind, head: SliceHead, money: ReadonlyMap<string, ExecutionFigures>): ExecutionFigures | null {
  const reports = kind === 'SELF_EVALUATION' ? head.reports : head.reports.slice(-1);
  return reports.reduce<ExecutionFigures | null>((found, report) => money.get(report.id) ?? found, null);
}

async function readIndicators(client: Client, tableIds: readonly string[]): Promise<Map<string, StoredRow[]>> {
  const rows = await copyOut(client, `
    select table_id, id, indicator_key, level1, level2, name, target_kind, target_comparator, target_magnitude, target_magnitude_high, target_date, target_unit, target_text, target_raw,
      direction, weight, scoring_rule, accumulation, pass_threshold
    from indicator where table_id = any (${idList(tableIds)}) order by table_id, ordinal`);
  const byTable = new Map<string, StoredRow[]>();
  for (const row of rows) {
    const tableId = given(row[0]);
    const list = byTable.get(tableId);
    const made = { id: given(row[1]), indicator: indicatorOf(row) };
    if (list === undefined) byTable.set(tableId, [made]);
    else list.push(made);
  }
  return byTable;
}

function indicatorOf(row: CopyRow): Indicator {
  const [, , key, level1, level2, name, kind, comparator, magnitude, high, date, unit, text, raw, direction, weight, rule, accumulation, threshold] = row;
  return toIndicator({
    indicatorKey: given(key), level1: given(level1), level2: given(level2), name: given(name), targetKind: given(kind) as Indicator['target']['kind'], targetComparator: given(comparator) as Indicator['target']['comparator'],
    targetMagnitude: magnitude ?? null, targetMagnitudeHigh: high ?? null, targetDate: date ?? null, targetUnit: unit ?? null, targetText: text ?? null, targetRaw: given(raw),
    direction: (direction ?? null) as Indicator['direction'], weight: given(weight), basis: null, previousActual: null, scoringRule: (rule ?? null) as Indicator['scoringRule'], evidence: null,
    accumulation: given(accumulation) as Indicator['accumulation'], passThreshold: threshold ?? null,
  });
}

/** The years of a slice (in truth one), as a list of SQL: values and money lie by year. */
function yearsOf(heads: readonly SliceHead[]): string {
  return [...new Set(heads.map((head) => Math.trunc(head.fiscalYear)))].join(', ');
}

/** The present value of each row by report: of several revisions the highest. */
async function readActuals(client: Client, reportIds: readonly string[], years: string): Promise<Map<string, Map<string, StoredActual>>> {
  const rows = await copyOut(client, `
    select a.report_id, a.indicator_key, a.revision, a.kind, a.magnitude, a.unit_symbol, a.numerator, a.denominator, a.grade, a.share, a.answer, a.deduction, a.reached_on, a.reason
    from actual a where a.report_id = any (${idList(reportIds)}) and a.fiscal_year in (${years})`);
  const present = new Map<string, Map<string, StoredActual>>();
  for (const [report, key, revision, ...columns] of rows) {
    const reportId = given(report);
    let byKey = present.get(reportId);
    if (byKey === undefined) present.set(reportId, (byKey = new Map()));
    const known = byKey.get(given(key));
    if (known === undefined || known.revision < Number(revision)) byKey.set(given(key), { revision: Number(revision), actual: actualOf(columns) });
  }
  return present;
}

function actualOf([kind, magnitude, unit, numerator, denominator, grade, share, answer, deduction, reachedOn, reason]: CopyRow): Actual {
  // Most values are numbers: made here in one object.
  if (kind === 'REPORTED') {
    return numerator == null && denominator == null ? { kind, magnitude: given(magnitude), unit: unit ?? null } : { kind, magnitude: given(magnitude), unit: unit ?? null, numerator: numerator ?? null, denominator: denominator ?? null };
  }
  return toActual({
    kind: given(kind) as ActualRow['kind'], magnitude: null, unit_symbol: null, numerator: null, denominator: null, grade: (grade ?? null) as ActualRow['grade'], share: share ?? null, note: null,
    answer: answer == null ? null : answer === 't', deduction: deduction ?? null, reached_on: reachedOn ?? null, reason: reason ?? null,
  });
}

async function readCauses(client: Client, reportIds: readonly string[]): Promise<Map<string, Map<string, OverCause | null>>> {
  const rows = await copyOut(client, `
    select distinct on (report_id, indicator_key) report_id, indicator_key, array_to_string(causes, ',') from deviation_explanation where report_id = any (${idList(reportIds)})
    order by report_id, indicator_key, revision desc`);
  const causes = new Map<string, Map<string, OverCause | null>>();
  for (const [report, key, list] of rows) {
    const byKey = causes.get(given(report)) ?? new Map<string, OverCause | null>();
    byKey.set(given(key), overCauseOf({ causes: given(list).split(',').filter((one) => one !== '') as DeviationExplanation['causes'] }));
    causes.set(given(report), byKey);
  }
  return causes;
}

async function readMoney(client: Client, reportIds: readonly string[], years: string): Promise<Map<string, ExecutionFigures>> {
  const rows = await copyOut(client, `
    select distinct on (e.report_id) e.report_id, p.initial, p.adjusted, p.executed from budget_execution e left join budget_execution_part p on p.execution_id = e.id and p.fiscal_year = e.fiscal_year and p.part = 'TOTAL'
    where e.report_id = any (${idList(reportIds)}) and e.fiscal_year in (${years}) order by e.report_id, e.revision desc`);
  return new Map(rows.map(([report, initial, adjusted, executed]) => [given(report), { initial: initial ?? null, adjusted: adjusted ?? null, executed: executed ?? null }]));
}

async function readAnswers(client: Client, ids: readonly string[]): Promise<Map<string, Map<string, YearAnswer>>> {
  const rows = await copyOut(client, `
    select distinct on (self_evaluation_id, indicator_key) self_evaluation_id, indicator_key, revision, judgement, case when explanation_at is not null then explanation end
    from self_evaluation_answer where self_evaluation_id = any (${idList(ids)}) order by self_evaluation_id, indicator_key, revision desc`);
  const answers = new Map<string, Map<string, YearAnswer>>();
  for (const [id, key, revision, judgement, explanation] of rows) {
    const byKey = answers.get(given(id)) ?? new Map<string, YearAnswer>();
    byKey.set(given(key), { revision: Number(revision), judgement: judgement == null ? null : (JSON.parse(judgement) as Actual), explanation: explanation == null ? null : (JSON.parse(explanation) as DeviationExplanation) });
    answers.set(given(id), byKey);
  }
  return answers;
}
