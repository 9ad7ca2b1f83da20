import { type Signal, computed, signal } from '@angular/core';
import type { EvidenceView, ImportedRemark, MonitoringReportView, RecordedActual, ReportPoints } from '@jiheng/contract';
import { type RuleProfile, addDecimal, validateRuleProfile } from '@jiheng/domain';
import type { Problem } from '../api/problem';
import { CandidateChoices } from './candidate-choices';
import type { CellChange } from './cell-journal';
import { CellJournal } from './cell-journal';
import { DraftShelf, type TextStore } from '../saving/draft-shelf';
import type { ActualRevision, EntryGateway } from './entry-gateway';
import type { SaveOutcome } from '../saving/save-outcome';
import { EntryRow } from './entry-row';
import { EvidenceUploads } from './evidence-uploads';
import { ExecutionDraft } from './execution-draft';
import { ImportedRemarks } from './imported-remarks';
import { countInGroups, inGroups } from './in-groups';
import { type MissingThing, sameThings } from './missing-things';
import { readPastedBlock } from './paste-block';
import { type PasteReport, planPaste } from './pasted-cells';
import { totalOf } from './points-total';
import { SaveLane } from '../saving/save-lane';

/** What the model needs to know of the world around it. */
export interface EntrySurroundings {
  readonly gateway: EntryGateway;
  /** Where unsaved drafts lie between visits; null where the browser forbids it. */
  readonly store: TextStore | null;
  readonly personId: string;
  /** What imported forms say of this report, waiting for a choice; left out where nothing was asked. */
  readonly remarks?: readonly ImportedRemark[];
  /** The present moment, ISO 8601; only for saying when a draft was left. */
  readonly now: () => string;
}

/** Why a deed at the grid was not done; the words stand in the page's dictionary. */
export type GridNotice =
  | { readonly key: 'nothingAbove' }
  | { readonly key: 'unitsDiffer'; readonly unit: string; readonly above: string };

/** How many draft cells were found on the shelf at the start, and from when. */
export interface Restored {
  readonly cells: number;
  readonly at: string;
}

/**
 * The quarterly entry of one monitoring report: rows with their drafts, live points and their sum, what is saved and what is not, undo,
 * paste, and what is still missing. No DOM and no HTTP: the page shows it and the gateway carries it.
 */
export class ActualEntryModel {
  /** Everything about the report but its rows, as last told by the server. */
  readonly report: Signal<MonitoringReportView>;
  readonly rows: readonly EntryRow[];
  readonly execution: ExecutionDraft;
  readonly uploads: EvidenceUploads;
  readonly remarks: ImportedRemarks;
  readonly journal = new CellJournal();
  readonly profile: RuleProfile | null;
  readonly restored: Signal<Restored | null>;
  /** Σ points as they would be with everything typed, two places. */
  readonly pointsTotal: Signal<string>;
  /** Σ weights of the rows that have points. */
  readonly weightScored: Signal<string>;
  readonly weightTotal: string;
  readonly answered: Signal<number>;
  /** Rows and figures the server does not have yet, whatever the reason. */
  readonly unsaved: Signal<number>;
  readonly missing: Signal<readonly MissingThing[]>;
  /** At least one row could not reach the server at its last attempt. */
  readonly isOffline: Signal<boolean>;
  /** Something saved has not been scored by the server yet. */
  readonly scoreIsBehind: Signal<boolean>;
  /** The server has told of a later state of the report than the one shown here: somebody else was at work. */
  readonly isOvertaken: Signal<boolean>;
  /** The row whose detail is open. */
  readonly openRow = signal<string | null>(null);
  /** The row the keyboard is in. */
  readonly activeRow = signal<string | null>(null);
  /** The row whose empty note has been gone into: only there it takes a field. Text fields are dear to make, and most rows are passed by. */
  readonly noteRow = signal<string | null>(null);
  readonly lastPaste = signal<PasteReport | null>(null);
  /** Why the last deed at the grid was not done (fill down between different units). */
  readonly notice = signal<GridNotice | null>(null);
  readonly moving = signal(false);
  readonly moveProblem = signal<Problem | null>(null);
  private readonly current;
  private readonly rowsById: ReadonlyMap<string, EntryRow>;
  private readonly shelf: DraftShelf;
  private readonly choices: CandidateChoices;
  /** The points last told, for rows whose save is answered only after its points are there. */
  private readonly told = signal<ReportPoints | null>(null);
  private readonly foundDrafts = signal<Restored | null>(null);
  /** Text of a cell when it was entered; Esc goes back to it, and one visit is one step of undo. */
  private readonly visits = new Map<string, string>();

