import type { JobCause, JobCauseSubject } from '@jiheng/contract';
import { ok, refuse, sayRefusal, saySeveral, type Refusal, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor';
import type { JobSubject } from './job-handler';
import { JobRunQuery, type SeenJobRun } from './job-run.query';
import { JobSubjects, keyOf } from './job-subjects';
import { RetryJob } from './retry-job.service';

/** Jobs that are tried again at one click, at most. */
const AT_ONCE = 500;
/** Subjects that are named one by one. */
const NAMED = 20;
/** Jobs that are named one by one. */
const TITLES = 3;

/** Failed jobs gathered by what keeps them from passing, and trying again all of one cause once it is mended. */
@Injectable()
export class JobCauses {
  constructor(private readonly jobs: JobRunQuery, private readonly again: RetryJob, private readonly subjects: JobSubjects) {}

  /** The causes of the jobs that a person sees, the most frequent first. */
  async list(actor: Actor): Promise<JobCause[]> {
    const runs = await this.jobs.failed(actor);
    const subjects = await this.subjects.of(runs);
    const groups = new Map<string, SeenJobRun[]>();
    for (const run of runs) {
      const key = `${run.view.name}/${run.code}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [run]); else group.push(run);
    }
    return [...groups.values()].map((group) => this.causeOf(actor, group, subjects)).sort((a, b) => b.count - a.count || b.latestAt.localeCompare(a.latestAt));
  }

  /** Tries again every failed job of a cause that the person may try again. @returns how many */
  async retryAll(actor: Actor, name: string, code: string): Promise<Result<{ readonly retried: number }>> {
    let retried = 0;
    const failed = (await this.jobs.failed(actor)).filter((run) => run.view.name === name && run.code === code && this.jobs.viewFor(actor, run).retryable);
    if (failed.length === 0) return refuse('house.job-not-retryable', { state: '已处理', stateEn: 'settled' });
    // What can only fail in the same way does not take the place of what can pass. Where none can, the first of them says why.
    const subjects = await this.subjects.of(failed);
    const free = failed.filter((run) => subjects.get(keyOf(run))?.held == null);
    // Each in a deed of its own: one that somebody else has just tried again does not stop the rest.
    let first: Refusal | null = null;
    for (const run of free.length === 0 ? failed.slice(0, 1) : free.slice(0, AT_ONCE)) {
      const result = await this.again.retry(actor, run.view.id);
      if (result.ok) retried += 1; else first ??= result.refusal;
    }
    // None could be: why, says the first of them.
    return retried === 0 && first !== null ? { ok: false, refusal: first } : ok({ retried });
  }

  /** @param runs of one cause, the latest first; at least one */
  private causeOf(actor: Actor, runs: readonly SeenJobRun[], known: ReadonlyMap<string, JobSubject>): JobCause {
    const latest = runs[0] as SeenJobRun;
    const about = new Map<string, SeenJobRun[]>();
    let [retryable, held] = [0, 0];
    for (const run of runs) {
      const key = keyOf(run);
      const same = about.get(key);
      if (same === undefined) about.set(key, [run]); else same.push(run);
      if (!this.jobs.viewFor(actor, run).retryable) continue;
      if (known.get(key)?.held == null) retryable += 1; else held += 1;
    }
    // Of one thing the latest says how it is now.
    const sentences = [...about.values()].map(([run]) => ({ zh: run?.view.failureZh ?? '', en: run?.view.failureEn ?? '' }));
    const named = [...about].map(([key, same]) => subjectView(same, known.get(key) ?? null)).sort((a, b) => Number(b.held !== null) - Number(a.held !== null));
    return {
      name: latest.view.name, code: latest.code, ...saySeveral(latest.code, about.size, sentences), mender: latest.view.mender, count: runs.length, retryable, held, latestAt: latest.view.finishedAt ?? latest.view.createdAt,
      titles: runs.slice(0, TITLES).map(({ view }) => ({ zh: view.title, en: view.titleEn })), subjects: named.slice(0, NAMED), subjectTotal: named.length,
    };
  }
}

function subjectView(runs: readonly SeenJobRun[], known: JobSubject | null): JobCauseSubject {
  const { view } = runs[0] as SeenJobRun;
  const held = known?.held ?? null;
  return {
    ...(known?.name ?? { zh: view.title, en: view.titleEn }), link: known?.link ?? view.link, fragment: known?.fragment ?? null, count: runs.length,
    held: held === null ? null : { code: held.code, zh: sayRefusal(held, 'zh'), en: sayRefusal(held, 'en') },
  };
}
