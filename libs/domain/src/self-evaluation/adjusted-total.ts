import { type DecimalText, addDecimal, compareDecimal, divideDecimal, multiplyDecimal, roundHalfUp } from '../decimal';
import { rateTotal } from '../scoring/rating';
import type { RuleProfile } from '../scoring/rule-profile';
import type { TableScore } from '../scoring/score';

/** The total that is printed when points were adjusted by hand; the computed one stays beside it (decision 3). */
export interface AdjustedTotal {
  /** Σ of the final points of the rows, two decimals. */
  readonly indicatorPoints: DecimalText;
  /** Out of 100, two decimals; null while a row has neither computed nor adjusted points. */
  readonly total: DecimalText | null;
  readonly rating: TableScore['rating'];
}

/**
 * Adds up the rows with their adjusted points in place of the computed ones, and rescales and rates as `scoreTable` does.
 * @param adjusted adjusted points by indicator key; rows without an entry keep theirs
 */
export function adjustedTotal(score: TableScore, adjusted: ReadonlyMap<string, DecimalText>, profile: Pick<RuleProfile, 'ratings'>): AdjustedTotal {
  const applicable = score.rows.filter((row) => !row.flags.includes('NOT_APPLICABLE'));
  const finals = applicable.map((row) => adjusted.get(row.key) ?? row.points);
  const known = finals.filter((points) => points !== null);
  const indicatorPoints = roundHalfUp(addDecimal(...known), 2);
  const execution = score.execution;
  if (known.length < finals.length || applicable.length === 0 || (execution !== null && execution.blocked !== null)) return { indicatorPoints, total: null, rating: null };
  const executionPoints = execution?.points ?? null;
  const earned = addDecimal(indicatorPoints, executionPoints ?? '0');
  const leftOut = applicable.length < score.rows.length || (execution !== null && executionPoints === null);
  const weight = addDecimal(score.applicableWeight, executionPoints === null ? '0' : (execution?.weight ?? '0'));
  const whole = leftOut ? divideDecimal(multiplyDecimal(earned, '100'), weight, 2) : earned;
  const total = roundHalfUp(compareDecimal(whole, '100') > 0 ? '100' : whole, 2);
  return { indicatorPoints, total, rating: rateTotal(total, profile) };
}
