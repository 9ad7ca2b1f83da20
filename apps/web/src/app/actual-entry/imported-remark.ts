import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { ImportedRemark } from '@jiheng/contract';
import { CAUSE_WORDS, LIKELIHOOD_WORDS } from '@jiheng/domain';
import { RefusalNote } from '../ui/refusal/refusal';
import type { Problem } from '../api/problem';
import { Words } from '../words/words';
import { entryWords } from './entry-words';
import { MONEY_COLUMNS } from './execution-draft';
import { remarkWords } from './remark-words';

/** What an imported monitoring form says of a row, or of the money, beside the own words: taken over or let go. */
@Component({
  selector: 'jh-imported-remark',
  imports: [RefusalNote],
  template: `
    <div class="remark" data-remark>
      <h5>{{ t('from', { file: remark().sourceName }) }}@if (remark().money) { <span class="jh-soft"> {{ t('amountsUnit') }}</span> }</h5>
      <dl>@for (line of lines(); track line.label) { <dt>{{ line.label }}</dt><dd>{{ line.text }}</dd> }</dl>
      @if (!readonly()) {
        <div class="jh-actions">
          <button type="button" class="jh-button jh-button-small jh-button-primary" data-act="take-remark" [disabled]="busy()" (click)="taken.emit()">{{ busy() ? t('taking') : t('take') }}</button>
          <button type="button" class="jh-button jh-button-small" data-act="keep-remark" [disabled]="busy()" (click)="kept.emit()">{{ t('keep') }}</button>
        </div>
        <p class="jh-hint">{{ t(remark().money ? 'lawMoney' : 'law') }}</p>
      }
      <jh-refusal [problem]="problem()" />
    </div>
  `,
  styles: `
    .remark { display: grid; gap: 6px; margin-bottom: 10px; padding: 10px 12px; border: 1px dashed var(--jh-primary); border-radius: var(--jh-radius); background: var(--jh-primary-tint); }
    h5 { margin: 0; font-size: 13px; font-weight: 600; } h5 .jh-soft { font-weight: 400; } p { margin: 0; }
    dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px 12px; margin: 0; font-size: 13px; } dt { color: var(--jh-ink-soft); } dd { margin: 0; white-space: pre-line; }
    .jh-actions { justify-content: flex-start; }
    @media print { :host { display: none; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportedRemarkNote {
  readonly remark = input.required<ImportedRemark>();
  readonly readonly = input(false);
  readonly busy = input(false);
  readonly problem = input<Problem | null>(null);
  readonly taken = output<void>();
  readonly kept = output<void>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(remarkWords);
  private readonly entry = this.words.of(entryWords);

  protected readonly lines = computed(() => {
    const { explanation, money } = this.remark();
    if (money !== null) {
      return money.map((row) => ({
        label: this.entry(`part${row.part}`), text: MONEY_COLUMNS.flatMap((column) => (row[column] === null ? [] : [this.t(column, { amount: row[column] })])).join(' · '),
      }));
    }
    if (explanation === null) return [];
    const { causes, sentence, measures, likelihood, forecast } = explanation;
    return [
      { label: this.t('causes'), text: causes.map((cause) => this.words.pick(CAUSE_WORDS[cause])).join('、') }, { label: this.t('sentence'), text: sentence }, { label: this.t('measures'), text: measures },
      { label: this.t('forecast'), text: forecast ?? '' }, { label: this.t('likelihood'), text: likelihood === null ? '' : this.words.pick(LIKELIHOOD_WORDS[likelihood]) },
    ].filter(({ text }) => text !== '');
  });
}
