import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who moved which document, and who answers for which version. Both are added, never changed. A signature that a later reopening has
 * overtaken stays as it is; a row beside it says so. Who recorded a value that stands in a document cannot sign it, whatever the code does.
 */
export class CreateSignOff1767300003000 implements MigrationInterface {
  readonly name = 'CreateSignOff1767300003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table workflow_action (
        id uuid not null,
        document_kind text not null,
        document_id uuid not null,
        -- the document's revision after the move
        revision integer not null,
        move text not null,
        from_state text not null,
        to_state text not null,
        actor_id uuid not null,
        role text not null,
        opinion text,
        at timestamptz not null,
        constraint workflow_action_pk primary key (id),
        constraint workflow_action_actor_fk foreign key (actor_id) references person (id),
        constraint workflow_action_once unique (document_kind, document_id, revision),
        constraint workflow_action_document_known check (document_kind in ('TARGET_TABLE', 'MONITORING_REPORT', 'SELF_EVALUATION')),
        constraint workflow_action_return_has_opinion check (move not in ('return', 'reopen') or btrim(coalesce(opinion, '')) <> '')
      );
      create index workflow_action_by_document on workflow_action (document_kind, document_id, id);

      create table sign_off (
        id uuid not null,
        document_kind text not null,
        document_id uuid not null,
        document_version integer not null,
        step text not null,
        signer_id uuid not null,
        role text not null,
        score_id uuid,
        -- SHA-256 of everything signed, in its canonical text
        digest text not null,
        action_id uuid not null,
        signed_at timestamptz not null,
        constraint sign_off_pk primary key (id),
        constraint sign_off_signer_fk foreign key (signer_id) references person (id),
        constraint sign_off_score_fk foreign key (score_id) references score (id),
        constraint sign_off_action_fk foreign key (action_id) references workflow_action (id),
        constraint sign_off_once unique (document_kind, document_id, document_version, step),
        constraint sign_off_document_known check (document_kind in ('TARGET_TABLE', 'MONITORING_REPORT', 'SELF_EVALUATION')),
        constraint sign_off_digest_shape check (digest ~ '^[0-9a-f]{64}$')
      );
      create index sign_off_by_document on sign_off (document_kind, document_id, id);

      create table sign_off_supersession (
        sign_off_id uuid not null,
        action_id uuid not null,
        at timestamptz not null,
        constraint sign_off_supersession_pk primary key (sign_off_id),
        constraint sign_off_supersession_sign_off_fk foreign key (sign_off_id) references sign_off (id),
        constraint sign_off_supersession_action_fk foreign key (action_id) references workflow_action (id)
      );

      create function signer_did_not_record() returns trigger language plpgsql as $$
      begin
        if new.document_kind = 'MONITORING_REPORT' and (
             exists (select 1 from (select distinct on (indicator_key) recorded_by from actual where report_id = new.document_id order by indicator_key, revision desc) a
                     where a.recorded_by = new.signer_id)
          or exists (select 1 from (select recorded_by from budget_execution where report_id = new.document_id order by revision desc limit 1) e
                     where e.recorded_by = new.signer_id)) then
          raise exception 'who recorded a value of the report cannot sign it' using errcode = 'JH002';
        end if;
        if new.document_kind = 'SELF_EVALUATION' and (
             exists (select 1 from (select distinct on (indicator_key) judgement_by, explanation_by, adjustment_by from self_evaluation_answer
                       where self_evaluation_id = new.document_id order by indicator_key, revision desc) a
                     where new.signer_id in (a.judgement_by, a.explanation_by, a.adjustment_by))) then
          raise exception 'who answered in the self-evaluation cannot sign it' using errcode = 'JH002';
        end if;
        return new;
      end $$;
      create trigger sign_off_signer_did_not_record before insert on sign_off for each row execute function signer_did_not_record();
    `);
    for (const table of ['workflow_action', 'sign_off', 'sign_off_supersession']) {
      await runner.query(`create trigger ${table}_append_only before update or delete on ${table} for each row execute function forbid_change()`);
      await runner.query(`create trigger ${table}_not_emptied before truncate on ${table} for each statement execute function forbid_change()`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
