import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { FindingView, ImportPreview } from '@jiheng/contract';
import type { FormNote } from '../ui/form-table/form-note';
import { FormTable } from '../ui/form-table/form-table';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import { findingsOf, leastCertain, sayShare, unsureRows, type PreviewTable } from './import-model';
import { importWords } from './import-words';
import { IndicatorCards } from './indicator-cards';
import { findingsByRow } from './target-table-model';
import { tableWords } from './table-words';
import { targetForm } from './target-form';

/** One table as it was read from the file, in the layout of the form, so that it can be held beside the source. */
@Component({
  selector: 'jh-import-preview',
  imports: [FormTable, IndicatorCards],
  template: `
    <details [open]="at() === 0">
      <summary>
        <span class="number">{{ t('table', { n: at() + 1 }) }}</span>
        <strong>{{ table().project ?? own('wholeUnit') }}</strong>
        <span class="jh-soft">{{ table().budgetUnit }} · {{ table().fiscalYear ?? t('yearMissing') }}</span>
        <span class="facts">{{ own('rowsCount', { n: table().indicators.length, weight: sum() }) }} · {{ t('sure', { share: certainty() }) }}</span>
      </summary>
      @if (unsure().length) { <p class="jh-notice jh-notice-warning">{{ t('unsure', { n: unsure().length }) }}</p> }
      @for (note of headNotes(); track $index) { <p class="head-note" [attr.data-severity]="note.severity"><b>{{ common(severityKey(note)) }}</b> {{ note.text }}</p> }
      <jh-form-table class="wide" [form]="form()" [notes]="notes()" />
      <jh-indicator-cards class="narrow" [indicators]="table().indicators" [notes]="notes()" />
    </details>
  `,
  styles: `
    summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 14px; padding: 14px 20px; cursor: pointer; }
    summary:hover { background: #f8fafc; }
    .number { padding: 0 8px; border-radius: 3px; background: var(--jh-primary-tint); color: var(--jh-primary-dark); font-size: 13px; }
    .facts { margin-left: auto; color: var(--jh-ink-soft); font-size: 13px; }
    details[open] { padding-bottom: 20px; } details > :not(summary) { margin-inline: 20px; margin-block: 0 10px; }
    .head-note { font-size: 13px; color: var(--jh-warning); } .head-note[data-severity="ERROR"] { color: var(--jh-danger); } .head-note[data-severity="INFO"] { color: var(--jh-primary); }
    .narrow { display: none; }
    @media (max-width: 720px) { .wide { display: none; } .narrow { display: block; } .facts { margin-left: 0; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportPreviewTable {
  readonly preview = input.required<ImportPreview>();
  readonly at = input.required<number>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(importWords);
  protected readonly own = this.words.of(tableWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly table = computed(() => this.preview().tables[this.at()] as PreviewTable);
  protected readonly sum = computed(() => withoutTrailingZeros(this.table().weightTotal));
  protected readonly unsure = computed(() => unsureRows(this.table()));
  protected readonly certainty = computed(() => sayShare(leastCertain(this.table())));
  protected readonly form = computed(() => targetForm(this.table()));
  private readonly found = computed(() => findingsOf(this.preview(), this.at()));
  protected readonly headNotes = computed(() => this.found().filter((finding) => finding.row === null).map((finding) => this.noteOf(finding)));
  protected readonly notes = computed<ReadonlyMap<number, readonly FormNote[]>>(() => {
    const unsure = new Set(this.unsure());
    const found = findingsByRow(this.found());
    return new Map(this.table().indicators.map((row, at) => [at, [
      ...(unsure.has(row) ? [{ severity: 'WARN' as const, text: this.t('lowRow', { share: sayShare(row.confidence), place: row.place }) }] : []),
      ...(found.get(at) ?? []).map((finding) => this.noteOf(finding)),
    ]]));
  });

  protected severityKey(note: FormNote): `severity${FormNote['severity']}` {
    return `severity${note.severity}`;
  }

  private noteOf(finding: FindingView): FormNote {
    return { severity: finding.severity, text: this.words.pick({ zh: finding.message, en: finding.messageEn }) };
  }
}
