import { DEFAULT_RULE_PROFILE, type RuleProfile } from '@jiheng/domain';
import type { Client } from 'pg';
import type { ScoredKind } from '../scoring.public';
import { InputDigests, STAGED_COLUMNS, profileOf, scoreLine } from './compute-slice';
import { copyIn } from './copy-text';
import { readFacts } from './slice-facts.query';
import { type SliceHead, readHeads } from './slice-heads.query';

/** A slice that is done. */
export interface SliceDone { readonly ordinal: number; readonly documents: number; readonly written: number; readonly atUnit: string }

interface ClaimedSlice { readonly ordinal: number; readonly document_kind: ScoredKind; readonly document_ids: string[]; readonly at_unit: string }

/** Somebody changed a document between reading it and taking its turn: the slice is read again, this time with the turn taken first. */
class Moved extends Error {}

const STAGE = `create temporary table if not exists staged_score on commit delete rows as select ${STAGED_COLUMNS}, 0 as document_revision, ''::text as facts_mark from score with no data`;

/**
 * Scores slices of a run, one after another, on a connection of its own. A slice is one transaction: claimed, read, computed, written and
 * marked done, or none of it. A process that dies leaves the slice as it was, and whoever claims next does it.
 */
export class SliceWorker {
  private profiles: ReadonlyMap<string, RuleProfile> | null = null;
  private defaultProfileId = '';

  constructor(private readonly client: Client, private readonly runId: string, private readonly today: string) {}

  /** Does the next slice that nobody holds. Null when none is left for this worker (others may still be at theirs). */
  async next(): Promise<SliceDone | null> {
    await this.prepare();
    for (let strict = false; ; strict = true) {
      await this.client.query('begin');
      try {
        const slice = await this.claim();
        const written = slice === null ? 0 : await this.score(slice, strict);
        if (slice !== null) await this.client.query(`update bulk_slice set state = 'DONE', written = $3, finished_at = clock_timestamp() where run_id = $1 and ordinal = $2`, [this.runId, slice.ordinal, written]);
        await this.client.query('commit');
        return slice === null ? null : { ordinal: slice.ordinal, documents: slice.document_ids.length, written, atUnit: slice.at_unit };
      } catch (error) {
        await this.client.query('rollback').catch(() => undefined);
        if (!(error instanceof Moved) || strict) throw error;
      }
    }
  }

  private async prepare(): Promise<void> {
    if (this.profiles !== null) return;
    await this.client.query(STAGE);
    const { rows } = await this.client.query<{ id: string; name: string; version: number; parameters: RuleProfile }>('select id, name, version, parameters from rule_profile');
    const standing = rows.find((row) => row.name === DEFAULT_RULE_PROFILE.name && row.version === DEFAULT_RULE_PROFILE.version);
    if (standing === undefined) throw new Error(`rule profile ${DEFAULT_RULE_PROFILE.name} is not on record`);
    this.defaultProfileId = standing.id;
    this.profiles = new Map(rows.map((row) => [row.id, row.parameters]));
  }

  private async claim(): Promise<ClaimedSlice | null> {
    const { rows } = await this.client.query<ClaimedSlice>(`
      select s.ordinal, s.document_kind, s.document_ids, s.at_unit from bulk_slice s join bulk_run r on r.id = s.run_id
      where s.run_id = $1 and s.state = 'WAITING' and r.state = 'RUNNING' order by s.ordinal limit 1 for update of s skip locked`, [this.runId]);
    return rows[0] ?? null;
  }

  /** @returns how many scores were written */
  private async score(slice: ClaimedSlice, strict: boolean): Promise<number> {
    const { document_kind: kind, document_ids: ids } = slice;
    if (strict) await this.takeTurns(kind, ids);
    const heads = await this.heads(kind, ids);
    const toRead = heads.filter((head) => !isScored(head));
    const profiles = this.profiles as ReadonlyMap<string, RuleProfile>;
    const digests = new InputDigests(profiles);
    const at = new Date().toISOString();
    const lines: string[] = [];
    const changed: SliceHead[] = [];
    const asBefore: SliceHead[] = [];
    for (const document of await readFacts(this.client, kind, toRead)) {
      const { head } = document;
      const digest = digests.of(document);
      if (head.current?.digest === digest && head.current.profileId === head.profileId) {
        asBefore.push(head);
        continue;
      }
      changed.push(head);
      lines.push(scoreLine(kind, document, digest, profileOf(profiles, head.profileId), at).line.replace(/\n$/, `\t${head.revision}\t${head.mark}\n`));
    }
    if (lines.length > 0) await this.write(kind, lines, changed, strict);
    if (asBefore.length > 0) await this.seen(kind, asBefore);
    return lines.length;
  }

  private heads(kind: ScoredKind, ids: readonly string[]): Promise<SliceHead[]> {
    return this.client.query<{ there: boolean }>('select exists (select 1 from rule_profile_decision where approved) as there')
      .then(({ rows }) => readHeads(this.client, kind, ids, this.defaultProfileId, rows[0]?.there === true, this.today));
  }

  /** Whoever scores one of these documents waits for us, as we wait for them: no older computation overtakes a newer one. */
  private async takeTurns(kind: ScoredKind, ids: readonly string[]): Promise<void> {
    await this.client.query(`insert into score_request (document_kind, document_id, state, requested_at) select $1, id, 'RUNNING', clock_timestamp() from unnest($2::uuid[]) id order by id on conflict do nothing`, [kind, ids]);
    await this.client.query('select 1 from score_request where document_kind = $1 and document_id = any($2) order by document_id for update', [kind, ids]);
  }

  private async write(kind: ScoredKind, lines: readonly string[], changed: readonly SliceHead[], strict: boolean): Promise<void> {
    await copyIn(this.client, 'staged_score', lines);
    // Pointing at the scores takes the documents' turns; the key that ties a pointer to its score is checked at the commit.
    await this.client.query(`
      insert into score_request (document_kind, document_id, state, score_id, document_revision, facts_mark, requested_at, finished_at)
      select document_kind, document_id, 'DONE', id, document_revision, facts_mark, computed_at, clock_timestamp() from staged_score order by document_id
      on conflict (document_kind, document_id) do update set state = 'DONE', score_id = excluded.score_id, document_revision = excluded.document_revision, facts_mark = excluded.facts_mark,
        finished_at = excluded.finished_at, failure_code = null, failure_params = null, failure_zh = null, failure_en = null`);
    if (!strict) {
      const marks = new Map(changed.map((head) => [head.documentId, head.mark]));
      const again = await this.heads(kind, changed.map((head) => head.documentId));
      if (again.length !== changed.length || again.some((head) => marks.get(head.documentId) !== head.mark)) throw new Moved('a document changed while its slice was read');
    }
    const { rowCount } = await this.client.query(`insert into score (${STAGED_COLUMNS}) select ${STAGED_COLUMNS} from staged_score on conflict (document_kind, document_id, profile_id, inputs_digest) do nothing`);
    // A value that was changed and changed back: the score of then is the score of now.
    if (rowCount !== lines.length) {
      await this.client.query(`
        update score_request r set score_id = s.id from staged_score g join score s using (document_kind, document_id, profile_id, inputs_digest)
        where r.document_kind = g.document_kind and r.document_id = g.document_id and s.id <> g.id`);
    }
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
