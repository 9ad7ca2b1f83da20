import { type Actual, type OverCause, type ScoringContext, type ScoringRow, type TableToScore, accumulateActuals } from '@jiheng/domain';
import { ACTUAL_COLUMNS, type ActualRow, toActual } from '../../monitoring/actual.mapper';
import type { Db } from '../../platform/database/tx';
import { type IndicatorColumns, toIndicator } from '../../target-table/target-table.mapper';
import type { StoredFacts } from './compute-slice';

type Present = ReadonlyMap<string, Actual>;

/**
 * The inputs of a score that a run made, read again from the facts it was made of. Rows of tables in force and recorded values are never
 * changed, so the revisions that were noted say exactly what went in; the derivation of the year so far comes with them.
 */
export async function inputsOfFacts(db: Db, { facts, context }: StoredFacts): Promise<{ readonly table: TableToScore; readonly context: ScoringContext }> {
  const rows: IndicatorColumns[] = await db.manager.query(`
    select indicator_key as "indicatorKey", level1, level2, name, target_kind as "targetKind", target_comparator as "targetComparator", target_magnitude as "targetMagnitude",
      target_magnitude_high as "targetMagnitudeHigh", target_date as "targetDate", target_unit as "targetUnit", target_text as "targetText", target_raw as "targetRaw", direction, weight, basis,
      previous_actual as "previousActual", scoring_rule as "scoringRule", evidence, accumulation, pass_threshold as "passThreshold"
    from indicator where table_id = $1 order by ordinal`, [facts.tableId]);
  const indicators = rows.map(toIndicator);
  const reports = await Promise.all(facts.reports.map(([reportId, revisions]) => presentAt(db, reportId, new Map(indicators.map((row, at) => [row.key, revisions[at] ?? 0])))));
  const ordinals = await ordinalsOf(db, facts.reports.map(([reportId]) => reportId));
  const judgements = await judgementsOf(db, facts);
  const isYear = facts.answers !== null;
  const last = ordinals.at(-1) ?? 0;
  return {
    context,
    table: {
      execution: facts.execution, withExecution: facts.withExecution,
      rows: indicators.map((indicator, at): ScoringRow => {
        const byPeriod = isYear ? reports.map((one) => one.get(indicator.key) ?? null)
          : Array.from({ length: last }, (_, period) => reports[ordinals.indexOf(period + 1)]?.get(indicator.key) ?? null);
        const accumulated = accumulateActuals(indicator.accumulation, byPeriod, indicator.target.unit);
        const judgement = judgements.get(indicator.key) ?? null;
        return {
          indicator, actual: judgement ?? accumulated.actual, overCause: (facts.overCauses[at] ?? null) as OverCause | null,
          accumulated: judgement === null ? { flags: accumulated.flags, steps: accumulated.steps } : null,
        };
      }),
    },
  };

  async function judgementsOf(at: Db, { answers }: StoredFacts['facts']): Promise<Present> {
    const asked = (answers ?? []).flatMap((revision, row) => (revision === 0 ? [] : [{ key: indicators[row]?.key ?? '', revision }]));
    if (asked.length === 0 || facts.evaluationId === null) return new Map();
    const found: { indicator_key: string; judgement: Actual }[] = await at.manager.query(`
      select a.indicator_key, a.judgement from self_evaluation_answer a join unnest($2::text[], $3::integer[]) as x(key, revision) on x.key = a.indicator_key and x.revision = a.revision
      where a.self_evaluation_id = $1 and a.judgement is not null`, [facts.evaluationId, asked.map((one) => one.key), asked.map((one) => one.revision)]);
    return new Map(found.map((row) => [row.indicator_key, row.judgement]));
  }
}

/** The values of a report as they were at the noted revisions. */
async function presentAt(db: Db, reportId: string, revisions: ReadonlyMap<string, number>): Promise<Present> {
  const rows: (ActualRow & { indicator_key: string; revision: number })[] = await db.manager.query(`select a.indicator_key, a.revision, ${ACTUAL_COLUMNS} from actual a where a.report_id = $1`, [reportId]);
  return new Map(rows.filter((row) => revisions.get(row.indicator_key) === row.revision).map((row) => [row.indicator_key, toActual(row)]));
}

async function ordinalsOf(db: Db, reportIds: readonly string[]): Promise<number[]> {
  const rows: { id: string; ordinal: number }[] = await db.manager.query('select r.id, p.ordinal from monitoring_report r join reporting_period p on p.id = r.period_id where r.id = any($1)', [reportIds]);
  return reportIds.map((id) => rows.find((row) => row.id === id)?.ordinal ?? 0);
}
