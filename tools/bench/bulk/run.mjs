// `npm run bench:bulk -- [--tables 10000] [--rows 10] [--rounds 3] [--workers 1] [--binaries FOLDER] [--write]`: P3 and P4. A region through the product's own
// queue, beside one INSERT … SELECT doing the same arithmetic in the same database and round. Results must be equal.
import { parseArgs } from 'node:util';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { root } from '../../installed.mjs';
import { cpuOf, cpuOfPostgres } from '../read/cpu.mjs';
import { FINGERPRINT, buildProduct, fingerprintOfScores, forgetScores, median, rolledUp, scoreRegion, show, startProcess, startWorld } from './world.mjs';
import { watchSpenders } from './spenders.mjs';
import { prepareSqlWay, sqlWay } from './sql-way.mjs';

const { values: said } = parseArgs({ options: { tables: { type: 'string', default: '10000' }, rows: { type: 'string', default: '10' }, rounds: { type: 'string', default: '3' }, workers: { type: 'string', default: '1' }, binaries: { type: 'string' }, write: { type: 'boolean', default: false } } });
const [tables, perTable, rounds, workers] = [said.tables, said.rows, said.rounds, said.workers].map(Number);
const world = await startWorld({ units: Math.ceil(tables / 10), tables: 10, indicators: perTable }, {}, said.binaries ?? null);
const { db } = world;
const { server_version: version } = await world.one('show server_version');
const dir = await buildProduct();
const crew = [];
for (let at = 0; at < workers; at++) crew.push(await startProcess(dir, 'worker', { DATABASE_URL: world.url, REDIS_URL: '' }));
try {
  await prepareSqlWay(db);
  const times = { sql: [], fresh: [], counted: [], same: [], few: [] }, ratios = { fresh: [], counted: [], same: [], few: [] }, work = { sql: [], fresh: [], same: [], few: [] };
  // Time on processors, which other users of the machine change little: that of PostgreSQL and of the workers.
  const cpu = () => cpuOfPostgres(world.server.pid) + crew.reduce((all, { child }) => all + cpuOf(child.pid), 0);
  const spent = async (name, deed) => { const before = cpu(), answer = await deed(); work[name].push(cpu() - before); return answer; };
  let spenders = new Map(), unequal = 0, fewWritten = 0, rowsWritten = 0;
  const writtenRows = async () => Number((await world.one(`select sum(n_tup_ins + n_tup_upd) as n from pg_stat_all_tables where relid in (select relid from pg_partition_tree('score') union all select relid from pg_partition_tree('indicator_score') union all select 'score_request'::regclass)`)).n);
  for (let round = -1; round < rounds; round++) {
    const sql = await spent('sql', () => sqlWay(db));
    await forgetScores(db);
    const counted = { ms: 0 };
    const fresh = await spent('fresh', async () => {
      const watch = watchSpenders(world.server.pid, crew.map(({ child }) => child.pid), db);
      const run = await scoreRegion(db);
      counted.ms = run.ms + (await rolledUp(db));
      spenders = watch.stop();
      return run;
    });
    const [theirs, ours] = [(await db.query(`${FINGERPRINT} from (select indicator_id as id, (points * 100)::integer as p from sql_score) x`)).rows[0].print, await fingerprintOfScores(db)];
    if (theirs !== ours) { unequal++; console.error(`DIFFERS: SQL ${theirs}, product ${ours}`); }
    await db.query('select pg_stat_force_next_flush()');
    const before = await writtenRows();
    const same = await spent('same', () => scoreRegion(db));
    await db.query('select pg_stat_clear_snapshot()');
    rowsWritten = (await writtenRows()) - before;
    if (same.written !== 0) { unequal++; console.error(`nothing had changed, and ${same.written} scores were written`); }
    // One document in twenty (ids of reports count in fours, one for each quarter): a new revision of its first number, and its report moves on, as the product's own deed does it.
    await db.query(`set session_replication_role = replica;
      insert into actual (id, report_id, indicator_id, indicator_key, revision, kind, magnitude, unit_symbol, base_magnitude, numerator, denominator, origin, request_id, recorded_by, recorded_at, fiscal_year)
      select distinct on (a.report_id) gen_random_uuid(), a.report_id, a.indicator_id, a.indicator_key, a.revision + 1, a.kind, a.magnitude + 0.01, a.unit_symbol, a.base_magnitude, a.numerator, a.denominator, 'TYPED', gen_random_uuid(), a.recorded_by, now(), a.fiscal_year
      from actual a where a.kind = 'REPORTED' and ('x' || right(a.report_id::text, 6))::bit(24)::integer / 4 % 20 = 0 order by a.report_id, a.indicator_key, a.revision desc;
      update monitoring_report set revision = revision + 1 where id in (select report_id from actual where revision > 1);
      set session_replication_role = origin; analyze actual`);
    const few = await spent('few', () => scoreRegion(db));
    fewWritten = few.written;
    // What was changed is changed back, so that every round sees the same region.
    await db.query(`set session_replication_role = replica; delete from actual where revision > 1; update monitoring_report set revision = 0 where revision > 0; set session_replication_role = origin`);
    if (round < 0) { for (const list of Object.values(work)) list.pop(); continue; }
    times.sql.push(sql); times.fresh.push(fresh.ms); times.counted.push(counted.ms); times.same.push(same.ms); times.few.push(few.ms);
    for (const [name, { ms }] of Object.entries({ fresh, counted, same, few })) ratios[name].push(ms / sql);
  }
  const peak = crew.map((worker) => worker.peak());
  const per = (name) => Math.round((tables * perTable) / (median(times[name]) / 1000)).toLocaleString('en');
  const seconds = (name) => `${median(work[name]).toFixed(1)} s, ${(median(work[name]) / median(work.sql)).toFixed(2)}×`;
  const bytes = await world.one(`select (select sum(pg_total_relation_size(relid))::bigint from pg_partition_tree('score')) / greatest(1, (select count(*) from score)) as score, pg_total_relation_size('score_request') / greatest(1, (select count(*) from score_request)) as request`);
  const lines = [
    `${tables.toLocaleString('en')} tables × ${perTable}, ${rounds} rounds, ${workers} worker process(es), Node ${process.version}, PostgreSQL ${version}, ${cpus().length} cores, load average ${loadavg()[0].toFixed(1)}`,
    '', '| what | ms, median [min..max] | ratio to the SQL statement of the same round | indicators a second | time on processors, PostgreSQL and workers |', '| --- | --- | --- | --- | --- |',
    `| one INSERT … SELECT into an empty table with primary key | ${show(times.sql)} | 1 | ${per('sql')} | ${seconds('sql')} |`,
    `| fresh: wish → outbox → queue → slices → done (P3) | ${show(times.fresh)} | **${show(ratios.fresh, 2)}** | ${per('fresh')} | |`,
    `| the same until every roll-up is counted | ${show(times.counted)} | ${show(ratios.counted, 2)} | ${per('counted')} | ${seconds('fresh')} |`,
    `| again, nothing changed (P4): ${rowsWritten} rows written | ${show(times.same)} | **${show(ratios.same, 2)}** | ${per('same')} | ${seconds('same')} |`,
    `| again, 5 % changed (P4): ${fewWritten.toLocaleString('en')} scores written | ${show(times.few)} | **${show(ratios.few, 2)}** | ${per('few')} | ${seconds('few')} |`,
    '', `Most memory held by a worker: ${peak.join(', ')} MB. A score takes ${bytes.score} bytes with its rows and keys, its pointer ${bytes.request}. Results ${unequal === 0 ? 'equal in every round' : `UNEQUAL in ${unequal} places`}.`,
    '', `Of the last fresh run, until every roll-up is counted, seconds on processors: ${[...spenders].filter(([, s]) => s >= 0.05).sort((a, b) => b[1] - a[1]).map(([who, s]) => `${who} ${s.toFixed(1)}`).join(', ')}.`,
  ];
  console.log(lines.join('\n'));
  if (said.write) {
    const file = join(root, 'docs/bench/bulk.md');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/(<!-- figures -->\n)[\s\S]*?(<!-- end of figures -->)/, `$1\n\`npm run bench:bulk -- ${process.argv.slice(2).filter((one) => one !== '--write').join(' ')}\`: ${lines.join('\n')}\n\n$2`));
  }
  if (unequal > 0) process.exitCode = 1;
} finally {
  for (const worker of crew) await worker.stop();
  await world.stop();
}
