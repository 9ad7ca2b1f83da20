import type { JobCause } from '@jiheng/contract';
import { ok, refuse, type Refusal, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor';
import { UnitOfWork } from '../database/unit-of-work';
import { JobRunQuery } from './job-run.query';
import { RetryJob } from './retry-job.service';

/** Jobs that are tried again at one click, at most. */
const AT_ONCE = 500;

/** Failed jobs gathered by what keeps them from passing, and trying again all of one cause once it is mended. */
@Injectable()
export class JobCauses {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly jobs: JobRunQuery, private readonly again: RetryJob) {}

  /** The causes of the jobs that a person sees, the most frequent first. The sentence is that of the latest of them. */
  async list(actor: Actor): Promise<JobCause[]> {
    const groups = new Map<string, JobCause>();
    for (const run of await this.jobs.failed(actor)) {
      const { view, code } = run;
      const key = `${view.name}/${code}`;
      const retryable = this.jobs.viewFor(actor, run).retryable ? 1 : 0;
      const known = groups.get(key);
      groups.set(key, known === undefined
        ? { name: view.name, code, zh: view.failureZh ?? '', en: view.failureEn ?? '', mender: view.mender, count: 1, retryable, latestAt: view.finishedAt ?? view.createdAt, titles: [{ zh: view.title, en: view.titleEn }] }
        : { ...known, count: known.count + 1, retryable: known.retryable + retryable, titles: known.titles.length < 3 ? [...known.titles, { zh: view.title, en: view.titleEn }] : known.titles });
    }
    return [...groups.values()].sort((a, b) => b.count - a.count || b.latestAt.localeCompare(a.latestAt));
  }

  /** Tries again every failed job of a cause that the person may try again. @returns how many */
  async retryAll(actor: Actor, name: string, code: string): Promise<Result<{ readonly retried: number }>> {
    let retried = 0;
    const failed = (await this.jobs.failed(actor)).filter((run) => run.view.name === name && run.code === code && this.jobs.viewFor(actor, run).retryable);
    if (failed.length === 0) return refuse('house.job-not-retryable', { state: '已处理', stateEn: 'settled' });
    // Each in a deed of its own: one that somebody else has just tried again does not stop the rest.
    let first: Refusal | null = null;
    for (const run of failed.slice(0, AT_ONCE)) {
      const result = await this.again.retry(actor, run.view.id);
      if (result.ok) retried += 1; else first ??= result.refusal;
    }
    // None could be: why, says the first of them.
    return retried === 0 && first !== null ? { ok: false, refusal: first } : ok({ retried });
  }
}
