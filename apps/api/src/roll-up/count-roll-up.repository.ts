import { Injectable } from '@nestjs/common';
import { lookUp } from '../platform/database/look-up';
import type { Db, Tx } from '../platform/database/tx';

/** Marks taken in one deed: a province that was scored anew is counted in bites. */
export const BITE = 100_000;

const COUNTS = ['tables', 'entering', 'submitted', 'reviewed', 'signed', 'returned', 'unopened', 'scored', 'blocked', 'excellent', 'good', 'fair', 'poor', 'red', 'yellow', 'green', 'unlit'] as const;
const SUMS = ['budget', 'executed', 'points', 'weight', 'budget_points', 'budget_weight'] as const;
const ALL = [...COUNTS, ...SUMS];
const ADDED = [...COUNTS.map((name) => `sum(${name})::integer`), ...SUMS.map((name) => `sum(${name})`)].join(', ');

// The light of a table's money: executed·12/(budget·m) in percent, below 60 red, below 80 yellow; more than the budget is red (executionLightOf of the domain).
const LIGHT = `case when d.execution_budget is null or d.executed is null or (d.execution_budget <= 0 and d.executed <= 0) then 'unlit' when d.execution_budget <= 0 or d.executed > d.execution_budget then 'red'
  when d.executed * 1200 < 60 * d.execution_budget * d.months then 'red' when d.executed * 1200 < 80 * d.execution_budget * d.months then 'yellow' else 'green' end`;

// Every yuan once (measuresOfUnit of the domain): a project speaks for its own money, the one table of the whole unit for what its projects leave.
const sumOf = (value: string, condition: string): string => `coalesce(sum(${value}) filter (where ${condition}), 0)`;
const LEFT = `greatest(${sumOf('budget', `subject = 'UNIT'`)} - ${sumOf('budget', `subject = 'PROJECT'`)}, 0)`;
const once = (value: string): string => `greatest(${sumOf(value, `subject = 'UNIT'`)}, ${sumOf(value, `subject = 'PROJECT'`)})`;
const weighed = (value: string): string => `${sumOf(`budget * ${value}`, `total is not null and subject = 'PROJECT'`)} + ${LEFT} * ${sumOf(value, `total is not null and subject = 'UNIT'`)}`;

const MEASURED = `
  count(*)::integer,
  count(*) filter (where state = 'DRAFT')::integer, count(*) filter (where state = 'SUBMITTED')::integer, count(*) filter (where state = 'REVIEWED')::integer,
  count(*) filter (where state in ('SIGNED', 'DEPARTMENT_ACCEPTED', 'ACCEPTED'))::integer, count(*) filter (where state = 'RETURNED')::integer, count(*) filter (where state is null)::integer,
  count(*) filter (where total is not null)::integer, count(*) filter (where has_score and total is null)::integer,
  count(*) filter (where rating = '优')::integer, count(*) filter (where rating = '良')::integer, count(*) filter (where rating = '中')::integer, count(*) filter (where rating = '差')::integer,
  count(*) filter (where light = 'red')::integer, count(*) filter (where light = 'yellow')::integer, count(*) filter (where light = 'green')::integer, count(*) filter (where light = 'unlit')::integer,
  ${once('budget')}, ${once('executed')}, ${sumOf('points', 'total is not null')}, ${sumOf('weight', 'total is not null')}, ${weighed('points')}, ${weighed('weight')}`;

const CONDITION = 'k.unit_id = t.unit_id and k.fiscal_year = $1 and k.period_ordinal = $2';
// The money of each report as its last revision says, of all reports concerned at once: asked for report by report it took as long as all the rest.
const moneyOf = (documents: string, report: string): string => `
  select distinct on (d.${report}) d.${report} as report_id, coalesce(l.adjusted, l.initial) as execution_budget, l.executed
  from ${documents} d join budget_execution e on e.report_id = d.${report} and e.fiscal_year = $1
    join budget_execution_part l on l.execution_id = e.id and l.fiscal_year = $1 and l.part = 'TOTAL'
  order by d.${report}, e.revision desc`;

