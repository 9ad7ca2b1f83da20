import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the document prints besides a table, for readings that were stored before it was kept with them: read once more out of the kept file, since a reading itself never
 * changes. Null where the reading has it, or where nobody has looked yet.
 */
export class KeepRecoveredPrint1769000020000 implements MigrationInterface {
  readonly name = 'KeepRecoveredPrint1769000020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table import_table add column print jsonb, add constraint import_table_print_is_object check (jsonb_typeof(print) = 'object')`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
