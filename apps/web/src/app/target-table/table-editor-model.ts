import { computed, signal } from '@angular/core';
import type { ChangeTargetTable, TargetTableBody, TargetTableView } from '@jiheng/contract';
import { type IndicatorFrame, TASK_FIELDS, type TaskField, frameOf } from '@jiheng/domain';
import type { Answer, Problem } from '../api/problem';
import { DraftShelf, type TextStore } from '../saving/draft-shelf';
import { type TableChanges, compareTables } from './compare-tables';
import { bodyOf, readDraft } from './read-draft';
import { type DraftIdentity, type HeadField, type RowDraft, type RowField, type TableDraft, type TaskDraft, EMPTY_HEAD, blankRow, blankTask, changeCell, draftOf, draftText, newRowId } from './table-draft';

/** What the model asks of the server; the page hands in the api client. */
export interface TableEditorDoor {
  view(id: string): Promise<Answer<TargetTableView>>;
  create(body: TargetTableBody): Promise<Answer<TargetTableView>>;
  change(id: string, body: ChangeTargetTable): Promise<Answer<TargetTableView>>;
}

/** What the editor stands on. */
export interface EditorGround {
  readonly door: TableEditorDoor;
  /** Where unsaved drafts are kept; null where the browser forbids it. */
  readonly store: TextStore | null;
  readonly personId: string;
  readonly now: () => string;
}

/** The server has another version than the one this draft began with. */
export interface Conflict {
  readonly theirs: TargetTableView;
  /** From what the server has to what is typed here. */
  readonly changes: TableChanges;
}

/** A change of rows or tasks that can be taken back. `content`: their texts are taken back too, not only their order. */
interface UndoStep {
  readonly rows: readonly RowDraft[];
  readonly tasks: readonly TaskDraft[];
  readonly head: TableDraft['head'] | null;
  readonly content: boolean;
}

const KEPT_STEPS = 50;
const SHELF_NAME = 'table';

/**
 * A target table under the pen, without its DOM: cells as typed, read live by the domain; rows added, taken out, moved, doubled and taken back;
 * saved from the revision it began with. What is not saved lies on the shelf of this browser.
 */
export class TableEditorModel {
  readonly draft = signal<TableDraft>({ head: EMPTY_HEAD, tasks: [], rows: [] });
  readonly saving = signal(false);
  readonly problem = signal<Problem | null>(null);
  readonly conflict = signal<Conflict | null>(null);
  /** When the draft that was brought back had been written, ISO 8601; null when nothing was brought back. */
  readonly restoredAt = signal<string | null>(null);
  /** Troubles are shown at a cell from the first try to save on; before that only once the cell was left. */
  readonly showAll = signal(false);
  readonly left = signal<ReadonlySet<string>>(new Set());
  readonly savedOnce = signal(false);
  private readonly savedText = signal('');
  private readonly steps = signal<readonly UndoStep[]>([]);
  private revision = 0;
  private beginning: TableDraft = this.draft();
  private readonly shelf: DraftShelf;

  readonly reading = computed(() => readDraft(this.draft(), this.identity()));
  readonly frame = computed<IndicatorFrame>(() => frameOf({ subject: this.identity().subject, indicators: this.reading().table.indicators }));
  readonly dirty = computed(() => draftText(this.draft()) !== this.savedText());
  readonly canUndo = computed(() => this.steps().length > 0);
  readonly rows = computed(() => this.draft().rows);
  readonly tasks = computed(() => this.draft().tasks);

  readonly identity = signal<DraftIdentity>({ subject: 'PROJECT', fiscalYear: 0, unitId: '', unitName: '' });

  private constructor(private readonly ground: EditorGround, private readonly tableId: string | null, shelfKey: string) {
    this.shelf = new DraftShelf(ground.store, shelfKey, ground.personId, ground.now);
  }

  /** Opens a table the server has. A draft left on this computer is brought back. */
  static of(view: TargetTableView, ground: EditorGround): TableEditorModel {
    const model = new TableEditorModel(ground, view.id, `target-table.${view.id}`);
    model.identity.set({ subject: view.subject, fiscalYear: view.fiscalYear, unitId: view.unitId, unitName: view.unitName });
    model.begin(draftOf(view), view.revision);
    model.bringBack(view);
    return model;
  }

  /** Begins a table nobody has yet. */
  static fresh(draft: TableDraft, identity: DraftIdentity, ground: EditorGround): TableEditorModel {
    const model = new TableEditorModel(ground, null, `target-table.new.${identity.unitId}.${identity.fiscalYear}.${identity.subject}`);
    model.identity.set(identity);
    model.begin(draft, 0);
    model.bringBack(null);
    // What was copied from another table is nobody's yet: only an empty table has nothing to save.
    model.savedText.set(draftText({ head: EMPTY_HEAD, tasks: [], rows: [] }));
    model.shelve();
    return model;
  }

