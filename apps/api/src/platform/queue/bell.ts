import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresBackend, DelayedError, isPgPool, Queue, runMigrations, UnrecoverableError, withBackend, Worker, type Job, type JobsOptions, type PgPool } from 'bullmq';
import pg from 'pg';
import { AppConfig } from '../config/app-config';
import { readRedisPlace, type RedisPlace } from '../config/redis-place';
import { OF_QUEUE } from '../database/connection-plan';
import { KEPT_IDLE_MS } from '../database/data-source';
import { isDatabaseAway } from '../database/sql-state';
import { QUEUE_NAMES, type QueueName } from './define-job';
import { MayPassLater } from './job-failure';
import { openRedisLine, prefixOf, redisTrust, singleLine, type RedisLine, type RedisMachines, type RedisTrust } from './redis-line';
import { whyRedisRefuses } from './redis-door';
import { SecondMachine } from './second-machine';

/** What travels in the queue: ids only. */
export interface RungJob {
  readonly payload: unknown;
  readonly jobRunId: string | null;
  readonly messageId: string;
  /** Something waits for a job that gathers: the handler takes what there is. */
  readonly gathers?: true;
}

/** One run of a job as the queue hands it out. */
export interface BellRun {
  readonly name: string;
  readonly data: RungJob;
  /** Runs that ended before this one. */
  readonly attemptsMade: number;
  readonly attempts: number;
}

export interface RingOptions {
  readonly jobId: string; readonly attempts: number; readonly backoffMs: number;
  /** Not remembered once it has ended: the same may be rung again. */
  readonly forgotten?: boolean;
}
export interface AnswerOptions { readonly concurrency: number; readonly lockMs?: number; readonly stalledEveryMs?: number }
/** Ends a run for good: the queue does not try again. */
export { UnrecoverableError as NoMoreTries };

/** Ends a run that could not even be tried (PostgreSQL is away): the queue brings the job again, and it does not count as an attempt. */
export class ComeBack extends Error {
  constructor(readonly afterMs: number, options?: ErrorOptions) { super(`comes back after ${afterMs} ms`, options); }
}

type AnyQueue = Pick<Queue<RungJob>, 'add' | 'close' | 'getJobCounts' | 'upsertJobScheduler' | 'getJobScheduler' | 'removeJobScheduler' | 'getDelayed' | 'getJob' | 'clean' | 'disconnect'>;
type Ear = (error: Error) => void;
type AnyWorker = Pick<Worker<RungJob>, 'close' | 'run' | 'disconnect'>;

const SCHEMA = 'bullmq';
/** A job that was last touched this much later than now was put off by a clock that has been set back since. */
const CLOCK_SLACK_MS = 30_000;
/** Put-off or finished jobs that are looked at in one go. */
const LOOKED_AT = 1_000;
/**
 * Finished jobs are kept a while: the same message rung twice, because its ringer died before it could note so, then finds its id taken. They are forgotten in one go
 * now and then (`forgetFinished`): on PostgreSQL each job that ends would look through all that are kept, a third of what a saved value cost.
 */
const KEEP = { removeOnFail: { age: 7 * 24 * 3600, count: 2000 } } as const;
const KEPT_MS = 60_000;
/** Less than a process that was told to stop is given (start.ts). */
const HANG_UP_MS = 9_000;
/** An answerer whose line broke tries again after this long; BullMQ presets fifteen seconds, in which nobody answers although PostgreSQL is back. */
const TRY_AGAIN_MS = 2_000;
/** Each of many connections is refused several times a second while the queue is away; its log says so of a queue this often. */
const SAY_AGAIN_MS = 10_000;
/** Redis is told of a job's end within milliseconds. */
const LAST_WORD_MS = 2_000;

/**
 * The bell of the house: BullMQ on Redis when `REDIS_URL` is set, otherwise on PostgreSQL in the schema `bullmq`.
 * This is the only file that knows which, and the only importer of BullMQ. PostgreSQL's own tables stay the truth either way.
 */
@Injectable()
export class Bell implements OnApplicationShutdown {
  private readonly log = new Logger(Bell.name);
  private readonly queues = new Map<QueueName, AnyQueue>();
  /** What each queue hung onto the pool. */
  private readonly ears = new Map<QueueName, Ear | undefined>();
  private readonly workers: AnyWorker[] = [];
  private pool: (pg.Pool & PgPool) | null = null;
  private ready: Promise<void> | null = null;
  private readonly redis: RedisPlace | null;
  private readonly trust: RedisTrust;
  /** Connections to a Redis of several machines; to a single one each queue and worker has its own. */
  private readonly lines = new Map<'rings' | 'answers', RedisLine>();
  private readonly seconds = new Map<QueueName, SecondMachine>();
  /** Rings that wait for the queue. */
  private readonly ringing = new Set<(error: Error) => void>();
  private isHungUp = false;
  /** When it was last said of a queue that it is away. */
  private readonly saidAway = new Map<QueueName, number>();
  /** Runs of jobs under way. */
  private running = 0;

