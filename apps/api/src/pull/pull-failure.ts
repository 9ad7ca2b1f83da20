import { type Refusal, refuse } from '@jiheng/domain';

/**
 * 取数失败: the ways a pull goes wrong and what follows, as a table and not as catch blocks (house.md §7).
 * The first three are about the whole source; the rest about one value, and stop nothing.
 */
export type PullFailureKind = 'SOURCE_AWAY' | 'NOT_ALLOWED' | 'NOT_THERE' | 'UNREADABLE_BODY' | 'MISPLACED';

/** Who has to do something about it; goes onto the job that failed. */
export type Mender = 'administrator' | 'source-owner' | 'reporter' | 'nobody';

/** What a kind of failure leads to. */
export interface Consequence {
  /** Whether trying again may help. */
  readonly retried: boolean;
  /** Whether the source is paused: after the last attempt where it is retried, at once where it is not. */
  readonly pausesSource: boolean;
  /** Whether the run counts as done (there was nothing to take) or as failed. */
  readonly runState: 'DONE' | 'FAILED';
  readonly mender: Mender;
}

export const PULL_CONSEQUENCES: Readonly<Record<PullFailureKind, Consequence>> = {
  // Timeout, 5xx, refused connection: it may pass. Nobody hears of it until the source is paused.
  SOURCE_AWAY: { retried: true, pausesSource: true, runState: 'FAILED', mender: 'source-owner' },
  // 401, 403: knocking again would only lock the account.
  NOT_ALLOWED: { retried: false, pausesSource: true, runState: 'FAILED', mender: 'source-owner' },
  // 404 or an empty period: the present actuals stay, and nothing is broken.
  NOT_THERE: { retried: false, pausesSource: false, runState: 'DONE', mender: 'reporter' },
  // Not JSON, not a sheet, no such path in it: the body is kept; the same answer again would help nobody.
  UNREADABLE_BODY: { retried: false, pausesSource: false, runState: 'FAILED', mender: 'source-owner' },
  // A place that may not be asked at all: host not listed, folder outside the root, redirect to elsewhere.
  MISPLACED: { retried: false, pausesSource: true, runState: 'FAILED', mender: 'administrator' },
};

/** One failure: its kind decides what happens, its sentence what a person reads. */
export interface PullFailure {
  readonly kind: PullFailureKind;
  readonly refusal: Refusal;
  /** What came although it could not be used, to be kept. */
  readonly body: Buffer | null;
  /** How long the source asked to be left alone; absent where it did not say. */
  readonly waitMs?: number;
}

export function pullFailure(kind: PullFailureKind, code: Refusal['code'], params: Readonly<Record<string, string>>, body: Buffer | null = null): PullFailure {
  return { kind, refusal: refuse(code, params).refusal, body };
}

/**
 * How people read that a source stayed away ({@link PULL_CONSEQUENCES}): while it is tried again, and once nobody tries any more and it is paused. A file that is never whole when it is looked at is the
 * source's side like a system that does not answer, and is back by itself as well.
 */
const OF_ABSENCE = {
  'pull.source-away': { again: 'pull.source-away-again', paused: 'pull.source-away-paused' },
  'pull.file-unsettled': { again: 'pull.file-unsettled-again', paused: 'pull.file-unsettled-paused' },
} as const satisfies Readonly<Partial<Record<Refusal['code'], { readonly again: Refusal['code']; readonly paused: Refusal['code'] }>>>;

function ofAbsence(code: string): { readonly again: Refusal['code']; readonly paused: Refusal['code'] } | null {
  return Object.hasOwn(OF_ABSENCE, code) ? OF_ABSENCE[code as keyof typeof OF_ABSENCE] : null;
}

/** The same trouble as whoever waits for the next try reads it; what is none of the source's absence is told as it is. */
export function toldUntilNext(refusal: Refusal, next: Readonly<Record<'at' | 'atEn' | 'next' | 'tries', string>>): Refusal {
  const told = ofAbsence(refusal.code);
  return told === null ? refusal : { code: told.again, params: { ...refusal.params, ...next } };
}

/** The same trouble once nobody tries again: how often it was tried, since when the source is paused, and who resumes it. */
export function toldWhenPaused(refusal: Refusal, last: Readonly<Record<'tries' | 'since' | 'sinceEn', string>>): Refusal {
  const told = ofAbsence(refusal.code);
  return told === null ? refusal : { code: told.paused, params: { ...refusal.params, ...last } };
}

/** Whether the failure of a job says that its source stayed away until nobody tried any more. */
export function stayedAway(code: string): boolean {
  return Object.values(OF_ABSENCE).some(({ paused }) => paused === code);
}

/** What a sentence about a pull says of keeping what came, said of a trial, which keeps nothing. */
const OF_TRIALS: Readonly<Partial<Record<Refusal['code'], Refusal['code']>>> = {
  'pull.unreadable-body': 'pull.unreadable-body-tried', 'pull.unreadable-value': 'pull.unreadable-value-tried', 'pull.answer-too-slow': 'pull.answer-too-slow-tried',
  'pull.answer-too-heavy': 'pull.answer-too-heavy-tried',
};

/** The same trouble as whoever only tries a source reads it: nothing is kept of what came, nothing is asked again, and nothing is paused. */
export function toldOfTrial(refusal: Refusal): Refusal {
  const code = OF_TRIALS[refusal.code];
  return code === undefined ? refusal : { ...refusal, code };
}

/** How the reason of a source begins that a person switched off; every other pause is the house's own. */
export const SWITCHED_OFF_BY = 'switched off by ';

/** Nothing is asked of a paused source. What to do first is for a person: resume it once the cause is mended, or switch it on again. */
export function sourcePaused(source: { readonly id: string; readonly name: string; readonly pauseReasonEn: string | null }): Extract<ReturnType<typeof refuse>, { ok: false }> {
  const words = source.pauseReasonEn?.startsWith(SWITCHED_OFF_BY) === true
    ? { state: '停用', stateEn: 'switched off', deed: '启用', deedEn: 'switch it on' } : { state: '暂停', stateEn: 'paused', deed: '排除故障并恢复取数', deedEn: 'mend the cause and resume it' };
  return refuse('pull.source-paused', { source: source.name, sourceId: source.id, ...words });
}
