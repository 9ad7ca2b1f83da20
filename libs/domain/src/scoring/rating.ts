import { type DecimalText, compareDecimal } from '../decimal';
import type { RuleProfile } from './rule-profile';
import type { TableScore } from './score';

/** 评价等级. */
export type Rating = NonNullable<TableScore['rating']>;

/** 优良中差 in English. */
export const RATING_IN_ENGLISH: Readonly<Record<Rating, string>> = { 优: 'excellent', 良: 'good', 中: 'fair', 差: 'poor' };

/**
 * The rating of a printed total. Lower bounds are included: a vendor's "> 90" left exactly 90 without a rating (case T4).
 * A total below every bound takes the last rating.
 */
export function rateTotal(total: DecimalText, profile: Pick<RuleProfile, 'ratings'>): Rating {
  const reached = profile.ratings.find((rating) => compareDecimal(total, rating.from) >= 0) ?? profile.ratings.at(-1);
  if (reached === undefined) throw new TypeError('a rule profile without ratings');
  return reached.name;
}
