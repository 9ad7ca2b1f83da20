import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { Words } from '../words/words';
import { sourceConflictWords } from './source-conflict-words';
import type { Difference } from './source-differences';

/** What is there now beside what was typed, when somebody else was faster; nothing is lost until one of the two is chosen. */
@Component({
  selector: 'jh-source-conflict',
  template: `
    <section class="jh-notice jh-notice-warning">
      <h3 tabindex="-1" class="conflict-head">{{ t('title') }}</h3>
      @if (differences().length) {
        <div class="jh-scroll" tabindex="0" role="group" [attr.aria-label]="t('title')"><table class="jh-list-table">
          <thead><tr><th scope="col">{{ t('what') }}</th><th scope="col">{{ t('theirs') }}</th><th scope="col">{{ t('mine') }}</th></tr></thead>
          <tbody>@for (one of differences(); track one.label) { <tr><th scope="row">{{ one.label }}</th><td class="theirs">{{ one.theirs || t('nothing') }}</td><td>{{ one.mine || t('nothing') }}</td></tr> }</tbody>
        </table></div>
      } @else { <p>{{ t('same') }}</p> }
      <div class="jh-actions">
        <button type="button" class="jh-button take-theirs" [attr.aria-disabled]="busy() ? 'true' : null" (click)="takeTheirs.emit()">{{ t('takeTheirs') }}</button>
        <button type="button" class="jh-button jh-button-primary keep-mine" [attr.aria-disabled]="busy() ? 'true' : null" (click)="keepMine.emit()">{{ t('keepMine') }}</button>
      </div>
    </section>
  `,
  styles: `
    section { display: grid; gap: 10px; } h3 { font-size: 15px; }
    .jh-list-table { background: var(--jh-surface); } .jh-list-table tbody th { background: none; white-space: normal; color: var(--jh-ink); } td { overflow-wrap: anywhere; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SourceConflict {
  readonly differences = input.required<readonly Difference[]>();
  readonly busy = input(false);
  readonly takeTheirs = output<void>();
  readonly keepMine = output<void>();
  protected readonly t = inject(Words).of(sourceConflictWords);
}
