import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { type EventStream, EventStreams } from '../platform/access/event-streams';
import { PgListener } from '../platform/database/pg-listener';
import { HotLane } from '../platform/database/hot-lane';
import { ReportPointsQuery, standingOf, textOfPoints } from './report-points.query';

/** Reads at the same time, however many reports are told of at once: people's requests share the same connections. */
const READS_AT_ONCE = 2;
/** Reports of one read: a wave of them costs a statement and not one each. */
const MOST_OF_A_READ = 20;

/**
 * Tells browsers the points of the report they have open as soon as these are committed, wherever they were computed: whoever stores points says so by
 * NOTIFY `jiheng_points` in the same transaction, and every process that has browsers listens. An empty notification means that anything may have
 * changed (a region was scored, the listening connection was away): what stands of all open reports is looked at in one small read, and those with news are told.
 */
@Injectable()
export class PointsStream implements BeforeApplicationShutdown {
  private readonly log = new Logger(PointsStream.name);
  /** By report; with each stream what it was told last. */
  private readonly watched = new Map<string, Map<EventStream, string>>();
  private readonly waiting = new Set<string>();
  private readonly reading = new Set<string>();
  private reads = 0;
  /** By report: what was told last was computed as. */
  private readonly standing = new Map<string, string>();
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
    this.standing.clear();
    this.waiting.clear();
  }

  private forget(reportId: string, stream: EventStream): void {
    const streams = this.watched.get(reportId);
    streams?.delete(stream);
    if (streams?.size !== 0) return;
    this.watched.delete(reportId);
    this.standing.delete(reportId);
  }

  private note(reportId: string): void {
    if (reportId === '') { void this.lookAtAll().catch((error: unknown) => { this.log.warn({ err: error }, 'points could not be looked at; browsers ask by themselves'); }); return; }
    if (this.watched.has(reportId)) this.waiting.add(reportId);
    this.readOn();
  }

  private async lookAtAll(): Promise<void> {
    const ids = [...this.watched.keys()];
    if (ids.length === 0) return;
    const standing = await this.points.standing(ids);
    for (const id of ids) if ((standing.get(id) ?? '') !== this.standing.get(id)) this.waiting.add(id);
    this.readOn();
  }

  private readOn(): void {
    while (this.reads < READS_AT_ONCE) {
      // One after another for one report, so that the older of two reads is never told last. What is told of while it is read is read again.
      const ids = [...this.waiting].filter((id) => !this.reading.has(id)).slice(0, MOST_OF_A_READ);
      if (ids.length === 0) return;
      for (const id of ids) { this.waiting.delete(id); this.reading.add(id); }
      this.reads += 1;
      void this.tell(ids).catch((error: unknown) => { this.log.warn({ err: error, reports: ids.length }, 'points could not be told; the browsers ask by themselves'); }).finally(() => {
        this.reads -= 1;
        for (const id of ids) this.reading.delete(id);
        this.readOn();
      });
    }
  }

  private async tell(reportIds: readonly string[]): Promise<void> {
    const streams = reportIds.flatMap((id) => [...(this.watched.get(id)?.keys() ?? [])]);
    if (streams.length === 0) return;
    // Rights as they are now, not as they were when the page was opened.
    const [rows, actors] = await this.lane.together((reads) => Promise.all([this.points.read(reportIds, reads), this.streams.renewAll(streams, reads)]));
    const found = new Map(rows.map((row) => [row.id, row]));
    for (const id of reportIds) {
      const row = found.get(id);
      const located = row === undefined ? null : await this.points.located(row);
      const text = located === null ? '' : textOfPoints(located.points);
      const watched = this.watched.get(id);
      if (row !== undefined && watched !== undefined) this.standing.set(id, standingOf(row));
      for (const stream of [...(watched?.keys() ?? [])]) {
        const actor = actors.get(stream);
        // One that came meanwhile is told by itself.
        if (actor === undefined || actor === null) continue;
        if (located === null || !this.access.mayRead(actor, located.unitPath)) stream.end();
        else if (watched?.get(stream) !== text) {
          watched?.set(stream, text);
          stream.send('points', text);
        }
      }
    }
  }
}
