import { failed } from '../../source-connector';
import { askedToWait } from './retry-after';

describe('Retry-After', () => {
  const away = failed('SOURCE_AWAY', 'pull.source-away', { source: '业务系统', cause: 'HTTP 429' });
  const now = Date.parse('2025-01-09T02:00:00Z');
  it.each([
    ['60', 60_000], [' 0120 ', 120_000], ['Thu, 09 Jan 2025 02:01:30 GMT', 90_000],
    ['0', undefined], ['-5', undefined], ['soon', undefined], ['1.5', undefined], ['Thu, 09 Jan 2025 01:00:00 GMT', undefined], [undefined, undefined],
  ])('%j asks to wait for %j ms', (header, waitMs) => {
    expect(askedToWait(away, header, now).failure.waitMs).toBe(waitMs);
  });
});
