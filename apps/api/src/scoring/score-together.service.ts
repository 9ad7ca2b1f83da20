import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { ClientConfig } from 'pg';
import { Clock } from '../platform/clock/clock';
import { AppConfig } from '../platform/config/app-config';
import { ArchivedYears } from '../platform/database/archived-years';
import { BY_KEYS, type Statement } from '../platform/database/hot-lane';
import { newId } from '../platform/database/new-id';
import { PgListener } from '../platform/database/pg-listener';
import { PreparingClient } from '../platform/database/preparing-client';
import { isDatabaseAway } from '../platform/database/sql-state';
import { OutboxRelay } from '../platform/outbox/outbox-relay';
import { type TakenMessage, WaitingMessages, WISHES_DONE } from '../platform/outbox/waiting-messages';
import type { JobDefinition } from '../platform/queue/define-job';
import { FewDocumentsScorer, type FewScored } from './few/few-documents-scorer';
import { scoreSelfEvaluation } from './score-self-evaluation.job';
import type { ScoredKind } from './scoring.public';

/** When a document that somebody else was scoring is come back to. */
const HELD_MS = 150;

/**
 * So often, at most, the relay is told of years that follow their quarters. While people save without a pause each round of quarters wishes for years; told of each, relay, queue and worker took as long
 * to hear of them as the years took to be scored.
 */
const YEARS_TOLD_EVERY_MS = 1_000;

/** A connection with what scores on it; its rounds follow one another. */
interface Hand { readonly client: PreparingClient; readonly scorer: FewDocumentsScorer }

/** A wish of this process's own with the document it is about. */
export interface OwnDocument { readonly id: string; readonly documentId: string }

/**
 * Scores documents that wait together, so many in one transaction that also marks their wishes: turns and facts are read in one way to the database, and points, marks and what
 * follows are written in another. A busy hour makes the rounds larger and each document cheaper. A document whose turn somebody else has (a slice of a region, another process) is left
 * where it is and come back to: nobody waits for a thousand others.
 */
@Injectable()
export class ScoreTogether implements OnApplicationShutdown {
  private readonly log = new Logger(ScoreTogether.name);
  private readonly gathered = new Lane();
  private readonly own = new Lane();
  /** By kind: wishes whose documents somebody else was scoring, with the moment from which they are looked at again. */
  private readonly held: Readonly<Record<ScoredKind, Map<string, number>>> = { MONITORING_REPORT: new Map(), SELF_EVALUATION: new Map() };

  /** Runs for a while after years were told of; what is wished for meanwhile is told of at its end. */
  private telling: NodeJS.Timeout | null = null;
  private untold = false;

  constructor(
    private readonly config: AppConfig, private readonly waiting: WaitingMessages, private readonly relay: OutboxRelay, private readonly archive: ArchivedYears, private readonly clock: Clock,
    private readonly listener: PgListener,
  ) {}

  /** One round of documents of a kind. What cannot be scored with the others (it is gone, it cannot be read, or something is wrong) is rung as a job of its own. @returns how many wishes were taken or are to be come back to */
  async scoreWaiting<P>(kind: ScoredKind, job: JobDefinition<P>, idOf: (payload: P) => string, most: number): Promise<number> {
    const taken = await this.gathered.inTurn(() => this.round(kind, job, idOf, most));
    const held = this.held[kind];
    if (taken > 0 || held.size === 0) return taken;
    await pause(Math.max(0, Math.min(...held.values()) - performance.now()));
    return held.size;
  }

