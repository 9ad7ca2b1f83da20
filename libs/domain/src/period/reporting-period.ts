import type { Language } from '../words/speak';
import { type DayText, addDays, dayOf, lastDayOfMonth } from './calendar';
import type { FiscalYear } from './fiscal-year';

/** 报告期: a part of the fiscal year that is reported on. Usually a quarter. Values entered belong to the period alone, not to the year so far. */
export interface ReportingPeriod {
  readonly fiscalYear: FiscalYear;
  /** 1…4 for quarters; the order within the year. */
  readonly ordinal: number;
  /** As printed: 第一季度. */
  readonly label: string;
  readonly startsOn: DayText;
  readonly endsOn: DayText;
  /** Last day on which values may be entered, that day included. */
  readonly dueOn: DayText;
  /** Months of the year that are over when the period ends: 3, 6, 9, 12. */
  readonly months: number;
}

/** FUTURE: not begun · OPEN: begun and not past its due day · CLOSED: past it. */
export type PeriodState = 'FUTURE' | 'OPEN' | 'CLOSED';

const QUARTER_LABELS = ['第一季度', '第二季度', '第三季度', '第四季度'] as const;

/**
 * The four quarters of a year. Each is due `dueDays` days after its last day; a list gives every quarter its own number of days
 * (the fourth is often given more time).
 */
export function quarters(fiscalYear: FiscalYear, dueDays: number | readonly [number, number, number, number]): readonly ReportingPeriod[] {
  return QUARTER_LABELS.map((label, at) => {
    const months = (at + 1) * 3;
    const endsOn = lastDayOfMonth(fiscalYear, months);
    const days = typeof dueDays === 'number' ? dueDays : (dueDays[at] as number);
    return { fiscalYear, ordinal: at + 1, label, startsOn: dayOf(fiscalYear, months - 2, 1) as DayText, endsOn, dueOn: addDays(endsOn, days), months };
  });
}

/** Where a period stands on a given day. `today` is told from outside; nothing here reads a clock. */
export function periodState(period: Pick<ReportingPeriod, 'startsOn' | 'dueOn'>, today: DayText): PeriodState {
  if (today < period.startsOn) return 'FUTURE';
  return today <= period.dueOn ? 'OPEN' : 'CLOSED';
}

/** The period a day falls in (by its span, not its due day); null when the day is outside all of them. */
export function periodOf(periods: readonly ReportingPeriod[], day: DayText): ReportingPeriod | null {
  return periods.find((period) => period.startsOn <= day && day <= period.endsOn) ?? null;
}

/** 2024年第一季度 / 2024 Q1. */
export function periodTitle(period: Pick<ReportingPeriod, 'fiscalYear' | 'ordinal' | 'label'>, language: Language = 'zh'): string {
  return language === 'zh' ? `${period.fiscalYear}年${period.label}` : `${period.fiscalYear} Q${period.ordinal}`;
}

/** A period as the parameters of a refusal, in both languages. */
export function periodWords(period: Pick<ReportingPeriod, 'fiscalYear' | 'ordinal' | 'label'>): { readonly period: string; readonly periodEn: string } {
  return { period: periodTitle(period), periodEn: periodTitle(period, 'en') };
}
