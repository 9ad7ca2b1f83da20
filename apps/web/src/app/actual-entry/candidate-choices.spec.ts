import type { CandidateView } from '@jiheng/contract';
import { theTable } from '@jiheng/domain/testing';
import { aReport, idOf, reported, rowIdAt } from '../api/testing/a-report';
import { ActualEntryModel } from './actual-entry-model';
import { AServer } from './testing/a-server';

const U6 = rowIdAt(5);
const FOUND = {
  id: idOf(5, 1), actual: reported('264000', '人'), sourceName: '社保核心系统', observedAt: '2025-01-08T18:00:00Z', verbatim: '264000', sha256: 'b'.repeat(64), warning: null, outcome: 'CANDIDATE',
} as unknown as CandidateView;

function open() {
  const server = new AServer(aReport(theTable('KZ-U'), { rows: (row) => (row.indicator.id === U6 ? { ...row, candidate: FOUND } : row) }));
  const model = new ActualEntryModel(server.report, { gateway: server, store: null, personId: 'p1', now: () => '2025-01-09T02:00:00Z' });
  const row = model.row(U6);
  if (row === null) throw new Error('no row');
  return { server, model, row };
}

/** Answers of the server arrive, and pauses after typing end. */
const pass = (): Promise<void> => jest.advanceTimersByTimeAsync(2_000);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('undoing a candidate that was taken', () => {
  it('opens the candidate again; doing it again takes it, and it can be undone as often as one likes', async () => {
    const { server, model, row } = open();
    await model.settleCandidate(U6, idOf(9, 1), 'ACCEPT');
    for (const round of [1, 2]) {
      expect(model.undo()).toBe(U6);
      await pass();
      expect([round, row.text(), row.server().current?.actual.kind, row.server().candidate?.actual, row.settled()]).toEqual([round, '', 'NOT_REPORTED', FOUND.actual, true]);
      model.redo();
      await pass();
      expect([round, row.text(), row.server().candidate]).toEqual([round, '264000人', null]);
    }
    expect(server.asked.map(({ what, body }) => [what, (body as { choice: string }).choice])).toEqual([
      ['candidate', 'ACCEPT'], ['candidate', 'TAKE_BACK'], ['candidate', 'ACCEPT'], ['candidate', 'TAKE_BACK'], ['candidate', 'ACCEPT']]);
  });

  it('nothing else of the cell is sent while it is on its way, and what was typed before comes back with it', async () => {
    const { server, model, row } = open();
    model.enter(U6);
    model.type(U6, '26.2');
    model.leave(U6);
    await pass();
    await model.settleCandidate(U6, idOf(9, 1), 'ACCEPT');
    const go = server.hold();
    model.undo();
    await pass();
    expect(server.asked.map(({ what }) => what)).toEqual(['record', 'candidate', 'candidate']);
    go();
    await pass();
    expect([row.text(), row.server().current?.actual, row.server().candidate?.actual]).toEqual(['26.2万人', reported('26.2', '万人'), FOUND.actual]);
    expect(server.asked).toHaveLength(3);
  });

  it('what is typed while it is on its way is saved on top of it', async () => {
    const { server, model, row } = open();
    await model.settleCandidate(U6, idOf(9, 1), 'ACCEPT');
    const go = server.hold();
    model.undo();
    await pass();
    model.type(U6, '26.3');
    go();
    await pass();
    expect([row.text(), row.server().current, row.server().candidate?.actual]).toMatchObject(['26.3', { revision: 3, actual: reported('26.3', '万人') }, FOUND.actual]);
  });

  it('a value corrected after the taking is undone first, the taking after it', async () => {
    const { model, row } = open();
    await model.settleCandidate(U6, idOf(9, 1), 'ACCEPT');
    model.enter(U6);
    model.type(U6, '26.3');
    model.leave(U6);
    await pass();
    model.undo();
    model.undo();
    await pass();
    expect([row.text(), row.server().candidate?.actual, row.settled()]).toEqual(['', FOUND.actual, true]);
  });

  it('without an answer the cell says again what it said, and is saved once the server is back', async () => {
    const { server, model, row } = open();
    await model.settleCandidate(U6, idOf(9, 1), 'ACCEPT');
    server.reachable = false;
    model.undo();
    await pass();
    expect([row.text(), row.state().kind]).toEqual(['', 'offline']);
    server.reachable = true;
    await jest.advanceTimersByTimeAsync(60_000);
    expect([row.text(), row.server().current?.actual.kind, row.settled()]).toEqual(['', 'NOT_REPORTED', true]);
  });
});
