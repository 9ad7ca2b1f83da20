import { absoluteDecimal, compareDecimal, subtractDecimal } from '../decimal';
import { type Money, sumTolerance } from '../budget/money';
import { BUDGET_IDENTITIES } from './budget-identities';
import type { BudgetIdentity, IdentityContext, IdentityEquation } from './identity';
import { sumOf } from './identity-terms';

/** HOLDS exactly · HOLDS_BY_ROUNDING within 0.01 for each addend · DOES_NOT_HOLD · NOT_APPLICABLE: a table or a sentence it needs is missing. */
export type IdentityOutcome = 'HOLDS' | 'HOLDS_BY_ROUNDING' | 'DOES_NOT_HOLD' | 'NOT_APPLICABLE';

/** One equation with its numbers. */
export interface CheckedEquation extends IdentityEquation {
  readonly outcome: Exclude<IdentityOutcome, 'NOT_APPLICABLE'>;
  readonly leftSum: Money;
  readonly rightSum: Money;
  /** left − right. */
  readonly difference: Money;
}

/** One identity checked in one document. */
export interface CheckedIdentity {
  readonly number: number;
  readonly zh: string;
  readonly en: string;
  readonly strict: boolean;
  /** The worst of its equations. */
  readonly outcome: IdentityOutcome;
  readonly equations: readonly CheckedEquation[];
}

/** What one equation may be off by: every published number is rounded by itself, so 0.01 for each addend (fixtures §5). */
export function toleranceOf({ left, right, tolerance }: IdentityEquation): Money {
  return tolerance ?? sumTolerance(Math.max(left.length, right.length));
}

function checkEquation(one: IdentityEquation): CheckedEquation {
  const [leftSum, rightSum] = [sumOf(one.left), sumOf(one.right)];
  const difference = subtractDecimal(leftSum, rightSum);
  const size = absoluteDecimal(difference);
  const outcome = compareDecimal(size, '0') === 0 ? 'HOLDS' : compareDecimal(size, toleranceOf(one)) <= 0 ? 'HOLDS_BY_ROUNDING' : 'DOES_NOT_HOLD';
  return { ...one, outcome, leftSum, rightSum, difference };
}

const ORDER: readonly IdentityOutcome[] = ['NOT_APPLICABLE', 'HOLDS', 'HOLDS_BY_ROUNDING', 'DOES_NOT_HOLD'];

/** One identity of a document: every equation with both sides, and the worst outcome. */
export function checkIdentity(identity: BudgetIdentity, context: IdentityContext): CheckedIdentity {
  const equations = identity.equations(context).filter(({ left, right }) => ![...left, ...right].some((one) => one.isUnknown)).map(checkEquation);
  const outcome = equations.reduce<IdentityOutcome>((worst, one) => (ORDER.indexOf(one.outcome) > ORDER.indexOf(worst) ? one.outcome : worst), 'NOT_APPLICABLE');
  const { number, zh, en, strict } = identity;
  return { number, zh, en, strict, outcome, equations };
}

/** B1 … B36 of one document. */
export function checkIdentities(context: IdentityContext): readonly CheckedIdentity[] {
  return BUDGET_IDENTITIES.map((identity) => checkIdentity(identity, context));
}
