import { parentPort, workerData } from 'node:worker_threads';
import { yieldToPeople } from './platform/yield-to-people';
import { type CrewOrder, scoreSlices } from './scoring/bulk/score-slices';

// One thread of a region's run. It is asked to stop between two slices; when it dies, its slice is claimed by another.
// A region can wait; somebody who saves a cell meanwhile should not feel it: a fifth of the weight of whoever answers people.
yieldToPeople(7);
let stopped = false;
parentPort?.on('message', () => { stopped = true; });
parentPort?.unref();
await scoreSlices(workerData as CrewOrder, () => stopped);
