import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { ApplicationRef, ChangeDetectionStrategy, Component, DestroyRef, ElementRef, computed, effect, inject, input, signal, viewChild } from '@angular/core';
import { sayPeriod } from '../words/moments';
import { Words } from '../words/words';
import type { ActualEntryModel } from './actual-entry-model';
import { EntryColumns, EntryHead } from './entry-head';
import type { EntryRow } from './entry-row';
import { EntryRowView } from './entry-row-view';
import { entryWords } from './entry-words';
import { type GridCommand, commandOf } from './grid-keys';
import { injectDrawNow } from '../ui/draw-now';
import { type LevelSpans, levelSpans } from '../ui/form-table/level-spans';
import { PointsTotal } from './points-total-line';
import { RowDetail } from './row-detail';

/** From this many rows on only the rows in sight are in the page: 1,000 rows cost 14,000 nodes, and every key would pay for them. */
export const PLAIN_TABLE_LIMIT = 60;
const ROW_HEIGHT = 92;
const CARD_HEIGHT = 312;
const NO_SPANS: LevelSpans = { level1: 1, level2: 1 };
/** Rows a page key moves. */
const PAGE_ROWS = 8;
type CellColumn = 'actual' | 'note';

/**
 * The entry grid in the layout of the official form. One listener for all keys, pastes and drops; a row renders by itself. Short tables are
 * a plain table and print whole; long ones scroll through a window of rows and become plain for printing.
 */
@Component({
  selector: 'jh-entry-grid',
  imports: [EntryColumns, EntryHead, EntryRowView, RowDetail, PointsTotal, CdkVirtualScrollViewport, CdkFixedSizeVirtualScroll, CdkVirtualForOf],
  templateUrl: './entry-grid.html',
  styleUrl: './entry-grid.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    '(keydown)': 'onKey($event)', '(paste)': 'onPaste($event)', '(focusin)': 'onFocus($event)', '(input)': 'editing.set(true)', '(pointerdown)': 'onPointer($event)',
    '(dragover)': 'onDragOver($event)', '(dragleave)': 'dropRow.set(null)', '(drop)': 'onDrop($event)', '(window:beforeprint)': 'print(true)', '(window:afterprint)': 'print(false)',
  },
})
export class EntryGrid {
  readonly model = input.required<ActualEntryModel>();
  readonly editable = input.required<boolean>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly drawNow = injectDrawNow();
  private readonly app = inject(ApplicationRef);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(entryWords);
  private readonly viewport = viewChild(CdkVirtualScrollViewport);
  private readonly detail = viewChild(RowDetail);
  private readonly files = viewChild.required<ElementRef<HTMLInputElement>>('files');
  private filesFor: string | null = null;
  private destroyed = false;
  /** The text of the focused cell is being edited; otherwise all of it is selected and arrows leave it. */
  protected readonly editing = signal(false);
  protected readonly dropRow = signal<string | null>(null);
  private readonly printing = signal(false);
  private readonly narrow = signal(isNarrow());
  protected readonly virtual = computed(() => this.model().rows.length > PLAIN_TABLE_LIMIT && !this.printing());
  protected readonly itemSize = computed(() => (this.narrow() ? CARD_HEIGHT : ROW_HEIGHT));
  protected readonly spans = computed(() => levelSpans(this.model().rows.map((row) => row.indicator), this.model().rows.findIndex((row) => row.id === this.model().openRow())));
  protected readonly noSpans = NO_SPANS;
  /** The fixed head is as wide as the rows, without the scroll bar beside them (some systems have none). */
  protected readonly headWidth = signal('100%');
  protected readonly caption = computed(() => {
    const { table, period } = this.model().report();
    return this.t('caption', { project: table.project ?? table.unitName, label: sayPeriod(period.label, this.words.language()) });
  });

  constructor() {
    if (typeof matchMedia === 'function') matchMedia(NARROW).addEventListener('change', (change) => this.narrow.set(change.matches));
    inject(DestroyRef).onDestroy(() => (this.destroyed = true));
    effect(() => {
      const window = this.viewport()?.elementRef.nativeElement;
      if (window !== undefined) this.headWidth.set(`calc(100% - ${window.offsetWidth - window.clientWidth}px)`);
    });
  }

  protected byId(_: number, row: EntryRow): string {
    return row.id;
  }

  protected spansAt(index: number): LevelSpans {
    return this.spans()[index] ?? NO_SPANS;
  }

