import { computed, signal } from '@angular/core';
import type { AcceptImport, CorrectStagedTable, DocumentImportView, ImportTableView, UndoImport } from '@jiheng/contract';
import {
  applyCorrection, certaintyOf, compareTables, type Correction, type LoggedCorrection, type PerformanceTargetTable, type Refusal, type RowDifference, sayRefusal, STAGED_COLUMNS, type StagedCell,
  type StagedColumn, stagedFindings, stagedGaps, type StagedPlace, type StagedRow, type StagedTable, type TableDifference, toTargetTableOf,
} from '@jiheng/domain';
import { Load } from '../api/load';
import type { Answer, Problem } from '../api/problem';

/** What the model asks of the server. */
export interface StagingGateway {
  view(): Promise<Answer<DocumentImportView>>;
  table(at: number): Promise<Answer<ImportTableView>>;
  correct(at: number, body: CorrectStagedTable): Promise<Answer<ImportTableView>>;
  chooseUnit(unitId: string): Promise<Answer<DocumentImportView>>;
  accept(body: AcceptImport): Promise<Answer<DocumentImportView>>;
  undo(body: UndoImport): Promise<Answer<DocumentImportView>>;
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

/** One place as a key: part, line, cell. */
export function placeKey(place: StagedPlace): string {
  return `${place.part}:${place.line}:${place.cell}`;
}

interface Waiting {
  readonly requestId: string;
  readonly correction: LoggedCorrection;
}

/**
 * A document being checked: one of its tables at a time, corrections shown at once and written to the server one after the other. What could
 * not be written stays here until it is, or until the person lets it go.
 */
export class StagingModel {
  readonly load = new Load<DocumentImportView>();
  private readonly tableLoad = new Load<ImportTableView>();
  private readonly waiting = signal<readonly Waiting[]>([]);

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
  readonly isAccepted = computed(() => { const accepted = this.serverTable()?.accepted; return accepted != null && !accepted.undone; });
  readonly mayEdit = computed(() => (this.view()?.mayEdit ?? false) && !this.isAccepted());
  readonly mayUndo = computed(() => this.mayEdit() && (this.waiting().some((one) => one.correction.kind !== 'UNDO') || (this.serverTable()?.mayUndo ?? false)));
  readonly mayRedo = computed(() => this.mayEdit() && this.waiting().length === 0 && (this.serverTable()?.mayRedo ?? false));
  readonly columns = computed(() => (this.table()?.subject === 'UNIT' ? UNIT_COLUMNS : STAGED_COLUMNS));
  readonly findings = computed(() => { const table = this.table(); return table === null ? [] : stagedFindings(table); });
  readonly gaps = computed(() => { const table = this.table(); return table === null ? [] : stagedGaps(table); });
  /** The difference against the table that is there; null when there is none. */
  readonly difference = computed<TableDifference | null>(() => {
    const standing = this.serverTable()?.standing;
    const table = this.table();
    return standing == null || table === null ? null : compareTables(standing as Pick<PerformanceTargetTable, 'indicators' | 'goalText' | 'budget'>, toTargetTableOf(table), table.matches);
  });
  readonly rowDifferences = computed<ReadonlyMap<string, RowDifference>>(() =>
    new Map((this.difference()?.rows ?? []).flatMap((one) => (one.kind === 'REMOVED' ? [] : [[one.row, one] as const]))));
  /** Tables not in the books yet. */
  readonly openTables = computed(() => (this.view()?.tableList ?? []).filter((table) => table.accepted === null || table.accepted.undone));
  /** What this place of the document was read into. */
  readonly destinations = computed<ReadonlyMap<string, Destination>>(() => {
    const table = this.table();
    const found = new Map<string, Destination>();
    const put = (cell: StagedCell | undefined, destination: Destination): void => { for (const place of cell?.places ?? []) found.set(placeKey(place), destination); };
    for (const [field, cell] of Object.entries(table?.headCells ?? {})) put(cell, { head: field });
    for (const row of table?.rows ?? []) for (const column of STAGED_COLUMNS) put(row.cells[column], { row: row.id, column });
    return found;
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

  constructor(private readonly gateway: StagingGateway) {}

  async read(): Promise<void> {
    const answer = await this.load.run(() => this.gateway.view());
    if (answer.ok && answer.value.tables > 0 && this.serverTable() === null) await this.open(Math.min(this.at(), answer.value.tables - 1));
  }

  /** Shows another table; what is still on its way to the server goes first. */
  async open(at: number): Promise<void> {
    await this.drain();
    if (this.unsaved() > 0) return;
    this.at.set(at);
    this.active.set(null);
    this.activeHead.set(null);
    this.selected.set(new Set());
    await this.tableLoad.run(() => this.gateway.table(at));
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
    if (this.saving()) return;
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
    }
    this.saving.set(false);
    if (before > 0 && this.waiting().length === 0) void this.load.run(() => this.gateway.view());
  }

  /** Lets go of what could not be written. */
  dropUnsaved(): void {
    this.waiting.set([]);
    this.saveProblem.set(null);
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
    if (await this.act(() => this.gateway.chooseUnit(unitId))) await this.tableLoad.run(() => this.gateway.table(this.at()));
  }

  /** Takes this table, or all that are left, into the books. */
  async accept(which: 'this' | 'all', reason: string): Promise<boolean> {
    await this.drain();
    if (this.unsaved() > 0) return false;
    const done = await this.act(() => this.gateway.accept({ ...(which === 'this' ? { tables: [this.at()] } : {}), ...(reason.trim() === '' ? {} : { reason }) }));
    if (done) await this.tableLoad.run(() => this.gateway.table(this.at()));
    return done;
  }

  async undoImport(discardEdits: boolean): Promise<boolean> {
    const done = await this.act(() => this.gateway.undo({ discardEdits }));
    if (done) await this.tableLoad.run(() => this.gateway.table(this.at()));
    return done;
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
