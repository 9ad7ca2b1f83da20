import { absoluteDecimal, compareDecimal, type DecimalText, divideDecimal, multiplyDecimal, subtractDecimal } from '../decimal';
import type { Finding } from '../checks/finding';
import { aFinding } from '../checks/findings';
import { formatQuantity } from '../quantity/format-quantity';
import { toBaseMagnitude } from '../quantity/quantity';
import { sameDimension } from '../quantity/unit';
import { defaultDirection } from '../target-table/defaults';
import { formatTarget } from '../target-table/format-target';
import type { Indicator } from '../target-table/indicator';
import type { Actual } from './actual';
import { SUSPICIOUSLY_LARGE, SUSPICIOUSLY_SMALL } from './plausibility';

/** What stands in an earlier quarter of the same year. */
export interface EarlierActual {
  /** 1…4, as in a reporting period. */
  readonly ordinal: number;
  readonly actual: Actual;
}

/** A state of which more is better may fall by this part within the year before anybody is asked: recipients die, lines are given back. */
export const FALL_MARGIN = '0.2';

type Row = Pick<Indicator, 'name' | 'target' | 'accumulation' | 'direction' | 'level1' | 'level2'>;

interface Known {
  readonly quarter: string;
  readonly base: DecimalText;
  readonly shown: string;
}

/**
 * Does the value fit what earlier quarters of its year have reached already? A warning and never more. How quarters make a year (累计方式) decides what
 * can be compared:
 * - too small, `hundredth-of-quarter`: a fiftieth of every earlier quarter or less. Of a row that adds up (SUM) only where no target says what the year
 *   should bring: one quarter of an increment may well be small, and beside a target a fiftieth of a quarter is asked about by `plausibility`.
 * - too large, `hundred-times-quarter`: fifty times every earlier quarter or more, and beyond the whole target. Up to its target a row may
 *   rise as fast as it likes: 1 in the first quarter and 60 of ≥60 in the second is a row that was reached.
 * - fallen, of a row whose latest quarter is the value of the year: `less-than-quarter` where the name says that it is counted from the beginning (累计), by
 *   however little; `far-below-quarter` where more is better and it lost more than a fifth. Compared with the last quarter that said a number: who has
 *   accepted a fall is not asked about it once more. A single quarter's count (SUM), its rate (RATIO, SURVEY) and its longest or shortest (MAX, MIN) fall as they like.
 *
 * All bounds of the first two are included. Zero is never a hundredth, but a state that has fallen to zero has fallen: a source whose tables were emptied says so.
 * @param earlier what stands in the quarters before this one, one entry a quarter at most, in any order; silence counts for nothing
 */
export function besideEarlierQuarters(actual: Actual, earlier: readonly EarlierActual[], indicator: Row): readonly Finding[] {
  const { target, name, accumulation } = indicator;
  if (actual.kind !== 'REPORTED' || target.kind !== 'QUANT') return [];
  const unit = actual.unit ?? target.unit;
  const known = knownOf(earlier, unit, target.unit);
  const last = known.at(-1);
  if (last === undefined) return [];
  const value = toBaseMagnitude(actual.magnitude, unit);
  const found = formatQuantity(actual.magnitude, unit);
  const beside = (one: Known) => ({ expected: one.shown, found });

  const positive = known.filter(({ base }) => compareDecimal(base, '0') > 0);
  // What holds beside all of them is told of the nearest, which people remember best.
  const nearest = positive.at(-1);
  if (nearest !== undefined && compareDecimal(value, '0') > 0) {
    if (isJudgedByQuarter(indicator) && positive.every(({ base }) => compareDecimal(multiplyDecimal(value, String(SUSPICIOUSLY_SMALL)), base) <= 0)) {
      return [aFinding('hundredth-of-quarter', 'WARN', { name, quarter: nearest.quarter, times: divideDecimal(nearest.base, value, 0) }, beside(nearest))];
    }
    if (isBeyondTarget(value, unit, indicator) && positive.every(({ base }) => compareDecimal(value, multiplyDecimal(base, String(SUSPICIOUSLY_LARGE))) >= 0)) {
      return [aFinding('hundred-times-quarter', 'WARN', { name, quarter: nearest.quarter, times: divideDecimal(value, nearest.base, 0) }, beside(nearest))];
    }
  }

  const isState = accumulation === 'LAST' || accumulation === 'MANUAL';
  if ((isState || accumulation === 'MAX') && name.includes('累计')) {
    return compareDecimal(value, last.base) < 0 ? [aFinding('less-than-quarter', 'WARN', { name, quarter: last.quarter }, beside(last))] : [];
  }
  if (!isState || (indicator.direction ?? defaultDirection(indicator)) !== 'POSITIVE') return [];
  const floor = subtractDecimal(last.base, multiplyDecimal(absoluteDecimal(last.base), FALL_MARGIN));
  return compareDecimal(value, floor) < 0 ? [aFinding('far-below-quarter', 'WARN', { name, quarter: last.quarter }, beside(last))] : [];
}