  /** Goes to a cell, bringing its row into sight first. */
  focusCell(index: number, column: CellColumn = 'actual'): void {
    const row = this.model().rows[index];
    if (row === undefined) return;
    const present = this.cellOf(row.id, column);
    if (present !== null) {
      present.focus();
      return;
    }
    this.model().activeRow.set(row.id);
    if (column === 'note') this.model().noteRow.set(row.id);
    const focus = (): void => {
      if (!this.destroyed) this.drawNow(() => this.cellOf(row.id, column)?.focus());
    };
    const window = this.viewport();
    if (window === undefined || this.host.querySelector(`tr[data-row="${row.id}"]`) !== null) {
      focus();
      return;
    }
    window.scrollToIndex(Math.max(index - 2, 0));
    // The window renders after its scroll event, one frame later.
    requestAnimationFrame(focus);
  }

  focusRow(rowId: string): void {
    this.focusCell(this.model().rows.findIndex((row) => row.id === rowId));
  }

  protected onFocus(event: FocusEvent): void {
    const cell = cellIn(event.target);
    this.model().activeRow.set(rowIdOf(event.target));
    this.model().noteRow.set(cell?.dataset['cell'] === 'note' ? rowIdOf(event.target) : null);
    if (cell === null) return;
    this.editing.set(false);
    if (cell.dataset['cell'] === 'actual') cell.select();
  }

  protected onPointer(event: PointerEvent): void {
    // A second click into the focused cell places the caret: from then on arrows stay inside.
    if (cellIn(event.target) === document.activeElement) this.editing.set(true);
  }

