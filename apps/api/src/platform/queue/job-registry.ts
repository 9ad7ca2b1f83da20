import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { declaredJobs, type JobDefinition } from './define-job';
import { declaredNews, ListenerList, type Listener } from './define-news';
import { HANDLES_JOB, type JobHandler } from './job-handler';

/** A job with its handler. The payload's type was checked where the two were joined (`@HandlesJob`). */
export interface RegisteredJob {
  readonly definition: JobDefinition<never>;
  readonly handler: JobHandler<unknown>;
}

/** A wish of the outbox as the queue hears it. */
export interface JobToRing {
  readonly definition: JobDefinition<never>;
  readonly payload: unknown;
}

/**
 * Who does which job and who listens to which news. The boot fails unless every declared job has exactly one handler and every listener's
 * news and job exist: a forgotten handler shows when the house is built, not when a person waits.
 */
@Injectable()
export class JobRegistry implements OnApplicationBootstrap {
  private readonly jobs = new Map<string, RegisteredJob>();
  private readonly listeners = new Map<string, Listener[]>();
  private news: ReadonlySet<string> = new Set();

  constructor(private readonly discovery: DiscoveryService) {}

  onApplicationBootstrap(): void {
    const faults: string[] = [];
    for (const { metatype, instance } of this.discovery.getProviders()) {
      if (instance instanceof ListenerList) for (const listener of instance.listeners) this.listeners.set(listener.newsName, [...(this.listeners.get(listener.newsName) ?? []), listener]);
      if (typeof metatype !== 'function') continue;
      const definition: JobDefinition<never> | undefined = Reflect.getMetadata(HANDLES_JOB, metatype);
      if (definition === undefined) continue;
      if (this.jobs.has(definition.name)) faults.push(`the job "${definition.name}" has two handlers`);
      else this.jobs.set(definition.name, { definition, handler: instance as JobHandler<unknown> });
    }
    for (const job of declaredJobs()) if (!this.jobs.has(job.name)) faults.push(`the job "${job.name}" has no handler`);
    this.news = new Set(declaredNews().map(({ name }) => name));
    for (const listener of [...this.listeners.values()].flat()) {
      if (!this.news.has(listener.newsName)) faults.push(`somebody listens to "${listener.newsName}", which nobody tells`);
      if (!this.jobs.has(listener.job.name)) faults.push(`the news "${listener.newsName}" asks for the job "${listener.job.name}", which has no handler`);
    }
    for (const { definition, handler } of this.jobs.values()) {
      if ((definition.gathers === undefined) !== (handler.handleWaiting === undefined)) faults.push(`the job "${definition.name}" gathers and its handler does not, or the other way round`);
    }
    if (faults.length > 0) throw new Error(`jobs are not wired: ${faults.join('; ')}`);
  }

  /** The job of this name, or null (an old message of a job that no longer exists). */
  job(name: string): RegisteredJob | null {
    return this.jobs.get(name) ?? null;
  }

  /** The job for which messages of this name wait together; null where each rings on its own, or has other listeners as well. */
  gathering(kind: 'JOB' | 'NEWS', name: string): JobDefinition<never> | null {
    if (kind === 'JOB') { const job = this.jobs.get(name)?.definition; return job?.gathers === undefined ? null : job; }
    const [only, ...others] = this.listeners.get(name) ?? [];
    return only === undefined || others.length > 0 ? null : this.gathering('JOB', only.job.name);
  }

  /** The news that wait for a job that gathers, beside the wishes for the job itself. */
  newsGatheredBy(job: string): string[] {
    return [...this.listeners.keys()].filter((name) => this.gathering('NEWS', name)?.name === job);
  }

  /** Every job that gathers. */
  gatheringJobs(): JobDefinition<never>[] {
    return [...this.jobs.values()].flatMap(({ definition }) => (definition.gathers === undefined ? [] : [definition]));
  }

  /** What an outbox message rings: its own job, or one job per listener of the news. Throws when the name is unknown or the payload is misshapen. */
  ringsFor(kind: 'JOB' | 'NEWS', name: string, payload: unknown): JobToRing[] {
    if (kind === 'JOB') {
      const job = this.jobs.get(name);
      if (job === undefined) throw new Error(`no handler for the job "${name}"`);
      return [{ definition: job.definition, payload }];
    }
    // News without a listener rings nothing; news that this process has never heard of may have listeners in another.
    if (!this.news.has(name)) throw new Error(`the news "${name}" is not known here`);
    return (this.listeners.get(name) ?? []).map((listener) => ({ definition: listener.job, payload: listener.jobPayload(payload) }));
  }
}
