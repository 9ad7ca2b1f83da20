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
/** However busy people are, a lane goes on after so long: a region that never ended would help nobody. */
const LONGEST_MS = { first: 2_000, others: 15_000 } as const;

/**
 * People before machines, between two slices: while requests of people overlap, the first lane rests for as long as its last slice took and the others stand aside. Every look is
 * one question to PostgreSQL; where nobody is at work it is the only one.
 * @param tookMs what the last slice of this lane took; 0 before the first
 */
export async function giveWay(client: Pick<pg.Client, 'query'>, lane: number, tookMs: number, isStopped: () => boolean): Promise<void> {
  const until = performance.now() + (lane === 0 ? Math.min(tookMs, LONGEST_MS.first) : LONGEST_MS.others);
  while (performance.now() < until && !isStopped() && await isCrowded(client)) await pause(LOOK_EVERY_MS);
}

async function isCrowded(client: Pick<pg.Client, 'query'>): Promise<boolean> {
  const { rows: [people] } = await client.query<{ n: number }>(PEOPLE);
  return (people?.n ?? 0) >= CROWD;
}
