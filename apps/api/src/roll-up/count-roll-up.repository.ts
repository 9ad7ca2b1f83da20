import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../platform/database/tx';

/** Marks taken in one deed: a province that was scored anew is counted in bites. */
export const BITE = 20_000;

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

// The money of each report as its last revision says, of all reports of the marked units at once: asked for report by report it took as long as all the rest.
const SPENT = `
  select distinct on (r.id) r.id as report_id, r.lineage_id, p.ordinal, coalesce(l.adjusted, l.initial) as execution_budget, l.executed
  from roll_up_taken k join performance_target_table t on t.unit_id = k.unit_id and t.fiscal_year = k.fiscal_year and t.state = 'APPROVED'
    join monitoring_report r on r.lineage_id = t.lineage_id join reporting_period p on p.id = r.period_id
    join budget_execution e on e.report_id = r.id and e.fiscal_year = r.fiscal_year join budget_execution_part l on l.execution_id = e.id and l.fiscal_year = e.fiscal_year and l.part = 'TOTAL'
  order by r.id, e.revision desc`;

// A quarter: every table in force of the marked units with its report of each period; the year: with its self-evaluation and the money of its latest period that has any.
const DOCUMENTS = `
  with spent as materialized (${SPENT}), spent_in_year as (select distinct on (lineage_id) lineage_id, execution_budget, executed from spent order by lineage_id, ordinal desc)
  select t.unit_id, t.subject, t.fiscal_year, p.ordinal as period_ordinal, coalesce(t.budget_total, 0) as budget, r.state, s.id is not null as has_score, s.total, null::text as rating, s.indicator_points as points,
    s.applicable_weight as weight, x.execution_budget, x.executed, p.months
  from roll_up_taken k join performance_target_table t on t.unit_id = k.unit_id and t.fiscal_year = k.fiscal_year and t.state = 'APPROVED'
    join (select id, fiscal_year, ordinal, (extract(month from ends_on))::integer as months from reporting_period) p on p.fiscal_year = t.fiscal_year
    left join monitoring_report r on r.lineage_id = t.lineage_id and r.period_id = p.id
    left join score_request q on q.document_kind = 'MONITORING_REPORT' and q.document_id = r.id left join score s on s.id = q.score_id and s.fiscal_year = q.fiscal_year
    left join spent x on x.report_id = r.id
  union all
  select t.unit_id, t.subject, t.fiscal_year, 0, coalesce(t.budget_total, 0), e.state, s.id is not null, s.total, s.rating, s.total, 100, x.execution_budget, x.executed, 12
  from roll_up_taken k join performance_target_table t on t.unit_id = k.unit_id and t.fiscal_year = k.fiscal_year and t.state = 'APPROVED'
    left join self_evaluation e on e.lineage_id = t.lineage_id
    left join score_request q on q.document_kind = 'SELF_EVALUATION' and q.document_id = e.id left join score s on s.id = q.score_id and s.fiscal_year = q.fiscal_year
    left join spent_in_year x on x.lineage_id = t.lineage_id`;

/** Counts what is marked: set-wise, and only the units concerned with those above them. */
@Injectable()
export class CountRollUpRepository {
  /** One bite of marks, counted at the moment `at` of the product's clock. @returns how many marks were counted */
  async countMarked(tx: Tx, at: Date): Promise<number> {
    const { manager } = tx;
    // One keeper at a time: two would add up what the other is changing.
    await manager.query(`select pg_advisory_xact_lock(hashtext('roll_up'))`);
    await manager.query('create temporary table if not exists roll_up_taken (unit_id uuid, fiscal_year integer) on commit delete rows');
    const taken: { n: number }[] = await manager.query(`
      with gone as (delete from roll_up_mark where id in (select id from roll_up_mark where fiscal_year not in (select fiscal_year from archived_year) order by id limit ${BITE}) returning unit_id, fiscal_year),
        kept as (insert into roll_up_taken select distinct unit_id, fiscal_year from gone returning 1)
      select (select count(*) from gone)::integer as n, (select count(*) from kept) as kept`);
    const marks = taken[0]?.n ?? 0;
    if (marks === 0) return 0;
    await manager.query('analyze roll_up_taken');
    await manager.query('delete from roll_up_own o using roll_up_taken k where o.unit_id = k.unit_id and o.fiscal_year = k.fiscal_year');
    await manager.query(`
      insert into roll_up_own (unit_id, fiscal_year, period_ordinal, ${ALL.join(', ')})
      select unit_id, fiscal_year, period_ordinal, ${MEASURED} from (select d.*, ${LIGHT} as light from (${DOCUMENTS}) d) m group by unit_id, fiscal_year, period_ordinal`);
    await this.addUp(tx, at);
    return marks;
  }

  /** The marked units and those above, the deepest level first: each is its own plus what stands directly below it. */
  private async addUp({ manager }: Tx, at: Date): Promise<void> {
    await manager.query('create temporary table if not exists roll_up_touched (unit_id uuid, fiscal_year integer, depth integer, primary key (unit_id, fiscal_year)) on commit delete rows');
    await manager.query(`
      insert into roll_up_touched select distinct a.id, k.fiscal_year, cardinality(string_to_array(btrim(a.path, '/'), '/'))
      from roll_up_taken k join budget_unit u on u.id = k.unit_id join budget_unit a on a.id = any (string_to_array(btrim(u.path, '/'), '/')::uuid[])`);
    await manager.query('analyze roll_up_touched');
    const levels: { depth: number }[] = await manager.query('select distinct depth from roll_up_touched order by depth desc');
    for (const { depth } of levels) {
      await manager.query('delete from roll_up r using roll_up_touched k where r.unit_id = k.unit_id and r.fiscal_year = k.fiscal_year and k.depth = $1', [depth]);
      // Who stands below is looked up first: in one join of three PostgreSQL, knowing little of a roll-up that has just been counted, pairs every unit of the level with every row of the year.
      await manager.query(`
        with below as materialized (select k.unit_id, k.fiscal_year, b.id as below_id from roll_up_touched k join budget_unit b on b.parent_id = k.unit_id where k.depth = $1)
        insert into roll_up (counted_at, unit_id, fiscal_year, period_ordinal, ${ALL.join(', ')})
        select $2, unit_id, fiscal_year, period_ordinal, ${ADDED} from (
          select o.unit_id, o.fiscal_year, o.period_ordinal, ${ALL.map((name) => `o.${name}`).join(', ')} from roll_up_touched k join roll_up_own o using (unit_id, fiscal_year) where k.depth = $1
          union all
          select x.unit_id, c.fiscal_year, c.period_ordinal, ${ALL.map((name) => `c.${name}`).join(', ')} from below x join roll_up c on c.unit_id = x.below_id and c.fiscal_year = x.fiscal_year) part
        group by unit_id, fiscal_year, period_ordinal`, [depth, at]);
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

  /** Marks every unit that has tables: for the day on which somebody doubts the counts. */
  async markAll(tx: Tx): Promise<void> {
    await tx.manager.query('insert into roll_up_mark (unit_id, fiscal_year) select distinct unit_id, fiscal_year from performance_target_table union select unit_id, fiscal_year from roll_up');
    await tx.manager.query(`select pg_notify('jiheng_roll_up', '')`);
  }
}
