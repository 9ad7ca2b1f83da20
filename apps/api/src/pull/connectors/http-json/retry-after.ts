import type { Fetched } from '../../source-connector';

type Failed = Extract<Fetched, { ok: false }>;

/** Adds to a failure how long the asked server wishes to be left alone: `Retry-After` of RFC 9110 §10.2.3, seconds or a date. What cannot be read, or is over, says nothing. */
export function askedToWait(answer: Failed, header: string | undefined, now: number = Date.now()): Failed {
  const said = header?.trim() ?? '';
  const waitMs = /^\d{1,9}$/u.test(said) ? Number(said) * 1_000 : Date.parse(said) - now;
  return waitMs > 0 ? { ...answer, failure: { ...answer.failure, waitMs } } : answer;
}
