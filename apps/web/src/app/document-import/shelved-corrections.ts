import type { LoggedCorrection } from '@jiheng/domain';
import type { DraftShelf } from '../saving/draft-shelf';

/** A correction on its way to the server. Its request id stays the same however often it is sent. */
export interface WaitingCorrection {
  readonly requestId: string;
  readonly correction: LoggedCorrection;
}

/** Corrections of one table that the server does not have, and how long its log was when they were made. */
export interface ShelvedCorrections {
  readonly at: number;
  readonly sequence: number;
  readonly waiting: readonly WaitingCorrection[];
}

/** Only one table of an import has corrections on their way: another is opened when they are written. */
const NAME = 'corrections';

/** Lays what is on its way on the shelf, so that it survives the end of the browser; clears it once the server has all. */
export function shelveCorrections(shelf: DraftShelf | null, { at, sequence, waiting }: ShelvedCorrections): void {
  if (waiting.length === 0) shelf?.drop(NAME);
  else shelf?.put(NAME, { text: JSON.stringify({ at, waiting }), revision: sequence });
}

/** What an earlier visit left on the shelf; null when there is nothing, or nothing that can be understood. */
export function shelvedCorrections(shelf: DraftShelf | null): ShelvedCorrections | null {
  const draft = shelf?.get(NAME) ?? null;
  if (draft === null) return null;
  try {
    const { at, waiting } = JSON.parse(draft.text) as Partial<ShelvedCorrections>;
    if (typeof at !== 'number' || !Array.isArray(waiting) || waiting.length === 0 || !waiting.every(isWaiting)) return null;
    return { at, sequence: draft.revision, waiting };
  } catch {
    return null;
  }
}

function isWaiting(one: unknown): one is WaitingCorrection {
  const { requestId, correction } = (one ?? {}) as Partial<WaitingCorrection>;
  return typeof requestId === 'string' && typeof correction?.kind === 'string';
}
