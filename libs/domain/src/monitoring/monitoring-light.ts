import type { Actual } from '../actual/actual';
import { type DecimalText, absoluteDecimal, compareDecimal, divideDecimal, multiplyDecimal, roundHalfUp, subtractDecimal } from '../decimal';
import { lastDayMeant } from '../period/calendar';
import { type ProgressProfile, defaultProgressProfile } from '../period/progress-profile';
import { toBaseMagnitude } from '../quantity/quantity';
import { sameDimension } from '../quantity/unit';
import { defaultDirection } from '../target-table/defaults';
import type { Indicator } from '../target-table/indicator';

/** 红黄绿灯: advice only, never part of a score. BLUE: far ahead. NONE: nothing can be said yet. */
export type MonitoringLight = 'RED' | 'YELLOW' | 'GREEN' | 'BLUE' | 'NONE';

/** A light and the percentage it was read from: what was reached ÷ what was expected, two decimals; null where there is none. */
export interface LightReading {
  readonly light: MonitoringLight;
  readonly value: DecimalText | null;
}

/** Lower bounds in percent, as the field's systems use them: below 60 red, below 80 yellow, below 120 green, from 120 blue. */
export const LIGHT_BOUNDS = { yellow: '60', green: '80', blue: '120' } as const;

const NONE: LightReading = { light: 'NONE', value: null };

function lightAt(value: DecimalText): MonitoringLight {
  if (compareDecimal(value, LIGHT_BOUNDS.yellow) < 0) return 'RED';
  if (compareDecimal(value, LIGHT_BOUNDS.green) < 0) return 'YELLOW';
  return compareDecimal(value, LIGHT_BOUNDS.blue) < 0 ? 'GREEN' : 'BLUE';
}

/** reached·12/(whole·m)·100. Written so and not as whole/12·m, which turns 120 into 119.999… (case M3). */
function progressValue(reached: DecimalText, whole: DecimalText, months: number): DecimalText {
  return divideDecimal(multiplyDecimal(reached, '1200'), multiplyDecimal(whole, String(months)), 10);
}

function readProgress(reached: DecimalText, whole: DecimalText, months: number): LightReading {
  const value = progressValue(reached, whole, months);
  return { light: lightAt(value), value: roundHalfUp(value, 2) };
}

function measuredLight(indicator: Indicator, magnitude: DecimalText, unit: string | null, months: number): LightReading {
  const { target } = indicator;
  if (target.magnitude === null) return NONE;
  const [ownUnit, targetUnit] = [unit ?? target.unit, target.unit ?? unit];
  if (ownUnit !== null && targetUnit !== null && !sameDimension(ownUnit, targetUnit)) return NONE;
  const [a, t] = [toBaseMagnitude(magnitude, ownUnit), toBaseMagnitude(target.magnitude, targetUnit)];
  const only = (light: MonitoringLight): LightReading => ({ light, value: null });
  if (target.comparator === 'BETWEEN') {
    const high = toBaseMagnitude(target.magnitudeHigh ?? target.magnitude, targetUnit);
    if (compareDecimal(a, high) > 0) return only('RED');
    if (compareDecimal(a, t) >= 0) return only('GREEN');
    return compareDecimal(t, '0') > 0 ? readProgress(a, t, months) : only('RED');
  }
  const direction = indicator.direction ?? defaultDirection(indicator) ?? 'POSITIVE';
  if (direction === 'NEGATIVE') return only(compareDecimal(a, t) <= 0 ? 'GREEN' : 'RED');
  if (compareDecimal(t, '0') <= 0) return only((direction === 'POINT' ? compareDecimal(a, t) === 0 : compareDecimal(a, t) >= 0) ? 'GREEN' : 'RED');
  if (direction === 'POSITIVE') return readProgress(a, t, months);
  // Both sides are wrong: how close to the point, and never "ahead".
  const closeness = subtractDecimal('100', divideDecimal(multiplyDecimal(absoluteDecimal(subtractDecimal(a, t)), '100'), t, 10));
  const light = compareDecimal(closeness, '100') === 0 ? 'GREEN' : compareDecimal(closeness, LIGHT_BOUNDS.green) >= 0 ? 'YELLOW' : 'RED';
  return { light, value: roundHalfUp(closeness, 2) };
}

