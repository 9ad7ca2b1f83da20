import type { Client } from 'pg';
import { SQL_STATE, sqlStateOf } from '../../platform/database/sql-state';
import type { ScoredKind } from '../scoring.public';
import { DocumentsScorer, Moved } from './documents-scorer';
import type { SliceHands } from './slice-hands';

/** A slice that is done. */
export interface SliceDone { readonly ordinal: number; readonly documents: number; readonly written: number; readonly atUnit: string }

interface ClaimedSlice { readonly ordinal: number; readonly document_kind: ScoredKind; readonly document_ids: readonly string[]; readonly at_unit: string }

/**
 * Scores slices of a run, one after another, on a connection of its own. A slice is one transaction: claimed, read, computed, written and
 * marked done, or none of it. A process that dies leaves the slice as it was, and whoever claims next does it.
 */
export class SliceWorker {
  private readonly scorer: DocumentsScorer;

  constructor(private readonly client: Client, private readonly runId: string, today: string, hands: SliceHands) {
    this.scorer = new DocumentsScorer(client, () => today, hands);
  }

  /** Does the next slice that nobody holds. Null when none is left for this worker (others may still be at theirs). */
  async next(): Promise<SliceDone | null> {
    for (let strict = false; ; strict = true) {
      await this.client.query('begin');
      try {
        const slice = await this.claim();
        const written = slice === null ? 0 : (await this.scorer.score(slice.document_kind, slice.document_ids, strict)).written;
        if (slice !== null) await this.client.query(`update bulk_slice set state = 'DONE', written = $3, finished_at = clock_timestamp() where run_id = $1 and ordinal = $2`, [this.runId, slice.ordinal, written]);
        await this.client.query('commit');
        return slice === null ? null : { ordinal: slice.ordinal, documents: slice.document_ids.length, written, atUnit: slice.at_unit };
      } catch (error) {
        await this.client.query('rollback').catch(() => undefined);
        // Somebody scored the same facts at the same moment: found when it is read again.
        if (strict || !(error instanceof Moved || sqlStateOf(error) === SQL_STATE.uniqueViolation || sqlStateOf(error) === SQL_STATE.deadlock)) throw error;
      }
    }
  }

  private async claim(): Promise<ClaimedSlice | null> {
    // The ids as one text: the driver reads an array letter by letter.
    const { rows } = await this.client.query<Omit<ClaimedSlice, 'document_ids'> & { ids: string }>(`
      select s.ordinal, s.document_kind, array_to_string(s.document_ids, ',') as ids, s.at_unit from bulk_slice s join bulk_run r on r.id = s.run_id
      where s.run_id = $1 and s.state = 'WAITING' and r.state = 'RUNNING' order by s.ordinal limit 1 for update of s skip locked`, [this.runId]);
    const [slice] = rows;
    return slice === undefined ? null : { ...slice, document_ids: slice.ids === '' ? [] : slice.ids.split(',') };
  }
}
