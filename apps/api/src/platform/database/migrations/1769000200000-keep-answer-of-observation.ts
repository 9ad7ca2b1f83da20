import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A pull that is tried again asks again, and what was kept of the first answer keeps its own: the digest stands with the observation and no longer only with the run, where the second answer
 * took its place. And the units that carry a region code are found by it: few do, among a hundred thousand.
 */
export class KeepAnswerOfObservation1769000200000 implements MigrationInterface {
  readonly name = 'KeepAnswerOfObservation1769000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table observation add column body_sha256 text constraint observation_body_sha256_shape check (body_sha256 ~ '^[0-9a-f]{64}$')`);
    await runner.query('create index budget_unit_by_region on budget_unit (region_code collate "C") where region_code is not null');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
