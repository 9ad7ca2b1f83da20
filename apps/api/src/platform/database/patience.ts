import { setTimeout as rest } from 'node:timers/promises';
import { SQL_STATE, sqlStateOf } from './sql-state';

/** For how long a deed that wants tables to itself is tried; whoever reads a whole region is done by then. */
const LONGEST_MS = 60_000;
const REST_MS = 150;

/**
 * Does a deed that wants whole tables to itself, again and again for a minute while others use them. The deed must be whole or not at all (one transaction) and
 * set `lock_timeout` well below PostgreSQL's `deadlock_timeout` of one second: then it is always this deed that stands back, and never the page of somebody
 * who holds one table and waits for the next. Throws what the deed throws, in the end also that a lock was not to be had (55P03).
 */
export async function withPatience<T>(deed: () => Promise<T>): Promise<T> {
  const until = performance.now() + LONGEST_MS;
  for (;;) {
    try {
      return await deed();
    } catch (error) {
      if (sqlStateOf(error) !== SQL_STATE.lockNotAvailable || performance.now() > until) throw error;
    }
    // Those who stood in line behind the deed go first.
    await rest(REST_MS);
  }
}
