import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { Words } from '../words/words';
import { rollUpWords } from './roll-up-words';

/** 怎么算的: what counts, by which formula; folded away until somebody asks. */
@Component({
  selector: 'jh-explained',
  template: '<details><summary>{{ t("how") }}<span class="jh-hidden">：{{ of() }}</span></summary><p>{{ text() }}</p></details>',
  styles: 'summary { cursor: pointer; color: var(--jh-primary); font-size: 13px; width: max-content; } p { margin-top: 6px; font-size: 13px; color: var(--jh-ink-soft); }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Explained {
  /** The name of the number, for those who hear the page. */
  readonly of = input.required<string>();
  readonly text = input.required<string>();
  protected readonly t = inject(Words).of(rollUpWords);
}
