import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { UnitOfWork } from '../database/unit-of-work';
import { Bell } from './bell';
import { bringForward } from './bring-forward.job';
import { HandlesJob, type JobHandler } from './job-handler';
import { JobRegistry } from './job-registry';

type Payload = z.output<typeof bringForward.payload>;

/** Moves a job that the queue has put off to those it makes now. The try that was meant is made once, however often this runs and whoever is quicker. */
@Injectable()
@HandlesJob(bringForward)
export class BringForwardHandler implements JobHandler<Payload> {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly registry: JobRegistry, private readonly bell: Bell) {}

  async handle({ jobRunId, attempts }: Payload): Promise<void> {
    await this.unitOfWork.always(async (tx) => {
      // Under the row's lock no try begins, so that what is moved here is the wait that was meant and not one after it.
      const [run]: { name: string; messageId: string }[] = await tx.manager.query(
        `select run.name, (select message.id from outbox_message message where message.job_run_id = run.id order by message.id desc limit 1) as "messageId"
         from job_run run where run.id = $1 and run.state = 'WAITING' and run.attempts = $2 for update`, [jobRunId, attempts]);
      const job = run === undefined ? null : this.registry.job(run.name);
      if (run === undefined || job === null) return;
      const found = await this.bell.bringForward(job.definition.queue, `${run.messageId}-${run.name}`);
      if (found === 'IN_HAND') throw new Error('the try before has not been put back yet');
      // The queue was emptied: the wish is rung anew, as `outbox:replay` would.
      if (found === 'UNKNOWN') await tx.manager.query('update outbox_message set rung_at = null, dedup_key = null where id = $1', [run.messageId]);
    });
  }
}
