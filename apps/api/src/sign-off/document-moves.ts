import type { Guard, Refusal, Result, Workflow } from '@jiheng/domain';
import type { Tx } from '../platform/database/tx';
import type { ScoredKind, StoredScore } from '../scoring/scoring.public';

/** The three documents that are submitted, returned and signed. */
export type DocumentKind = 'TARGET_TABLE' | 'MONITORING_REPORT' | 'SELF_EVALUATION';

/** A document under its lock, as far as moving it goes. */
export interface MovableDocument {
  readonly id: string;
  readonly unitId: string;
  readonly unitPath: string;
  readonly state: string;
  readonly revision: number;
}

/** One thing that keeps a guard shut, with the row it lies at. */
export interface Blocker {
  readonly guard: Guard;
  readonly refusal: Refusal;
  readonly indicatorId: string | null;
}

/** What was found out about a document for one move. A guard that is missing here blocks. */
export interface FoundGuards {
  readonly guards: Readonly<Partial<Record<Guard, boolean>>>;
  readonly blockers: readonly Blocker[];
}

/** What one kind of document knows about being moved; the three acts themselves are the same for all ({@link MoveDocument}). */
export interface DocumentMoves {
  readonly kind: DocumentKind;
  /** The refusal when there is no such document, or none this person may know of. */
  readonly notFound: Refusal['code'];
  readonly workflow: Workflow<string, string>;
  /** The kind under which it earns points; null for a promise, which earns none. */
  readonly scored: ScoredKind | null;
  lock(tx: Tx, id: string): Promise<MovableDocument | null>;
  setState(tx: Tx, document: MovableDocument, to: string): Promise<Result<number>>;
  /** Establishes what content guards ask: answered, explained, weights, quarters. `scoreCurrent` and `signerDidNotRecord` are asked for all kinds alike. */
  findGuards(tx: Tx, document: MovableDocument, guards: readonly Guard[], score: StoredScore | null): Promise<FoundGuards>;
  recordersOf(tx: Tx, document: MovableDocument): Promise<readonly string[]>;
  /** Everything a signer answers for, as plain data; hashed with sorted keys. */
  signedContent(tx: Tx, document: MovableDocument): Promise<unknown>;
}

/** The guards as found from a list of blockers: those asked for are open unless something keeps them shut. */
export function guardsFrom(asked: readonly Guard[], blockers: readonly Blocker[]): FoundGuards {
  const shut = new Set(blockers.map((blocker) => blocker.guard));
  return { guards: Object.fromEntries(asked.map((guard) => [guard, !shut.has(guard)])), blockers };
}
