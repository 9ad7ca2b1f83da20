import type { MigrationInterface, QueryRunner } from 'typeorm';

// Two walks along an index for every document. Left to itself the planner reads all tables of the province for a thousand of them, as it
// does not know how few rows a transition table has; `offset 0` keeps it from turning the walks back into such a join.
const TABLE_OF_DOCUMENT = `
                cross join lateral (select m.table_id from monitoring_report m where c.document_kind = 'MONITORING_REPORT' and m.id = c.document_id
                  union all select e.table_id from self_evaluation e where c.document_kind = 'SELF_EVALUATION' and e.id = c.document_id offset 0) d
                cross join lateral (select p.unit_id, p.fiscal_year from performance_target_table p where p.id = d.table_id offset 0) t`;

/**
 * What a region's run writes, made small: which table and which revisions a score was computed from are columns instead of a document to be
 * parsed, the rows of a table in force are named by their place instead of by their ids, and what PostgreSQL checks of every score costs less
 * without promising less. A score took 1,700 bytes; most of the time to store it went into reading those.
 */
export class WriteScoresLean1767970000000 implements MigrationInterface {
  readonly name = 'WriteScoresLean1767970000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table score
        -- the table whose rows the lines are, in its order; the reports that spoke, by period; and of each of its rows, report after report,
        -- the revision of the value (0: none), as one number where all are the same
        add column facts_table uuid,
        add column facts_reports uuid[],
        add column facts_revisions integer[],
        drop constraint score_digest_shape,
        drop constraint score_lines_whole,
        drop constraint score_lines_even`);
    await runner.query(`
      alter table score
        -- the same promise: sixty-four of these letters. Counting them in the pattern made PostgreSQL build an automaton for every row.
        add constraint score_digest_shape check (length(inputs_digest) = 64 and inputs_digest ~ '^[0-9a-f]+$'),
        add constraint score_lines_whole check (num_nulls(line_points, line_lost, line_rates, line_deviations, line_flags) in (0, 5)
          and (line_points is null) = (line_ids is null and facts_table is null) and num_nulls(facts_table, facts_reports, facts_revisions) in (0, 3)),
        add constraint score_lines_even check (cardinality(line_points) = cardinality(line_lost) and cardinality(line_points) = cardinality(line_flags)
          and cardinality(line_points) = cardinality(line_rates) and cardinality(line_points) = cardinality(line_deviations)
          and (line_ids is null or cardinality(line_ids) = cardinality(line_points)))`);
    // The keys of a score begin with its document already, and a document has few.
    await runner.query('drop index score_by_document');
    // Pointers move with every run; room on their pages keeps them there.
    await runner.query('alter table score_request set (fillfactor = 80)');
    await runner.query(`
      create or replace view indicator_line as
        select score_id, indicator_id, indicator_key, ordinal, points, weight, attainment_rate, deviation_rate, flags, explanation_owed, blocked_code, blocked_params, fiscal_year from indicator_score
        union all
        select s.id, i.id, i.indicator_key, l.ordinal::integer, round(l.points / 100.0, 2), round((coalesce(l.points, 0) + l.lost) / 100.0, 2), l.rate, l.deviation,
          score_flag_names(l.flags), l.flags & (1 << 24) <> 0, s.line_blocked -> l.ordinal::text ->> 'code', s.line_blocked -> l.ordinal::text -> 'params', s.fiscal_year
        from score s cross join lateral unnest(s.line_points, s.line_lost, s.line_rates, s.line_deviations, s.line_flags) with ordinality as l(points, lost, rate, deviation, flags, ordinal)
          cross join lateral (
            select i.id, i.indicator_key from indicator i where s.line_ids is not null and i.id = s.line_ids[l.ordinal]
            union all
            select i.id, i.indicator_key from (select r.id, r.indicator_key, row_number() over (order by r.ordinal) as place from indicator r where s.line_ids is null and r.table_id = s.facts_table) i
            where i.place = l.ordinal) i`);
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
                ${TABLE_OF_DOCUMENT}
              where c.score_id is not null),
              marked as (insert into roll_up_mark (unit_id, fiscal_year) select distinct unit_id, fiscal_year from pointed)
            select count(*) > 0, coalesce(bool_or(said <> fiscal_year), false) into touched, wrong from pointed;
          when 'scores moved' then
            with pointed as materialized (
              select c.fiscal_year as said, t.unit_id, t.fiscal_year from changed c join gone g using (document_kind, document_id)
                ${TABLE_OF_DOCUMENT}
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
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
