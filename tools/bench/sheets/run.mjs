// `npm run bench:sheets -- [--tables 10000] [--rows 10] [--rounds 3] [--hyperformula FOLDER] [--write]`: P6, P7 and P8. A region through the product's own
// queue, beside what people would use instead, over the same rows: LibreOffice, HyperFormula, a loop of TypeORM and decimal.js; and the product's rules as a library
// in memory. Every row is compared.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../installed.mjs';
import { buildProduct, forgetScores, median, scoreRegion, show, startProcess, startWorld } from '../bulk/world.mjs';
import { cpuOf, cpuOfPostgres } from '../read/cpu.mjs';
import { hyperFormula } from './hyperformula.mjs';
import { library } from './library.mjs';
import { findLibreOffice, libreOffice } from './libreoffice.mjs';
import { differing, pointsOfProduct, rowsOf } from './rows.mjs';
import { typeOrmLoop } from './typeorm-loop.mjs';

const { values: said } = parseArgs({ options: {
  tables: { type: 'string', default: '10000' }, rows: { type: 'string', default: '10' }, rounds: { type: 'string', default: '3' }, hyperformula: { type: 'string' }, write: { type: 'boolean', default: false },
} });
const [tables, perTable, rounds] = [said.tables, said.rows, said.rounds].map(Number);
const dir = mkdtempSync(join(tmpdir(), 'jiheng-sheets-'));
process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
const world = await startWorld({ units: Math.ceil(tables / 10), tables: 10, indicators: perTable });
const worker = await startProcess(await buildProduct(), 'worker', { DATABASE_URL: world.url, REDIS_URL: '' });
const postgres = () => cpuOfPostgres(world.server.pid), own = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
let orm = null;
try {
  const rows = await rowsOf(world.db);
  const peers = new Map();
  const program = findLibreOffice();
  if (program === null) console.error('LibreOffice is not installed: left out');
  else peers.set('LibreOffice: open, calculate, save (P6: ≥ 25×, goal 50×)', await libreOffice(program, dir, rows));
  if (said.hyperformula === undefined) console.error('HyperFormula is left out: npm install hyperformula in some folder and name it with --hyperformula');
  else peers.set('HyperFormula: build, calculate (P7: ≥ 40×, goal 80×)', hyperFormula(said.hyperformula, dir, rows));
  orm = await typeOrmLoop(world.url, rows);
  peers.set('TypeORM find + decimal.js + save, 8 in flight (P8: ≥ 20×, goal 35×)', async () => {
    const before = own() + postgres(), told = await orm.measure();
    return { ...told, cpu: own() + postgres() - before };
  });
  const rules = await library(world.db), inMemory = [];

  const ours = [], work = [], theirs = new Map([...peers.keys()].map((name) => [name, { ms: [], cpu: [], ratios: [], cpuRatios: [], times: [], off: 0, more: '' }]));
  const loads = [];
  for (let round = -1; round < rounds; round++) {
    await forgetScores(world.db);
    const before = postgres() + cpuOf(worker.child.pid);
    const { ms } = await scoreRegion(world.db);
    const cpu = postgres() + cpuOf(worker.child.pid) - before;
    const expected = await pointsOfProduct(world.db, rows);
    // The first round warms the product up; the peers are too slow to be run for nothing.
    const memory = rules();
    if (round < 0) continue;
    inMemory.push({ ...memory, off: differing(expected, (at) => memory.results[at]) });
    ours.push(ms);
    work.push(cpu);
    loads.push(loadavg()[0]);
    for (const [name, measure] of peers) {
      const told = await measure(), kept = theirs.get(name);
      kept.ms.push(told.ms);
      kept.cpu.push(told.cpu);
      kept.ratios.push(told.ms / ms);
      kept.cpuRatios.push(told.cpu / cpu);
      kept.times.push(told.ms / memory.ms);
      kept.off = Math.max(kept.off, differing(expected, (at) => told.results[at]));
      kept.more = told.peakMb === undefined ? '' : ` (${told.version}, ${told.peakMb} MB)`;
      console.error(`${name}: ${Math.round(told.ms)} ms, ${kept.off} rows off; the product ${Math.round(ms)} ms`);
    }
  }
  const lines = [
    `${rows.length.toLocaleString('en')} rows in ${tables.toLocaleString('en')} tables, ${rounds} rounds, Node ${process.version}, ${cpus().length} cores, load average ${show(loads, 1)}`,
    '', '| what | ms, median [min..max] | times the product of the same round | times its rules in memory | seconds of processor | times the product\'s | rows that differ |', '| --- | --- | --- | --- | --- | --- | --- |',
    `| the product: wish → outbox → queue → slices → done (P6–P8 are asked of this) | ${show(ours)} | 1 | | ${show(work, 1)} | 1 | |`,
    `| its rules as a library, in memory: texts → points | ${show(inMemory.map(({ ms }) => ms))} | | 1 | ${show(inMemory.map(({ cpu }) => cpu), 2)} | | ${Math.max(...inMemory.map(({ off }) => off))} |`,
    ...[...theirs].map(([name, { ms, cpu, ratios, cpuRatios, times, off, more }]) => `| ${name}${more} | ${show(ms)} | **${show(ratios, 1)}** | ${show(times)} | ${show(cpu, 1)} | ${show(cpuRatios, 1)} | ${off.toLocaleString('en')} |`),
    '', `${Math.round(rows.length / (median(ours) / 1000)).toLocaleString('en')} rows a second through the product.`,
  ];
  console.log(lines.join('\n'));
  // Floats may be off by a hundredth; whoever rounds exactly may not.
  if ([...theirs].some(([name, { off }]) => !name.startsWith('HyperFormula') && off > 0) || inMemory.some(({ off }) => off > 0)) process.exitCode = 1;
  if (said.write) {
    const file = join(root, 'docs/bench/sheets.md');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/(<!-- figures -->\n)[\s\S]*?(<!-- end of figures -->)/, `$1\n${lines.join('\n')}\n\n$2`));
  }
} finally {
  await orm?.stop();
  await worker.stop();
  await world.stop();
}
