import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A job whose subject was deleted stays three years like any other, and says that there is nothing to do about it any more. An attempt that waits for its next try knows when that is, and until when its
 * source asked to be left alone: a person who has mended the cause has it tried at once, unless the source itself asked for the wait.
 */
export class KeepHistoryOfDeleted1769000700000 implements MigrationInterface {
  readonly name = 'KeepHistoryOfDeleted1769000700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table job_run
        add column gone_zh text,
        add column gone_en text,
        add constraint job_run_gone_in_both check ((gone_zh is null) = (gone_en is null));
      alter table pull_run
        add column next_try_at timestamptz,
        add column left_alone_until timestamptz;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
