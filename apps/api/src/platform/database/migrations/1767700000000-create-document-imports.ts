import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 导入: a document on its way into the books. What was read never changes; a person's corrections are a log that only grows, and what holds is
 * replayed from both. Every acceptance says which target table it made, so that it can be taken back, and every indicator where it was read.
 */
export class CreateDocumentImports1767700000000 implements MigrationInterface {
  readonly name = 'CreateDocumentImports1767700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table document_import (
        id uuid not null,
        -- null until somebody says whose document it is
        unit_id uuid,
        file_name text not null,
        size_bytes integer not null,
        sha256 text not null,
        state text not null default 'READING',
        -- taken where the document names no year
        fiscal_year integer,
        -- the unit as the document names it
        named_unit text not null default '',
        refusal_code text,
        refusal_zh text,
        refusal_en text,
        job_run_id uuid,
        created_by uuid not null,
        created_at timestamptz not null,
        read_at timestamptz,
        constraint document_import_pk primary key (id),
        constraint document_import_unit_fk foreign key (unit_id) references budget_unit (id),
        constraint document_import_person_fk foreign key (created_by) references person (id),
        constraint document_import_job_run_fk foreign key (job_run_id) references job_run (id),
        constraint document_import_state_known check (state in ('READING', 'STAGED', 'ACCEPTED', 'UNDONE', 'REFUSED')),
        constraint document_import_refused_says_why check ((state = 'REFUSED') = (refusal_code is not null)),
        constraint document_import_digest_shape check (sha256 ~ '^[0-9a-f]{64}$')
      );
      create index document_import_by_unit on document_import (unit_id, id desc);
      create index document_import_by_person on document_import (created_by, id desc);

      create table import_source_part (
        import_id uuid not null,
        part integer not null,
        sheet text,
        columns integer not null,
        pages jsonb,
        constraint import_source_part_pk primary key (import_id, part),
        constraint import_source_part_import_fk foreign key (import_id) references document_import (id)
      );
      create table import_source_chunk (
        import_id uuid not null,
        part integer not null,
        chunk integer not null,
        page integer,
        first_line integer not null,
        last_line integer not null,
        line_count integer not null,
        lines jsonb not null,
        constraint import_source_chunk_pk primary key (import_id, part, chunk),
        constraint import_source_chunk_part_fk foreign key (import_id, part) references import_source_part (import_id, part)
      );

      create table import_table (
        import_id uuid not null,
        ordinal integer not null,
        -- as it was read; corrections are replayed over it
        read jsonb not null,
        -- what lists show, as corrected
        subject text not null,
        fiscal_year integer not null,
        project text,
        budget_unit text not null,
        row_count integer not null,
        weight_total numeric not null,
        doubtful integer not null,
        errors integer not null,
        warnings integer not null,
        gaps integer not null,
        constraint import_table_pk primary key (import_id, ordinal),
        constraint import_table_import_fk foreign key (import_id) references document_import (id),
        constraint import_table_subject_known check (subject in ('PROJECT', 'UNIT'))
      );
      create function import_reading_stays() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or new.read is distinct from old.read then
          raise exception 'what was read from a document stays as it was read' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$;
      create trigger import_reading_stays before update or delete on import_table for each row execute function import_reading_stays();

      create table import_correction (
        id uuid not null,
        import_id uuid not null,
        ordinal integer not null,
        sequence integer not null,
        request_id uuid not null,
        body jsonb not null,
        made_by uuid not null,
        made_at timestamptz not null,
        constraint import_correction_pk primary key (id),
        constraint import_correction_table_fk foreign key (import_id, ordinal) references import_table (import_id, ordinal),
        constraint import_correction_person_fk foreign key (made_by) references person (id),
        constraint import_correction_in_order unique (import_id, ordinal, sequence),
        constraint import_correction_once unique (request_id)
      );
      create trigger import_correction_append_only before update or delete on import_correction for each row execute function forbid_change();
      create trigger import_correction_not_emptied before truncate on import_correction for each statement execute function forbid_change();

      create table import_acceptance (
        id uuid not null,
        import_id uuid not null,
        ordinal integer not null,
        -- no foreign key: taking the import back deletes the draft, and this line stays
        target_table_id uuid not null,
        how text not null,
        title text not null,
        -- the draft as it was before, when one was rewritten
        before jsonb,
        -- the draft's revision right after
        revision integer not null,
        accepted_by uuid not null,
        accepted_at timestamptz not null,
        undone_by uuid,
        undone_at timestamptz,
        constraint import_acceptance_pk primary key (id),
        constraint import_acceptance_table_fk foreign key (import_id, ordinal) references import_table (import_id, ordinal),
        constraint import_acceptance_person_fk foreign key (accepted_by) references person (id),
        constraint import_acceptance_undoer_fk foreign key (undone_by) references person (id),
        constraint import_acceptance_how_known check (how in ('CREATED', 'REWRITTEN', 'ADJUSTED', 'UNCHANGED')),
        constraint import_acceptance_rewritten_keeps_before check ((how = 'REWRITTEN') = (before is not null)),
        constraint import_acceptance_undone_whole check ((undone_by is null) = (undone_at is null))
      );
      create unique index import_acceptance_once on import_acceptance (import_id, ordinal) where undone_at is null;
      create index import_acceptance_by_target_table on import_acceptance (target_table_id);

      create table indicator_origin (
        target_table_id uuid not null,
        indicator_key text not null,
        import_id uuid not null,
        ordinal integer not null,
        row_id text not null,
        place text not null,
        cells jsonb not null,
        constraint indicator_origin_pk primary key (target_table_id, indicator_key),
        constraint indicator_origin_target_table_fk foreign key (target_table_id) references performance_target_table (id) on delete cascade,
        constraint indicator_origin_table_fk foreign key (import_id, ordinal) references import_table (import_id, ordinal)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
