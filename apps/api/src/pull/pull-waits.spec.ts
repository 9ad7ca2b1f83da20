import { LONGEST_WAIT_MS, leftAloneFor, waitAfter } from './pull-waits';
import { runPull } from './run-pull.job';

describe('between two tries of a pull', () => {
  it('half a minute passes, then two, then ten: a restart of the other side ends no automation', () => {
    expect([1, 2, 3].map((attempt) => waitAfter(attempt, runPull.backoffMs) / 1_000)).toEqual([30, 120, 600]);
    expect(runPull.attempts).toBe(4);
  });
  it('the source is left alone for as long as it asks, and no longer than a quarter of an hour', () => {
    expect([waitAfter(1, 30_000, 60_000), waitAfter(2, 30_000, 60_000), waitAfter(1, 30_000, 86_400_000)]).toEqual([60_000, 120_000, LONGEST_WAIT_MS]);
  });
  it('a person does not have it asked before the moment it named itself; from then on our own patience holds nobody up', () => {
    expect([leftAloneFor(2_000), leftAloneFor(86_400_000)]).toEqual([2_000, LONGEST_WAIT_MS]);
  });
});
