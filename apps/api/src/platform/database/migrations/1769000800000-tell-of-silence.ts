import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A source that is asked by itself and again and again says nothing is no outage: nothing failed. Its owner hears of it all the same, as of an outage once, and once more when it is over.
 */
export class TellOfSilence1769000800000 implements MigrationInterface {
  readonly name = 'TellOfSilence1769000800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table job_notice
        drop constraint job_notice_kind_known,
        drop constraint job_notice_recovery_is_over,
        add constraint job_notice_kind_known check (kind in ('OUTAGE', 'SILENCE', 'RECOVERY')),
        add constraint job_notice_recovery_is_over check (kind <> 'RECOVERY' or over_at is not null);
      -- Told once per silence and person, however long it lasts; beside the index of outages, which processes older than this step go on using.
      create unique index job_notice_silence_once on job_notice (subject, person_id) where kind = 'SILENCE' and over_at is null;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
