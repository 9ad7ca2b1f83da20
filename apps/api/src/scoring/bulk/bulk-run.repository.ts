import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../../platform/database/tx';

/** A run as stored. */
export interface StoredBulkRun {
  readonly id: string;
  readonly unitId: string;
  readonly unitPath: string;
  readonly unitName: string;
  readonly fiscalYear: number;
  /** The quarter, 1…12. */
  readonly periodOrdinal: number;
  readonly state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';
  readonly documents: number;
  readonly jobRunId: string | null;
}

/** How far a run is. */
export interface BulkProgress {
  readonly documents: number;
  readonly done: number;
  readonly written: number;
  readonly slicesLeft: number;
  /** Where the first slice that is not done begins. */
  readonly atUnit: string | null;
}

/** Documents in one slice: enough to make a round trip cheap, few enough to be done in a moment while people save, and to lose little when a process dies. */
export const SLICE_SIZE = 250;

/** Memory of runs and their slices. */
@Injectable()
export class BulkRunRepository {
  async find(db: Db, id: string): Promise<StoredBulkRun | null> {
    const rows: StoredBulkRun[] = await db.manager.query(`
      select r.id, r.unit_id as "unitId", u.path as "unitPath", u.name as "unitName", r.fiscal_year as "fiscalYear", r.period_ordinal as "periodOrdinal", r.state, r.documents, r.job_run_id as "jobRunId"
      from bulk_run r join budget_unit u on u.id = r.unit_id where r.id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** The run of the same place and time that has not ended; null when there is none. */
  async underWay(db: Db, unitId: string, fiscalYear: number, periodOrdinal: number): Promise<{ readonly id: string; readonly jobRunId: string | null } | null> {
    const rows: { id: string; jobRunId: string | null }[] = await db.manager.query(
      `select id, job_run_id as "jobRunId" from bulk_run where unit_id = $1 and fiscal_year = $2 and period_ordinal = $3 and state in ('WAITING', 'RUNNING')`, [unitId, fiscalYear, periodOrdinal]);
    return rows[0] ?? null;
  }

  /** Is there such a quarter at all? */
  async hasPeriod(db: Db, fiscalYear: number, ordinal: number): Promise<boolean> {
    const rows: unknown[] = await db.manager.query('select from reporting_period where fiscal_year = $1 and ordinal = $2', [fiscalYear, ordinal]);
    return rows.length > 0;
  }

  async insert(tx: Tx, made: { readonly id: string; readonly unitId: string; readonly fiscalYear: number; readonly periodOrdinal: number; readonly jobRunId: string; readonly requestedBy: string | null; readonly at: Date }): Promise<void> {
    await tx.manager.query('insert into bulk_run (id, unit_id, fiscal_year, period_ordinal, job_run_id, requested_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [made.id, made.unitId, made.fiscalYear, made.periodOrdinal, made.jobRunId, made.requestedBy, made.at]);
  }

  /** Cuts the region into slices, in the order of units: reports of the quarter first, then the year's self-evaluations. Once; a second call finds them. */
  async cut(tx: Tx, run: StoredBulkRun): Promise<void> {
    const state: { state: string }[] = await tx.manager.query('select state from bulk_run where id = $1 for update', [run.id]);
    if (state[0]?.state !== 'WAITING') return;
    await tx.manager.query(`
      with found as (
        select 'MONITORING_REPORT' as kind, r.id, u.path, u.name, row_number() over (order by u.path collate "C", r.id) - 1 as at
        from budget_unit u join performance_target_table t on t.unit_id = u.id and t.fiscal_year = $2 join monitoring_report r on r.table_id = t.id
          join reporting_period p on p.id = r.period_id and p.ordinal = $3 where u.path like $4
        union all
        select 'SELF_EVALUATION', e.id, u.path, u.name, row_number() over (order by u.path collate "C", e.id) - 1
        from budget_unit u join performance_target_table t on t.unit_id = u.id and t.fiscal_year = $2 join self_evaluation e on e.table_id = t.id where u.path like $4),
      cut as (
        select kind, at / ${SLICE_SIZE} as nth, array_agg(id order by at) as ids, max(name) filter (where at % ${SLICE_SIZE} = 0) as at_unit from found group by kind, at / ${SLICE_SIZE})
      insert into bulk_slice (run_id, ordinal, document_kind, document_ids, at_unit)
      select $1, row_number() over (order by kind, nth), kind, ids, at_unit from cut`, [run.id, run.fiscalYear, run.periodOrdinal, `${run.unitPath}%`]);
    await tx.manager.query(`
      update bulk_run set state = 'RUNNING', documents = (select coalesce(sum(cardinality(document_ids)), 0) from bulk_slice where run_id = $1) where id = $1`, [run.id]);
    await tx.manager.query(`select pg_notify('jiheng_bulk', $1)`, [run.id]);
  }

  /** How many documents each slice has, by its number. Asked once a run: to count the ids PostgreSQL unpacks all of them. */
  async sizes(db: Db, runId: string): Promise<ReadonlyMap<number, number>> {
    const rows: { ordinal: number; size: number }[] = await db.manager.query('select ordinal, cardinality(document_ids) as size from bulk_slice where run_id = $1', [runId]);
    return new Map(rows.map(({ ordinal, size }) => [ordinal, size]));
  }

  async progress(db: Db, runId: string, sizes: ReadonlyMap<number, number>): Promise<BulkProgress> {
    // As one row: a province has thousands of slices, and is asked for four times a second.
    const rows: { waiting: string | null; written: number; at_unit: string | null }[] = await db.manager.query(`
      select string_agg(ordinal::text, ',') filter (where state = 'WAITING') as waiting, coalesce(sum(written), 0)::integer as written, (array_agg(at_unit order by ordinal) filter (where state = 'WAITING'))[1] as at_unit
      from bulk_slice where run_id = $1`, [runId]);
    const [found] = rows;
    const waiting = found?.waiting == null ? [] : found.waiting.split(',');
    let documents = 0;
    for (const size of sizes.values()) documents += size;
    return {
      documents, done: waiting.reduce((left, ordinal) => left - (sizes.get(Number(ordinal)) ?? 0), documents), written: found?.written ?? 0, slicesLeft: waiting.length, atUnit: found?.at_unit ?? null,
    };
  }

  /** Runs that wait for hands. */
  async running(db: Db): Promise<string[]> {
    const rows: { id: string }[] = await db.manager.query(
      `select r.id from bulk_run r where r.state = 'RUNNING' and exists (select 1 from bulk_slice s where s.run_id = r.id and s.state = 'WAITING') order by r.created_at`);
    return rows.map((row) => row.id);
  }

  /** Ends a run; browsers are told to look whether their points are new. */
  async end(tx: Tx, runId: string, state: 'DONE' | 'FAILED' | 'CANCELLED', at: Date): Promise<void> {
    await tx.manager.query(`update bulk_run set state = $2, finished_at = $3 where id = $1 and state in ('WAITING', 'RUNNING') returning pg_notify('jiheng_points', '')`, [runId, state, at]);
    // The keeper of the roll-up waits for this: what a whole region changed is counted in one go, and at once.
    await tx.manager.query(`select pg_notify('jiheng_roll_up', 'region ended')`);
  }

  /** Ends the runs of a unit whose job is over in another way than by their own end. */
  async endForsaken(tx: Tx, unitId: string, at: Date): Promise<void> {
    const rows: { id: string }[] = await tx.manager.query(
      `select r.id from bulk_run r join job_run j on j.id = r.job_run_id where r.unit_id = $1 and r.state in ('WAITING', 'RUNNING') and j.state not in ('WAITING', 'RUNNING')`, [unitId]);
    for (const { id } of rows) await this.end(tx, id, 'CANCELLED', at);
  }

  /**
   * Ends a run because its job was taken back, so that nobody claims another slice. Answers false where somebody has the job go on already: its row is held meanwhile, so that whoever takes the run up
   * again comes after this and finds it ended.
   */
  async endTakenBack(tx: Tx, runId: string, at: Date): Promise<boolean> {
    const jobs: { state: string }[] = await tx.manager.query('select state from job_run where id = (select job_run_id from bulk_run where id = $1) for share', [runId]);
    if (jobs[0] !== undefined && jobs[0].state !== 'CANCELLED') return false;
    await this.end(tx, runId, 'CANCELLED', at);
    return true;
  }

  /** Waits until nobody is at a slice of a run any more that was ended: other processes end those that they have claimed. */
  async awaitHands(tx: Tx, runId: string): Promise<void> {
    await tx.manager.query(`select from bulk_slice where run_id = $1 and state = 'WAITING' order by ordinal for share`, [runId]);
  }

  /** A run that was taken back too late: its last slices were at work already, and are done. */
  async endWhole(tx: Tx, runId: string): Promise<void> {
    await tx.manager.query(`update bulk_run set state = 'DONE' where id = $1 and state = 'CANCELLED'`, [runId]);
  }

  /** A failed or cancelled run is taken up again; one that ended before it was cut is cut first. */
  async resume(tx: Tx, runId: string): Promise<void> {
    await tx.manager.query(`
      update bulk_run set state = case when exists (select from bulk_slice where run_id = $1) then 'RUNNING' else 'WAITING' end, finished_at = null
      where id = $1 and state in ('FAILED', 'CANCELLED')`, [runId]);
  }
}
