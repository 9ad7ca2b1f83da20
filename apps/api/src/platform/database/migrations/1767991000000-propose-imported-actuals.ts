import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 监控表: what an imported monitoring form says was reached stands beside the cells of the report as candidates, like the values of a source.
 * Taking the import back withdraws those that nobody has settled.
 */
export class ProposeImportedActuals1767991000000 implements MigrationInterface {
  readonly name = 'ProposeImportedActuals1767991000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- a source that was asked, or a document that somebody brought
      alter table candidate add column origin text not null default 'PULLED', add constraint candidate_origin_known check (origin in ('PULLED', 'IMPORTED'));
      -- WITHDRAWN: the person who brought the document took it back; like a choice it has a person behind it
      alter table candidate drop constraint candidate_settlement_known;
      alter table candidate add constraint candidate_settlement_known check (settlement in ('ACCEPTED', 'KEPT', 'AGREED', 'REPLACED', 'WITHDRAWN'));

      create or replace function candidate_settled_once() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or old.settlement is not null
           or (new.id, new.report_id, new.indicator_id, new.indicator_key, new.actual, new.outcome, new.warning, new.observation_id, new.source_name, new.observed_at, new.verbatim, new.sha256, new.origin)
           is distinct from (old.id, old.report_id, old.indicator_id, old.indicator_key, old.actual, old.outcome, old.warning, old.observation_id, old.source_name, old.observed_at, old.verbatim, old.sha256, old.origin) then
          raise exception 'a value of a source is settled once, never changed or deleted' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$;

      create table import_proposal (
        id uuid not null,
        import_id uuid not null,
        ordinal integer not null,
        -- no foreign key: years go to the archive, and this line stays
        report_id uuid not null,
        -- by which the candidates are found again (candidate.observation_id)
        observation_ids uuid[] not null,
        made_by uuid not null,
        made_at timestamptz not null,
        withdrawn_by uuid,
        withdrawn_at timestamptz,
        constraint import_proposal_pk primary key (id),
        constraint import_proposal_table_fk foreign key (import_id, ordinal) references import_table (import_id, ordinal),
        constraint import_proposal_maker_fk foreign key (made_by) references person (id),
        constraint import_proposal_withdrawer_fk foreign key (withdrawn_by) references person (id),
        constraint import_proposal_says_something check (cardinality(observation_ids) > 0),
        constraint import_proposal_withdrawn_whole check ((withdrawn_by is null) = (withdrawn_at is null))
      );
      create index import_proposal_by_table on import_proposal (import_id, ordinal)`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