function withMilestone(indicator: Indicator, progress: ProgressProfile, milestone: DecimalText | null): Indicator {
  return progress === 'MILESTONE' && milestone !== null ? { ...indicator, target: { ...indicator.target, magnitude: milestone } } : indicator;
}

/** When a light is read. */
export interface LightMoment {
  readonly fiscalYear: number;
  /** Months of the year that are over, 1…12. */
  readonly months: number;
  /** How the row is expected to grow; by its 累计方式 when absent. */
  readonly progress?: ProgressProfile;
  /** For MILESTONE: the figure of this period in the unit of the target; null: the whole target. */
  readonly milestone?: DecimalText | null;
}

/**
 * The light of one row, from the value of the year so far. Rows where more is better are measured against what should have been reached
 * by now; a limit is kept or not. Silence and "not applicable" have no light; a light never changes the score.
 */
export function lightOf(indicator: Indicator, actual: Actual, moment: LightMoment): LightReading {
  const { fiscalYear, months } = moment;
  const progress = moment.progress ?? defaultProgressProfile(indicator.accumulation);
  const only = (light: MonitoringLight): LightReading => ({ light, value: null });
  switch (actual.kind) {
    case 'NOT_REPORTED':
    case 'NOT_APPLICABLE': return NONE;
    case 'JUDGED': return only(actual.grade === 'A' ? 'GREEN' : actual.grade === 'B' ? 'YELLOW' : 'RED');
    case 'ANSWERED': return only(actual.answer ? 'GREEN' : 'RED');
    case 'DATED':
    case 'UNFINISHED': {
      const due = indicator.target.kind === 'DATE' && indicator.target.magnitude !== null ? lastDayMeant(indicator.target.magnitude) : null;
      if (due === null) return NONE;
      if (actual.kind === 'DATED') return only(lastDayMeant(actual.date) <= due ? 'GREEN' : 'RED');
      return only(lastDayMeant(`${fiscalYear}-${String(months).padStart(2, '0')}`) > due ? 'RED' : 'NONE');
    }
    case 'REPORTED':
      if (progress === 'YEAR_END' && months < 12) return NONE;
      return measuredLight(withMilestone(indicator, progress, moment.milestone ?? null), actual.magnitude, actual.unit, progress === 'LINEAR' ? months : 12);
  }
}

/**
 * The light of budget execution at the end of a month: executed·12/(budget·m), green from 80, yellow from 60. Spending fast is no merit,
 * so there is no blue; spending beyond the budget is red. No budget and nothing spent has no light.
 */
export function executionLightOf(budget: DecimalText | null, executed: DecimalText | null, months: number): LightReading {
  if (budget === null || executed === null) return NONE;
  if (compareDecimal(budget, '0') <= 0) return compareDecimal(executed, '0') > 0 ? { light: 'RED', value: null } : NONE;
  const reading = readProgress(executed, budget, months);
  if (compareDecimal(executed, budget) > 0) return { ...reading, light: 'RED' };
  return reading.light === 'BLUE' ? { ...reading, light: 'GREEN' } : reading;
}

const WORST_FIRST: readonly MonitoringLight[] = ['RED', 'YELLOW', 'GREEN', 'BLUE'];

/** The light of a whole table: the worst of its rows, red > yellow > green > blue; NONE when no row has one. */
export function worstLight(lights: readonly MonitoringLight[]): MonitoringLight {
  return WORST_FIRST.find((light) => lights.includes(light)) ?? 'NONE';
}

/** 灯 in words, for eyes that do not tell the colours apart. */
export const LIGHT_WORDS: Readonly<Record<MonitoringLight, { readonly zh: string; readonly en: string }>> = {
  RED: { zh: '红灯（明显滞后）', en: 'red (clearly behind)' },
  YELLOW: { zh: '黄灯（有些滞后）', en: 'yellow (somewhat behind)' },
  GREEN: { zh: '绿灯（正常）', en: 'green (on course)' },
  BLUE: { zh: '蓝灯（超前）', en: 'blue (well ahead)' },
  NONE: { zh: '暂无', en: 'none yet' },
};
