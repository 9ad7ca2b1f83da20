// `npm run bench:evening -- [--editors 300] [--seconds 60] [--think 5] [--pairs 20] [--units 1000] [--warm 30] [--settle 20] [--backend postgres|redis] [--role split|all] [--json] [--ledger] [--profile folder] [--write]`:
// a quarter-end evening. Editors with sessions and reports of their own save cells through the real API, some in pairs on one cell, while the region
// is being scored again and again, forms are taken out and reports are made. Afterwards every acknowledged save is looked for in the database.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { root } from '../../installed.mjs';
import { watchSpenders } from '../bulk/spenders.mjs';
import { buildProduct, startProcess, startWorld } from '../bulk/world.mjs';
import { Browser } from '../latency/client.mjs';
import { ENTRY_DAY, openReports } from '../latency/editable.mjs';
import { listenToPoints } from '../latency/listener.mjs';
import { quantile } from '../latency/measure.mjs';
import { startScratchRedis } from '../latency/scratch-redis.mjs';
import { cpuOf, cpuOfPostgres } from '../read/cpu.mjs';
import { openSessions } from '../read/readers.mjs';
import { askForReports, scoreAgainAndAgain, takeDocuments } from './clerk.mjs';
import { edit } from './editor.mjs';
import { LEDGER_SETTINGS, openLedger, readLedger, spentBy } from './ledger.mjs';
import { behind, findLost } from './reckoning.mjs';

const { values: said } = parseArgs({ options: {
  editors: { type: 'string', default: '300' }, seconds: { type: 'string', default: '60' }, think: { type: 'string', default: '5' }, pairs: { type: 'string', default: '20' }, units: { type: 'string', default: '1000' }, warm: { type: 'string', default: '30' }, settle: { type: 'string', default: '20' },
  backend: { type: 'string', default: 'postgres' }, role: { type: 'string', default: 'split' }, json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false }, quiet: { type: 'boolean', default: false }, ledger: { type: 'boolean', default: false }, profile: { type: 'string' },
} });
const [editors, seconds, think, pairs, units, warm, settle] = [said.editors, said.seconds, said.think, said.pairs, said.units, said.warm, said.settle].map(Number);
const SEED = 20260101, CLERKS = Math.max(1, Math.round(editors / 75));

