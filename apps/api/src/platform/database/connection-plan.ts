import { availableParallelism } from 'node:os';

/** Connections for people's requests, and for jobs. A process that does both has both, and jobs stay within theirs. */
export const OF_PEOPLE = 10, OF_JOBS = 10;
/** For the statements that nearly every request asks ({@link HotLane}). A few more than processors: what is asked there is short, and waiting in our own row costs nothing. */
export const OF_HOT_READS = 6;
/** For the queue where it lies in PostgreSQL. */
export const OF_QUEUE = 9;
/** Threads of one process that score a region: PostgreSQL does as much for a slice as the thread, so half of the cores are its. */
export const THREADS = Math.max(1, Math.min(4, availableParallelism() >> 1));
/** Slices of one thread at a time, each on a connection of its own: one computed, the others read or written. With as much to do for PostgreSQL as for the thread, one more leaves a core idle less often. */
export const SLICES_OF_A_THREAD = 4;
/** Hears what PostgreSQL tells all processes. */
const LISTENING = 1;
/** Scores what was just saved (where it was saved), and what waits (where jobs are done). */
const SCORING_OWN = 1, SCORING_WAITING = 1;

/** What a process is, as far as its connections are concerned. */
export interface ProcessKind {
  readonly role: 'api' | 'worker' | 'all';
  /** Whether the queue lies in PostgreSQL and not on Redis. */
  readonly isQueueHere: boolean;
  /** Threads that score a region; of this machine when absent. */
  readonly threads?: number;
}

/** How many connections to PostgreSQL a process takes at most, with one region's run under way. docs/operations.md says the same in a table. */
export function mostConnections({ role, isQueueHere, threads = THREADS }: ProcessKind): number {
  const ofPeople = OF_PEOPLE + OF_HOT_READS + SCORING_OWN;
  const ofJobs = OF_JOBS + SCORING_WAITING + threads * SLICES_OF_A_THREAD + (isQueueHere ? OF_QUEUE : 0);
  return LISTENING + (role === 'worker' ? 0 : ofPeople) + (role === 'api' ? 0 : ofJobs);
}
