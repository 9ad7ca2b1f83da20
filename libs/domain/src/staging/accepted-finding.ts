import type { Finding } from '../checks/finding';

/** A finding that a person lets stand, and why. */
export interface AcceptedFinding {
  readonly code: string;
  /** Id of the row; null: the head. */
  readonly row: string | null;
  /** Which of several findings of that code at that row it is ({@link aboutOf}). Absent in what was accepted before they were told apart: the reason then stands for all of them. */
  readonly about?: string;
  readonly reason: string;
}

/** A finding at a row of a table, the row by its id or key (null: the head). */
export interface PlacedFinding {
  readonly row: string | null;
  readonly finding: Pick<Finding, 'code' | 'params'>;
}

/**
 * What a finding says besides its code and its row: which sentence, of which field, with which numbers. Two findings of one code in one head differ in it
 * (each promise of the goal without an indicator, each source of money), and a finding whose numbers are others is another one. The name of its own
 * row is left out: the row is known by its id, and a mended name takes no reason away.
 */
export function aboutOf({ row, finding: { params } }: PlacedFinding): string {
  return Object.entries(params).filter(([key]) => row === null || key !== 'name').sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${value}`).join('; ');
}

/** Why a finding may stand, as a person said; null: nobody did. A reason of its own goes before one that was given for all of its code. */
export function reasonFor(finding: PlacedFinding, accepted: readonly AcceptedFinding[]): string | null {
  const alike = accepted.filter((one) => one.code === finding.finding.code && one.row === finding.row);
  if (alike.length === 0) return null;
  const about = aboutOf(finding);
  return (alike.find((one) => one.about === about) ?? alike.find((one) => one.about === undefined))?.reason ?? null;
}

/** The acceptances with one more; a blank reason takes it back, and with it a reason that stood for all of the code. */
export function withAcceptance(accepted: readonly AcceptedFinding[], { code, row, about, reason }: AcceptedFinding): readonly AcceptedFinding[] {
  const isSame = (one: AcceptedFinding): boolean => one.code === code && one.row === row && one.about === about;
  const isForAll = (one: AcceptedFinding): boolean => one.code === code && one.row === row && one.about === undefined;
  const words = reason.trim();
  if (words === '') return accepted.filter((one) => !isSame(one) && !isForAll(one));
  return [...accepted.filter((one) => !isSame(one)), { code, row, ...(about === undefined ? {} : { about }), reason: words }];
}