const world = await startWorld({ units: Math.max(units, editors), tables: 10, indicators: 12, evaluations: true }, said.ledger ? LEDGER_SETTINGS : {});
const { db } = world;
const dir = await buildProduct();
const dataDir = mkdtempSync(join(tmpdir(), 'jiheng-evening-'));
const redis = said.backend === 'redis' ? await startScratchRedis() : null;
const env = { DATABASE_URL: world.url, REDIS_URL: redis?.url ?? '', JIHENG_TODAY: ENTRY_DAY, DATA_DIR: dataDir };
const flags = said.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${said.profile}`];
const processes = said.role === 'all' ? [await startProcess(dir, 'main', { ...env, JIHENG_ROLE: 'all' }, flags)] : [await startProcess(dir, 'main', { ...env, JIHENG_ROLE: 'api' }, flags), await startProcess(dir, 'worker', env, flags)];

/** What backends wait for at this moment, by statement and by whom they are held up; told with WAITS=1. */
async function waitsNow(waits) {
  const { rows } = await db.query(`select a.wait_event_type || ' ' || a.wait_event || ' | ' || left(regexp_replace(a.query, '\\s+', ' ', 'g'), 110)
      || coalesce(' <- ' || (select left(regexp_replace(b.query, '\\s+', ' ', 'g'), 90) from pg_stat_activity b where b.pid = (pg_blocking_pids(a.pid))[1]), '') as what
    from pg_stat_activity a where a.state = 'active' and a.wait_event_type in ('Lock', 'LWLock', 'IO') and a.pid <> pg_backend_pid()`);
  for (const { what } of rows) waits.set(what, (waits.get(what) ?? 0) + 1);
}

try {
  const entries = await openReports(db, editors);
  // Of the first desks two and two share a report and a cell, each with a session of its own.
  const desks = entries.map((entry, at) => {
    const host = at < pairs * 2 && at % 2 === 1 ? entries[at - 1] : entry;
    return { ...host, number: at, session: entry.session, shared: at < pairs * 2 };
  });
  for (let at = 1; at < pairs * 2; at += 2) await db.query('update role_assignment set unit_id = $2 where person_id = $1', [entries[at].session.personId, entries[at - 1].unitId]);
  const top = (await world.one('select id from budget_unit where parent_id is null')).id;
  const others = await openSessions(db, Array.from({ length: CLERKS + 2 }, (_, at) => ({ unitId: top, role: 'finance', name: `财政${at + 1}` })));
  // A report is made of what is scored: those that a run of the region has reached by then, one after another.
  const asking = new Set();
  const nextEvaluation = async () => {
    const { rows: [found] } = await db.query(`select document_id as id from score_request where document_kind = 'SELF_EVALUATION' and state = 'DONE' and document_id <> all($1) limit 1`, [[...asking]]);
    if (found !== undefined) asking.add(found.id);
    return found?.id ?? null;
  };
  const base = { url: processes[0].url, seed: SEED };
  // Every desk opens its report, as a browser would, for `--warm` seconds at most: who has not come by then comes in cold, as on a real evening.
  // When the page of a report was first told points of a row's revision.
  const pages = [], told = new Map();
  const hear = (reportId) => ({ rows }) => { for (const { indicatorId, revision, score } of rows) if (score !== null && !told.has(`${reportId}/${indicatorId}/${revision}`)) told.set(`${reportId}/${indicatorId}/${revision}`, performance.now()); };
  let opened = 0;
  const warmUntil = Date.now() + warm * 1000;
  await Promise.all(Array.from({ length: 8 }, async (_, lane) => {
    for (let at = lane; at < desks.length && Date.now() < warmUntil; at += 8) {
      const desk = desks[at], browser = new Browser(base.url, desk.session);
      const { status, body } = await browser.ask('GET', `/api/monitoring-reports/${desk.reportId}`);
      if (status !== 200 || body.editable !== true) throw new Error(`report ${desk.reportId} cannot be entered: ${status}`);
      browser.close();
      pages.push(await listenToPoints(base.url, desk.session, desk.reportId, hear(desk.reportId)));
      opened += 1;
    }
  }));
  await pause(500);

  const saves = [], forms = [], asked = [];
  // The afternoon: the same people save, and nothing else goes on. A process that has just started compiles what it is asked for the first time, which no evening of a process that has been up since the morning does.
  const until = Date.now() + (settle + seconds) * 1000;
  const editing = Promise.all(desks.map((desk) => edit({ ...base, desk, thinkMs: think * 1000, until, note: (save) => saves.push(save) })));
  await Promise.race([editing, pause(settle * 1000)]);
  const evening = performance.now(), loads = [loadavg()[0]];
  const ledger = said.ledger ? { begun: await openLedger(db), watch: watchSpenders(world.server.pid, processes.map(({ child }) => child.pid), db) } : null;
  const cpuBefore = [...processes.map(({ child }) => cpuOf(child.pid)), cpuOfPostgres(world.server.pid)];
  const watch = setInterval(() => loads.push(loadavg()[0]), 5000);
  const waits = new Map();
  const look = setInterval(() => { waitsNow(waits).catch(() => {}); }, 250);
  const [runs] = await Promise.all([
    said.quiet ? 0 : scoreAgainAndAgain({ ...base, session: others[0], db, unitId: top, until }),
    editing,
    ...(said.quiet ? [] : [
      ...others.slice(2).map((session, at) => takeDocuments({ ...base, seed: SEED + at, session, desks, thinkMs: 1500, until, note: (form) => forms.push(form) })),
      askForReports({ ...base, session: others[1], nextEvaluation, thinkMs: 1000, until, note: (one) => asked.push(one) }),
    ]),
  ]);
  clearInterval(watch);
  clearInterval(look);
  const spenders = ledger?.watch.stop();
  const cpu = [...processes.map(({ child }) => cpuOf(child.pid)), cpuOfPostgres(world.server.pid)].map((now, at) => now - cpuBefore[at]);
  if (process.env.WAITS === '1') for (const [what, times] of [...waits].sort((a, b) => b[1] - a[1]).slice(0, 15)) console.error(String(times).padStart(6), what);
  const quietAt = Date.now(), reportIds = [...new Set(desks.map(({ reportId }) => reportId))];
  let notYet = await behind(db, reportIds);
  for (; notYet > 0 && Date.now() < quietAt + 60_000; await pause(50)) notYet = await behind(db, reportIds);
  const settledMs = Date.now() - quietAt;
  const faults = await findLost(db, saves);
  for (const page of pages) page.close();

  const isOfEvening = ({ begun }) => begun >= evening;
  const inTime = saves.filter(isOfEvening), afternoon = saves.filter((save) => !isOfEvening(save) && (save.status === 200 || save.status === 409));
  const ok = inTime.filter(({ status }) => status === 200), conflicts = inTime.filter(({ status }) => status === 409), failed = saves.filter(({ status }) => status !== 200 && status !== 409);
  const ms = (list, share) => Math.round(quantile(list.map((one) => one.ms), share));
  // Of two saves of one report close to each other the points of the first may never have been told: the second has overtaken them.
  const toldMs = ok.flatMap(({ reportId, indicatorId, revision, begun }) => { const at = told.get(`${reportId}/${indicatorId}/${revision}`); return at === undefined ? [] : [at - begun]; });
  const result = {
    saves: saves.length, acknowledged: ok.length, conflicts: conflicts.length, failed: failed.length, codes: count(failed.map(({ status, code }) => `${status} ${code ?? ''}`)), faults,
    perSecond: ok.length / seconds, p50: ms([...ok, ...conflicts], 0.5), p95: ms([...ok, ...conflicts], 0.95), p99: ms([...ok, ...conflicts], 0.99), runs,
    forms: forms.length, formsFailed: forms.filter(({ status }) => status !== 200).length, formP95: forms.length === 0 ? null : ms(forms, 0.95),
    reports: asked.filter(({ status }) => status === 202).length, reportsRefused: asked.filter(({ status }) => status !== 202).length, settledMs, behind: notYet,
    opened, told: toldMs.length, afternoon: afternoon.length, afternoonP50: afternoon.length === 0 ? null : ms(afternoon, 0.5), afternoonP95: afternoon.length === 0 ? null : ms(afternoon, 0.95), toldP50: Math.round(quantile(toldMs, 0.5)), toldP95: Math.round(quantile(toldMs, 0.95)),
  };
  // How long saves took that were begun in each tenth of the evening: is it the beginning, a moment, or all of it?
  const tenthMs = (seconds * 1000) / 10;
  const overTime = Array.from({ length: 10 }, (_, nth) => {
    const part = [...ok, ...conflicts].filter(({ begun }) => Math.floor((begun - evening) / tenthMs) === nth);
    return part.length === 0 ? '–' : `${ms(part, 0.5)}/${ms(part, 0.95)}`;
  });
  if (said.json) console.log(JSON.stringify(result));
  else {
    const names = [...(said.role === 'all' ? ['API with jobs'] : ['API', 'worker with its threads']), 'PostgreSQL'];
    const lines = [
      `${editors} editors for ${seconds} s, ${think} s of thought between two saves, ${result.opened} of them with their page open and its stream of points, ${pairs} pairs on one cell each; ${world.loaded.counts.monitoring_report.toLocaleString('en')} reports in the region; queue on ${said.backend}, ${said.role === 'all' ? 'API and jobs in one process' : 'API and worker as processes of their own'}${said.quiet ? ', nothing else going on' : ''}. Node ${process.version}, ${cpus().length} cores, load average ${loads[0].toFixed(1)} before, up to ${Math.max(...loads).toFixed(1)} meanwhile (the bench itself is part of it)`,
      '', '| what | figure |', '| --- | --- |',
      `| saves acknowledged | ${result.acknowledged.toLocaleString('en')}, ${result.perSecond.toFixed(1)} a second |`,
      `| **a save, p50 / p95 / p99** | ${result.p50} / **${result.p95}** / ${result.p99} ms (p95 below 200 is asked for) |`,
      `| value sent → points told to the page, p50 / p95 | ${result.toldP50} / ${result.toldP95} ms, of ${result.told.toLocaleString('en')} values |`,
      `| p50/p95 of the saves begun in each ${tenthMs / 1000} s | ${overTime.join(', ')} ms |`,
      ...(settle === 0 ? [] : [`| the ${settle} s before, in which the same people saved and nothing else went on, p50 / p95 | ${result.afternoonP50} / ${result.afternoonP95} ms, of ${result.afternoon.toLocaleString('en')} saves |`]),
      `| conflicts, answered 409 with what is there | ${result.conflicts} |`,
      `| saves that failed otherwise | ${result.failed}${result.failed > 0 ? ` (${JSON.stringify(result.codes)})` : ''} |`,
      `| **lost, doubled or overwritten unseen** | **${faults.length}** |`,
      `| runs of the region done meanwhile | ${runs} |`,
      `| forms taken out, p95 | ${result.forms} (${result.formsFailed} failed), ${result.formP95 ?? '–'} ms |`,
      `| reports of self-evaluations asked for | ${result.reports}${result.reportsRefused > 0 ? ` (${result.reportsRefused} refused: ${JSON.stringify(count(asked.filter(({ status }) => status !== 202).map(({ code }) => code)))})` : ''} |`,
      `| points of the last value there after the last save | ${result.behind === 0 ? `${settledMs} ms` : `${result.behind} reports NOT after a minute`} |`,
      `| seconds of processor (ms a save) | ${names.map((name, at) => `${name} ${cpu[at].toFixed(1)} (${((cpu[at] * 1000) / result.acknowledged).toFixed(1)})`).join(', ')} of ${cpus().length * seconds} |`,
    ];
    console.log(lines.join('\n'));
    if (ledger !== null) console.log(['', `ms of processor a save: ${spentBy(spenders, result.acknowledged)}`, '', ...await readLedger(db, ledger.begun, result.acknowledged)].join('\n'));
    for (const fault of faults.slice(0, 20)) console.log(fault);
    if (said.write) {
      const file = join(root, 'docs/bench/evening.md');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/(<!-- figures -->\n)[\s\S]*?(<!-- end of figures -->)/, `$1\n\`npm run bench:evening -- ${process.argv.slice(2).filter((one) => one !== '--write').join(' ')}\`: ${lines.join('\n')}\n\n$2`));
    }
  }
  if (faults.length > 0 || result.failed > 0 || result.behind > 0) process.exitCode = 1;
} finally {
  for (const one of [...processes].reverse()) await one.stop();
  await redis?.stop();
  await world.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

function count(names) {
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
