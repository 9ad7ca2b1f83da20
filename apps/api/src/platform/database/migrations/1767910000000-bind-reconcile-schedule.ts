import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is made of a source's rows, when it is asked, and who hears when it fails: the formula of a binding, the row behind an observation, the
 * schedule of a source, the cause of a failed job by which jobs are gathered, and one notice per outage and person.
 */
export class BindReconcileSchedule1767910000000 implements MigrationInterface {
  readonly name = 'BindReconcileSchedule1767910000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table pull_mapping
        add column formula text not null default '',
        add column numerator_field text not null default '',
        add column denominator_field text not null default '',
        add constraint pull_mapping_parts_both check ((numerator_field = '') = (denominator_field = '')),
        add constraint pull_mapping_formula_short check (length(formula) <= 200);

      -- The trigger forbids changing a row, not learning more about the ones to come.
      alter table observation
        add column row_text text,
        add column asked text,
        add column formula text,
        add column reading text;

      -- How far a source's value was from the one that stood there when a person chose, as a part of the latter (0.05 is five per cent).
      alter table candidate add column deviation numeric;
      create index candidate_by_observation on candidate (observation_id);

      create table pull_schedule (
        source_id uuid not null,
        kind text not null,
        -- days after the end of the quarter, or the day of the month; null for CRON
        day integer,
        -- HH:MM in Asia/Shanghai; null for CRON
        time_of_day text,
        cron text,
        -- the hours in which the source may be asked, HH:MM; both null: always
        window_from text,
        window_to text,
        min_gap_minutes integer not null default 10,
        state text not null default 'ACTIVE',
        next_at timestamptz,
        last_at timestamptz,
        -- how many occasions the last run made up for, beyond its own
        missed integer not null default 0,
        note_zh text,
        note_en text,
        changed_by uuid not null,
        changed_at timestamptz not null,
        constraint pull_schedule_pk primary key (source_id),
        constraint pull_schedule_source_fk foreign key (source_id) references pull_source (id),
        constraint pull_schedule_person_fk foreign key (changed_by) references person (id),
        constraint pull_schedule_kind_known check (kind in ('QUARTER_END', 'MONTHLY', 'CRON')),
        constraint pull_schedule_kind_decides check (case kind when 'CRON' then cron is not null and num_nulls(day, time_of_day) = 2 else cron is null and num_nulls(day, time_of_day) = 0 end),
        constraint pull_schedule_day_lawful check (day between 0 and 60),
        constraint pull_schedule_time_shape check (time_of_day ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        constraint pull_schedule_window_shape check (num_nulls(window_from, window_to) in (0, 2) and window_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' and window_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        constraint pull_schedule_gap_lawful check (min_gap_minutes between 1 and 10080),
        constraint pull_schedule_state_known check (state in ('ACTIVE', 'PAUSED')),
        constraint pull_schedule_active_has_next check (state = 'PAUSED' or next_at is not null)
      );
      create index pull_schedule_due on pull_schedule (next_at) where state = 'ACTIVE';

      -- One run at a time per source, whichever period it is for.
      update pull_run set state = 'FAILED', failure_kind = 'FAULT', failure_zh = '同一来源同时有两次取数，已保留较新的一次。', failure_en = 'The source was being pulled twice at once; the later run was kept.', finished_at = now()
        where state in ('WAITING', 'RUNNING') and exists (select 1 from pull_run later where later.source_id = pull_run.source_id and later.id > pull_run.id and later.state in ('WAITING', 'RUNNING'));
      drop index pull_run_one_under_way;
      create unique index pull_run_one_under_way on pull_run (source_id) where state in ('WAITING', 'RUNNING');

      alter table job_run add column failure_code text, add column subject text;
      create index job_run_failed_ix on job_run (failure_code, name) where state = 'FAILED';
      create index job_run_finished_ix on job_run (finished_at) where finished_at is not null;

      create table job_notice (
        id uuid not null,
        -- what is out of order, for example pull-source/<id>
        subject text not null,
        kind text not null,
        person_id uuid not null,
        title_zh text not null,
        title_en text not null,
        sentence_zh text not null,
        sentence_en text not null,
        unit_id uuid,
        link text,
        created_at timestamptz not null,
        read_at timestamptz,
        -- an outage is over when its subject succeeds again
        over_at timestamptz,
        constraint job_notice_pk primary key (id),
        constraint job_notice_person_fk foreign key (person_id) references person (id),
        constraint job_notice_unit_fk foreign key (unit_id) references budget_unit (id),
        constraint job_notice_kind_known check (kind in ('OUTAGE', 'RECOVERY')),
        constraint job_notice_recovery_is_over check (kind = 'OUTAGE' or over_at is not null)
      );
      -- Told once per outage and person, however often the jobs of it fail.
      create unique index job_notice_once on job_notice (subject, person_id) where kind = 'OUTAGE' and over_at is null;
      create index job_notice_unread on job_notice (person_id, id) where read_at is null;
      create index job_notice_by_subject on job_notice (subject) where over_at is null;
    `);
    // History is kept three years; what remembers a job longer forgets only which job it was.
    for (const [table, constraint] of [['pull_run', 'pull_run_job_run_fk'], ['bulk_run', 'bulk_run_job_run_fk'], ['document_import', 'document_import_job_run_fk']] as const) {
      await runner.query(`alter table ${table} drop constraint ${constraint}, add constraint ${constraint} foreign key (job_run_id) references job_run (id) on delete set null`);
    }
    await runner.query('alter table outbox_message drop constraint outbox_message_job_run_fk, add constraint outbox_message_job_run_fk foreign key (job_run_id) references job_run (id) on delete cascade');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
