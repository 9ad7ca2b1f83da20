import type { Client } from 'pg';
import { SQL_STATE, sqlStateOf } from '../../platform/database/sql-state';
import type { ScoredKind } from '../scoring.public';
import { DocumentsScorer, Moved } from './documents-scorer';
import type { SliceHands } from './slice-hands';

/** Slices that are done: how many, their documents, and how many scores were written. */
export interface SlicesDone { readonly slices: number; readonly documents: number; readonly written: number }

interface ClaimedSlices { readonly ordinals: readonly number[]; readonly kind: ScoredKind; readonly ids: readonly string[] }

/** Slices left in a run of which a lane may take more than one. */
const MANY_LEFT = 16;

/**
 * Scores slices of a run, one or a few at a time, on a connection of its own. What is claimed together is one transaction: claimed, read, computed, written and
 * marked done, or none of it. A process that dies leaves its slices as they were, and whoever claims next does them.
 */
export class SliceWorker {
  private readonly scorer: DocumentsScorer;

  constructor(private readonly client: Client, private readonly runId: string, today: string, hands: SliceHands) {
    this.scorer = new DocumentsScorer(client, () => today, hands);
  }

  /** Does the next slices that nobody holds, so many at most. Null when none is left for this worker (others may still be at theirs). */
  async next(most: number): Promise<SlicesDone | null> {
    for (let strict = false; ; strict = true) {
      await this.client.query('begin');
      try {
        const claimed = await this.claim(most);
        const written = claimed === null ? 0 : (await this.scorer.score(claimed.kind, claimed.ids, strict)).written;
        if (claimed !== null) await this.markDone(claimed, written);
        await this.client.query('commit');
        return claimed === null ? null : { slices: claimed.ordinals.length, documents: claimed.ids.length, written };
      } catch (error) {
        await this.client.query('rollback').catch(() => undefined);
        // Somebody scored the same facts at the same moment: found when it is read again.
        if (strict || !(error instanceof Moved || sqlStateOf(error) === SQL_STATE.uniqueViolation || sqlStateOf(error) === SQL_STATE.deadlock)) throw error;
      }
    }
  }

  private async claim(most: number): Promise<ClaimedSlices | null> {
    // Of the last ones each takes one: another process may have free hands. The ids as one text: the driver reads an array letter by letter.
    const { rows } = await this.client.query<{ ordinal: number; document_kind: ScoredKind; ids: string }>(`
      select s.ordinal, s.document_kind, array_to_string(s.document_ids, ',') as ids from bulk_slice s join bulk_run r on r.id = s.run_id
      where s.run_id = $1 and s.state = 'WAITING' and r.state = 'RUNNING' order by s.ordinal
      limit case when (select count(*) from (select from bulk_slice w where w.run_id = $1 and w.state = 'WAITING' limit $3) w) < $3 then 1 else $2 end for update of s skip locked`, [this.runId, most, MANY_LEFT]);
    const [first] = rows;
    if (first === undefined) return null;
    // Quarters and years are read by different queries: where one ends and the other begins, the latter waits for the next claim.
    const alike = rows.filter((row) => row.document_kind === first.document_kind);
    return { ordinals: alike.map((row) => row.ordinal), kind: first.document_kind, ids: alike.flatMap((row) => (row.ids === '' ? [] : row.ids.split(','))) };
  }

  /** What was written is told of the first of them; whoever asks adds up. */
  private async markDone({ ordinals }: ClaimedSlices, written: number): Promise<void> {
    await this.client.query(`update bulk_slice set state = 'DONE', written = case when ordinal = $3 then $4::integer else 0 end, finished_at = clock_timestamp() where run_id = $1 and ordinal = any($2)`,
      [this.runId, ordinals, ordinals[0], written]);
  }
}
