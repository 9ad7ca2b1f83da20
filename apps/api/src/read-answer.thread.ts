import { parentPort } from 'node:worker_threads';
import { NICENESS, yieldToPeople } from './platform/yield-to-people';
import { packRows } from './pull/connectors/reading/packed-rows';
import { READERS } from './pull/connectors/reading/readers';
import type { ThreadFound, ThreadOrder } from './pull/connectors/reading/thread-order';

// Reads what sources answer, one answer after the other, and is ended from outside: an answer that is slow or heavy costs its own thread and nobody else's time.
yieldToPeople(NICENESS.worker);
parentPort?.on('message', ({ form, order }: ThreadOrder) => {
  // What goes wrong ends the thread, and whoever gave it work is told.
  void READERS[form].read(order as never).then((found) => {
    if (!found.ok) return parentPort?.postMessage(found satisfies ThreadFound);
    const rows = packRows(found.rows);
    return parentPort?.postMessage({ ...found, rows } satisfies ThreadFound, [rows.places.buffer]);
  });
});
