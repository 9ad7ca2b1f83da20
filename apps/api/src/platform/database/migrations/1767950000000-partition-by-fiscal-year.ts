import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that grow by tens of millions of rows a year, parents before those that refer to them, with the year of a row `b` that is there already. */
const TABLES = [
  ['actual', 'r.fiscal_year', 'join monitoring_report r on r.id = b.report_id'],
  ['budget_execution', 'r.fiscal_year', 'join monitoring_report r on r.id = b.report_id'],
  ['budget_execution_part', 'e.fiscal_year', 'join budget_execution e on e.id = b.execution_id'],
  ['score', 'coalesce(r.fiscal_year, t.fiscal_year)', `left join monitoring_report r on b.document_kind = 'MONITORING_REPORT' and r.id = b.document_id
    left join self_evaluation e on b.document_kind = 'SELF_EVALUATION' and e.id = b.document_id left join performance_target_table t on t.id = e.table_id`],
  ['indicator_score', 's.fiscal_year', 'join score s on s.id = b.score_id'],
  ['score_trace', 's.fiscal_year', 'join score s on s.id = b.score_id'],
] as const;

// The year stands last in every key: within a partition it is always the same, so in front it would only hide the column that tells rows apart
// from whoever asks without the year.
const KEYS: Readonly<Record<(typeof TABLES)[number][0], string>> = {
  actual: `
    add constraint actual_pk primary key (id, fiscal_year),
    add constraint actual_revision_once unique (report_id, indicator_key, revision, fiscal_year),
    add constraint actual_request_once unique (report_id, request_id, fiscal_year),
    add constraint actual_report_fk foreign key (report_id) references monitoring_report (id),
    add constraint actual_indicator_fk foreign key (indicator_id) references indicator (id),
    add constraint actual_recorder_fk foreign key (recorded_by) references person (id)`,
  budget_execution: `
    add constraint budget_execution_pk primary key (id, fiscal_year),
    add constraint budget_execution_revision_once unique (report_id, revision, fiscal_year),
    add constraint budget_execution_request_once unique (report_id, request_id, fiscal_year),
    add constraint budget_execution_report_fk foreign key (report_id) references monitoring_report (id),
    add constraint budget_execution_recorder_fk foreign key (recorded_by) references person (id)`,
  budget_execution_part: `
    add constraint budget_execution_part_pk primary key (execution_id, part, fiscal_year),
    add constraint budget_execution_part_execution_fk foreign key (execution_id, fiscal_year) references budget_execution (id, fiscal_year)`,
  score: `
    add constraint score_pk primary key (id, fiscal_year),
    add constraint score_once unique (document_kind, document_id, profile_id, inputs_digest, fiscal_year),
    add constraint score_profile_fk foreign key (profile_id) references rule_profile (id)`,
  indicator_score: `
    add constraint indicator_score_pk primary key (score_id, indicator_id, fiscal_year),
    add constraint indicator_score_score_fk foreign key (score_id, fiscal_year) references score (id, fiscal_year),
    add constraint indicator_score_indicator_fk foreign key (indicator_id) references indicator (id)`,
  score_trace: `
    add constraint score_trace_pk primary key (score_id, fiscal_year),
    add constraint score_trace_score_fk foreign key (score_id, fiscal_year) references score (id, fiscal_year)`,
};

/**
 * Values, money and scores lie by fiscal year, so that a year that is over can be moved, compressed or taken off whole, and the year that is
 * worked in stays small. The year is the document's: a self-evaluation of 2025 that is scored in April 2026 lies with 2025. Whoever writes says
 * the year; that it is the report's is checked where the report is read anyway (`report_of_year_is_open`, `mark_roll_up`), which costs
 * nothing, whereas a foreign key on (report, year) would want a second index on every report. Everything that was there is copied within this one
 * transaction; rows and ids stay as they were.
 */
