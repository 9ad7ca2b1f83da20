/** Waits before the second, third and fourth try, in times of the job's `backoffMs`: half a minute, two minutes, ten minutes. A system that is restarted is back by then, and nobody is knocked at meanwhile. */
const GROWTH = [1, 4, 20] as const;
/** However long a source asks to be left alone: within an hour of four tries a person hears of it. */
export const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * How long to wait after a try that failed: the longer of our own patience and what the source asked for (`Retry-After`).
 * @param attempt 1 for the first try
 */
export function waitAfter(attempt: number, backoffMs: number, askedMs = 0): number {
  return Math.min(Math.max(backoffMs * (GROWTH[attempt - 1] ?? GROWTH[GROWTH.length - 1] ?? 1), askedMs), LONGEST_WAIT_MS);
}

/** How long of this a source is left alone because it asked for so long: nor does a person have it asked sooner. */
export function leftAloneFor(askedMs: number): number {
  return Math.min(askedMs, LONGEST_WAIT_MS);
}
