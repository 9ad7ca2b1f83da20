import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { Clock } from '../platform/clock/clock';
import { AppConfig } from '../platform/config/app-config';
import { ArchivedYears } from '../platform/database/archived-years';
import { newId } from '../platform/database/new-id';
import { OutboxRelay } from '../platform/outbox/outbox-relay';
import { type TakenMessage, WaitingMessages, WISHES_DONE } from '../platform/outbox/waiting-messages';
import type { JobDefinition } from '../platform/queue/define-job';
import { isDatabaseAway } from '../platform/database/sql-state';
import { DocumentsScorer } from './bulk/documents-scorer';
import { SliceHands } from './bulk/slice-hands';
import { scoreSelfEvaluation } from './score-self-evaluation.job';
import type { ScoredKind } from './scoring.public';

const FISCAL_YEARS: Readonly<Record<ScoredKind, string>> = {
  MONITORING_REPORT: 'select id, fiscal_year as year from monitoring_report where id = any($1)',
  SELF_EVALUATION: 'select e.id, t.fiscal_year as year from self_evaluation e join performance_target_table t on t.id = e.table_id where e.id = any($1)',
};

/** A connection with what scores on it. */
interface Hand { readonly client: pg.Client; readonly scorer: DocumentsScorer }

/**
 * Scores all documents that wait, so many in one transaction, by the same steps as a region: read, computed and written set-wise. A busy hour
 * makes the rounds larger and each document cheaper. One hand a process: rounds follow one another.
 */
@Injectable()
export class ScoreTogether implements OnApplicationShutdown {
  private readonly log = new Logger(ScoreTogether.name);
  private hand: Hand | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly config: AppConfig, private readonly waiting: WaitingMessages, private readonly relay: OutboxRelay, private readonly archive: ArchivedYears, private readonly clock: Clock,
  ) {}

  /** One round of documents of a kind. What cannot be scored with the others (it is gone, it cannot be read, or something is wrong) is rung as a job of its own. @returns how many wishes were taken */
  scoreWaiting<P>(kind: ScoredKind, job: JobDefinition<P>, idOf: (payload: P) => string, most: number): Promise<number> {
    const round = this.turn.then(() => this.round(kind, job, idOf, most));
    this.turn = round.catch(() => undefined);
    return round;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.turn;
    await this.hand?.client.end().catch(() => undefined);
  }

  private async round<P>(kind: ScoredKind, job: JobDefinition<P>, idOf: (payload: P) => string, most: number): Promise<number> {
    const { client, scorer } = await this.ready();
    let taken: readonly TakenMessage<P>[] = [];
    try {
      await client.query('begin');
      taken = await this.waiting.take(client, job, most);
      const there = taken.length === 0 ? [] : await this.score(client, scorer, kind, [...new Set(taken.flatMap(({ payload }) => (payload === null ? [] : idOf(payload))))]);
      const done = taken.filter(({ payload }) => payload !== null && there.includes(idOf(payload)));
      if (done.length > 0) await this.tell(client, kind, there, done.map(({ id }) => id));
      await client.query('commit');
      const left = taken.filter((one) => !done.includes(one));
      if (left.length > 0) await this.relay.ringAlone(left.map(({ id }) => id));
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      // A connection of which something is unclear is not used again.
      this.drop();
      if (taken.length === 0 || isDatabaseAway(error)) throw error;
      this.log.warn({ err: error, job: job.name, documents: taken.length }, 'documents could not be scored together; each gets a job of its own');
      await this.relay.ringAlone(taken.map(({ id }) => id));
    }
    return taken.length;
  }

  /** @returns the documents that have their points now */
  private async score(client: pg.Client, scorer: DocumentsScorer, kind: ScoredKind, wanted: readonly string[]): Promise<readonly string[]> {
    const ids = await this.withoutArchived(client, kind, wanted);
    return ids.length === 0 ? [] : (await scorer.score(kind, ids, true)).heads.map((head) => head.documentId);
  }

  /** The wishes are fulfilled, browsers that have one of the documents open are told, and a quarter's year follows it: one way to the database. */
  private async tell(client: pg.Client, kind: ScoredKind, there: readonly string[], wishes: readonly string[]): Promise<void> {
    const told = `told as (select pg_notify('jiheng_points', id::text) from unnest($2::uuid[]) id)`;
    if (kind === 'SELF_EVALUATION') { await client.query(`with rung as (${WISHES_DONE}), ${told} select count(*) from told`, [wishes, there]); return; }
    await client.query(`
      with rung as (${WISHES_DONE}), ${told},
        years as (select e.id, row_number() over (order by e.id) as nth from self_evaluation e where e.lineage_id in (select r.lineage_id from monitoring_report r where r.id = any($2))),
        asked as (insert into outbox_message (id, kind, name, payload) select ($3::uuid[])[nth], 'JOB', $4, jsonb_build_object('selfEvaluationId', id) from years)
      select count(*) from told`, [wishes, there, there.map(() => newId()), scoreSelfEvaluation.name]);
  }

  /** Without its values a document of an archived year would be scored as if nothing had been reported. */
  private async withoutArchived(client: pg.Client, kind: ScoredKind, ids: readonly string[]): Promise<readonly string[]> {
    const away = await this.archive.all();
    if (away.size === 0) return ids;
    const { rows } = await client.query<{ id: string; year: number }>(FISCAL_YEARS[kind], [ids]);
    return rows.filter(({ year }) => !away.has(year)).map(({ id }) => id);
  }

  private async ready(): Promise<Hand> {
    if (this.hand !== null) return this.hand;
    // A crash that forgets a commit forgets its marks as well, and the documents are scored again: nobody waits for the disk.
    const client = new pg.Client({ connectionString: this.config.DATABASE_URL, application_name: 'jiheng-scoring', keepAlive: true, options: '-c TimeZone=UTC -c synchronous_commit=off' });
    // A connection that breaks while nothing waits for it must not end the process; the next statement says so.
    client.on('error', () => { this.drop(client); });
    await client.connect();
    this.hand = { client, scorer: new DocumentsScorer(client, () => this.clock.today(), new SliceHands()) };
    return this.hand;
  }

  private drop(client = this.hand?.client): void {
    if (client === undefined || this.hand?.client !== client) return;
    this.hand = null;
    void client.end().catch(() => undefined);
  }
}
