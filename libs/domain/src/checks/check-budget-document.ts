import { type CheckedEquation, type CheckedIdentity, checkIdentities } from '../budget-document/check-identities';
import { sumOf } from '../budget-document/identity-terms';
import type { IdentityTerm } from '../budget-document/identity';
import type { FindingCode } from '../words/finding-words';
import type { DocumentContext } from './document-context';
import type { Finding } from './finding';
import { aFinding } from './findings';

/** Q-B1 … Q-B36: identities that do not hold (an error where they must), and those that hold only because single cells are rounded (information). */
export function checkBudgetDocument(context: DocumentContext): readonly Finding[] {
  return checkIdentities(context).flatMap(sayIdentity);
}

/** The finding of one checked identity; none where it holds exactly or does not apply. */
export function sayIdentity({ number, zh, en, strict, outcome, equations }: CheckedIdentity): readonly Finding[] {
  if (outcome === 'HOLDS' || outcome === 'NOT_APPLICABLE') return [];
  const worst = equations.filter((one) => one.outcome === outcome);
  const [first] = worst;
  if (first === undefined) return [];
  const params = { identity: zh, identityEn: en, difference: first.difference.replace(/^-/u, ''), about: aboutOf(first, worst.length), aboutEn: aboutOf(first, worst.length) };
  const sides = { expected: sideOf(first.right), found: sideOf(first.left) };
  return outcome === 'HOLDS_BY_ROUNDING'
    ? [aFinding(`Q-B${number}-rounding` as FindingCode, 'INFO', params, sides)]
    : [aFinding(`Q-B${number}` as FindingCode, strict ? 'ERROR' : 'INFO', params, sides)];
}

/** 551.19+18.62+23.72=593.53, or the one number. */
function sideOf(terms: readonly IdentityTerm[]): string {
  const amounts = terms.map(({ amount }) => amount);
  return amounts.length === 1 ? (amounts[0] ?? '0') : `${amounts.join('+').replace(/\+-/gu, '-')}=${sumOf(terms)}`;
}

function aboutOf({ about }: CheckedEquation, count: number): string {
  const others = count > 1 ? ` +${count - 1}` : '';
  return about === '' && others === '' ? '' : ` (${about}${others})`;
}
