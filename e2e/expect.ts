import { setTimeout as pause } from 'node:timers/promises';
import type { Locator } from 'playwright-core';

const WAIT_MS = 20_000;

/** Waits until a thing says what it should, and says what it said instead when it does not. */
export async function expectText(what: Locator, wanted: string | RegExp, waitMs = WAIT_MS): Promise<void> {
  await until(async () => {
    const found = normal((await what.first().textContent({ timeout: 1_000 }).catch(() => null)) ?? '（不在页面上）');
    return (typeof wanted === 'string' ? found.includes(normal(wanted)) : wanted.test(found)) ? null : found;
  }, `${String(what)} should say ${String(wanted)}`, waitMs);
}

/** The same for what stands in an input. */
export async function expectValue(what: Locator, wanted: string | RegExp, waitMs = WAIT_MS): Promise<void> {
  await until(async () => {
    const found = await what.inputValue({ timeout: 1_000 }).catch(() => '（不在页面上）');
    return (typeof wanted === 'string' ? found === wanted : wanted.test(found)) ? null : found;
  }, `${String(what)} should hold ${wanted}`, waitMs);
}

/** Waits until so many things are there. */
export async function expectCount(what: Locator, wanted: number, waitMs = WAIT_MS): Promise<void> {
  await until(async () => {
    const found = await what.count();
    return found === wanted ? null : String(found);
  }, `${String(what)} should be there ${wanted} times`, waitMs);
}

/** Waits until a list says these texts in this order. */
export async function expectTexts(what: Locator, wanted: readonly string[], waitMs = WAIT_MS): Promise<void> {
  await until(async () => {
    const found = (await what.allInnerTexts()).map(normal);
    return JSON.stringify(found) === JSON.stringify(wanted) ? null : JSON.stringify(found);
  }, `${String(what)} should say ${JSON.stringify(wanted)}`, waitMs);
}

/** A plain comparison of what cannot change any more. */
export function expectSame(found: unknown, wanted: unknown, what: string): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${what}: ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)}`);
}

/** Asks again until `ask` answers null; its last other answer goes into the error. */
async function until(ask: () => Promise<string | null>, what: string, waitMs: number): Promise<void> {
  const end = Date.now() + waitMs;
  for (;;) {
    const found = await ask();
    if (found === null) return;
    if (Date.now() > end) throw new Error(`${what}, but: ${found.slice(0, 600)}`);
    await pause(60);
  }
}

function normal(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
