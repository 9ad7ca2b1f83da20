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

  it('find a column that was added since they were prepared', async () => {
    await dataSource.query('create table grown (id integer)');
    await dataSource.query('insert into grown values ($1)', [1]);
    expect(await dataSource.query('select id from grown where id = $1', [1])).toEqual([{ id: 1 }]);
    await dataSource.query('alter table grown add column name text default \'x\'');
    expect(await dataSource.query('select id from grown where id = $1', [1])).toEqual([{ id: 1 }]);
  });
});
