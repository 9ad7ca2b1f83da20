import type { Actual, ActualOrigin, EarlierActual } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import { ACTUAL_COLUMNS, type ActualRow, toActual, toActualColumns } from './actual.mapper';
import type { EarlierOf, StatedCell } from './monitoring.public';

/** One revision of a value and who wrote it. */
export interface RecordedRevision {
  readonly id: string;
  readonly indicatorKey: string;
  readonly revision: number;
  readonly actual: Actual;
  readonly origin: ActualOrigin;
  readonly observationId: string | null;
  readonly recordedBy: string;
  readonly by: string;
  readonly at: Date;
}

/** What a new revision is made of. */
export interface NewActual {
  readonly reportId: string;
  /** The report's; another one is refused by the database. */
  readonly fiscalYear: number;
  readonly indicatorId: string;
  readonly indicatorKey: string;
  readonly revision: number;
  readonly actual: Actual;
  readonly origin: ActualOrigin;
  readonly observationId: string | null;
  readonly requestId: string;
  readonly recordedBy: string;
  readonly at: Date;
}

interface RevisionRow extends ActualRow {
  readonly id: string;
  readonly indicator_key: string;
  readonly revision: number;
  readonly origin: ActualOrigin;
  readonly observation_id: string | null;
  readonly recorded_by: string;
  readonly by: string;
  readonly recorded_at: Date;
}

const REVISION_SQL = `select a.id, a.indicator_key, a.revision, a.origin, a.observation_id, a.recorded_by, w.display_name as by, a.recorded_at, ${ACTUAL_COLUMNS}
  from actual a join person w on w.id = a.recorded_by`;

function toRevision(row: RevisionRow): RecordedRevision {
  return {
    id: row.id, indicatorKey: row.indicator_key, revision: row.revision, actual: toActual(row), origin: row.origin, observationId: row.observation_id,
    recordedBy: row.recorded_by, by: row.by, at: row.recorded_at,
  };
}

/** Memory of values: read and added, never changed. */
@Injectable()
export class ActualRepository {
  /** The present revision of one row; null when nobody has spoken. */
  async latest(db: Db, reportId: string, indicatorKey: string, fiscalYear: number): Promise<RecordedRevision | null> {
    const rows: RevisionRow[] = await db.manager.query(`${REVISION_SQL} where a.report_id = $1 and a.indicator_key = $2 and a.fiscal_year = $3 order by a.revision desc limit 1`, [reportId, indicatorKey, fiscalYear]);
    return rows[0] === undefined ? null : toRevision(rows[0]);
  }

  /** What an earlier delivery of the same request has written; null when this is the first. */
  async byRequest(db: Db, reportId: string, requestId: string, fiscalYear: number): Promise<RecordedRevision | null> {
    const rows: RevisionRow[] = await db.manager.query(`${REVISION_SQL} where a.report_id = $1 and a.request_id = $2 and a.fiscal_year = $3`, [reportId, requestId, fiscalYear]);
    return rows[0] === undefined ? null : toRevision(rows[0]);
  }

  /** Every revision of one row, the newest first. */
  async history(db: Db, reportId: string, indicatorKey: string): Promise<RecordedRevision[]> {
    const rows: RevisionRow[] = await db.manager.query(`${REVISION_SQL} where a.report_id = $1 and a.indicator_key = $2 order by a.revision desc`, [reportId, indicatorKey]);
    return rows.map(toRevision);
  }

  /** Present revisions of all rows of several reports, by report id. */
  async present(db: Db, reportIds: readonly string[]): Promise<Map<string, Map<string, RecordedRevision>>> {
    const rows: (RevisionRow & { report_id: string })[] = await db.manager.query(
      `select distinct on (a.report_id, a.indicator_key) a.report_id, a.id, a.indicator_key, a.revision, a.origin, a.observation_id, a.recorded_by, w.display_name as by,
              a.recorded_at, ${ACTUAL_COLUMNS}
       from actual a join person w on w.id = a.recorded_by where a.report_id = any($1) order by a.report_id, a.indicator_key, a.revision desc`, [reportIds]);
    const present = new Map<string, Map<string, RecordedRevision>>(reportIds.map((id) => [id, new Map()]));
    for (const row of rows) present.get(row.report_id)?.set(row.indicator_key, toRevision(row));
    return present;
  }

