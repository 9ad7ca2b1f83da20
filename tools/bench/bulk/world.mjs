// What the benchmarks of bulk work share: a province on a PostgreSQL of its own, worker processes of the product, and a region's run through
// the product's own queue.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { load } from '../../generate/load.mjs';
import { migrateTo } from '../../generate/schema.mjs';
import { startScratch } from '../../generate/scratch.mjs';
import { root } from '../../installed.mjs';

/** The product's worker and its threads, bundled into a folder of this run. */
export async function buildProduct() {
  const { bundle } = await import('../../build-api.mjs');
  mkdirSync(join(root, 'tmp'), { recursive: true });
  const dir = mkdtempSync(join(root, 'tmp/bench-'));
  await bundle(['main', 'worker', 'score-slices.thread', 'draw-forms.thread'].map((name) => join(root, `apps/api/src/${name}.ts`)), dir);
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A product process; `peak()` is the most memory it has held, in MB, threads included (Linux; elsewhere null). */
export async function startProcess(dir, name, env, more = []) {
  const given = { ...process.env, LOG_LEVEL: 'error', PORT: '0', JIHENG_TODAY: '2025-01-20', ...env };
  delete given.NODE_OPTIONS;
  // As docker-compose.yml starts them.
  const flags = ['--enable-source-maps', ...(name === 'worker' ? ['--max-semi-space-size=4'] : []), ...more];
  const child = spawn(process.execPath, [...flags, join(dir, `${name}.mjs`)], { cwd: root, env: given, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text) => { said += text; });
  for (const until = Date.now() + 60_000; !said.includes('JIHENG_READY'); await pause(20)) if (Date.now() > until || child.exitCode !== null) throw new Error(`${name} did not start:\n${said}`);
  process.once('exit', () => child.kill('SIGKILL'));
  return {
    child, url: /JIHENG_READY (http\S+)/.exec(said)?.[1] ?? null,
    peak() { try { return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024); } catch { return null; } },
    resetPeak() { try { spawn('sh', ['-c', `echo 5 > /proc/${child.pid}/clear_refs`]); } catch { /* not Linux */ } },
    async stop() { if (child.exitCode !== null) return; child.kill('SIGTERM'); await once(child, 'exit'); },
  };
}

/** A province in a database of its own. `plan` as in tools/generate, one quarter and no self-evaluations unless said otherwise; `binaries` of another PostgreSQL. */
export async function startWorld(plan, settings = {}, binaries = null) {
  const server = await startScratch(settings, binaries);
  await migrateTo(server.url);
  const begun = performance.now();
  const loaded = await load(server.url, { seed: 1, year: 2024, quarters: 1, evaluations: false, ...plan });
  const db = new pg.Client({ connectionString: server.url });
  await db.connect();
  // As a server stands that has been up for a day: otherwise the first to read a row marks it read, PostgreSQL vacuums in the middle of somebody's seconds, and plans are made of guesses.
  await db.query('vacuum (analyze)');
  const one = async (sql, params) => (await db.query(sql, params)).rows[0];
  return {
    server, url: server.url, db, one, loaded, loadMs: performance.now() - begun,
    async stop() { await db.end(); await server.stop(); },
  };
}

/** Takes every score away, as no deed of the product could. */
export async function forgetScores(db) {
  // What the worker does of its own accord (counting, looking after old runs) may hold one of these tables at this moment: then once more.
  for (let attempt = 1; ; attempt++) {
    try {
      await db.query(`set session_replication_role = replica; truncate score_request, score, indicator_score, score_trace, sign_off, sign_off_supersession, bulk_run, bulk_slice, report_artifact cascade; set session_replication_role = origin`);
      break;
    } catch (error) { if (error.code !== '40P01' || attempt === 5) throw error; }
  }
  await db.query('checkpoint');
}

/** How long to wait before asking again, in ms: to a fiftieth of what has passed, so that whoever measures takes no processor from what is measured. */
const patience = (begun) => Math.min(100, Math.max(15, (performance.now() - begun) / 50));

/** Asks for a run as the product's own door does, and waits until it is done. Answers milliseconds from the wish to the end, and what was written. */
export async function scoreRegion(db, { unitId, year = 2024, ordinal = 1, wait = true } = {}) {
  const [runId, jobRunId] = [randomUUID(), randomUUID()];
  const unit = unitId ?? (await db.query('select id from budget_unit where parent_id is null')).rows[0].id;
  const begun = performance.now();
  await db.query('begin');
  await db.query(`insert into job_run (id, name, title_zh, title_en, unit_id) values ($1, 'score-region', '区域评分', 'points of a region', $2)`, [jobRunId, unit]);
  await db.query('insert into bulk_run (id, unit_id, fiscal_year, period_ordinal, job_run_id, created_at) values ($1, $2, $3, $4, $5, now())', [runId, unit, year, ordinal, jobRunId]);
  await db.query(`insert into outbox_message (id, kind, name, payload, job_run_id) values ($1, 'JOB', 'score-region', $2, $3)`, [randomUUID(), JSON.stringify({ runId }), jobRunId]);
  await db.query('commit');
  if (!wait) return { runId };
  for (;; await pause(patience(begun))) {
    const { rows: [run] } = await db.query('select state from bulk_run where id = $1', [runId]);
    if (run.state === 'FAILED' || run.state === 'CANCELLED') throw new Error(`the run ended as ${run.state}`);
    if (run.state === 'DONE') break;
  }
  const ms = performance.now() - begun;
  const { rows: [told] } = await db.query('select coalesce(sum(written), 0)::integer as written, count(*)::integer as slices, coalesce(sum(cardinality(document_ids)), 0)::integer as documents from bulk_slice where run_id = $1', [runId]);
  return { ms, runId, ...told };
}

/** Waits until every change is counted in the roll-up. Answers milliseconds. */
export async function rolledUp(db) {
  const begun = performance.now();
  while ((await db.query('select exists (select 1 from roll_up_mark) as left')).rows[0].left) await pause(patience(begun));
  return performance.now() - begun;
}

/** Points of all rows in hundredths and a sum that tells places apart. */
export const FINGERPRINT = `
  select count(*)::text || '/' || sum(coalesce(p, 0))::text || '/' || sum(coalesce(p, 0) * (('x' || right(id::text, 6))::bit(24)::integer % 9973))::text as print`;

/** The fingerprint of the current scores, as the product's own readers see them. */
export async function fingerprintOfScores(db) {
  return (await db.query(`${FINGERPRINT} from (select i.id, s.line_points[i.place] as p from score_request r join score s on s.id = r.score_id and s.fiscal_year = r.fiscal_year
    cross join lateral (select id, row_number() over (order by ordinal) as place from indicator where table_id = s.facts_table) i) x`)).rows[0].print;
}

export const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
export const show = (list, digits = 0) => `${median(list).toFixed(digits)} [${Math.min(...list).toFixed(digits)}..${Math.max(...list).toFixed(digits)}]`;
