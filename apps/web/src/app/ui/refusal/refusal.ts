import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { Problem } from '../../api/problem';
import { Words } from '../../words/words';
import { dictionary } from '../../words/dictionary';

const refusalWords = dictionary(
  { retry: '重试', number: '故障编号：{id}' },
  { retry: 'Try again', number: 'Number of this fault: {id}' },
);

/** A refusal as a sentence at the place where it happened. Reads itself out; leaves what was typed alone. */
@Component({
  selector: 'jh-refusal',
  template: `
    @if (problem(); as refusal) {
      <div class="jh-notice jh-notice-error" role="alert">
        <p>{{ sentence() }}</p>
        @if (refusal.fields?.length) {
          <ul>@for (field of refusal.fields; track $index) { <li>@if (places().has(field.path)) { <button type="button" class="jh-link" (click)="goTo.emit(field.path)">{{ messageOf(field) }}</button> } @else if (places().size) { {{ messageOf(field) }} } @else { <code>{{ field.path }}</code> {{ messageOf(field) }} }</li> }</ul>
        }
        @if (refusal.status >= 500 && refusal.requestId) { <p class="jh-hint">{{ t('number', { id: refusal.requestId }) }}</p> }
        @if (retryable() && !isFinal()) { <button type="button" class="jh-button jh-button-small" (click)="retry.emit()">{{ t('retry') }}</button> }
      </div>
    }
  `,
  styles: ':host:empty{display:none} ul{margin:4px 0 0;padding-left:1.2em;font-size:13px} .jh-button{margin-top:8px} .jh-link{text-align:start}',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RefusalNote {
  readonly problem = input.required<Problem | null>();
  /** Offers "try again" where asking once more makes sense: reading, or a server that was away. */
  readonly retryable = input(false);
  readonly retry = output<void>();
  /** Places of the page by the paths that a refusal may name, such as rows by their id: their sentences become ways there. */
  readonly places = input<ReadonlyMap<string, string>>(new Map());
  readonly goTo = output<string>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(refusalWords);
  protected readonly sentence = computed(() => {
    const problem = this.problem();
    return problem ? this.words.pick(problem.sentence) : '';
  });

  /** What is not there or not for this person stays so, however often one asks. */
  protected readonly isFinal = computed(() => [403, 404].includes(this.problem()?.status ?? 0));

  protected messageOf(field: NonNullable<Problem['fields']>[number]): string {
    return this.words.pick({ zh: field.message, en: field.messageEn ?? field.message });
  }
}
