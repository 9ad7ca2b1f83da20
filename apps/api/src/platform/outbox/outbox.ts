import { Injectable } from '@nestjs/common';
import { newId } from '../database/new-id';
import type { Tx } from '../database/tx';
import type { JobDefinition } from '../queue/define-job';
import type { NewsDefinition } from '../queue/define-news';
import { JobRegistry } from '../queue/job-registry';

/** How a wish is put. */
export interface PutOptions {
  /** The same key put again while the first still waits rings once. It may be put again later. */
  readonly dedupKey?: string;
  /** The row in which a person sees the job's progress ({@link JobRuns.create}). */
  readonly jobRunId?: string;
}

/** Where jobs are asked for and news is told: inside the deed's own transaction, so that neither is lost nor early. */
@Injectable()
export class Outbox {
  constructor(private readonly registry: JobRegistry) {}

  /** The columns of a wish for a statement that writes it among other things. Only of what waits for a job that gathers, where no key is needed. Throws like {@link put}. */
  message<P>(message: JobDefinition<P> | NewsDefinition<P>, payload: P): { readonly id: string; readonly kind: 'JOB' | 'NEWS'; readonly name: string; readonly payload: string } {
    return { id: newId(), kind: message.kind, name: message.name, payload: JSON.stringify(message.payload.parse(payload)) };
  }

  /**
   * Writes the wish; the relay rings it after the commit. Answers the visible job it belongs to: with a `dedupKey` that already waits,
   * that is the earlier one, and the row made for this wish is taken back. A payload of the wrong shape throws here, not in the worker.
   */
  async put<P>(tx: Tx, message: JobDefinition<P> | NewsDefinition<P>, payload: P, options: PutOptions = {}): Promise<{ messageId: string; jobRunId: string | null }> {
    const parsed = message.payload.parse(payload);
    // What waits for a job that gathers is done once however often it was wished for. A key would make this deed wait for a round that holds an earlier wish.
    const dedupKey = options.jobRunId === undefined && this.registry.gathering(message.kind, message.name) !== null ? null : (options.dedupKey ?? null);
    // `do update` and not `do nothing`: it waits for a relay that holds the earlier message. Had that one just been rung, its job may have
    // read the state before this deed, and this wish must ring on its own.
    const rows: { id: string; job_run_id: string | null }[] = await tx.manager.query(
      `insert into outbox_message (id, kind, name, payload, dedup_key, job_run_id) values ($1, $2, $3, $4, $5, $6)
       on conflict (dedup_key) where rung_at is null
       do update set job_run_id = coalesce(outbox_message.job_run_id, excluded.job_run_id) returning id, job_run_id`,
      [newId(), message.kind, message.name, JSON.stringify(parsed), dedupKey, options.jobRunId ?? null],
    );
    const row = rows[0];
    if (row === undefined) throw new Error('the outbox answered no row');
    if (options.jobRunId !== undefined && row.job_run_id !== options.jobRunId) await tx.manager.query('delete from job_run where id = $1', [options.jobRunId]);
    return { messageId: row.id, jobRunId: row.job_run_id };
  }
}
