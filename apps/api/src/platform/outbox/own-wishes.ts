import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { PgListener } from '../database/pg-listener';
import type { JobDefinition } from '../queue/define-job';
import type { JobHandler, OwnWish } from '../queue/job-handler';
import { JobRegistry } from '../queue/job-registry';
import { WaitingMessages } from './waiting-messages';

/** A round that takes longer is not waited for: the queue is told, and whoever comes first does it. */
const LATE_MS = 300;
/** After a round that was late or failed wishes go to the queue for so long. */
const REFRAIN_MS = 3_000;
/** Wishes that may wait here for their turn; a long row is better done by many hands. */
const MOST_WAITING = 200;

interface Doable {
  readonly definition: JobDefinition<never>;
  readonly handler: JobHandler<unknown>;
}

/**
 * Does wishes where they were committed, without relay, queue and worker between: a person waits for the points of a value, and the way through the queue is longer than
 * the work. The outbox stays the truth: the wish stands in it since the deed's own commit and is marked in the transaction of the round that fulfils it, so a process that dies between leaves it to
 * the relay's next look, and a worker that is quicker has it alone (`skip locked`). One round at a time, with a rest after it: what comes in meanwhile is done together,
 * and people's requests get at the processor. After a round that was late or failed the relay is told as ever, for some seconds.
 */
@Injectable()
export class OwnWishes implements BeforeApplicationShutdown {
  private readonly log = new Logger(OwnWishes.name);
  private waiting: { readonly job: Doable; readonly wish: OwnWish<unknown> }[] = [];
  private working: Promise<void> | null = null;
  private stopped = false;
  private refrainUntil = Number.NEGATIVE_INFINITY;

  constructor(private readonly registry: JobRegistry, private readonly messages: WaitingMessages, private readonly listener: PgListener) {}

  /** A message has just been committed whose commit told nobody. It is done here if that is possible and the process is at leisure; otherwise the relay is told. */
  committed({ id, kind, name, payload }: { readonly id: string; readonly kind: 'JOB' | 'NEWS'; readonly name: string; readonly payload: string }): void {
    const job = this.doable(kind, name);
    const asked = job === null ? null : this.messages.asked<unknown>(job.definition as unknown as JobDefinition<unknown>, { kind, name, payload: JSON.parse(payload) as unknown });
    if (job === null || asked === null || !this.isAtLeisure()) { this.tell(); return; }
    this.waiting.push({ job, wish: { id, payload: asked } });
    this.working ??= this.work().finally(() => { this.working = null; });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.working;
  }

  private doable(kind: 'JOB' | 'NEWS', name: string): Doable | null {
    const gathering = this.registry.gathering(kind, name);
    const job = gathering === null ? null : this.registry.job(gathering.name);
    return job?.handler.handleOwn === undefined ? null : job;
  }

  private isAtLeisure(): boolean {
    return !this.stopped && performance.now() >= this.refrainUntil && this.waiting.length < MOST_WAITING;
  }

  /** Round after round until nothing waits here. */
  private async work(): Promise<void> {
    for (let round = this.next(); round !== null; round = this.next()) {
      const begun = performance.now();
      await this.do(round.job, round.wishes);
      const rest = (round.job.definition.gathers?.rest ?? 0) * (performance.now() - begun);
      if (!this.stopped) await pause(rest, undefined, { ref: false });
    }
  }

  /** The wishes of the job whose wish is the oldest here, so many as are done together. */
  private next(): { readonly job: Doable; readonly wishes: readonly OwnWish<unknown>[] } | null {
    const [first] = this.waiting;
    if (first === undefined) return null;
    if (this.stopped || performance.now() < this.refrainUntil) {
      this.waiting = [];
      this.tell();
      return null;
    }
    const taken = this.waiting.filter(({ job }) => job === first.job).slice(0, first.job.definition.gathers?.most ?? 1);
    this.waiting = this.waiting.filter((one) => !taken.includes(one));
    return { job: first.job, wishes: taken.map(({ wish }) => wish) };
  }

  private async do({ definition, handler }: Doable, wishes: readonly OwnWish<unknown>[]): Promise<void> {
    const late = setTimeout(() => { this.refrain(); }, LATE_MS);
    try {
      const left = await handler.handleOwn?.(wishes);
      if (left !== undefined && left.length > 0) this.tell();
    } catch (error) {
      this.log.warn({ err: error, job: definition.name, wishes: wishes.length }, 'what was wished for could not be done where it was wished for; the queue does it');
      this.refrain();
    } finally { clearTimeout(late); }
  }

  private refrain(): void {
    this.refrainUntil = performance.now() + REFRAIN_MS;
    this.tell();
  }

  private tell(): void {
    this.listener.tell('jiheng_outbox');
  }
}
