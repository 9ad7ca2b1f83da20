import { type DecimalText, divideDecimal, multiplyDecimal } from '../decimal';
import type { Accumulation } from './accumulation';

/** 进度: what should have been reached by now. LINEAR the target by months · MILESTONE a figure for each period · YEAR_END nothing before the fourth quarter. */
export type ProgressProfile = 'LINEAR' | 'MILESTONE' | 'YEAR_END';

/** Where in the year we are. */
export interface ProgressMoment {
  /** Months that are over: 3, 6, 9, 12. */
  readonly months: number;
  /** Ordinal of the period, 1…4. */
  readonly ordinal: number;
}

/** What adds up over the year grows by months; a state or a rate is promised for every day of it and has no share of a year. */
export function defaultProgressProfile(accumulation: Accumulation): ProgressProfile {
  return accumulation === 'SUM' ? 'LINEAR' : accumulation === 'MANUAL' ? 'YEAR_END' : 'MILESTONE';
}

/**
 * The value expected by the end of a period, in the unit of the target, at most six places half up; null when nothing is expected yet.
 * A MILESTONE without a figure for the period expects the whole target.
 */
export function expectedByNow(
  profile: ProgressProfile, target: DecimalText, moment: ProgressMoment, milestones: readonly (DecimalText | null)[] = [],
): DecimalText | null {
  switch (profile) {
    case 'LINEAR': return divideDecimal(multiplyDecimal(target, String(moment.months)), '12', 6);
    case 'MILESTONE': return milestones[moment.ordinal - 1] ?? target;
    case 'YEAR_END': return moment.months >= 12 ? target : null;
  }
}