  constructor(private readonly config: AppConfig) {
    this.redis = config.REDIS_URL === undefined ? null : readRedisPlace(config.REDIS_URL);
    this.trust = redisTrust(config);
  }

  get backend(): 'redis' | 'postgres' {
    return this.redis === null ? 'postgres' : 'redis';
  }

  /** Rings a job. The same `jobId` rings once as long as the queue remembers it. On a Redis of several machines it has rung when a second machine knows of it. */
  ring(queue: QueueName, name: string, data: RungJob, options: RingOptions): Promise<void> {
    return new Promise((rang, failed) => {
      this.ringing.add(failed);
      this.ringNow(queue, name, data, options).then(rang, failed).finally(() => { this.ringing.delete(failed); });
    });
  }

  private async ringNow(queue: QueueName, name: string, data: RungJob, options: RingOptions): Promise<void> {
    await this.prepare();
    const job: JobsOptions = { jobId: options.jobId, attempts: options.attempts, backoff: { type: 'exponential', delay: options.backoffMs }, ...(options.forgotten === true ? { removeOnComplete: true, removeOnFail: true } : KEEP) };
    try { await this.queue(queue).add(name, data, job); } catch (error) {
      // BullMQ remembers for good that its first look at PostgreSQL failed: the next ring makes the queue anew.
      if (this.backend === 'postgres' && isDatabaseAway(error)) this.discard(queue);
      throw error;
    }
    // What is not remembered is rung again until it is done.
    if (options.forgotten !== true) await this.rests(queue, options.jobId);
  }

  /** Rings a job by itself every so often. Saying it again changes nothing; after the queue was emptied it has to be said again. */
  async ringEvery(queue: QueueName, name: string, everyMs: number): Promise<void> {
    await this.prepare();
    const data: RungJob = { payload: {}, jobRunId: null, messageId: `every-${name}` };
    // After the clock was set back the next ring would stay where the clock was, perhaps a day away.
    const known = await this.queue(queue).getJobScheduler(`every-${name}`);
    if ((known?.next ?? 0) > Date.now() + everyMs + CLOCK_SLACK_MS) await this.queue(queue).removeJobScheduler(`every-${name}`);
    await this.queue(queue).upsertJobScheduler(`every-${name}`, { every: everyMs }, { name, data, opts: { attempts: 1, removeOnComplete: { count: 20 }, removeOnFail: { count: 20 } } });
  }

  /**
   * Lets jobs run that were put off by a clock that has been set back since: their moment may be a day away, and their pause is over.
   * BullMQ reckons both in wall time. Answers how many.
   */
  async wakeOversleepers(queue: QueueName): Promise<number> {
    await this.prepare();
    let woken = 0;
    for (const job of await this.queue(queue).getDelayed(0, LOOKED_AT)) {
      if ((job.processedOn ?? job.timestamp) <= Date.now() + CLOCK_SLACK_MS) continue;
      // Another process may have been quicker.
      await job.promote().then(() => { woken += 1; }, () => undefined);
    }
    return woken;
  }

  /**
   * Lets a job be run now that the queue has put off until its next try. `IN_HAND`: a worker has it. `UNDER_WAY`: it waits for a free worker, or is over. `UNKNOWN`: the queue does not know it, for it
   * was emptied.
   */
  async bringForward(queue: QueueName, jobId: string): Promise<'NOW' | 'IN_HAND' | 'UNDER_WAY' | 'UNKNOWN'> {
    await this.prepare();
    const job = await this.queue(queue).getJob(jobId);
    if (job === undefined) return 'UNKNOWN';
    try {
      await job.promote();
      return 'NOW';
    } catch (error) {
      const state = await job.getState();
      // It could have been moved and was not: the queue is away, and whoever asked asks again.
      if (state === 'delayed') throw error;
      return state === 'active' ? 'IN_HAND' : state === 'unknown' ? 'UNKNOWN' : 'UNDER_WAY';
    }
  }

  /** Forgets jobs that ended well more than `keptMs` ago. Answers how many. */
  async forgetFinished(queue: QueueName, keptMs = KEPT_MS): Promise<number> {
    await this.prepare();
    let forgotten = 0;
    for (;;) {
      const gone = await this.queue(queue).clean(keptMs, LOOKED_AT, 'completed');
      forgotten += gone.length;
      if (gone.length < LOOKED_AT) return forgotten;
    }
  }