  constructor(report: MonitoringReportView, private readonly around: EntrySurroundings) {
    this.current = signal(report);
    this.report = this.current.asReadonly();
    const profile = validateRuleProfile(report.profile);
    this.profile = profile.ok ? profile.value : null;
    const lane = new SaveLane(undefined, () => { this.shelf.settle(); });
    const { gateway } = around;
    this.shelf = new DraftShelf(around.store, report.id, around.personId, around.now);
    const shared = { gateway, lane, profile: this.profile, editable: report.editable, ordinal: report.period.ordinal };
    this.rows = report.rows.map((row) => new EntryRow(row, {
      ...shared,
      context: { fiscalYear: report.table.fiscalYear, periodClosed: report.period.state === 'CLOSED' },
      changed: (changed) => this.shelve(changed),
      stored: (_, answer) => this.noteRevision(answer),
    }));
    this.rowsById = new Map(this.rows.map((row) => [row.id, row]));
    this.execution = new ExecutionDraft(report.execution, { ...shared, subject: report.table.subject }, () => this.shelveExecution());
    this.choices = new CandidateChoices(gateway, this.journal, (answer) => this.noteRevision(answer), () => this.fresh());
    this.uploads = new EvidenceUploads(gateway, (rowId, evidence) => this.attached(rowId, evidence), (rowId, id) => this.detached(rowId, id));
    this.remarks = new ImportedRemarks(gateway, around.remarks ?? []);
    this.pointsTotal = totalOf(this.rows.map((row) => row.points));
    this.weightScored = totalOf(this.rows.map((row) => () => (row.points() === null ? null : row.indicator.weight)));
    this.weightTotal = addDecimal(...this.rows.map((row) => row.indicator.weight));
    this.answered = countInGroups(this.rows.map((row) => () => row.recorded().kind !== 'NOT_REPORTED'));
    const unsettled = countInGroups(this.rows.map((row) => () => !row.settled()));
    this.unsaved = computed(() => unsettled() + (this.execution.settled() ? 0 : 1));
    const offline = countInGroups(this.rows.map((row) => () => row.saver.phase().kind === 'offline'));
    this.isOffline = computed(() => offline() > 0);
    const inRows = inGroups(this.rows.map((row) => row.missing), { gather: (lists) => lists.flat(), join: (lists) => lists.flat(), equal: sameThings });
    this.missing = computed(() => [...inRows(), ...this.missingBesideRows()]);
    const unscored = countInGroups(this.rows.map((row) => row.scoreIsBehind));
    this.scoreIsBehind = computed(() => unscored() > 0);
    this.isOvertaken = computed(() => (this.told()?.reportRevision ?? 0) > this.report().revision);
    this.restored = this.foundDrafts.asReadonly();
    if (report.editable) this.restoreDrafts();
  }

  row(rowId: string): EntryRow | null {
    return this.rowsById.get(rowId) ?? null;
  }

  /** The cell is entered: from here on it can be taken back to what it says now. */
  enter(rowId: string): void {
    const row = this.row(rowId);
    if (row !== null) this.visits.set(rowId, row.text());
  }

  /** A key changed the text. */
  type(rowId: string, text: string): void {
    const row = this.row(rowId);
    if (row === null) return;
    if (!this.visits.has(rowId)) this.visits.set(rowId, row.text());
    if (this.notice() !== null) this.notice.set(null);
    row.type(text);
  }

  /** The cell is left: what stands there is spelt, remembered for undo and sent. */
  leave(rowId: string): void {
    const row = this.row(rowId);
    const before = this.visits.get(rowId);
    this.visits.delete(rowId);
    if (row === null) return;
    void row.leave();
    if (before !== undefined) this.journal.record([{ rowId, before, after: row.text() }]);
  }

  /** Esc: back to what stood in the cell when it was entered. */
  revert(rowId: string): void {
    const before = this.visits.get(rowId);
    const row = this.row(rowId);
    if (row !== null && before !== undefined && before !== row.text()) row.type(before);
  }

