import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until the answer is there; throws what it waited for when it does not come. */
export async function waitFor<T>(what: string, ask: () => Promise<T | null | undefined | false>, timeoutMs = 15_000): Promise<T> {
  for (const until = Date.now() + timeoutMs; Date.now() < until; await pause(60)) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
  }
  throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
}
