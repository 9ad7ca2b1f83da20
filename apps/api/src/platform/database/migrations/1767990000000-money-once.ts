import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 每一元只计一次: the table of a whole unit holds the money of its projects, so a roll-up counts of it what the projects leave. Units that have
 * such a table are marked, to be counted anew by whoever keeps the roll-up.
 */
export class MoneyOnce1767990000000 implements MigrationInterface {
  readonly name = 'MoneyOnce1767990000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`insert into roll_up_mark (unit_id, fiscal_year) select unit_id, fiscal_year from performance_target_table where subject = 'UNIT' and state = 'APPROVED'`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
