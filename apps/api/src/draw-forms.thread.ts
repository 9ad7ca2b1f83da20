import { parentPort } from 'node:worker_threads';
import { NICENESS, yieldToPeople } from './platform/yield-to-people';
import { draw, type DrawOrder } from './report/draw';
import type { Drawn } from './report/drawing-desk';

// Draws the files it is asked for, one after the other, off the loop that answers people.
yieldToPeople(NICENESS.forms);
let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', ({ number, order }: { readonly number: number; readonly order: DrawOrder }) => {
  turn = turn.then(async () => {
    const drawn: Drawn = await draw(order).then((bytes) => ({ number, bytes }), (error: unknown) => ({ number, error: error instanceof Error ? error.stack ?? error.message : String(error) }));
    parentPort?.postMessage(drawn);
  });
});
