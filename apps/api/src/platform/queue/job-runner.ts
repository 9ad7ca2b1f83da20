import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { asJob } from '../database/lanes';
import { newId } from '../database/new-id';
import { isDatabaseAway, SQL_STATE, sqlStateOf } from '../database/sql-state';
import { OutboxRelay } from '../outbox/outbox-relay';
import { Bell, ComeBack, NoMoreTries, type BellRun } from './bell';
import { declaredJobs, QUEUE_NAMES, type QueueName } from './define-job';
import { describeFailure, MayPassLater, sayDatabaseAway, WillNotPass, type JobFailure } from './job-failure';
import type { JobContext } from './job-handler';
import { JobRegistry, type RegisteredJob } from './job-registry';
import { JobNotices } from './job-notices';
import { JobRunStore } from './job-run.store';

/**
 * How many jobs of a queue one process does at a time. Reports are heavy and go one by one; pulls wait for others most of the time. In scoring there is room for what gathers
 * (quarters, years) beside a region.
 */
const CONCURRENCY: Readonly<Record<QueueName, number>> = { housekeeping: 2, pull: 4, scoring: 3, reports: 1, documents: 1 };
/** So long a job gathers before it gives its place to what waits in its queue; it is rung again when there is more. */
const LONGEST_GATHERING_MS = 2_000;
/** Progress is written at most this often: a person sees it move, the database does not feel it. */
const PROGRESS_EVERY_MS = 250;
/** How often a job that runs says so, with or without progress: one whose worker died is told by its silence. */
const SIGN_OF_LIFE_EVERY_MS = 3_000;

/** How soon after the queue was emptied the jobs that ring by themselves ring again, and after the clock was set back those it put off. */
const REMIND_EVERY_MS = 60_000;
/** A job that found PostgreSQL away comes back after this long. */
const COME_BACK_MS = 3_000;
/** How often it looks whether its row can be written again. */
const LOOK_AGAIN_MS = 250;
/**
 * So often a job may lose its connection to a PostgreSQL that answers and come back uncounted. After that each time is an attempt: it may be the job itself that brings PostgreSQL down. One that
 * finds all connections taken comes back as long as they are.
 */
const MOST_RETURNS = 40;

export interface RunnerOptions { readonly lockMs?: number; readonly stalledEveryMs?: number; readonly remindEveryMs?: number }

/** Which try the row counts a run as; null while it counts none. */
interface Begun { attempt: number | null }

/** Runs the jobs that the bell brings. Nothing is swallowed: a run ends done, failed for now, or failed for good. */
@Injectable()
export class JobRunner implements BeforeApplicationShutdown {
  private readonly log = new Logger(JobRunner.name);
  private readonly stopping = new AbortController();
  private reminder: NodeJS.Timeout | null = null;
  /** Jobs that are gathering at this moment; `again`: the bell rang meanwhile. */
  private readonly gathering = new Map<string, { again: boolean }>();
  /** How often runs of a message have come back because their connection was lost. */
  private readonly returned = new Map<string, number>();

  constructor(private readonly bell: Bell, private readonly registry: JobRegistry, private readonly runs: JobRunStore,
    private readonly notices: JobNotices, private readonly relay: OutboxRelay) {}

  /** Starts answering every queue. */
  async start({ remindEveryMs = REMIND_EVERY_MS, ...options }: RunnerOptions = {}): Promise<void> {
    for (const queue of QUEUE_NAMES) {
      await this.bell.answer(queue, { concurrency: CONCURRENCY[queue], ...options }, (run) => asJob(() => this.run(run)), (run, error) => { void asJob(() => this.gaveUp(run, error)); });
    }
    const remind = (): void => {
      this.remindTheBell().catch((error: unknown) => { if (!this.stopping.signal.aborted) this.log.warn({ err: error }, 'the queue could not be reminded of its rhythm; it is tried again'); });
    };
    // Not waited for: a queue that is away must not keep the process from starting.
    remind();
    this.reminder = setInterval(remind, remindEveryMs);
    this.reminder.unref();
  }

  /**
   * Says which jobs ring by themselves; again now and then, because a queue that was emptied has forgotten it, and a clock that was set
   * back has moved them away. What ended a while ago is forgotten on the way.
   */
  async remindTheBell(): Promise<void> {
    for (const { name, queue, everyMs } of declaredJobs()) if (everyMs !== undefined) await this.bell.ringEvery(queue, name, everyMs);
    for (const queue of QUEUE_NAMES) {
      const woken = await this.bell.wakeOversleepers(queue);
      if (woken > 0) this.log.warn({ queue, woken }, 'the clock was set back; jobs it had put off run now');
      await this.bell.forgetFinished(queue);
    }
  }

