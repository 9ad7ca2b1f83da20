import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Room for a new year is made while people read. Making it wants six tables and those they refer to for itself, one after another; a page that held the last of them
 * and came to the first was taken for a deadlock, and PostgreSQL gave either of the two an error. Now whoever makes room waits for a third of a second at
 * most (a deadlock is looked for after a whole one), gives back what it has, lets the others through and begins again, for half a minute.
 */
export class MakeRoomPatiently1767994000000 implements MigrationInterface {
  readonly name = 'MakeRoomPatiently1767994000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter function ensure_fiscal_year(integer) rename to make_fiscal_year');
    await runner.query(`
      create function ensure_fiscal_year(year integer) returns boolean language plpgsql set lock_timeout to '300ms' as $$
      declare until timestamptz := clock_timestamp() + interval '30 seconds';
      begin
        loop
          begin
            return make_fiscal_year(year);
          exception when lock_not_available then
            -- All or nothing: what was made in this round is gone, and so are its locks.
            if clock_timestamp() > until then raise; end if;
          end;
          perform pg_sleep(0.1 + random() / 10);
        end loop;
      end $$`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
