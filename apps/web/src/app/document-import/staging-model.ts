import { computed, signal } from '@angular/core';
import type { AcceptImport, CorrectStagedTable, DocumentImportView, FillPreviousActuals, ImportTableView, KeepImportFindings, PreviousActualsView, UndoImport } from '@jiheng/contract';
import {
  applyCorrection, certaintyOf, compareTables, type Correction, formOfStaged, type LoggedCorrection, type PerformanceTargetTable, type Refusal, type RowDifference, sayRefusal, STAGED_COLUMNS, type StagedCell,
  type StagedColumn, stagedFindings, stagedGaps, type StagedPlace, type StagedRow, type StagedTable, type TableDifference, toTargetTableOf,
} from '@jiheng/domain';
import { Load } from '../api/load';
import { type Answer, ownProblem, type Problem } from '../api/problem';
import type { DraftShelf } from '../saving/draft-shelf';
import { acceptInSlices, type SliceProgress } from './accept-in-slices';
import { type ShelvedCorrections, shelvedCorrections, shelveCorrections, type WaitingCorrection } from './shelved-corrections';

/** What the model asks of the server. */
export interface StagingGateway {
  view(): Promise<Answer<DocumentImportView>>;
  table(at: number): Promise<Answer<ImportTableView>>;
  correct(at: number, body: CorrectStagedTable): Promise<Answer<ImportTableView>>;
  chooseUnit(unitId: string): Promise<Answer<DocumentImportView>>;
  accept(body: AcceptImport): Promise<Answer<DocumentImportView>>;
  undo(body: UndoImport): Promise<Answer<DocumentImportView>>;
  previousActuals(at: number): Promise<Answer<PreviousActualsView>>;
  fillPreviousActuals(at: number, body: FillPreviousActuals): Promise<Answer<DocumentImportView>>;
  newRequestId(): string;
}

/** The cell a person is at. */
export interface ActiveCell {
  readonly row: string;
  readonly column: StagedColumn;
}

/** What a place of the document was read into: a cell of a row, or a field of the head. */
export type Destination = { readonly row: string; readonly column: StagedColumn } | { readonly head: string };

const UNIT_COLUMNS: readonly StagedColumn[] = ['level1', 'level2', 'name', 'target', 'basis', 'weight'];
/** 自评表、监控表: `previous` holds what was reached. */
const RESULT_COLUMNS: readonly StagedColumn[] = ['level1', 'level2', 'name', 'target', 'previous', 'weight'];

/** One place as a key: part, line, cell. */
export function placeKey(place: StagedPlace): string {
  return `${place.part}:${place.line}:${place.cell}`;
}

/**
 * A document being checked: one of its tables at a time, corrections shown at once and written to the server one after the other. What could
 * not be written stays here, and on the shelf of the browser, until it is, or until the person lets it go.
 */
export class StagingModel {
  readonly load = new Load<DocumentImportView>();
  private readonly tableLoad = new Load<ImportTableView>();
  private readonly waiting = signal<readonly WaitingCorrection[]>([]);

  readonly view = this.load.value;
  readonly at = signal(0);
  readonly serverTable = this.tableLoad.value;
  readonly tableProblem = this.tableLoad.problem;
  readonly opening = this.tableLoad.loading;
  readonly saving = signal(false);
  /** Why the newest correction could not be written. */
  readonly saveProblem = signal<Problem | null>(null);
  /** Why a deed (accept, undo, unit) was refused. */
  readonly problem = signal<Problem | null>(null);
  readonly busy = signal(false);
  /** How far a row of tables has come into the books; null while none is on its way. */
  readonly progress = signal<SliceProgress | null>(null);
  /** Corrections of an earlier visit that the server did not have. */
  readonly restored = signal(0);
  /** They were made on an older state of the table and wait for the person's word. */
  readonly held = signal(false);
  /** 作为上年完成值: what the form on the screen would give the table of the year after. */
  readonly previous = new Load<PreviousActualsView>();
  /** The table `previous` is about; -1 before any. */
  readonly previousAt = signal(-1);
  readonly active = signal<ActiveCell | null>(null);
  /** Field of the head a person is at. */
  readonly activeHead = signal<string | null>(null);
  readonly selected = signal<ReadonlySet<string>>(new Set());

