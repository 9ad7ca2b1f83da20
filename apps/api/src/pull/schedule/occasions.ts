import { type DayText, type Result, addDays, lastDayOfMonth, ok, refuse } from '@jiheng/domain';
import { CronExpressionParser } from 'cron-parser';
import { ZONE, faultOfCron, occasionsOf } from './cron-fault';

/** When a source is asked by itself; days and times of Asia/Shanghai. */
export type ScheduleRule =
  /** `day` days after the last day of each quarter (0: on that day itself). */
  | { readonly kind: 'QUARTER_END'; readonly day: number; readonly time: string }
  /** On this day of each month; the last one where the month is shorter. */
  | { readonly kind: 'MONTHLY'; readonly day: number; readonly time: string }
  /** Minute, hour, day, month, weekday. */
  | { readonly kind: 'CRON'; readonly cron: string };

/** The hours in which a source may be asked, HH:MM; `from` after `to` spans midnight. */
export interface ScheduleWindow { readonly from: string; readonly to: string }

const SHANGHAI_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** More occasions than this were not missed one by one: whoever was away that long only wants to know that it was long. */
const MOST_MISSED = 1_000;

/** Refuses a rule that cannot be read, or that comes round more often than the source may be asked. */
export function checkRule(rule: ScheduleRule, minGapMinutes: number): Result<void> {
  if (rule.kind !== 'CRON') return ok(undefined);
  // The library also knows seconds, @daily and random fields; five plain fields are what the words of the screen promise.
  const fault = faultOfCron(rule.cron);
  if (fault !== null) return refuse('pull.schedule-cron-unreadable', { cron: rule.cron, ...fault });
  const all = occasionsOf(rule.cron);
  const dense = all.some((at, nth) => nth > 0 && at - (all[nth - 1] ?? 0) < minGapMinutes * MINUTE_MS);
  return dense ? refuse('pull.schedule-too-dense', { cron: rule.cron, gap: String(minGapMinutes) }) : ok(undefined);
}

/** The first occasion after a moment, moved to the beginning of the next window where it falls outside. */
export function nextOccasion(rule: ScheduleRule, window: ScheduleWindow | null, after: Date): Date {
  for (let from = after; ;) {
    const found = rawNext(rule, from);
    const moved = intoWindow(found, window);
    if (moved.getTime() > after.getTime()) return moved;
    from = found;
  }
}

/** How many occasions lie after `from` and not after `to`; counted to a thousand. */
export function occasionsBetween(rule: ScheduleRule, from: Date, to: Date): number {
  let count = 0;
  for (let at = rawNext(rule, from); at.getTime() <= to.getTime() && count < MOST_MISSED; at = rawNext(rule, at)) count += 1;
  return count;
}

/** The moment itself inside the window, else the next beginning of it. */
export function intoWindow(moment: Date, window: ScheduleWindow | null): Date {
  if (window === null || window.from === window.to) return moment;
  const [at, from, to] = [minuteOfDay(moment), minutes(window.from), minutes(window.to)];
  const inside = from < to ? at >= from && at < to : at >= from || at < to;
  if (inside) return moment;
  const wait = (from - at + DAY_MINUTES) % DAY_MINUTES;
  return new Date(moment.getTime() - (moment.getTime() % MINUTE_MS) + wait * MINUTE_MS);
}

function rawNext(rule: ScheduleRule, after: Date): Date {
  if (rule.kind === 'CRON') return CronExpressionParser.parse(rule.cron, { currentDate: after, tz: ZONE }).next().toDate();
  const today = new Date(after.getTime() + SHANGHAI_MS).toISOString();
  let [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  // A quarter's occasion may lie in the one after it.
  if (rule.kind === 'QUARTER_END') { month = Math.ceil(month / 3) * 3 - 6; if (month < 1) { month += 12; year -= 1; } }
  for (;;) {
    const last = lastDayOfMonth(year, month);
    const day = rule.kind === 'QUARTER_END' ? addDays(last, rule.day) : clipped(last, rule.day);
    const at = new Date(`${day}T${rule.time}:00+08:00`);
    if (at.getTime() > after.getTime()) return at;
    month += rule.kind === 'QUARTER_END' ? 3 : 1;
    if (month > 12) { month -= 12; year += 1; }
  }
}

function clipped(last: DayText, day: number): DayText {
  const wished = `${last.slice(0, 8)}${String(day).padStart(2, '0')}`;
  return wished < last ? wished : last;
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function minuteOfDay(moment: Date): number {
  return Math.floor(((moment.getTime() + SHANGHAI_MS) / MINUTE_MS) % DAY_MINUTES);
}
