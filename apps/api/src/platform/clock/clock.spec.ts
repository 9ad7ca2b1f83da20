import { readConfig } from '../config/app-config';
import { Clock, dayInShanghai } from './clock';

const clock = (today?: string): Clock => new Clock(readConfig({ DATABASE_URL: 'postgres://x', JIHENG_TODAY: today }));

describe('the clock', () => {
  it('begins a day in Shanghai when London still has the day before', () => {
    expect(dayInShanghai(new Date('2024-12-31T15:59:59Z'))).toBe('2024-12-31');
    expect(dayInShanghai(new Date('2024-12-31T16:00:00Z'))).toBe('2025-01-01');
  });

  it('stands still on the day of a demonstration, while the hours go on', () => {
    expect(clock('2025-01-09').today()).toBe('2025-01-09');
    expect(dayInShanghai(clock('2025-01-09').now())).toBe('2025-01-09');
  });

  it('otherwise tells the real moment', () => {
    expect(Math.abs(clock().now().getTime() - Date.now())).toBeLessThan(1000);
    expect(clock().today()).toBe(dayInShanghai(new Date()));
  });
});
