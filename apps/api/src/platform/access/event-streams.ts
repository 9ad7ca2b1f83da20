import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Reads } from '../database/prepared';
import type { Actor } from './actor';
import { SessionQuery } from './session.query';

/** Keeps proxies from closing a silent stream, and is when a stream looks whether its session still holds. */
const BEAT_MS = 20_000;
/** Streams of one process: each is a socket and a look at its session every twenty seconds. */
const MOST_STREAMS = 2_000;
/** Streams of one session: a person with more open pages than this is told by the pages' own asking. */
const MOST_OF_A_SESSION = 12;
/** A browser that does not read what it asked to hear is let go; it connects again when it comes back. */
const MOST_UNREAD_BYTES = 1024 * 1024;

/** One browser that hears server-sent events. */
export class EventStream {
  private readonly hearsEnd: (() => void)[] = [];
  private open = true;

  constructor(private readonly reply: FastifyReply, readonly token: string, private held: Actor) {
    reply.hijack();
    reply.raw.on('close', () => { this.closed(); });
    reply.raw.writeHead(200, {
      // What hooks have set so far (security headers) goes along; a proxy must not gather the stream.
      ...Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)),
      'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no',
    });
    this.write('retry: 3000\n\n');
  }

  /** Who listens, with the roles that were held at the last look ({@link EventStreams.renew}). */
  get actor(): Actor { return this.held; }

  /** Sends one event; `data` is one line (JSON). Nothing happens once the browser has left. */
  send(event: string, data: string, id?: string): void {
    this.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`);
  }

  /** A sign of life that no browser shows. */
  beat(): void { this.write(': \n\n'); }

  renewed(actor: Actor): void { this.held = actor; }

  /** Hears when the browser has left or was let go; at once when it has already. */
  onEnd(hear: () => void): void {
    if (this.open) this.hearsEnd.push(hear);
    else hear();
  }

  end(): void {
    this.reply.raw.end();
    this.closed();
  }

  private write(text: string): void {
    if (!this.open) return;
    if (this.reply.raw.writableLength > MOST_UNREAD_BYTES) { this.reply.raw.destroy(); this.closed(); return; }
    this.reply.raw.write(text);
  }

  private closed(): void {
    if (!this.open) return;
    this.open = false;
    for (const hear of this.hearsEnd.splice(0)) hear();
  }
}

/** Every stream of this process: how many there may be, and that each ends with the session it was opened in. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly streams = new Set<EventStream>();
  private beat: NodeJS.Timeout | null = null;

  constructor(private readonly sessions: SessionQuery) {}

  /** Opens a stream for the session behind `token`. Refuses `house.too-many-requests` when this process or this session has too many. */
  open(reply: FastifyReply, actor: Actor, token: string): Result<EventStream> {
    const ofSession = [...this.streams].filter((one) => one.token === token).length;
    if (this.streams.size >= MOST_STREAMS || ofSession >= MOST_OF_A_SESSION) return refuse('house.too-many-requests');
    const stream = new EventStream(reply, token, actor);
    this.streams.add(stream);
    stream.onEnd(() => { this.streams.delete(stream); });
    this.beat ??= setInterval(() => { void this.keep(); }, BEAT_MS).unref();
    return ok(stream);
  }

  /** Looks whose stream it is at this moment. Null: the session is over, and so is the stream. Throws when the database is away. */
  async renew(stream: EventStream, reads?: Reads): Promise<Actor | null> {
    const session = await this.sessions.find(stream.token, { touch: false, ...(reads === undefined ? {} : { reads }) });
    if (session === null) { stream.end(); return null; }
    stream.renewed(session.actor);
    return session.actor;
  }

  /** The same of many streams in one read. */
  async renewAll(streams: readonly EventStream[], reads: Reads): Promise<ReadonlyMap<EventStream, Actor | null>> {
    const actors = await this.sessions.findMany([...new Set(streams.map(({ token }) => token))], reads);
    return new Map(streams.map((stream) => {
      const actor = actors.get(stream.token) ?? null;
      if (actor === null) stream.end();
      else stream.renewed(actor);
      return [stream, actor];
    }));
  }

  beforeApplicationShutdown(): void {
    if (this.beat !== null) clearInterval(this.beat);
    for (const stream of [...this.streams]) stream.end();
  }

  private async keep(): Promise<void> {
    for (const stream of [...this.streams]) {
      // A database that is away ends nobody's stream.
      const actor = await this.renew(stream).catch(() => undefined);
      if (actor !== null) stream.beat();
    }
  }
}
