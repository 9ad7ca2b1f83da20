import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { OF_HOT_READS } from './connection-plan';
import { KEPT_IDLE_MS } from './data-source';
import { PreparingClient } from './preparing-client';
import { type Reads, readsOn } from './prepared';

/**
 * A plan is made once and kept, so it must be right for tables that are empty today (a new year's scores) and full tomorrow: single ids are looked up by keys and
 * nothing else. Planned while the year was empty, the read of a cell went through all scores of the year a few minutes later. (Before its version 18 PostgreSQL
 * makes whatever is switched off look so dear that it would compile the plan.)
 */
export const BY_KEYS = '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off';

/** One statement of a deed in one breath. */
export interface Statement { readonly text: string; readonly values: readonly unknown[] }

/**
 * Connections for the few statements that nearly every request asks: who is there, one cell, one report's points, one value. Nothing else is asked on them, so a save never
 * stands behind a list or a form; and they are planned once, for whatever parameters. (Elsewhere PostgreSQL plans a statement five times for its parameters before it
 * compares; on new connections in a first busy minute that took longer than all the work.) Only statements that take single ids belong here.
 */
@Injectable()
export class HotLane implements Reads, OnApplicationShutdown {
  private readonly log = new Logger(HotLane.name);
  private pool: pg.Pool | null = null;

  constructor(private readonly dataSource: DataSource) {}

  rows<R>(name: string, sql: string, params: readonly unknown[]): Promise<R[]> {
    return readsOn(this.connections()).rows<R>(name, sql, params);
  }

  one<R>(name: string, sql: string, params: readonly unknown[]): Promise<R | null> {
    return readsOn(this.connections()).one<R>(name, sql, params);
  }

  /** As {@link Prepared.together}. */
  async together<T>(work: (reads: Reads) => Promise<T>): Promise<T> {
    const client = await this.connections().connect();
    try { return await work(readsOn(client)); } finally { client.release(); }
  }

  /**
   * A deed whose statements need no answers of each other: begin, statements and commit go to the database in one writing. One that fails takes the
   * others with it and is thrown; it is not tried again. Answers the rows of the last one. Its commit carries no notification of messages in the outbox,
   * because such commits wait for each other: `committed` is called right after it and says so.
   */
  async inOneBreath<R extends object>(statements: readonly Statement[], committed: (rows: readonly R[]) => void): Promise<R[]> {
    const client = await this.connections().connect();
    let broken: Error | undefined;
    try {
      const begun = client.query('begin');
      const deed = statements.map(({ text, values }) => client.query<R>(text, [...values]));
      const ended = client.query('commit');
      const [[first, last], told] = await Promise.all([Promise.allSettled([begun, ended]), Promise.allSettled(deed)]);
      // After a failure the commit itself rolls back; where not even that was answered, nothing is known of the connection.
      if (last.status === 'rejected') broken = last.reason instanceof Error ? last.reason : new Error(String(last.reason));
      for (const one of [first, ...told, last]) if (one.status === 'rejected') throw one.reason;
      const end = told.at(-1);
      const rows = end?.status === 'fulfilled' ? end.value.rows : [];
      committed(rows);
      return rows;
    } finally { client.release(broken); }
  }

  async onApplicationShutdown(): Promise<void> {
    const { pool } = this;
    this.pool = null;
    await pool?.end();
  }

  /** Made when it is first asked: a worker asks nothing here. */
  private connections(): pg.Pool {
    if (this.pool !== null) return this.pool;
    const { options } = this.dataSource;
    if (options.type !== 'postgres' || options.url === undefined) throw new Error('the data source has no address of a PostgreSQL');
    const config: pg.PoolConfig & { Client: typeof PreparingClient; pipeline: boolean } = {
      connectionString: options.url, max: OF_HOT_READS, keepAlive: true, idleTimeoutMillis: KEPT_IDLE_MS, connectionTimeoutMillis: 15_000, application_name: 'jiheng-hot',
      options: `-c TimeZone=UTC -c plan_cache_mode=force_generic_plan ${BY_KEYS} -c jiheng.tells_later=yes`, Client: PreparingClient, pipeline: true,
    };
    const pool = new pg.Pool(config);
    pool.on('error', (error) => { this.log.warn({ err: error }, 'a connection was lost; the next question opens another'); });
    this.pool = pool;
    return pool;
  }
}
