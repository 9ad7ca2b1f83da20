import pg from 'pg';
import { standBack } from '../../platform/database/stand-back';
import { NICENESS } from '../../platform/yield-to-people';
import { giveWay } from './give-way';
import { isPlain, socketWithRoom } from './shared-room';
import { SliceHands } from './slice-hands';
import { SliceWorker } from './slice-worker';

/** What a thread is told when it begins. */
export interface CrewOrder {
  readonly url: string;
  readonly runId: string;
  readonly today: string;
  /** Slices that it has in hand at a time: while PostgreSQL reads or writes for one, the thread computes another. */
  readonly lanes: number;
}

/** Slices done together where nobody is at work: what a transaction costs beside its documents is shared by more of them. While people save, turns and processors are given back after each one. */
const AT_ONCE = 2;

/**
 * Claims and does slices, some at a time, each on a connection of its own, until none is left or `isStopped` says so. A slice that fails lets the others end theirs.
 * @param hands what the lanes work with; a lane without makes its own
 */
export async function scoreSlices(order: CrewOrder, isStopped: () => boolean, hands: readonly SliceHands[] = []): Promise<void> {
  let failed = false;
  const lanes = Array.from({ length: order.lanes }, (_, lane) => scoreOneByOne(order, lane, () => failed || isStopped(), hands[lane] ?? new SliceHands()).catch((error: unknown) => { failed = true; throw error; }));
  const end = (await Promise.allSettled(lanes)).find((one) => one.status === 'rejected');
  if (end !== undefined) throw end.reason;
}

async function scoreOneByOne(order: CrewOrder, lane: number, isStopped: () => boolean, hands: SliceHands): Promise<void> {
  const client = new pg.Client({ connectionString: order.url, application_name: 'jiheng-bulk', keepAlive: true, options: '-c TimeZone=UTC -c jiheng.rolls_up_later=yes', ...(isPlain(order.url) ? { stream: () => socketWithRoom() } : {}) });
  // A connection that breaks while nothing waits for it must not end the process; the next statement says so.
  client.on('error', () => undefined);
  await client.connect();
  standBack(client, NICENESS.slices);
  try {
    const worker = new SliceWorker(client, order.runId, order.today, hands);
    for (let took = 0; ;) {
      const isCrowded = await giveWay(client, lane, took, isStopped);
      const begun = performance.now();
      if (isStopped() || (await worker.next(isCrowded ? 1 : AT_ONCE)) === null) break;
      took = performance.now() - begun;
    }
  } finally { await client.end().catch(() => undefined); }
}
