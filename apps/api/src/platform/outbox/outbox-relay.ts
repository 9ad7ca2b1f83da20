import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { asJob } from '../database/lanes';
import { PgListener } from '../database/pg-listener';
import type { Tx } from '../database/tx';
import { UnitOfWork } from '../database/unit-of-work';
import { Bell } from '../queue/bell';
import type { JobDefinition } from '../queue/define-job';
import { JobRegistry } from '../queue/job-registry';
import { UnreadableMessages } from './unreadable-messages';

interface WaitingMessage { readonly id: string; readonly kind: 'JOB' | 'NEWS'; readonly name: string; readonly payload: unknown; readonly job_run_id: string | null }

const BATCH = 100;
/** Before the first message. */
const NONE = '00000000-0000-0000-0000-000000000000';
/** One kind of message that waits: its oldest, and whether messages of this kind are done together. */
interface WaitingKind { readonly kind: 'JOB' | 'NEWS'; readonly name: string; readonly unseen: boolean; readonly oldest: string }

/** A notification may be lost with its connection; looking now and then finds what nobody told of. */
const LOOK_EVERY_MS = 2_000;
const FORGET_EVERY_MS = 3_600_000;
const KEPT_DAYS = 30;

/**
 * Takes what committed deeds wished for, and rings it. Several relays share the work: each takes messages that no other holds.
 * A relay that dies between ringing and marking leaves the message, which is rung again; the queue knows the id, and handlers change
 * nothing on a second run.
 */
@Injectable()
export class OutboxRelay implements BeforeApplicationShutdown {
  private readonly log = new Logger(OutboxRelay.name);
  private timer: NodeJS.Timeout | null = null;
  private forgetting: NodeJS.Timeout | null = null;
  private working: Promise<void> | null = null;
  private wanted = false;
  private stopped = false;
  /** By job that gathers: for which oldest message the bell was rung last. It goes on ringing until that one is done. */
  private readonly rang = new Map<string, { readonly id: string; readonly at: number }>();
  private unhear: (() => void) | null = null;

  constructor(private readonly unitOfWork: UnitOfWork, private readonly listener: PgListener, private readonly registry: JobRegistry, private readonly bell: Bell,
    private readonly unreadable: UnreadableMessages) {}

  async start(): Promise<void> {
    this.unhear = await this.listener.hear('jiheng_outbox', () => { this.wake(); });
    this.timer = setInterval(() => { this.wake(); }, LOOK_EVERY_MS);
    this.timer.unref();
    this.forgetting = setInterval(() => { this.forget().catch((error: unknown) => { this.log.warn({ err: error }, 'old messages could not be forgotten'); }); }, FORGET_EVERY_MS);
    this.forgetting.unref();
    this.wake();
  }