  /** Present revisions of all rows of all reports of the lineage to which a report belongs, by report id; a report without values is missing. */
  async presentBeside(db: Db, reportId: string): Promise<Map<string, Map<string, RecordedRevision>>> {
    const rows: (RevisionRow & { report_id: string })[] = await db.manager.query(
      `select distinct on (a.report_id, a.indicator_key) a.report_id, a.id, a.indicator_key, a.revision, a.origin, a.observation_id, a.recorded_by, w.display_name as by,
              a.recorded_at, ${ACTUAL_COLUMNS}
       from monitoring_report r join actual a on a.report_id = r.id and a.fiscal_year = r.fiscal_year join person w on w.id = a.recorded_by
       where r.lineage_id = (select lineage_id from monitoring_report where id = $1) order by a.report_id, a.indicator_key, a.revision desc`, [reportId]);
    const present = new Map<string, Map<string, RecordedRevision>>();
    for (const row of rows) present.set(row.report_id, (present.get(row.report_id) ?? new Map<string, RecordedRevision>()).set(row.indicator_key, toRevision(row)));
    return present;
  }

  /** What the same row of the same unit or project (by its name) reported in the periods of the year before; empty when it was not there. */
  async yearBefore(db: Db, tableId: string, indicatorName: string): Promise<readonly Actual[]> {
    const rows: ActualRow[] = await db.manager.query(
      `select distinct on (r.id) ${ACTUAL_COLUMNS} from performance_target_table t
         join performance_target_table before on before.unit_id = t.unit_id and before.subject = t.subject and before.project = t.project and before.fiscal_year = t.fiscal_year - 1
         join indicator i on i.table_id = before.id and i.name = $2
         join monitoring_report r on r.table_id = before.id
         join actual a on a.report_id = r.id and a.indicator_key = i.indicator_key and a.fiscal_year = r.fiscal_year
       where t.id = $1 order by r.id, a.revision desc`, [tableId, indicatorName]);
    return rows.map(toActual);
  }

  /** Present revisions of rows in the quarters of the same year before the report's, whichever version of the table they were reported under; one statement for all of them. */
  async earlierInYear(db: Db, cells: readonly StatedCell[]): Promise<EarlierOf> {
    const known = new Map<string, EarlierActual[]>();
    const nameOf = (reportId: string, indicatorKey: string): string => `${reportId}/${indicatorKey}`;
    const rows: (ActualRow & { report_id: string; indicator_key: string; ordinal: number })[] = cells.length === 0 ? [] : await db.manager.query(
      `select cell.report_id, cell.indicator_key, p.ordinal, ${ACTUAL_COLUMNS}
       from (select distinct report_id, indicator_key from unnest($1::uuid[], $2::text[]) asked(report_id, indicator_key)) cell
         join monitoring_report mine on mine.id = cell.report_id join reporting_period own on own.id = mine.period_id
         join monitoring_report r on r.lineage_id = mine.lineage_id and r.fiscal_year = mine.fiscal_year join reporting_period p on p.id = r.period_id and p.ordinal < own.ordinal
         cross join lateral (
           select l.* from actual l where l.report_id = r.id and l.indicator_key = cell.indicator_key and l.fiscal_year = r.fiscal_year order by l.revision desc limit 1) a
       order by p.ordinal`, [cells.map((cell) => cell.reportId), cells.map((cell) => cell.indicatorKey)]);
    for (const row of rows) {
      const name = nameOf(row.report_id, row.indicator_key);
      known.set(name, [...(known.get(name) ?? []), { ordinal: row.ordinal, actual: toActual(row) }]);
    }
    return ({ reportId, indicatorKey }) => known.get(nameOf(reportId, indicatorKey)) ?? [];
  }

  /** Adds a revision. Two at once: the unique key lets one through, the other throws 23505. */
  async append(tx: Tx, made: NewActual): Promise<string> {
    const id = newId();
    const value = toActualColumns(made.actual);
    await tx.manager.query(
      `insert into actual (id, report_id, fiscal_year, indicator_id, indicator_key, revision, origin, observation_id, request_id, recorded_by, recorded_at,
         kind, magnitude, unit_symbol, base_magnitude, numerator, denominator, grade, share, note, answer, deduction, reached_on, reason)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`,
      [id, made.reportId, made.fiscalYear, made.indicatorId, made.indicatorKey, made.revision, made.origin, made.observationId, made.requestId, made.recordedBy, made.at,
        value.kind, value.magnitude, value.unitSymbol, value.baseMagnitude, value.numerator, value.denominator, value.grade, value.share, value.note, value.answer, value.deduction,
        value.reachedOn, value.reason]);
    return id;
  }

  /** Persons whose values, explanations or files stand in the report now. */
  async recordersOf(db: Db, reportId: string): Promise<string[]> {
    const rows: { recorded_by: string }[] = await db.manager.query(
      `select recorded_by from (select distinct on (indicator_key) recorded_by from actual where report_id = $1 order by indicator_key, revision desc) present
       union select recorded_by from (select distinct on (indicator_key) recorded_by from deviation_explanation where report_id = $1 order by indicator_key, revision desc) explained
       union select uploaded_by from evidence where report_id = $1 and withdrawn_at is null`, [reportId]);
    return rows.map((row) => row.recorded_by);
  }
}
