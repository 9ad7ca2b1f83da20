import type { ScoreFlag } from './score';

/**
 * The flags of a row as bits, lowest first, in the order in which {@link scoreIndicator} names them. The bits are stored with scores of
 * bulk runs: never renumber, add at the end.
 */
export const LEAN_FLAGS: readonly ScoreFlag[] = [
  'RATIO_WITHOUT_PARTS', 'NOT_REPORTED', 'OVER', 'OVER_BUDGET', 'BELOW_TARGET_FULL_SCORE', 'BELOW_PASS_THRESHOLD', 'FAR_BELOW_LIMIT', 'NEGATIVE_AS_ZERO', 'MANUAL_REVIEW',
  'OVER_DEDUCTED', 'STRICT_EQUAL', 'LATE', 'UNFINISHED', 'NOT_APPLICABLE',
];

/** The bit of each flag. */
export const LEAN_BIT = Object.fromEntries(LEAN_FLAGS.map((flag, at) => [flag, 1 << at])) as Readonly<Record<ScoreFlag, number>>;

/** Names of the bits of a row. */
export function leanFlagsOf(bits: number): ScoreFlag[] {
  return LEAN_FLAGS.filter((_, at) => (bits & (1 << at)) !== 0);
}
