import { sayRefusal, type Refusal, type Words } from '@jiheng/domain';

/** Who can mend what keeps a job from passing. */
export type Mender = 'administrator' | 'source-owner' | 'reporter' | 'nobody';

/** A failure that no retry cures: the facts are wrong, not the weather. Everything else that is thrown may pass. */
export class WillNotPass extends Error {
  constructor(readonly refusal: Refusal, readonly mender: Mender, options?: ErrorOptions & { readonly ownerId?: string | null }) {
    super(refusal.code, options);
    this.name = 'WillNotPass';
    this.ownerId = options?.ownerId ?? null;
  }

  /** The person who answers for the source, where a source is the cause. */
  readonly ownerId: string | null;
}

/** A failure that may pass, but not before this long: the queue brings the job again then. It counts as an attempt. */
export class MayPassLater extends Error {
  /** @param words what whoever waits for the job reads until then */
  constructor(readonly afterMs: number, readonly words: Words, options?: ErrorOptions) {
    super(words.en, options);
    this.name = 'MayPassLater';
  }
}

/** What the last failure leaves for people. */
export interface JobFailure {
  readonly zh: string;
  readonly en: string;
  readonly mender: Mender;
  /** The refusal's code, or `house.job-failed`. */
  readonly code: string;
  /** Whose source it is, where a source is the cause. */
  readonly ownerId?: string;
}

const takenBack = { code: 'house.job-taken-back', params: {} } as const;
/** What the row of a feature says whose job was taken back before it was done. */
export const TAKEN_BACK = { code: takenBack.code, zh: sayRefusal(takenBack, 'zh'), en: sayRefusal(takenBack, 'en') };

/** What whoever waits for a job reads while PostgreSQL keeps it from being tried. */
export function sayDatabaseAway(isFull: boolean): Words {
  const kept: Refusal = { code: isFull ? 'house.database-full' : 'house.database-away', params: {} };
  return { zh: sayRefusal(kept, 'zh'), en: sayRefusal(kept, 'en') };
}

/** The sentence of a last failure. An unknown fault says nothing of its inside, only the number under which the log keeps it. */
export function describeFailure(error: unknown, attempts: number, reference: string): JobFailure {
  const refusal: Refusal = error instanceof WillNotPass ? error.refusal : { code: 'house.job-failed', params: { reference, attempts: String(attempts) } };
  return { zh: sayRefusal(refusal, 'zh'), en: sayRefusal(refusal, 'en'), mender: error instanceof WillNotPass ? error.mender : 'administrator', code: refusal.code,
    ...(error instanceof WillNotPass && error.ownerId !== null ? { ownerId: error.ownerId } : {}) };
}
