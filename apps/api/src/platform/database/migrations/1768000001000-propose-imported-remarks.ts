import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 监控表: what an imported monitoring form says of deviations, of the year's end and of money waits beside what stands in the report until a person
 * takes it over or lets it go. Taking it over is a change like any other, written by that person; this table only remembers what was offered.
 */
export class ProposeImportedRemarks1768000001000 implements MigrationInterface {
  readonly name = 'ProposeImportedRemarks1768000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table import_remark (
        id uuid not null,
        import_id uuid not null,
        ordinal integer not null,
        -- no foreign key: years go to the archive, and this line stays
        report_id uuid not null,
        -- '' for the money of the report
        indicator_key text not null,
        body jsonb not null,
        made_by uuid not null,
        made_at timestamptz not null,
        -- REPLACED: a later proposal stands in its place; WITHDRAWN: the import was taken back
        settlement text,
        settled_by uuid,
        settled_at timestamptz,
        constraint import_remark_pk primary key (id),
        constraint import_remark_table_fk foreign key (import_id, ordinal) references import_table (import_id, ordinal),
        constraint import_remark_maker_fk foreign key (made_by) references person (id),
        constraint import_remark_settler_fk foreign key (settled_by) references person (id),
        constraint import_remark_settlement_known check (settlement in ('TAKEN', 'KEPT', 'REPLACED', 'WITHDRAWN')),
        constraint import_remark_settled_whole check ((settlement is null) = (settled_by is null) and (settlement is null) = (settled_at is null))
      );
      create unique index import_remark_one_open on import_remark (report_id, indicator_key) where settlement is null;
      create index import_remark_by_import on import_remark (import_id, ordinal);
      create function import_remark_settled_once() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or old.settlement is not null
           or (new.id, new.import_id, new.ordinal, new.report_id, new.indicator_key, new.body, new.made_by, new.made_at)
           is distinct from (old.id, old.import_id, old.ordinal, old.report_id, old.indicator_key, old.body, old.made_by, old.made_at) then
          raise exception 'what a document said is settled once, never changed or deleted' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$;
      create trigger import_remark_settled_once before update or delete on import_remark for each row execute function import_remark_settled_once();
      -- A proposal may be of remarks alone.
      alter table import_proposal drop constraint import_proposal_says_something`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
