import { ChangeDetectionStrategy, Component, DestroyRef, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { TargetTableView } from '@jiheng/contract';
import { type TaskField, compareDecimal, sayFinding, subtractDecimal } from '@jiheng/domain';
import { Load } from '../api/load';
import { TargetTablesApi } from '../api/target-tables-api';
import { Session } from '../session/session';
import type { TextStore } from '../saving/draft-shelf';
import { RefusalNote } from '../ui/refusal/refusal';
import { StatusTag } from '../ui/status-tag/status-tag';
import { commonWords } from '../words/common-words';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { editorWords } from './editor-words';
import type { MayStay } from './leave-guard';
import { type NewTable, NewTableForm } from './new-table-form';
import { cellOfFinding } from './read-draft';
import { sayTrouble } from './say-draft';
import { countFindings } from './target-table-model';
import type { HeadField, RowField } from './table-draft';
import { TableEditorModel } from './table-editor-model';
import { TargetRows } from './target-rows';
import { TargetTasks } from './target-tasks';
import { VersionChanges } from './version-changes';

const FULL = '90';
const FULL_BY_ROWS = '100';
const HEAD_MONEY: Readonly<Record<'PROJECT' | 'UNIT', readonly HeadField[]>> = { PROJECT: ['total', 'fiscal', 'other'], UNIT: ['higherLevel', 'localLevel', 'other'] };

/** 编制绩效目标表: a draft or a returned table, or one that does not exist yet, to be typed in the layout of the form. */
@Component({
  selector: 'jh-table-editor-page',
  imports: [RouterLink, NewTableForm, RefusalNote, StatusTag, TargetRows, TargetTasks, VersionChanges],
  templateUrl: './table-editor-page.html',
  styleUrl: './table-editor-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(window:beforeunload)': 'guard($event)', '(window:pagehide)': 'model()?.keepDraft()', '(keydown)': 'onKey($event)' },
})
export class TableEditorPage implements MayStay {
  /** From the route; absent for a table nobody has yet. */
  readonly id = input<string>();

