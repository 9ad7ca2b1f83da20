import type { MigrationInterface, QueryRunner } from 'typeorm';

// Two walks along an index for every document. Left to itself the planner reads all tables of the province for a thousand of them, as it
// does not know how few rows a transition table has; `offset 0` keeps it from turning the walks back into such a join.
const PLACE_OF_DOCUMENT = `
                cross join lateral (select m.table_id, m.period_id from monitoring_report m where c.document_kind = 'MONITORING_REPORT' and m.id = c.document_id
                  union all select e.table_id, null from self_evaluation e where c.document_kind = 'SELF_EVALUATION' and e.id = c.document_id offset 0) d
                cross join lateral (select p.unit_id, p.fiscal_year from performance_target_table p where p.id = d.table_id offset 0) t`;

const MARKED = `
              places as (select distinct unit_id, fiscal_year, period_id from pointed),
              marked as (insert into roll_up_mark (unit_id, fiscal_year, period_ordinal)
                select x.unit_id, x.fiscal_year, coalesce(p.ordinal, 0) from places x left join reporting_period p on p.id = x.period_id)
            select count(*) > 0, coalesce(bool_or(said <> fiscal_year), false) into touched, wrong from pointed;`;

/**
 * A report that is opened or moves concerns the count of its own quarter, a self-evaluation that of the year, money both: they were marks for every quarter and the year, and whoever opened
 * a quarter for a region had five counts made where one had changed.
 */
export class MarkOwnPeriod1769000060000 implements MigrationInterface {
  readonly name = 'MarkOwnPeriod1769000060000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function mark_roll_up() returns trigger language plpgsql as $$
      declare wrong boolean; touched boolean;
      begin
        case tg_argv[0]
          when 'tables' then
            insert into roll_up_mark (unit_id, fiscal_year) select distinct unit_id, fiscal_year from changed where state in ('APPROVED', 'SUPERSEDED');
          when 'reports opened' then
            insert into roll_up_mark (unit_id, fiscal_year, period_ordinal)
            select distinct t.unit_id, t.fiscal_year, p.ordinal from changed c join performance_target_table t on t.id = c.table_id join reporting_period p on p.id = c.period_id;
          when 'years opened' then
            insert into roll_up_mark (unit_id, fiscal_year, period_ordinal) select distinct t.unit_id, t.fiscal_year, 0 from changed c join performance_target_table t on t.id = c.table_id;
          when 'reports moved' then
            insert into roll_up_mark (unit_id, fiscal_year, period_ordinal)
            select distinct t.unit_id, t.fiscal_year, p.ordinal from changed c join gone g using (id) join performance_target_table t on t.id = c.table_id join reporting_period p on p.id = c.period_id
            where (c.state, c.table_id) is distinct from (g.state, g.table_id);
          when 'years moved' then
            insert into roll_up_mark (unit_id, fiscal_year, period_ordinal) select distinct t.unit_id, t.fiscal_year, 0 from changed c join gone g using (id) join performance_target_table t on t.id = c.table_id
            where (c.state, c.table_id) is distinct from (g.state, g.table_id);
          -- The tables are read here anyway, so this is also where a score of another year than its document's is refused.
          when 'scores' then
            with pointed as materialized (
              select c.fiscal_year as said, t.unit_id, t.fiscal_year, d.period_id from changed c
                ${PLACE_OF_DOCUMENT}
              where c.score_id is not null),
              ${MARKED.trim()}
          when 'scores moved' then
            with pointed as materialized (
              select c.fiscal_year as said, t.unit_id, t.fiscal_year, d.period_id from changed c join gone g using (document_kind, document_id)
                ${PLACE_OF_DOCUMENT}
              where (c.score_id, c.fiscal_year) is distinct from (g.score_id, g.fiscal_year)),
              ${MARKED.trim()}
          when 'money' then
            -- the money of a quarter is also that of the year until a later quarter has some
            insert into roll_up_mark (unit_id, fiscal_year, period_ordinal)
            select distinct t.unit_id, t.fiscal_year, counts.ordinal from changed c
              join budget_execution x on x.id = c.execution_id and x.fiscal_year = c.fiscal_year join monitoring_report r on r.id = x.report_id join performance_target_table t on t.id = r.table_id
              join reporting_period p on p.id = r.period_id cross join lateral (values (p.ordinal), (0)) counts(ordinal);
          when 'units' then
            insert into roll_up_mark (unit_id, fiscal_year)
            select u.unit_id, y.fiscal_year from changed c join gone g using (id) cross join lateral (values (c.id), (g.parent_id), (c.parent_id)) u(unit_id) cross join (select distinct fiscal_year from reporting_period) y
            where c.path <> g.path and u.unit_id is not null;
        end case;
        if coalesce(wrong, false) then
          raise exception 'the score of a document lies in the year of its target table' using errcode = 'check_violation';
        end if;
        if coalesce(touched, found) and coalesce(current_setting('jiheng.rolls_up_later', true), '') <> 'yes' then perform pg_notify('jiheng_roll_up', ''); end if;
        return null;
      end $$`);
    for (const [table, deed] of [['monitoring_report', 'reports moved'], ['self_evaluation', 'years moved']] as const) {
      await runner.query(`
        drop trigger ${table}_rolls_up on ${table};
        create trigger ${table}_rolls_up after update on ${table} referencing old table as gone new table as changed for each statement execute function mark_roll_up('${deed}')`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
