import { DEFAULT_RULE_PROFILE, type RuleProfile } from '@jiheng/domain';
import type { Client } from 'pg';
import type { ScoredKind } from '../scoring.public';
import { QuartersScorer, SCORE_COLUMNS, type SliceScorer, YearsScorer } from './compute-slice';
import { FactsReader } from './facts-reader';
import type { SliceHands } from './slice-hands';
import { type SliceHead, readHeads, stillStand } from './slice-heads.query';
import { SliceIds } from './slice-ids';

const POINTER_COLUMNS = 'document_kind, document_id, state, score_id, fiscal_year, document_revision, facts_mark, requested_at, finished_at';
const POINTER_FIELDS = POINTER_COLUMNS.split(',').length;

/** Documents computed in one breath. Between two of them whoever shares the thread may ask PostgreSQL its next question, which otherwise would wait for a whole slice. */
const BREATH = 25;
const breathe = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** Somebody changed a document between reading it and taking its turn: it is read again, this time with the turn taken first. */
export class Moved extends Error {}

/** A score that a document is to point at. */
interface NewScore { readonly head: SliceHead; readonly id: string; readonly digest: string }

/** What came of many documents: those that are there, and how many scores were pointed at anew. */
export interface DocumentsScored { readonly heads: readonly SliceHead[]; readonly written: number }

/** Scores many documents of one kind together on one connection: read, computed and written set-wise. */
export class DocumentsScorer {
  private scorers: Readonly<Record<ScoredKind, SliceScorer>> | null = null;
  private profileIds: ReadonlySet<string> = new Set();
  private defaultProfileId = '';
  private readonly facts: FactsReader;

  /** @param today asked at each call: whoever keeps a scorer for long sees the day change */
  constructor(private readonly client: Client, private readonly today: () => string, private readonly hands: SliceHands) {
    this.facts = new FactsReader(client, hands.indicators, hands.actuals);
  }

  /**
   * Inside a transaction of the caller's. Documents that are gone are simply not answered.
   * @param strict takes the documents' turns before anything is read; otherwise {@link Moved} is thrown when one of them changed meanwhile
   */
  async score(kind: ScoredKind, ids: readonly string[], strict: boolean): Promise<DocumentsScored> {
    if (strict) await this.takeTurns(kind, ids);
    const said = new SliceIds(this.client);
    const heads = await this.heads(said, kind, ids);
    const toRead = heads.filter((head) => !isScored(head));
    if (toRead.length === 0) return { heads, written: 0 };
    await this.prepare(heads);
    const scorer = (this.scorers as Readonly<Record<ScoredKind, SliceScorer>>)[kind];
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
    if (made.length > 0) await this.write(said, kind, made, strict);
    if (asBefore.length > 0) await this.seen(kind, asBefore);
    return { heads, written: made.length };
  }

  /** Profiles are never changed, only added: they are read once, and again when somebody assigned one that came later. */
  private async prepare(heads: readonly SliceHead[]): Promise<void> {
    if (this.scorers !== null && heads.every((head) => this.profileIds.has(head.profileId))) return;
    const { rows } = await this.client.query<{ id: string; name: string; version: number; parameters: RuleProfile }>('select id, name, version, parameters from rule_profile');
    const standing = rows.find((row) => row.name === DEFAULT_RULE_PROFILE.name && row.version === DEFAULT_RULE_PROFILE.version);
    if (standing === undefined) throw new Error(`rule profile ${DEFAULT_RULE_PROFILE.name} is not on record`);
    this.defaultProfileId = standing.id;
    const profiles = new Map(rows.map((row) => [row.id, row.parameters]));
    this.profileIds = new Set(profiles.keys());
    this.scorers = { MONITORING_REPORT: new QuartersScorer(profiles), SELF_EVALUATION: new YearsScorer(profiles) };
  }

  private async heads(said: SliceIds, kind: ScoredKind, ids: readonly string[]): Promise<SliceHead[]> {
    await this.prepare([]);
    const { rows } = await this.client.query<{ there: boolean }>('select exists (select 1 from rule_profile_decision where approved) as there');
    return readHeads(this.client, said, kind, ids, this.defaultProfileId, rows[0]?.there === true, this.today());
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

  private async write(said: SliceIds, kind: ScoredKind, made: readonly NewScore[], strict: boolean): Promise<void> {
    // Scores first: a pointer is checked against them as it is written. Pointing takes the documents' turns.
    if (this.hands.scores.rows > 0) await this.hands.scores.send(this.client, `score (${SCORE_COLUMNS})`);
    if (!strict && made.every(({ head }) => head.current === null)) await this.pointFirst(kind, made);
    else await this.pointAnew(kind, made);
    if (!strict && !(await stillStand(this.client, said, kind, made.map(({ head }) => head)))) throw new Moved('a document changed while its slice was read');
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

  private async pointAnew(kind: ScoredKind, made: readonly NewScore[]): Promise<void> {
    await this.client.query(`
      insert into score_request (${POINTER_COLUMNS})
      select $1, x.document_id, 'DONE', x.id, x.year, x.revision, x.mark, clock_timestamp(), clock_timestamp() from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::integer[]) as x(document_id, id, revision, mark, year) order by x.document_id
      on conflict (document_kind, document_id) do update set state = 'DONE', score_id = excluded.score_id, fiscal_year = excluded.fiscal_year, document_revision = excluded.document_revision, facts_mark = excluded.facts_mark,
        finished_at = excluded.finished_at, failure_code = null, failure_params = null, failure_zh = null, failure_en = null`,
    [kind, made.map(({ head }) => head.documentId), made.map(({ id }) => id), made.map(({ head }) => head.revision), made.map(({ head }) => head.mark), made.map(({ head }) => head.fiscalYear)]);
  }

  /** Other revisions of the same facts: nothing to write but that they were seen. */
  private async seen(kind: ScoredKind, heads: readonly SliceHead[]): Promise<void> {
    await this.client.query(`
      update score_request r set state = 'DONE', facts_mark = g.mark, document_revision = g.revision, failure_code = null, failure_params = null, failure_zh = null, failure_en = null
      from (select id, mark, revision from unnest($2::uuid[], $3::text[], $4::integer[]) as g(id, mark, revision) order by id) g
      where r.document_kind = $1 and r.document_id = g.id and r.document_revision <= g.revision
        and (r.state, r.facts_mark, r.document_revision) is distinct from ('DONE', g.mark, g.revision)`,
    [kind, heads.map((head) => head.documentId), heads.map((head) => head.mark), heads.map((head) => head.revision)]);
  }
}

/** The document points at a score of exactly these facts. */
function isScored({ current, mark, profileId, revision }: SliceHead): boolean {
  return current !== null && current.state === 'DONE' && current.mark === mark && current.profileId === profileId && current.revision === revision;
}
