import type { answerSelfEvaluationRow } from '@jiheng/contract';
import { type Actual, type DeviationExplanation, type Result, type RuleProfile, SELF_EVALUATION_WORKFLOW, checkAdjustment, fits, isEditable, ok, refuse, scoreIndicator, stateWords, takesJudgement } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { RulesInForce } from '../budget-unit/budget-unit.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { type SelfEvaluationHead, type YearRow, selfEvaluationChanged } from './self-evaluation.public';
import { SelfEvaluationRepository, type StoredAnswer } from './self-evaluation.repository';
import { YearReader } from './year.reader';

type Answer = z.output<typeof answerSelfEvaluationRow>;

/** Answers one row of the year: the judgement at its end, the explanation, an adjustment with its reason. Revisions are added. */
@Injectable()
export class AnswerSelfEvaluation {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly repository: SelfEvaluationRepository, private readonly years: YearReader, private readonly outbox: Outbox,
    private readonly rules: RulesInForce, private readonly access: Access, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  async answer(actor: Actor, selfEvaluationId: string, indicatorId: string, wish: Answer): Promise<Result<{ revision: number }>> {
    return this.unitOfWork.run(async (tx) => {
      const found = await openFor(this.repository, this.access, tx, actor, selfEvaluationId);
      if (!found.ok) return found;
      const year = await this.years.load(tx, selfEvaluationId);
      const row = year?.rows.find((one) => one.indicatorId === indicatorId);
      if (row === undefined) return refuse('report-row.not-found');
      if (await this.repository.requestDone(tx, selfEvaluationId, wish.requestId)) return ok({ revision: row.answerRevision });
      const before = (await this.repository.answers(tx, selfEvaluationId)).find((answer) => answer.indicatorKey === row.indicator.key) ?? null;
      if (wish.expectedRevision !== row.answerRevision) {
        return refuse('self-evaluation.stale-revision', { by: before?.recordedByName ?? '', current: String(row.answerRevision) });
      }
      const lawful = this.lawful(row, wish, found.value, await this.rules.of(tx, found.value.unitPath, found.value.fiscalYear));
      if (!lawful.ok) return lawful;
      const revision = row.answerRevision + 1;
      await this.repository.insertAnswer(tx, { ...merge(before, wish, actor.personId, this.clock.now()), selfEvaluationId, indicatorKey: row.indicator.key, revision, requestId: wish.requestId, recordedBy: actor.personId, recordedAt: this.clock.now() });
      await this.repository.touch(tx, selfEvaluationId);
      await this.outbox.put(tx, selfEvaluationChanged, { selfEvaluationId }, { dedupKey: `self-evaluation-changed-${selfEvaluationId}` });
      await this.audit.append(tx, actor, 'self-evaluation.answered', selfEvaluationId, { indicator: row.indicator.name, revision: String(revision) });
      return ok({ revision });
    });
  }

  private lawful(row: YearRow, wish: Answer, head: SelfEvaluationHead, rules: RuleProfile): Result<void> {
    const { indicator } = row;
    if (wish.judgement !== undefined) {
      if (!takesJudgement(indicator)) return refuse('self-evaluation.judgement-not-needed', { name: indicator.name });
      const actual = wish.judgement as Actual;
      if (actual.kind === 'NOT_APPLICABLE' && actual.reason.trim() === '') return refuse('actual.reason-needed');
      // Asked of the law itself: a share outside its grade's band or a value of another kind is refused here, not found at the end.
      const { blocked } = scoreIndicator({ indicator, actual }, rules, { fiscalYear: head.fiscalYear, periodClosed: false });
      if (blocked !== null && actual.kind !== 'NOT_REPORTED') return { ok: false, refusal: blocked };
      const fitting = actual.kind === 'REPORTED' ? fits(actual, indicator) : ok(actual);
      if (!fitting.ok) return fitting;
    }
    const adjusted = wish.adjustment;
    if (adjusted === undefined || adjusted === null) return ok(undefined);
    const checked = checkAdjustment(indicator, adjusted);
    return checked.ok ? ok(undefined) : checked;
  }
}

/** The self-evaluation under a lock, when this person may write in it now. */
export async function openFor(repository: SelfEvaluationRepository, access: Access, tx: Tx, actor: Actor, id: string): Promise<Result<SelfEvaluationHead>> {
  const head = await repository.lock(tx, id);
  if (head === null || !access.mayRead(actor, head.unitPath)) return refuse('self-evaluation.not-found');
  const allowed = access.requireRole(actor, ['reporter'], head.unitPath);
  if (!allowed.ok) return allowed;
  if (!isEditable(SELF_EVALUATION_WORKFLOW, head.state)) return refuse('self-evaluation.not-editable', stateWords(SELF_EVALUATION_WORKFLOW.states[head.state]));
  return ok(head);
}

type Parts = Pick<StoredAnswer, 'judgement' | 'explanation' | 'adjustedPoints' | 'adjustmentReason' | 'judgementBy' | 'explanationBy' | 'explanationAt' | 'adjustmentBy' | 'adjustmentAt'>;

/** The new revision carries every part; what was not sent stays as it was, with whoever wrote it. */
function merge(before: StoredAnswer | null, wish: Answer, by: string, at: Date): Parts {
  const judgement = wish.judgement === undefined
    ? { judgement: before?.judgement ?? null, judgementBy: before?.judgementBy ?? null }
    : { judgement: wish.judgement as Actual, judgementBy: by };
  const explanation = wish.explanation === undefined
    ? { explanation: before?.explanation ?? null, explanationBy: before?.explanationBy ?? null, explanationAt: before?.explanationAt ?? null }
    : { explanation: wish.explanation as DeviationExplanation, explanationBy: by, explanationAt: at };
  const adjustment = wish.adjustment === undefined
    ? { adjustedPoints: before?.adjustedPoints ?? null, adjustmentReason: before?.adjustmentReason ?? null, adjustmentBy: before?.adjustmentBy ?? null, adjustmentAt: before?.adjustmentAt ?? null }
    : wish.adjustment === null
      ? { adjustedPoints: null, adjustmentReason: null, adjustmentBy: null, adjustmentAt: null }
      : { adjustedPoints: wish.adjustment.points, adjustmentReason: wish.adjustment.reason, adjustmentBy: by, adjustmentAt: at };
  return { ...judgement, ...explanation, ...adjustment };
}
