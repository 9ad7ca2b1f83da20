import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Words } from '../words/words';
import { entryWords } from './entry-words';

/** English words need more room in the narrow columns. */
const WIDTHS = {
  zh: ['62px', '62px', 'auto', '88px', '40px', '124px', '190px', '80px', '64px', '136px', '46px', '62px'],
  en: ['68px', '68px', 'auto', '92px', '52px', '104px', '190px', '84px', '64px', '128px', '64px', '84px'],
} as const;

/** The widths of the grid's columns, once for the plain table and twice for the window with its fixed head. */
@Component({
  selector: 'colgroup[jhEntryColumns]',
  template: '@for (width of widths(); track $index) { <col [style.width]="width" /> }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EntryColumns {
  private readonly words = inject(Words);
  protected readonly widths = computed(() => WIDTHS[this.words.language()]);
}

/** The head of the form. */
@Component({
  selector: 'thead[jhEntryHead]',
  template: `<tr>@for (key of keys; track key) { <th scope="col" [class.main]="key === 'actual'">{{ t(key) }}</th> }</tr>`,
  styles: `
    :host { position: sticky; top: var(--jh-head-top, 56px); z-index: 2; }
    :host-context(.head) { position: static; }
    th { padding: 8px 2px; border: solid var(--jh-line); border-width: 1px 1px 1px 0; background: #eef2f7; color: var(--jh-ink); font-weight: 600; font-size: 13px; line-height: 1.4; text-align: center; }
    th.main { background: var(--jh-primary-tint); color: var(--jh-primary-deep); }
    @media (max-width: 720px) { :host { display: none; } }
    @media print { :host { position: static; } th, th.main { border-color: #000; background: none; } th:nth-last-child(-n + 2) { display: none; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EntryHead {
  protected readonly keys = ['level1', 'level2', 'level3', 'target', 'weight', 'earlier', 'actual', 'yearToDate', 'points', 'note', 'evidence', 'state'] as const;
  protected readonly t = inject(Words).of(entryWords);
}
