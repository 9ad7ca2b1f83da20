import type { SavePhase } from '../actual-entry/autosave';
import type { EvaluationKey } from './evaluation-words';

/** How a saved place says where it stands; null when there is nothing to say. */
export function phaseWord(phase: SavePhase, dirty: boolean, hasContent: boolean): EvaluationKey | null {
  switch (phase.kind) {
    case 'saving': return 'rowSaving';
    case 'waiting': return 'rowWaiting';
    case 'offline': return 'rowOffline';
    case 'refused': return 'rowRefused';
    case 'conflict': return 'rowConflict';
    case 'idle': return dirty ? 'rowWaiting' : hasContent ? 'rowSaved' : null;
  }
}
