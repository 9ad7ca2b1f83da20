import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { type EventStream, EventStreams } from '../platform/access/event-streams';
import { PgListener } from '../platform/database/pg-listener';
import { HotLane } from '../platform/database/hot-lane';
import { ReportPointsQuery, textOfPoints } from './report-points.query';

/** Reports whose points are read at the same time, however many are told of at once: people's requests share the same connections. */
const READ_AT_ONCE = 4;

/**
 * Tells browsers the points of the report they have open as soon as these are committed, wherever they were computed: whoever stores points says so by
 * NOTIFY `jiheng_points` in the same transaction, and every process that has browsers listens. An empty notification means that anything may have
 * changed (a region was scored, the listening connection was away): all open reports are looked at, and those with news are told.
 */
@Injectable()
export class PointsStream implements BeforeApplicationShutdown {
  private readonly log = new Logger(PointsStream.name);
  /** By report; with each stream what it was told last. */
  private readonly watched = new Map<string, Map<EventStream, string>>();
  private readonly waiting = new Set<string>();
  private readonly reading = new Set<string>();
  private hearing: Promise<() => void> | null = null;

  constructor(private readonly listener: PgListener, private readonly points: ReportPointsQuery, private readonly streams: EventStreams, private readonly access: Access, private readonly lane: HotLane) {}

  /**
   * Opens a stream for one report: its points as they are now, and again after each change, until the browser leaves, the session ends or the right to
   * read the report is taken away. Refuses `monitoring-report.not-found` and, when there are too many streams, `house.too-many-requests`.
   */
  async watch(reply: FastifyReply, actor: Actor, token: string, reportId: string): Promise<Result<void>> {
    const found = await this.points.of(reportId);
    if (found === null || !this.access.mayRead(actor, found.unitPath)) return refuse('monitoring-report.not-found');
    this.hearing ??= this.listener.hear('jiheng_points', (id) => { this.note(id); });
    await this.hearing.catch((error: unknown) => { this.hearing = null; throw error; });
    const opened = this.streams.open(reply, actor, token);
    if (!opened.ok) return opened;
    const stream = opened.value;
    const streams = this.watched.get(reportId) ?? new Map<EventStream, string>();
    this.watched.set(reportId, streams.set(stream, ''));
    stream.onEnd(() => { this.forget(reportId, stream); });
    // Read once more now that it listens: points that came between the first look and here were told to nobody.
    this.note(reportId);
    return ok(undefined);
  }

  beforeApplicationShutdown(): void {
    this.watched.clear();
    this.waiting.clear();
  }

  private forget(reportId: string, stream: EventStream): void {
    const streams = this.watched.get(reportId);
    streams?.delete(stream);
    if (streams?.size === 0) this.watched.delete(reportId);
  }

  private note(reportId: string): void {
    if (reportId === '') for (const id of this.watched.keys()) this.waiting.add(id);
    else if (this.watched.has(reportId)) this.waiting.add(reportId);
    this.readOn();
  }

  private readOn(): void {
    for (const id of this.waiting) {
      if (this.reading.size >= READ_AT_ONCE) return;
      // One after another for one report, so that the older of two reads is never told last. What is told of while it is read is read again.
      if (this.reading.has(id)) continue;
      this.waiting.delete(id);
      this.reading.add(id);
      void this.tell(id).catch((error: unknown) => { this.log.warn({ err: error, reportId: id }, 'points could not be told; the browser asks by itself'); })
        .finally(() => { this.reading.delete(id); this.readOn(); });
    }
  }

  private async tell(reportId: string): Promise<void> {
    const streams = this.watched.get(reportId);
    if (streams === undefined) return;
    // Rights as they are now, not as they were when the page was opened.
    const [row, ...actors] = await this.lane.together((reads) =>
      Promise.all([this.points.read(reportId, reads), ...[...streams.keys()].map(async (stream) => ({ stream, actor: await this.streams.renew(stream, reads) }))]));
    const found = row === null ? null : await this.points.located(row);
    const text = found === null ? '' : textOfPoints(found.points);
    for (const { stream, actor } of actors) {
      if (actor === null) continue;
      if (found === null || !this.access.mayRead(actor, found.unitPath)) stream.end();
      else if (streams.has(stream) && streams.get(stream) !== text) {
        streams.set(stream, text);
        stream.send('points', text);
      }
    }
  }
}
