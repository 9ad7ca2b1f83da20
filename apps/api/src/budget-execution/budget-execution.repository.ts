import { MONEY_PARTS } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import type { ExecutionPart, LoadedExecution } from './budget-execution.public';

interface ExecutionRow {
  readonly id: string;
  readonly report_id: string;
  readonly fiscal_year: number;
  readonly revision: number;
  readonly reason: string | null;
  readonly recorded_by: string;
  readonly by: string;
  readonly recorded_at: Date;
}

const EXECUTION_SQL = 'select e.id, e.report_id, e.fiscal_year, e.revision, e.reason, e.recorded_by, w.display_name as by, e.recorded_at from budget_execution e join person w on w.id = e.recorded_by';

/** Memory of 预算执行: read and added, never changed. */
@Injectable()
export class BudgetExecutionRepository {
  /** The present revision with its lines; null when nobody has recorded money. */
  async latest(db: Db, reportId: string): Promise<LoadedExecution | null> {
    const rows: ExecutionRow[] = await db.manager.query(`${EXECUTION_SQL} where e.report_id = $1 order by e.revision desc limit 1`, [reportId]);
    return rows[0] === undefined ? null : this.withParts(db, rows[0]);
  }

  /** The money of the latest period of a lineage that has any. */
  async ofYear(db: Db, lineageId: string): Promise<LoadedExecution | null> {
    const rows: ExecutionRow[] = await db.manager.query(
      `${EXECUTION_SQL} join monitoring_report r on r.id = e.report_id and r.fiscal_year = e.fiscal_year join reporting_period p on p.id = r.period_id where r.lineage_id = $1 order by p.ordinal desc, e.revision desc limit 1`,
      [lineageId]);
    return rows[0] === undefined ? null : this.withParts(db, rows[0]);
  }

  /** Every revision, the newest first. */
  async history(db: Db, reportId: string): Promise<LoadedExecution[]> {
    const rows: ExecutionRow[] = await db.manager.query(`${EXECUTION_SQL} where e.report_id = $1 order by e.revision desc`, [reportId]);
    return Promise.all(rows.map((row) => this.withParts(db, row)));
  }

  async recorderOf(db: Db, reportId: string): Promise<string | null> {
    const rows: ExecutionRow[] = await db.manager.query(`${EXECUTION_SQL} where e.report_id = $1 order by e.revision desc limit 1`, [reportId]);
    return rows[0]?.recorded_by ?? null;
  }

  /** The revision that an earlier delivery of the same request wrote; null when this is the first. */
  async revisionOfRequest(db: Db, reportId: string, requestId: string): Promise<number | null> {
    const rows: { revision: number }[] = await db.manager.query('select revision from budget_execution where report_id = $1 and request_id = $2', [reportId, requestId]);
    return rows[0]?.revision ?? null;
  }

  async append(tx: Tx, made: { reportId: string; fiscalYear: number; revision: number; parts: readonly ExecutionPart[]; reason: string | null; requestId: string; recordedBy: string; at: Date }): Promise<void> {
    const id = newId();
    await tx.manager.query('insert into budget_execution (id, report_id, revision, reason, request_id, recorded_by, recorded_at, fiscal_year) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [id, made.reportId, made.revision, made.reason, made.requestId, made.recordedBy, made.at, made.fiscalYear]);
    for (const { part, initial, adjusted, executed } of made.parts) {
      await tx.manager.query('insert into budget_execution_part (execution_id, fiscal_year, part, initial, adjusted, executed) values ($1, $2, $3, $4, $5, $6)', [id, made.fiscalYear, part, initial, adjusted, executed]);
    }
  }

  private async withParts(db: Db, row: ExecutionRow): Promise<LoadedExecution> {
    const parts: ExecutionPart[] = await db.manager.query(
      `select part, initial, adjusted, executed from budget_execution_part where execution_id = $1 and fiscal_year = $3 order by array_position($2::text[], part)`, [row.id, MONEY_PARTS, row.fiscal_year]);
    const total = parts.find((part) => part.part === 'TOTAL');
    return {
      reportId: row.report_id, revision: row.revision, parts, figures: { initial: total?.initial ?? null, adjusted: total?.adjusted ?? null, executed: total?.executed ?? null },
      reason: row.reason, by: row.by, at: row.recorded_at,
    };
  }
}