  /** How many jobs wait, run and failed in a queue, as the queue counts. */
  async counts(queue: QueueName): Promise<Record<string, number>> {
    await this.prepare();
    return this.queue(queue).getJobCounts();
  }

  /** Answers a queue's bell with `run` until the application stops. `gaveUp` hears of jobs that the queue itself ended (their worker died too often). */
  async answer(queue: QueueName, options: AnswerOptions, run: (job: BellRun) => Promise<void>, gaveUp: (job: BellRun, error: Error) => void): Promise<void> {
    await this.prepare();
    const processor = async (job: Job<RungJob>, token?: string): Promise<void> => {
      this.running += 1;
      try { await run(runOf(job)); } catch (error) {
        if (error instanceof ComeBack) await this.putOff(job, token, error.afterMs);
        // BullMQ reckons the pause from the job in hand once this has been thrown; what is stored of it stays.
        if (error instanceof MayPassLater) job.opts.backoff = { type: 'fixed', delay: error.afterMs };
        throw error;
      } finally { this.running -= 1; }
    };
    const settings = {
      concurrency: options.concurrency, autorun: false, maxStalledCount: 3, runRetryDelay: TRY_AGAIN_MS, ...(options.lockMs === undefined ? {} : { lockDuration: options.lockMs }),
      ...(options.stalledEveryMs === undefined ? {} : { stalledInterval: options.stalledEveryMs }),
    };
    const worker = this.redis === null
      ? new (withBackend(createPostgresBackend).Worker)<RungJob, void>(queue, processor, { ...settings, connection: this.postgres() })
      : new Worker<RungJob, void>(queue, processor, {
        ...settings, prefix: prefixOf(this.config.REDIS_PREFIX, queue, this.redis),
        connection: this.redis.kind === 'SINGLE' ? { ...singleLine(this.redis.url, this.trust), maxRetriesPerRequest: null } : this.line('answers', this.redis),
      });
    worker.on('error', (error: Error) => { this.sayAway(error, queue); });
    worker.on('failed', (job: Job<RungJob> | undefined, error: Error) => { if (job !== undefined) gaveUp(runOf(job), error); });
    this.workers.push(worker);
    void worker.run().catch((error: unknown) => { this.log.error({ err: error, queue }, 'the worker of a queue ended'); });
  }

  /** Lets running jobs end and what rings be heard, then hangs up. A ring after that is refused: whoever wished for it rings again after the next start. */
  async hangUp(): Promise<void> {
    this.isHungUp = true;
    const workers = this.workers.splice(0);
    // BullMQ never answers a ring that it meets on a queue which is being closed.
    const closed = Promise.all([this.rungAll(), ...workers.map((worker) => worker.close())]).then(() => Promise.all([...this.queues.values()].map((queue) => queue.close())));
    if (this.redis === null) await closed;
    // BullMQ waits for a Redis that does not answer without end (docs/lessons/0007); jobs that still run then, or whose end nobody heard of, are run again elsewhere.
    else if (!await Promise.race([closed.then(() => true), this.saidAll(), pause(HANG_UP_MS, false, { ref: false })])) {
      closed.catch(() => undefined);
      for (const one of [...workers, ...this.queues.values()]) one.disconnect().catch(() => undefined);
      // A line that is cut while it looks for a new primary never answers: who rang rings again after the next start.
      for (const fail of this.ringing) fail(new Error('the process stops and Redis does not answer'));
    }
    this.queues.clear();
    // BullMQ closes only what it opened.
    for (const line of this.lines.values()) line.disconnect();
    this.lines.clear();
    this.seconds.clear();
    const pool = this.pool;
    this.pool = null;
    this.ready = null;
    await pool?.end();
  }

  onApplicationShutdown(): Promise<void> {
    return this.hangUp();
  }

  private async rungAll(): Promise<void> {
    while (this.ringing.size > 0) await pause(10);
  }

  /** No job has been running here for so long that Redis, if it answers, knows how the last one ended. */
  private async saidAll(): Promise<false> {
    for (let since = performance.now(); performance.now() - since < LAST_WORD_MS; await pause(50, undefined, { ref: false })) if (this.running > 0) since = performance.now();
    return false;
  }

  /** Puts a job off without counting the run. With the queue on PostgreSQL, which is away as well, that waits until it is back. */
  private async putOff(job: Job<RungJob>, token: string | undefined, afterMs: number): Promise<never> {
    for (const workers = this.workers.length; ; await pause(500)) {
      try { await job.moveToDelayed(Date.now() + afterMs, token); break; } catch (error) {
        // Not ours any more: it was away for so long that the job was given to somebody else.
        if (!isDatabaseAway(error)) break;
        if (this.workers.length < workers) throw error;
      }
    }
    throw new DelayedError();
  }

