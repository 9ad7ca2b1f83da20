import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who refers to rows that are taken away: jobs after three years, the rows of a draft each time it is written anew, a draft that is thrown away. PostgreSQL asks every table that may refer to
 * them, row by row, and without an index read that table whole: for each job all runs, for each row of a draft all values ever reported (`apps/api/test/foreign-keys.db.spec.ts`). Values and
 * points are cut by year: the index of the parent makes those of its partitions, of years to come as well, and of a year in the archive when it is brought back. Writers wait while it is built.
 */
export class IndexKeys1769000080000 implements MigrationInterface {
  readonly name = 'IndexKeys1769000080000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['pull_run', 'bulk_run', 'document_import', 'report_artifact']) await runner.query(`create index ${table}_by_job_run on ${table} (job_run_id) where job_run_id is not null`);
    for (const table of ['actual', 'indicator_score', 'candidate', 'deviation_explanation', 'evidence']) await runner.query(`create index ${table}_by_indicator on ${table} (indicator_id)`);
    await runner.query('create index performance_target_table_by_base on performance_target_table (based_on_id) where based_on_id is not null');
    await runner.query('select name_partition_keys()');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
