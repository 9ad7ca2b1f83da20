import type { Statement } from '../../platform/database/hot-lane';
import { SQL_STATE, sqlStateOf } from '../../platform/database/sql-state';
import { SCORE_COLUMNS } from '../bulk/compute-slice';
import { isScored, SEEN, seenOf } from '../bulk/documents-scorer';
import { type ProfileScorers, readProfileScorers } from '../bulk/profile-scorers';
import { BulkIds, CopyWriter } from '../bulk/score-copy';
import type { SliceHead } from '../bulk/slice-heads.query';
import type { ScoredKind } from '../scoring.public';
import { FewFacts, type FewRow, headOf, readFew } from './few-documents.query';

/** A connection in a transaction; statements written to it without waiting are answered in order. */
export interface FewConnection {
  query<R extends object>(text: string, values?: unknown[]): Promise<{ readonly rows: R[] }>;
}

/** What is to be written of documents, and which they are. */
export interface FewScored {
  /** The documents that have their points once the statements are written. */
  readonly there: readonly string[];
  /** Documents somebody else is scoring at this moment: whoever holds their turn may have read an older state, so they are to come again. */
  readonly held: readonly string[];
  readonly statements: readonly Statement[];
}

// A turn that somebody else has is not waited for: a slice of a region holds a thousand of them for as long as it takes.
const TURNS = 'select document_id from score_request where document_kind = $1 and document_id = any($2) order by document_id for update skip locked';
const FIRST_TURNS = `insert into score_request (document_kind, document_id, state, requested_at) select $1, id, 'RUNNING', clock_timestamp() from unnest($2::uuid[]) id order by id on conflict do nothing`;
/** So long a first turn is waited for. */
const FIRST_TURN_MS = 20;
const READ: Readonly<Record<ScoredKind, string>> = { MONITORING_REPORT: readFew('MONITORING_REPORT'), SELF_EVALUATION: readFew('SELF_EVALUATION') };

const TYPES: Readonly<Record<string, string>> = {
  id: 'uuid', document_id: 'uuid', profile_id: 'uuid', inputs: 'jsonb', indicator_points: 'numeric', applicable_weight: 'numeric', execution_rate: 'numeric', execution_points: 'numeric', execution_weight: 'numeric',
  total: 'numeric', rescaled: 'boolean', computed_at: 'timestamptz', fiscal_year: 'integer', facts_table: 'uuid', facts_reports: 'uuid[]', facts_revisions: 'integer[]', line_points: 'integer[]', line_lost: 'integer[]',
  line_rates: 'numeric[]', line_deviations: 'numeric[]', line_flags: 'integer[]', line_blocked: 'jsonb',
};
const COLUMNS = SCORE_COLUMNS.split(',').map((one) => one.trim());
const VALUE = Object.fromEntries(COLUMNS.map((column, at) => [column, `$${at + 1}::${TYPES[column] ?? 'text'}`]));
/**
 * Writes one score and points at it. A value that was changed and changed back: the score of then is the score of now, and is pointed at again. That the pointer
 * points at a score which is there is checked as the statement ends.
 */
const WRITE = `
  with known as (
    select id from score where document_kind = ${VALUE['document_kind']} and document_id = ${VALUE['document_id']} and profile_id = ${VALUE['profile_id']}
      and inputs_digest = ${VALUE['inputs_digest']} and fiscal_year = ${VALUE['fiscal_year']}),
  made as (insert into score (${SCORE_COLUMNS}) select ${COLUMNS.map((column) => VALUE[column]).join(', ')} where not exists (select 1 from known))
  update score_request set state = 'DONE', score_id = coalesce((select id from known), ${VALUE['id']}), fiscal_year = ${VALUE['fiscal_year']}, document_revision = $${COLUMNS.length + 1}, facts_mark = $${COLUMNS.length + 2},
    finished_at = clock_timestamp(), failure_code = null, failure_params = null, failure_zh = null, failure_en = null
  where document_kind = ${VALUE['document_kind']} and document_id = ${VALUE['document_id']}`;

const GIVEN = [...COLUMNS, 'document_revision', 'facts_mark'];
const placesOf = (row: number): string => GIVEN.map((column, at) => `$${row * GIVEN.length + at + 1}::${column === 'document_revision' ? 'integer' : (TYPES[column] ?? 'text')}`).join(', ');
/**
 * The same for up to `most` scores at once; places that are not needed stay null. Most of what one score costs PostgreSQL is the statement itself: its parts are set up, what the tables
 * promise is read anew, three triggers are called. That is paid once for all of a round.
 */
const writeMany = (most: number): string => `
  with given as materialized (
    select x.*, (select k.id from score k where k.document_kind = x.document_kind and k.document_id = x.document_id and k.profile_id = x.profile_id and k.inputs_digest = x.inputs_digest
      and k.fiscal_year = x.fiscal_year) as known
    from (values ${Array.from({ length: most }, (_, row) => `(${placesOf(row)})`).join(', ')}) x(${GIVEN.join(', ')}) where x.id is not null),
  made as (insert into score (${SCORE_COLUMNS}) select ${COLUMNS.join(', ')} from given where known is null)
  update score_request q set state = 'DONE', score_id = coalesce(g.known, g.id), fiscal_year = g.fiscal_year, document_revision = g.document_revision, facts_mark = g.facts_mark,
    finished_at = clock_timestamp(), failure_code = null, failure_params = null, failure_zh = null, failure_en = null
  from given g where q.document_kind = g.document_kind and q.document_id = g.document_id`;
/** Few texts, so that each connection plans few statements. */
const WRITE_MANY = [4, 16].map((most) => ({ most, text: writeMany(most) }));
const MOST_AT_ONCE = Math.max(...WRITE_MANY.map(({ most }) => most));

