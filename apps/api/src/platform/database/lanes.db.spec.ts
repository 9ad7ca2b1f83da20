import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { freshDatabase, type TestDatabase } from '../../../test/database';
import { waitFor } from '../../../test/wait-for';
import { makeDataSource } from './data-source';
import { asJob } from './lanes';
import { Prepared } from './prepared';
import { UnitOfWork } from './unit-of-work';

describe('connections of one process', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let deeds: UnitOfWork;
  beforeAll(async () => {
    database = await freshDatabase();
    // Three in all, of which jobs may hold two.
    dataSource = await makeDataSource({ url: database.url, entities: [], poolSize: 3, jobShare: 2 }).initialize();
    deeds = new UnitOfWork(dataSource);
  });
  afterAll(async () => { await dataSource.destroy(); await database.stop(); });

  /** A deed that holds its connection until told to end. */
  const holding = (): { readonly deed: () => Promise<void>; readonly begun: () => boolean; end(): void } => {
    let [begun, end] = [false, (): void => undefined];
    const ended = new Promise<void>((go) => { end = go; });
    return { deed: () => deeds.always(async (tx) => { await tx.manager.query('select 1'); begun = true; await ended; }), begun: () => begun, end: () => { end(); } };
  };

  it('a person finds one while more jobs than there is room for hold and wait', async () => {
    const held = Array.from({ length: 5 }, holding);
    const done = held.map(({ deed }) => asJob(deed));
    await waitFor('two jobs to hold', () => Promise.resolve(held.filter(({ begun }) => begun()).length === 2));
    await pause(50);
    expect(held.map(({ begun }) => begun())).toEqual([true, true, false, false, false]);
    expect(await new Prepared(dataSource).one('lanes-here', 'select $1::integer as n', [1])).toEqual({ n: 1 });
    expect(await deeds.always((tx) => tx.manager.query('select 2 as n'))).toEqual([{ n: 2 }]);
    held[0]?.end();
    await waitFor('the third job to hold', () => Promise.resolve(held[2]?.begun() === true));
    for (const { end } of held) end();
    await Promise.all(done);
  });

  it('jobs that ask for a second one while they hold the first do not wait for each other', async () => {
    const twice = (): Promise<void> => deeds.always(async (tx) => {
      await tx.manager.query('select pg_sleep(0.05)');
      await new Prepared(dataSource).one('lanes-second', 'select $1::integer as n', [2]);
    });
    await Promise.all([asJob(twice), asJob(twice), asJob(twice), asJob(twice)]);
    expect(await deeds.always((tx) => tx.manager.query('select 3 as n'))).toEqual([{ n: 3 }]);
  });

  it('are given back by jobs that fail, and by those whose connection breaks', async () => {
    for (let nth = 0; nth < 4; nth++) {
      await expect(asJob(() => deeds.always((tx) => tx.manager.query('select 1 / 0')))).rejects.toThrow('division by zero');
      await expect(asJob(() => deeds.always((tx) => tx.manager.query('select pg_terminate_backend(pg_backend_pid())')))).rejects.toThrow();
    }
    expect(await asJob(() => deeds.always((tx) => tx.manager.query('select 4 as n')))).toEqual([{ n: 4 }]);
  });
});
