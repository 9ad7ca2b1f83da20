import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 报告文件: bytes with their digest, the template and the score they were made from. Besides (document, template, score) the key holds the
 * digest of the content: explanations and chapters are printed but carry no points, and a corrected sentence must not hand out the old file.
 */
export class CreateReportArtifacts1767300004000 implements MigrationInterface {
  readonly name = 'CreateReportArtifacts1767300004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table report_artifact (
        id uuid not null,
        document_kind text not null,
        document_id uuid not null,
        template_id text not null,
        format text not null,
        score_id uuid not null,
        content_digest text not null,
        -- what is drawn, cell by cell: the file can be made again from it, whatever was corrected since
        content jsonb not null,
        state text not null default 'WAITING',
        file_name text not null,
        size_bytes integer,
        sha256 text,
        job_run_id uuid,
        requested_by uuid not null,
        requested_at timestamptz not null,
        failure_zh text,
        failure_en text,
        constraint report_artifact_pk primary key (id),
        constraint report_artifact_score_fk foreign key (score_id) references score (id),
        constraint report_artifact_person_fk foreign key (requested_by) references person (id),
        constraint report_artifact_job_run_fk foreign key (job_run_id) references job_run (id),
        constraint report_artifact_once unique (document_kind, document_id, template_id, format, score_id, content_digest),
        constraint report_artifact_document_known check (document_kind in ('SELF_EVALUATION')),
        constraint report_artifact_format_known check (format in ('xlsx', 'docx')),
        constraint report_artifact_state_known check (state in ('WAITING', 'RUNNING', 'READY', 'FAILED')),
        constraint report_artifact_ready_has_bytes check ((state = 'READY') = (sha256 is not null) and (sha256 is null) = (size_bytes is null)),
        constraint report_artifact_digest_shape check (sha256 ~ '^[0-9a-f]{64}$')
      );
      create index report_artifact_by_document on report_artifact (document_kind, document_id, requested_at desc);

      create function report_artifact_stays() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or old.state = 'READY' then
          raise exception 'a report that was handed out stays as it is' using errcode = 'JH001';
        end if;
        return new;
      end $$;
      create trigger report_artifact_stays before update or delete on report_artifact for each row execute function report_artifact_stays();
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