  changeHead(field: HeadField, text: string): void {
    this.put({ ...this.draft(), head: { ...this.draft().head, [field]: text } });
  }

  changeRow(id: string, field: RowField, text: string): void {
    const frame = this.frame();
    this.putRows(this.rows().map((row) => (row.id === id ? changeCell(row, field, text, frame) : row)));
  }

  /** A new row below the given one, under the same levels; at the end without one. @returns its page identity */
  addBelow(id: string | null): string {
    const at = id === null ? this.rows().length - 1 : this.placeOf(id);
    const row = blankRow(this.frame(), this.identity().subject, this.rows()[at] ?? null);
    this.remember(false);
    this.putRows(insertAt(this.rows(), at + 1, row));
    return row.id;
  }

  /** The same row again below itself, with a key of its own. @returns its page identity */
  duplicate(id: string): string | null {
    const row = this.rows()[this.placeOf(id)];
    if (row === undefined) return null;
    const copy = { ...row, id: newRowId(), key: '' };
    this.remember(false);
    this.putRows(insertAt(this.rows(), this.placeOf(id) + 1, copy));
    return copy.id;
  }

  /** Takes a row out. @returns the page identity of the row to go on at; null when none is left */
  remove(id: string): string | null {
    const at = this.placeOf(id);
    if (at < 0) return null;
    this.remember(false);
    const rows = this.rows().filter((row) => row.id !== id);
    this.putRows(rows);
    return (rows[at] ?? rows[at - 1])?.id ?? null;
  }

  /** Moves a row by one place. Past a border it takes the levels of the rows it comes to, so that the merged cells of the form stay whole. */
  move(id: string, by: -1 | 1): void {
    const at = this.placeOf(id);
    const to = at + by;
    const [row, neighbour] = [this.rows()[at], this.rows()[to]];
    if (row === undefined || neighbour === undefined) return;
    const isBorder = row.level1 !== neighbour.level1 || row.level2 !== neighbour.level2;
    this.remember(isBorder);
    const rows = [...this.rows()];
    if (isBorder) rows[at] = { ...row, level1: neighbour.level1, level2: neighbour.level2 };
    else [rows[at], rows[to]] = [neighbour, row];
    this.putRows(rows);
  }

  changeTask(id: string, field: TaskField, text: string): void {
    this.putTasks(this.tasks().map((task) => (task.id === id ? { ...task, [field]: text } : task)));
  }

  /** A new task below the given one; at the end without one. @returns its page identity */
  addTask(id: string | null): string {
    const at = id === null ? this.tasks().length - 1 : this.tasks().findIndex((task) => task.id === id);
    const task = blankTask();
    this.remember(false);
    this.putTasks(insertAt(this.tasks(), at + 1, task));
    return task.id;
  }

  /** Takes a task out. @returns the page identity of the task to go on at; null when none is left */
  removeTask(id: string): string | null {
    const at = this.tasks().findIndex((task) => task.id === id);
    if (at < 0) return null;
    this.remember(false);
    const tasks = this.tasks().filter((task) => task.id !== id);
    this.putTasks(tasks);
    return (tasks[at] ?? tasks[at - 1])?.id ?? null;
  }

  /** Moves a task by one place. */
  moveTask(id: string, by: -1 | 1): void {
    const tasks = [...this.tasks()];
    const at = tasks.findIndex((task) => task.id === id);
    const [task, neighbour] = [tasks[at], tasks[at + by]];
    if (task === undefined || neighbour === undefined) return;
    this.remember(false);
    [tasks[at], tasks[at + by]] = [neighbour, task];
    this.putTasks(tasks);
  }

  /** Cells of tasks copied from a spreadsheet, from a cell on to the right and below; tasks that are missing are added. */
  pasteTasks(id: string, columns: readonly TaskField[], block: readonly (readonly string[])[]): void {
    const at = this.tasks().findIndex((task) => task.id === id);
    if (at < 0 || block.length === 0) return;
    this.remember(true);
    const tasks = [...this.tasks()];
    block.forEach((cells, down) => {
      const written = Object.fromEntries(cells.flatMap((text, right) => (columns[right] === undefined ? [] : [[columns[right], text]])));
      tasks[at + down] = { ...(tasks[at + down] ?? blankTask()), ...written };
    });
    this.putTasks(tasks);
  }

