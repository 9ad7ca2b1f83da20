import { parentPort, workerData } from 'node:worker_threads';
import { type CrewOrder, scoreSlices } from './scoring/bulk/score-slices';

// One thread of a region's run. It is asked to stop between two slices; when it dies, its slice is claimed by another.
let stopped = false;
parentPort?.on('message', () => { stopped = true; });
parentPort?.unref();
await scoreSlices(workerData as CrewOrder, () => stopped);
