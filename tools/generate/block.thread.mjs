// One of the loader's threads: makes blocks of the province and copies them, one COPY a table and block, on a connection of its own.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { block, COLUMNS, roomForBlock } from './province.mjs';

const { url, plan, paths, person } = workerData;
const client = new pg.Client({ connectionString: url });
await client.connect();
await client.query('set synchronous_commit = off; set client_min_messages = warning');

/** Bytes handed to the connection at a time. */
const PIECE = 1 << 18;

/** Copies the lines of one table (made of text that needs no escape). */
async function copy(table, { bytes, length, count }, hash) {
  if (count === 0) return;
  const all = bytes.subarray(0, length);
  hash.update(all);
  const stream = client.query(copyFrom(`copy ${table} (${COLUMNS[table]}) from stdin`));
  const ended = finished(stream);
  for (let at = 0; at < length; at += PIECE) if (!stream.write(all.subarray(at, at + PIECE))) await Promise.race([once(stream, 'drain'), ended]);
  stream.end();
  await ended;
}

const room = roomForBlock();
parentPort.on('message', async (number) => {
  if (number === null) { await client.end(); parentPort.close(); return; }
  const rows = block(plan, paths, person, number, room);
  const hash = createHash('sha256');
  for (const table of Object.keys(COLUMNS)) await copy(table, rows[table], hash);
  parentPort.postMessage({ number, digest: hash.digest('hex'), counts: Object.fromEntries(Object.entries(rows).map(([table, lines]) => [table, lines.count])) });
});
parentPort.postMessage({ ready: true });
