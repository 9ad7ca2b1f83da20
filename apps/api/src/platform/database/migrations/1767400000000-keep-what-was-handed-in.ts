import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Closes what the first migrations left open. Evidence, report files and the values of sources could be emptied out with one `truncate`, and
 * a choice between two values could be changed afterwards. The money of an approved table, its lead and the list of those who wrote in it
 * could still be edited. Who wrote a target table, an explanation, a file or a chapter could sign it past the service.
 */
export class KeepWhatWasHandedIn1767400000000 implements MigrationInterface {
  readonly name = 'KeepWhatWasHandedIn1767400000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['evidence', 'report_artifact', 'candidate']) {
      await runner.query(`create trigger ${table}_not_emptied before truncate on ${table} for each statement execute function forbid_change()`);
    }
    await runner.query(`
      create function candidate_settled_once() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or old.settlement is not null
           or (new.id, new.report_id, new.indicator_id, new.indicator_key, new.actual, new.outcome, new.warning, new.observation_id, new.source_name, new.observed_at, new.verbatim, new.sha256)
           is distinct from (old.id, old.report_id, old.indicator_id, old.indicator_key, old.actual, old.outcome, old.warning, old.observation_id, old.source_name, old.observed_at, old.verbatim, old.sha256) then
          raise exception 'a value of a source is settled once, never changed or deleted' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
    await runner.query('create trigger candidate_settled_once before update or delete on candidate for each row execute function candidate_settled_once()');

    // Everything of an approved table stays but its state and the count of its changes.
    await runner.query(`
      create or replace function approved_table_stays() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' then
          if old.state in ('APPROVED', 'SUPERSEDED') then
            raise exception 'an approved target table is not deleted' using errcode = 'restrict_violation';
          end if;
          return old;
        end if;
        if old.state = 'SUPERSEDED' or (old.state = 'APPROVED' and (new.state <> 'SUPERSEDED'
           or (to_jsonb(new) - 'state' - 'revision') is distinct from (to_jsonb(old) - 'state' - 'revision'))) then
          raise exception 'an approved target table does not change; adjust it instead' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);

    await runner.query(`
      create or replace function signer_did_not_record() returns trigger language plpgsql as $$
      begin
        if new.document_kind = 'TARGET_TABLE' and exists (select 1 from performance_target_table where id = new.document_id and new.signer_id = any(recorders)) then
          raise exception 'who wrote in the target table cannot sign it' using errcode = 'JH002';
        end if;
        if new.document_kind = 'MONITORING_REPORT' and (
             exists (select 1 from (select distinct on (indicator_key) recorded_by from actual where report_id = new.document_id order by indicator_key, revision desc) a
                     where a.recorded_by = new.signer_id)
          or exists (select 1 from (select distinct on (indicator_key) recorded_by from deviation_explanation where report_id = new.document_id order by indicator_key, revision desc) d
                     where d.recorded_by = new.signer_id)
          or exists (select 1 from evidence where report_id = new.document_id and withdrawn_at is null and uploaded_by = new.signer_id)
          or exists (select 1 from (select recorded_by from budget_execution where report_id = new.document_id order by revision desc limit 1) e
                     where e.recorded_by = new.signer_id)) then
          raise exception 'who recorded a value of the report cannot sign it' using errcode = 'JH002';
        end if;
        if new.document_kind = 'SELF_EVALUATION' and (
             exists (select 1 from (select distinct on (indicator_key) judgement_by, explanation_by, adjustment_by from self_evaluation_answer
                       where self_evaluation_id = new.document_id order by indicator_key, revision desc) a
                     where new.signer_id in (a.judgement_by, a.explanation_by, a.adjustment_by))
          or exists (select 1 from (select distinct on (chapter_id) recorded_by from self_evaluation_chapter where self_evaluation_id = new.document_id order by chapter_id, revision desc) c
                     where c.recorded_by = new.signer_id)) then
          raise exception 'who answered in the self-evaluation cannot sign it' using errcode = 'JH002';
        end if;
        return new;
      end $$`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
