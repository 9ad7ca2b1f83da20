import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor';
import { AuditTrail } from '../audit/audit-trail';
import { Clock } from '../clock/clock';
import { newId } from '../database/new-id';
import { UnitOfWork } from '../database/unit-of-work';
import { goesOnAfterCancel } from './define-job';
import { JobRegistry } from './job-registry';
import { JobRunQuery, type SeenJobRun } from './job-run.query';

/** What people may do with a job: try a failed one again, take back one that has not ended, and have it go on after all where its kind can. */
@Injectable()
export class RetryJob {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly jobs: JobRunQuery, private readonly audit: AuditTrail, private readonly clock: Clock,
    private readonly registry: JobRegistry) {}

  /** Rings the same wish again. Its payload is ids, so it works on the state as it is now. */
  async retry(actor: Actor, id: string): Promise<Result<void>> {
    const kept = await this.kept(actor, id);
    if (!kept.ok) return kept;
    const { name, state: seen } = kept.value.view;
    const sensible = seen === 'FAILED' || seen === 'CANCELLED' ? await this.sensible(id, name) : ok(undefined);
    if (!sensible.ok) return sensible;
    return this.unitOfWork.run(async (tx) => {
      const rows: { state: string; what: string | null; whatEn: string | null }[] = await tx.manager.query('select state, gone_zh as what, gone_en as "whatEn" from job_run where id = $1 for update', [id]);
      const { state, what, whatEn } = rows[0] ?? { state: '', what: null, whatEn: null };
      if (what !== null) return refuse('house.job-subject-gone', { what, whatEn: whatEn ?? what });
      if (state === 'CANCELLED' && !goesOnAfterCancel(name)) return refuse('house.job-cancelled-for-good');
      if (state !== 'FAILED' && state !== 'CANCELLED') return refuse('house.job-not-retryable', wordsOf(state));
      await tx.manager.query(`update job_run set state = 'WAITING', failure_zh = null, failure_en = null, mender = null, failure_code = null, done = 0, at = null, finished_at = null where id = $1`, [id]);
      const put: unknown[] = await tx.manager.query(`insert into outbox_message (id, kind, name, payload, job_run_id)
        select $1, kind, name, payload, job_run_id from outbox_message where job_run_id = $2 order by id desc limit 1 returning id`, [newId(), id]);
      if (put.length === 0) return refuse('house.job-not-retryable', wordsOf(state));
      await this.audit.append(tx, actor, state === 'CANCELLED' ? 'job.continued' : 'job.retried', id);
      return ok(undefined);
    });
  }

  /** Takes a job back. One that runs is asked to stop at its next step ({@link JobContext.cancelled}). */
  async cancel(actor: Actor, id: string): Promise<Result<void>> {
    const kept = await this.kept(actor, id);
    if (!kept.ok) return kept;
    return this.unitOfWork.run(async (tx) => {
      const rows: { state: string }[] = await tx.manager.query('select state from job_run where id = $1 for update', [id]);
      const state = rows[0]?.state ?? '';
      if (state !== 'WAITING' && state !== 'RUNNING') return refuse('house.job-not-cancellable', wordsOf(state));
      await tx.manager.query(`update job_run set state = 'CANCELLED', finished_at = $2, failure_zh = null, failure_en = null where id = $1`, [id, this.clock.now()]);
      await this.audit.append(tx, actor, 'job.cancelled', id);
      return ok(undefined);
    });
  }

  /** Asks the feature whether another try can pass at all. */
  private async sensible(id: string, name: string): Promise<Result<void>> {
    const job = this.registry.job(name);
    if (job?.handler.mayRetry === undefined) return ok(undefined);
    const rows: { payload: unknown }[] = await this.unitOfWork.db.manager.query('select payload from outbox_message where job_run_id = $1 order by id desc limit 1', [id]);
    const payload = job.definition.payload.safeParse(rows[0]?.payload);
    return payload.success ? job.handler.mayRetry(payload.data) : ok(undefined);
  }

  /** Refuses who may see the job and not do anything about it; what one may not see does not exist. */
  private async kept(actor: Actor, id: string): Promise<Result<SeenJobRun>> {
    const run = await this.jobs.find(actor, id);
    if (run === null) return refuse('house.not-found');
    return this.jobs.mayKeep(actor, run) ? ok(run) : refuse('house.not-allowed');
  }
}

const STATE_WORDS: Readonly<Record<string, { readonly state: string; readonly stateEn: string }>> = {
  WAITING: { state: '等待中', stateEn: 'waiting' }, RUNNING: { state: '进行中', stateEn: 'running' }, DONE: { state: '已完成', stateEn: 'done' },
  FAILED: { state: '失败', stateEn: 'failed' }, CANCELLED: { state: '已取消', stateEn: 'cancelled' },
};

function wordsOf(state: string): { readonly state: string; readonly stateEn: string } {
  return STATE_WORDS[state] ?? { state, stateEn: state };
}
