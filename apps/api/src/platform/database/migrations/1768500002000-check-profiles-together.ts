import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first PostgreSQL in which a key can be declared without having it checked row by row. */
const DECLARES_KEYS = 180_000;

/**
 * That a score names a rule profile which is there is checked for all scores of a statement together: they name one or two, and asked for each of a thousand rows it was a
 * quarter of what storing them cost (10 of 42 microseconds; together 2). The key stays declared, so that tools and people see it; profiles are never changed or taken away.
 * Before PostgreSQL 18 keys cannot be declared so, and the key of before stays.
 */
export class CheckProfilesTogether1768500002000 implements MigrationInterface {
  readonly name = 'CheckProfilesTogether1768500002000';

  async up(runner: QueryRunner): Promise<void> {
    const [server] = (await runner.query(`select current_setting('server_version_num')::integer as version`)) as { version: number }[];
    if (server === undefined || server.version < DECLARES_KEYS) return;
    await runner.query(`
      create function score_profile_is_there() returns trigger language plpgsql as $$
      declare stray record;
      begin
        select c.id, c.profile_id into stray from changed c where c.profile_id not in (select id from rule_profile) limit 1;
        if found then
          raise exception 'the score % names the rule profile %, which is not there', stray.id, stray.profile_id
            using errcode = 'foreign_key_violation', table = 'score', constraint = 'score_profile_fk';
        end if;
        return null;
      end $$`);
    await runner.query(`
      alter table score drop constraint score_profile_fk, add constraint score_profile_fk foreign key (profile_id) references rule_profile (id) not enforced;
      create trigger score_names_profile after insert on score referencing new table as changed for each statement execute function score_profile_is_there()`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
