import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ground floor: who reports (units, people, roles), sessions, the outbox, visible jobs and the audit trail.
 *
 * `forbid_change()` is hung on every append-only table (audit, actuals, scores, sign-offs): what was signed cannot be edited by any
 * statement of the application, only by somebody who first removes the trigger and is seen doing so.
 */
export class Platform1767100000000 implements MigrationInterface {
  readonly name = 'Platform1767100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function forbid_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = 'JH001';
      end $$;

      -- 'path' is the chain of ids from the root to the unit itself, '/a/b/': a scope is a prefix of it, so one index answers "below me".
      create table budget_unit (
        id uuid constraint budget_unit_pk primary key,
        code text not null constraint budget_unit_code_uq unique,
        name text not null,
        kind text not null constraint budget_unit_kind_ck check (kind in ('UNIT', 'DEPARTMENT', 'FINANCE')),
        parent_id uuid constraint budget_unit_parent_fk references budget_unit (id),
        path text not null constraint budget_unit_path_uq unique,
        created_at timestamptz not null default now(),
        constraint budget_unit_path_ck check (path like '%/' || id::text || '/')
      );
      create index budget_unit_path_prefix_ix on budget_unit (path text_pattern_ops);
      create index budget_unit_parent_ix on budget_unit (parent_id);

      create table person (
        id uuid constraint person_pk primary key,
        login text not null constraint person_login_uq unique constraint person_login_ck check (login = lower(login)),
        display_name text not null,
        password_hash text not null,
        active boolean not null default true,
        must_change_password boolean not null default false,
        created_at timestamptz not null default now()
      );

      create table role_assignment (
        person_id uuid not null constraint role_assignment_person_fk references person (id),
        role text not null constraint role_assignment_role_ck check (role in ('reporter', 'reviewer', 'manager', 'department', 'finance', 'administrator')),
        unit_id uuid not null constraint role_assignment_unit_fk references budget_unit (id),
        constraint role_assignment_pk primary key (person_id, role, unit_id)
      );
      create index role_assignment_unit_ix on role_assignment (unit_id);

      -- The token itself is only in the browser's cookie; a stolen table opens no session.
      create table session (
        token_hash text constraint session_pk primary key,
        person_id uuid not null constraint session_person_fk references person (id),
        created_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now()
      );
      create index session_person_ix on session (person_id);

      create table sign_in_attempt (
        who text constraint sign_in_attempt_pk primary key,
        failures integer not null,
        window_from timestamptz not null
      );

      create table job_run (
        id uuid constraint job_run_pk primary key,
        name text not null,
        title_zh text not null,
        title_en text not null,
        state text not null default 'WAITING' constraint job_run_state_ck check (state in ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
        done integer not null default 0,
        total integer not null default 0,
        at text,
        failure_zh text,
        failure_en text,
        mender text,
        attempts integer not null default 0,
        link text,
        unit_id uuid constraint job_run_unit_fk references budget_unit (id),
        requested_by uuid constraint job_run_person_fk references person (id),
        created_at timestamptz not null default now(),
        started_at timestamptz,
        finished_at timestamptz
      );
      create index job_run_unit_ix on job_run (unit_id, id);
      create index job_run_person_ix on job_run (requested_by, id);

      create table outbox_message (
        id uuid constraint outbox_message_pk primary key,
        kind text not null constraint outbox_message_kind_ck check (kind in ('JOB', 'NEWS')),
        name text not null,
        payload jsonb not null,
        dedup_key text,
        job_run_id uuid constraint outbox_message_job_run_fk references job_run (id),
        created_at timestamptz not null default now(),
        rung_at timestamptz
      );
      create index outbox_message_waiting_ix on outbox_message (id) where rung_at is null;
      create index outbox_message_job_run_ix on outbox_message (job_run_id);
      -- Unique only while it waits: the same wish made twice rings once, and may be made again later.
      create unique index outbox_message_dedup_uq on outbox_message (dedup_key) where rung_at is null;

      create table audit_event (
        id uuid constraint audit_event_pk primary key,
        at timestamptz not null default clock_timestamp(),
        actor_id uuid,
        actor_name text not null,
        action text not null,
        subject_id text not null,
        facts jsonb not null
      );
      create index audit_event_subject_ix on audit_event (subject_id, id);
      create trigger audit_event_append_only before update or delete on audit_event for each row execute function forbid_change();
      create trigger audit_event_keep before truncate on audit_event for each statement execute function forbid_change();

      -- The bells: a commit wakes the relay, a change of a visible job wakes the streams of the browsers.
      create function tell_outbox() returns trigger language plpgsql as $$ begin perform pg_notify('jiheng_outbox', ''); return null; end $$;
      create trigger outbox_message_tell after insert on outbox_message for each statement execute function tell_outbox();
      create function tell_job_run() returns trigger language plpgsql as $$ begin perform pg_notify('jiheng_job_run', new.id::text); return null; end $$;
      create trigger job_run_tell after insert or update on job_run for each row execute function tell_job_run();
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