  /**
   * Scores documents whose wishes this process has just committed, in two ways to the database. @returns the wishes that are left to the queue, which still wait; those that somebody else has taken are not
   * among them. Throws when nothing was done.
   */
  scoreOwn(kind: ScoredKind, wishes: readonly OwnDocument[]): Promise<readonly string[]> {
    return this.own.inTurn(async () => {
      const { client, scorer } = await this.ready(this.own);
      try {
        const ids = [...new Set(wishes.map(({ documentId }) => documentId))];
        const begun = client.query('begin');
        const [, taken, scored] = await all(begun, this.waiting.takeThese(client, wishes.map(({ id }) => id)), scorer.score(kind, ids, this.archive.all()));
        const done = wishes.filter(({ id, documentId }) => taken.includes(id) && scored.there.includes(documentId)).map(({ id }) => id);
        await this.end(client, kind, scored, done);
        return taken.filter((id) => !done.includes(id));
      } catch (error) {
        await this.own.dropAfter(client);
        throw error;
      }
    });
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.telling !== null) clearTimeout(this.telling);
    await Promise.all([this.gathered.end(), this.own.end()]);
  }

  private async round<P>(kind: ScoredKind, job: JobDefinition<P>, idOf: (payload: P) => string, most: number): Promise<number> {
    const { client, scorer } = await this.ready(this.gathered);
    const [held, now] = [this.held[kind], performance.now()];
    for (const [id, until] of held) if (until <= now) held.delete(id);
    let taken: readonly TakenMessage<P>[] = [];
    try {
      [, taken] = await all(client.query('begin'), this.waiting.take(client, job, most, [...held.keys()]));
      const wanted = [...new Set(taken.flatMap(({ payload }) => (payload === null ? [] : idOf(payload))))];
      const scored: FewScored = wanted.length === 0 ? { there: [], held: [], statements: [] } : await scorer.score(kind, wanted, this.archive.all());
      const of = (documents: readonly string[]): readonly string[] => taken.flatMap(({ id, payload }) => (payload !== null && documents.includes(idOf(payload)) ? [id] : []));
      const [done, heldNow] = [of(scored.there), of(scored.held)];
      await this.end(client, kind, scored, done);
      for (const id of heldNow) held.set(id, performance.now() + HELD_MS);
      const left = taken.filter(({ id }) => !done.includes(id) && !heldNow.includes(id));
      if (left.length > 0) await this.relay.ringAlone(left.map(({ id }) => id));
    } catch (error) {
      await this.gathered.dropAfter(client);
      if (taken.length === 0 || isDatabaseAway(error)) throw error;
      this.log.warn({ err: error, job: job.name, documents: taken.length }, 'documents could not be scored together; each gets a job of its own');
      await this.relay.ringAlone(taken.map(({ id }) => id));
    }
    return taken.length;
  }

  /**
   * Writes the points; the wishes are fulfilled, browsers that have one of the documents open are told, and a quarter's year follows it: one way to the database, commit and all.
   */
  private async end(client: PreparingClient, kind: ScoredKind, { there, statements }: FewScored, wishes: readonly string[]): Promise<void> {
    const told = `told as (select pg_notify('jiheng_points', id::text) from unnest($2::uuid[]) id)`;
    const last: Statement = kind === 'SELF_EVALUATION' ? { text: `with rung as (${WISHES_DONE}), ${told} select count(*) from told`, values: [wishes, there] } : {
      text: `
      with rung as (${WISHES_DONE}), ${told},
        years as (select e.id, row_number() over (order by e.id) as nth from self_evaluation e where e.lineage_id in (select r.lineage_id from monitoring_report r where r.id = any($2))),
        asked as (insert into outbox_message (id, kind, name, payload) select ($3::uuid[])[nth], 'JOB', $4, jsonb_build_object('selfEvaluationId', id) from years)
      select count(*) from told`,
      values: [wishes, there, there.map(() => newId()), scoreSelfEvaluation.name],
    };
    await all(...[...statements, ...(there.length === 0 ? [] : [last])].map(({ text, values }) => client.query(text, [...values])), client.query('commit'));
    if (kind === 'MONITORING_REPORT' && there.length > 0) this.tellOfYears();
  }

  /** The first at once. A process that ends before it has told leaves the wishes in the outbox, where every relay looks by itself. */
  private tellOfYears(): void {
    if (this.telling !== null) { this.untold = true; return; }
    this.untold = false;
    this.listener.tell('jiheng_outbox');
    this.telling = setTimeout(() => {
      this.telling = null;
      if (this.untold) this.tellOfYears();
    }, YEARS_TOLD_EVERY_MS).unref();
  }

  private ready(lane: Lane): Promise<Hand> {
    // A crash that forgets a commit forgets its marks as well, and the documents are scored again: nobody waits for the disk.
    const config: ClientConfig & { pipeline: boolean } = {
      connectionString: this.config.DATABASE_URL, application_name: 'jiheng-scoring', keepAlive: true, pipeline: true,
      options: `-c TimeZone=UTC -c synchronous_commit=off -c jiheng.tells_later=yes -c plan_cache_mode=force_generic_plan ${BY_KEYS}`,
    };
    return lane.ready(config, () => this.clock.today());
  }
}

/** One hand and those who want it, one after the other. */
class Lane {
  private hand: Hand | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  async ready(config: ClientConfig, today: () => string): Promise<Hand> {
    if (this.hand !== null) return this.hand;
    const client = new PreparingClient(config);
    // A connection that breaks while nothing waits for it must not end the process; the next statement says so.
    client.on('error', () => { this.drop(client); });
    await client.connect();
    const scorer = new FewDocumentsScorer(client, today);
    await scorer.prepare();
    this.hand = { client, scorer };
    return this.hand;
  }

  /** A connection of which something is unclear is not used again. */
  async dropAfter(client: PreparingClient): Promise<void> {
    await client.query('rollback').catch(() => undefined);
    this.drop(client);
  }

  async end(): Promise<void> {
    await this.turn;
    await this.hand?.client.end().catch(() => undefined);
  }

  private drop(client: PreparingClient): void {
    if (this.hand?.client !== client) return;
    this.hand = null;
    void client.end().catch(() => undefined);
  }
}

/** Statements that were written together: every answer is awaited, then the first failure is thrown. */
async function all<T extends readonly unknown[]>(...asked: { readonly [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const answers = await Promise.allSettled(asked);
  for (const one of answers) if (one.status === 'rejected') throw one.reason;
  return answers.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as T;
}