  readonly unsaved = computed(() => this.waiting().length);
  /** The table as the server has it, with what is still on its way. */
  readonly table = computed<StagedTable | null>(() => {
    const stored = this.serverTable();
    if (stored === null) return null;
    return this.waiting().reduce((table, { correction }, at) => {
      if (correction.kind === 'UNDO' || correction.kind === 'REDO') return table;
      const applied = applyCorrection(table, correction, stored.sequence + at + 1);
      return applied.ok ? applied.value : table;
    }, stored.table);
  });
  /** Not a target table: a form that says what was reached. */
  readonly isResults = computed(() => { const table = this.table(); return table !== null && formOfStaged(table) !== 'TARGET'; });
  readonly isAccepted = computed(() => { const accepted = this.serverTable()?.accepted; return accepted != null && !accepted.undone; });
  readonly mayEdit = computed(() => (this.view()?.mayEdit ?? false) && !this.isAccepted());
  readonly mayUndo = computed(() => this.mayEdit() && (this.waiting().some((one) => one.correction.kind !== 'UNDO') || (this.serverTable()?.mayUndo ?? false)));
  readonly mayRedo = computed(() => this.mayEdit() && this.waiting().length === 0 && (this.serverTable()?.mayRedo ?? false));
  readonly columns = computed(() => (this.isResults() ? RESULT_COLUMNS : this.table()?.subject === 'UNIT' ? UNIT_COLUMNS : STAGED_COLUMNS));
  readonly findings = computed(() => { const table = this.table(); return table === null ? [] : stagedFindings(table, this.serverTable()?.around ?? null); });
  readonly gaps = computed(() => { const table = this.table(); return table === null ? [] : stagedGaps(table); });
  /** The difference against the table that is there; null when there is none. */
  readonly difference = computed<TableDifference | null>(() => {
    const standing = this.serverTable()?.standing;
    const table = this.table();
    return standing == null || table === null ? null : compareTables(standing as Pick<PerformanceTargetTable, 'indicators' | 'goalText' | 'budget'>, toTargetTableOf(table), table.matches);
  });
  readonly rowDifferences = computed<ReadonlyMap<string, RowDifference>>(() =>
    new Map((this.difference()?.rows ?? []).flatMap((one) => (one.kind === 'REMOVED' ? [] : [[one.row, one] as const]))));
  /** Target tables not in the books yet. */
  readonly openTables = computed(() => (this.view()?.tableList ?? []).filter((table) => table.form === 'TARGET' && (table.accepted === null || table.accepted.undone)));
  /** Forms that "accept all" passes over. */
  readonly passedOver = computed(() => (this.view()?.tableList ?? []).filter((table) => table.form !== 'TARGET').length);
  /** What this place of the document was read into. */
  readonly destinations = computed<ReadonlyMap<string, Destination>>(() => {
    const table = this.table();
    const found = new Map<string, Destination>();
    const put = (cell: StagedCell | undefined, destination: Destination): void => { for (const place of cell?.places ?? []) found.set(placeKey(place), destination); };
    for (const [field, cell] of Object.entries(table?.headCells ?? {})) put(cell, { head: field });
    for (const row of table?.rows ?? []) for (const column of STAGED_COLUMNS) put(row.cells[column], { row: row.id, column });
    return found;
  });
  /** Where the table begins in the document; null where no cell has a place. */
  readonly beginning = computed<StagedPlace | null>(() => {
    const table = this.table();
    const cells = [...Object.values(table?.headCells ?? {}), ...(table?.rows ?? []).slice(0, 1).flatMap((row) => Object.values(row.cells))];
    return cells.flatMap((cell) => [...(cell?.places ?? [])]).reduce<StagedPlace | null>((first, place) => (first === null || place.part < first.part || (place.part === first.part && place.line < first.line) ? place : first), null);
  });
  /** Places of the document behind the cell a person is at. */
  readonly marked = computed<readonly StagedPlace[]>(() => {
    const table = this.table();
    const head = this.activeHead();
    if (table !== null && head !== null) return table.headCells[head]?.places ?? [];
    const active = this.active();
    const at = table?.rows.findIndex((row) => row.id === active?.row) ?? -1;
    return table === null || active === null || at < 0 ? [] : placesOf(table.rows, at, active.column);
  });

