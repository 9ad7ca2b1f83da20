// `npm run bench:import:books -- [--tables 1000] [--rounds 3] [--write]`: a document of a thousand target tables × 14 into the books and out again, end to
// end: the built server over HTTP and a PostgreSQL of its own. Accepted once with one wish and once in slices as the page does it, then undone.
import { parseArgs } from 'node:util';
import { cpus, loadavg } from 'node:os';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../installed.mjs';
import { bundle } from '../../build-api.mjs';
import { startProcess, startWorld } from '../bulk/world.mjs';
import { Browser } from '../latency/client.mjs';
import { openSessions } from '../read/readers.mjs';
import { makeWorkbook } from './make-workbook.mjs';

const { values: said } = parseArgs({ options: { tables: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '3' }, write: { type: 'boolean', default: false } } });
const [tables, rounds] = [said.tables, said.rounds].map(Number);
/** As many tables as the page accepts with one wish (accept-in-slices.ts). */
const SLICE = 25;

mkdirSync(join(root, 'tmp'), { recursive: true });
const dir = mkdtempSync(join(root, 'tmp/bench-'));
process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
await bundle(['main', 'read-document.thread', 'score-slices.thread', 'draw-forms.thread'].map((name) => join(root, `apps/api/src/${name}.ts`)), dir);
const world = await startWorld({ units: 1, tables: 1, indicators: 4 });
const { db } = world;
const { rows: [unit] } = await db.query(`select u.id from budget_unit u where not exists (select from budget_unit below where below.parent_id = u.id) order by u.path limit 1`);
const [session] = await openSessions(db, [{ unitId: unit.id, role: 'reporter', name: '填报人' }]);
const product = await startProcess(dir, 'main', { DATABASE_URL: world.url, REDIS_URL: '', JIHENG_ROLE: 'all', DATA_DIR: join(dir, 'data'), SECURE_COOKIES: '0' });
const browser = new Browser(product.url, session);

async function ask(method, path, body) {
  const answer = await browser.ask(method, `/api${path}`, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 600)}`);
  return answer.body;
}

/** Uploads the workbook and waits until its tables stand on the staging page. */
async function stage(bytes) {
  const form = new FormData();
  form.append('file', new Blob([bytes]), 'tables.xlsx');
  const arrived = await fetch(`${product.url}/api/imports?unitId=${unit.id}`, { method: 'POST', body: form, headers: { cookie: `jiheng_session=${session.cookie}`, 'x-csrf-token': session.csrf } });
  if (arrived.status !== 202) throw new Error(`the upload was answered with ${arrived.status}: ${await arrived.text()}`);
  const { id } = await arrived.json();
  for (;; await pause(20)) {
    const view = await ask('GET', `/imports/${id}`);
    if (view.state === 'STAGED') return view;
    if (view.state !== 'READING') throw new Error(`the document is ${view.state}: ${JSON.stringify(view.refusal)}`);
  }
}

const count = async (table) => Number((await db.query(`select count(*) as n from ${table}`)).rows[0].n);
async function timed(deed) {
  const begun = performance.now();
  const result = await deed();
  return [performance.now() - begun, result];
}

const { bytes } = makeWorkbook(tables, 14, { asTargets: true });
const names = ['stage', 'accept at once', 'undo', 'accept in slices', 'undo again'];
const seen = Object.fromEntries(names.map((name) => [name, []]));
const before = [await count('performance_target_table'), await count('indicator')];
let isRight = true;
const expectBooks = async (isIn) => {
  const now = [await count('performance_target_table'), await count('indicator')];
  const expected = [before[0] + (isIn ? tables : 0), before[1] + (isIn ? tables * 14 : 0)];
  if (now.join() !== expected.join()) { isRight = false; console.error(`the books hold ${now.join(' tables, ')} rows in place of ${expected.join(' tables, ')} rows`); }
};
try {
  for (let round = 0; round < rounds; round++) {
    const [staged, { id }] = await timed(() => stage(bytes));
    const [whole] = await timed(() => ask('POST', `/imports/${id}/acceptance`, {}));
    await expectBooks(true);
    const [undone] = await timed(() => ask('POST', `/imports/${id}/undo`, {}));
    await expectBooks(false);
    const { id: again } = await stage(bytes);
    const [sliced] = await timed(async () => {
      for (let from = 0; from < tables; from += SLICE) await ask('POST', `/imports/${again}/acceptance`, { tables: Array.from({ length: Math.min(SLICE, tables - from) }, (_, at) => from + at) });
    });
    await expectBooks(true);
    const [undoneAgain] = await timed(() => ask('POST', `/imports/${again}/undo`, {}));
    await expectBooks(false);
    [staged, whole, undone, sliced, undoneAgain].forEach((ms, at) => seen[names[at]].push(ms));
    console.error(names.map((name) => `${name} ${Math.round(seen[name].at(-1))} ms`).join(', '));
  }
} finally {
  browser.close();
  await product.stop();
  await world.stop();
}
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const show = (name) => { const list = seen[name]; return `${Math.round(median(list)).toLocaleString('en')} [${Math.round(Math.min(...list)).toLocaleString('en')}..${Math.round(Math.max(...list)).toLocaleString('en')}]`; };
const WHAT = {
  stage: 'uploaded, read in its thread, staged with its source', 'accept at once': 'accepted with one wish', undo: 'undone', 'accept in slices': `accepted ${SLICE} tables a wish, as the page does`, 'undo again': 'undone',
};
const text = `${tables.toLocaleString('en')} target tables × 14 rows, ${rounds} rounds, Node ${process.version}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}. The books hold what they should after each step: ${isRight ? 'yes' : 'NO'}.

| step | ms, median [lowest..highest] | a table, ms |
| --- | --- | --- |
${names.map((name) => `| ${WHAT[name]} | ${show(name)} | ${(median(seen[name]) / tables).toFixed(2)} |`).join('\n')}
`;
console.log(text);
if (said.write) {
  const page = join(root, 'docs/bench/import.md');
  writeFileSync(page, readFileSync(page, 'utf8').replace(/(<!-- books -->\n)[\s\S]*?(<!-- end of books -->)/u, `$1${text}$2`));
}
process.exit(isRight ? 0 : 1);
