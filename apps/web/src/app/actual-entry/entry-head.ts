import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Words } from '../words/words';
import { entryWords } from './entry-words';

const COLUMNS = ['level1', 'level2', 'level3', 'target', 'weight', 'earlier', 'actual', 'yearToDate', 'points', 'note', 'evidence', 'state'] as const;

/** The widths of the grid's columns, once for the plain table and twice for the window with its fixed head. */
@Component({
  selector: 'colgroup[jhEntryColumns]',
  template: '@for (column of columns; track column) { <col [class]="column" /> }',
  styles: `
    .level1, .level2, .state { width: 62px; } .target { width: 88px; } .weight { width: 40px; } .earlier { width: 124px; } .actual { width: 200px; } .yearToDate { width: 80px; }
    .points { width: 64px; } .note { width: 124px; } .evidence { width: 46px; }
    /* English words need more room in the narrow columns. */
    :host(.en) .level1, :host(.en) .level2 { width: 88px; } :host(.en) .target { width: 92px; } :host(.en) .weight { width: 52px; } :host(.en) .earlier { width: 104px; }
    :host(.en) .yearToDate { width: 84px; } :host(.en) .evidence { width: 64px; } :host(.en) .state { width: 84px; }
    /* Paper has no room for marks and buttons. */
    @media print { .evidence, .state { display: none; } .actual { width: 120px; } .note { width: 150px; } }
  `,
  host: { '[class.en]': "language() === 'en'" },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EntryColumns {
  protected readonly language = inject(Words).language;
  protected readonly columns = COLUMNS;
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
  protected readonly keys = COLUMNS;
  protected readonly t = inject(Words).of(entryWords);
}
