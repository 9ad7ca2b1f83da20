import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';

/**
 * Hot reads as named prepared statements on the pool of the application: parsed and planned once per connection
 * (TypeORM's relations cost three quarters of the throughput of such reads).
 */
@Injectable()
export class Prepared {
  constructor(private readonly dataSource: DataSource) {}

  /** The rows of one read. `name` must be unique per SQL text; numbers of type numeric come back as text. */
  async rows<R>(name: string, sql: string, params: readonly unknown[]): Promise<R[]> {
    const answer = await poolOf(this.dataSource).query<R & Record<string, unknown>>({ name, text: sql, values: [...params] });
    return answer.rows;
  }

  /** The only row, or null. */
  async one<R>(name: string, sql: string, params: readonly unknown[]): Promise<R | null> {
    return (await this.rows<R>(name, sql, params))[0] ?? null;
  }
}

/** The pg pool below a TypeORM data source of kind postgres; throws for any other kind or before `initialize()`. */
export function poolOf(dataSource: DataSource): Pool {
  const driver = dataSource.driver;
  if ('master' in driver && typeof driver.master === 'object' && driver.master !== null) return driver.master as Pool;
  throw new Error('the data source is not an initialized PostgreSQL pool');
}
