import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What lists and checks need of a staged table besides its reading: the money of a project (the main tasks of the whole unit are compared with
 * it), how many main tasks there are, and the warnings nobody has given a reason for, by code with one of their sentences, so that a document of
 * any number of tables is asked for them in one statement. Of tables staged before, the warnings are not known (null) until they are looked at.
 */
export class KeepImportMoney1768000000000 implements MigrationInterface {
  readonly name = 'KeepImportMoney1768000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table import_table add column budget_total numeric, add column task_count integer not null default 0, add column open_warnings jsonb,
      add constraint import_table_warnings_listed check (jsonb_typeof(open_warnings) = 'array')`);
    // As read; what a person has corrected since is written with the next correction.
    await runner.query(`update import_table set budget_total = (read->'budget'->>'total')::numeric, task_count = coalesce(jsonb_array_length(read->'tasks'), 0)`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
