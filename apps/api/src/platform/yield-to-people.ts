import { setPriority } from 'node:os';

/** How far what nobody waits for at a screen stands back: a process that only does jobs, the threads that draw forms, those that score a region, and the connections of each. */
export const NICENESS = { worker: 4, forms: 5, slices: 7 } as const;

/**
 * Lets this thread stand back from those that answer people: on Linux a priority belongs to a thread, and that of the calling one is set.
 * Elsewhere it would be the whole process's, so nothing is done. What is refused (a container may forbid it) changes nothing either.
 * @param niceness 1 (a little) … 19 (only what nobody else wants)
 */
export function yieldToPeople(niceness: number): void {
  if (process.platform !== 'linux') return;
  try { setPriority(0, niceness); } catch { /* it goes on as it is */ }
}
