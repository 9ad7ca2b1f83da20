import { setTimeout as pause } from 'node:timers/promises';
import { freshDatabase, type TestDatabase } from '../../../test/database';
import { HotLane } from './hot-lane';
import { newId } from './new-id';
import { PgListener } from './pg-listener';

describe('the lane of what nearly every request asks', () => {
  let database: TestDatabase;
  let listener: PgListener;
  let lane: HotLane;
  beforeAll(async () => {
    database = await freshDatabase();
    await database.dataSource.query('create table ledger (name text constraint ledger_pk primary key, amount integer not null)');
    listener = new PgListener({ DATABASE_URL: database.url } as never);
    lane = new HotLane(database.dataSource);
  });
  afterAll(async () => { await lane.onApplicationShutdown(); await listener.onApplicationShutdown(); await database.stop(); });
  let committed = 0;
  const told = (): void => { committed += 1; };
  const add = (name: string, amount: number) => ({ text: 'insert into ledger values ($1, $2) returning name', values: [name, amount] });
  const names = async (): Promise<string[]> => (await database.dataSource.query('select name from ledger order by name')).map(({ name }: { name: string }) => name);

  it('does a deed of several statements in one breath and answers the rows of the last', async () => {
    expect(await lane.inOneBreath([add('a', 1), add('b', 2)], told)).toEqual([{ name: 'b' }]);
    expect(await names()).toEqual(['a', 'b']);
    expect(committed).toBe(1);
  });

  it('leaves nothing of a deed of which one statement fails, says what was wrong, and goes on', async () => {
    await expect(lane.inOneBreath([add('c', 3), add('a', 4), add('d', 5)], told)).rejects.toThrow('ledger_pk');
    expect(committed).toBe(1);
    expect(await names()).toEqual(['a', 'b']);
    expect(await lane.inOneBreath([add('c', 3)], told)).toEqual([{ name: 'c' }]);
  });

  it('plans a statement once, whatever it is asked for', async () => {
    for (let call = 0; call < 4; call += 1) expect(await lane.one('one-of-ledger', 'select amount from ledger where name = $1', ['ab'[call % 2]])).toEqual({ amount: (call % 2) + 1 });
    const [plans] = await lane.rows<{ generic: string; custom: string }>('plans', `select sum(generic_plans) as generic, sum(custom_plans) as custom from pg_prepared_statements where name = 'one-of-ledger' and $1::integer = 1`, [1]);
    expect(plans).toEqual({ generic: '4', custom: '0' });
  });

  it('tells of messages in the outbox after the commit and not with it, of many at once seldom', async () => {
    let heard = 0;
    await listener.hear('jiheng_outbox', () => { heard += 1; });
    const wish = () => ({ text: `insert into outbox_message (id, kind, name, payload) values ($1, 'NEWS', 'actual-recorded', '{}')`, values: [newId()] });
    await Promise.all(Array.from({ length: 40 }, () => lane.inOneBreath([wish()], () => { listener.tell('jiheng_outbox'); })));
    await pause(300);
    expect(heard).toBeGreaterThan(0);
    expect(heard).toBeLessThan(40);
    // Others tell with their commit, as always.
    const before = heard;
    await database.dataSource.query(wish().text, wish().values);
    await pause(300);
    expect(heard).toBe(before + 1);
  });
});
