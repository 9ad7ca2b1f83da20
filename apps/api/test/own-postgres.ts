import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL of one test's own, on a data folder and a port that stay the same. */
export interface OwnPostgres {
  readonly url: string;
  /** A statement from outside. While the server is away it waits for it, at most half a minute. */
  query<Row extends object = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Stops the server as its administrator does: sessions end, a checkpoint is written. */
  halt(): Promise<void>;
  /** Stops it as a power cut would: what was committed must be found again in its log. */
  crash(): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
  /** Stops it for good and removes its data. */
  stop(): Promise<void>;
}

interface Answer { readonly url?: string; readonly done?: string; readonly failed?: string }

/**
 * Starts an empty one. Takes a second or two.
 * @param maxConnections how many connections it gives, those reserved for superusers (three) among them
 */
export async function startOwnPostgres(maxConnections = 120): Promise<OwnPostgres> {
  const dir = mkdtempSync(join(tmpdir(), 'jiheng-own-pg-'));
  chmodSync(dir, 0o755);
  const keeper = fork(join(__dirname, 'keep-postgres.mjs'), [join(dir, 'pg'), String(maxConnections)], { execArgv: [], env: { ...process.env, NODE_OPTIONS: '' }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const gone = once(keeper, 'exit').then((): never => { throw new Error('the keeper of PostgreSQL is gone'); });
  // Only whoever waits for an answer hears of it.
  gone.catch(() => undefined);
  const answer = async (): Promise<Answer> => {
    const [said] = await Promise.race([once(keeper, 'message'), gone]) as [Answer];
    if (said.failed !== undefined) throw new Error(said.failed);
    return said;
  };
  const order = async (deed: 'stop' | 'crash' | 'start'): Promise<void> => {
    keeper.send(deed);
    await answer();
  };
  const { url = '' } = await answer();
  const pool = new pg.Pool({ connectionString: url, max: 2, options: '-c TimeZone=UTC' });
  pool.on('error', () => undefined);
  return {
    url, halt: () => order('stop'), crash: () => order('crash'), start: () => order('start'),
    async query<Row extends object>(sql: string, params: readonly unknown[] = []) {
      for (const end = Date.now() + 30_000; ;) {
        try { return (await pool.query<Row>(sql, [...params])).rows; } catch (error) {
          // A statement that PostgreSQL itself refused is no outage.
          if (Date.now() > end || (error instanceof pg.DatabaseError && !/^57P/u.test(error.code ?? ''))) throw error;
          await new Promise((next) => { setTimeout(next, 100); });
        }
      }
    },
    async stop() {
      await pool.end();
      if (keeper.connected) keeper.disconnect();
      if (keeper.exitCode === null && keeper.signalCode === null) await once(keeper, 'exit');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