  /** Looks now, and once more if something came in meanwhile. */
  wake(): void {
    this.wanted = true;
    if (this.working !== null || this.stopped) return;
    this.working = asJob(() => this.drain()).catch((error: unknown) => { this.log.warn({ err: error }, 'the outbox could not be rung; it stays and is tried again'); }).finally(() => {
      this.working = null;
      if (this.wanted && !this.stopped) setImmediate(() => { this.wake(); });
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.unhear?.();
    if (this.timer !== null) clearInterval(this.timer);
    if (this.forgetting !== null) clearInterval(this.forgetting);
    await this.working;
  }

  /** Rings everything that waits and that this process can read. Answers how many messages were rung. */
  async ringAll(): Promise<number> {
    let rung = 0;
    await this.unreadable.makeRoom(this.unitOfWork.db);
    const waiting: WaitingKind[] = await this.unitOfWork.db.manager.query(`
      select kind, name, job_run_id is null as unseen, (array_agg(id order by id))[1] as oldest from outbox_message where rung_at is null and id <> all($1::uuid[])
      group by kind, name, job_run_id is null`, [this.unreadable.all()]);
    if ((await this.ringForMany(waiting)) === waiting.length) return 0;
    // From message to message, by how many were looked at and not by how many were rung: what cannot be read here holds up nothing behind it.
    for (let after = NONE; ;) {
      // A mark that a crash forgets is made again: the queue knows what was rung.
      const taken = await this.unitOfWork.always(async (tx) => (await Promise.all([tx.manager.query('set local synchronous_commit = off'), this.ringSome(tx, after)]))[1]);
      rung += taken.rung;
      if (taken.last === null || this.stopped) return rung;
      after = taken.last;
    }
  }

  /** Removes messages rung a month ago. Those of a job that has not ended well stay: trying it again needs them, unless what it was about is gone. */
  async forget(): Promise<void> {
    await this.unitOfWork.always((tx) => tx.manager.query(`delete from outbox_message message where rung_at < now() - make_interval(days => $1)
      and not exists (select 1 from job_run run where run.id = message.job_run_id and run.state in ('FAILED', 'WAITING', 'RUNNING') and run.gone_zh is null)`, [KEPT_DAYS]));
  }

  private async drain(): Promise<void> {
    while (this.wanted && !this.stopped) {
      this.wanted = false;
      try { await this.ringAll(); } catch (error) {
        // Left to the clock: waking at once would only run into the same wall.
        this.wanted = false;
        throw error;
      }
    }
  }

  /** Rings messages of a job that gathers as jobs of their own: it could not do them together. */
  async ringAlone(ids: readonly string[]): Promise<void> {
    await this.unitOfWork.always(async (tx) => {
      const messages: WaitingMessage[] = await tx.manager.query('select id, kind, name, payload, job_run_id from outbox_message where id = any($1) and rung_at is null for update skip locked', [ids]);
      await this.ringAndMark(tx, messages);
    });
  }

  /** One ring for all that wait for a job that gathers; a bell that rings already is left alone. Answers how many kinds of messages need no ring of their own. */
  private async ringForMany(waiting: readonly WaitingKind[]): Promise<number> {
    let gathered = 0;
    const oldest = new Map<JobDefinition<never>, string>();
    for (const { kind, name, unseen, oldest: id } of waiting) {
      const job = unseen ? this.registry.gathering(kind, name) : null;
      if (job === null) continue;
      gathered += 1;
      const known = oldest.get(job);
      if (known === undefined || id < known) oldest.set(job, id);
    }
    for (const [{ name, queue, attempts, backoffMs }, id] of oldest) {
      const last = this.rang.get(name);
      // Once more now and then: a queue that was emptied has forgotten it, and one that ended without taking it is not remembered.
      if (last?.id === id && performance.now() - last.at < LOOK_EVERY_MS) continue;
      await this.bell.ring(queue, name, { payload: {}, jobRunId: null, messageId: id, gathers: true }, { jobId: `gather-${name}-${id}`, attempts, backoffMs, forgotten: true });
      this.rang.set(name, { id, at: performance.now() });
    }
    return gathered;
  }

  /** Rings the next messages after this one. `last`: the last that was looked at, null where these were all. */
  private async ringSome(tx: Tx, after: string): Promise<{ readonly rung: number; readonly last: string | null }> {
    const messages: WaitingMessage[] = await tx.manager.query(
      `select id, kind, name, payload, job_run_id from outbox_message where rung_at is null and (job_run_id is not null or not (kind = 'JOB' and name = any($2) or kind = 'NEWS' and name = any($3)))
       and id > $4 and id <> all($5::uuid[]) order by id limit $1 for update skip locked`, [BATCH, ...this.gatheredNames(), after, this.unreadable.all()]);
    return { rung: await this.ringAndMark(tx, messages), last: messages.length < BATCH ? null : (messages.at(-1)?.id ?? null) };
  }

  /** Names of jobs that gather, and of the news that wait for them. */
  private gatheredNames(): [jobs: string[], news: string[]] {
    const jobs = this.registry.gatheringJobs().map(({ name }) => name);
    return [jobs, jobs.flatMap((job) => this.registry.newsGatheredBy(job))];
  }

  private async ringAndMark(tx: Tx, messages: readonly WaitingMessage[]): Promise<number> {
    // Together: a deed that wishes for the same once more waits until these are marked.
    const rung = await Promise.all(messages.map((message) => this.ring(message)));
    const done = messages.filter((_, at) => rung[at] === true).map(({ id }) => id);
    if (done.length > 0) await tx.manager.query('update outbox_message set rung_at = clock_timestamp() where id = any($1)', [done]);
    return done.length;
  }

  /** False when this process does not know the message (an update is rolling out): another relay may. From then on it is passed over here. */
  private async ring(message: WaitingMessage): Promise<boolean> {
    let rings;
    try { rings = this.registry.ringsFor(message.kind, message.name, message.payload); } catch (error) {
      this.unreadable.note(message, error);
      return false;
    }
    for (const { definition, payload } of rings) {
      await this.bell.ring(definition.queue, definition.name, { payload, jobRunId: message.job_run_id, messageId: message.id },
        { jobId: `${message.id}-${definition.name}`, attempts: definition.attempts, backoffMs: definition.backoffMs });
    }
    return true;
  }
}
