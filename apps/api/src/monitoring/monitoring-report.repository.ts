import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import type { MonitoringReportState, ReportHead } from './monitoring.public';
import { type PeriodRow, toStoredPeriod } from './period.repository';

/** A report's head as a statement returns it. */
export interface ReportHeadRow extends Omit<PeriodRow, 'id'> {
  readonly id: string;
  readonly period_id: string;
  readonly table_id: string;
  readonly lineage_id: string;
  readonly unit_id: string;
  readonly unit_name: string;
  readonly unit_path: string;
  readonly subject: 'PROJECT' | 'UNIT';
  readonly project: string;
  readonly state: MonitoringReportState;
  readonly revision: number;
  readonly extended_until: string | null;
}

/** The head of a report with its period and unit; `where` follows. */
export const REPORT_HEAD_SQL = `
  select r.id, r.table_id, r.lineage_id, r.state, r.revision, t.unit_id, u.name as unit_name, u.path as unit_path, t.subject, t.project,
         p.id as period_id, p.fiscal_year, p.ordinal, p.label, p.starts_on::text, p.ends_on::text, p.due_on::text,
         (select x.until::text from report_extension x where x.report_id = r.id order by x.id desc limit 1) as extended_until
  from monitoring_report r join performance_target_table t on t.id = r.table_id join budget_unit u on u.id = t.unit_id join reporting_period p on p.id = r.period_id`;

/** A report's head from its row. */
export function toReportHead(row: ReportHeadRow): ReportHead {
  return {
    id: row.id, tableId: row.table_id, lineageId: row.lineage_id, unitId: row.unit_id, unitName: row.unit_name, unitPath: row.unit_path, subject: row.subject,
    project: row.project === '' ? null : row.project, state: row.state, revision: row.revision, period: toStoredPeriod({ ...row, id: row.period_id }),
    extendedUntil: row.extended_until,
  };
}

/** Memory of monitoring reports. */
@Injectable()
export class MonitoringReportRepository {
  async head(db: Db, reportId: string): Promise<ReportHead | null> {
    const rows: ReportHeadRow[] = await db.manager.query(`${REPORT_HEAD_SQL} where r.id = $1`, [reportId]);
    return rows[0] === undefined ? null : toReportHead(rows[0]);
  }

  /** Under `for update`: whoever records, moves or signs waits here for the one before. */
  async lock(tx: Tx, reportId: string): Promise<ReportHead | null> {
    const rows: ReportHeadRow[] = await tx.manager.query(`${REPORT_HEAD_SQL} where r.id = $1 for update of r`, [reportId]);
    return rows[0] === undefined ? null : toReportHead(rows[0]);
  }

  /** Heads of all reports of a lineage in the order of periods. */
  async ofLineage(db: Db, lineageId: string): Promise<ReportHead[]> {
    const rows: ReportHeadRow[] = await db.manager.query(`${REPORT_HEAD_SQL} where r.lineage_id = $1 order by p.ordinal`, [lineageId]);
    return rows.map(toReportHead);
  }

  /** Heads of all reports of the lineage to which a report belongs, itself among them, in the order of periods; empty when there is no such report. */
  async beside(db: Db, reportId: string): Promise<ReportHead[]> {
    const rows: ReportHeadRow[] = await db.manager.query(`${REPORT_HEAD_SQL} where r.lineage_id = (select lineage_id from monitoring_report where id = $1) order by p.ordinal`, [reportId]);
    return rows.map(toReportHead);
  }

  /** Heads of all reports of a unit (itself, not those below) for a period. */
  async ofUnit(db: Db, unitId: string, periodId: string): Promise<ReportHead[]> {
    const rows: ReportHeadRow[] = await db.manager.query(`${REPORT_HEAD_SQL} where t.unit_id = $1 and r.period_id = $2 order by t.subject desc, t.project`, [unitId, periodId]);
    return rows.map(toReportHead);
  }

  async setState(tx: Tx, reportId: string, to: MonitoringReportState): Promise<number> {
    return revisionOf(await tx.manager.query('update monitoring_report set state = $2, revision = revision + 1, state_since = now() where id = $1 returning revision', [reportId, to]));
  }