  protected onKey(event: KeyboardEvent): void {
    const cell = cellIn(event.target);
    const rowId = rowIdOf(event.target);
    if (rowId === null) return;
    if (event.key === 'Escape' && !event.isComposing && this.closesWith(rowId, cell)) {
      event.preventDefault();
      this.toggleDetail(rowId);
      return;
    }
    const command = commandOf(event, {
      editing: this.editing() || cell === null, atStart: cell?.selectionEnd === 0, atEnd: cell !== null && cell.selectionStart === cell.value.length,
    });
    if (command === null || !this.applies(command, cell)) return;
    if (this.carryOut(command, rowId, (cell?.dataset['cell'] ?? 'actual') as CellColumn)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  protected onPaste(event: ClipboardEvent): void {
    const cell = cellIn(event.target);
    const rowId = rowIdOf(event.target);
    const text = event.clipboardData?.getData('text/plain') ?? '';
    // One cell copied from a spreadsheet ends with a line end; only a real block is laid over several cells.
    if (rowId === null || cell?.dataset['cell'] !== 'actual' || !this.editable() || !/[\t\r\n]/u.test(text.replace(/[\r\n]+$/u, ''))) return;
    event.preventDefault();
    this.model().paste(rowId, text);
    cell.select();
  }

  protected onDragOver(event: DragEvent): void {
    const rowId = rowIdOf(event.target);
    if (rowId === null || !this.editable() || event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.dropRow.set(rowId);
  }

  protected onDrop(event: DragEvent): void {
    const rowId = this.dropRow();
    this.dropRow.set(null);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (rowId === null || files.length === 0) return;
    event.preventDefault();
    void this.model().uploads.attach(rowId, files);
  }

  /** One file box serves all rows. */
  protected askForFiles(rowId: string): void {
    this.filesFor = rowId;
    this.files().nativeElement.click();
  }

  protected attachChosen(): void {
    const box = this.files().nativeElement;
    if (this.filesFor !== null) void this.model().uploads.attach(this.filesFor, [...(box.files ?? [])]);
    // The same file may be chosen again after a refusal.
    box.value = '';
  }

  /** The reason not to take a candidate is written in the row's detail, open or not. */
  protected askReason(rowId: string): void {
    this.model().openRow.set(rowId);
    this.drawNow(() => this.detail()?.askReason());
  }

  /** A choice about a candidate took its buttons away: the keyboard goes on in the row's field, unless it is elsewhere by now. */
  protected returnTo(rowId: string): void {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body || activeElement.closest('jh-candidate') !== null) this.drawNow(() => this.focusRow(rowId));
  }

  /** Paper gets every row. The browser prints right after this event, so the page is rendered at once. */
  protected print(printing: boolean): void {
    this.printing.set(printing);
    if (this.model().rows.length > PLAIN_TABLE_LIMIT) this.app.tick();
  }

  /** Esc in the row closes its open detail. Where a text is being changed, the first Esc takes the text back. */
  private closesWith(rowId: string, cell: HTMLInputElement | HTMLTextAreaElement | null): boolean {
    return this.model().openRow() === rowId && (cell === null || !this.editing());
  }

  /** Keys that belong to a button, a file box or a line break of a note are left to them. */
  private applies(command: GridCommand, cell: HTMLInputElement | HTMLTextAreaElement | null): boolean {
    if (command === 'detail' || command === 'save') return true;
    if (cell === null) return false;
    const inNote = cell.dataset['cell'] === 'note';
    if (!inNote) return true;
    // A note that is being written takes back its own letters; an untouched one must not let the browser undo in some other field.
    if (command === 'undo' || command === 'redo' || command === 'page-down' || command === 'page-up') return !this.editing();
    return command !== 'fill-down' && command !== 'revert';
  }

  private carryOut(command: GridCommand, rowId: string, column: CellColumn): boolean {
    const model = this.model();
    const at = model.rows.findIndex((row) => row.id === rowId);
    switch (command) {
      case 'down': return this.go(at + 1, column, rowId);
      case 'up': return this.go(at - 1, column, rowId);
      case 'page-down': return this.go(Math.min(at + PAGE_ROWS, model.rows.length - 1), column, rowId);
      case 'page-up': return this.go(Math.max(at - PAGE_ROWS, 0), column, rowId);
      case 'first': return this.go(0, column, rowId);
      case 'last': return this.go(model.rows.length - 1, column, rowId);
      case 'next': return column === 'actual' && this.editable() ? this.go(at, 'note', rowId) : this.go(at + 1, 'actual', rowId);
      case 'previous': return column === 'note' ? this.go(at, 'actual', rowId) : this.go(at - 1, this.editable() ? 'note' : 'actual', rowId);
      case 'edit': return this.startEditing(rowId, column);
      case 'revert': return this.revert(rowId);
      case 'undo': return this.afterChange(model.undo());
      case 'redo': return this.afterChange(model.redo());
      case 'fill-down': {
        if (this.editable()) model.fillDown(rowId);
        return true;
      }
      case 'detail': return this.toggleDetail(rowId);
      case 'save': {
        void model.saveAll();
        return true;
      }
    }
  }

  private go(index: number, column: CellColumn, from: string): boolean {
    if (index < 0 || index >= this.model().rows.length) {
      // At the edge the key still means "done with this cell".
      if (column === 'actual') {
        this.model().leave(from);
        this.model().enter(from);
      }
      return true;
    }
    this.focusCell(index, column);
    return true;
  }

  private startEditing(rowId: string, column: CellColumn): boolean {
    const cell = this.cellOf(rowId, column);
    this.editing.set(true);
    cell?.setSelectionRange(cell.value.length, cell.value.length);
    return true;
  }

  private revert(rowId: string): boolean {
    this.model().revert(rowId);
    this.editing.set(false);
    this.drawNow(() => this.cellOf(rowId, 'actual')?.select());
    return true;
  }

  private afterChange(rowId: string | null): boolean {
    if (rowId !== null) this.focusRow(rowId);
    return true;
  }

  private toggleDetail(rowId: string): boolean {
    const { openRow } = this.model();
    const opening = openRow() !== rowId;
    openRow.set(opening ? rowId : null);
    this.drawNow(() => {
      if (opening) this.host.querySelector<HTMLElement>('jh-row-detail h3')?.focus();
      else this.focusRow(rowId);
    });
    return true;
  }

  protected closeDetail(rowId: string): void {
    if (this.model().openRow() === rowId) this.toggleDetail(rowId);
  }

  private cellOf(rowId: string, column: CellColumn): HTMLInputElement | HTMLTextAreaElement | null {
    return this.host.querySelector(`tr[data-row="${rowId}"] [data-cell="${column}"]`);
  }
}

const NARROW = '(max-width: 720px)';

function isNarrow(): boolean {
  return typeof matchMedia === 'function' && matchMedia(NARROW).matches;
}

function cellIn(target: EventTarget | null): HTMLInputElement | HTMLTextAreaElement | null {
  return (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.dataset['cell'] !== undefined ? target : null;
}

function rowIdOf(target: EventTarget | null): string | null {
  return target instanceof Element ? (target.closest<HTMLElement>('tr[data-row]')?.dataset['row'] ?? null) : null;
}
