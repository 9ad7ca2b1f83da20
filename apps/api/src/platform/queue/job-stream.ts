import type { JobRunView } from '@jiheng/contract';
import { ok, type Result } from '@jiheng/domain';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../access/actor';
import { type EventStream, EventStreams } from '../access/event-streams';
import { PgListener } from '../database/pg-listener';
import { JobRunQuery } from './job-run.query';

/** Changes of one job within this time go out as one: a bar that moves ten times a second is smooth enough. */
const GATHER_MS = 100;

/** Tells browsers how their jobs go, as server-sent events. One LISTEN and one read per change serve every browser of this process. */
@Injectable()
export class JobStream implements BeforeApplicationShutdown {
  private readonly log = new Logger(JobStream.name);
  private readonly watchers = new Set<EventStream>();
  private changed = new Set<string>();
  private gathering: NodeJS.Timeout | null = null;
  private hearing: Promise<() => void> | null = null;

  constructor(private readonly listener: PgListener, private readonly jobs: JobRunQuery, private readonly streams: EventStreams) {}

  /** Opens a stream: first what waits or runs, then every change, until the browser leaves or the session ends. */
  async watch(reply: FastifyReply, actor: Actor, token: string): Promise<Result<void>> {
    this.hearing ??= this.listener.hear('jiheng_job_run', (id) => { this.note(id); });
    await this.hearing.catch((error: unknown) => { this.hearing = null; throw error; });
    const opened = this.streams.open(reply, actor, token);
    if (!opened.ok) return opened;
    const stream = opened.value;
    this.watchers.add(stream);
    stream.onEnd(() => { this.watchers.delete(stream); });
    // Read after the browser hears, and told once more: a job that ends while it is being read must not look as if it ran for ever.
    for (const view of await this.active(actor)) {
      send(stream, view);
      this.note(view.id);
    }
    return ok(undefined);
  }

  beforeApplicationShutdown(): void {
    if (this.gathering !== null) clearTimeout(this.gathering);
    this.watchers.clear();
  }

  /** The answer has begun: what cannot be read now, the next change or the browser's own list will tell. */
  private active(actor: Actor): Promise<readonly JobRunView[]> {
    return this.jobs.active(actor).catch((error: unknown) => { this.log.warn({ err: error }, 'running jobs could not be read'); return []; });
  }

  private note(id: string): void {
    if (this.watchers.size === 0) return;
    // Without an id something may have been missed (the listening connection was away): browsers ask again by themselves.
    if (id === '') { for (const stream of this.watchers) stream.send('resync', '{}'); return; }
    this.changed.add(id);
    this.gathering ??= setTimeout(() => { void this.tell(); }, GATHER_MS);
  }

  private async tell(): Promise<void> {
    this.gathering = null;
    const ids = [...this.changed];
    this.changed = new Set();
    try {
      for (const run of await this.jobs.byIds(ids)) {
        for (const stream of this.watchers) if (this.jobs.maySee(stream.actor, run)) send(stream, this.jobs.viewFor(stream.actor, run));
      }
    } catch (error) { this.log.warn({ err: error }, 'changes of jobs could not be read'); }
  }
}

function send(stream: EventStream, view: JobRunView): void {
  stream.send('job', JSON.stringify(view), view.id);
}
