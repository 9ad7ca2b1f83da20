import { ChangeDetectionStrategy, Component, ElementRef, computed, inject, input, output, signal } from '@angular/core';
import { ACCUMULATIONS, type Direction, SCORING_RULE_NAMES, type ScoringRule, defaultAccumulation, defaultDirection, sayFinding, scoringRuleOf } from '@jiheng/domain';
import { readPastedBlock } from '../actual-entry/paste-block';
import { injectDrawNow } from '../ui/draw-now';
import { sayFormWord } from '../ui/form-table/form-words';
import { Icon } from '../ui/icon/icon';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import { editorWords } from './editor-words';
import { cellOfFinding, readRow } from './read-draft';
import { obeyRowKey } from './row-keys';
import { sayAccumulation, sayDirection, sayTargetReading, sayTrouble } from './say-draft';
import { type RowDraft, type RowField, isBlank } from './table-draft';
import type { TableEditorModel } from './table-editor-model';

/** A remark below a row, which leads to its cell. */
interface RowRemark {
  readonly severity: 'ERROR' | 'WARN' | 'INFO';
  readonly field: RowField;
  readonly text: string;
}

/** One row as the grid shows it. */
interface ShownRow {
  readonly row: RowDraft;
  readonly reading: string;
  readonly troubles: ReadonlyMap<RowField, string>;
  readonly remarks: readonly RowRemark[];
  readonly level2: readonly string[];
  readonly freeLevel2: boolean;
  readonly sameLevel1: boolean;
  readonly sameLevel2: boolean;
  readonly automaticDirection: string | null;
  readonly directions: readonly Direction[];
  readonly automaticAccumulation: string | null;
  readonly automaticRule: string | null;
}

const COLUMNS: Readonly<Record<'PROJECT' | 'UNIT', readonly RowField[]>> = {
  PROJECT: ['level1', 'level2', 'name', 'target', 'basis', 'previousActual', 'weight', 'rule', 'evidence'],
  UNIT: ['level1', 'level2', 'name', 'target', 'basis', 'weight'],
};

/** The indicator rows of a target table in the columns of its form, to be typed in. One listener hears all keys and pastes. */
@Component({
  selector: 'jh-target-rows',
  imports: [Icon],
  templateUrl: './target-rows.html',
  styleUrls: ['./pen-table.css', './target-rows.css'],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(keydown)': 'onKey($event)', '(paste)': 'onPaste($event)', '(focusin)': 'typed = false', '(input)': 'typed = true', '(focusout)': 'onLeave($event)' },
})
export class TargetRows {
  readonly model = input.required<TableEditorModel>();
  readonly save = output<void>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly drawNow = injectDrawNow();
  private readonly words = inject(Words);
  protected readonly t = this.words.of(editorWords);
  protected readonly common = this.words.of(commonWords);
  protected typed = false;
  /** The row whose direction and accumulation are open. */
  protected readonly openRow = signal<string | null>(null);
  protected readonly columns = computed(() => COLUMNS[this.model().identity().subject]);
  protected readonly level1 = computed(() => this.model().frame().branches.map((branch) => branch.level1));
  protected readonly rules = Object.keys(SCORING_RULE_NAMES) as ScoringRule[];
  protected readonly accumulations = ACCUMULATIONS;
  protected readonly bases = ['计划标准', '行业标准', '历史标准', '预算支出标准', '其他认可标准'];
  protected readonly evidences = ['正式资料', '工作资料', '原始凭证', '说明材料'];

  protected readonly shown = computed<readonly ShownRow[]>(() => {
    const model = this.model();
    const identity = model.identity();
    const frame = model.frame();
    const remarks = this.remarks();
    const rows = model.rows();
    return rows.map((row, at) => {
      const reading = readRow(row, identity);
      const branch = frame.branches.find((one) => one.level1 === row.level1);
      const above = rows[at - 1];
      const { target } = reading.indicator;
      const isDate = target.kind === 'DATE';
      const suggested = defaultDirection(reading.indicator);
      const troubles = new Map([...reading.troubles].filter(([field]) => this.isShown(row, field)).map(([field, trouble]) => [field, sayTrouble(trouble, this.t, this.words.language())]));
      return {
        row, reading: row.target.trim() === '' ? '' : sayTargetReading(reading.indicator, this.t),
        troubles,
        // What is missing in a cell is said once: the checks would say it again in their own words.
        remarks: [
          ...[...troubles].map(([field, text]): RowRemark => ({ severity: 'ERROR', field, text: `${this.sayColumn(field)}：${text}` })),
          ...(remarks.get(row.id) ?? []).filter((remark) => !reading.troubles.has(remark.field)),
        ],
        level2: [...new Set([...(branch?.level2 ?? []), ...(row.level2 === '' ? [] : [row.level2])])], freeLevel2: branch?.free ?? false,
        sameLevel1: above?.level1 === row.level1, sameLevel2: above?.level1 === row.level1 && above.level2 === row.level2,
        automaticDirection: suggested === null ? null : sayDirection(suggested, isDate, this.t),
        directions: ['POSITIVE', 'NEGATIVE', 'POINT'],
        automaticRule: row.rule === '' && reading.indicator.scoringRule !== null ? this.common(`rule${reading.indicator.scoringRule}`) : null,
        automaticAccumulation: target.kind === 'QUANT' ? sayAccumulation(defaultAccumulation(reading.indicator), this.t) : null,
      };
    });
  });

