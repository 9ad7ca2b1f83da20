import { type ScheduleRule, checkRule, intoWindow, nextOccasion, occasionsBetween } from './occasions';

const shanghai = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+08:00`);
const said = (moment: Date): string => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const after = (rule: ScheduleRule, moment: string, window: Parameters<typeof nextOccasion>[1] = null): string => said(nextOccasion(rule, window, shanghai(moment)));
const code = (cron: string, gap = 10): string => { const checked = checkRule({ kind: 'CRON', cron }, gap); return checked.ok ? 'ok' : checked.refusal.code; };

describe('when a source is asked', () => {
  const fifth: ScheduleRule = { kind: 'QUARTER_END', day: 5, time: '07:30' };
  it.each([
    ['2024-12-31 23:59', '2025-01-05 07:30'], ['2025-01-05 07:29', '2025-01-05 07:30'], ['2025-01-05 07:30', '2025-04-05 07:30'], ['2025-02-01 00:00', '2025-04-05 07:30'], ['2025-09-30 12:00', '2025-10-05 07:30'],
  ])('five days after the quarter: after %s at %s', (moment, next) => expect(after(fifth, moment)).toBe(next));
  it('on the last day of the quarter, and more than a month after it', () => {
    expect(after({ kind: 'QUARTER_END', day: 0, time: '18:00' }, '2024-12-31 17:59')).toBe('2024-12-31 18:00');
    expect(after({ kind: 'QUARTER_END', day: 45, time: '18:00' }, '2025-01-01 00:00')).toBe('2025-02-14 18:00');
  });
  it.each([['2025-01-31 08:00', '2025-02-28 08:00'], ['2024-01-31 08:00', '2024-02-29 08:00'], ['2025-02-28 08:00', '2025-03-31 08:00'], ['2025-12-31 08:00', '2026-01-31 08:00']])(
    'the 31st of each month is its last day: after %s at %s', (moment, next) => expect(after({ kind: 'MONTHLY', day: 31, time: '08:00' }, moment)).toBe(next));
  it('a cron rule is of Asia/Shanghai: half past seven on working days', () => {
    const rule: ScheduleRule = { kind: 'CRON', cron: '30 7 * * 1-5' };
    expect(after(rule, '2025-01-10 07:29')).toBe('2025-01-10 07:30');
    expect(after(rule, '2025-01-10 07:30')).toBe('2025-01-13 07:30');
  });
  it.each([
    ['2025-01-09 07:59', '2025-01-09 08:00'], ['2025-01-09 08:00', '2025-01-09 08:00'], ['2025-01-09 17:59', '2025-01-09 17:59'], ['2025-01-09 18:00', '2025-01-10 08:00'],
  ])('is only asked from 08:00 to 18:00: %s becomes %s', (moment, at) => expect(said(intoWindow(shanghai(moment), { from: '08:00', to: '18:00' }))).toBe(at));
  it('a window may span midnight', () => {
    const night = { from: '22:00', to: '06:00' };
    expect(['21:59', '22:00', '05:59', '06:00'].map((time) => said(intoWindow(shanghai(`2025-01-09 ${time}`), night)))).toEqual(['2025-01-09 22:00', '2025-01-09 22:00', '2025-01-09 05:59', '2025-01-09 22:00']);
    // Noon falls outside; after the window it was moved into has been used, the next day's noon comes.
    expect(after({ kind: 'CRON', cron: '0 12 * * *' }, '2025-01-09 22:00', night)).toBe('2025-01-10 22:00');
  });
  it('counts what was missed', () => {
    expect(occasionsBetween({ kind: 'CRON', cron: '0 * * * *' }, shanghai('2025-01-09 00:00'), shanghai('2025-01-09 05:00'))).toBe(5);
    expect(occasionsBetween({ kind: 'MONTHLY', day: 1, time: '00:00' }, shanghai('2025-01-01 00:00'), shanghai('2025-01-31 23:59'))).toBe(0);
  });
  it.each(['* * * * *', '*/5 * * * *', '0,9 * * * *'])('%s is impolite when ten minutes must lie between', (cron) => expect(code(cron)).toBe('pull.schedule-too-dense'));
  it.each(['60 * * * *', '* * * *', '0 0 * * * *', '@daily', 'H H * * *', '0 0 L * *', '0 0 31 2 *', 'hello', ''])('cannot read %j', (cron) => expect(code(cron)).toBe('pull.schedule-cron-unreadable'));
  it.each([
    ['0 25 * * *', '“时”一项“25”不对（应在 0–23 之内）', 'the hour “25” is not right (within 0–23)'], ['60 * * * *', '“分”一项“60”不对（应在 0–59 之内）', 'the minute “60” is not right (within 0–59)'],
    ['0 0 32 * *', '“日”一项“32”不对（应在 1–31 之内）', 'the day “32” is not right (within 1–31)'], ['0 7 * * 9', '“周”一项“9”不对（应在 0–7 之内）', 'the weekday “9” is not right (within 0–7)'],
    ['0 0 L * *', '“日”一项“L”不对（应在 1–31 之内）', 'the day “L” is not right (within 1–31)'], ['0 0 * * 5-', '“周”一项“5-”不对（应在 0–7 之内）', 'the weekday “5-” is not right (within 0–7)'],
    ['0 7 * *', '应为五项，现有 4 项', 'it has 4 parts instead of five'], ['0 0 31 2 *', '没有符合这条规则的日子', 'no day fits it'],
  ])('names the part of %j that is wrong, in both languages', (cron, zh, en) => {
    const checked = checkRule({ kind: 'CRON', cron }, 10);
    expect(!checked.ok && [checked.refusal.params['what'], checked.refusal.params['whatEn']]).toEqual([zh, en]);
  });
  it.each(['*/10 * * * *', '0,10 * * * *', '30 7 * * mon-fri', '0 6 1,15 * *'])('%s may be', (cron) => expect(code(cron)).toBe('ok'));
});
