import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../../../test/database';
import { giveWay } from './give-way';

describe('a region that is scored while people save', () => {
  let database: TestDatabase;
  let lane: pg.Client;
  const people: pg.Client[] = [];
  beforeAll(async () => {
    database = await freshDatabase();
    lane = new pg.Client({ connectionString: database.url });
    await lane.connect();
    for (let one = 0; one < 2; one++) {
      const client = new pg.Client({ connectionString: database.url, application_name: 'jiheng-hot' });
      await client.connect();
      people.push(client);
    }
  });
  afterAll(async () => { await Promise.all([lane, ...people].map((client) => client?.end())); await database?.stop(); });

  const quiet = async (): Promise<void> => { await pause(1_100); };
  /** So many ask again and again until the answer is called. */
  const asking = (many: number): (() => Promise<void>) => {
    let stopped = false;
    const all = people.slice(0, many).map(async (client) => { while (!stopped) { await client.query('select 1'); await pause(20); } });
    return async () => { stopped = true; await Promise.all(all); };
  };
  const goesOn = (nth: number, tookMs: number, isStopped = () => false): { readonly on: Promise<boolean>; has(): boolean } => {
    let has = false;
    const on = giveWay(lane, nth, tookMs, isStopped).then((isCrowded) => { has = true; return isCrowded; });
    return { on, has: () => has };
  };

  it('goes on at once where nobody is at work, and where somebody is alone', async () => {
    await quiet();
    await goesOn(1, 0).on;
    const stop = asking(1);
    await pause(100);
    await goesOn(1, 60_000).on;
    await goesOn(0, 60_000).on;
    await stop();
  });

  it('has one lane at work while requests overlap; the others come back when they do no longer', async () => {
    await quiet();
    const stop = asking(2);
    await pause(100);
    const other = goesOn(1, 0);
    // The first lane asks before its first slice and waits a second for its turn; from each slice it rests for as long as that took.
    const first = performance.now();
    expect(await goesOn(0, 0).on).toBe(true);
    expect(performance.now() - first).toBeGreaterThanOrEqual(1_000);
    const begun = performance.now();
    expect(await goesOn(0, 300).on).toBe(true);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(300);
    expect(other.has()).toBe(false);
    await stop();
    // Nobody overlaps any more: slices may be large again.
    expect(await other.on).toBe(false);
  }, 20_000);

  it('stands aside no longer when the run is stopped', async () => {
    const stop = asking(2);
    await pause(100);
    let stopped = false;
    const other = goesOn(3, 0, () => stopped);
    await pause(200);
    expect(other.has()).toBe(false);
    stopped = true;
    await other.on;
    await stop();
  });
});
