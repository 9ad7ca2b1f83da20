import type { Words } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { Prepared } from '../database/prepared';
import type { JobFailure } from './job-failure';

/**
 * The state of visible jobs, as the runner keeps it. Each write is a transaction of its own: progress is seen while the work goes on. Which try a run is ({@link JobRunStore.begin}) fences how it ends:
 * one that was taken for dead, or taken back and gone on with, has nothing to say about the try that came after it.
 */
@Injectable()
export class JobRunStore {
  constructor(private readonly prepared: Prepared, private readonly clock: Clock) {}

  /** Does PostgreSQL answer at all? */
  async answers(): Promise<boolean> {
    return this.prepared.rows('job-run-answers', 'select 1', []).then(() => true, () => false);
  }

  /** A run begins; how long the job took is how long its last run took, and not how long it lay there failed. Answers which try it is, or null when the job is over (done before, failed, or taken back): then there is nothing to do. */
  async begin(id: string): Promise<number | null> {
    const rows = await this.prepared.rows<{ attempts: number }>('job-run-begin', `update job_run set state = 'RUNNING', attempts = attempts + 1, started_at = $2, seen_at = clock_timestamp(), failure_zh = null, failure_en = null, mender = null, failure_code = null
      where id = $1 and state in ('WAITING', 'RUNNING') returning attempts`, [id, this.clock.now()]);
    return rows[0]?.attempts ?? null;
  }

  async progress(id: string, done: number, total: number, at: string | null): Promise<void> {
    await this.prepared.rows('job-run-progress', `update job_run set done = $2, total = $3, at = $4, seen_at = clock_timestamp() where id = $1 and state = 'RUNNING'`, [id, done, total, at]);
  }

  /** Somebody is at it, also where there is no progress to tell. */
  async isAlive(id: string): Promise<void> {
    await this.prepared.rows('job-run-alive', `update job_run set seen_at = clock_timestamp() where id = $1 and state = 'RUNNING'`, [id]);
  }

  /** What people should know of a job that ends well, in the place where a failure says its cause. */
  async remark(id: string, { zh, en }: Words): Promise<void> {
    await this.prepared.rows('job-run-remark', `update job_run set failure_zh = $2, failure_en = $3 where id = $1 and state = 'RUNNING'`, [id, zh, en]);
  }

  /** Answers false when this try was not the one that runs any more (taken back meanwhile, or another one has begun). */
  async end(id: string, attempt: number): Promise<boolean> {
    const rows = await this.prepared.rows('job-run-end', `update job_run set state = 'DONE', done = total, at = null, finished_at = $2 where id = $1 and state = 'RUNNING' and attempts = $3 returning id`,
      [id, this.clock.now(), attempt]);
    return rows.length > 0;
  }

  /** This run failed, another follows. Why, and when, stands beside it until then where it is known. */
  async waitAgain(id: string, attempt: number, words: Words | null): Promise<void> {
    await this.prepared.rows('job-run-wait', `update job_run set state = 'WAITING', at = null, failure_zh = $2, failure_en = $3 where id = $1 and state = 'RUNNING' and attempts = $4`,
      [id, words?.zh ?? null, words?.en ?? null, attempt]);
  }

  /**
   * A run that PostgreSQL did not let be tried is none: it is taken off the count of tries, and what kept it stands beside the job until it is back.
   * @param attempt which try it was; where another one has begun since, in another process, the job is that one's, count and all
   */
  async giveBack(id: string, attempt: number, { zh, en }: Words): Promise<void> {
    await this.prepared.rows('job-run-give-back', `update job_run set attempts = attempts - 1, state = 'WAITING', at = null, failure_zh = $3, failure_en = $4
      where id = $1 and state in ('WAITING', 'RUNNING') and attempts = $2`, [id, attempt, zh, en]);
  }

  /** @param attempt which try it was; null where the queue itself gave the job up, whoever is at it */
  async fail(id: string, attempt: number | null, failure: JobFailure): Promise<boolean> {
    const rows = await this.prepared.rows('job-run-fail', `update job_run set state = 'FAILED', failure_zh = $2, failure_en = $3, mender = $4, finished_at = $5, failure_code = $6
      where id = $1 and state in ('WAITING', 'RUNNING') and attempts = coalesce($7, attempts) returning id`, [id, failure.zh, failure.en, failure.mender, this.clock.now(), failure.code, attempt]);
    return rows.length > 0;
  }

  /** What a job that was taken back had done when the last hand was off it; all of it is done, however late somebody thought better of it. Answers false when it is not taken back (any more). */
  async stopped(id: string, done: number, total: number): Promise<boolean> {
    const rows = await this.prepared.rows('job-run-stopped', `update job_run set done = $2, total = $3, at = null, state = case when $2::integer >= $3::integer then 'DONE' else state end, finished_at = $4
      where id = $1 and state = 'CANCELLED' returning id`, [id, done, total, this.clock.now()]);
    return rows.length > 0;
  }

  async isCancelled(id: string): Promise<boolean> {
    const row = await this.prepared.one<{ state: string }>('job-run-state', 'select state from job_run where id = $1', [id]);
    return row?.state === 'CANCELLED';
  }
}
