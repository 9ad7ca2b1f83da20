import {
  type Actual, type DeviationExplanation, type ExecutionFigures, type Indicator, type OverCause, type ScoringContext, type ScoringRow, type TableToScore, accumulateActuals, overCauseOf, takesJudgement,
} from '@jiheng/domain';
import { ACTUAL_COLUMNS, type ActualRow, toActual } from '../monitoring/actual.mapper';
import type { Db } from '../platform/database/tx';
import { type IndicatorColumns, toIndicator } from '../target-table/target-table.mapper';
import type { ScoredKind } from './scoring.public';

/** A document that nobody signed, with everything its points depend on. */
export interface DocumentWithInputs {
  readonly id: string;
  /** The profile assigned to its unit and year; null where none reaches it. */
  readonly assignedProfileId: string | null;
  readonly table: TableToScore;
  readonly context: ScoringContext;
}

interface HeadRow { readonly id: string; readonly tableId: string; readonly fiscalYear: number; readonly profileId: string | null; readonly isOver: boolean; readonly reports: readonly { readonly id: string; readonly ordinal: number }[] | null }
interface Facts {
  readonly indicators: ReadonlyMap<string, readonly Indicator[]>;
  /** Report → key of a row → its present value. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, Actual>>;
  readonly causes: ReadonlyMap<string, ReadonlyMap<string, OverCause | null>>;
  readonly money: ReadonlyMap<string, ExecutionFigures>;
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, Answer>>;
}
interface Answer { readonly judgement: Actual | null; readonly explanation: DeviationExplanation | null }

// $1 the documents, $2 today.
const HEADS: Readonly<Record<ScoredKind, string>> = {
  MONITORING_REPORT: `
    select r.id, r.table_id as "tableId", p.fiscal_year as "fiscalYear", rule_profile_in_force(u.path, p.fiscal_year) as "profileId",
      $2::date > greatest(p.due_on, (select x.until from report_extension x where x.report_id = r.id order by x.id desc limit 1)) as "isOver",
      (select json_agg(json_build_object('id', m.id, 'ordinal', o.ordinal) order by o.ordinal) from monitoring_report m join reporting_period o on o.id = m.period_id where m.lineage_id = r.lineage_id and o.ordinal <= p.ordinal) as reports
    from monitoring_report r join reporting_period p on p.id = r.period_id join performance_target_table t on t.id = r.table_id join budget_unit u on u.id = t.unit_id where r.id = any($1)`,
  SELF_EVALUATION: `
    select r.id, r.table_id as "tableId", t.fiscal_year as "fiscalYear", rule_profile_in_force(u.path, t.fiscal_year) as "profileId", $2::date is null as "isOver",
      (select json_agg(json_build_object('id', m.id, 'ordinal', o.ordinal) order by o.ordinal) from monitoring_report m join reporting_period o on o.id = m.period_id where m.lineage_id = r.lineage_id) as reports
    from self_evaluation r join performance_target_table t on t.id = r.table_id join budget_unit u on u.id = t.unit_id where r.id = any($1)`,
};

/**
 * Reads the inputs of many documents in six statements, as they stand in the transaction it is given; the same inputs as those of a document
 * that is scored alone (a spec holds the two equal). One that is gone by now is not answered.
 */
export async function readDocumentsWithInputs(db: Db, kind: ScoredKind, ids: readonly string[], today: string): Promise<DocumentWithInputs[]> {
  if (ids.length === 0) return [];
  const heads: HeadRow[] = await db.manager.query(HEADS[kind], [ids, today]);
  const reportIds = heads.flatMap((head) => (head.reports ?? []).map((report) => report.id));
  // Reasons stand in the document's own report; for the year the last quarter speaks where nothing was written for the year itself.
  const speaking = heads.flatMap((head) => (head.reports ?? []).slice(-1).map((report) => report.id));
  const facts: Facts = {
    indicators: await readIndicators(db, heads.map((head) => head.tableId)), values: await readValues(db, reportIds), causes: await readCauses(db, speaking),
    money: await readMoney(db, kind === 'SELF_EVALUATION' ? reportIds : speaking), answers: kind === 'SELF_EVALUATION' ? await readAnswers(db, ids) : new Map(),
  };
  return heads.map((head) => together(kind, head, facts));
}

function together(kind: ScoredKind, head: HeadRow, facts: Facts): DocumentWithInputs {
  const isYear = kind === 'SELF_EVALUATION';
  const reports = head.reports ?? [];
  const last = reports.at(-1);
  // A quarter counts its periods by their number; the year takes the reports there are.
  const byPeriod = isYear ? reports : Array.from({ length: last?.ordinal ?? 0 }, (_, at) => reports.find((report) => report.ordinal === at + 1));
  const causes = facts.causes.get(last?.id ?? '');
  const answers = facts.answers.get(head.id);
  const rows = (facts.indicators.get(head.tableId) ?? []).map((indicator): ScoringRow => {
    const accumulated = accumulateActuals(indicator.accumulation, byPeriod.map((report) => facts.values.get(report?.id ?? '')?.get(indicator.key) ?? null), indicator.target.unit);
    const answer = answers?.get(indicator.key);
    const judgement = isYear && takesJudgement(indicator) ? (answer?.judgement ?? null) : null;
    return {
      indicator, actual: judgement ?? accumulated.actual, overCause: answer?.explanation == null ? (causes?.get(indicator.key) ?? null) : overCauseOf(answer.explanation),
      accumulated: judgement === null ? { flags: accumulated.flags, steps: accumulated.steps } : null,
    };
  });
  // A quarter's own money; the year's is that of its latest period that has any.
  const execution = (isYear ? reports : reports.slice(-1)).reduce<ExecutionFigures | null>((found, report) => facts.money.get(report.id) ?? found, null);
  return {
    id: head.id, assignedProfileId: head.profileId, table: { rows, execution, withExecution: isYear },
    // The day only matters to rows nobody spoke for; the year is never over by the calendar.
    context: { fiscalYear: head.fiscalYear, periodClosed: !isYear && head.isOver && rows.some((row) => row.actual.kind === 'NOT_REPORTED') },
  };
}

async function readIndicators(db: Db, tableIds: readonly string[]): Promise<Map<string, Indicator[]>> {
  const rows: (IndicatorColumns & { tableId: string })[] = await db.manager.query(`
    select table_id as "tableId", indicator_key as "indicatorKey", level1, level2, name, target_kind as "targetKind", target_comparator as "targetComparator", target_magnitude as "targetMagnitude",
      target_magnitude_high as "targetMagnitudeHigh", target_date as "targetDate", target_unit as "targetUnit", target_text as "targetText", target_raw as "targetRaw", direction, weight, basis,
      previous_actual as "previousActual", scoring_rule as "scoringRule", evidence, accumulation, pass_threshold as "passThreshold"
    from indicator where table_id = any($1) order by table_id, ordinal`, [tableIds]);
  return grouped(rows, (row) => row.tableId, toIndicator);
}

async function readValues(db: Db, reportIds: readonly string[]): Promise<Map<string, Map<string, Actual>>> {
  const rows: (ActualRow & Keyed)[] = await db.manager.query(`
    select distinct on (a.report_id, a.indicator_key) a.report_id as "of", a.indicator_key as key, ${ACTUAL_COLUMNS} from actual a where a.report_id = any($1) order by a.report_id, a.indicator_key, a.revision desc`, [reportIds]);
  return keyed(rows, toActual);
}

async function readCauses(db: Db, reportIds: readonly string[]): Promise<Map<string, Map<string, OverCause | null>>> {
  const rows: (Keyed & { causes: DeviationExplanation['causes'] })[] = await db.manager.query(`
    select distinct on (report_id, indicator_key) report_id as "of", indicator_key as key, causes from deviation_explanation where report_id = any($1) order by report_id, indicator_key, revision desc`, [reportIds]);
  return keyed(rows, ({ causes }) => overCauseOf({ causes }));
}

async function readMoney(db: Db, reportIds: readonly string[]): Promise<Map<string, ExecutionFigures>> {
  const rows: (ExecutionFigures & { reportId: string })[] = await db.manager.query(`
    select distinct on (e.report_id) e.report_id as "reportId", p.initial, p.adjusted, p.executed from budget_execution e left join budget_execution_part p on p.execution_id = e.id and p.part = 'TOTAL'
    where e.report_id = any($1) order by e.report_id, e.revision desc`, [reportIds]);
  return new Map(rows.map(({ reportId, initial, adjusted, executed }) => [reportId, { initial, adjusted, executed }]));
}

async function readAnswers(db: Db, ids: readonly string[]): Promise<Map<string, Map<string, Answer>>> {
  const rows: (Keyed & Answer)[] = await db.manager.query(`
    select distinct on (self_evaluation_id, indicator_key) self_evaluation_id as "of", indicator_key as key, judgement, case when explanation_at is not null then explanation end as explanation
    from self_evaluation_answer where self_evaluation_id = any($1) order by self_evaluation_id, indicator_key, revision desc`, [ids]);
  return keyed(rows, ({ judgement, explanation }) => ({ judgement, explanation }));
}

interface Keyed { readonly of: string; readonly key: string }

function keyed<Row extends Keyed, T>(rows: readonly Row[], value: (row: Row) => T): Map<string, Map<string, T>> {
  const all = new Map<string, Map<string, T>>();
  for (const row of rows) {
    const one = all.get(row.of) ?? new Map<string, T>();
    one.set(row.key, value(row));
    all.set(row.of, one);
  }
  return all;
}

function grouped<Row, T>(rows: readonly Row[], of: (row: Row) => string, value: (row: Row) => T): Map<string, T[]> {
  const all = new Map<string, T[]>();
  for (const row of rows) {
    const list = all.get(of(row));
    if (list === undefined) all.set(of(row), [value(row)]);
    else list.push(value(row));
  }
  return all;
}
