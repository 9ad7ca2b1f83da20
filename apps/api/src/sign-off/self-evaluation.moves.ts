import { type Guard, type Result, SELF_EVALUATION_WORKFLOW, type Workflow, ok } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx';
import { Scores, type StoredScore } from '../scoring/scoring.public';
import { type SelfEvaluationState, SelfEvaluations, openPointsOf } from '../self-evaluation/self-evaluation.public';
import { type DocumentMoves, type FoundGuards, type MovableDocument, guardsFrom } from './document-moves';

/** 单位自评: what has to be said before it goes on. */
@Injectable()
export class SelfEvaluationMoves implements DocumentMoves {
  readonly kind = 'SELF_EVALUATION';
  readonly scored = 'SELF_EVALUATION';
  readonly notFound = 'self-evaluation.not-found';
  readonly workflow = SELF_EVALUATION_WORKFLOW as unknown as Workflow<string, string>;

  constructor(private readonly selfEvaluations: SelfEvaluations, private readonly scores: Scores) {}

  lock(tx: Tx, id: string): Promise<MovableDocument | null> {
    return this.selfEvaluations.lock(tx, id);
  }

  async setState(tx: Tx, document: MovableDocument, to: string): Promise<Result<number>> {
    return ok(await this.selfEvaluations.setState(tx, document.id, to as SelfEvaluationState));
  }

  async findGuards(tx: Tx, document: MovableDocument, guards: readonly Guard[], score: StoredScore | null): Promise<FoundGuards> {
    const year = await this.selfEvaluations.load(tx, document.id);
    const computation = score === null ? null : await this.scores.computation(tx, score.id);
    const profile = score === null ? null : await this.scores.profileOf(tx, score.id);
    if (year === null || computation === null || profile === null) return { guards: {}, blockers: [] };
    return guardsFrom(guards, openPointsOf(year, computation, profile));
  }

  recordersOf(tx: Tx, document: MovableDocument): Promise<readonly string[]> {
    return this.selfEvaluations.recordersOf(tx, document.id);
  }

  async signedContent(tx: Tx, document: MovableDocument): Promise<unknown> {
    const year = await this.selfEvaluations.load(tx, document.id);
    return {
      tableId: year?.head.tableId, quarters: year?.quarters, execution: year?.execution,
      rows: year?.rows.map(({ indicatorId, scoring, answerRevision, judgement, explanation, adjustment, evidence }) => ({
        indicatorId, actual: scoring.actual, answerRevision, judgement, explanation, adjustment, evidence: evidence.map((file) => file.sha256),
      })),
      chapters: [...(year?.chapters.values() ?? [])],
    };
  }
}
