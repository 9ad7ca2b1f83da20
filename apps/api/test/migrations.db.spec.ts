import { ENTITIES } from '../src/entities';
import { makeDataSource, migrate } from '../src/platform/database/data-source';
import { MIGRATIONS } from '../src/platform/database/migrations/all-migrations';
import { emptyDatabase, freshDatabase } from './database';

describe('the schema', () => {
  it('is after all migrations exactly what the entities say', async () => {
    const database = await freshDatabase();
    const drift = await database.dataSource.driver.createSchemaBuilder().log();
    await database.stop();
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('is brought up once when three processes start together', async () => {
    const { url, drop } = await emptyDatabase();
    const processes = await Promise.all([1, 2, 3].map(() => makeDataSource({ url, entities: ENTITIES, poolSize: 3 }).initialize()));
    const ran = await Promise.all(processes.map((dataSource) => migrate(dataSource)));
    await Promise.all(processes.map((dataSource) => dataSource.destroy()));
    await drop();
    expect(ran.map(({ length }) => length).sort((a, b) => a - b)).toEqual([0, 0, MIGRATIONS.length]);
  });
});
