import { type DecimalText, addDecimal, compareDecimal, isDecimalText, roundHalfUp } from '../decimal';
import { type Result, ok, refuse } from '../result';
import { decimalPlaces } from '../scaled';
import type { RuleProfile } from '../scoring/rule-profile';
import type { TableScore } from '../scoring/score';
import { totalOfYear } from '../scoring/score-table';
import type { Indicator } from '../target-table/indicator';

/** 调整得分: points a person set for a row, with the reason. Another thing than the computed points, never in their place (decision 3). */
export interface PointsAdjustment {
  readonly points: DecimalText;
  readonly reason: string;
}

/** The score as it is printed: computed and adjusted side by side. */
export interface AdjustedScore {
  /** By row: adjusted points where there are any, else the computed ones; null where the row has none. */
  readonly finalPoints: readonly (DecimalText | null)[];
  readonly indicatorPoints: DecimalText;
  readonly total: DecimalText | null;
  readonly rating: TableScore['rating'];
  readonly isAdjusted: boolean;
}

/** Whether points may be set by hand: 0 ≤ points ≤ weight, at most two decimals, with a reason. */
export function checkAdjustment(indicator: Pick<Indicator, 'name' | 'weight'>, adjustment: PointsAdjustment): Result<PointsAdjustment> {
  const { points } = adjustment;
  const isLawful = isDecimalText(points) && decimalPlaces(points) <= 2 && compareDecimal(points, '0') >= 0 && compareDecimal(points, indicator.weight) <= 0;
  if (!isLawful) return refuse('self-evaluation.adjustment-outside', { name: indicator.name, weight: indicator.weight });
  if (adjustment.reason.trim() === '') return refuse('self-evaluation.adjustment-reason-needed');
  return ok({ points: roundHalfUp(points, 2), reason: adjustment.reason.trim() });
}

/**
 * The printed score of the year: adjusted points stand where a person set them, the total is made of the printed rows by the same law.
 * A row that cannot be computed but was given points counts with them; while any row or the execution is without points, the total is open.
 * @param adjustments by the key of the indicator
 */
export function adjustScore(score: TableScore, adjustments: ReadonlyMap<string, PointsAdjustment>, profile: RuleProfile): AdjustedScore {
  const rows = score.rows.map((row) => {
    const adjustment = row.flags.includes('NOT_APPLICABLE') ? undefined : adjustments.get(row.key);
    return adjustment === undefined ? row : { ...row, points: roundHalfUp(adjustment.points, 2), blocked: null };
  });
  const finalPoints = rows.map((row) => row.points);
  const indicatorPoints = roundHalfUp(addDecimal(...finalPoints.flatMap((points) => (points === null ? [] : [points]))), 2);
  const isAdjusted = rows.some((row, at) => row.points !== score.rows[at]?.points);
  const isOpen = rows.some((row) => row.blocked !== null) || score.execution?.blocked != null || rows.every((row) => row.flags.includes('NOT_APPLICABLE'));
  if (isOpen) return { finalPoints, indicatorPoints, total: null, rating: null, isAdjusted };
  // A monitoring report has points but no total of the year; what was not rated stays so.
  const isWholeYear = score.rating !== null || score.execution !== null || score.total === null;
  if (!isWholeYear) return { finalPoints, indicatorPoints, total: indicatorPoints, rating: null, isAdjusted };
  const { total, rating } = totalOfYear(rows, score.execution, profile);
  return { finalPoints, indicatorPoints, total, rating, isAdjusted };
}