// A quarter ($2): every table in force of the marked units with its report of the period ($3), whose months count ($4). Whatever is known before is said to PostgreSQL as a
// value instead of as a join: it then knows how many rows to expect.
const QUARTER = `
  documents as materialized (
    select t.unit_id, t.subject, coalesce(t.budget_total, 0) as budget, r.id as report_id, r.state
    from roll_up_taken k join performance_target_table t on ${CONDITION} and t.fiscal_year = $1 and t.state = 'APPROVED' left join monitoring_report r on r.lineage_id = t.lineage_id and r.period_id = $3),
  spent as (${moneyOf('documents', 'report_id')}),
  measured as (
    select d.unit_id, d.subject, d.budget, d.state, s.id is not null as has_score, s.total, null::text as rating, s.indicator_points as points, s.applicable_weight as weight, x.execution_budget, x.executed, $4::integer as months
    from documents d left join score_request q on q.document_kind = 'MONITORING_REPORT' and q.document_id = d.report_id left join score s on s.id = q.score_id and s.fiscal_year = $1
      left join spent x on x.report_id = d.report_id)`;

// The year ($2 = 0): with its self-evaluation and the money of its latest period that has any.
const YEAR = `
  documents as materialized (
    select t.unit_id, t.subject, coalesce(t.budget_total, 0) as budget, t.lineage_id, e.id as evaluation_id, e.state
    from roll_up_taken k join performance_target_table t on ${CONDITION} and t.fiscal_year = $1 and t.state = 'APPROVED' left join self_evaluation e on e.lineage_id = t.lineage_id),
  reports as (
    select d.lineage_id, r.id, p.ordinal from documents d join monitoring_report r on r.lineage_id = d.lineage_id
      join unnest($3::uuid[]) with ordinality p(id, ordinal) on p.id = r.period_id),
  spent as (${moneyOf('reports', 'id')}),
  spent_in_year as (select distinct on (r.lineage_id) r.lineage_id, x.execution_budget, x.executed from spent x join reports r on r.id = x.report_id order by r.lineage_id, r.ordinal desc),
  measured as (
    select d.unit_id, d.subject, d.budget, d.state, s.id is not null as has_score, s.total, s.rating, s.total as points, 100 as weight, x.execution_budget, x.executed, $4::integer as months
    from documents d left join score_request q on q.document_kind = 'SELF_EVALUATION' and q.document_id = d.evaluation_id left join score s on s.id = q.score_id and s.fiscal_year = $1
      left join spent_in_year x on x.lineage_id = d.lineage_id)`;

const NEW_VALUES = ALL.map((name) => `${name} = excluded.${name}`).join(', ');
/**
 * Rows that are there already are changed where they lie: taken away and put back they would be checked against their unit once more. Whoever has nothing to count any more is found in the
 * tables, never by what was just counted: PostgreSQL takes that for a row or two, and goes through all of it for each unit (a fresh year of 10,000 units took 35 s of this, by the square).
 */
const ownOf = (measured: string): string => `
  with ${measured},
  counted (unit_id, ${ALL.join(', ')}) as materialized (select unit_id, ${MEASURED} from (select d.*, ${LIGHT} as light from measured d) m group by unit_id),
  written as (
    insert into roll_up_own as o (unit_id, fiscal_year, period_ordinal, ${ALL.join(', ')}) select unit_id, $1, $2, ${ALL.join(', ')} from counted
    on conflict (unit_id, fiscal_year, period_ordinal) do update set ${NEW_VALUES}
      where (${ALL.map((name) => `o.${name}`).join(', ')}) is distinct from (${ALL.map((name) => `excluded.${name}`).join(', ')}))
  delete from roll_up_own o using roll_up_taken k
  where o.unit_id = k.unit_id and o.fiscal_year = $1 and o.period_ordinal = $2 and k.fiscal_year = $1 and k.period_ordinal = $2
    and not exists (select 1 from performance_target_table t where t.unit_id = o.unit_id and t.fiscal_year = $1 and t.state = 'APPROVED')`;