  private shelf: DraftShelf | null = null;

  /** @param openShelf where what is on its way is kept until the server has it; asked once, when the import is known */
  constructor(private readonly gateway: StagingGateway, private readonly openShelf: () => DraftShelf | null = () => null) {}

  /** Reads the import, and opens its first table as soon as it has one. Stream, timer and page may all ask at once: only an answer that is kept goes on, because what is opened goes by what is shown. */
  async read(): Promise<void> {
    const { ok } = await this.load.run(() => this.gateway.view());
    const view = this.view();
    if (!ok || view === null || view.tables === 0 || this.serverTable() !== null || this.opening()) return;
    this.shelf ??= this.openShelf();
    const kept = view.mayEdit ? shelvedCorrections(this.shelf) : null;
    await this.open(Math.min(kept?.at ?? this.at(), view.tables - 1));
    const stored = this.serverTable();
    if (kept === null || stored?.at !== kept.at || !this.mayEdit() || this.unsaved() > 0) return;
    this.waiting.set(kept.waiting);
    this.restored.set(kept.waiting.length);
    if (stored.sequence === kept.sequence) await this.drain();
    else await this.sendAgain(kept, stored.sequence);
  }

  /**
   * The table has grown since the shelf was written. What made it grow may be these very corrections, whose answer the page was left before: each is sent as it was the first time,
   * and the server, which knows the request, writes it only once. Where somebody else wrote, what is there now is shown first.
   */
  private async sendAgain({ at, sequence, waiting }: ShelvedCorrections, grown: number): Promise<void> {
    this.saving.set(true);
    for (const [sent, { requestId, correction }] of waiting.entries()) {
      const answer = await this.gateway.correct(at, { requestId, expectedSequence: sequence + sent, correction });
      if (!answer.ok) {
        this.held.set(true);
        break;
      }
      this.waiting.update((left) => left.slice(1));
      this.tableLoad.set(answer.value);
    }
    this.restored.set(this.unsaved() + (this.serverTable()?.sequence ?? grown) - grown);
    this.shelve();
    this.saving.set(false);
  }

  /** Shows another table; what is still on its way to the server goes first. */
  async open(at: number): Promise<void> {
    if (!(await this.isAllSaved())) return;
    this.at.set(at);
    this.active.set(null);
    this.activeHead.set(null);
    this.selected.set(new Set());
    await this.show(at);
  }

  /** Shows a correction at once and writes it. What the table cannot take is refused here and now. @returns whether it was taken */
  correct(correction: LoggedCorrection): boolean {
    const table = this.table();
    if (table === null || !this.mayEdit()) return false;
    if (correction.kind !== 'UNDO' && correction.kind !== 'REDO') {
      const applied = applyCorrection(table, correction, (this.serverTable()?.sequence ?? 0) + this.waiting().length + 1);
      if (!applied.ok) {
        this.problem.set(problemOf(applied.refusal));
        return false;
      }
      this.keepActive(applied.value, correction);
    }
    this.problem.set(null);
    this.waiting.update((waiting) => [...waiting, { requestId: this.gateway.newRequestId(), correction }]);
    this.shelve();
    void this.drain();
    return true;
  }

  /** Writes a cell; of a merged level cell all its rows. */
  write(row: StagedRow, column: StagedColumn, text: string, span: readonly string[]): boolean {
    if (column === 'level1' || column === 'level2') {
      return this.correct({ kind: 'SET_LEVELS', rows: span.length === 0 ? [row.id] : [...span], level1: column === 'level1' ? text : null, level2: column === 'level2' ? text : null });
    }
    return this.correct({ kind: 'SET_CELL', row: row.id, column, text });
  }

