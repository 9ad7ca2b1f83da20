// One of the loader's threads: makes blocks of the province and hands their bytes over without copying them.
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { Rows } from './copy-binary.mjs';
import { COLUMNS, block } from './province.mjs';

const { plan, paths, person } = workerData;
const TABLES = Object.keys(COLUMNS);
/** Rooms that came back, to be filled again. */
const free = [];

function roomFrom(given) {
  return Object.fromEntries(TABLES.map((table) => {
    const rows = new Rows();
    if (given !== undefined) rows.bytes = Buffer.from(given[table].bytes.buffer);
    return [table, rows];
  }));
}

parentPort.on('message', ({ make, room }) => {
  if (room !== undefined) { free.push(roomFrom(room)); return; }
  const made = block(plan, paths, person, make, free.pop() ?? roomFrom());
  const hash = createHash('sha256');
  const rows = {};
  for (const table of TABLES) {
    const { bytes, length, count } = made[table];
    hash.update(bytes.subarray(0, length));
    rows[table] = { bytes: new Uint8Array(bytes.buffer), length, count };
  }
  parentPort.postMessage({ number: make, digest: hash.digest('hex'), rows }, Object.values(rows).map(({ bytes }) => bytes.buffer));
});
