import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A job that runs says now and then that somebody is at it: one whose worker died looked for ever as if it were under way. */
export class GiveSignOfLife1769000900000 implements MigrationInterface {
  readonly name = 'GiveSignOfLife1769000900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table job_run add column seen_at timestamptz');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
