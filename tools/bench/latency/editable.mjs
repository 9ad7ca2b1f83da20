// Reports of a synthetic province that people may enter: opened again by hand, with a reporter of the unit for each.
import { openSessions } from '../read/readers.mjs';

/** A day on which the first quarter of 2024 may be entered and no other has begun: the product would open its reports. */
export const ENTRY_DAY = '2024-03-31';
const CHOSEN = `select distinct on (t.unit_id) r.id from monitoring_report r join reporting_period p on p.id = r.period_id and p.fiscal_year = 2024 and p.ordinal = 1
  join performance_target_table t on t.id = r.table_id order by t.unit_id, t.id limit `;

/**
 * Opens `count` reports of the first quarter for entry, each of another unit, with a reporter of its own.
 * @returns `{ reportId, tableId, unitId, session, cells }`; a cell: `{ indicatorId, key, revision, magnitude, unit }` of a row that is a plain number
 */
export async function openReports(db, count) {
  await db.query(`set session_replication_role = replica; update monitoring_report set state = 'DRAFT'
    where id in (${CHOSEN}${Number(count)}); set session_replication_role = origin`);
  const { rows: reports } = await db.query(`select r.id, r.table_id, t.unit_id from monitoring_report r join performance_target_table t on t.id = r.table_id
    where r.id in (${CHOSEN}${Number(count)}) order by t.unit_id`);
  if (reports.length < count) throw new Error(`the province has ${reports.length} units, ${count} are needed`);
  const { rows: cells } = await db.query(`
    select distinct on (a.report_id, a.indicator_key) a.report_id, i.id as "indicatorId", a.indicator_key as key, a.revision, a.magnitude, a.unit_symbol as unit
    from actual a join monitoring_report r on r.id = a.report_id join indicator i on i.table_id = r.table_id and i.indicator_key = a.indicator_key
    where a.report_id = any($1) and a.kind = 'REPORTED' and a.numerator is null and a.denominator is null and i.target_kind = 'QUANT' order by a.report_id, a.indicator_key, a.revision desc`, [reports.map(({ id }) => id)]);
  const sessions = await openSessions(db, reports.map(({ unit_id: unitId }, at) => ({ unitId, role: 'reporter', name: `填报人${at + 1}` })));
  return reports.map((report, at) => {
    const own = cells.filter((cell) => cell.report_id === report.id).map(({ report_id: _, ...cell }) => cell);
    if (own.length === 0) throw new Error(`report ${report.id} has no row that is a plain number`);
    return { reportId: report.id, tableId: report.table_id, unitId: report.unit_id, session: sessions[at], cells: own };
  });
}

/** The body of a save. */
export function saveBody(requestId, cell, magnitude) {
  return { requestId, expectedRevision: cell.revision, actual: { kind: 'REPORTED', magnitude, unit: cell.unit } };
}
