import type { Client } from 'pg';
import type { ScoredKind } from '../scoring.public';
import { SCORE_COLUMNS } from './compute-slice';
import { FactsReader } from './facts-reader';
import { type ProfileScorers, readProfileScorers } from './profile-scorers';
import type { SliceHands } from './slice-hands';
import { type SliceHead, movedSince, readHeads } from './slice-heads.query';
import { SliceIds } from './slice-ids';

const POINTER_COLUMNS = 'document_kind, document_id, state, score_id, fiscal_year, document_revision, facts_mark, requested_at, finished_at';
const POINTER_FIELDS = POINTER_COLUMNS.split(',').length;

/** Documents computed in one breath. Between two of them whoever shares the thread may ask PostgreSQL its next question, which otherwise would wait for a whole slice. */
const BREATH = 25;
const breathe = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** So many documents changed between reading them and taking their turns that all are read again, this time with the turns taken first. */
export class Moved extends Error {}

/** Of documents read together so many may have moved that they are read again by themselves, or a tenth; where more did, all are. */
const FEW_MOVED = 20;

/** A score that a document is to point at. */
interface NewScore { readonly head: SliceHead; readonly id: string; readonly digest: string }

/** What came of many documents: those that are there, and how many scores were pointed at anew. */
export interface DocumentsScored { readonly heads: readonly SliceHead[]; readonly written: number }

/** Scores many documents of one kind together on one connection: read, computed and written set-wise. */
export class DocumentsScorer {
  private scorers: ProfileScorers | null = null;
  private readonly facts: FactsReader;
  /** Documents moved while those before them were read: people are at work here. */
  private isDisturbed = false;

  /** @param today asked at each call: whoever keeps a scorer for long sees the day change */
  constructor(private readonly client: Client, private readonly today: () => string, private readonly hands: SliceHands) {
    this.facts = new FactsReader(client, hands.indicators, hands.actuals);
  }

  /**
   * Inside a transaction of the caller's. Documents that are gone are simply not answered.
   * @param strict takes the documents' turns before anything is read; otherwise those that changed meanwhile are read again, and {@link Moved} is thrown when they are many
   */
  async score(kind: ScoredKind, ids: readonly string[], strict: boolean): Promise<DocumentsScored> {
    if (strict) await this.takeTurns(kind, ids);
    const said = new SliceIds(this.client);
    const heads = await this.heads(said, kind, ids);
    const toRead = heads.filter((head) => !isScored(head));
    if (toRead.length === 0) return { heads, written: 0 };
    const scorer = (await this.prepare(heads)).of[kind];
    const facts = await this.facts.read(said, toRead, kind === 'SELF_EVALUATION');
    const at = Date.now();
    const made: NewScore[] = [];
    const again: NewScore[] = [];
    const asBefore: SliceHead[] = [];
    const { scores, ids: newIds } = this.hands;
    scores.clear();
    for (const [nth, head] of toRead.entries()) {
      if (nth > 0 && nth % BREATH === 0) await breathe();
      const digest = scorer.digest(head, facts);
      if (head.current !== null && head.current.digest === digest && head.current.profileId === head.profileId) { asBefore.push(head); continue; }
      const one = { head, digest, id: newIds.next() };
      if (head.current === null) {
        scorer.write(head, facts, one.id, digest, at, scores);
        made.push(one);
      } else again.push(one);
    }
    // A value that was changed and changed back: the score of then is the score of now, and is pointed at again.
    const known = await this.known(kind, again);
    for (const one of again) {
      const id = known.get(one.head.documentId);
      if (id === undefined) scorer.write(one.head, facts, one.id, one.digest, at, scores);
      made.push(id === undefined ? one : { ...one, id });
    }
    const moved = made.length === 0 ? [] : await this.write(kind, made, strict, (standing) => {
      scores.clear();
      for (const { head, id, digest } of standing) if (known.get(head.documentId) !== id) scorer.write(head, facts, id, digest, at, scores);
    });
    if (asBefore.length > 0) await this.seen(kind, asBefore);
    if (moved.length === 0) return { heads, written: made.length };
    // In the same transaction, their turns first: what is read now is what stands until its end.
    const later = await this.score(kind, moved, true);
    return { heads, written: made.length - moved.length + later.written };
  }

  /** The profiles are read once, and again when somebody assigned one that came later. */
  private async prepare(heads: readonly SliceHead[]): Promise<ProfileScorers> {
    if (this.scorers === null || !this.scorers.knows(heads.map((head) => head.profileId))) this.scorers = await readProfileScorers(this.client);
    return this.scorers;
  }

