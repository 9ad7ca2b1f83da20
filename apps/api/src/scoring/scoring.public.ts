import type { Result, RuleProfile, TableScore } from '@jiheng/domain';
import type { Actor } from '../platform/access/actor';
import type { Db, Tx } from '../platform/database/tx';

/** Documents that earn points. */
export type ScoredKind = 'MONITORING_REPORT' | 'SELF_EVALUATION';

/** One immutable computation as stored. Points are decimal text with two places. */
export interface StoredScore {
  readonly id: string;
  readonly documentKind: ScoredKind;
  readonly documentId: string;
  readonly profileName: string;
  readonly profileVersion: number;
  readonly engineVersion: string;
  readonly inputsDigest: string;
  readonly indicatorPoints: string;
  /** null while a row is blocked. */
  readonly total: string | null;
  readonly rating: string | null;
  readonly computedAt: Date;
}

/** The door to points for features above. */
export abstract class Scores {
  /**
   * The score of what stands in the database at this moment, inside the deed that needs it. Same inputs → the score that is there already,
   * nothing written. Refuses `house.not-found` when there is no such document.
   */
  abstract scoreNow(tx: Tx, kind: ScoredKind, documentId: string): Promise<Result<StoredScore>>;
  /** The same in a transaction of its own, so that it stays whatever becomes of the deed that asked. */
  abstract score(kind: ScoredKind, documentId: string): Promise<Result<StoredScore>>;
  /** The score the document's request points at; null when nothing has been scored yet. */
  abstract current(db: Db, kind: ScoredKind, documentId: string): Promise<StoredScore | null>;
  /** The whole computation of a stored score, its trace included; null when another engine version made it and no trace was kept. */
  abstract computation(db: Db, scoreId: string): Promise<TableScore | null>;
  /** The profile a score was computed by; null when there is no such score. */
  abstract profileOf(db: Db, scoreId: string): Promise<RuleProfile | null>;
  /** Keeps the trace of a score that somebody signs. */
  abstract keepTrace(tx: Tx, scoreId: string): Promise<void>;
}

/** A change of the rules that waits for a second person. */
export interface WaitingAssignment { readonly profileName: string; readonly profileVersion: number; readonly scopeName: string; readonly fiscalYear: number; readonly assignedBy: string; readonly reason: string }

/** The door to the rules of scoring for features above. */
export abstract class RuleProfiles {
  /** Which proposals this person may decide. */
  abstract waitingFor(actor: Actor): Promise<readonly WaitingAssignment[]>;
}
