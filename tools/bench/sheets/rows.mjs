// The rows of a synthetic province's quarter as a spreadsheet holds them, and the formula that scores one: nested IF, MAX, ROUND, no cached value.

/** Rules of a row, by number. */
const RULE = { POSITIVE: 1, NEGATIVE: 2, POINT: 3, BETWEEN: 4, SHARE: 5, DATE: 6 };
/** Days are counted from the eve of the year. */
const EVE = `date '2023-12-31'`;

/**
 * Every row of the quarter with what was reported: [id, rule, weight, target, upper target, actual], numbers as text; null where there is none.
 * A date is the number of its day in the year, a judgement its share.
 */
export async function rowsOf(db) {
  const { rows } = await db.query({ rowMode: 'array', text: `
    select i.id, case when i.target_kind = 'QUAL' then ${RULE.SHARE} when i.target_kind = 'DATE' then ${RULE.DATE} when i.target_comparator = 'BETWEEN' then ${RULE.BETWEEN}
        when i.direction = 'POSITIVE' then ${RULE.POSITIVE} when i.direction = 'NEGATIVE' then ${RULE.NEGATIVE} else ${RULE.POINT} end,
      i.weight::text, coalesce(i.target_magnitude::text, (i.target_date::date - ${EVE})::text), i.target_magnitude_high::text, coalesce(a.magnitude::text, a.share::text, (a.reached_on::date - ${EVE})::text)
    from monitoring_report r join reporting_period p on p.id = r.period_id and p.fiscal_year = 2024 and p.ordinal = 1
      join indicator i on i.table_id = r.table_id left join actual a on a.report_id = r.id and a.fiscal_year = r.fiscal_year and a.indicator_key = i.indicator_key order by i.id` });
  return rows;
}

/** Points of row `r`: B rule, C weight, D target, E upper target, F actual. */
export function formula(r) {
  const [b, c, d, e, f] = ['B', 'C', 'D', 'E', 'F'].map((column) => `${column}${r}`);
  const below = `ROUND(${c}*MAX(${f},0)/${d},2)`, beyond = (bound) => `ROUND(${c}*${bound}/${f},2)`;
  const positive = `IF(${f}>=${d},${c},${below})`, negative = `IF(${f}<=${d},${c},${beyond(d)})`;
  const between = `IF(${f}<${d},${below},IF(${f}<=${e},${c},${beyond(e)}))`, point = `IF(${f}=${d},${c},MAX(ROUND(${c}*(${d}-ABS(${f}-${d}))/${d},2),0))`;
  return `IF(${f}="",0,IF(${b}=1,${positive},IF(OR(${b}=2,${b}=6),${negative},IF(${b}=3,${point},IF(${b}=4,${between},ROUND(${c}*${f},2))))))`;
}

/** The product's points in hundredths by row, as its own readers see them; null where the row has none. */
export async function pointsOfProduct(db, rows) {
  const { rows: said } = await db.query({ rowMode: 'array', text: `select l.indicator_id, (l.points * 100)::integer from score_request r join indicator_line l on l.score_id = r.score_id and l.fiscal_year = r.fiscal_year` });
  if (said.length !== rows.length) throw new Error(`the product scored ${said.length} rows of ${rows.length}`);
  const byId = new Map(said);
  return rows.map(([id]) => byId.get(id) ?? null);
}

/** How many rows differ; `get` answers a peer's points of a row as a number. A row without points counts as 0, as in the sheet. */
export function differing(expected, get) {
  let off = 0;
  for (let at = 0; at < expected.length; at++) if (Math.round(Number(get(at)) * 100) !== (expected[at] ?? 0)) off++;
  return off;
}