/** What writes these scores; each is the values of a row of {@link GIVEN}. */
function writing(scores: readonly (readonly unknown[])[]): Statement[] {
  const statements: Statement[] = [];
  for (let from = 0; from < scores.length; from += MOST_AT_ONCE) {
    const some = scores.slice(from, from + MOST_AT_ONCE);
    const { most, text } = WRITE_MANY.find((one) => one.most >= some.length) ?? { most: 0, text: '' };
    if (some.length === 1) statements.push({ text: WRITE, values: some[0] ?? [] });
    else statements.push({ text, values: [...some.flat(), ...new Array<null>((most - some.length) * GIVEN.length).fill(null)] });
  }
  return statements;
}

/**
 * Scores a few documents on one connection in as few ways to the database as there can be: turns and facts in one, and what is to be written is answered as
 * statements, so that it goes in one with whatever else the deed writes. The points, digests and columns are those of a region's slice, by the same code.
 * Every statement is planned once; the connection's settings say that plans go by keys.
 */
export class FewDocumentsScorer {
  private scorers: ProfileScorers | null = null;
  private readonly facts = new FewFacts();
  private readonly out = new CopyWriter();
  private readonly newIds = new BulkIds();

  /** @param today asked at each call: whoever keeps a scorer for long sees the day change */
  constructor(private readonly connection: FewConnection, private readonly today: () => string) {}

  /** Reads the profiles; asked for by itself, so that the first documents need not wait for them. */
  async prepare(): Promise<ProfileScorers> {
    return this.scorers = await readProfileScorers(this.connection);
  }

  /**
   * Inside a transaction of the caller's: takes the turns that are free, reads and computes. A document that is gone, or whose year is in the archive, is neither there nor held.
   * @param archived years whose values are away: without them a document would be scored as if nothing had been reported
   */
  async score(kind: ScoredKind, ids: readonly string[], archived: Promise<ReadonlySet<number>>): Promise<FewScored> {
    const [{ turns, rows }, away] = await bothOf(this.take(kind, ids), archived);
    let scorers = this.scorers ?? await this.prepare();
    const read = rows.filter((row) => !away.has(row.fiscal_year));
    const held = read.flatMap(({ id }) => (turns.has(id) ? [] : [id]));
    const { defaultId } = scorers;
    const documents = read.flatMap((row) => (turns.has(row.id) ? [{ row, head: headOf(row, defaultId, this.today()) }] : []));
    if (!scorers.knows(documents.map(({ head }) => head.profileId))) scorers = await this.prepare();
    const scorer = scorers.of[kind];
    const made: (readonly unknown[])[] = [];
    const asBefore: SliceHead[] = [];
    for (const { row, head } of documents) {
      if (isScored(head)) continue;
      const facts = this.facts.of(row);
      const digest = scorer.digest(head, facts);
      if (head.current?.digest === digest && head.current.profileId === head.profileId) { asBefore.push(head); continue; }
      scorer.write(head, facts, this.newIds.next(), digest, Date.now(), this.out);
      const [fields] = this.out.takeFields();
      made.push([...(fields ?? []), head.revision, head.mark]);
    }
    const statements = writing(made);
    if (asBefore.length > 0) statements.push({ text: SEEN, values: seenOf(kind, asBefore) });
    return { there: documents.map(({ row }) => row.id), held, statements };
  }

  /** Turns first: what is read after them is what whoever had the turn before has left. */
  private async take(kind: ScoredKind, ids: readonly string[]): Promise<{ readonly turns: ReadonlySet<string>; readonly rows: readonly FewRow[] }> {
    const { connection } = this;
    const taking = (): Promise<{ readonly rows: { document_id: string }[] }> => connection.query<{ document_id: string }>(TURNS, [kind, [...ids]]);
    const reading = (): Promise<{ readonly rows: FewRow[] }> => connection.query<FewRow>(READ[kind], [[...ids]]);
    const [taken, read] = await bothOf(taking(), reading());
    const first = read.rows.filter((row) => row.request_state === null).map(({ id }) => id);
    if (first.length === 0) return { turns: new Set(taken.rows.map((row) => row.document_id)), rows: read.rows };
    // Only documents that never were scored: all others have their row.
    if (!(await this.takeFirst(kind, first))) return { turns: new Set(taken.rows.map((row) => row.document_id)), rows: read.rows };
    const [again, anew] = await bothOf(taking(), reading());
    return { turns: new Set(again.rows.map((row) => row.document_id)), rows: anew.rows };
  }

  /** False when somebody else is at the first turn of one of them, which cannot be seen beforehand: a slice that is not committed yet. */
  private async takeFirst(kind: ScoredKind, first: readonly string[]): Promise<boolean> {
    const { connection } = this;
    const answers = await Promise.allSettled([
      connection.query('savepoint first_turns'), connection.query(`set local lock_timeout = '${FIRST_TURN_MS}ms'`), connection.query(FIRST_TURNS, [kind, first]), connection.query('set local lock_timeout = 0'),
    ]);
    for (const one of answers.slice(0, 2)) if (one.status === 'rejected') throw one.reason;
    const failed = answers.find((one) => one.status === 'rejected');
    if (failed === undefined) return true;
    if (sqlStateOf(failed.reason) !== SQL_STATE.lockNotAvailable) throw failed.reason;
    await connection.query('rollback to savepoint first_turns');
    return false;
  }
}

/** Two statements that were written together; when one fails the other's answer is awaited before it is said. */
async function bothOf<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([one, other]);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
  return [first.value, second.value];
}