  /** Puts a text as one deed: a choice of the list, another reading of an implausible number. */
  put(rowId: string, text: string): void {
    const row = this.row(rowId);
    if (row === null) return;
    const before = this.visits.get(rowId) ?? row.text();
    row.put(text);
    this.journal.record([{ rowId, before, after: row.text() }]);
    if (this.visits.has(rowId)) this.visits.set(rowId, row.text());
  }

  /** @returns the first row that changed, to go there; null when there was nothing to take back */
  undo(): string | null {
    this.endVisits();
    return this.replay(this.journal.undo(), 'before');
  }

  /** @returns the first row that changed; null when there was nothing to do again */
  redo(): string | null {
    this.endVisits();
    return this.replay(this.journal.redo(), 'after');
  }

  /** Ctrl+D: what stands in the row above, only where both rows are measured in the same unit and the same way. @returns whether it was done */
  fillDown(rowId: string): boolean {
    const at = this.rows.findIndex((row) => row.id === rowId);
    const above = this.rows[at - 1];
    const row = this.rows[at];
    if (row === undefined || above === undefined) {
      this.notice.set({ key: 'nothingAbove' });
      return false;
    }
    const [mine, theirs] = [row.indicator.target, above.indicator.target];
    if (mine.kind !== theirs.kind || mine.unit !== theirs.unit) {
      this.notice.set({ key: 'unitsDiffer', unit: mine.unit ?? '—', above: theirs.unit ?? '—' });
      return false;
    }
    this.put(rowId, above.text());
    this.notice.set(null);
    return true;
  }

  /** Lays a block from a spreadsheet down the column from this row on, as one step of undo. */
  paste(rowId: string, clipboard: string): PasteReport {
    this.endVisits();
    const start = this.rows.findIndex((row) => row.id === rowId);
    const { report, texts } = planPaste(readPastedBlock(clipboard), this.rows, Math.max(start, 0));
    const changes: CellChange[] = [];
    for (const [id, text] of texts) {
      const row = this.rowsById.get(id);
      if (row === undefined) continue;
      const before = row.text();
      row.put(text);
      changes.push({ rowId: id, before, after: row.text() });
    }
    this.journal.record(changes);
    this.lastPaste.set(report);
    return report;
  }

  /**
   * The candidate becomes the value of the row, or stays aside with a reason; of several sources the newest, unless another one is named. A refusal stands beside the
   * candidate, and what is there now is read. @returns the refusal, or null
   */
  settleCandidate(rowId: string, requestId: string, choice: 'ACCEPT' | 'KEEP_MINE', reason?: string, candidateId?: string): Promise<Problem | null> {
    const row = this.row(rowId);
    return row === null ? Promise.resolve(null) : this.choices.settle(row, requestId, choice, reason, candidateId);
  }

  /** Every revision of one cell. */
  history(rowId: string): Promise<SaveOutcome<{ readonly revisions: readonly ActualRevision[] }>> {
    return this.around.gateway.history(rowId);
  }

  /** Sends everything that waits. */
  async saveAll(): Promise<void> {
    this.endVisits();
    await Promise.all([...this.rows.flatMap((row) => [row.saver.flush(), row.explanation.saver.flush()]), this.execution.saver.flush()]);
  }

  /** A move of the workflow; saves first. @returns whether it was made */
  async move(move: string, opinion?: string): Promise<boolean> {
    if (this.moving()) return false;
    this.moving.set(true);
    this.moveProblem.set(null);
    try {
      await this.saveAll();
      const { revision, score } = (await this.fresh()) ?? this.report();
      const outcome = await this.around.gateway.move({ move, expectedRevision: revision, scoreId: score.scoreId, ...(opinion === undefined ? {} : { opinion }) });
      if (outcome.kind !== 'done') this.moveProblem.set(outcome.problem);
      return outcome.kind === 'done';
    } finally {
      this.moving.set(false);
    }
  }

  /** Asks the server for the report and takes in what is new: scores that are ready, values changed elsewhere. */
  async fresh(): Promise<MonitoringReportView | null> {
    const report = await this.around.gateway.reload();
    if (report !== null) this.refresh(report);
    return report;
  }

  refresh(report: MonitoringReportView): void {
    this.current.set(report);
    if ((this.told()?.reportRevision ?? 0) <= report.revision) this.told.set(null);
    for (const row of report.rows) this.rowsById.get(row.indicator.id)?.refresh(row);
    this.execution.refresh(report.execution);
  }