  private readonly remarks = computed<ReadonlyMap<string, readonly RowRemark[]>>(() => {
    const { findings, rowIds } = this.model().reading();
    const remarks = new Map<string, RowRemark[]>();
    for (const finding of findings) {
      const id = finding.row === null ? undefined : rowIds[finding.row];
      if (id === undefined) continue;
      const list = remarks.get(id) ?? [];
      list.push({ severity: finding.severity, field: this.cellOf(finding.code), text: sayFinding(finding, this.words.language()) });
      remarks.set(id, list);
    }
    return remarks;
  });

  /** Goes to a cell of a row that is on the page. */
  focusCell(rowId: string, field: RowField): void {
    this.cell(rowId, field)?.focus();
  }

  protected say(text: string): string {
    return sayFormWord(text, this.words.language());
  }

  protected sayColumn(field: RowField): string {
    const key = { level1: 'level1', level2: 'level2', name: 'level3', target: 'target', basis: 'basis', previousActual: 'previousActual', weight: 'weight', rule: 'scoringRule', evidence: 'evidence' } as const;
    return field === 'direction' || field === 'accumulation' ? this.t(field) : this.common(key[field]);
  }

  protected sayWay(direction: Direction, row: RowDraft): string {
    return sayDirection(direction, readRow(row, this.model().identity()).indicator.target.kind === 'DATE', this.t);
  }

  protected change(id: string, field: RowField, text: string): void {
    this.model().changeRow(id, field, text);
  }

  protected add(id: string | null): void {
    this.focusSoon(this.model().addBelow(id), 'name');
  }

  protected duplicate(id: string): void {
    const copy = this.model().duplicate(id);
    if (copy !== null) this.focusSoon(copy, 'name');
  }

  protected remove(id: string): void {
    const next = this.model().remove(id);
    if (next !== null) this.focusSoon(next, 'name');
  }

  protected move(id: string, by: -1 | 1, field: RowField = 'name'): void {
    this.model().move(id, by);
    this.focusSoon(id, field);
  }

  protected onLeave(event: FocusEvent): void {
    const place = placeIn(event.target);
    if (place !== null) this.model().leave(place.rowId, place.field);
  }

  protected onKey(event: KeyboardEvent): void {
    obeyRowKey(event, placeIn(event.target), this.typed, {
      save: () => { this.save.emit(); },
      undo: () => { this.model().undo(); },
      add: ({ rowId }) => { this.add(rowId); },
      duplicate: ({ rowId }) => { this.duplicate(rowId); },
      remove: ({ rowId }) => { this.remove(rowId); },
      move: ({ rowId, field }, by) => { this.move(rowId, by, field); },
      step: ({ rowId, field }, by) => { this.step(rowId, field, by); },
    });
  }

  /** One cell is the field's own affair; a block of cells goes into the grid. */
  protected onPaste(event: ClipboardEvent): void {
    const place = placeIn(event.target);
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (place === null || !/[\t\n]/u.test(text.trimEnd())) return;
    event.preventDefault();
    const from = this.columns().indexOf(place.field);
    if (from < 0) return;
    this.model().paste(place.rowId, this.columns().slice(from), readPastedBlock(text), (words) => scoringRuleOf(words) ?? '');
  }

  private step(rowId: string, field: RowField, by: -1 | 1): void {
    const rows = this.model().rows();
    const at = rows.findIndex((row) => row.id === rowId);
    const next = rows[at + by];
    if (next !== undefined) this.focusCell(next.id, field);
    else if (by === 1 && !isBlank(rows[at] as RowDraft)) this.add(rowId);
  }

  private focusSoon(rowId: string, field: RowField): void {
    this.drawNow(() => this.focusCell(rowId, field));
  }

  private cell(rowId: string, field: RowField): HTMLElement | null {
    return this.host.querySelector<HTMLElement>(`[data-row="${rowId}"] [data-cell="${field}"]`);
  }

  private isShown(row: RowDraft, field: RowField): boolean {
    const model = this.model();
    return model.left().has(`${row.id}.${field}`) || (model.showAll() && !isBlank(row));
  }

  private cellOf(code: string): RowField {
    const field = cellOfFinding(code);
    return this.columns().includes(field) ? field : 'target';
  }
}

function placeIn(target: EventTarget | null): { readonly rowId: string; readonly field: RowField } | null {
  if (!(target instanceof HTMLElement)) return null;
  const field = target.dataset['cell'];
  const rowId = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
  return field === undefined || rowId === undefined ? null : { rowId, field: field as RowField };
}