  async touch(tx: Tx, reportId: string): Promise<number> {
    return revisionOf(await tx.manager.query('update monitoring_report set revision = revision + 1 where id = $1 returning revision', [reportId]));
  }

  /**
   * Opens the report of a period for one table in force; nothing happens when the lineage has one already.
   * @returns the id of a report that was opened now, null otherwise
   */
  async open(tx: Tx, tableId: string, lineageId: string, periodId: string): Promise<string | null> {
    const rows: { id: string }[] = await tx.manager.query(
      'insert into monitoring_report (id, table_id, lineage_id, period_id) values ($1, $2, $3, $4) on conflict do nothing returning id', [newId(), tableId, lineageId, periodId]);
    return rows[0]?.id ?? null;
  }

  /** Takes the unsigned reports of a lineage over to the version in force; values follow by their row's key. @returns ids of those taken over */
  async carryOver(tx: Tx, tableId: string, lineageId: string): Promise<string[]> {
    const answer: [{ id: string }[], number] = await tx.manager.query(
      `update monitoring_report set table_id = $1, revision = revision + 1 where lineage_id = $2 and table_id <> $1 and state <> 'SIGNED' returning id`, [tableId, lineageId]);
    return answer[0].map((row) => row.id);
  }

  /** Gives a report more time. */
  async extend(tx: Tx, reportId: string, until: string, reason: string, by: string, at: Date): Promise<void> {
    await tx.manager.query('insert into report_extension (id, report_id, until, reason, granted_by, granted_at) values ($1, $2, $3, $4, $5, $6)', [newId(), reportId, until, reason, by, at]);
  }

  /**
   * Opens the report of a period for every table in force of some units whose lineage has none yet, in one statement. A table that is being replaced at this moment is waited for, and
   * left to its successor. @returns what was opened now
   */
  async openAll(tx: Tx, unitIds: readonly string[], period: { readonly id: string; readonly fiscalYear: number }): Promise<readonly { readonly id: string; readonly tableId: string }[]> {
    const tables: { id: string }[] = await tx.manager.query(`select t.id from performance_target_table t where t.unit_id = any($1) and t.fiscal_year = $2 and t.state = 'APPROVED' order by t.id for share of t`,
      [unitIds, period.fiscalYear]);
    return tx.manager.query(`
      insert into monitoring_report (id, table_id, lineage_id, period_id)
      select x.id, t.id, t.lineage_id, $3 from unnest($1::uuid[], $2::uuid[]) as x(id, table_id) join performance_target_table t on t.id = x.table_id on conflict do nothing returning id, table_id as "tableId"`,
    [tables.map(() => newId()), tables.map((table) => table.id), period.id]);
  }

  // Each table looks its report up (`offset 0`): of a period that has just begun PostgreSQL knows no report, and would go through all of them for each table where an opening was broken off.
  /** Units with tables in force whose report of a period is not open yet, in the order of their paths, with how many: all units, or those below some (`like` patterns of their paths). */
  async unitsToOpen(db: Db, period: { readonly id: string; readonly fiscalYear: number }, pathPatterns: readonly string[] | null): Promise<{ id: string; name: string; tables: number }[]> {
    return db.manager.query(`
      select u.id, u.name, count(*)::integer as tables from performance_target_table t join budget_unit u on u.id = t.unit_id
      where t.fiscal_year = $1 and t.state = 'APPROVED' and ($3::text[] is null or u.path like any($3)) and not exists (select 1 from monitoring_report r where r.lineage_id = t.lineage_id and r.period_id = $2 offset 0)
      group by u.id order by u.path`, [period.fiscalYear, period.id, pathPatterns]);
  }
}

// TypeORM answers `update … returning` as [rows, count].
function revisionOf(answer: [{ revision: number }[], number]): number {
  const revision = answer[0][0]?.revision;
  if (revision === undefined) throw new Error('a report that was locked is gone');
  return revision;
}
