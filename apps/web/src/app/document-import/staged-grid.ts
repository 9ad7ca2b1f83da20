import { afterNextRender, ChangeDetectionStrategy, Component, computed, effect, ElementRef, inject, Injector, input, signal, untracked } from '@angular/core';
import {
  aboutOf, defaultDirection, formatTarget, frameOf, INDICATOR_FRAMES, isDecimalText, compareDecimal, parseTarget, roundHalfUp, sayFinding, splitNameUnit, type Finding, type StagedColumn, toTargetTableOf,
} from '@jiheng/domain';
import { sayFormWord } from '../ui/form-table/form-words';
import { injectDrawNow } from '../ui/draw-now';
import { Icon } from '../ui/icon/icon';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import { editorCommand, stagedCommand } from './staged-keys';
import { entryOf, gridRows, hasRemarks, type GridCell, type GridRow } from './staged-rows';
import type { StagingModel } from './staging-model';
import { stagingWords } from './staging-words';

const BASES = ['计划标准', '行业标准', '历史标准', '预算支出标准', '其他认可标准'];
const EVIDENCE = ['工作资料', '原始凭证', '说明材料', '正式资料'];

/** 识别结果: the rows in the layout of the form, every cell checked and mended from the keyboard. */
@Component({
  selector: 'jh-staged-grid',
  imports: [Icon],
  templateUrl: './staged-grid.html',
  styleUrl: './staged-grid.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StagedGrid {
  readonly model = input.required<StagingModel>();

  private readonly words = inject(Words);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  private readonly drawNow = injectDrawNow();
  protected readonly t = this.words.of(stagingWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly rules = ['PROPORTIONAL', 'GRADE', 'SATISFACTION', 'DIRECT'] as const;
  protected readonly bases = BASES;
  protected readonly evidences = EVIDENCE;
  /** The cell that is being written, with what stands in the box. */
  protected readonly editing = signal<{ readonly row: string; readonly column: StagedColumn; readonly text: string } | null>(null);
  protected readonly splitting = signal<{ readonly row: string; readonly first: string; readonly second: string } | null>(null);
  /** The finding for which a reason is being written, by its key. */
  protected readonly keeping = signal<string | null>(null);
  protected readonly openInfo = signal<string | null>(null);
  /** Rows whose match a person has decided. */
  protected readonly decided = computed<ReadonlySet<string>>(() => new Set(this.model().serverTable()?.standing == null ? [] : Object.keys(this.model().table()?.matches ?? {})));
  protected readonly rows = computed(() => {
    const model = this.model();
    return gridRows(model.table()?.rows ?? [], model.columns(), model.findings(), model.gaps(), model.rowDifferences(), this.decided(), this.openInfo(), (rule) => this.common(`rule${rule}`));
  });
  protected readonly frame = computed(() => { const table = this.model().table(); return table === null ? INDICATOR_FRAMES['P-101'] : frameOf(toTargetTableOf(table)); });
  protected readonly level1s = computed(() => this.frame().branches.map((branch) => branch.level1));
  protected readonly level2s = computed(() => [...new Set(this.frame().branches.flatMap((branch) => branch.level2))]);
  protected readonly chosen = computed(() => this.model().selected().size);
  /** What the text in the box would be read as. */
  protected readonly reading = computed(() => {
    const editing = this.editing();
    const table = this.model().table();
    const row = table?.rows.find((one) => one.id === editing?.row);
    if (editing === null || table === null || row === undefined || editing.text.trim() === '') return null;
    if (editing.column === 'weight') {
      const text = editing.text.normalize('NFKC').replace(/\s|分/gu, '');
      return isDecimalText(text) && compareDecimal(text, '0') > 0 && compareDecimal(text, roundHalfUp(text, 2)) === 0 ? null : this.t('weightBad');
    }
    if (editing.column === 'name') { const { name, unit } = splitNameUnit(editing.text); return unit === null ? null : this.t('readAs', { text: `${name} · ${unit}` }); }
    if (editing.column !== 'target') return null;
    const target = parseTarget(editing.text, { fiscalYear: table.fiscalYear, nameUnit: row.nameUnit, name: row.name });
    const direction = defaultDirection({ ...row, target });
    return [this.t('readAs', { text: formatTarget(target) }), this.t(`readKind${target.kind}`), ...(direction === null ? [] : [this.t(`read${direction}`)])].join(' · ');
  });

  constructor() {
    // Somebody clicked a place of the document: the cell it was read into is shown.
    effect(() => {
      const active = this.model().active();
      if (active !== null) untracked(() => this.show(false));
    });
  }

  protected titleOf(column: StagedColumn): string {
    if (column === 'name') return this.t('columnName');
    if (column === 'previous' && this.model().isResults()) return this.t('columnActual');
    const unit = this.model().table()?.subject === 'UNIT';
    const printed = { level1: '一级指标', level2: '二级指标', target: '指标值', basis: unit ? '指标设定依据' : '指标值设置依据', previous: '上年完成值', weight: unit ? '分值权重' : '指标分值权重', rule: '指标赋分规则', evidence: '佐证资料' }[column];
    return sayFormWord(printed, this.words.language());
  }
  protected say(text: string): string { return sayFormWord(text, this.words.language()); }
  protected sayNote(finding: Finding): string { return sayFinding(finding, this.words.language()); }
  protected twoLines(one: GridRow): boolean { return hasRemarks(one, this.decided(), this.openInfo()); }
  protected isActive(cell: GridCell, one: GridRow): boolean {
    const active = this.model().active();
    return active !== null && active.column === cell.column && (active.row === one.row.id || cell.rows.includes(active.row));
  }
  protected isTabStop(cell: GridCell, one: GridRow): boolean {
    return this.model().active() === null ? one.number === 1 && cell.column === this.model().columns()[0] : this.isActive(cell, one);
  }
  protected isEditing(cell: GridCell, one: GridRow): boolean {
    const editing = this.editing();
    return editing !== null && editing.row === one.row.id && editing.column === cell.column;
  }

  protected goTo(one: GridRow, column: StagedColumn): void {
    this.model().activeHead.set(null);
    this.model().active.set({ row: one.row.id, column });
  }

  protected key(event: KeyboardEvent, one: GridRow, cell: GridCell): void {
    if (event.target !== event.currentTarget) return;
    const command = stagedCommand(event);
    if (command === null || (command === 'type' && (!this.model().mayEdit() || event.key === ' '))) return;
    event.preventDefault();
    const model = this.model();
    switch (command) {
      case 'edit': this.edit(one, cell); break;
      case 'type': this.edit(one, cell, event.key); break;
      case 'clear': model.write(one.row, cell.column, '', cell.rows); break;
      case 'select': model.toggle(one.row.id); break;
      case 'undo': if (model.mayUndo()) model.correct({ kind: 'UNDO' }); break;
      case 'redo': if (model.mayRedo()) model.correct({ kind: 'REDO' }); break;
      case 'add-row': this.addRow(); break;
      case 'delete-rows': model.correct({ kind: 'DELETE_ROWS', rows: model.chosenRows() }); this.show(true); break;
      case 'merge-rows': this.merge(); break;
      case 'split-row': this.startSplit(); break;
      default: this.move(command);
    }
  }

  protected edit(one: GridRow, cell: GridCell, typed?: string): void {
    if (!this.model().mayEdit()) return;
    this.goTo(one, cell.column);
    // A rule is chosen from a list: what was typed picks nothing there.
    this.editing.set({ row: one.row.id, column: cell.column, text: typed === undefined || cell.column === 'rule' ? entryOf(one.row, cell.column) : typed });
    this.drawNow(() => {
      const box = this.host.nativeElement.querySelector<HTMLInputElement>('.editor');
      box?.focus();
      if (typed === undefined) box?.select?.();
      else box?.setSelectionRange?.(box.value.length, box.value.length);
    });
  }

  protected editorKey(event: KeyboardEvent, one: GridRow, cell: GridCell): void {
    const command = editorCommand(event);
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (command === 'cancel') this.editing.set(null);
    else {
      this.commit(one, cell);
      this.move(({ 'commit-down': 'down', 'commit-up': 'up', 'commit-right': 'right', 'commit-left': 'left' } as const)[command]);
    }
    this.show(true);
  }

  /** Keeps what stands in the box; the same text as before is no correction. */
  protected commit(one: GridRow, cell: GridCell): void {
    const editing = this.editing();
    if (editing === null || editing.row !== one.row.id || editing.column !== cell.column) return;
    this.editing.set(null);
    if (editing.text !== entryOf(one.row, cell.column)) this.model().write(one.row, cell.column, editing.text, cell.rows);
  }

  protected typed(text: string): void {
    this.editing.update((editing) => (editing === null ? null : { ...editing, text }));
  }

  protected addRow(): void {
    const chosen = this.model().chosenRows();
    const last = this.model().table()?.rows.at(-1)?.id ?? null;
    if (this.model().correct({ kind: 'ADD_ROW', after: chosen.at(-1) ?? last })) this.show(true);
  }

  /** Rows that are selected become one; with none selected, the row a person is at and the one below it. */
  protected merge(): void {
    const chosen = this.model().chosenRows();
    const rows = this.model().table()?.rows ?? [];
    const below = chosen.length === 1 ? rows[rows.findIndex((row) => row.id === chosen[0]) + 1] : undefined;
    if (this.model().correct({ kind: 'MERGE_ROWS', rows: below === undefined ? chosen : [...chosen, below.id] })) this.show(true);
  }

  protected startSplit(): void {
    if (!this.model().mayEdit()) return;
    const row = this.model().table()?.rows.find((one) => one.id === this.model().chosenRows()[0]);
    if (row === undefined) return;
    const at = Math.max(...[...'、，,；; '].map((sign) => row.name.indexOf(sign)), Math.floor(row.name.length / 2) - 1);
    this.splitting.set({ row: row.id, first: row.name.slice(0, at + 1).replace(/[、，,；;\s]$/u, ''), second: row.name.slice(at + 1) });
    this.drawNow(() => this.host.nativeElement.querySelector<HTMLInputElement>('.split input')?.focus());
  }

  protected split(first: string, second: string): void {
    const splitting = this.splitting();
    if (splitting !== null && this.model().correct({ kind: 'SPLIT_ROW', row: splitting.row, names: [first, second] })) { this.splitting.set(null); this.show(true); }
  }

  protected setLevels(level1: string, level2: string): void {
    const rows = this.model().chosenRows();
    if (rows.length > 0 && (level1 !== '' || level2 !== '')) this.model().correct({ kind: 'SET_LEVELS', rows, level1: level1 === '' ? null : level1, level2: level2 === '' ? null : level2 });
  }

  /** Row, code and what it is about. */
  protected keyOf(row: string, finding: Finding): string { return `${row} ${finding.code} ${aboutOf({ row, finding })}`; }

  protected keep(row: string, finding: Finding, reason: string): void {
    this.model().correct({ kind: 'ACCEPT_FINDING', code: finding.code, row, about: aboutOf({ row, finding }), reason });
    this.keeping.set(null);
  }

  protected match(row: string, key: string | null): void {
    this.model().correct({ kind: 'MATCH_ROW', row, key });
  }

  /** The next cell that should be compared with the document, after the one a person is at; around the end it goes on at the beginning. */
  nextDoubt(): void {
    const cells = this.rows().flatMap((one) => one.cells.filter((cell) => cell.span > 0 && (cell.doubtful || cell.gap !== null)).map((cell) => ({ one, column: cell.column })));
    const columns = this.model().columns();
    const active = this.model().active();
    const here = active === null ? -1 : this.rows().findIndex((one) => one.row.id === active.row) * 100 + columns.indexOf(active.column);
    const next = cells.find(({ one, column }) => (one.number - 1) * 100 + columns.indexOf(column) > here) ?? cells[0];
    if (next === undefined) return;
    this.goTo(next.one, next.column);
    this.show(true);
  }

  private move(command: 'up' | 'down' | 'left' | 'right' | 'first' | 'last' | 'row-start' | 'row-end'): void {
    const rows = this.model().table()?.rows ?? [];
    const columns = this.model().columns();
    const active = this.model().active();
    const [row, column] = [rows.findIndex((one) => one.id === active?.row), active === null ? -1 : columns.indexOf(active.column)];
    if (row < 0 || column < 0) return;
    // A merged cell is one step: down from it is the first row below all it covers.
    const covers = this.rows().find((one) => one.cells.some((cell) => cell.column === active?.column && cell.rows.includes(active.row)))?.cells.find((cell) => cell.column === active?.column)?.rows ?? [];
    const top = covers.length === 0 ? row : rows.findIndex((one) => one.id === covers[0]);
    const bottom = covers.length === 0 ? row : top + covers.length - 1;
    const [toRow, toColumn] = {
      up: [Math.max(0, top - 1), column], down: [Math.min(rows.length - 1, bottom + 1), column],
      left: column > 0 ? [row, column - 1] : row > 0 ? [row - 1, columns.length - 1] : [row, column], right: column < columns.length - 1 ? [row, column + 1] : row < rows.length - 1 ? [row + 1, 0] : [row, column],
      first: [0, 0], last: [rows.length - 1, columns.length - 1], 'row-start': [row, 0], 'row-end': [row, columns.length - 1],
    }[command] as [number, number];
    const [next, nextColumn] = [rows[toRow], columns[toColumn]];
    if (next === undefined || nextColumn === undefined) return;
    this.model().activeHead.set(null);
    this.model().active.set({ row: next.id, column: nextColumn });
    this.show(true);
  }

  /** Brings the cell a person is at into sight, and the keyboard with it when they came by keys. */
  private show(focus: boolean): void {
    const bring = (): void => {
      const cell = this.host.nativeElement.querySelector<HTMLElement>('td.active');
      if (cell === null || this.editing() !== null) return;
      if (focus) cell.focus({ preventScroll: true });
      cell.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
    };
    if (focus) this.drawNow(bring);
    else afterNextRender(bring, { injector: this.injector });
  }
}