export class PartitionByFiscalYear1767950000000 implements MigrationInterface {
  readonly name = 'PartitionByFiscalYear1767950000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`set local maintenance_work_mem = '256MB'`);
    await this.yearOfReports(runner);
    await this.yearsToCome(runner);
    await runner.query(`
      drop view indicator_line;
      alter table score_request drop constraint score_request_score_fk;
      alter table sign_off drop constraint sign_off_score_fk;
      alter table report_artifact drop constraint report_artifact_score_fk;
      alter table indicator_score drop constraint indicator_score_score_fk;
      alter table score_trace drop constraint score_trace_score_fk;
      alter table budget_execution_part drop constraint budget_execution_part_execution_fk`);
    // Partitions first and empty, rows next, keys last: filling a table and then building its keys is several times quicker.
    for (const [table] of TABLES) {
      await runner.query(`alter table ${table} rename to ${table}_before`);
      await runner.query(`create table ${table} (like ${table}_before including defaults including constraints including storage, fiscal_year integer not null) partition by list (fiscal_year)`);
      await runner.query(`create table ${table}_default partition of ${table} default`);
      await runner.query(`create trigger ${table}_default_not_emptied before truncate on ${table}_default for each statement execute function forbid_change()`);
    }
    await runner.query('select ensure_fiscal_year(y.fiscal_year) from (select fiscal_year from reporting_period union select fiscal_year from performance_target_table order by 1) y');
    for (const [table, year, source] of TABLES) {
      await runner.query(`insert into ${table} select b.*, ${year} from ${table}_before b ${source}`);
      await refuseLoss(runner, table);
    }
    for (const [table] of [...TABLES].reverse()) await runner.query(`drop table ${table}_before`);
    for (const [table] of TABLES) await runner.query(`alter table ${table} ${KEYS[table]}`);
    await runner.query('create index score_by_document on score (document_kind, document_id, computed_at desc)');
    await runner.query('select name_partition_keys()');
    await this.pointersAtScores(runner);
    await this.triggers(runner);
    await runner.query(`
      create view indicator_line as
        select score_id, indicator_id, indicator_key, ordinal, points, weight, attainment_rate, deviation_rate, flags, explanation_owed, blocked_code, blocked_params, fiscal_year from indicator_score
        union all
        select s.id, l.indicator_id, i.indicator_key, l.ordinal::integer, round(l.points / 100.0, 2), round((coalesce(l.points, 0) + l.lost) / 100.0, 2), l.rate, l.deviation,
          score_flag_names(l.flags), l.flags & (1 << 24) <> 0, s.line_blocked -> l.ordinal::text ->> 'code', s.line_blocked -> l.ordinal::text -> 'params', s.fiscal_year
        from score s cross join lateral unnest(s.line_ids, s.line_points, s.line_lost, s.line_rates, s.line_deviations, s.line_flags)
            with ordinality as l(indicator_id, points, lost, rate, deviation, flags, ordinal)
          join indicator i on i.id = l.indicator_id`);
    for (const [table] of TABLES) await runner.query(`analyze ${table}`);
  }

  /** A report knows its year: taken from its period when it is opened, and never another one afterwards. */
  private async yearOfReports(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table monitoring_report add column fiscal_year integer;
      alter table monitoring_report disable trigger user;
      update monitoring_report r set fiscal_year = p.fiscal_year from reporting_period p where p.id = r.period_id;
      alter table monitoring_report enable trigger user;
      alter table monitoring_report alter column fiscal_year set not null`);
    await runner.query(`
      create or replace function monitoring_report_fits() returns trigger language plpgsql as $$
      declare the_year integer;
      begin
        select p.fiscal_year into the_year from performance_target_table t join reporting_period p on p.id = new.period_id
          where t.id = new.table_id and t.lineage_id = new.lineage_id and t.fiscal_year = p.fiscal_year;
        if not found then
          raise exception 'a report belongs to a period of its table''s year' using errcode = 'check_violation';
        end if;
        if tg_op = 'UPDATE' and the_year <> old.fiscal_year then
          raise exception 'a report stays in its year, where its values lie' using errcode = 'check_violation';
        end if;
        new.fiscal_year := the_year;
        return new;
      end $$`);
    await runner.query('drop trigger monitoring_report_fits on monitoring_report');
    await runner.query(`create trigger monitoring_report_fits before insert or update of table_id, lineage_id, period_id, fiscal_year on monitoring_report
      for each row execute function monitoring_report_fits()`);
  }

  /** Partitions are made with a year's first period, before anything can be written for the year; what has no partition would lie in the default one. */
  private async yearsToCome(runner: QueryRunner): Promise<void> {
    // A broken key is told by its name: that of the parent with the year behind it, instead of one that PostgreSQL makes of columns.
    await runner.query(`
      create function name_partition_keys() returns void language plpgsql as $$
      declare named record;
      begin
        for named in
          select p.relname as part, t.relname || substr(c.relname, length(parent.relname) + 1) as name
          from pg_inherits h join pg_class t on t.oid = h.inhparent and t.relkind = 'I' join pg_class p on p.oid = h.inhrelid
            join pg_index x on x.indexrelid = p.oid join pg_class c on c.oid = x.indrelid join pg_index px on px.indexrelid = t.oid join pg_class parent on parent.oid = px.indrelid
          where parent.relname = any (array[${TABLES.map(([table]) => `'${table}'`).join(', ')}]) and parent.relnamespace = current_schema()::regnamespace
        loop
          continue when named.part = named.name;
          execute format('alter index %I rename to %I', named.part, named.name);
        end loop;
      end $$`);
    await runner.query(`
      create function ensure_fiscal_year(year integer) returns boolean language plpgsql as $$
      declare parent text; part text; strays boolean; made boolean := false;
      begin
        foreach parent in array array[${TABLES.map(([table]) => `'${table}'`).join(', ')}] loop
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
    await runner.query(`
      create function make_room_for_year() returns trigger language plpgsql as $$
      begin
        perform ensure_fiscal_year(y.fiscal_year) from (select distinct fiscal_year from made order by 1) y;
        return null;
      end $$`);
    await runner.query('create trigger reporting_period_makes_room after insert on reporting_period referencing new table as made for each statement execute function make_room_for_year()');
  }

  /** Who refers to a score says its year as well. A request has no year until it points at a score. */
  private async pointersAtScores(runner: QueryRunner): Promise<void> {
    for (const table of ['score_request', 'sign_off', 'report_artifact']) {
      await runner.query(`
        alter table ${table} add column fiscal_year integer;
        alter table ${table} disable trigger user;
        update ${table} p set fiscal_year = s.fiscal_year from score s where s.id = p.score_id;
        alter table ${table} enable trigger user;
        alter table ${table} add constraint ${table}_score_has_year check (score_id is null or fiscal_year is not null)`);
      await runner.query(`alter table ${table} add constraint ${table}_score_fk foreign key (score_id, fiscal_year) references score (id, fiscal_year)${table === 'score_request' ? ' deferrable initially deferred' : ''}`);
    }
    await runner.query('alter table report_artifact alter column fiscal_year set not null, drop constraint report_artifact_score_has_year');
  }

  private async triggers(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function report_of_year_is_open() returns trigger language plpgsql as $$
      declare the_state text; the_year integer;
      begin
        select state, fiscal_year into the_state, the_year from monitoring_report where id = new.report_id;
        if not found or the_state not in ('DRAFT', 'RETURNED') then
          raise exception 'the report is submitted, reviewed or signed' using errcode = 'restrict_violation';
        end if;
        if the_year <> new.fiscal_year then
          raise exception 'what is reported lies in the year of its report, %', the_year using errcode = 'check_violation';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create or replace function budget_execution_adds_up() returns trigger language plpgsql as $$
      declare whole record; parts record;
      begin
        select * into whole from budget_execution_part where execution_id = new.execution_id and fiscal_year = new.fiscal_year and part = 'TOTAL';
        if not found then
          raise exception 'budget execution needs its total' using errcode = 'check_violation';
        end if;
        select count(*) as lines, count(initial) as initials, sum(initial) as initial, count(adjusted) as adjusteds, sum(adjusted) as adjusted,
               count(executed) as executeds, sum(executed) as executed
          into parts from budget_execution_part where execution_id = new.execution_id and fiscal_year = new.fiscal_year and part <> 'TOTAL';
        if parts.lines > 0 and (
             (parts.initials = parts.lines and parts.initial is distinct from whole.initial)
          or (parts.adjusteds = parts.lines and parts.adjusted is distinct from whole.adjusted)
          or (parts.executeds = parts.lines and parts.executed is distinct from whole.executed)) then
          raise exception 'the total of budget execution is the sum of its parts' using errcode = 'check_violation';
        end if;
        return null;
      end $$`);
    await runner.query(`
      create or replace function mark_roll_up() returns trigger language plpgsql as $$
      declare wrong boolean; touched boolean;
      begin
        case tg_argv[0]
          when 'tables' then
            insert into roll_up_mark (unit_id, fiscal_year) select distinct unit_id, fiscal_year from changed where state in ('APPROVED', 'SUPERSEDED');
          when 'reports opened', 'years opened' then
            insert into roll_up_mark (unit_id, fiscal_year) select distinct t.unit_id, t.fiscal_year from changed c join performance_target_table t on t.id = c.table_id;
          when 'documents moved' then
            insert into roll_up_mark (unit_id, fiscal_year) select distinct t.unit_id, t.fiscal_year from changed c join gone g using (id) join performance_target_table t on t.id = c.table_id
            where (c.state, c.table_id) is distinct from (g.state, g.table_id);
          -- The tables are read here anyway, so this is also where a score of another year than its document's is refused.
          when 'scores' then
            with pointed as materialized (
              select c.fiscal_year as said, t.unit_id, t.fiscal_year from changed c
                join (select id, table_id from monitoring_report union all select id, table_id from self_evaluation) d on d.id = c.document_id join performance_target_table t on t.id = d.table_id
              where c.score_id is not null),
              marked as (insert into roll_up_mark (unit_id, fiscal_year) select distinct unit_id, fiscal_year from pointed)
            select count(*) > 0, coalesce(bool_or(said <> fiscal_year), false) into touched, wrong from pointed;
          when 'scores moved' then
            with pointed as materialized (
              select c.fiscal_year as said, t.unit_id, t.fiscal_year from changed c join gone g using (document_kind, document_id)
                join (select id, table_id from monitoring_report union all select id, table_id from self_evaluation) d on d.id = c.document_id join performance_target_table t on t.id = d.table_id
              where (c.score_id, c.fiscal_year) is distinct from (g.score_id, g.fiscal_year)),
              marked as (insert into roll_up_mark (unit_id, fiscal_year) select distinct unit_id, fiscal_year from pointed)
            select count(*) > 0, coalesce(bool_or(said <> fiscal_year), false) into touched, wrong from pointed;
          when 'money' then
            insert into roll_up_mark (unit_id, fiscal_year) select distinct t.unit_id, t.fiscal_year from changed c
              join budget_execution x on x.id = c.execution_id and x.fiscal_year = c.fiscal_year join monitoring_report r on r.id = x.report_id join performance_target_table t on t.id = r.table_id;
          when 'units' then
            insert into roll_up_mark (unit_id, fiscal_year)
            select u.unit_id, y.fiscal_year from changed c join gone g using (id) cross join lateral (values (c.id), (g.parent_id), (c.parent_id)) u(unit_id) cross join (select distinct fiscal_year from reporting_period) y
            where c.path <> g.path and u.unit_id is not null;
        end case;
        if coalesce(wrong, false) then
          raise exception 'the score of a document lies in the year of its target table' using errcode = 'check_violation';
        end if;
        if coalesce(touched, found) then perform pg_notify('jiheng_roll_up', ''); end if;
        return null;
      end $$`);
    await runner.query(`create constraint trigger budget_execution_adds_up after insert on budget_execution_part
      deferrable initially deferred for each row execute function budget_execution_adds_up()`);
    await runner.query(`create trigger budget_execution_part_rolls_up after insert on budget_execution_part referencing new table as changed for each statement execute function mark_roll_up('money')`);
    await runner.query('create trigger actual_row_fits before insert on actual for each row execute function report_row_fits()');
    for (const table of ['actual', 'budget_execution']) {
      await runner.query(`create trigger ${table}_report_is_open before insert on ${table} for each row execute function report_of_year_is_open()`);
    }
    for (const [table] of TABLES) {
      await runner.query(`create trigger ${table}_append_only before update or delete on ${table} for each row execute function forbid_change()`);
      await runner.query(`create trigger ${table}_not_emptied before truncate on ${table} for each statement execute function forbid_change()`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

/** Every row of before is there now, or nothing is changed at all. */
async function refuseLoss(runner: QueryRunner, table: string): Promise<void> {
  const rows: { before: string; now: string }[] = await runner.query(`select (select count(*) from ${table}_before) as before, (select count(*) from ${table}) as now`);
  if (rows[0]?.before !== rows[0]?.now) throw new Error(`${table}: ${rows[0]?.before} rows before, ${rows[0]?.now} by fiscal year; a row without its document is in the way, nothing was changed`);
}