  /** Sends what waits, one after the other; stops at the first that is not taken. */
  async drain(): Promise<void> {
    if (this.saving() || this.held()) return;
    this.saving.set(true);
    this.saveProblem.set(null);
    const before = this.waiting().length;
    for (let next = this.waiting()[0]; next !== undefined; next = this.waiting()[0]) {
      const stored = this.serverTable();
      if (stored === null) break;
      const answer = await this.gateway.correct(stored.at, { requestId: next.requestId, expectedSequence: stored.sequence, correction: next.correction });
      if (!answer.ok) {
        this.saveProblem.set(answer.problem);
        // Somebody else was faster: what is there now is shown, what was typed waits for the person's word.
        if (answer.problem.status === 409) await this.tableLoad.run(() => this.gateway.table(stored.at));
        break;
      }
      this.waiting.update((waiting) => waiting.slice(1));
      this.tableLoad.set(answer.value);
      this.shelve();
    }
    this.saving.set(false);
    if (before === 0 || this.waiting().length > 0) return;
    this.readPrevious();
    void this.load.run(() => this.gateway.view());
  }

  /** Sends what the person has now said may be sent. */
  async sendHeld(): Promise<void> {
    this.problem.set(null);
    this.held.set(false);
    await this.drain();
  }

  /** Writes the shelf now: the page is being left. */
  keep(): void {
    this.shelf?.write();
  }

  private shelve(): void {
    const stored = this.serverTable();
    if (stored !== null) shelveCorrections(this.shelf, { at: stored.at, sequence: stored.sequence, waiting: this.waiting() });
  }

  /** Lets go of what could not be written. */
  dropUnsaved(): void {
    this.waiting.set([]);
    this.problem.set(null);
    this.saveProblem.set(null);
    this.held.set(false);
    this.restored.set(0);
    this.shelve();
  }

  toggle(row: string): void {
    this.selected.update((selected) => {
      const next = new Set(selected);
      if (!next.delete(row)) next.add(row);
      return next;
    });
  }

  /** Rows a deed is about: those selected, else the one a person is at. */
  chosenRows(): readonly string[] {
    const selected = this.selected();
    const rows = (this.table()?.rows ?? []).filter((row) => selected.has(row.id)).map((row) => row.id);
    const active = this.active();
    return rows.length > 0 || active === null ? rows : [active.row];
  }

  /** A certainty as whole per cent, cut and not rounded up: 0.999 is not certain. */
  shareOf(row: StagedRow, column: StagedColumn): string {
    const [whole = '0', places = ''] = certaintyOf(row, column).split('.');
    return `${Number(whole + places.padEnd(2, '0').slice(0, 2))}%`;
  }

  async chooseUnit(unitId: string): Promise<void> {
    if (await this.act(() => this.gateway.chooseUnit(unitId))) await this.show(this.at());
  }

  /** Takes this table, or all target tables that are left, into the books; many in slices, so that no answer takes long. */
  async accept(which: 'this' | 'all', reason: string): Promise<boolean> {
    if (!(await this.isAllSaved())) return false;
    const tables = which === 'this' ? [this.at()] : this.openTables().map((table) => table.at);
    const send = (slice: readonly number[]): Promise<boolean> => this.act(() => this.gateway.accept({ tables: [...slice], ...(reason.trim() === '' ? {} : { reason }) }));
    const done = await acceptInSlices(tables, send, (progress) => this.progress.set(progress));
    await this.show(this.at());
    return done;
  }

  /** Lets warnings of these kinds stand in all tables that are left, each kind with its reason; many tables in slices. */
  async keepFindings(reasons: KeepImportFindings['reasons'], send: (body: KeepImportFindings) => Promise<Answer<DocumentImportView>>): Promise<boolean> {
    if (!(await this.isAllSaved())) return false;
    const kept = await acceptInSlices(this.openTables().map((table) => table.at), (tables) => this.act(() => send({ tables: [...tables], reasons })), (progress) => this.progress.set(progress));
    await this.show(this.at());
    return kept;
  }

