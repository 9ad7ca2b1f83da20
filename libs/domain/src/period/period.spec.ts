import fc from 'fast-check';
import { addDays, dayNumber, dayOf, dayOfNumber, isDayText, lastDayMeant, lastDayOfMonth } from './calendar';
import { defaultProgressProfile, expectedByNow } from './progress-profile';
import { periodOf, periodState, periodTitle, quarters } from './reporting-period';

describe('the calendar', () => {
  it('agrees with the Gregorian calendar for four thousand years', () => {
    fc.assert(fc.property(fc.integer({ min: -300_000, max: 1_000_000 }), (days) => {
      const day = new Date(days * 86_400_000).toISOString().slice(0, 10);
      expect(dayOfNumber(days)).toBe(day);
      expect(dayNumber(day)).toBe(days);
    }));
  });
  it('knows leap years and days that are not', () => {
    expect(lastDayOfMonth(2024, 2)).toBe('2024-02-29');
    expect(lastDayOfMonth(2023, 2)).toBe('2023-02-28');
    expect(lastDayOfMonth(2100, 2)).toBe('2100-02-28');
    expect(dayOf(2024, 2, 30)).toBeNull();
    expect(isDayText('2024-13-01')).toBe(false);
    expect(isDayText('2024-1-1')).toBe(false);
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(lastDayMeant('2024-12')).toBe('2024-12-31');
    expect(lastDayMeant('2024-12-20')).toBe('2024-12-20');
    expect(() => dayNumber('2024-02-30')).toThrow(TypeError);
  });
});

describe('the quarters of 2024', () => {
  const periods = quarters(2024, [15, 15, 15, 31]);
  it('follow each other without a gap, each with its due day', () => {
    expect(periods.map((one) => `${one.label} ${one.startsOn} ${one.endsOn} ${one.dueOn} ${one.months}`)).toEqual([
      '第一季度 2024-01-01 2024-03-31 2024-04-15 3', '第二季度 2024-04-01 2024-06-30 2024-07-15 6', '第三季度 2024-07-01 2024-09-30 2024-10-15 9', '第四季度 2024-10-01 2024-12-31 2025-01-31 12',
    ]);
    for (const [at, period] of periods.entries()) if (at > 0) expect(addDays(periods[at - 1]?.endsOn ?? '', 1)).toBe(period.startsOn);
  });
  it('open on their first day and close after their due day', () => {
    const second = periods[1];
    if (second === undefined) throw new Error('four quarters');
    expect(periodState(second, '2024-03-31')).toBe('FUTURE');
    expect(periodState(second, '2024-04-01')).toBe('OPEN');
    expect(periodState(second, '2024-07-15')).toBe('OPEN');
    expect(periodState(second, '2024-07-16')).toBe('CLOSED');
    expect(periodOf(periods, '2024-06-30')).toBe(second);
    expect(periodOf(periods, '2025-01-01')).toBeNull();
    expect([periodTitle(second), periodTitle(second, 'en')]).toEqual(['2024年第二季度', '2024 Q2']);
  });
});

describe('progress', () => {
  it('expects half a sum by June, all of a state, and nothing of a year-end row', () => {
    expect(expectedByNow('LINEAR', '5', { months: 6, ordinal: 2 })).toBe('2.5');
    expect(expectedByNow('LINEAR', '3', { months: 12, ordinal: 4 })).toBe('3');
    expect(expectedByNow('MILESTONE', '100', { months: 6, ordinal: 2 })).toBe('100');
    expect(expectedByNow('MILESTONE', '100', { months: 6, ordinal: 2 }, ['20', '60', null, null])).toBe('60');
    expect(expectedByNow('YEAR_END', '1', { months: 9, ordinal: 3 })).toBeNull();
    expect(expectedByNow('YEAR_END', '1', { months: 12, ordinal: 4 })).toBe('1');
    expect(['SUM', 'LAST', 'MANUAL'].map((one) => defaultProgressProfile(one as 'SUM'))).toEqual(['LINEAR', 'MILESTONE', 'YEAR_END']);
  });
});
