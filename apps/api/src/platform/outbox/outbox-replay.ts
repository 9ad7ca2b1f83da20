import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';

/** For the day on which the queue was emptied (a new Redis, a restored backup): PostgreSQL knows what was wished for. */
@Injectable()
export class OutboxReplay {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Puts rung messages back to waiting: those of visible jobs that have not ended, and those nobody sees of the last `hours`.
   * What the queue still knows is not rung twice, and a job that runs again changes nothing. Answers how many wait again.
   */
  async replay(hours: number): Promise<number> {
    return this.unitOfWork.always(async (tx) => {
      const [, count]: [unknown, number] = await tx.manager.query(`
        update outbox_message set rung_at = null, dedup_key = null where rung_at is not null and id in (
          select distinct on (coalesce(message.job_run_id, message.id)) message.id from outbox_message message left join job_run run on run.id = message.job_run_id
          where case when run.id is null then message.rung_at > now() - make_interval(hours => $1) else run.state in ('WAITING', 'RUNNING') end
          order by coalesce(message.job_run_id, message.id), message.id desc)`, [hours]);
      await tx.manager.query(`select pg_notify('jiheng_outbox', '')`);
      return count;
    });
  }
}
