// What one saved cell costs, by statement and by connection: `--ledger` of the evening. Asks pg_stat_statements, which the scratch server is started with.

/** Settings of the server whose statements are counted. Planning is counted too: a statement that is planned for each save is the first thing to look for. */
export const LEDGER_SETTINGS = { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_planning': 'on', 'pg_stat_statements.track': 'all', 'pg_stat_statements.max': '10000', compute_query_id: 'on' };

export async function openLedger(db) {
  await db.query('create extension if not exists pg_stat_statements');
  await db.query('select pg_stat_statements_reset()');
  return (await db.query('select wal_records, wal_bytes::float8 as wal_bytes from pg_stat_wal')).rows[0];
}

/** Lines of a table: per save, what each statement took of the clock inside PostgreSQL (planning and executing), the dearest first. */
export async function readLedger(db, before, saves, most = 45) {
  const { rows } = await db.query(`select toplevel, calls::integer, (total_plan_time + total_exec_time) as ms, total_plan_time as plan, plans::integer, rows::integer, shared_blks_hit::integer as hit, wal_records::integer as wal,
      wal_bytes::float8 as bytes, left(regexp_replace(query, '\\s+', ' ', 'g'), 150) as text
    from pg_stat_statements where query !~ 'pg_stat_' order by 3 desc`);
  const { rows: [wal] } = await db.query('select wal_records, wal_bytes::float8 as wal_bytes from pg_stat_wal');
  const top = rows.filter(({ toplevel }) => toplevel);
  const all = top.reduce((sum, { ms }) => sum + ms, 0), calls = top.reduce((sum, row) => sum + row.calls, 0);
  const each = (value, digits = 2) => (value / saves).toFixed(digits);
  return [
    `${saves} saves; a save: ${each(calls, 1)} statements, ${each(all)} ms in them, ${each(wal.wal_records - before.wal_records, 1)} WAL records, ${each((wal.wal_bytes - before.wal_bytes) / 1024, 1)} kB of WAL`,
    '', '| ms a save | of it planning | calls a save | ms a call | pages a call | WAL a call | statement |', '| ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    ...rows.slice(0, most).map(({ toplevel, calls: n, ms, plan, hit, bytes, text }) => `| ${each(ms, 3)} | ${each(plan, 3)} | ${each(n)} | ${(ms / n).toFixed(3)} | ${(hit / n).toFixed(0)} | ${(bytes / n).toFixed(0)} | ${toplevel ? '' : '↳ '}${text.replaceAll('|', '¦')} |`),
  ];
}

/** Seconds on processors by connection, per save in ms. */
export function spentBy(spenders, saves) {
  return [...spenders].sort((a, b) => b[1] - a[1]).filter(([, s]) => s >= 0.02).map(([who, s]) => `${who} ${((s * 1000) / saves).toFixed(2)}`).join(', ');
}
