import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';

/** Where hot reads are asked: anywhere in the pool, or all on one connection ({@link Prepared.together}). */
export interface Reads {
  /** The rows of one read. `name` must be unique per SQL text; numbers of type numeric come back as text. */
  rows<R>(name: string, sql: string, params: readonly unknown[]): Promise<R[]>;
  /** The only row, or null. */
  one<R>(name: string, sql: string, params: readonly unknown[]): Promise<R | null>;
}

/**
 * Hot reads as named prepared statements on the pool of the application: parsed and planned once per connection
 * (TypeORM's relations cost three quarters of the throughput of such reads).
 */
@Injectable()
export class Prepared implements Reads {
  constructor(private readonly dataSource: DataSource) {}

  rows<R>(name: string, sql: string, params: readonly unknown[]): Promise<R[]> {
    return readsOn(poolOf(this.dataSource)).rows<R>(name, sql, params);
  }

  one<R>(name: string, sql: string, params: readonly unknown[]): Promise<R | null> {
    return readsOn(poolOf(this.dataSource)).one<R>(name, sql, params);
  }

  /**
   * Several reads of one answer on one connection, written to it together (`Promise.all`): one way to the database and one place in the pool, however
   * many they are. Each sees what is committed when its turn comes, in the order in which they are asked.
   */
  async together<T>(work: (reads: Reads) => Promise<T>): Promise<T> {
    const client = await poolOf(this.dataSource).connect();
    try { return await work(readsOn(client)); } finally { client.release(); }
  }
}

/** Reads asked of a pool or of one of its connections. */
export function readsOn(place: Pool | PoolClient): Reads {
  const rows = async <R>(name: string, sql: string, params: readonly unknown[]): Promise<R[]> =>
    (await place.query<R & Record<string, unknown>>({ name, text: sql, values: [...params] })).rows;
  return { rows, one: async <R>(name: string, sql: string, params: readonly unknown[]) => (await rows<R>(name, sql, params))[0] ?? null };
}

/** The pg pool below a TypeORM data source of kind postgres; throws for any other kind or before `initialize()`. */
export function poolOf(dataSource: DataSource): Pool {
  const driver = dataSource.driver;
  if ('master' in driver && typeof driver.master === 'object' && driver.master !== null) return driver.master as Pool;
  throw new Error('the data source is not an initialized PostgreSQL pool');
}