  /** The server tells the points as they are now. They may come before the answer to the save they belong to. */
  hearPoints(points: ReportPoints): void {
    // An older telling is history: what is shown came from a later one, or with the report itself.
    if (points.reportRevision < this.report().revision) return;
    this.told.set(points);
    this.takePoints(points);
  }

  /** The page is left: nothing is sent after this, and what was not saved is on the shelf. */
  stop(): void {
    this.shelf.write();
    for (const row of this.rows) row.stop();
    this.execution.stop();
  }

  /** Writes the shelf at once (the browser is about to close the page). */
  keepDrafts(): void {
    this.shelf.write();
  }

  private missingBesideRows(): MissingThing[] {
    const things: MissingThing[] = [];
    if (this.execution.dirty() && !this.execution.readable()) things.push({ what: 'execution', rowId: null, name: '', blocks: true });
    // S-07, S-08: remarked on, not in the way.
    if (this.execution.score()?.explanationOwed === true && this.execution.reason().trim() === '') things.push({ what: 'reason', rowId: null, name: '', blocks: false });
    if (this.uploads.busy()) things.push({ what: 'upload', rowId: null, name: '', blocks: true });
    return things;
  }

  private endVisits(): void {
    for (const rowId of [...this.visits.keys()]) {
      const text = this.row(rowId)?.text();
      this.leave(rowId);
      if (text !== undefined) this.enter(rowId);
    }
  }

  private replay(changes: readonly CellChange[] | null, side: 'before' | 'after'): string | null {
    if (changes === null) return null;
    for (const change of changes) {
      const row = this.row(change.rowId);
      if (row !== null && change.candidateId !== undefined) void (side === 'before' ? this.choices.takeBack(row, change.before, change.candidateId) : this.choices.takeAgain(row, change.after));
      else row?.put(change[side]);
      if (this.visits.has(change.rowId)) this.visits.set(change.rowId, change[side]);
    }
    return changes[0]?.rowId ?? null;
  }

  private noteRevision(answer: RecordedActual): void {
    this.current.update((report) => (answer.reportRevision > report.revision ? { ...report, revision: answer.reportRevision } : report));
    const told = this.told();
    if (told !== null && told.reportRevision >= answer.reportRevision) this.takePoints(told);
  }

  private takePoints({ score, rows }: ReportPoints): void {
    this.current.update((report) => ({ ...report, score }));
    for (const { indicatorId, revision, score: points } of rows) this.rowsById.get(indicatorId)?.hearPoints(revision, points);
  }

  private attached(rowId: string, evidence: EvidenceView): void {
    this.row(rowId)?.server.update((row) => (row.evidence.some((one) => one.id === evidence.id) ? row : { ...row, evidence: [...row.evidence, evidence] }));
  }

  private detached(rowId: string, evidenceId: string): void {
    this.row(rowId)?.server.update((row) => ({ ...row, evidence: row.evidence.filter((one) => one.id !== evidenceId) }));
  }

  private shelve(row: EntryRow): void {
    if (row.dirty()) this.shelf.put(`actual:${row.id}`, { text: row.text(), revision: row.server().current?.revision ?? 0 });
    else this.shelf.drop(`actual:${row.id}`);
    if (row.explanation.dirty()) this.shelf.put(`explanation:${row.id}`, { text: JSON.stringify(row.explanation.body()), revision: row.explanation.revision() });
    else this.shelf.drop(`explanation:${row.id}`);
  }

  private shelveExecution(): void {
    if (this.execution.dirty()) this.shelf.put('execution', { text: this.execution.shelved(), revision: this.execution.view()?.revision ?? 0 });
    else this.shelf.drop('execution');
  }

  private restoreDrafts(): void {
    let cells = 0;
    for (const row of this.rows) {
      const actual = this.shelf.get(`actual:${row.id}`);
      const explanation = this.shelf.get(`explanation:${row.id}`);
      if (actual !== null && row.restore(actual.text, actual.revision)) cells++;
      if (explanation !== null && row.explanation.restore(explanation.text)) cells++;
      if (actual !== null || explanation !== null) this.shelve(row);
    }
    const execution = this.shelf.get('execution');
    if (execution !== null && this.execution.restore(execution.text)) cells++;
    if (execution !== null) this.shelveExecution();
    if (cells > 0) this.foundDrafts.set({ cells, at: this.shelf.foundAt ?? this.around.now() });
  }
}
