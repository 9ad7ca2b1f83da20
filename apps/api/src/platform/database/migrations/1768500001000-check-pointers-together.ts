import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first PostgreSQL in which a key can be declared without having it checked row by row. */
const DECLARES_KEYS = 180_000;

/**
 * That a document points at a score which is there is checked for all pointers of a statement together. The key checked them one by one, each through the list of
 * years (17 microseconds of the 140 that a document of a region costs PostgreSQL); together they are walks along one index (3). The key stays declared, as one that
 * PostgreSQL does not check itself, so that tools and people see it. Scores are never changed or taken away, so who is checked once points rightly for good.
 * Before PostgreSQL 18 keys cannot be declared so, and the key of before stays.
 */
export class CheckPointersTogether1768500001000 implements MigrationInterface {
  readonly name = 'CheckPointersTogether1768500001000';

  async up(runner: QueryRunner): Promise<void> {
    const [server] = (await runner.query(`select current_setting('server_version_num')::integer as version`)) as { version: number }[];
    if (server === undefined || server.version < DECLARES_KEYS) return;
    // A pointer that moves is checked; one that stays may point into a year that was set aside. `offset 0` keeps the planner from reading all scores of all years instead.
    await runner.query(`
      create function score_pointed_at_is_there() returns trigger language plpgsql as $$
      declare stray record;
      begin
        if tg_op = 'INSERT' then
          select c.document_kind, c.document_id, c.score_id, c.fiscal_year into stray from changed c
          where c.score_id is not null and not exists (select 1 from score s where s.id = c.score_id and s.fiscal_year = c.fiscal_year offset 0) limit 1;
        else
          select c.document_kind, c.document_id, c.score_id, c.fiscal_year into stray from changed c left join gone g using (document_kind, document_id)
          where c.score_id is not null and (c.score_id, c.fiscal_year) is distinct from (g.score_id, g.fiscal_year)
            and not exists (select 1 from score s where s.id = c.score_id and s.fiscal_year = c.fiscal_year offset 0) limit 1;
        end if;
        if found then
          raise exception 'the % % points at the score % of %, which is not there', stray.document_kind, stray.document_id, stray.score_id, stray.fiscal_year
            using errcode = 'foreign_key_violation', table = 'score_request', constraint = 'score_request_score_fk';
        end if;
        return null;
      end $$`);
    await runner.query(`
      alter table score_request drop constraint score_request_score_fk,
        add constraint score_request_score_fk foreign key (score_id, fiscal_year) references score (id, fiscal_year) not enforced;
      create trigger score_request_points_at_score_new after insert on score_request referencing new table as changed for each statement execute function score_pointed_at_is_there();
      create trigger score_request_points_at_score after update on score_request referencing old table as gone new table as changed for each statement execute function score_pointed_at_is_there()`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
