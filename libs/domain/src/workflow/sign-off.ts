import { type Result, ok, refuse } from '../result';
import { type Actor, type Guard, refusalOfRole } from './define-workflow';
import { TARGET_TABLE_WORKFLOW, type TargetTableState } from './target-table.workflow';

/** What is known when a person wants to sign. Persons and scores are identities; the domain only compares them. */
export interface SignOffFacts {
  readonly signer: string;
  /** Everyone who entered or corrected a value, an answer or a file in what is signed. */
  readonly recorders: readonly string[];
  /** The score shown on the page when the signer read it; null when nothing is scored in this document. */
  readonly scoreSeen: string | null;
  /** The newest score of the document now. */
  readonly scoreNow: string | null;
}

/** 签字确认: the guards a signature needs, as facts for `applyMove`. Who entered may not sign (domain.md §4.3). */
export function signOffGuards(facts: SignOffFacts): Partial<Record<Guard, boolean>> {
  return {
    signerDidNotRecord: !facts.recorders.includes(facts.signer),
    scoreCurrent: facts.scoreSeen === facts.scoreNow,
  };
}

/** Whether this person may sign this content: a manager, who recorded none of it, and who saw the points as they now are. */
export function maySign(actor: Actor, facts: SignOffFacts): Result<{ readonly signer: string }> {
  if (!actor.roles.includes('manager')) return { ok: false, refusal: refusalOfRole({ zh: '签字确认', en: 'Sign' }, ['manager']) };
  const guards = signOffGuards(facts);
  if (guards.signerDidNotRecord !== true) return refuse('workflow.signer-recorded');
  if (guards.scoreCurrent !== true) return refuse('workflow.points-changed');
  return ok({ signer: facts.signer });
}

/** 绩效目标调整: only the version in force can be adjusted, by a reporter; the outcome is a new DRAFT version, the old one stays. */
export function mayAdjust(actor: Actor, state: TargetTableState): Result<{ readonly newState: TargetTableState }> {
  if (!actor.roles.includes('reporter')) return { ok: false, refusal: refusalOfRole({ zh: '目标调整', en: 'Adjust targets' }, ['reporter']) };
  const standing = TARGET_TABLE_WORKFLOW.states[state];
  if (state !== 'APPROVED') return refuse('workflow.adjustment-not-approved', { state: standing.zh, stateEn: standing.en });
  return ok({ newState: TARGET_TABLE_WORKFLOW.initial });
}
