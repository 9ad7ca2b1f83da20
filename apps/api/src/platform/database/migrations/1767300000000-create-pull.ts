import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 取数: from where, one attempt, and what the source said, verbatim. A second run of the same attempt inserts nothing
 * (`observation_once`), and an observation is never changed: it is the answer to "where does this value come from".
 */
export class CreatePull1767300000000 implements MigrationInterface {
  readonly name = 'CreatePull1767300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table pull_source (
        id uuid not null,
        unit_id uuid not null,
        name text not null,
        kind text not null,
        place text not null,
        rows_path text not null,
        key_field text not null,
        value_field text not null,
        state text not null default 'ACTIVE',
        pause_reason_zh text,
        pause_reason_en text,
        owner_id uuid not null,
        created_at timestamptz not null,
        constraint pull_source_pk primary key (id),
        constraint pull_source_unit_fk foreign key (unit_id) references budget_unit (id),
        constraint pull_source_owner_fk foreign key (owner_id) references person (id),
        constraint pull_source_name_once unique (unit_id, name),
        constraint pull_source_kind_known check (kind in ('HTTP_JSON', 'SHEET_FOLDER')),
        constraint pull_source_state_known check (state in ('ACTIVE', 'PAUSED')),
        constraint pull_source_paused_says_why check ((state = 'PAUSED') = (pause_reason_zh is not null))
      );

      create table pull_mapping (
        source_id uuid not null,
        indicator_key text not null,
        ordinal integer not null,
        field text not null,
        unit_symbol text not null,
        constraint pull_mapping_pk primary key (source_id, indicator_key),
        constraint pull_mapping_source_fk foreign key (source_id) references pull_source (id) on delete cascade
      );

      create table pull_run (
        id uuid not null,
        source_id uuid not null,
        period_id uuid not null,
        state text not null default 'WAITING',
        failure_kind text,
        failure_zh text,
        failure_en text,
        -- SHA-256 of the answer as it came; the bytes lie in the file store under this name
        body_sha256 text,
        requested_by uuid,
        job_run_id uuid,
        requested_at timestamptz not null,
        started_at timestamptz,
        finished_at timestamptz,
        constraint pull_run_pk primary key (id),
        constraint pull_run_source_fk foreign key (source_id) references pull_source (id),
        constraint pull_run_period_fk foreign key (period_id) references reporting_period (id),
        constraint pull_run_person_fk foreign key (requested_by) references person (id),
        constraint pull_run_job_run_fk foreign key (job_run_id) references job_run (id),
        constraint pull_run_state_known check (state in ('WAITING', 'RUNNING', 'DONE', 'FAILED')),
        constraint pull_run_body_digest_shape check (body_sha256 ~ '^[0-9a-f]{64}$')
      );
      create index pull_run_by_source on pull_run (source_id, requested_at desc);
      -- Two people pressing the button ask once.
      create unique index pull_run_one_under_way on pull_run (source_id, period_id) where state in ('WAITING', 'RUNNING');

      create table observation (
        id uuid not null,
        pull_run_id uuid not null,
        source_key text not null,
        verbatim text not null,
        sha256 text not null,
        indicator_key text not null,
        report_id uuid,
        -- what became of it when it was offered
        outcome text not null,
        note_zh text,
        note_en text,
        observed_at timestamptz not null,
        constraint observation_pk primary key (id),
        constraint observation_run_fk foreign key (pull_run_id) references pull_run (id),
        constraint observation_report_fk foreign key (report_id) references monitoring_report (id),
        constraint observation_once unique (pull_run_id, source_key),
        constraint observation_digest_shape check (sha256 ~ '^[0-9a-f]{64}$'),
        constraint observation_outcome_known check (outcome in ('SAME', 'CANDIDATE', 'IMPLAUSIBLE', 'LOCKED', 'UNREADABLE'))
      );
      create trigger observation_append_only before update or delete on observation for each row execute function forbid_change();
      create trigger observation_not_emptied before truncate on observation for each statement execute function forbid_change();
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