  /** Cells copied from a spreadsheet, from a cell on to the right and below; rows that are missing are added. */
  paste(id: string, columns: readonly RowField[], block: readonly (readonly string[])[], sayRule: (text: string) => string): void {
    const at = this.placeOf(id);
    if (at < 0 || block.length === 0) return;
    this.remember(true);
    const frame = this.frame();
    const rows = [...this.rows()];
    block.forEach((cells, down) => {
      let row = rows[at + down] ?? blankRow(frame, this.identity().subject, rows[at + down - 1] ?? null);
      cells.forEach((text, right) => {
        const field = columns[right];
        if (field !== undefined) row = changeCell(row, field, field === 'rule' ? sayRule(text) : text, frame);
      });
      rows[at + down] = row;
    });
    this.putRows(rows);
  }

  /** Takes back the last change of rows or tasks. Texts typed since stay, unless the change itself was one of texts. */
  undo(): void {
    const step = this.steps().at(-1);
    if (step === undefined) return;
    this.steps.set(this.steps().slice(0, -1));
    const asTyped = <T extends { readonly id: string }>(then: readonly T[], now: readonly T[]): readonly T[] => {
      const typed = new Map(now.map((one) => [one.id, one]));
      return step.content ? then : then.map((one) => typed.get(one.id) ?? one);
    };
    this.put({ head: step.head ?? this.draft().head, tasks: asTyped(step.tasks, this.tasks()), rows: asTyped(step.rows, this.rows()) });
  }

  /** The person left a cell: from now on it says what is missing in it. */
  leave(rowId: string | null, field: string): void {
    this.left.update((left) => new Set([...left, `${rowId ?? 'head'}.${field}`]));
  }

  /** Saves from the revision this draft began with. @returns the table as the server has it now; null when it was not saved */
  async save(): Promise<TargetTableView | null> {
    if (this.saving()) return null;
    this.showAll.set(true);
    this.problem.set(null);
    const reading = this.reading();
    if (reading.troubles.length > 0) return null;
    const sent = this.draft();
    const body = bodyOf(reading, sent, this.identity());
    this.saving.set(true);
    const answer = this.tableId === null ? await this.ground.door.create(body) : await this.ground.door.change(this.tableId, { ...body, expectedRevision: this.revision });
    this.saving.set(false);
    if (!answer.ok) {
      this.problem.set(answer.problem);
      if (answer.problem.code === 'target-table.stale-revision') await this.look();
      return null;
    }
    this.keepAnswer(answer.value, reading.rowIds, sent);
    return answer.value;
  }

  /** After a conflict: what is typed here is what counts. The next save goes on from the server's version. */
  keepMine(): Promise<TargetTableView | null> {
    const conflict = this.conflict();
    if (conflict === null) return Promise.resolve(null);
    this.revision = conflict.theirs.revision;
    this.conflict.set(null);
    return this.save();
  }

  /** After a conflict, or instead of a draft that was brought back: what the server has. Can be taken back by {@link undo}. */
  takeTheirs(theirs: TargetTableView): void {
    this.remember(true, true);
    const draft = draftOf(theirs);
    this.revision = theirs.revision;
    this.draft.set(draft);
    this.savedText.set(draftText(draft));
    this.conflict.set(null);
    this.problem.set(null);
    this.restoredAt.set(null);
    this.shelf.drop(SHELF_NAME);
  }

  /** Drops a draft that was brought back: what the server has now, or what the new table began with. */
  async discard(): Promise<void> {
    if (this.tableId === null) {
      this.remember(true, true);
      this.put(this.beginning);
      this.restoredAt.set(null);
      return;
    }
    const answer = await this.ground.door.view(this.tableId);
    if (answer.ok) this.takeTheirs(answer.value);
    else this.problem.set(answer.problem);
  }

  /** Writes what is not saved onto the shelf at once: the page is being left. */
  keepDraft(): void {
    this.shelf.write();
  }

  /** Forgets what is not saved: the person said so. */
  forget(): void {
    this.savedText.set(draftText(this.draft()));
    this.shelf.drop(SHELF_NAME);
    this.shelf.write();
  }

  private begin(draft: TableDraft, revision: number): void {
    this.beginning = draft;
    this.draft.set(draft);
    this.savedText.set(draftText(draft));
    this.revision = revision;
  }

  private bringBack(view: TargetTableView | null): void {
    const kept = this.shelf.get(SHELF_NAME);
    const draft = kept === null ? null : draftFromShelf(kept.text, this.draft().tasks);
    if (kept === null || draft === null || draftText(draft) === this.savedText()) return;
    const stands = this.draft();
    const isOvertaken = view !== null && kept.revision !== view.revision;
    this.draft.set(isOvertaken ? withKeysOf(view, draft) : draft);
    const changes = isOvertaken ? this.changesFrom(view) : null;
    // It had been saved, and the page was left before the answer came: nobody chooses between two that are the same.
    if (changes !== null && changes.rows.length === 0 && changes.head.length === 0) {
      this.draft.set(stands);
      this.shelf.drop(SHELF_NAME);
      return;
    }
    this.restoredAt.set(this.shelf.foundAt);
    if (view === null) return;
    this.revision = kept.revision;
    // Somebody went on while this draft lay on the shelf: the person decides before anything is sent.
    if (changes !== null) this.conflict.set({ theirs: view, changes });
  }

