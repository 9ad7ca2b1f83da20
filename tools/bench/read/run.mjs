// `npm run bench:read -- [--tables 20000] [--rounds 3] [--seconds 10] [--connections 50] [--quarters 1] [--write]`: P10 and P11. One table with 14 rows
// over the product's own endpoint (session, policy, tenant guard, request id, headers, log), beside a bare server with a prepared statement and
// NestJS with TypeORM's findOne({ relations }). Same database, same random ids, bodies compared.
import { deepStrictEqual } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { idOf, prng } from '../../generate/province.mjs';
import { root } from '../../installed.mjs';
import { buildProduct, median, show, startProcess, startWorld } from '../bulk/world.mjs';
import { cpuOf, cpuOfPostgres } from './cpu.mjs';
import { openSessions } from './readers.mjs';

const { values: said } = parseArgs({ options: { tables: { type: 'string', default: '20000' }, rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '10' }, connections: { type: 'string', default: '50' }, quarters: { type: 'string', default: '1' }, write: { type: 'boolean', default: false } } });
const [tables, rounds, seconds, connections, quarters] = [said.tables, said.rounds, said.seconds, said.connections, said.quarters].map(Number);
const ROWS = 14, SEED = 1, WARM_UP = 2;

const world = await startWorld({ units: Math.ceil(tables / 10), tables: 10, indicators: ROWS, quarters, seed: SEED });
const { db } = world;
const dir = await buildProduct();
const product = await startProcess(dir, 'main', { DATABASE_URL: world.url, REDIS_URL: '', JIHENG_ROLE: 'api', LOG_LEVEL: 'info' });
const peers = [];

async function startPeer(name) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'peers.mjs')], { cwd: root, env: { ...process.env, PEER: name, DATABASE_URL: world.url }, stdio: ['ignore', 'pipe', 'inherit'] });
  peers.push(child);
  const [first] = await once(child.stdout, 'data');
  return { port: Number(/READY (\d+)/.exec(String(first))[1]), pid: child.pid };
}

/** Every table is opened once: the product keeps its findings, and the peers are given what no SQL knows. */
async function openEach(url, cookies) {
  await db.query('create table bench_said (table_id uuid primary key, moves json not null, findings json not null, rest json not null)');
  // One connection writes, one statement after another.
  let at = 0, written = Promise.resolve();
  await Promise.all(Array.from({ length: 8 }, async (_, of) => {
    for (let rows = []; ; rows = []) {
      while (at < tables && rows.length < 50) {
        const response = await fetch(`${url}/api/target-tables/${idOf(SEED, 'table', at++)}`, { headers: { cookie: `jiheng_session=${cookies[of % cookies.length]}`, 'accept-encoding': 'identity' } });
        if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
        const { id, moves, findings, reports, selfEvaluation, history, versions } = await response.json();
        const rest = { selfEvaluation, history, versions, reports: Object.fromEntries(reports.map(({ id: report, answered, candidates, points }) => [report, { answered, candidates, points }])) };
        rows.push([id, moves, findings, rest]);
      }
      if (rows.length === 0) return;
      const columns = [0, 1, 2, 3].map((column) => rows.map((row) => (column === 0 ? row[0] : JSON.stringify(row[column]))));
      written = written.then(() => db.query('insert into bench_said select * from unnest($1::uuid[], $2::json[], $3::json[], $4::json[])', columns));
      await written;
    }
  }));
  await db.query('vacuum analyze');
}

async function fire({ port, pid }, cookies, round) {
  const before = [cpuOf(pid), cpuOfPostgres(world.server.pid)];
  const order = { port, cookies, connections, warmUpSeconds: WARM_UP, seconds, seed: 7 + round, tables, tableSeed: SEED };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fire.mjs'), JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.on('data', (text) => { told += text; });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the load ended with ${code}`);
  const fired = JSON.parse(told);
  const [server, postgres] = [cpuOf(pid) - before[0], cpuOfPostgres(world.server.pid) - before[1]].map((seconds) => (seconds * 1000) / fired.all);
  return { ...fired, server, postgres, cpu: server + postgres };
}

