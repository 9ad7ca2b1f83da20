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

for (const { kind, start, primaries } of kinds) (redisIsThere() ? describe : describe.skip)(`the bell on Redis behind ${kind}`, () => {
  let redis: RedisMachines;
  let ringer: Bell;
  let answerer: Bell;
  const ran: string[] = [];
  beforeAll(async () => {
    // Outages are what is tried here; a hundred warnings of them help nobody.
    Logger.overrideLogger(false);
    redis = await start();
    const config = readConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', REDIS_URL: redis.url, REDIS_PREFIX: 'county-7' });
    [ringer, answerer] = [new Bell(config), new Bell(config)];
    for (const queue of ['scoring', 'pull', 'reports'] as const) await answerer.answer(queue, QUICK, async ({ data }) => { await pause(15); ran.push(data.messageId); }, () => undefined);
  }, 60_000);
  afterAll(async () => { await Promise.all([ringer?.hangUp(), answerer?.hangUp()]); await redis?.stop(); });

  const ring = (id: string, queue: 'scoring' | 'pull' | 'reports' = 'scoring'): Promise<void> => ringer.ring(queue, 'some-job', { payload: {}, jobRunId: null, messageId: id }, { jobId: id, attempts: 3, backoffMs: 50 });
  /** As the relay does: what could not be rung is rung again. */
  const ringUntilItRings = async (id: string): Promise<void> => { for (;;) { try { await ring(id); return; } catch { await pause(200); } } };
  const allRan = (ids: readonly string[], within: number): Promise<unknown> => waitFor('every job', () => Promise.resolve(ids.every((id) => ran.includes(id))), within);
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

  it('rings, remembers what it has rung, counts, and rings by itself', async () => {
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
  }, 30_000);

  it('goes on when the primary hangs without closing anything, and when it wakes up again as a replica', async () => {
    let wake: (() => Promise<void>) | undefined;
    await throughout(async () => { wake = await redis.hangPrimary('{county-7:scoring}'); });
    await wake?.();
    await throughout(() => pause(100));
  }, 90_000);

  it('every job rung before, while and after the primary is killed runs', async () => {
    const ids = await throughout(() => redis.killPrimary('{county-7:scoring}'));
    // A job may be handed out twice when its end was known to the dead alone; the effect stays one (undisturbed.queue.spec.ts).
    expect(ran.filter((id) => ids.includes(id)).length).toBeLessThan(2 * ids.length);
  }, 90_000);
});