  /** Running jobs are told to stop and are waited for, before the database closes below them. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.reminder !== null) clearInterval(this.reminder);
    this.stopping.abort(new Error('the process stops'));
    await this.bell.hangUp();
  }

  /** An outage of PostgreSQL, or one whose connections are all taken, is nobody's failed attempt: the job comes back until it can be tried again. */
  private async run(run: BellRun): Promise<void> {
    const begun: Begun = { attempt: null };
    try { await this.attempt(run, begun); } catch (error) {
      if (!this.isAway(run, error) && await this.runs.answers()) {
        this.returned.delete(run.data.messageId);
        throw error;
      }
      this.log.warn({ err: error, job: run.name, messageId: run.data.messageId }, 'PostgreSQL is away or gives no connection; the job comes back and this run does not count');
      if (sqlStateOf(error) !== SQL_STATE.tooManyConnections) this.returned.set(run.data.messageId, (this.returned.get(run.data.messageId) ?? 0) + 1);
      if (begun.attempt !== null && run.data.jobRunId !== null) await this.giveBack(run.data.jobRunId, begun.attempt, error);
      throw new ComeBack(COME_BACK_MS, { cause: error });
    }
    this.returned.delete(run.data.messageId);
  }

  private isAway(run: BellRun, error: unknown): boolean {
    return isDatabaseAway(error) && (sqlStateOf(error) === SQL_STATE.tooManyConnections || (this.returned.get(run.data.messageId) ?? 0) < MOST_RETURNS);
  }

