import { parentPort } from 'node:worker_threads';
import { NICENESS, yieldToPeople } from './platform/yield-to-people';
import { scoreSlices } from './scoring/bulk/score-slices';
import type { ThreadMessage } from './scoring/bulk/scoring-thread';
import { SliceHands } from './scoring/bulk/slice-hands';

// One thread for the runs of regions, one run after another. It is asked to stop between two slices; when it dies, its slices are claimed by others.
// A region can wait; somebody who saves a cell meanwhile should not feel it: a fifth of the weight of whoever answers people.
yieldToPeople(NICENESS.slices);
const hands: SliceHands[] = [];
let stopped = false;
parentPort?.on('message', (message: ThreadMessage) => {
  stopped = message === 'stop';
  if (message === 'stop') return;
  while (hands.length < message.order.lanes) hands.push(new SliceHands());
  // What goes wrong ends the thread, and whoever gave it work is told.
  void scoreSlices(message.order, () => stopped, hands).then(() => { parentPort?.postMessage('done'); });
});
