import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 单位自评 of one subject and year. Its values are those of the signed quarters and are read there; what is added here are judgements,
 * explanations, adjusted points and the writer's words, each a revision that stays.
 */
export class CreateSelfEvaluation1767300002000 implements MigrationInterface {
  readonly name = 'CreateSelfEvaluation1767300002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table self_evaluation (
        id uuid not null,
        lineage_id uuid not null,
        table_id uuid not null,
        state text not null default 'DRAFT',
        revision integer not null default 0,
        created_by uuid not null,
        created_at timestamptz not null,
        state_since timestamptz not null,
        constraint self_evaluation_pk primary key (id),
        constraint self_evaluation_table_fk foreign key (table_id, lineage_id) references performance_target_table (id, lineage_id),
        constraint self_evaluation_creator_fk foreign key (created_by) references person (id),
        constraint self_evaluation_once_a_lineage unique (lineage_id),
        constraint self_evaluation_state_known check (state in ('DRAFT', 'SUBMITTED', 'REVIEWED', 'SIGNED', 'DEPARTMENT_ACCEPTED', 'ACCEPTED', 'RETURNED')),
        constraint self_evaluation_revision_grows check (revision >= 0)
      );
      create index self_evaluation_by_table on self_evaluation (table_id);

      create function self_evaluation_is_open() returns trigger language plpgsql as $$
      begin
        if not exists (select 1 from self_evaluation where id = new.self_evaluation_id and state in ('DRAFT', 'RETURNED')) then
          raise exception 'the self-evaluation is submitted, reviewed or signed' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$;

      -- One revision carries the whole row: judgement, explanation, adjustment. The computed points stand in indicator_score, beside it.
      create table self_evaluation_answer (
        id uuid not null,
        self_evaluation_id uuid not null,
        indicator_key text not null,
        revision integer not null,
        judgement jsonb,
        explanation jsonb,
        adjusted_points numeric,
        adjustment_reason text,
        request_id uuid not null,
        recorded_by uuid not null,
        recorded_at timestamptz not null,
        -- who last wrote which part, so that a later revision of another part does not take it over
        judgement_by uuid,
        explanation_by uuid,
        explanation_at timestamptz,
        adjustment_by uuid,
        adjustment_at timestamptz,
        constraint self_evaluation_answer_pk primary key (id),
        constraint self_evaluation_answer_document_fk foreign key (self_evaluation_id) references self_evaluation (id),
        constraint self_evaluation_answer_recorder_fk foreign key (recorded_by) references person (id),
        constraint self_evaluation_answer_revision_once unique (self_evaluation_id, indicator_key, revision),
        constraint self_evaluation_answer_request_once unique (self_evaluation_id, request_id),
        constraint self_evaluation_answer_revision_positive check (revision >= 1),
        constraint self_evaluation_answer_adjusted_points_sane check (adjusted_points >= 0 and scale(trim_scale(adjusted_points)) <= 2),
        constraint self_evaluation_answer_adjustment_whole check (num_nulls(adjusted_points, adjustment_reason, adjustment_by, adjustment_at) in (0, 4)),
        constraint self_evaluation_answer_reason_given check (btrim(adjustment_reason) <> '')
      );

      create table self_evaluation_chapter (
        id uuid not null,
        self_evaluation_id uuid not null,
        chapter_id text not null,
        revision integer not null,
        written text not null,
        request_id uuid not null,
        recorded_by uuid not null,
        recorded_at timestamptz not null,
        constraint self_evaluation_chapter_pk primary key (id),
        constraint self_evaluation_chapter_document_fk foreign key (self_evaluation_id) references self_evaluation (id),
        constraint self_evaluation_chapter_recorder_fk foreign key (recorded_by) references person (id),
        constraint self_evaluation_chapter_revision_once unique (self_evaluation_id, chapter_id, revision),
        constraint self_evaluation_chapter_request_once unique (self_evaluation_id, request_id),
        constraint self_evaluation_chapter_revision_positive check (revision >= 1)
      );
    `);
    for (const table of ['self_evaluation_answer', 'self_evaluation_chapter']) {
      await runner.query(`create trigger ${table}_is_open before insert on ${table} for each row execute function self_evaluation_is_open()`);
      await runner.query(`create trigger ${table}_append_only before update or delete on ${table} for each row execute function forbid_change()`);
      await runner.query(`create trigger ${table}_not_emptied before truncate on ${table} for each statement execute function forbid_change()`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
