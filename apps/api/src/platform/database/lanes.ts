import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { standBack } from './stand-back';

/** What one job or one round of the relay holds at this moment. */
interface JobUse { held: number }

const jobs = new AsyncLocalStorage<JobUse>();

/** Does work that nobody waits for at a screen: its connections come out of the jobs' share of the pool, so that a save finds one whatever the jobs do. */
export function asJob<T>(work: () => Promise<T>): Promise<T> {
  return jobs.run({ held: 0 }, work);
}

export interface LanedPoolConfig extends pg.PoolConfig {
  /** How many of `max` connections jobs may hold together; all of them when absent. */
  readonly jobShare?: number;
  /** How far the processes of PostgreSQL behind all of them stand back ({@link standBack}); not at all when absent. */
  readonly niceness?: number;
}

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: boolean | Error) => void) => void;

/**
 * A pool in which jobs wait for each other and never keep people waiting: at most `jobShare` connections are in the hands of {@link asJob}. A job that
 * holds one already and asks for another gets it outside the share; jobs that wait for each other's connections would wait for ever.
 */
export class LanedPool extends pg.Pool {
  private readonly share: number;
  private taken = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(config: LanedPoolConfig = {}) {
    super(config);
    const { niceness } = config;
    if (niceness !== undefined) this.on('connect', (client) => { standBack(client, niceness); });
    this.share = Math.min(config.jobShare ?? Number.POSITIVE_INFINITY, this.options.max);
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    const use = jobs.getStore();
    if (use === undefined) return callback === undefined ? super.connect() : super.connect(callback);
    const connecting = this.connectJob(use);
    if (callback === undefined) return connecting;
    connecting.then((client) => { callback(undefined, client, client.release.bind(client)); }, (error: Error) => { callback(error, undefined, () => undefined); });
  }

  private async connectJob(use: JobUse): Promise<pg.PoolClient> {
    const ofShare = use.held === 0;
    use.held += 1;
    if (ofShare) await this.enter();
    const leave = (): void => {
      use.held -= 1;
      if (ofShare) this.leave();
    };
    try {
      const client = await super.connect();
      const release = client.release.bind(client);
      client.release = (error) => {
        client.release = release;
        leave();
        release(error);
      };
      return client;
    } catch (error) {
      leave();
      throw error;
    }
  }

  private enter(): Promise<void> {
    if (this.taken < this.share) { this.taken += 1; return Promise.resolve(); }
    return new Promise((go) => { this.waiting.push(go); });
  }

  private leave(): void {
    // The place is handed over, not given up, so that nobody can slip in between.
    const next = this.waiting.shift();
    if (next === undefined) this.taken -= 1;
    else next();
  }
}
