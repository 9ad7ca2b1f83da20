// The peer: the same arithmetic as one statement of SQL over the same tables, into a table with a primary key. It knows the rules that stand
// in a synthetic province under the default profile, and nothing of digests, versions, requests, reasons, units or who may see what.

/** Points of one row in hundredths, exact, half up. Columns: i (indicator), a (value of the quarter). */
const POINTS = `
  case
    when i.target_kind = 'QUAL' then round(i.weight * a.share, 2)
    when i.target_kind = 'DATE' then case when a.reached_on is null then 0::numeric when a.reached_on::date <= i.target_date::date then i.weight
      else round(i.weight * (i.target_date::date - date '2023-12-31') / (a.reached_on::date - date '2023-12-31'), 2) end
    when a.magnitude is null then null
    when i.target_comparator = 'BETWEEN' then case when a.magnitude < i.target_magnitude then round(i.weight * greatest(a.magnitude, 0) / i.target_magnitude, 2)
      when a.magnitude <= i.target_magnitude_high then i.weight else round(i.weight * i.target_magnitude_high / a.magnitude, 2) end
    when i.direction = 'POSITIVE' then case when a.magnitude >= i.target_magnitude then i.weight else round(i.weight * greatest(a.magnitude, 0) / i.target_magnitude, 2) end
    when i.direction = 'NEGATIVE' then case when a.magnitude <= i.target_magnitude then i.weight else round(i.weight * i.target_magnitude / a.magnitude, 2) end
    else case when a.magnitude = i.target_magnitude then i.weight else greatest(round(i.weight * (i.target_magnitude - abs(a.magnitude - i.target_magnitude)) / i.target_magnitude, 2), 0) end
  end`;

export const ROWS = `
  select i.id as indicator_id, r.id as report_id, ${POINTS} as points, a.magnitude is null and a.share is null and a.reached_on is null as silent
  from monitoring_report r join reporting_period p on p.id = r.period_id and p.fiscal_year = 2024 and p.ordinal = 1
    join indicator i on i.table_id = r.table_id left join actual a on a.report_id = r.id and a.indicator_key = i.indicator_key`;

export async function prepareSqlWay(db) {
  await db.query('drop table if exists sql_score; create table sql_score (indicator_id uuid, report_id uuid, points numeric, silent boolean, constraint sql_score_pk primary key (indicator_id, report_id))');
}

/** One INSERT … SELECT into an empty table with its primary key. Answers milliseconds. */
export async function sqlWay(db) {
  await db.query('truncate sql_score');
  const begun = performance.now();
  await db.query(`insert into sql_score ${ROWS}`);
  return performance.now() - begun;
}

/** The quickest way of SQL for a whole province: a new table, its key last. */
export async function sqlNewTable(db) {
  await db.query('drop table if exists sql_score');
  const begun = performance.now();
  await db.query(`create table sql_score as ${ROWS}`);
  await db.query('alter table sql_score add constraint sql_score_pk primary key (indicator_id, report_id)');
  return performance.now() - begun;
}