  /** The row says that the run did not count, and why it waits, as soon as PostgreSQL lets it be written; until then nobody reads it either. */
  private async giveBack(jobRunId: string, attempt: number, error: unknown): Promise<void> {
    const words = sayDatabaseAway(sqlStateOf(error) === SQL_STATE.tooManyConnections);
    while (!this.stopping.signal.aborted) {
      try { await this.runs.giveBack(jobRunId, attempt, words); return; } catch (fault) {
        if (!isDatabaseAway(fault) && await this.runs.answers()) throw fault;
        await pause(LOOK_AGAIN_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  private async attempt(run: BellRun, begun: Begun): Promise<void> {
    const { jobRunId } = run.data;
    const job = this.registry.job(run.name);
    if (jobRunId !== null) {
      begun.attempt = await this.runs.begin(jobRunId);
      if (begun.attempt === null) {
        if (await this.runs.isCancelled(jobRunId)) await this.tellTakenBack(job, run);
        return;
      }
    }
    if (run.data.gathers === true && job !== null) { await this.gather(job); return; }
    try {
      if (job === null) throw new WillNotPass({ code: 'house.job-failed', params: { reference: run.data.messageId, attempts: '1' } }, 'administrator');
      await this.handle(job, run);
    } catch (error) {
      if (this.isAway(run, error)) throw error;
      await this.failed(job, run, begun, error);
    }
    if (jobRunId !== null && begun.attempt !== null && await this.runs.end(jobRunId, begun.attempt)) await this.tell(this.notices.recovered(jobRunId));
  }

  private async tellTakenBack(job: RegisteredJob | null, run: BellRun): Promise<void> {
    const payload = job?.definition.payload.safeParse(run.data.payload);
    if (payload?.success === true) await job?.handler.takenBack?.(payload.data);
  }

  /** Round after round until nothing waits. A second ring while this process is at it only says that there is more. */
  private async gather({ definition: { name, gathers }, handler }: RegisteredJob): Promise<void> {
    const known = this.gathering.get(name);
    if (known !== undefined) { known.again = true; return; }
    if (gathers === undefined || handler.handleWaiting === undefined) return;
    const own = { again: true };
    this.gathering.set(name, own);
    try {
      const until = performance.now() + LONGEST_GATHERING_MS;
      for (let taken = 1; taken > 0 || own.again;) {
        if (this.stopping.signal.aborted) return;
        if (performance.now() > until) { this.relay.wake(); return; }
        own.again = false;
        const begun = performance.now();
        taken = await handler.handleWaiting(gathers.most);
        if (taken > 0 && taken < gathers.most) await pause(gathers.rest * (performance.now() - begun), undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    } finally { this.gathering.delete(name); }
  }

  private async handle(job: RegisteredJob, run: BellRun): Promise<void> {
    // Parsed again: a message from before an update whose shape no longer fits fails loudly, and only once.
    const payload = job.definition.payload.safeParse(run.data.payload);
    if (!payload.success) throw new WillNotPass({ code: 'house.job-failed', params: { reference: run.data.messageId, attempts: String(run.attemptsMade + 1) } }, 'administrator', { cause: payload.error });
    const tooLong = new AbortController();
    const context = this.contextOf(run, AbortSignal.any([tooLong.signal, this.stopping.signal]));
    const { timeoutMs } = job.definition;
    const timer = setTimeout(() => { tooLong.abort(new Error(`the job took longer than ${timeoutMs} ms`)); }, timeoutMs);
    const { jobRunId } = run.data;
    // A sign that could not be given is missed and nothing else; what keeps it, the job meets by itself.
    const alive = jobRunId === null ? undefined : setInterval(() => { this.runs.isAlive(jobRunId).catch(() => undefined); }, SIGN_OF_LIFE_EVERY_MS);
    try {
      await Promise.race([
        job.handler.handle(payload.data, context),
        new Promise<never>((_, reject) => { tooLong.signal.addEventListener('abort', () => { reject(new Error(`the job took longer than ${timeoutMs} ms`)); }, { once: true }); }),
      ]);
    } finally {
      clearTimeout(timer);
      clearInterval(alive);
    }
  }

  private contextOf(run: BellRun, signal: AbortSignal): JobContext {
    const { jobRunId } = run.data;
    let toldAt = 0;
    return {
      jobRunId, attempt: run.attemptsMade + 1, signal,
      progress: async (done, total, at) => {
        if (jobRunId === null || (done < total && Date.now() - toldAt < PROGRESS_EVERY_MS)) return;
        toldAt = Date.now();
        await this.runs.progress(jobRunId, done, total, at ?? null);
      },
      remark: (words) => (jobRunId === null ? Promise.resolve() : this.runs.remark(jobRunId, words)),
      cancelled: () => (jobRunId === null ? Promise.resolve(false) : this.runs.isCancelled(jobRunId)),
      stopped: (done, total) => (jobRunId === null ? Promise.resolve(false) : this.runs.stopped(jobRunId, done, total)),
    };
  }

  private async failed(job: RegisteredJob | null, run: BellRun, begun: Begun, error: unknown): Promise<never> {
    const attempt = run.attemptsMade + 1;
    const forGood = error instanceof WillNotPass;
    if (!forGood && attempt < run.attempts) {
      this.log.warn({ err: error, job: run.name, messageId: run.data.messageId, attempt, of: run.attempts }, 'a job failed and will be tried again');
      if (run.data.jobRunId !== null && begun.attempt !== null) await this.runs.waitAgain(run.data.jobRunId, begun.attempt, error instanceof MayPassLater ? error.words : null);
      throw error;
    }
    await this.markFailed(job, run, begun, error, attempt);
    throw forGood ? new NoMoreTries(error.message) : error;
  }

  /** The queue itself ended the job, because its worker died again and again. The row would otherwise say "running" for ever. */
  private async gaveUp(run: BellRun, error: Error): Promise<void> {
    if (!/stalled/.test(error.message)) return;
    await this.markFailed(this.registry.job(run.name), run, { attempt: null }, error, run.attemptsMade).catch((fault: unknown) => { this.log.error({ err: fault, job: run.name }, 'a failed job could not be marked'); });
  }

  /** A notice that cannot be written must not turn a job that ended into one that failed. */
  private async tell(telling: Promise<void>): Promise<void> {
    await telling.catch((error: unknown) => { this.log.error({ err: error }, 'people could not be told of a job'); });
  }

  /** Only the last failure marks the rows that people see, each in a transaction of its own. */
  private async markFailed(job: RegisteredJob | null, run: BellRun, begun: Begun, error: unknown, attempt: number): Promise<void> {
    const reference = newId().slice(-12);
    const failure: JobFailure = describeFailure(error, attempt, reference);
    // While PostgreSQL is away nothing can be marked: the job comes back, and `run` says so.
    if (await this.runs.answers()) this.log.error({ err: error, job: run.name, messageId: run.data.messageId, reference, attempt }, 'a job failed for good');
    const { jobRunId } = run.data;
    // First what the job left behind: whoever sees it failed finds its source paused and its document marked already.
    try { await this.settle(job, run, failure, attempt); } finally {
      if (jobRunId !== null && await this.runs.fail(jobRunId, begun.attempt, failure)) await this.tell(this.notices.outage(jobRunId, failure));
    }
  }

  private async settle(job: RegisteredJob | null, run: BellRun, failure: JobFailure, attempt: number): Promise<void> {
    const payload = job?.definition.payload.safeParse(run.data.payload);
    if (payload?.success !== true || job?.handler.failed === undefined) return;
    await job.handler.failed(payload.data, failure, { jobRunId: run.data.jobRunId, attempt });
  }
}
