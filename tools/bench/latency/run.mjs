// `npm run bench:latency -- [--times 300] [--asked 60] [--backends postgres,redis] [--write]`: P9. One value of a report is saved over HTTP, scored through
// outbox, relay, queue and worker, and its points are told to the page that saved it; queue idle; beside it, turn by turn, a job of BullMQ alone. Afterwards
// `--asked` values by a browser without a stream, which asks for the whole report until the points are there.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../installed.mjs';
import { buildProduct, startProcess, startWorld } from '../bulk/world.mjs';
import { ENTRY_DAY, openReports } from './editable.mjs';
import { measure, quantile } from './measure.mjs';
import { startPeerQueue } from './peer-queue.mjs';
import { redisIsThere, startScratchRedis } from './scratch-redis.mjs';

const { values: said } = parseArgs({ options: { times: { type: 'string', default: '300' }, asked: { type: 'string', default: '60' }, backends: { type: 'string', default: redisIsThere() ? 'postgres,redis' : 'postgres' }, write: { type: 'boolean', default: false } } });
const [times, asked] = [Number(said.times), Number(said.asked)];
const dir = await buildProduct();
const results = [];
const before = loadavg()[0];
for (const backend of said.backends.split(',')) {
  const world = await startWorld({ units: 100, tables: 2, indicators: 12 });
  const redis = backend === 'redis' ? await startScratchRedis() : null;
  const env = { DATABASE_URL: world.url, REDIS_URL: redis?.url ?? '', JIHENG_TODAY: ENTRY_DAY };
  const processes = [await startProcess(dir, 'main', { ...env, JIHENG_ROLE: 'api' }), await startProcess(dir, 'worker', env)];
  await world.db.query('create database bullmq_peer');
  const peer = await startPeerQueue(backend, { redisUrl: redis?.url, postgresUrl: world.server.urlFor('bullmq_peer') });
  try {
    const entries = await openReports(world.db, 20);
    results.push({ backend, ...(await measure({ url: processes[0].url, entries, times, asked, peer })) });
  } finally {
    await peer.stop();
    for (const process of processes) await process.stop();
    await redis?.stop();
    await world.stop();
  }
}
const ms = (list, share) => quantile(list, share).toFixed(1);
const lines = [
  `${times} values a backend, one after another, API and worker as processes of their own, Node ${process.version}, ${cpus().length} cores, load average ${before.toFixed(1)} before and ${loadavg()[0].toFixed(1)} after`,
  '', '| queue | what | p50 ms | p95 ms | p99 ms |', '| --- | --- | --- | --- | --- |',
  ...results.flatMap(({ backend, peer, saved, visible, askedVisible }) => [
    [backend, 'BullMQ alone: add → processed', peer], [backend, 'the product: value sent → saved and answered', saved], [backend, '**value sent → scored → points told to the page (P9)**', visible],
    ...(asked === 0 ? [] : [[backend, `the same without the stream: the whole report asked for again and again (${asked} values)`, askedVisible]]),
  ].map(([name, what, list]) => `| ${name} | ${what} | ${ms(list, 0.5)} | ${ms(list, 0.95)} | ${ms(list, 0.99)} |`)),
  '', `P9 asks for p99 ≤ 60 ms (floor) and ≤ 25 ms (goal): ${results.map(({ backend, visible }) => `${backend} **${ms(visible, 0.99)} ms**`).join(', ')}.`,
];
console.log(lines.join('\n'));
if (said.write) {
  const file = join(root, 'docs/bench/latency.md');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/(<!-- figures -->\n)[\s\S]*?(<!-- end of figures -->)/, `$1\n\`npm run bench:latency -- ${process.argv.slice(2).filter((one) => one !== '--write').join(' ')}\`: ${lines.join('\n')}\n\n$2`));
}
process.exit(0);
