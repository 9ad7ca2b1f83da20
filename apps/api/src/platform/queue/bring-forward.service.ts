import type { Words } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx';
import { Outbox } from '../outbox/outbox';
import { bringForward } from './bring-forward.job';

/** A person wants the next try of a job now that the queue would make later. */
@Injectable()
export class BringForward {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Has the next try of a visible job made at once, when it has been tried before and waits for another: the same job, with the tries it has left. Asked for twice it is made once.
   * @param words what whoever waits for the job reads until it begins
   * @returns false where there is no such wait: it is being tried at this moment, was never tried yet, or is over
   */
  async bring(tx: Tx, jobRunId: string, words: Words): Promise<boolean> {
    const [waiting]: [{ attempts: number }[], number] = await tx.manager.query(
      `update job_run set failure_zh = $2, failure_en = $3 where id = $1 and state = 'WAITING' and attempts > 0 returning attempts`, [jobRunId, words.zh, words.en]);
    const attempts = waiting[0]?.attempts;
    if (attempts === undefined) return false;
    await this.outbox.put(tx, bringForward, { jobRunId, attempts }, { dedupKey: `bring-forward/${jobRunId}/${attempts}` });
    return true;
  }
}
