import type { ScheduleBody } from '@jiheng/contract';

export type ScheduleKind = ScheduleBody['rule']['kind'];

/** What a person writes about the schedule; only what belongs to the kind is sent. */
export interface ScheduleDraft {
  readonly kind: ScheduleKind;
  readonly day: number;
  readonly time: string;
  readonly cron: string;
  readonly windowed: boolean;
  readonly from: string;
  readonly to: string;
  readonly minGapMinutes: number;
}
export type ScheduleField = 'day' | 'time' | 'cron' | 'from' | 'to' | 'minGapMinutes';
/** What is wrong with a field: the key of its sentence. */
export type ScheduleGap = 'dayOfMonthWrong' | 'dayWrong' | 'timeWrong' | 'cronWrong' | 'gapWrong';

export const FIRST_SCHEDULE: ScheduleDraft = { kind: 'QUARTER_END', day: 5, time: '07:30', cron: '30 7 * * 1-5', windowed: false, from: '20:00', to: '07:00', minGapMinutes: 10 };

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/u;
/** Ten thousand and eighty minutes are a week. */
const WEEK_MINUTES = 10_080;

/** What cannot be sent as it stands, by field, within the bounds of the contract. Whether a rule can be read, only the server knows: here it has five parts. */
export function scheduleGaps(draft: ScheduleDraft): ReadonlyMap<ScheduleField, ScheduleGap> {
  const gaps = new Map<ScheduleField, ScheduleGap>();
  const within = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;
  if (draft.kind === 'CRON') {
    if (draft.cron.trim().split(/\s+/u).length !== 5) gaps.set('cron', 'cronWrong');
  } else {
    if (draft.kind === 'MONTHLY' && !within(draft.day, 1, 31)) gaps.set('day', 'dayOfMonthWrong');
    if (draft.kind === 'QUARTER_END' && !within(draft.day, 0, 60)) gaps.set('day', 'dayWrong');
    if (!CLOCK.test(draft.time)) gaps.set('time', 'timeWrong');
  }
  for (const one of ['from', 'to'] as const) if (draft.windowed && !CLOCK.test(draft[one])) gaps.set(one, 'timeWrong');
  if (!within(draft.minGapMinutes, 1, WEEK_MINUTES)) gaps.set('minGapMinutes', 'gapWrong');
  return gaps;
}

/** As the server takes it. */
export function scheduleBodyOf(draft: ScheduleDraft): ScheduleBody {
  const rule: ScheduleBody['rule'] = draft.kind === 'CRON' ? { kind: 'CRON', cron: draft.cron.trim() } : { kind: draft.kind, day: draft.day, time: draft.time };
  return { rule, window: draft.windowed ? { from: draft.from, to: draft.to } : null, minGapMinutes: draft.minGapMinutes };
}
