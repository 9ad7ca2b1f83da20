/** Every state of the contract that a person may see, with its tone. */
const TONES = {
  DRAFT: 'open', OPEN: 'open', RUNNING: 'open', READY: 'good',
  SUBMITTED: 'waiting', WAITING: 'waiting', REVIEWED: 'waiting', NOTHING: 'waiting',
  SIGNED: 'good', DEPARTMENT_ACCEPTED: 'good', APPROVED: 'good', ACCEPTED: 'good', DONE: 'good', ACTIVE: 'good',
  RETURNED: 'bad', FAILED: 'bad',
  FUTURE: 'quiet', CLOSED: 'quiet', SUPERSEDED: 'quiet', CANCELLED: 'quiet', OVERTAKEN: 'quiet', GONE: 'quiet', NONE: 'quiet', PAUSED: 'quiet', OFF: 'quiet',
} as const;
export type DocumentState = keyof typeof TONES;
export type Tone = (typeof TONES)[DocumentState];

/** The state when it is a known one, null otherwise. */
export function documentState(text: string): DocumentState | null {
  return Object.hasOwn(TONES, text) ? (text as DocumentState) : null;
}

/** The colour family of a state; an unknown one stays quiet. */
export function toneOf(state: DocumentState | null): Tone {
  return state ? TONES[state] : 'quiet';
}
