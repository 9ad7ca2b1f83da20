import { z } from 'zod';
import type { Db, Tx } from '../platform/database/tx';
import { defineNews } from '../platform/queue/define-news';
import type { LoadedSelfEvaluation, SelfEvaluationHead, SelfEvaluationState } from './loaded-self-evaluation';

export type { Adjustment, LoadedSelfEvaluation, QuarterActual, SelfEvaluationHead, SelfEvaluationState, WrittenChapter, YearExplanation, YearRow } from './loaded-self-evaluation';
export { type AccountedYear, accountOf } from './account';
export { type ReportContent, contentDigestOf, reportContentOf } from './report-content';
export { type OpenPoint, executionReason, openPointsOf } from './open-points';

/** An answer, an adjustment or a chapter was written, or the year was put together. */
export const selfEvaluationChanged = defineNews({ name: 'self-evaluation-changed', payload: z.object({ selfEvaluationId: z.uuid() }) });

/** The door to self-evaluations for features above. */
export abstract class SelfEvaluations {
  abstract head(db: Db, selfEvaluationId: string): Promise<SelfEvaluationHead | null>;
  /** Head under a row lock until the end of the transaction. */
  abstract lock(tx: Tx, selfEvaluationId: string): Promise<SelfEvaluationHead | null>;
  /** Writes a move that the workflow allowed. @returns the new revision */
  abstract setState(tx: Tx, selfEvaluationId: string, to: SelfEvaluationState): Promise<number>;
  /** The whole year: quarters, answers, money, chapters; null when there is no such self-evaluation. */
  abstract load(db: Db, selfEvaluationId: string): Promise<LoadedSelfEvaluation | null>;
  /** Persons whose words stand in it: they may not sign it. */
  abstract recordersOf(db: Db, selfEvaluationId: string): Promise<readonly string[]>;
  /** The self-evaluations that read a quarter, so that they are scored again when it changes. */
  abstract ofLineage(db: Db, lineageId: string): Promise<SelfEvaluationHead | null>;
}
