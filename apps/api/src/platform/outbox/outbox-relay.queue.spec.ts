import { Injectable, Logger, Module, type DynamicModule } from '@nestjs/common';
import { z } from 'zod';
import { freshDatabase, type TestDatabase } from '../../../test/database';
import { startApp, type TestApp } from '../../../test/http-app';
import { waitFor } from '../../../test/wait-for';
import { newId } from '../database/new-id';
import { defineJob } from '../queue/define-job';
import { defineNews, listen, provideListeners } from '../queue/define-news';
import { HandlesJob, type JobHandler } from '../queue/job-handler';
import { OutboxRelay } from './outbox-relay';
import { OutboxReplay } from './outbox-replay';

const payload = z.object({ key: z.string() });
const ran: string[] = [];

const keepCounty = defineJob({ name: 'keep-county', queue: 'housekeeping', payload, attempts: 1, backoffMs: 10, timeoutMs: 1_000 });
const countCounty = defineJob({ name: 'count-county', queue: 'housekeeping', payload, attempts: 1, backoffMs: 10, timeoutMs: 1_000 });
const countyTold = defineNews({ name: 'county-told', payload });

@HandlesJob(keepCounty)
@Injectable()
class KeepCounty implements JobHandler<{ key: string }> {
  handle({ key }: { key: string }): Promise<void> { ran.push(key); return Promise.resolve(); }
}

@HandlesJob(countCounty)
@Injectable()
class CountCounty implements JobHandler<{ key: string }> {
  handle({ key }: { key: string }): Promise<void> { ran.push(`counted ${key}`); return Promise.resolve(); }
}

@Module({ providers: [KeepCounty, CountCounty, provideListeners([listen(countyTold, keepCounty, ({ key }) => ({ key }))])] })
class PresentModule {}

/** A version of the house that tells and hears one thing more, and hears by another job what the present one tells already. Called while the present one is running. */
function newerVersion(): DynamicModule {
  const countyMerged = defineNews({ name: 'county-merged', payload });
  return { module: class NewerModule {}, providers: [provideListeners([listen(countyMerged, keepCounty, ({ key }) => ({ key })), listen(countyTold, countCounty, ({ key }) => ({ key }))])] };
}

describe('messages that a process cannot read', () => {
  let database: TestDatabase;
  let present: TestApp;
  const said: string[] = [];

  beforeEach(async () => {
    database = await freshDatabase();
    present = await startApp({ url: database.url, role: 'api', modules: [PresentModule] });
    // The log is an edge: what operators read of it.
    Logger.overrideLogger({ log: () => undefined, warn: () => undefined, error: (about: { messageId?: string }, sentence: string) => { said.push(`${about.messageId ?? ''} ${sentence}`); } });
    said.length = 0;
    ran.length = 0;
  });
  afterEach(async () => {
    await present.stop();
    await database.stop();
    Logger.overrideLogger(false);
  });

  const put = async (kind: 'JOB' | 'NEWS', name: string, told: object, many = 1): Promise<string[]> => {
    const ids = Array.from({ length: many }, newId);
    await database.dataSource.query('insert into outbox_message (id, kind, name, payload) select id, $2, $3, $4 from unnest($1::uuid[]) id', [ids, kind, name, JSON.stringify(told)]);
    return ids;
  };
  const waiting = async (): Promise<string[]> => (await database.dataSource.query<{ id: string }[]>('select id from outbox_message where rung_at is null order by id')).map(({ id }) => id);
  const look = (app = present): Promise<number> => app.app.get(OutboxRelay).ringAll();
  const named = (): string[] => said.filter((line) => line.includes('cannot be read here; it stays')).map((line) => line.slice(0, 36)).sort();

  it('wait for one that can: news of a newer version, told while the present one still runs, is not lost', async () => {
    const [id] = await put('NEWS', 'county-merged', { key: '德宏州' });
    expect([await look(), await waiting()]).toEqual([0, [id]]);
    // Rung by the present version before the newer one runs, whose added listener it does not know.
    await put('NEWS', 'county-told', { key: '怒江州' });
    expect(await look()).toBe(1);
    const newer = await startApp({ url: database.url, role: 'all', modules: [PresentModule, newerVersion()] });
    try {
      await waitFor('the news to be heard', () => Promise.resolve(ran.length > 1));
      expect(ran.toSorted()).toEqual(['德宏州', '怒江州'].toSorted());
      // What was rung is marked a moment after it may have run; the newer house has messages of its own meanwhile.
      await waitFor('its mark', async () => !(await waiting()).includes(id ?? ''));
      // What operators do for such listeners after an update in which both versions ran (docs/operations.md).
      await newer.app.get(OutboxReplay).replay(1);
      await waitFor('the added listener', () => Promise.resolve(ran.includes('counted 怒江州')));
      await waitFor('an empty outbox', async () => (await waiting()).length === 0);
      expect(ran.filter((one) => one === '怒江州')).toHaveLength(1);
    } finally { await newer.stop(); }
  });

  it('hold up nothing behind them, however they are mixed, and each is said once', async () => {
    const unknown = [...await put('JOB', 'of-another-version', {}), ...await put('NEWS', 'of-another-version', {}, 120)];
    const [first] = await put('NEWS', 'county-told', { key: 'first' });
    const misshapen = await put('NEWS', 'county-told', { code: 530_000 }, 130);
    const behind = await put('NEWS', 'county-told', { key: 'behind' }, 250);
    expect(first).toBeDefined();
    expect(await look()).toBe(1 + behind.length);
    expect(await waiting()).toEqual([...unknown, ...misshapen].sort());
    expect(named()).toEqual([...unknown, ...misshapen].sort());
    // The next looks find only what is new.
    await put('NEWS', 'county-told', { key: 'later' });
    expect([await look(), await look()]).toEqual([1, 0]);
    expect(named()).toHaveLength(unknown.length + misshapen.length);
  });

  it('more of them than are remembered are gone past as well', async () => {
    await put('NEWS', 'of-another-version', {}, 10_150);
    await put('NEWS', 'county-told', { key: 'behind' });
    expect(await look()).toBe(1);
    await put('NEWS', 'county-told', { key: 'later' });
    expect([await look(), named().length]).toEqual([1, 10_000]);
    // Somebody else has rung them: there is room again.
    await database.dataSource.query(`update outbox_message set rung_at = now() where rung_at is null`);
    const [one] = await put('NEWS', 'of-another-version', {});
    expect([await look(), named().length, named().includes(one ?? '')]).toEqual([0, 10_001, true]);
  });

  it('do not keep a job that gathers from what waits behind them', async () => {
    await put('NEWS', 'actual-recorded', { report: 7 }, 250);
    await put('JOB', 'score-monitoring-report', { reportId: newId() });
    const worker = await startApp({ url: database.url, role: 'all', modules: [PresentModule] });
    try {
      await waitFor('the one that can be read', async () => (await waiting()).length === 250);
    } finally { await worker.stop(); }
  });
});
