import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 区域汇总: what every unit and everything below it amount to. A change leaves a mark, in its own transaction and without waiting for
 * anybody; whoever keeps the roll-up counts the marked units again and adds up the units above them, level by level. `own` holds what
 * belongs to the unit itself, `roll_up` that and everything below.
 */
export class RollUp1767800001000 implements MigrationInterface {
  readonly name = 'RollUp1767800001000';

  async up(runner: QueryRunner): Promise<void> {
    const measures = `
        tables integer not null default 0,
        entering integer not null default 0, submitted integer not null default 0, reviewed integer not null default 0, signed integer not null default 0, returned integer not null default 0,
        unopened integer not null default 0,
        scored integer not null default 0, blocked integer not null default 0,
        excellent integer not null default 0, good integer not null default 0, fair integer not null default 0, poor integer not null default 0,
        red integer not null default 0, yellow integer not null default 0, green integer not null default 0, unlit integer not null default 0,
        budget numeric not null default 0, executed numeric not null default 0,
        -- Σ points and Σ weights of scored documents, plain and weighted by budget: means are one division at the end, so nothing is rounded on the way up
        points numeric not null default 0, weight numeric not null default 0, budget_points numeric not null default 0, budget_weight numeric not null default 0`;
    await runner.query(`
      create table roll_up_own (
        unit_id uuid not null,
        fiscal_year integer not null,
        -- 1…12 a quarter, 0 the year
        period_ordinal integer not null,
        ${measures},
        constraint roll_up_own_pk primary key (unit_id, fiscal_year, period_ordinal),
        constraint roll_up_own_unit_fk foreign key (unit_id) references budget_unit (id)
      );
      create table roll_up (
        unit_id uuid not null,
        fiscal_year integer not null,
        period_ordinal integer not null,
        ${measures},
        counted_at timestamptz not null default now(),
        constraint roll_up_pk primary key (unit_id, fiscal_year, period_ordinal),
        constraint roll_up_unit_fk foreign key (unit_id) references budget_unit (id)
      ) with (fillfactor = 70);

      -- Marks are only added and taken away whole: no key, so that no deed waits for another's.
      create table roll_up_mark (
        id bigint generated always as identity constraint roll_up_mark_pk primary key,
        unit_id uuid not null,
        fiscal_year integer not null
      );

      create index roll_up_mark_by_unit on roll_up_mark (unit_id);

      -- Only what can change a count leaves a mark: a saved cell moves a report's revision and nothing here.
      create function mark_roll_up() returns trigger language plpgsql as $$
      begin
        case tg_argv[0]
          when 'tables' then
            insert into roll_up_mark (unit_id, fiscal_year) select distinct unit_id, fiscal_year from changed where state in ('APPROVED', 'SUPERSEDED');
          when 'reports opened', 'years opened' then
            insert into roll_up_mark (unit_id, fiscal_year) select distinct t.unit_id, t.fiscal_year from changed c join performance_target_table t on t.id = c.table_id;
          when 'documents moved' then
            insert into roll_up_mark (unit_id, fiscal_year) select distinct t.unit_id, t.fiscal_year from changed c join gone g using (id) join performance_target_table t on t.id = c.table_id
            where (c.state, c.table_id) is distinct from (g.state, g.table_id);
          when 'scores' then
            insert into roll_up_mark (unit_id, fiscal_year) select distinct t.unit_id, t.fiscal_year from changed c
              join (select id, table_id from monitoring_report union all select id, table_id from self_evaluation) d on d.id = c.document_id join performance_target_table t on t.id = d.table_id
            where c.score_id is not null;
          when 'scores moved' then
            insert into roll_up_mark (unit_id, fiscal_year) select distinct t.unit_id, t.fiscal_year from changed c join gone g using (document_kind, document_id)
              join (select id, table_id from monitoring_report union all select id, table_id from self_evaluation) d on d.id = c.document_id join performance_target_table t on t.id = d.table_id
            where c.score_id is distinct from g.score_id;
          when 'money' then
            insert into roll_up_mark (unit_id, fiscal_year) select distinct t.unit_id, t.fiscal_year from changed c
              join budget_execution x on x.id = c.execution_id join monitoring_report r on r.id = x.report_id join performance_target_table t on t.id = r.table_id;
          when 'units' then
            insert into roll_up_mark (unit_id, fiscal_year)
            select u.unit_id, y.fiscal_year from changed c join gone g using (id) cross join lateral (values (c.id), (g.parent_id), (c.parent_id)) u(unit_id) cross join (select distinct fiscal_year from reporting_period) y
            where c.path <> g.path and u.unit_id is not null;
        end case;
        if found then perform pg_notify('jiheng_roll_up', ''); end if;
        return null;
      end $$;

      create trigger performance_target_table_rolls_up_new after insert on performance_target_table referencing new table as changed for each statement execute function mark_roll_up('tables');
      create trigger performance_target_table_rolls_up after update on performance_target_table referencing new table as changed for each statement execute function mark_roll_up('tables');
      create trigger monitoring_report_rolls_up_new after insert on monitoring_report referencing new table as changed for each statement execute function mark_roll_up('reports opened');
      create trigger monitoring_report_rolls_up after update on monitoring_report referencing old table as gone new table as changed for each statement execute function mark_roll_up('documents moved');
      create trigger self_evaluation_rolls_up_new after insert on self_evaluation referencing new table as changed for each statement execute function mark_roll_up('years opened');
      create trigger self_evaluation_rolls_up after update on self_evaluation referencing old table as gone new table as changed for each statement execute function mark_roll_up('documents moved');
      create trigger score_request_rolls_up_new after insert on score_request referencing new table as changed for each statement execute function mark_roll_up('scores');
      create trigger score_request_rolls_up after update on score_request referencing old table as gone new table as changed for each statement execute function mark_roll_up('scores moved');
      create trigger budget_execution_part_rolls_up after insert on budget_execution_part referencing new table as changed for each statement execute function mark_roll_up('money');
      create trigger budget_unit_rolls_up after update on budget_unit referencing old table as gone new table as changed for each statement execute function mark_roll_up('units');

      -- What stands when this is introduced is counted once.
      insert into roll_up_mark (unit_id, fiscal_year) select distinct unit_id, fiscal_year from performance_target_table;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