  private queue(name: QueueName): AnyQueue {
    const known = this.queues.get(name);
    if (known !== undefined) return known;
    const made = this.redis === null
      ? new (withBackend(createPostgresBackend).Queue)<RungJob>(name, { connection: this.postgres() })
      : new Queue<RungJob>(name, { prefix: prefixOf(this.config.REDIS_PREFIX, name, this.redis), connection: this.redis.kind === 'SINGLE' ? singleLine(this.redis.url, this.trust) : this.line('rings', this.redis) });
    made.on('error', (error: Error) => { this.sayAway(error, name); });
    this.queues.set(name, made);
    this.ears.set(name, this.pool?.listeners('error').at(-1) as Ear | undefined);
    return made;
  }

  private sayAway(error: Error, queue: QueueName): void {
    const now = performance.now();
    if (now - (this.saidAway.get(queue) ?? -Infinity) < SAY_AGAIN_MS) return;
    this.saidAway.set(queue, now);
    const why = this.redis === null ? null : whyRedisRefuses(error);
    this.log.warn({ err: error, queue }, why === null ? 'the queue is away; BullMQ tries again' : `the queue is away: ${why}`);
  }

  /** One connection for all that ring, one for all that answer; BullMQ adds one for each that waits for its bell. */
  private line(use: 'rings' | 'answers', place: RedisMachines): RedisLine {
    const known = this.lines.get(use);
    if (known !== undefined) return known;
    const made = openRedisLine(place, { waitsForGood: use === 'answers', trust: this.trust });
    // The queues and workers on it tell of it.
    made.on('error', () => undefined);
    this.lines.set(use, made);
    return made;
  }

  /** Sees to it that a job which has been rung outlives the machine that took it. Throws when it has not: whoever wished for it rings it again. */
  private async rests(queue: QueueName, jobId: string): Promise<void> {
    if (this.redis === null || this.redis.kind === 'SINGLE') return;
    const second = this.seconds.get(queue) ?? new SecondMachine(this.line('rings', this.redis), () => { this.log.warn('no replica of Redis confirms; what is rung now is lost if its primary is (docs/operations.md)'); });
    this.seconds.set(queue, second);
    if (!(await second.has(`${prefixOf(this.config.REDIS_PREFIX, queue, this.redis)}:${queue}:${jobId}`))) throw new Error(`the queue ${queue} has lost a job that was just rung: another machine took over`);
  }

  /** BullMQ leaves its ear at a pool that is not its own, one more with every ring of an outage. */
  private discard(name: QueueName): void {
    this.queues.delete(name);
    const ear = this.ears.get(name);
    if (ear !== undefined) this.pool?.off('error', ear);
    this.ears.delete(name);
  }

  /**
   * One pool for all queues and workers of the process; each worker keeps one connection of it for LISTEN. Its commits do not wait for the disk, and
   * nothing is lost by that: PostgreSQL forgets in a crash only from the end, so a message that is marked as rung has its job, and a job whose end was
   * forgotten runs once more and changes nothing. A commit that tells others (NOTIFY) holds up all others of its kind until it is through, saves among them.
   */
  private postgres(): pg.Pool & PgPool {
    if (this.pool !== null) return this.pool;
    const pool = new pg.Pool({ connectionString: this.config.DATABASE_URL, max: OF_QUEUE, keepAlive: true, idleTimeoutMillis: KEPT_IDLE_MS, application_name: 'jiheng-queue', options: `-c search_path=${SCHEMA} -c synchronous_commit=off` });
    pool.on('error', (error) => { this.log.warn({ err: error }, 'a queue connection was lost'); });
    // While a connection is handed from the pool to whoever uses it nobody listens for its end; that must not be the end of the process.
    pool.on('connect', (client) => { client.on('error', () => undefined); });
    // Every queue and worker hears of its errors.
    pool.setMaxListeners(2 * QUEUE_NAMES.length + 5);
    // BullMQ describes the pool by its own narrower interface; its guard is what tells TypeScript that the two agree.
    if (!isPgPool(pool)) throw new Error('BullMQ does not recognise the pg pool');
    this.pool = pool;
    return pool;
  }

  /** BullMQ's own tables are made once per database, under its own advisory lock. */
  private prepare(): Promise<void> {
    if (this.isHungUp) return Promise.reject(new Error('the process stops'));
    if (this.backend === 'redis') return Promise.resolve();
    this.ready ??= (async () => {
      const client = await this.postgres().connect();
      try { await runMigrations(client, SCHEMA); } finally { client.release(); }
    })().catch((error: unknown) => { this.ready = null; throw error; });
    return this.ready;
  }
}

function runOf(job: Job<RungJob>): BellRun {
  return { name: job.name, data: job.data, attemptsMade: job.attemptsMade, attempts: job.opts.attempts ?? 1 };
}
