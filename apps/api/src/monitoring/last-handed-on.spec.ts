import type { HistoryEntry } from '@jiheng/contract';
import { lastHandedOn } from './last-handed-on';

const history = (...moves: string[]): HistoryEntry[] =>
  moves.map((move, at) => ({ move, from: '', to: '', by: '填报人甲', role: null, at: new Date(Date.UTC(2025, 0, 10 + at)).toISOString(), opinion: null }));

describe('what counts as changed', () => {
  it.each<[string, string[], number | null]>([
    ['nothing was handed on', [], null], ['it is with the reviewer for the first time', ['submit'], null], ['it is signed for the first time', ['submit', 'review', 'sign'], null],
    ['it came back: since it was submitted', ['submit', 'return'], 0], ['it came back and was submitted again: still since the first time', ['submit', 'return', 'submit'], 0],
    ['it was reopened: since it was signed', ['submit', 'review', 'sign', 'reopen'], 2], ['it came back twice: since the second time', ['submit', 'return', 'submit', 'review', 'return', 'submit'], 2],
    ['it was taken back: since it was submitted', ['submit', 'withdraw'], 0],
  ])('%s', (_, moves, at) => {
    const acts = history(...moves);
    expect(lastHandedOn(acts)).toBe(at === null ? null : acts[at]);
  });
});
