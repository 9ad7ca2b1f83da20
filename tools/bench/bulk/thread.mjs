// `npm run bench:bulk:thread -- [--tables 4000] [--rows 12] [--rounds 3] [--lanes 1] [--slices 250,1000] [--others path]`: what a document costs the thread of a run, quarters and years each by
// themselves: microseconds of processor, PostgreSQL's beside them, and bytes left to the collector.
// `--others` measures a second checkout's sources in turn with these, `--slices` slices of other sizes.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { root } from '../../installed.mjs';
import { cpuOfPostgres } from '../read/cpu.mjs';
import { buildProduct, forgetScores, median, startProcess, startWorld } from './world.mjs';

const { values: said } = parseArgs({ options: {
  tables: { type: 'string', default: '4000' }, rows: { type: 'string', default: '12' }, rounds: { type: 'string', default: '3' }, lanes: { type: 'string', default: '1' }, slices: { type: 'string', default: '1000' }, others: { type: 'string' },
} });
const [tables, rows, rounds] = [said.tables, said.rows, said.rounds].map(Number);
const sizes = said.slices.split(',').map(Number);
const sources = { ...(said.others === undefined ? {} : { others: said.others }), here: root };
mkdirSync(join(root, 'tmp'), { recursive: true });
const dir = mkdtempSync(join(root, 'tmp/bench-'));
process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
for (const [name, path] of Object.entries(sources)) {
  const { bundle } = await import(join(path, 'tools/build-api.mjs'));
  await bundle({ [`${name}.thread`]: join(path, 'apps/api/src/scoring/bulk/score-slices.ts') }, dir);
}
const world = await startWorld({ units: Math.ceil(tables / 10), tables: 10, indicators: rows, quarters: 4, evaluations: true });
const { db } = world;
// A process of the product that starts puts the rule profiles on record.
await (await startProcess(await buildProduct(), 'worker', { DATABASE_URL: world.url, REDIS_URL: '' })).stop();
const TABLES = { MONITORING_REPORT: 'select r.id from monitoring_report r join reporting_period p on p.id = r.period_id where p.ordinal = 4', SELF_EVALUATION: 'select id from self_evaluation' };

/** A run of one kind of documents, cut into slices; the quarter that a run says is only what tells two of them apart. */
async function cut(kind, nth, size) {
  const runId = randomUUID();
  await db.query(`insert into bulk_run (id, unit_id, fiscal_year, period_ordinal, state, created_at) select $1, id, 2024, $2, 'RUNNING', now() from budget_unit where parent_id is null`, [runId, nth]);
  const { rows: [{ documents }] } = await db.query(`with cut as (select at / ${size} as nth, array_agg(id order by id) as ids from (select id, row_number() over (order by id) - 1 as at from (${TABLES[kind]}) x) x group by 1),
    made as (insert into bulk_slice (run_id, ordinal, document_kind, document_ids, at_unit) select $1, nth + 1, $2, ids, '' from cut returning cardinality(document_ids) as n) select coalesce(sum(n), 0)::integer as documents from made`, [runId, kind]);
  return { runId, documents };
}

/** One process that does two runs, of which the first is not counted, so that its code is compiled. */
async function measure(name, kind, size) {
  const runs = [];
  await forgetScores(db);
  for (let at = 0; at < 2; at++) runs.push(await cut(kind, at + 1, size));
  const before = cpuOfPostgres(world.server.pid);
  const { stdout } = await promisify(execFile)(process.execPath, ['--max-semi-space-size=8', join(import.meta.dirname, 'thread-child.mjs'), join(dir, `${name}.thread.mjs`), world.url, said.lanes, ...runs.map(({ runId }) => runId)]);
  const told = JSON.parse(stdout);
  const { documents } = runs[1];
  return { thread: told.cpu / documents, bytes: told.bytes / documents, database: ((cpuOfPostgres(world.server.pid) - before) * 1e6) / (documents * 2), documents, peak: told.peak };
}

try {
  const found = {};
  for (const kind of Object.keys(TABLES)) {
    for (let round = 0; round < rounds; round++) for (const name of Object.keys(sources)) for (const size of sizes) ((found[kind] ??= {})[`${name}, slices of ${size}`] ??= []).push(await measure(name, kind, size));
  }
  console.log(`${tables.toLocaleString('en')} tables × ${rows}, four quarters, ${rounds} rounds, ${said.lanes} slice(s) in hand, Node ${process.version}, ${cpus().length} cores, load average ${loadavg()[0].toFixed(1)}\n`);
  console.log('| documents | sources | thread, µs of processor a document [min..max] | PostgreSQL, µs | kB left to the collector | MB held at most |\n| --- | --- | --- | --- | --- | --- |');
  for (const [kind, byName] of Object.entries(found)) for (const [name, list] of Object.entries(byName)) {
    const thread = list.map((one) => one.thread);
    console.log(`| ${list[0].documents.toLocaleString('en')} × ${kind} | ${name} | ${median(thread).toFixed(0)} [${Math.min(...thread).toFixed(0)}..${Math.max(...thread).toFixed(0)}] | ${median(list.map((one) => one.database)).toFixed(0)} | ${(median(list.map((one) => one.bytes)) / 1000).toFixed(1)} | ${median(list.map((one) => one.peak))} |`);
  }
} finally { await world.stop(); }
