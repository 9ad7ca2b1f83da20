// Afterwards: is every acknowledged save in the database, as it was acknowledged, and nothing beside it?

/** Saves as they were told, against the revisions that are there. Answers what does not fit, in words; empty when all does. */
export async function findLost(db, saves) {
  const faults = [];
  const reports = [...new Set(saves.map(({ reportId }) => reportId))];
  const { rows } = await db.query('select report_id, indicator_key, revision, request_id, magnitude from actual where report_id = any($1)', [reports]);
  const byRequest = new Map(rows.map((row) => [row.request_id, row]));
  const told = new Map(saves.map((save) => [save.requestId, save]));
  const place = ({ reportId, key, revision }) => `${reportId}/${key}/${revision}`;
  const acknowledged = new Map();
  for (const save of saves.filter(({ status }) => status === 200)) {
    const stored = byRequest.get(save.requestId);
    if (stored === undefined) faults.push(`lost: ${place(save)} was acknowledged and is not there`);
    else if (stored.revision !== save.revision || stored.magnitude !== save.magnitude || stored.report_id !== save.reportId || stored.indicator_key !== save.key) faults.push(`other: ${place(save)} ${save.magnitude} is stored as revision ${stored.revision}, ${stored.magnitude}`);
    if (save.row?.actual.magnitude !== save.magnitude && save.row?.revision === save.revision) faults.push(`answered wrongly: ${place(save)} was shown as ${save.row?.actual.magnitude}`);
    if (acknowledged.has(place(save))) faults.push(`twice: ${place(save)} was acknowledged to two`);
    acknowledged.set(place(save), save);
    // Whoever saves names the revision that was seen: nothing is written over unseen.
    if (save.revision !== save.seen + 1) faults.push(`over something unseen: ${place(save)} was saved by somebody who had seen revision ${save.seen}`);
  }
  for (const refused of saves.filter(({ status }) => status === 409)) {
    if (byRequest.has(refused.requestId)) faults.push(`refused and yet there: request ${refused.requestId}`);
    if (refused.present === null) faults.push(`refused without what is there: request ${refused.requestId}`);
  }
  const revisions = new Map();
  for (const row of rows) {
    const cell = `${row.report_id}/${row.indicator_key}`;
    revisions.set(cell, [...(revisions.get(cell) ?? []), row.revision]);
    if (row.revision > 1 && told.get(row.request_id) === undefined) faults.push(`nobody's: ${cell}/${row.revision} was sent by none of the editors`);
  }
  for (const [cell, list] of revisions) if (list.sort((a, b) => a - b).some((revision, at) => revision !== at + 1)) faults.push(`a gap: ${cell} has the revisions ${list.join(', ')}`);
  return faults;
}

/** Are the points of every report those of its last value? Answers how many are not. */
export async function behind(db, reportIds) {
  const { rows: [found] } = await db.query(`select count(*)::integer as n from monitoring_report r left join score_request q on q.document_kind = 'MONITORING_REPORT' and q.document_id = r.id
    where r.id = any($1) and (q.state is distinct from 'DONE' or q.document_revision is distinct from r.revision)`, [reportIds]);
  return found.n;
}
