import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A warning of the quality check that somebody takes on with a reason. It names the finding by a digest of its code, its words and the row it
 * is about: when the row changes, the finding has another name and the acceptance no longer covers it.
 */
export class AcceptFindings1767600001000 implements MigrationInterface {
  readonly name = 'AcceptFindings1767600001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table finding_acceptance (
        id uuid not null,
        document_kind text not null,
        document_id uuid not null,
        finding_id text not null,
        code text not null,
        -- null: the finding is about the head
        row_key text,
        -- the sentence that was accepted
        message text not null,
        reason text not null,
        accepted_by uuid not null,
        accepted_at timestamptz not null,
        constraint finding_acceptance_pk primary key (id),
        constraint finding_acceptance_once unique (document_kind, document_id, finding_id),
        constraint finding_acceptance_person_fk foreign key (accepted_by) references person (id),
        constraint finding_acceptance_document_known check (document_kind in ('TARGET_TABLE')),
        constraint finding_acceptance_finding_shape check (finding_id ~ '^[0-9a-f]{32}$'),
        constraint finding_acceptance_reason_given check (length(btrim(reason)) >= 2)
      );
    `);
    await runner.query('create trigger finding_acceptance_append_only before update or delete on finding_acceptance for each row execute function forbid_change()');
    await runner.query('create trigger finding_acceptance_not_emptied before truncate on finding_acceptance for each statement execute function forbid_change()');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
