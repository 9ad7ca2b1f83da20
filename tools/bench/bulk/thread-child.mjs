// The process that thread.mjs measures: does the slices of one run after another with the product's own code, and says what the last took.
import { readFileSync } from 'node:fs';
import { GCProfiler, getHeapStatistics } from 'node:v8';
import pg from 'pg';

const [program, url, lanes, ...runs] = process.argv.slice(2);
const { scoreSlices } = await import(program);
const db = new pg.Client({ connectionString: url });
await db.connect();
let used = { user: 0, system: 0 }, bytes = 0;
for (const [at, runId] of runs.entries()) {
  // Each run finds no score: what the one before has written is forgotten.
  if (at > 0) await db.query(`set session_replication_role = replica; truncate score_request, score cascade; set session_replication_role = origin`);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const collections = new GCProfiler();
  collections.start();
  const before = process.cpuUsage();
  let held = getHeapStatistics().used_heap_size;
  await scoreSlices({ url, runId, today: '2025-01-20', lanes: Number(lanes) }, () => false);
  used = process.cpuUsage(before);
  // What was made: between two collections the heap only grows.
  bytes = 0;
  for (const { beforeGC, afterGC } of collections.stop().statistics) {
    bytes += beforeGC.heapStatistics.usedHeapSize - held;
    held = afterGC.heapStatistics.usedHeapSize;
  }
  bytes += getHeapStatistics().used_heap_size - held;
}
await db.end();
const peak = Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024);
process.stdout.write(JSON.stringify({ cpu: used.user + used.system, bytes, peak }));
process.exit(0);
