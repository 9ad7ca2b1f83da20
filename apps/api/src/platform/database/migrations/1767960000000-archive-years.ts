import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A year that is over can be set aside: its partitions leave their parents and lie in the schema `archive`, from where they can be dumped, moved
 * to slower disks and brought back (`jiheng years`). While a year is away nobody makes its partitions anew.
 */
export class ArchiveYears1767960000000 implements MigrationInterface {
  readonly name = 'ArchiveYears1767960000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema if not exists archive;
      create table archived_year (
        fiscal_year integer not null,
        archived_at timestamptz not null,
        -- {"score_2020": rows}: what must be there again when the year comes back
        rows jsonb not null,
        constraint archived_year_pk primary key (fiscal_year)
      )`);
    await runner.query(`
      create or replace function ensure_fiscal_year(year integer) returns boolean language plpgsql as $$
      declare parent text; part text; strays boolean; made boolean := false;
      begin
        if exists (select 1 from archived_year where fiscal_year = year) then return false; end if;
        foreach parent in array array['actual', 'budget_execution', 'budget_execution_part', 'score', 'indicator_score', 'score_trace'] loop
          part := parent || '_' || year;
          continue when to_regclass(part) is not null;
          -- One maker at a time; the other finds it made.
          perform pg_advisory_xact_lock(hashtext('ensure_fiscal_year'));
          continue when to_regclass(part) is not null;
          execute format('select exists (select 1 from %I where fiscal_year = $1)', parent || '_default') into strays using year;
          -- Rows that came before their partition stay readable where they are.
          continue when strays;
          execute format('create table %I partition of %I for values in (%s)', part, parent, year);
          -- Row triggers come along by themselves; this one does not.
          execute format('create trigger %I before truncate on %I for each statement execute function forbid_change()', part || '_not_emptied', part);
          made := true;
        end loop;
        if made then perform name_partition_keys(); end if;
        return made;
      end $$`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
