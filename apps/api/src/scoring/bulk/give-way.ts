import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/**
 * People whose requests overlap: connections of the hot lane (platform/database/hot-lane.ts) that are asked now or were within the last second. Whoever comes
 * alone is always given the same one, so a second one means that two waited at the same time.
 */
const PEOPLE = `select count(*)::integer as n from pg_stat_activity
  where application_name = 'jiheng-hot' and datname = current_database() and (state = 'active' or state_change > clock_timestamp() - interval '1 second')`;
const CROWD = 2;
const LOOK_EVERY_MS = 100;
/** However busy people are, a lane goes on after so long: a region that never ended would help nobody. Before its first slice the first lane waits a second for its turn. */
const LONGEST_MS = { first: 2_000, others: 15_000 } as const;
const BEFORE_FIRST_MS = 1_000;

/**
 * People before machines, before each slice: while requests of people overlap, the first lane rests for as long as its last slice took and the others stand aside. Every look is
 * one question to PostgreSQL; where nobody is at work it is the only one.
 * @param tookMs what the last slice of this lane took; 0 before the first
 * @returns whether people are at work: then a slice should be a small one
 */
export async function giveWay(client: Pick<pg.Client, 'query'>, lane: number, tookMs: number, isStopped: () => boolean): Promise<boolean> {
  const longest = lane !== 0 ? LONGEST_MS.others : tookMs === 0 ? BEFORE_FIRST_MS : Math.min(tookMs, LONGEST_MS.first);
  for (const until = performance.now() + longest; ;) {
    if (isStopped() || !(await isCrowded(client))) return false;
    if (performance.now() >= until) return true;
    await pause(LOOK_EVERY_MS);
  }
}

async function isCrowded(client: Pick<pg.Client, 'query'>): Promise<boolean> {
  const { rows: [people] } = await client.query<{ n: number }>(PEOPLE);
  return (people?.n ?? 0) >= CROWD;
}
