import pg from 'pg';
import { DataSource, type EntityTarget, type MigrationInterface, type ObjectLiteral } from 'typeorm';
import { LanedPool } from './lanes';
import { MIGRATIONS } from './migrations/all-migrations';
import { PreparingClient } from './preparing-client';

/**
 * A connection that nobody uses stays for so long. Every statement is planned six times on a new one, some of them for longer than they run, and a busy hour
 * begins with many at once: connections that came and went with each wave (ten seconds is the driver's own habit) made it a slow one.
 */
export const KEPT_IDLE_MS = 15 * 60_000;

/** How to open the database. */
export interface DatabaseOptions {
  readonly url: string;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  /** Most connections of this process's pool. */
  readonly poolSize?: number;
  /** How many of them jobs may hold together ({@link asJob}); all of them when absent. */
  readonly jobShare?: number;
  readonly applicationName?: string;
  /** How far the processes of PostgreSQL behind the pool stand back from those that serve people ({@link standBack}); only for a process that does no more than jobs. */
  readonly niceness?: number;
}

/** The data source of the application, not yet initialized. */
export function makeDataSource(options: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres', url: options.url, entities: [...options.entities] as never[], migrations: [...MIGRATIONS] as (new () => MigrationInterface)[], migrationsTransactionMode: 'each',
    migrationsTableName: 'migration', synchronize: false, logging: false, applicationName: options.applicationName ?? 'jiheng',
    // Two seconds for a connection: a database that is away is told at once instead of a start that hangs.
    connectTimeoutMS: 5_000, poolSize: options.poolSize ?? 10, driver: { ...pg, Pool: LanedPool },
    // Days are text in Asia/Shanghai, moments are UTC. Statements asked together on one connection are written together (`pipeline`): one way to
    // PostgreSQL and back for as many as do not need each other's answers; they run in their order, each with an answer or an error of its own.
    extra: { options: '-c TimeZone=UTC', keepAlive: true, Client: PreparingClient, pipeline: true, idleTimeoutMillis: KEPT_IDLE_MS, ...(options.jobShare === undefined ? {} : { jobShare: options.jobShare }), ...(options.niceness === undefined ? {} : { niceness: options.niceness }) },
  });
}

/** A number that stands for "a process is migrating" among PostgreSQL's advisory locks. */
const MIGRATION_LOCK = 7_245_531;

/**
 * Brings the schema up to date. Several processes may start together: the first migrates under an advisory lock, the others wait and find
 * nothing left to do.
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const holder = dataSource.createQueryRunner();
  await holder.connect();
  try {
    await holder.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return (await dataSource.runMigrations()).map((migration) => migration.name);
  } finally {
    await holder.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await holder.release();
  }
}
