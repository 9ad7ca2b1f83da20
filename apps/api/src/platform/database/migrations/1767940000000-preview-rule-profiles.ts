import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a rule profile would change for a whole region takes longer than a person waits: it is computed by a job and kept here for its proposal. */
export class PreviewRuleProfiles1767940000000 implements MigrationInterface {
  readonly name = 'PreviewRuleProfiles1767940000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table rule_profile_preview (
        id uuid not null,
        unit_id uuid,
        region_code text,
        fiscal_year integer not null,
        profile_id uuid not null,
        requested_by uuid not null,
        job_run_id uuid,
        -- null until the job has ended
        preview jsonb,
        created_at timestamptz not null,
        finished_at timestamptz,
        constraint rule_profile_preview_pk primary key (id),
        constraint rule_profile_preview_one_scope check (num_nonnulls(unit_id, region_code) = 1),
        constraint rule_profile_preview_finished check ((preview is null) = (finished_at is null)),
        constraint rule_profile_preview_unit_fk foreign key (unit_id) references budget_unit (id),
        constraint rule_profile_preview_profile_fk foreign key (profile_id) references rule_profile (id),
        constraint rule_profile_preview_person_fk foreign key (requested_by) references person (id),
        constraint rule_profile_preview_job_run_fk foreign key (job_run_id) references job_run (id) on delete set null
      )`);
    await runner.query('create index rule_profile_preview_latest on rule_profile_preview (profile_id, fiscal_year, created_at)');
    await runner.query('create index rule_profile_preview_job_run on rule_profile_preview (job_run_id)');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
