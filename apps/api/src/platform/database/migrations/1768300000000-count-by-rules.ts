import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By which rules what is kept of a staged table was counted (`STAGED_RULES` of the domain). Tables that were staged under older ones, or before
 * this was written down (null), are counted anew when somebody looks at them.
 */
export class CountByRules1768300000000 implements MigrationInterface {
  readonly name = 'CountByRules1768300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table import_table add column rules int');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
