import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { newId } from '../database/new-id';
import { redisIsThere } from '../../../test/redis';
import { startRedisCluster, startSentinels, type RedisMachines } from '../../../test/redis-machines';
import { waitFor } from '../../../test/wait-for';
import { readConfig } from '../config/app-config';
import { Bell } from './bell';

/*
 * The bell on a Redis of several machines (processes here): what has rung comes to somebody who answers, whatever happens to the machine that took the ring.
 * Rings and answers are of two bells, as of two processes of the product. A lock of 1.5 s, so that nobody waits for half a minute.
 */
const QUICK = { lockMs: 1_500, stalledEveryMs: 500, concurrency: 4 };

const kinds = [{ kind: 'sentinels', start: startSentinels, primaries: 1 }, { kind: 'a cluster of three primaries', start: startRedisCluster, primaries: 3 }] as const;

/** How often a primary was asked whether a replica has what was written. */
const CONFIRMATIONS = `return tonumber(string.match(redis.call('INFO', 'commandstats'), 'cmdstat_wait:calls=(%d+)') or '0')`;

/** What happens to one Redis of several machines, act by act. */
interface Story { readonly rings: Promise<void>; readonly hangs: Promise<void>; readonly killed: Promise<void>; readonly ends: Promise<void>; readonly over: Promise<unknown> }

/** Most of it is waiting for machines to miss each other, so the stories of both kinds are told at once; each act begins when the one before has ended. */
function tell(start: () => Promise<RedisMachines>, primaries: number): Story {
  const ran: string[] = [];
  const began = (async () => {
    const redis = await start();
    const config = readConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', REDIS_URL: redis.url, REDIS_PREFIX: 'county-7' });
    const [ringer, answerer] = [new Bell(config), new Bell(config)];
    for (const queue of ['scoring', 'pull', 'reports'] as const) await answerer.answer(queue, QUICK, async ({ data }) => { await pause(15); ran.push(data.messageId); }, () => undefined);
    return { redis, ringer, answerer };
  })();

  const ring = async (id: string, queue: 'scoring' | 'pull' | 'reports' = 'scoring'): Promise<void> => (await began).ringer.ring(queue, 'some-job', { payload: {}, jobRunId: null, messageId: id }, { jobId: id, attempts: 3, backoffMs: 50 });
  /** As the relay does: what could not be rung is rung again. */
  const ringUntilItRings = async (id: string): Promise<void> => { for (;;) { try { await ring(id); return; } catch { await pause(200); } } };
  const allRan = async (ids: readonly string[], within: number): Promise<void> => {
    try { await waitFor('every job', () => Promise.resolve(ids.every((id) => ran.includes(id))), within); } catch (error) {
      throw new Error(`${ids.filter((id) => !ran.includes(id)).length} of ${ids.length} jobs did not run; the queue counts ${JSON.stringify(await (await began).ringer.counts('scoring'))}`, { cause: error });
    }
  };
  /** Rings a hundred and twenty jobs, a few at a time, does something to the primary in the middle, and waits until each has run. */
  const throughout = async (deed: () => Promise<unknown>): Promise<string[]> => {
    const ids = Array.from({ length: 120 }, () => newId());
    let rung = 0;
    const ringing = Promise.all([0, 1, 2].map(async (nth) => { for (let at = nth; at < ids.length; at += 3) { await ringUntilItRings(ids[at] ?? ''); rung += 1; await pause(5); } }));
    await waitFor('the middle', () => Promise.resolve(rung >= 40));
    await Promise.all([ringing, deed()]);
    await allRan(ids, 30_000);
    return ids;
  };

  const rings = began.then(async ({ redis, ringer }) => {
    const [first, second, third] = [newId(), newId(), newId()];
    await Promise.all([ring(first), ring(second, 'pull'), ring(third, 'reports')]);
    await allRan([first, second, third], 10_000);
    await ring(first);
    await ringer.ringEvery('scoring', 'now-and-then', 100);
    await waitFor('the rhythm', () => Promise.resolve(ran.filter((id) => id === 'every-now-and-then').length >= 2));
    expect(ran.filter((id) => id === first)).toHaveLength(1);
    expect((await ringer.counts('scoring'))['completed']).toBeGreaterThanOrEqual(2);
    expect(await ringer.forgetFinished('scoring', 0)).toBeGreaterThanOrEqual(2);
    expect(await ringer.wakeOversleepers('scoring')).toBe(0);
    const sizes = await redis.askPrimaries('DBSIZE');
    expect(sizes).toHaveLength(primaries);
    // Queues have slots of their own, so that not all of them are the work of one machine.
    expect(sizes.filter((size) => size > 0).length).toBeGreaterThanOrEqual(Math.min(2, primaries));
  });
  const hangs = rings.then(async () => {
    const { redis } = await began;
    let wake: (() => Promise<void>) | undefined;
    await throughout(async () => { wake = await redis.hangPrimary('{county-7:scoring}'); });
    await wake?.();
    const confirmations = async (): Promise<number> => (await redis.askPrimaries('EVAL', CONFIRMATIONS, '0')).reduce((sum, calls) => sum + calls, 0);
    const before = await confirmations();
    await throughout(() => pause(100));
    // A cluster's shard was alone a moment ago: with its replica back nothing goes unconfirmed until somebody thinks of asking again.
    expect((await confirmations()) - before).toBeGreaterThanOrEqual(20);
  });
  const killed = hangs.then(async () => {
    const { redis } = await began;
    const ids = await throughout(() => redis.killPrimary('{county-7:scoring}'));
    // A job may be handed out twice when its end was known to the dead alone; the effect stays one (undisturbed.queue.spec.ts).
    expect(ran.filter((id) => ids.includes(id)).length).toBeLessThan(2 * ids.length);
  });
  const ends = killed.then(async () => {
    const { redis, ringer, answerer } = await began;
    await redis.killPrimary('{county-7:reports}');
    const begun = performance.now();
    await Promise.all([ringer.hangUp(), answerer.hangUp()]);
    // Two seconds without a job, and what a busy machine adds; nine were the bound.
    expect(performance.now() - begun).toBeLessThan(6_000);
  });
  const over = Promise.allSettled([ends]).then(async () => {
    const { redis, ringer, answerer } = await began;
    await Promise.all([ringer.hangUp(), answerer.hangUp()]);
    await redis.stop();
  });
  // Each act is awaited by its test; until then its failure is nobody's.
  for (const act of [began, rings, hangs, killed, ends, over]) act.catch(() => undefined);
  return { rings, hangs, killed, ends, over };
}

(redisIsThere() ? describe : describe.skip)('the bell', () => {
  const stories = new Map<string, Story>();
  beforeAll(() => {
    // Outages are what is tried here; a hundred warnings of them help nobody.
    Logger.overrideLogger(false);
    for (const { kind, start, primaries } of kinds) stories.set(kind, tell(start, primaries));
  });
  afterAll(async () => { await Promise.all([...stories.values()].map(({ over }) => over)); }, 60_000);

  for (const { kind } of kinds) describe(`on Redis behind ${kind}`, () => {
    it('rings, remembers what it has rung, counts, and rings by itself', async () => { await stories.get(kind)?.rings; }, 60_000);
    it('goes on when the primary hangs without closing anything, and when it wakes up again as a replica', async () => { await stories.get(kind)?.hangs; }, 90_000);
    it('every job rung before, while and after the primary is killed runs', async () => { await stories.get(kind)?.killed; }, 90_000);
    it('ends in time although a machine is gone', async () => { await stories.get(kind)?.ends; }, 30_000);
  });
});
