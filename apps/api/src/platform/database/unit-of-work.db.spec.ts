import { ok, refuse } from '@jiheng/domain';
import { freshDatabase, type TestDatabase } from '../../../test/database';
import { newId } from './new-id';
import { constraintOf, SQL_STATE, sqlStateOf } from './sql-state';
import { UnitOfWork } from './unit-of-work';

describe('a deed', () => {
  let database: TestDatabase;
  let unitOfWork: UnitOfWork;
  beforeAll(async () => {
    database = await freshDatabase();
    await database.dataSource.query('create table ledger (name text constraint ledger_pk primary key, amount numeric(12, 2) not null constraint ledger_amount_ck check (amount >= 0))');
    unitOfWork = new UnitOfWork(database.dataSource);
  });
  afterAll(() => database.stop());
  beforeEach(() => database.dataSource.query(`delete from ledger; insert into ledger values ('a', 1), ('b', 1)`));
  const names = async (): Promise<string[]> => (await database.dataSource.query('select name from ledger order by name')).map(({ name }: { name: string }) => name);

  it('is done whole', async () => {
    const result = await unitOfWork.run(async (tx) => { await tx.manager.query(`insert into ledger values ('c', 26.40)`); return ok('done'); });
    expect(result).toEqual({ ok: true, value: 'done' });
    expect(await names()).toEqual(['a', 'b', 'c']);
  });

  it('leaves nothing when it is refused, and the refusal comes out as it went in', async () => {
    const result = await unitOfWork.run(async (tx) => { await tx.manager.query(`insert into ledger values ('c', 1)`); return refuse('house.login-taken', { login: 'c' }); });
    expect(result).toEqual({ ok: false, refusal: { code: 'house.login-taken', params: { login: 'c' } } });
    expect(await names()).toEqual(['a', 'b']);
  });

  it('leaves nothing when it fails, and the fault stays a fault', async () => {
    await expect(unitOfWork.run(async (tx) => { await tx.manager.query(`insert into ledger values ('c', 1)`); throw new Error('broken'); })).rejects.toThrow('broken');
    expect(await names()).toEqual(['a', 'b']);
  });

  it('is tried again when it dies in a deadlock, and happens once', async () => {
    let runs = 0;
    let bothHold = 0;
    const swap = (first: string, second: string) => unitOfWork.run(async (tx) => {
      runs += 1;
      await tx.manager.query('update ledger set amount = amount + 1 where name = $1', [first]);
      bothHold += 1;
      for (const end = Date.now() + 500; bothHold < 2 && Date.now() < end;) await new Promise((next) => { setTimeout(next, 5); });
      await tx.manager.query('update ledger set amount = amount + 1 where name = $1', [second]);
      return ok(undefined);
    });
    const results = await Promise.all([swap('a', 'b'), swap('b', 'a')]);
    expect(results.every((result) => result.ok)).toBe(true);
    expect(runs).toBe(3);
    expect(await database.dataSource.query('select amount from ledger')).toEqual([{ amount: '3.00' }, { amount: '3.00' }]);
  });

  it('names the states of PostgreSQL that somebody acts on', async () => {
    const seen: (string | null)[][] = [];
    for (const sql of [`insert into ledger values ('a', 1)`, `insert into ledger values ('z', -1)`, 'truncate audit_event', 'select nonsense']) {
      await database.dataSource.query(sql).catch((error: unknown) => { seen.push([sqlStateOf(error), constraintOf(error)]); });
    }
    expect(seen).toEqual([[SQL_STATE.uniqueViolation, 'ledger_pk'], [SQL_STATE.checkViolation, 'ledger_amount_ck'], [SQL_STATE.appendOnly, null], ['42703', null]]);
    expect([sqlStateOf(null), sqlStateOf(new Error('x')), sqlStateOf({ code: 'EADDRINUSE' })]).toEqual([null, null, null]);
  });

  it('gets ids that rise strictly, as UUIDs of version 7', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
