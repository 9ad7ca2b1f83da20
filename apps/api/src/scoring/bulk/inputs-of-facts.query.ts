import { type Actual, type OverCause, type ScoringContext, type ScoringRow, type TableToScore, accumulateActuals } from '@jiheng/domain';
import { ACTUAL_COLUMNS, type ActualRow, toActual } from '../../monitoring/actual.mapper';
import type { Db } from '../../platform/database/tx';
import { type IndicatorColumns, toIndicator } from '../../target-table/target-table.mapper';
import type { ScoredKind } from '../scoring.public';
import type { StoredFacts } from './compute-slice';

type Present = ReadonlyMap<string, Actual>;

/** What a run stored of a score's inputs, as the columns hold it. */
export interface FactsRow {
  readonly inputs: StoredFacts | FirstFacts;
  readonly documentKind: ScoredKind;
  readonly documentId: string;
  readonly factsTable: string | null;
  readonly factsReports: readonly string[] | null;
  readonly factsRevisions: readonly number[] | null;
}

/** As the first runs wrote it: everything in one document. */
interface FirstFacts {
  readonly facts: {
    readonly tableId: string;
    /** Report id → revision of each row's value, 0 where there was none. */
    readonly reports: readonly (readonly [string, readonly number[]])[];
    readonly overCauses: Readonly<Record<number, string>>;
    readonly answers: readonly number[] | null;
    readonly execution: StoredFacts['facts']['execution'];
  };
  readonly context: ScoringContext;
}

/** Both as one: which revision of a row's value each report had. */
interface Facts {
  readonly tableId: string;
  readonly reportIds: readonly string[];
  readonly revision: (report: number, row: number, rows: number) => number;
  readonly overCauses: Readonly<Record<number, string>>;
  /** Null for a quarter. */
  readonly answers: readonly number[] | null;
  readonly execution: StoredFacts['facts']['execution'];
}

function factsOf({ inputs: { facts }, documentKind, factsTable, factsReports, factsRevisions }: FactsRow): Facts {
  const isYear = documentKind === 'SELF_EVALUATION';
  if ('tableId' in facts) {
    return {
      tableId: facts.tableId, reportIds: facts.reports.map(([id]) => id), revision: (report, row) => facts.reports[report]?.[1][row] ?? 0, overCauses: facts.overCauses, answers: facts.answers, execution: facts.execution,
    };
  }
  const revisions = factsRevisions ?? [];
  return {
    tableId: factsTable ?? '', reportIds: factsReports ?? [], overCauses: facts.overCauses ?? {}, answers: isYear ? (facts.answers ?? []) : null, execution: facts.execution,
    revision: (report, row, rows) => revisions[revisions.length === 1 ? 0 : report * rows + row] ?? 0,
  };
}

/**
 * The inputs of a score that a run made, read again from the facts it was made of. Rows of tables in force and recorded values are never
 * changed, so the revisions that were noted say exactly what went in; the derivation of the year so far comes with them.
 */
export async function inputsOfFacts(db: Db, stored: FactsRow): Promise<{ readonly table: TableToScore; readonly context: ScoringContext }> {
  const { inputs: { context }, documentId } = stored;
  const facts = factsOf(stored);
  const rows: IndicatorColumns[] = await db.manager.query(`
    select indicator_key as "indicatorKey", level1, level2, name, target_kind as "targetKind", target_comparator as "targetComparator", target_magnitude as "targetMagnitude",
      target_magnitude_high as "targetMagnitudeHigh", target_date as "targetDate", target_unit as "targetUnit", target_text as "targetText", target_raw as "targetRaw", direction, weight, basis,
      previous_actual as "previousActual", scoring_rule as "scoringRule", evidence, accumulation, pass_threshold as "passThreshold"
    from indicator where table_id = $1 order by ordinal`, [facts.tableId]);
  const indicators = rows.map(toIndicator);
  const reports = await Promise.all(facts.reportIds.map((reportId, report) => presentAt(db, reportId, new Map(indicators.map((row, at) => [row.key, facts.revision(report, at, indicators.length)])))));
  const ordinals = await ordinalsOf(db, facts.reportIds);
  const judgements = await judgementsOf(db, facts);
  const isYear = facts.answers !== null;
  const last = ordinals.at(-1) ?? 0;
  return {
    context,
    table: {
      execution: facts.execution, withExecution: isYear,
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

  async function judgementsOf(at: Db, { answers }: Facts): Promise<Present> {
    const asked = (answers ?? []).flatMap((revision, row) => (revision === 0 ? [] : [{ key: indicators[row]?.key ?? '', revision }]));
    if (asked.length === 0) return new Map();
    const found: { indicator_key: string; judgement: Actual }[] = await at.manager.query(`
      select a.indicator_key, a.judgement from self_evaluation_answer a join unnest($2::text[], $3::integer[]) as x(key, revision) on x.key = a.indicator_key and x.revision = a.revision
      where a.self_evaluation_id = $1 and a.judgement is not null`, [documentId, asked.map((one) => one.key), asked.map((one) => one.revision)]);
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
