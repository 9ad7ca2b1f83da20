import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../clock/clock';
import { UnitOfWork } from '../database/unit-of-work';
import { defineJob } from './define-job';
import { HandlesJob, type JobContext, type JobHandler } from './job-handler';

/** History of jobs is kept this long. */
export const KEPT_YEARS = 3;
const BATCH = 1_000;

/** Once an hour; nearly always there is nothing to do. */
export const forgetOldJobs = defineJob({ name: 'forget-old-jobs', queue: 'housekeeping', payload: z.object({}), attempts: 1, backoffMs: 1_000, timeoutMs: 300_000, everyMs: 3_600_000 });

/** Removes what ended more than three years ago, in batches that hold no lock for long. Runs, scores and reports stay; they forget only which job made them. */
@Injectable()
@HandlesJob(forgetOldJobs)
export class ForgetOldJobs implements JobHandler<Record<string, never>> {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  async handle(_: Record<string, never>, context: Pick<JobContext, 'signal'>): Promise<void> {
    while (!context.signal.aborted && await this.forget('job_run', 'finished_at', 'and not exists (select 1 from report_artifact made where made.job_run_id = old.id)') === BATCH) { /* the next batch */ }
    while (!context.signal.aborted && await this.forget('job_notice', 'coalesce(over_at, read_at)', '') === BATCH) { /* the next batch */ }
  }

  private async forget(table: 'job_run' | 'job_notice', moment: string, but: string): Promise<number> {
    return this.unitOfWork.always(async (tx) => {
      const [, count]: [unknown, number] = await tx.manager.query(
        `delete from ${table} where id in (select id from ${table} old where ${moment} < $1::timestamptz - make_interval(years => $2) ${but} limit ${BATCH} for update skip locked)`, [this.clock.now(), KEPT_YEARS]);
      return count;
    });
  }
}