async function bodiesAreEqual(ports, cookies) {
  const chance = prng(99);
  const read = async (port, id) => (await fetch(`http://127.0.0.1:${port}/api/target-tables/${id}`, { headers: { cookie: `jiheng_session=${cookies[0]}` } })).json();
  for (let n = 0; n < 50; n++) {
    const id = idOf(SEED, 'table', Math.floor(chance() * tables));
    const [ours, ...theirs] = await Promise.all(ports.map(({ port }) => read(port, id)));
    for (const other of theirs) deepStrictEqual(other, ours);
  }
}

try {
  const top = await world.one('select id from budget_unit where parent_id is null');
  const readers = await openSessions(db, Array.from({ length: connections }, (_, at) => ({ unitId: top.id, role: 'finance', name: `读者${at + 1}` })));
  const cookies = readers.map(({ cookie }) => cookie);
  const begun = performance.now();
  await openEach(product.url, cookies);
  const firstMs = (performance.now() - begun) / tables;
  const ports = { bare: await startPeer('bare'), product: { port: Number(new URL(product.url).port), pid: product.child.pid }, orm: await startPeer('orm') };
  await bodiesAreEqual([ports.product, ports.bare, ports.orm], cookies);
  const loadBefore = loadavg()[0];
  const seen = Object.fromEntries(Object.keys(ports).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const names = Object.keys(ports);
    for (const name of round % 2 ? names.reverse() : names) seen[name].push(await fire(ports[name], cookies, round));
  }
  await bodiesAreEqual([ports.product, ports.bare, ports.orm], cookies);
  const errors = Object.values(seen).flat().reduce((all, one) => all + one.errors, 0);
  const of = (name, key) => seen[name].map((one) => one[key]);
  const ratio = (name, other, key) => seen[name].map((one, round) => one[key] / seen[other][round][key]);
  const bytes = Math.round(seen.product[0].bytes / seen.product[0].requests);
  const row = (title, name) => `| ${title} | ${show(of(name, 'perSecond'))} | ${show(ratio(name, 'bare', 'perSecond'), 2)} | ${median(of(name, 'p50')).toFixed(1)} | ${median(of(name, 'p99')).toFixed(1)} | ${median(of(name, 'server')).toFixed(2)} + ${median(of(name, 'postgres')).toFixed(2)} |`;
  const lines = [
    `${tables.toLocaleString('en')} tables × ${ROWS}, ${quarters} quarter(s), ${connections} connections, ${rounds} rounds of ${seconds} s after ${WARM_UP} s, Node ${process.version}, ${cpus().length} cores, load average ${loadBefore.toFixed(1)} before and ${loadavg()[0].toFixed(1)} after`,
    '', '| server | requests a second, median [min..max] | of bare | p50 ms | p99 ms | ms of processor a request, server + PostgreSQL |', '| --- | --- | --- | --- | --- | --- |',
    row('bare node:http + pg, prepared, rows as arrays', 'bare'), row('**the product**: session, policy, tenant guard, headers, log', 'product'), row('NestJS on Fastify + TypeORM `findOne({ relations })`', 'orm'),
    '', `P10: **${show(ratio('product', 'bare', 'perSecond'), 2)}** of bare (floor 0.7, goal 0.9), p99 **${show(ratio('product', 'bare', 'p99'), 2)}** of bare (goal 1.2). P11: **${show(ratio('product', 'orm', 'perSecond'), 2)}** times findOne (floor 2.5, goal 4). By processor time, which other users of the machine do not change: the product answers **${show(ratio('bare', 'product', 'cpu'), 2)}** of what bare answers, and **${show(ratio('orm', 'product', 'cpu'), 2)}** times findOne.`,
    `The product's answer has ${bytes.toLocaleString('en')} bytes with its headers. Opening a table for the first time (its findings are made and kept) took ${firstMs.toFixed(2)} ms each, eight at a time. Errors ${errors}. Bodies equal for 50 tables drawn by chance, before and after.`,
  ];
  console.log(lines.join('\n'));
  if (said.write) {
    const file = join(root, 'docs/bench/read.md');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/(<!-- figures -->\n)[\s\S]*?(<!-- end of figures -->)/, `$1\n\`npm run bench:read -- ${process.argv.slice(2).filter((one) => one !== '--write').join(' ')}\`: ${lines.join('\n')}\n\n$2`));
  }
  if (errors > 0) process.exitCode = 1;
} finally {
  for (const peer of peers) peer.kill('SIGTERM');
  await product.stop();
  await world.stop();
}