  private async heads(said: SliceIds, kind: ScoredKind, ids: readonly string[]): Promise<SliceHead[]> {
    const { defaultId } = await this.prepare([]);
    const { rows } = await this.client.query<{ there: boolean }>('select exists (select 1 from rule_profile_decision where approved) as there');
    return readHeads(this.client, said, kind, ids, defaultId, rows[0]?.there === true, this.today());
  }

  /** Whoever scores one of these documents waits for us, as we wait for them: no older computation overtakes a newer one. */
  private async takeTurns(kind: ScoredKind, ids: readonly string[]): Promise<void> {
    const lock = async (): Promise<number> => (await this.client.query('select 1 from score_request where document_kind = $1 and document_id = any($2) order by document_id for update', [kind, ids])).rows.length;
    if ((await lock()) === ids.length) return;
    // Only documents that never were scored: all others have their row.
    await this.client.query(`insert into score_request (document_kind, document_id, state, requested_at) select $1, id, 'RUNNING', clock_timestamp() from unnest($2::uuid[]) id order by id on conflict do nothing`, [kind, ids]);
    await lock();
  }

  /** Scores that these documents have had before of the same facts, by document. */
  private async known(kind: ScoredKind, again: readonly NewScore[]): Promise<ReadonlyMap<string, string>> {
    if (again.length === 0) return new Map();
    const { rows } = await this.client.query<{ id: string; document_id: string }>(`
      select s.id, s.document_id from unnest($2::uuid[], $3::uuid[], $4::text[], $5::integer[]) as x(document_id, profile_id, inputs_digest, fiscal_year) join score s using (document_id, profile_id, inputs_digest, fiscal_year)
      where s.document_kind = $1`, [kind, again.map(({ head }) => head.documentId), again.map(({ head }) => head.profileId), again.map(({ digest }) => digest), again.map(({ head }) => head.fiscalYear)]);
    return new Map(rows.map((row) => [row.document_id, row.id]));
  }

  /**
   * Writes scores and points at them. @returns the documents that somebody changed or scored meanwhile, of which nothing is written; what was to be written is written anew without them
   * (`rewrite`), so that a slice of a thousand is not read again for the sake of the few in which people save just then.
   */
  private async write(kind: ScoredKind, made: readonly NewScore[], strict: boolean, rewrite: (standing: readonly NewScore[]) => void): Promise<string[]> {
    const { client, hands } = this;
    let standing = made;
    const leaveOut = (moved: ReadonlySet<string>): void => {
      this.isDisturbed = true;
      standing = standing.filter(({ head }) => !moved.has(head.documentId));
      if (made.length - standing.length > Math.max(FEW_MOVED, made.length / 10)) throw new Moved('documents changed while their slice was read');
      rewrite(standing);
    };
    // Scores first: a pointer is checked against them as it is written. Pointing takes the documents' turns.
    const send = async (): Promise<void> => { if (hands.scores.rows > 0) await hands.scores.send(client, `score (${SCORE_COLUMNS})`); };
    if (strict) {
      await send();
      if ((await this.pointAnew(kind, made)) !== made.length) throw new Error('somebody scored documents whose turns were taken');
      return [];
    }
    // While people save, most of what has moved is found before everything is sent.
    if (this.isDisturbed) {
      this.isDisturbed = false;
      const moved = await this.movedNow(kind, standing);
      if (moved.size > 0) leaveOut(moved);
    }
    await client.query('savepoint before_turns');
    await send();
    for (let moved = await this.point(kind, standing); moved.size > 0; moved = await this.point(kind, standing)) {
      await client.query('rollback to savepoint before_turns');
      leaveOut(moved);
      await send();
    }
    const isStanding = new Set(standing);
    return made.flatMap((one) => (isStanding.has(one) ? [] : [one.head.documentId]));
  }

  /** Takes the turns by pointing. @returns those that are not any more as they were read; where there are any, the others' turns may not be complete */
  private async point(kind: ScoredKind, made: readonly NewScore[]): Promise<ReadonlySet<string>> {
    if (made.every(({ head }) => head.current === null)) await this.pointFirst(kind, made);
    else if ((await this.pointAnew(kind, made)) < made.length) return this.scoredSince(kind, made);
    return this.movedNow(kind, made);
  }

  private movedNow(kind: ScoredKind, made: readonly NewScore[]): Promise<ReadonlySet<string>> {
    // A list that was laid down before may be gone with what was taken back.
    return movedSince(this.client, new SliceIds(this.client), kind, made.map(({ head }) => head));
  }

