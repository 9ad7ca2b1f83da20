import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { ENTITIES } from '../src/entities';
import { makeDataSource, migrate } from '../src/platform/database/data-source';
import { MIGRATIONS } from '../src/platform/database/migrations/all-migrations';

/** A database of a test's own. */
export interface TestDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  /** Closes the data source and drops the database. */
  stop(): Promise<void>;
}

/** A number that stands for "somebody makes the template" among the advisory locks of the test server. */
const TEMPLATE_LOCK = 42;

/** The server that `global-setup.mjs` started. */
function serverUrl(database: string): string {
  const url = process.env['JIHENG_TEST_POSTGRES'];
  if (url === undefined) throw new Error('no test server: run through tools/jest.mjs -c apps/api/jest.config.mjs');
  const at = new URL(url);
  at.pathname = `/${database}`;
  return at.toString();
}

async function withServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl('postgres') });
  await client.connect();
  try { return await work(client); } finally { await client.end(); }
}

/** The migrated database that tests copy; made by whichever test file comes first. */
async function template(client: pg.Client): Promise<string> {
  const name = `template_${createHash('sha256').update(MIGRATIONS.map((migration) => migration.name + migration.prototype.up?.toString()).join()).digest('hex').slice(0, 12)}`;
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    if ((await client.query('select 1 from pg_database where datname = $1', [name])).rowCount === 0) {
      await client.query(`create database making_${name}`);
      const dataSource = await makeDataSource({ url: serverUrl(`making_${name}`), entities: ENTITIES, poolSize: 2 }).initialize();
      await migrate(dataSource);
      await dataSource.destroy();
      await client.query(`alter database making_${name} rename to ${name}`);
    }
  } finally { await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]); }
  return name;
}

/** An empty database without any table. */
export async function emptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await withServer((client) => client.query(`create database ${name}`));
  return { url: serverUrl(name), drop: () => withServer(async (client) => { await client.query(`drop database if exists ${name} with (force)`); }) };
}

/** A migrated, empty database of the test's own; call `stop()` in `afterAll`. Takes about 0.1 s. */
export async function freshDatabase(): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await withServer(async (client) => {
    const from = await template(client);
    await client.query(`create database ${name} template ${from}`);
  });
  const url = serverUrl(name);
  const dataSource = await makeDataSource({ url, entities: ENTITIES, poolSize: 5 }).initialize();
  return {
    url, dataSource,
    async stop() {
      if (dataSource.isInitialized) await dataSource.destroy();
      await withServer((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}