// Each row of a roll-up by its key: what PostgreSQL knows of a year that is just being counted is that there is next to nothing, and a join of its own choosing pairs every unit with every row.
const ownRowOf = (unit: string): string => lookUp('roll_up_own', 'o', `unit_id = ${unit}.unit_id and fiscal_year = ${unit}.fiscal_year and period_ordinal = ${unit}.period_ordinal`);
const rowOf = (id: string, of: string): string => lookUp('roll_up', 'c', `unit_id = ${id} and fiscal_year = ${of}.fiscal_year and period_ordinal = ${of}.period_ordinal`);

/** A quarter or the year (0) of which something is marked. */
interface TakenPeriod { readonly fiscal_year: number; readonly period_ordinal: number; readonly period_id: string | null; readonly months: number; readonly period_ids: readonly string[] }

/** Counts what is marked: set-wise, and only the units and periods concerned with those above them. */
@Injectable()
export class CountRollUpRepository {
  /** One bite of marks, counted at the moment `at` of the product's clock. @returns how many marks were counted */
  async countMarked(tx: Tx, at: Date): Promise<number> {
    const { manager } = tx;
    // One keeper at a time: two would add up what the other is changing.
    await manager.query(`select pg_advisory_xact_lock(hashtext('roll_up'))`);
    await manager.query('create temporary table if not exists roll_up_taken (unit_id uuid, fiscal_year integer, period_ordinal integer) on commit delete rows');
    // A mark without a period is one for every period of its year and for the year.
    const taken: { n: number }[] = await manager.query(`
      with gone as (delete from roll_up_mark where id in (select id from roll_up_mark where fiscal_year not in (select fiscal_year from archived_year) order by id limit ${BITE})
          returning unit_id, fiscal_year, period_ordinal),
        said as (select distinct unit_id, fiscal_year, period_ordinal from gone),
        periods as (select fiscal_year, ordinal from reporting_period union select fiscal_year, 0 from said),
        kept as (insert into roll_up_taken
          select distinct s.unit_id, s.fiscal_year, p.ordinal from said s join periods p on p.fiscal_year = s.fiscal_year and (s.period_ordinal is null or p.ordinal = s.period_ordinal) returning 1)
      select (select count(*) from gone)::integer as n, (select count(*) from kept) as kept`);
    const marks = taken[0]?.n ?? 0;
    if (marks === 0) return 0;
    await manager.query('analyze roll_up_taken');
    const periods: TakenPeriod[] = await manager.query(`
      select k.fiscal_year, k.period_ordinal, p.id as period_id, coalesce(extract(month from p.ends_on), 12)::integer as months,
        array(select y.id from reporting_period y where y.fiscal_year = k.fiscal_year order by y.ordinal) as period_ids
      from (select distinct fiscal_year, period_ordinal from roll_up_taken) k left join reporting_period p on p.fiscal_year = k.fiscal_year and p.ordinal = k.period_ordinal
      order by k.fiscal_year, k.period_ordinal`);
    for (const period of periods) {
      const isYear = period.period_ordinal === 0;
      await manager.query(ownOf(isYear ? YEAR : QUARTER), [period.fiscal_year, period.period_ordinal, isYear ? period.period_ids : period.period_id, period.months]);
    }
    await this.addUp(tx, at);
    return marks;
  }

