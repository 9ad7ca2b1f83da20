import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { Words } from '../words/words';
import type { ActualEntryModel } from './actual-entry-model';
import { remarkWords } from './remark-words';

/** Above the grid: which rows an imported monitoring form explains, and whether it has money, as long as nobody has chosen. */
@Component({
  selector: 'jh-remarks-notice',
  template: `
    @if (rows().length || hasMoney()) {
      <p class="jh-notice" role="status" data-remarks>{{ rows().length ? t('waiting', { n: rows().length }) : t('waitingMoneyAlone') }}
        @for (row of rows(); track row.id) { <button type="button" class="jh-link" [attr.aria-label]="t('openRow', { name: row.name })" (click)="opened.emit(row.id)">{{ row.name }}</button> }
        @if (hasMoney()) { <button type="button" class="jh-link" (click)="money.emit()">{{ t('waitingMoney') }}</button> }
      </p>
    }
  `,
  styles: ':host { display: block; } .jh-link { margin-inline-start: 8px; } @media print { :host { display: none; } }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RemarksNotice {
  readonly model = input.required<ActualEntryModel>();
  /** The row whose detail is wanted. */
  readonly opened = output<string>();
  readonly money = output<void>();

  protected readonly t = inject(Words).of(remarkWords);
  protected readonly rows = computed(() => {
    const { remarks, rows } = this.model();
    const waiting = new Set(remarks.ofRows().map((one) => one.indicatorKey));
    return rows.filter((row) => waiting.has(row.indicator.key)).map((row) => ({ id: row.id, name: row.indicator.name }));
  });
  protected readonly hasMoney = computed(() => this.model().remarks.ofMoney() !== null);
}
