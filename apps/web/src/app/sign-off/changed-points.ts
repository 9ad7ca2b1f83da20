import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { Words } from '../words/words';
import type { ChangedRow } from './seen-score';
import { signOffWords } from './sign-off-words';

/** Points that changed under the eyes of a signer: which rows, before and after, and the word that they have been looked at. */
@Component({
  selector: 'jh-changed-points',
  template: `
    @if (rows().length) {
      <div class="jh-notice jh-notice-warning" role="alert">
        <strong>{{ t('changedTitle') }}</strong>
        <p>{{ t('changedText') }}</p>
        <ul>@for (row of rows(); track row.id) { <li><button type="button" class="jh-link" (click)="goTo.emit(row.id)">{{ t('changedLine', { name: row.name, before: say(row.before), after: say(row.after) }) }}</button></li> }</ul>
        <button type="button" class="jh-button jh-button-small" (click)="looked.emit()">{{ t('looked') }}</button>
      </div>
    }
  `,
  styles: 'ul{margin:4px 0 8px;padding-left:1.2em}.jh-link{text-align:start;min-height:24px}',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChangedPoints {
  readonly rows = input.required<readonly ChangedRow[]>();
  readonly goTo = output<string>();
  readonly looked = output<void>();

  protected readonly t = inject(Words).of(signOffWords);

  protected say({ value, points }: ChangedRow['before']): string {
    return this.t('changedPoints', { value, points: points ?? '—' });
  }
}