  /** The marked units and those above, the deepest level first: each is its own plus what stands directly below it. */
  private async addUp({ manager }: Tx, at: Date): Promise<void> {
    await manager.query('create temporary table if not exists roll_up_touched (unit_id uuid, fiscal_year integer, period_ordinal integer, depth integer) on commit delete rows');
    await manager.query(`
      insert into roll_up_touched
      with recursive up as (
        select unit_id, fiscal_year, period_ordinal from roll_up_taken
        union select u.parent_id, x.fiscal_year, x.period_ordinal from up x join budget_unit u on u.id = x.unit_id where u.parent_id is not null)
      select x.unit_id, x.fiscal_year, x.period_ordinal, cardinality(string_to_array(btrim(u.path, '/'), '/')) from up x join budget_unit u on u.id = x.unit_id`);
    await manager.query('analyze roll_up_touched');
    const levels: { depth: number }[] = await manager.query('select distinct depth from roll_up_touched order by depth desc');
    for (const { depth } of levels) {
      // Who stands below is looked up first: in one join of three PostgreSQL, knowing little of a roll-up that has just been counted, pairs every unit of the level with every row of the year.
      await manager.query(`
        with level as materialized (select unit_id, fiscal_year, period_ordinal from roll_up_touched where depth = $1),
        below as materialized (select k.unit_id, k.fiscal_year, k.period_ordinal, b.id as below_id from level k join budget_unit b on b.parent_id = k.unit_id),
        counted (unit_id, fiscal_year, period_ordinal, ${ALL.join(', ')}) as materialized (
          select unit_id, fiscal_year, period_ordinal, ${ADDED} from (
            select o.unit_id, o.fiscal_year, o.period_ordinal, ${ALL.map((name) => `o.${name}`).join(', ')} from level k ${ownRowOf('k')}
            union all
            select x.unit_id, c.fiscal_year, c.period_ordinal, ${ALL.map((name) => `c.${name}`).join(', ')}
            from below x ${rowOf('x.below_id', 'x')}) part
          group by unit_id, fiscal_year, period_ordinal),
        written as (
          insert into roll_up (counted_at, unit_id, fiscal_year, period_ordinal, ${ALL.join(', ')}) select $2, unit_id, fiscal_year, period_ordinal, ${ALL.join(', ')} from counted
          on conflict (unit_id, fiscal_year, period_ordinal) do update set counted_at = excluded.counted_at, ${NEW_VALUES})
        delete from roll_up r using level k where (r.unit_id, r.fiscal_year, r.period_ordinal) = (k.unit_id, k.fiscal_year, k.period_ordinal)
          and not exists (select 1 from (values (1)) one ${ownRowOf('r')})
          and not exists (select 1 from budget_unit b ${rowOf('b.id', 'r')} where b.parent_id = r.unit_id)`, [depth, at]);
    }
  }

  /** Whether a whole region is being scored at this moment. */
  async isRegionUnderWay(db: Db): Promise<boolean> {
    const rows: { there: boolean }[] = await db.manager.query(`select exists (select 1 from bulk_run where state = 'RUNNING') as there`);
    return rows[0]?.there === true;
  }

  async pending(db: Db): Promise<number> {
    const rows: { n: number }[] = await db.manager.query('select count(*)::integer as n from roll_up_mark where fiscal_year not in (select fiscal_year from archived_year)');
    return rows[0]?.n ?? 0;
  }

  /**
   * Marks every unit that has tables or a count, but for years in the archive, which keep theirs and are marked when they come back: for the day on which somebody doubts the counts.
   * @returns how many marks were made
   */
  async markAll(tx: Tx): Promise<number> {
    const marked: { n: number }[] = await tx.manager.query(`
      with made as (insert into roll_up_mark (unit_id, fiscal_year)
        select unit_id, fiscal_year from (select unit_id, fiscal_year from performance_target_table union select unit_id, fiscal_year from roll_up) doubted
        where fiscal_year not in (select fiscal_year from archived_year) returning 1)
      select count(*)::integer as n, pg_notify('jiheng_roll_up', '') from made`);
    return marked[0]?.n ?? 0;
  }
}