  private readonly api = inject(TargetTablesApi);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(editorWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly load = new Load<TargetTableView>();
  protected readonly model = signal<TableEditorModel | null>(null);
  /** Says what was copied into a new table. */
  protected readonly copied = signal('');
  private readonly grid = viewChild(TargetRows);
  private readonly list = viewChild(TargetTasks);

  protected readonly table = this.load.value;
  protected readonly money = computed(() => HEAD_MONEY[this.model()?.identity().subject ?? 'PROJECT']);
  /** Why the table cannot be edited; '' when it can. What may be done, the server says with its moves. */
  protected readonly locked = computed(() => {
    const table = this.table();
    if (table === null || table.moves.includes('submit')) return '';
    return table.state === 'DRAFT' || table.state === 'RETURNED' ? this.t('notReporter') : this.t('notEditable', { state: this.common(`state${table.state}`) });
  });
  protected readonly returned = computed(() => {
    const table = this.table();
    return table?.state === 'RETURNED' ? (table.history.findLast((entry) => entry.to === 'RETURNED')?.opinion ?? '') : '';
  });
  protected readonly reason = computed(() => this.table()?.history.find((entry) => entry.move === 'adjust')?.opinion ?? '');
  protected readonly sum = computed(() => {
    const sum = this.model()?.reading().weightSum ?? '0';
    const compared = compareDecimal(sum, FULL);
    if (compared === 0) return { done: true, text: this.t('sumDone') };
    if (compareDecimal(sum, FULL_BY_ROWS) === 0) return { done: true, text: this.t('sumFull') };
    return { done: false, text: compared < 0 ? this.t('sumShort', { sum, left: subtractDecimal(FULL, sum) }) : this.t('sumOver', { sum, left: subtractDecimal(sum, FULL) }) };
  });
  protected readonly unitTotal = computed(() => this.model()?.reading().table.budget.total ?? null);
  protected readonly counts = computed(() => countFindings(this.model()?.reading().findings ?? []));
  protected readonly findings = computed(() => {
    const reading = this.model()?.reading();
    return (reading?.findings ?? []).map((finding) => ({
      severity: finding.severity, rowId: finding.row === null ? null : (reading?.rowIds[finding.row] ?? null), row: finding.row,
      field: cellOfFinding(finding.code), isTask: finding.code === 'Q-P5', text: sayFinding(finding, this.words.language()),
    }));
  });
  protected readonly troubles = computed(() => {
    const model = this.model();
    if (model === null || !model.showAll()) return [];
    return model.reading().troubles.map((one) => ({ ...one, row: model.rows().findIndex((row) => row.id === one.rowId), task: model.tasks().findIndex((task) => task.id === one.taskId), text: sayTrouble(one.trouble, this.t, this.words.language()) }));
  });
  protected readonly restored = computed(() => {
    const at = this.model()?.restoredAt() ?? null;
    return at === null ? '' : this.t('restored', { at: sayMoment(at, this.words.language()) });
  });
  protected readonly conflictCount = computed(() => {
    const changes = this.model()?.conflict()?.changes;
    return changes === undefined ? 0 : changes.head.length + changes.rows.length;
  });
  protected readonly saveState = computed(() => {
    const model = this.model();
    if (model === null) return '';
    if (model.saving()) return this.t('saving');
    if (model.dirty()) return this.t(this.table() === null ? 'unsavedNew' : 'unsaved');
    return model.savedOnce() ? this.t('saved') : this.t('nothingToSave');
  });

  constructor() {
    effect(() => {
      const id = this.id();
      untracked(() => void this.open(id));
    });
    inject(DestroyRef).onDestroy(() => this.model()?.keepDraft());
  }

  /** A new table begins once it is said for whom it is made. */
  protected begin(made: NewTable): void {
    this.model.set(TableEditorModel.fresh(made.draft, made.identity, this.ground()));
    this.copied.set(made.copiedFrom === null ? '' : this.t('copied', { title: made.copiedFrom, n: made.draft.rows.length }));
  }

  protected async save(): Promise<void> {
    this.arrive(await this.model()?.save() ?? null);
  }

  protected async keepMine(): Promise<void> {
    this.arrive(await this.model()?.keepMine() ?? null);
  }

  protected headTrouble(field: HeadField): string {
    const model = this.model();
    const found = model?.reading().troubles.find((one) => one.rowId === null && one.taskId === undefined && one.field === field);
    if (model === null || found === undefined) return '';
    return model.showAll() || model.left().has(`head.${field}`) ? sayTrouble(found.trouble, this.t, this.words.language()) : '';
  }

  protected goTo(rowId: string | null, field: string, taskId?: string): void {
    if (taskId !== undefined) this.list()?.focusCell(taskId, field as TaskField);
    else if (rowId === null) document.getElementById(`head-${field}`)?.focus();
    else this.grid()?.focusCell(rowId, field as RowField);
  }

  protected onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's' || event.defaultPrevented) return;
    event.preventDefault();
    void this.save();
  }

  /** Asks before the window is closed while something is not saved. */
  protected guard(event: BeforeUnloadEvent): void {
    const model = this.model();
    if (model === null || !model.dirty()) return;
    model.keepDraft();
    event.preventDefault();
  }

  mayLeave(): boolean {
    const model = this.model();
    return model === null || !model.dirty() || window.confirm(this.t('leaveAsk'));
  }

  private async open(id: string | undefined): Promise<void> {
    this.model()?.keepDraft();
    // The address of a table that was just made comes with the table already on the page.
    if (id !== undefined && id === this.table()?.id) return;
    this.model.set(null);
    if (id === undefined) return;
    const answer = await this.load.run(() => this.api.view(id));
    if (!answer.ok || answer.value.id !== this.id() || this.locked() !== '') return;
    this.model.set(TableEditorModel.of(answer.value, this.ground()));
    // The first save of a new table leads here: what was saved goes on saying so.
    if (justSaved() === id) this.model()?.savedOnce.set(true);
  }

  private arrive(saved: TargetTableView | null): void {
    if (saved === null) {
      this.showFirstTrouble();
      return;
    }
    const isNew = this.table() === null;
    this.load.set(saved);
    if (!isNew) return;
    this.model.set(TableEditorModel.of(saved, this.ground()));
    this.model()?.savedOnce.set(true);
    void this.router.navigate(['/tables', saved.id, 'edit'], { replaceUrl: true, state: { justSaved: saved.id } });
  }

  private showFirstTrouble(): void {
    const first = this.troubles()[0];
    if (first !== undefined) this.goTo(first.rowId, first.field, first.taskId);
  }

  private ground() {
    return { door: this.api, store: browserStore(), personId: this.session.person()?.id ?? 'nobody', now: () => new Date().toISOString() };
  }
}

/** The table whose first save led to this address; null for any other way here. */
function justSaved(): unknown {
  const state: unknown = window.history.state;
  return typeof state === 'object' && state !== null && 'justSaved' in state ? state.justSaved : null;
}

function browserStore(): TextStore | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