/** The numbers among them that measure the same thing, in the order of quarters. */
function knownOf(earlier: readonly EarlierActual[], own: string | null, ofRow: string | null): readonly Known[] {
  return [...earlier].sort((a, b) => a.ordinal - b.ordinal).flatMap(({ ordinal, actual }): readonly Known[] => {
    if (actual.kind !== 'REPORTED') return [];
    const unit = actual.unit ?? ofRow;
    if ((unit === null) !== (own === null) || (unit !== null && own !== null && !sameDimension(unit, own))) return [];
    return [{ quarter: String(ordinal), base: toBaseMagnitude(actual.magnitude, unit), shown: formatQuantity(actual.magnitude, unit) }];
  });
}

/** Whether a single quarter says how large the next one is at least. */
function isJudgedByQuarter({ accumulation, target }: Row): boolean {
  return accumulation !== 'SUM' || target.magnitude === null || compareDecimal(target.magnitude, '0') <= 0;
}

/** Beyond everything the target speaks of (a range is measured by its upper end); where it has no number, or measures something else, nothing speaks for the value. */
function isBeyondTarget(value: DecimalText, unit: string | null, { target }: Row): boolean {
  const highest = target.magnitudeHigh ?? target.magnitude;
  if (highest === null || (unit === null) !== (target.unit === null) || (unit !== null && target.unit !== null && !sameDimension(unit, target.unit))) return true;
  return compareDecimal(value, toBaseMagnitude(highest, target.unit)) > 0;
}

/**
 * Is it a zero that may be silence? A count of a table nobody fills is 0, and so is the sum of no rows. A warning and never more, and only of what a source says: a zero
 * that a person typed is meant. Asked of a positive target of which more is better, where a quarter is not merely a share of the year (SUM: no audit in the first quarter is
 * an ordinary thing) and where no earlier quarter has stood at zero already.
 * @param earlier as in {@link besideEarlierQuarters}
 */
export function zeroOfSource(actual: Actual, earlier: readonly EarlierActual[], indicator: Row): readonly Finding[] {
  const { target, name, accumulation } = indicator;
  if (actual.kind !== 'REPORTED' || compareDecimal(actual.magnitude, '0') !== 0 || target.kind !== 'QUANT' || target.magnitude === null) return [];
  if (accumulation === 'SUM' || compareDecimal(target.magnitude, '0') <= 0 || (indicator.direction ?? defaultDirection(indicator)) !== 'POSITIVE') return [];
  const unit = actual.unit ?? target.unit;
  const last = knownOf(earlier, unit, target.unit).at(-1);
  if (last !== undefined && compareDecimal(last.base, '0') === 0) return [];
  return [aFinding('zero-of-source', 'WARN', { name }, { expected: formatTarget(target), found: formatQuantity(actual.magnitude, unit) })];
}
