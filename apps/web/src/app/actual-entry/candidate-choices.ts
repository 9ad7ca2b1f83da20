import type { RecordedActual } from '@jiheng/contract';
import type { Problem } from '../api/problem';
import { newRequestId } from '../api/new-request-id';
import { toActual } from '../api/actual-body';
import type { CellJournal } from './cell-journal';
import type { EntryGateway } from './entry-gateway';
import type { EntryRow } from './entry-row';
import { writeCell } from './read-cell';

/** What a person chooses about candidates, and how it is undone: a value that was taken is taken back by the server, where the candidate then waits again. */
export class CandidateChoices {
  constructor(
    private readonly gateway: Pick<EntryGateway, 'settleCandidate'>, private readonly journal: CellJournal, private readonly noteRevision: (answer: RecordedActual) => void,
    private readonly fresh: () => Promise<unknown>,
  ) {}

  /** @returns the refusal, or null */
  async settle(row: EntryRow, requestId: string, choice: 'ACCEPT' | 'KEEP_MINE', reason?: string, candidateId: string | undefined = row.server().candidate?.id): Promise<Problem | null> {
    if (candidateId === undefined || row.settling()) return null;
    row.settling.set(true);
    if (choice === 'KEEP_MINE') await row.saver.flush();
    const before = row.text();
    const outcome = await this.gateway.settleCandidate(candidateId, {
      requestId, choice, expectedRevision: row.server().current?.revision ?? 0, ...(reason === undefined ? {} : { reason }),
      // The candidate on the screen has asked once more about a doubtful value before it let it be taken.
      ...(choice === 'ACCEPT' ? { sure: true } : {}),
    });
    row.settling.set(false);
    row.candidateProblem.set(outcome.kind === 'done' ? null : outcome.problem);
    if (outcome.kind !== 'done') {
      // A newer reading of the source, or another person, may have been faster.
      if (outcome.kind !== 'unreachable') await this.fresh();
      return outcome.problem;
    }
    if (choice === 'ACCEPT') row.adopt(outcome.answer);
    else row.server.set(outcome.answer.row);
    this.noteRevision(outcome.answer);
    if (choice === 'ACCEPT') this.journal.record([{ rowId: row.id, before, after: row.text(), candidateId }]);
    return null;
  }

  /** Undoes a taken candidate. Where the server cannot be reached or refuses, the cell at least says again what it said before, like anything typed. */
  async takeBack(row: EntryRow, before: string, candidateId: string): Promise<void> {
    row.returning.set(true);
    row.text.set(before);
    // What is on its way belongs to the value that is taken back.
    await row.saver.flush();
    const outcome = await this.gateway.settleCandidate(candidateId, { requestId: newRequestId(), choice: 'TAKE_BACK', expectedRevision: row.server().current?.revision ?? 0 });
    row.returning.set(false);
    if (outcome.kind !== 'done') {
      row.put(row.text());
      return;
    }
    if (row.text() === before) row.adopt(outcome.answer);
    else row.storeBeside(outcome.answer);
    this.noteRevision(outcome.answer);
  }

  /** Does again what was undone: the candidate that waits with this value is taken once more; without one the text is put. */
  async takeAgain(row: EntryRow, after: string): Promise<void> {
    const { candidate } = row.server();
    const again = [...(candidate === null ? [] : [candidate, ...candidate.others ?? []])].find((one) => writeCell(toActual(one.actual), row.indicator) === after);
    if (again === undefined) {
      row.put(after);
      return;
    }
    row.settling.set(true);
    const outcome = await this.gateway.settleCandidate(again.id, { requestId: newRequestId(), choice: 'ACCEPT', sure: true, expectedRevision: row.server().current?.revision ?? 0 });
    row.settling.set(false);
    if (outcome.kind !== 'done') {
      row.put(after);
      return;
    }
    row.adopt(outcome.answer);
    this.noteRevision(outcome.answer);
  }
}
