import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import type { JobSubject } from './job-handler';
import { JobRegistry } from './job-registry';
import type { SeenJobRun } from './job-run.query';

/** What failed jobs are about and whether another try can pass at all, as their features know it: asked once for each thing and not for each job. */
@Injectable()
export class JobSubjects {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly registry: JobRegistry) {}

  /** By the key of a job ({@link keyOf}). A kind of job that knows nothing of its subjects is not among them. */
  async of(runs: readonly SeenJobRun[]): Promise<ReadonlyMap<string, JobSubject>> {
    const latest = new Map<string, SeenJobRun>();
    for (const run of runs) if (!latest.has(keyOf(run)) && this.knows(run.view.name)) latest.set(keyOf(run), run);
    const payloads = await this.payloadsOf([...latest.values()].map((run) => run.view.id));
    const found = new Map<string, JobSubject>();
    for (const name of new Set([...latest.values()].map((run) => run.view.name))) {
      const job = this.registry.job(name);
      const readable = [...latest].flatMap(([key, run]) => {
        const payload = run.view.name === name ? job?.definition.payload.safeParse(payloads.get(run.view.id)) : undefined;
        return payload?.success === true ? [{ key, run, payload: payload.data }] : [];
      });
      const subjects = await job?.handler.subjectsOf?.(readable.map(({ payload }) => payload)) ?? await Promise.all(readable.map(async ({ run, payload }) => {
        const answer = await job?.handler.mayRetry?.(payload);
        return answer?.ok === false ? { name: { zh: run.view.title, en: run.view.titleEn }, link: run.view.link ?? '/jobs', fragment: null, held: answer.refusal } : null;
      }));
      readable.forEach(({ key }, at) => {
        const subject = subjects[at];
        if (subject != null) found.set(key, subject);
      });
    }
    return found;
  }

  private knows(name: string): boolean {
    const handler = this.registry.job(name)?.handler;
    return handler?.subjectsOf !== undefined || handler?.mayRetry !== undefined;
  }

  /** The payload of the latest wish for each job. */
  private async payloadsOf(ids: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    if (ids.length === 0) return new Map();
    const rows: { id: string; payload: unknown }[] = await this.unitOfWork.db.manager.query(
      'select distinct on (job_run_id) job_run_id as id, payload from outbox_message where job_run_id = any($1) order by job_run_id, id desc', [ids]);
    return new Map(rows.map(({ id, payload }) => [id, payload]));
  }
}

/** What a job is about: jobs of the same key can pass or not pass together. */
export function keyOf({ subject, view }: SeenJobRun): string {
  return subject ?? `${view.name}/${view.title}/${view.unitName ?? ''}`;
}
