import type { JobRunView } from '@jiheng/contract';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../access/actor';
import { SessionQuery } from '../access/session.query';
import { PgListener } from '../database/pg-listener';
import { JobRunQuery } from './job-run.query';

/** Changes of one job within this time go out as one: a bar that moves ten times a second is smooth enough. */
const GATHER_MS = 100;
/** Keeps proxies from closing a silent stream, and is when the stream looks whether its session still holds. */
const BEAT_MS = 20_000;

interface Watcher { readonly reply: FastifyReply; readonly actor: Actor; readonly token: string }

/** Tells browsers how their jobs go, as server-sent events. One LISTEN and one read per change serve every browser of this process. */
@Injectable()
export class JobStream implements BeforeApplicationShutdown {
  private readonly log = new Logger(JobStream.name);
  private readonly watchers = new Set<Watcher>();
  private changed = new Set<string>();
  private gathering: NodeJS.Timeout | null = null;
  private beat: NodeJS.Timeout | null = null;
  private hearing: Promise<() => void> | null = null;

  constructor(private readonly listener: PgListener, private readonly jobs: JobRunQuery, private readonly sessions: SessionQuery) {}

  /** Opens a stream: first what waits or runs, then every change, until the browser leaves or the session ends. */
  async watch(reply: FastifyReply, actor: Actor, token: string): Promise<void> {
    this.hearing ??= this.listener.hear('jiheng_job_run', (id) => { this.note(id); });
    await this.hearing.catch((error: unknown) => { this.hearing = null; throw error; });
    reply.hijack();
    reply.raw.writeHead(200, {
      // What hooks have set so far (security headers) goes along; a proxy must not gather the stream.
      ...Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)),
      'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no',
    });
    reply.raw.write('retry: 3000\n\n');
    const watcher = { reply, actor, token };
    this.watchers.add(watcher);
    this.beat ??= setInterval(() => { void this.keep(); }, BEAT_MS).unref();
    reply.raw.on('close', () => { this.watchers.delete(watcher); });
    // Read after the browser hears, and told once more: a job that ends while it is being read must not look as if it ran for ever.
    for (const view of await this.active(actor)) {
      send(reply, view);
      this.note(view.id);
    }
  }

  beforeApplicationShutdown(): void {
    if (this.beat !== null) clearInterval(this.beat);
    if (this.gathering !== null) clearTimeout(this.gathering);
    for (const { reply } of this.watchers) reply.raw.end();
    this.watchers.clear();
  }

  /** The answer has begun: what cannot be read now, the next change or the browser's own list will tell. */
  private active(actor: Actor): Promise<readonly JobRunView[]> {
    return this.jobs.active(actor).catch((error: unknown) => { this.log.warn({ err: error }, 'running jobs could not be read'); return []; });
  }

  private note(id: string): void {
    if (this.watchers.size === 0) return;
    // Without an id something may have been missed (the listening connection was away): browsers ask again by themselves.
    if (id === '') { for (const { reply } of this.watchers) reply.raw.write('event: resync\ndata: {}\n\n'); return; }
    this.changed.add(id);
    this.gathering ??= setTimeout(() => { void this.tell(); }, GATHER_MS);
  }

  private async tell(): Promise<void> {
    this.gathering = null;
    const ids = [...this.changed];
    this.changed = new Set();
    try {
      for (const run of await this.jobs.byIds(ids)) {
        for (const { reply, actor } of this.watchers) if (this.jobs.maySee(actor, run)) send(reply, this.jobs.viewFor(actor, run));
      }
    } catch (error) { this.log.warn({ err: error }, 'changes of jobs could not be read'); }
  }

  private async keep(): Promise<void> {
    for (const watcher of this.watchers) {
      const session = await this.sessions.find(watcher.token, { touch: false }).catch(() => undefined);
      if (session === null) { watcher.reply.raw.end(); this.watchers.delete(watcher); } else watcher.reply.raw.write(': \n\n');
    }
  }
}

function send(reply: FastifyReply, view: JobRunView): void {
  reply.raw.write(`id: ${view.id}\nevent: job\ndata: ${JSON.stringify(view)}\n\n`);
}
