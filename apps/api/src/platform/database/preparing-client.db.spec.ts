import { DataSource } from 'typeorm';
import { freshDatabase, type TestDatabase } from '../../../test/database';
import { makeDataSource } from './data-source';

describe('statements of the application', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    // One connection, so that every question meets what the one before it prepared.
    dataSource = await makeDataSource({ url: database.url, entities: [], poolSize: 1 }).initialize();
  });
  afterAll(async () => { await dataSource.destroy(); await database.stop(); });

  const prepared = (): Promise<{ statement: string; calls: number }[]> =>
    dataSource.query(`select statement, (generic_plans + custom_plans)::integer as calls from pg_prepared_statements where statement like 'select $1::integer%'`);

  it('are prepared once for all their parameters', async () => {
    for (const [given, more] of [[1, 3], [2, 4], [41, 43]] as const) expect(await dataSource.query('select $1::integer + 2 as sum', [given])).toEqual([{ sum: more }]);
    expect(await prepared()).toEqual([{ statement: 'select $1::integer + 2 as sum', calls: 3 }]);
  });

  it('are planned no more after some calls', async () => {
    for (let call = 0; call < 10; call++) await dataSource.query('select $1::integer * 2 as twice', [call]);
    const [row] = await dataSource.query<{ generic: number }[]>(`select generic_plans::integer as generic from pg_prepared_statements where statement = 'select $1::integer * 2 as twice'`);
    expect(row?.generic).toBeGreaterThan(0);
  });

  it('go as they are without parameters, and fail with the words of PostgreSQL', async () => {
    expect(await dataSource.query('select 1 as one; ')).toEqual([{ one: 1 }]);
    await expect(dataSource.query('select $1::integer / 0 as never', [1])).rejects.toThrow('division by zero');
    await expect(dataSource.transaction((manager) => manager.query('select nothing from nowhere where x = $1', [1]))).rejects.toThrow('nowhere');
    expect(await dataSource.query('select $1::integer + 2 as sum', [5])).toEqual([{ sum: 7 }]);
  });

  it('are written together when they are asked together: the first of a text is prepared, the second finds it, and a mistake is its own', async () => {
    await dataSource.query('create table together (id integer constraint together_pk primary key)');
    await dataSource.transaction(async (manager) => {
      const answers = await Promise.all([1, 2, 3].map((id) => manager.query('insert into together values ($1) returning id', [id])));
      expect(answers.flat().flat().filter((one) => typeof one === 'object')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    });
    const runner = dataSource.createQueryRunner();
    const [good, bad, alsoGood] = await Promise.allSettled([runner.query('select $1::integer + 1 as n', [1]), runner.query('select 1 / $1::integer as n', [0]), runner.query('select $1::integer + 1 as n', [2])]);
    await runner.release();
    expect([good, alsoGood]).toEqual([{ status: 'fulfilled', value: [{ n: 2 }] }, { status: 'fulfilled', value: [{ n: 3 }] }]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'division by zero' } });
  });

  it('of a deed that fails among others leave nothing, and say what was wrong first', async () => {
    await expect(dataSource.transaction((manager) => Promise.all([
      manager.query('insert into together values ($1)', [10]), manager.query('insert into together values ($1)', [1]), manager.query('insert into together values ($1)', [11]),
      manager.query('select count(*) as never_prepared_before from together where id > $1', [0]),
    ]))).rejects.toThrow('together_pk');
    expect(await dataSource.query('select count(*)::integer as n from together where id > $1', [3])).toEqual([{ n: 0 }]);
    // What could not be prepared in the failed transaction is prepared now.
    expect(await dataSource.query('select count(*) as never_prepared_before from together where id > $1', [0])).toEqual([{ never_prepared_before: '3' }]);
  });

  it('find a column that was added since they were prepared', async () => {
    await dataSource.query('create table grown (id integer)');
    await dataSource.query('insert into grown values ($1)', [1]);
    expect(await dataSource.query('select id from grown where id = $1', [1])).toEqual([{ id: 1 }]);
    await dataSource.query('alter table grown add column name text default \'x\'');
    expect(await dataSource.query('select id from grown where id = $1', [1])).toEqual([{ id: 1 }]);
  });
});
