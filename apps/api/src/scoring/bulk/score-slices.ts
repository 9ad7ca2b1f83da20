import pg from 'pg';
import { type SliceDone, SliceWorker } from './slice-worker';

/** What a thread is told when it begins. */
export interface CrewOrder { readonly url: string; readonly runId: string; readonly today: string }

/** Claims and does slices on a connection of its own until none is left or `isStopped` says so. */
export async function scoreSlices(order: CrewOrder, isStopped: () => boolean, told: (slice: SliceDone) => void = () => undefined): Promise<void> {
  const client = new pg.Client({ connectionString: order.url, application_name: 'jiheng-bulk', keepAlive: true, options: '-c TimeZone=UTC' });
  // A connection that breaks while nothing waits for it must not end the process; the next statement says so.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const worker = new SliceWorker(client, order.runId, order.today);
    for (let slice; !isStopped() && (slice = await worker.next()) !== null;) told(slice);
  } finally { await client.end().catch(() => undefined); }
}