  /** Stores the budget tables of a document that has no target table. */
  storeBudget(): Promise<boolean> {
    return this.act(() => this.gateway.accept({}));
  }

  /** Writes the chosen values into the target table of the year after. */
  async fillPrevious(keys: readonly string[], reason: string): Promise<boolean> {
    if (!(await this.isAllSaved())) return false;
    const target = this.previous.value()?.target;
    if (target == null || keys.length === 0) return false;
    const done = await this.act(() => this.gateway.fillPreviousActuals(this.at(), { keys: [...keys], expectedRevision: target.revision, ...(reason.trim() === '' ? {} : { reason }) }));
    // Also after a refusal: the table may have been changed meanwhile.
    await this.show(this.at());
    return done;
  }

  async undoImport(discardEdits: boolean): Promise<boolean> {
    const done = await this.act(() => this.gateway.undo({ discardEdits }));
    if (done && (this.view()?.tables ?? 0) > 0) await this.show(this.at());
    return done;
  }

  /** Nothing else is done over corrections that the server does not have: what waits goes first, and where it cannot, the person is told what to do about it. */
  private async isAllSaved(): Promise<boolean> {
    await this.drain();
    if (this.unsaved() === 0) return true;
    if (this.saveProblem() === null) this.problem.set(ownProblem('web.unsaved'));
    return false;
  }

  private async show(at: number): Promise<void> {
    await this.tableLoad.run(() => this.gateway.table(at));
    this.readPrevious();
  }

  private readPrevious(): void {
    if (!this.isResults() || this.view()?.unitId == null) return;
    const at = this.at();
    void this.previous.run(() => this.gateway.previousActuals(at)).then(() => this.previousAt.set(at));
  }

  private async act(ask: () => Promise<Answer<DocumentImportView>>): Promise<boolean> {
    if (this.busy()) return false;
    this.busy.set(true);
    this.problem.set(null);
    const answer = await ask();
    this.busy.set(false);
    if (answer.ok) this.load.set(answer.value);
    else this.problem.set(answer.problem);
    return answer.ok;
  }

  /** A deleted or merged row takes the place of the person with it: the next one is where they are then. */
  private keepActive(after: StagedTable, correction: Correction): void {
    const active = this.active();
    const before = this.table()?.rows ?? [];
    const there = new Set(after.rows.map((row) => row.id));
    this.selected.update((selected) => new Set([...selected].filter((row) => there.has(row))));
    const added = after.rows.find((row) => !before.some((one) => one.id === row.id));
    if (correction.kind === 'ADD_ROW' && added !== undefined) this.active.set({ row: added.id, column: 'name' });
    if (active === null || there.has(active.row)) return;
    const at = before.findIndex((row) => row.id === active.row);
    const next = after.rows[Math.min(at, after.rows.length - 1)];
    this.active.set(next === undefined ? null : { row: next.id, column: active.column });
  }
}

/** Where a cell was read; a level that stands for several rows, where the first of them prints it. */
function placesOf(rows: readonly StagedRow[], at: number, column: StagedColumn): readonly StagedPlace[] {
  const row = rows[at];
  const own = row?.cells[column]?.places ?? [];
  if (row === undefined || own.length > 0 || (column !== 'level1' && column !== 'level2')) return own;
  for (let above = at - 1; above >= 0 && rows[above]?.[column] === row[column]; above -= 1) {
    const places = rows[above]?.cells[column]?.places ?? [];
    if (places.length > 0) return places;
  }
  return [];
}

function problemOf(refusal: Refusal): Problem {
  const zh = sayRefusal(refusal, 'zh');
  return { type: 'about:blank', title: zh, status: 422, code: refusal.code, params: { ...refusal.params }, sentence: { zh, en: sayRefusal(refusal, 'en') } };
}
