import type { Words } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { Prepared } from '../database/prepared';
import type { JobFailure } from './job-failure';

/** The state of visible jobs, as the runner keeps it. Each write is a transaction of its own: progress is seen while the work goes on. */
@Injectable()
export class JobRunStore {
  constructor(private readonly prepared: Prepared, private readonly clock: Clock) {}

  /** Does PostgreSQL answer at all? */
  async answers(): Promise<boolean> {
    return this.prepared.rows('job-run-answers', 'select 1', []).then(() => true, () => false);
  }

  /** A run begins; how long the job took is how long its last run took, and not how long it lay there failed. Answers false when the job is over (done before, failed, or taken back): then there is nothing to do. */
  async begin(id: string): Promise<boolean> {
    const rows = await this.prepared.rows('job-run-begin', `update job_run set state = 'RUNNING', attempts = attempts + 1, started_at = $2, failure_zh = null, failure_en = null, mender = null, failure_code = null
      where id = $1 and state in ('WAITING', 'RUNNING') returning id`, [id, this.clock.now()]);
    return rows.length > 0;
  }

  async progress(id: string, done: number, total: number, at: string | null): Promise<void> {
    await this.prepared.rows('job-run-progress', `update job_run set done = $2, total = $3, at = $4 where id = $1 and state = 'RUNNING'`, [id, done, total, at]);
  }

  /** What people should know of a job that ends well, in the place where a failure says its cause. */
  async remark(id: string, { zh, en }: Words): Promise<void> {
    await this.prepared.rows('job-run-remark', `update job_run set failure_zh = $2, failure_en = $3 where id = $1 and state = 'RUNNING'`, [id, zh, en]);
  }

  /** Answers false when it was not running any more (taken back meanwhile). */
  async end(id: string): Promise<boolean> {
    const rows = await this.prepared.rows('job-run-end', `update job_run set state = 'DONE', done = total, at = null, finished_at = $2 where id = $1 and state = 'RUNNING' returning id`, [id, this.clock.now()]);
    return rows.length > 0;
  }

  /** This run failed, another follows. Why, and when, stands beside it until then where it is known. */
  async waitAgain(id: string, words: Words | null): Promise<void> {
    await this.prepared.rows('job-run-wait', `update job_run set state = 'WAITING', at = null, failure_zh = $2, failure_en = $3 where id = $1 and state = 'RUNNING'`, [id, words?.zh ?? null, words?.en ?? null]);
  }

  async fail(id: string, failure: JobFailure): Promise<boolean> {
    const rows = await this.prepared.rows('job-run-fail', `update job_run set state = 'FAILED', failure_zh = $2, failure_en = $3, mender = $4, finished_at = $5, failure_code = $6 where id = $1 and state in ('WAITING', 'RUNNING') returning id`,
      [id, failure.zh, failure.en, failure.mender, this.clock.now(), failure.code]);
    return rows.length > 0;
  }

  async isCancelled(id: string): Promise<boolean> {
    const row = await this.prepared.one<{ state: string }>('job-run-state', 'select state from job_run where id = $1', [id]);
    return row?.state === 'CANCELLED';
  }
}
