import pg from 'pg';
import { type SliceDone, SliceWorker } from './slice-worker';

/** What a thread is told when it begins. */
export interface CrewOrder {
  readonly url: string;
  readonly runId: string;
  readonly today: string;
  /** Slices that it has in hand at a time: while PostgreSQL reads or writes for one, the thread computes another. */
  readonly lanes: number;
}

/** Claims and does slices, some at a time, each on a connection of its own, until none is left or `isStopped` says so. A slice that fails lets the others end theirs. */
export async function scoreSlices(order: CrewOrder, isStopped: () => boolean, told: (slice: SliceDone) => void = () => undefined): Promise<void> {
  let failed = false;
  const lanes = Array.from({ length: order.lanes }, () => scoreOneByOne(order, () => failed || isStopped(), told).catch((error: unknown) => { failed = true; throw error; }));
  const end = (await Promise.allSettled(lanes)).find((one) => one.status === 'rejected');
  if (end !== undefined) throw end.reason;
}

async function scoreOneByOne(order: CrewOrder, isStopped: () => boolean, told: (slice: SliceDone) => void): Promise<void> {
  const client = new pg.Client({ connectionString: order.url, application_name: 'jiheng-bulk', keepAlive: true, options: '-c TimeZone=UTC' });
  // A connection that breaks while nothing waits for it must not end the process; the next statement says so.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const worker = new SliceWorker(client, order.runId, order.today);
    for (let slice; !isStopped() && (slice = await worker.next()) !== null;) told(slice);
  } finally { await client.end().catch(() => undefined); }
}
