import { type Actual, type Indicator, sameValue } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import type { Tx } from '../platform/database/tx';
import { CandidateRepository, type StoredCandidate } from './candidate.repository';

/** The candidates that wait beside a cell, one of each source: who leaves the line, and who comes to the front. Inside the transaction that holds the report's lock. */
@Injectable()
export class WaitingCandidates {
  constructor(private readonly candidates: CandidateRepository, private readonly clock: Clock) {}

  /** Those of all sources that say what stands there now leave the line as agreed; whoever says something else goes on waiting. */
  async agree(tx: Tx, cell: Pick<StoredCandidate, 'reportId' | 'indicatorKey'>, actual: Actual, indicator: Indicator): Promise<void> {
    for (const waiting of await this.candidates.waiting(tx, cell.reportId, cell.indicatorKey)) {
      if (sameValue(actual, waiting.actual, indicator)) await this.leave(tx, waiting, 'AGREED', null);
    }
  }

  /** What these observations said is taken back by who brought it. @returns how many waited */
  async withdraw(tx: Tx, observationIds: readonly string[], by: string): Promise<number> {
    const waiting = await this.candidates.waitingOf(tx, observationIds);
    // Who is behind leaves first: nobody comes to the front only to be withdrawn.
    for (const one of [...waiting].sort((a, b) => Number(a.settlement === null) - Number(b.settlement === null))) await this.leave(tx, one, 'WITHDRAWN', by);
    return waiting.length;
  }

  /** A candidate comes to the front, and whoever was there waits behind it. @returns the candidate as it stands there */
  async bringForward(tx: Tx, candidate: StoredCandidate): Promise<StoredCandidate> {
    if (candidate.settlement === null) return candidate;
    await this.candidates.settleFront(tx, candidate, { settlement: 'REPLACED', by: null, at: this.clock.now() });
    return { ...candidate, id: await this.candidates.standAgain(tx, candidate.id, null), settlement: null };
  }

  /** The front was settled: the newest behind comes there. */
  async next(tx: Tx, cell: Pick<StoredCandidate, 'reportId' | 'indicatorKey'>): Promise<void> {
    const next = await this.candidates.nextBehind(tx, cell.reportId, cell.indicatorKey);
    if (next !== null) await this.candidates.standAgain(tx, next.id, null);
  }

  private async leave(tx: Tx, candidate: StoredCandidate, settlement: 'AGREED' | 'WITHDRAWN', by: string | null): Promise<void> {
    const settled = { settlement, by, at: this.clock.now() };
    if (candidate.settlement !== null) {
      await this.candidates.standAgain(tx, candidate.id, settled);
      return;
    }
    if (await this.candidates.settleFront(tx, candidate, settled)) await this.next(tx, candidate);
  }
}
