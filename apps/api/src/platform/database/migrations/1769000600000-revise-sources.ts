import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Two people who change one source do not overwrite each other: what its form and its bindings show has a revision, its schedule another, each with who wrote it last and when. A failed job that a
 * later success of the same subject has overtaken is found by an index.
 */
export class ReviseSources1769000600000 implements MigrationInterface {
  readonly name = 'ReviseSources1769000600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table pull_source
        add column revision integer not null default 1,
        add column changed_by uuid,
        add column changed_at timestamptz,
        -- 0: never set. It stays when the schedule is taken away, so that a new one is not taken for the old.
        add column schedule_revision integer not null default 0,
        add column schedule_changed_by uuid,
        add column schedule_changed_at timestamptz,
        add constraint pull_source_changed_by_fk foreign key (changed_by) references person (id),
        add constraint pull_source_schedule_changed_by_fk foreign key (schedule_changed_by) references person (id);
      update pull_source s set schedule_revision = 1, schedule_changed_by = k.changed_by, schedule_changed_at = k.changed_at from pull_schedule k where k.source_id = s.id;
      create index job_run_done_by_subject on job_run (subject, finished_at) where state = 'DONE' and subject is not null;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
