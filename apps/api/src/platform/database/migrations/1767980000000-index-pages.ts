import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What pages ask and had no index for, found by reading the plan of every statement behind a page (`apps/api/test/row-budget.db.spec.ts`). */
export class IndexPages1767980000000 implements MigrationInterface {
  readonly name = 'IndexPages1767980000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- the tables of a unit, of whatever year
      create index performance_target_table_by_unit on performance_target_table (unit_id, fiscal_year);
      -- what still waits for somebody: a tenth of the reports when a year is over
      create index monitoring_report_open on monitoring_report (table_id) where state <> 'SIGNED';
      -- whether the same job has succeeded since
      create index job_run_by_title on job_run (title_zh, name, id)`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