  /** Documents whose request says something else than it did when it was read: somebody has scored them. */
  private async scoredSince(kind: ScoredKind, made: readonly NewScore[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.client.query<{ document_id: string }>(`
      select r.document_id from unnest($2::uuid[], $3::uuid[], $4::text[]) as x(document_id, id, mark) join score_request r on r.document_kind = $1 and r.document_id = x.document_id
      where r.score_id is distinct from x.id and r.facts_mark is distinct from x.mark`,
    [kind, made.map(({ head }) => head.documentId), made.map(({ id }) => id), made.map(({ head }) => head.current?.mark ?? null)]);
    // Pointed at by nobody and scored by nobody: what it is that stands there is found when all is read again.
    if (rows.length === 0) throw new Moved('documents were scored while their slice was read');
    return new Set(rows.map((row) => row.document_id));
  }

  /** Documents that never had a score: nothing to move. Should somebody else have been quicker, the key says so and the slice is read again. */
  private async pointFirst(kind: ScoredKind, made: readonly NewScore[]): Promise<void> {
    const { pointers } = this.hands;
    const at = Date.now();
    pointers.clear();
    for (const { head, id } of made) {
      pointers.row(POINTER_FIELDS);
      pointers.text(kind);
      pointers.uuid(head.documentId);
      pointers.text('DONE');
      pointers.uuid(id);
      pointers.integer(head.fiscalYear);
      pointers.integer(head.revision);
      pointers.text(head.mark);
      pointers.moment(at);
      pointers.moment(at);
    }
    await pointers.send(this.client, `score_request (${POINTER_COLUMNS})`);
  }

  /** @returns how many still said what they did when they were read, and point at the new score now */
  private async pointAnew(kind: ScoredKind, made: readonly NewScore[]): Promise<number> {
    const [first, others] = [made.filter(({ head }) => head.current === null), made.filter(({ head }) => head.current !== null)];
    const moved = others.length === 0 ? { rowCount: 0 } : await this.client.query(`
      update score_request r set state = 'DONE', score_id = x.id, fiscal_year = x.year, document_revision = x.revision, facts_mark = x.mark, finished_at = clock_timestamp(),
        failure_code = null, failure_params = null, failure_zh = null, failure_en = null
      from (select * from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::integer[], $7::text[]) as x(document_id, id, revision, mark, year, before) order by document_id) x
      where r.document_kind = $1 and r.document_id = x.document_id and r.facts_mark is not distinct from x.before`,
    [...pointersOf(kind, others), others.map(({ head }) => head.current?.mark ?? null)]);
    const began = first.length === 0 ? { rowCount: 0 } : await this.client.query(`
      insert into score_request (${POINTER_COLUMNS})
      select $1, x.document_id, 'DONE', x.id, x.year, x.revision, x.mark, clock_timestamp(), clock_timestamp()
      from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::integer[]) as x(document_id, id, revision, mark, year) order by x.document_id
      on conflict (document_kind, document_id) do update set state = 'DONE', score_id = excluded.score_id, fiscal_year = excluded.fiscal_year, document_revision = excluded.document_revision, facts_mark = excluded.facts_mark,
        finished_at = excluded.finished_at, failure_code = null, failure_params = null, failure_zh = null, failure_en = null
      where score_request.facts_mark is null`, pointersOf(kind, first));
    return (moved.rowCount ?? 0) + (began.rowCount ?? 0);
  }

  /** Other revisions of the same facts: nothing to write but that they were seen. */
  private async seen(kind: ScoredKind, heads: readonly SliceHead[]): Promise<void> {
    await this.client.query(SEEN, seenOf(kind, heads));
  }
}

/** Says of documents ($1: kind, $2…: {@link seenOf}) that other revisions of the same facts were seen. */
export const SEEN = `
  update score_request r set state = 'DONE', facts_mark = g.mark, document_revision = g.revision, failure_code = null, failure_params = null, failure_zh = null, failure_en = null
  from (select id, mark, revision from unnest($2::uuid[], $3::text[], $4::integer[]) as g(id, mark, revision) order by id) g
  where r.document_kind = $1 and r.document_id = g.id and r.document_revision <= g.revision
    and (r.state, r.facts_mark, r.document_revision) is distinct from ('DONE', g.mark, g.revision)`;

/** The parameters of {@link SEEN}. */
export function seenOf(kind: ScoredKind, heads: readonly SliceHead[]): unknown[] {
  return [kind, heads.map((head) => head.documentId), heads.map((head) => head.mark), heads.map((head) => head.revision)];
}

/** The parameters of a statement that points at scores: kind, documents, scores, revisions, marks, years. */
function pointersOf(kind: ScoredKind, made: readonly NewScore[]): unknown[] {
  return [kind, made.map(({ head }) => head.documentId), made.map(({ id }) => id), made.map(({ head }) => head.revision), made.map(({ head }) => head.mark), made.map(({ head }) => head.fiscalYear)];
}

/** The document points at a score of exactly these facts. */
export function isScored({ current, mark, profileId, revision }: SliceHead): boolean {
  return current !== null && current.state === 'DONE' && current.mark === mark && current.profileId === profileId && current.revision === revision;
}
