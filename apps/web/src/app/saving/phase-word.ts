import type { SavePhase } from './autosave';
import type { SaveKey } from './save-words';

/** How a saved place says where it stands; null when there is nothing to say. */
export function phaseWord(phase: SavePhase, dirty: boolean, hasContent: boolean): SaveKey | null {
  switch (phase.kind) {
    case 'saving': return 'saving';
    case 'waiting': return 'waiting';
    case 'offline': return 'offline';
    case 'refused': return 'refused';
    case 'conflict': return 'conflict';
    case 'idle': return dirty ? 'waiting' : hasContent ? 'saved' : null;
  }
}