  private async look(): Promise<void> {
    if (this.tableId === null) return;
    const answer = await this.ground.door.view(this.tableId);
    if (answer.ok) this.conflict.set({ theirs: answer.value, changes: this.changesFrom(answer.value) });
  }

  private changesFrom(view: TargetTableView): TableChanges {
    const { table } = this.reading();
    return compareTables(view, { goalText: table.goalText, budget: { ...table.budget }, lead: this.draft().head.lead, project: table.project, indicators: [...table.indicators], tasks: (table.tasks ?? []).map((task) => ({ ...task })) });
  }

  /** The rows get the keys the server gave them; what was typed while the answer was on its way stays and is unsaved. */
  private keepAnswer(view: TargetTableView, sentRowIds: readonly string[], sent: TableDraft): void {
    const keys = new Map(sentRowIds.map((id, at) => [id, view.indicators[at]?.key ?? '']));
    const withKey = (row: RowDraft): RowDraft => {
      const key = keys.get(row.id);
      return key === undefined || row.key !== '' ? row : { ...row, key };
    };
    const typedMeanwhile = this.draft() !== sent;
    this.draft.set({ ...this.draft(), rows: this.rows().map(withKey) });
    this.savedText.set(draftText({ ...sent, rows: sent.rows.map(withKey) }));
    this.revision = view.revision;
    this.restoredAt.set(null);
    this.conflict.set(null);
    this.savedOnce.set(true);
    if (typedMeanwhile) this.shelve();
    else this.shelf.drop(SHELF_NAME);
  }

  private placeOf(id: string): number {
    return this.rows().findIndex((row) => row.id === id);
  }

  private remember(content: boolean, head = false): void {
    this.steps.set([...this.steps().slice(1 - KEPT_STEPS), { rows: this.rows(), tasks: this.tasks(), head: head ? this.draft().head : null, content }]);
  }

  private putRows(rows: readonly RowDraft[]): void {
    this.put({ ...this.draft(), rows });
  }

  private putTasks(tasks: readonly TaskDraft[]): void {
    this.put({ ...this.draft(), tasks });
  }

  private put(draft: TableDraft): void {
    this.draft.set(draft);
    this.savedOnce.set(false);
    this.shelve();
  }

  private shelve(): void {
    if (this.dirty()) this.shelf.put(SHELF_NAME, { text: JSON.stringify(this.draft()), revision: this.revision });
    else this.shelf.drop(SHELF_NAME);
  }
}

function insertAt<T>(list: readonly T[], at: number, one: T): T[] {
  return [...list.slice(0, at), one, ...list.slice(at)];
}

/** Rows that had no key when the page was left take that of the row that stands in their place under their name: they may have been saved without hearing of it. */
function withKeysOf(view: TargetTableView, draft: TableDraft): TableDraft {
  const known = new Set(draft.rows.map((row) => row.key));
  const keyAt = (row: RowDraft, at: number): string => {
    const there = view.indicators[at];
    return row.key === '' && there !== undefined && there.name === row.name.trim() && !known.has(there.key) ? there.key : row.key;
  };
  return { ...draft, rows: draft.rows.map((row, at) => ({ ...row, key: keyAt(row, at) })) };
}

/**
 * A draft as it lay on the shelf, with page identities of this page; null when it cannot be one.
 * @param tasks those of the table: a draft from before tasks could be typed says nothing of them
 */
function draftFromShelf(text: string, tasks: readonly TaskDraft[]): TableDraft | null {
  try {
    const draft = JSON.parse(text) as Partial<TableDraft>;
    if (typeof draft.head !== 'object' || !Array.isArray(draft.rows)) return null;
    const rows = draft.rows as readonly RowDraft[];
    if (rows.some((row) => [row.level1, row.name, row.target, row.weight].some((cell) => typeof cell !== 'string'))) return null;
    const kept = draft.tasks ?? tasks;
    if (!Array.isArray(kept) || kept.some((task) => TASK_FIELDS.some((field) => typeof task[field] !== 'string'))) return null;
    return { head: draft.head, tasks: kept.map((task) => ({ ...task, id: newRowId() })), rows: rows.map((row) => ({ ...row, id: newRowId() })) };
  } catch {
    return null;
  }
}
