import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { sayFormWord } from '../ui/form-table/form-words';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { ScoreStatus } from '../ui/score-status/score-status';
import { sayRating } from '../words/ratings';
import { Words } from '../words/words';
import { evaluationWords } from './evaluation-words';
import type { SelfEvaluationModel } from './self-evaluation-model';

/** Total and rating, large and calm, and what they are made of. */
@Component({
  selector: 'jh-total-card',
  imports: [ScoreStatus],
  template: `
    <div class="whole">
      <h2>{{ t('totalTitle') }}</h2>
      @if (model().total().total; as total) {
        <p class="total" [class.preview]="model().isPreview()"><b data-total>{{ total }}</b><span>{{ t('outOf', { full: 100 }) }}</span>@if (rating()) { <strong [attr.data-rating]="model().total().rating">{{ rating() }}</strong> }</p>
      } @else { <p class="none">{{ t('noTotal') }}</p> }
      @if (model().isPreview()) { <p class="jh-hint">{{ t('preview') }}</p> }
      @if (computed(); as other) { <p class="jh-soft">{{ t('computedTotal', { total: other }) }}</p> }
      @if (isRescaled()) { <p class="jh-hint">{{ t('rescaled') }}</p> }
      <jh-score-status [score]="model().view().score" />
    </div>
    <div class="made">
      <h2 class="jh-hidden">{{ t('breakdown') }}</h2>
      <dl>
        @for (part of model().parts(); track part.level1) {
          <div [attr.data-level]="part.level1 ?? 'execution'"><dt>{{ part.level1 === null ? t('execution') : word(part.level1) }}</dt><dd><i aria-hidden="true"><span [style.inline-size.%]="part.percent"></span></i><span class="figure"><b>{{ part.points ?? t('partOpen') }}</b> / {{ plain(part.weight) }}</span></dd></div>
        }
      </dl>
    </div>
  `,
  styles: `
    :host { display: grid; grid-template-columns: minmax(260px, 5fr) 7fr; gap: 20px 48px; align-items: center; padding: 24px 28px; }
    h2 { color: var(--jh-ink-soft); font-weight: 500; }
    .total { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 10px; color: var(--jh-ink-soft); }
    .total b { font-size: 52px; line-height: 1.2; font-weight: 600; color: var(--jh-primary-deep); letter-spacing: -.01em; }
    .total strong { margin-left: 8px; padding: 2px 16px; border: 1px solid var(--jh-success); border-radius: 4px; color: var(--jh-success); background: var(--jh-success-tint); font-size: 22px; font-weight: 600; }
    .total [data-rating="中"] { color: var(--jh-warning); border-color: var(--jh-warning); background: var(--jh-warning-tint); }
    .total [data-rating="差"] { color: var(--jh-danger); border-color: var(--jh-danger); background: var(--jh-danger-tint); }
    .preview b { font-style: italic; }
    .none { padding: 12px 0; font-size: 20px; color: var(--jh-ink-soft); }
    dl { display: grid; gap: 10px; }
    dl > div { display: grid; grid-template-columns: 120px minmax(0, 1fr); gap: 12px; align-items: center; }
    dd { display: grid; grid-template-columns: minmax(60px, 1fr) 110px; gap: 12px; align-items: center; }
    i { height: 8px; border-radius: 4px; background: #e1e7ee; overflow: hidden; } i span { display: block; height: 100%; border-radius: 4px; background: var(--jh-primary); }
    [data-level="execution"] i span { background: var(--jh-gold); }
    .figure { text-align: end; color: var(--jh-ink-soft); white-space: nowrap; } .figure b { color: var(--jh-ink); font-weight: 600; }
    @media (max-width: 900px) { :host { grid-template-columns: minmax(0, 1fr); padding: 16px; } .total b { font-size: 42px; } dl > div { grid-template-columns: 92px minmax(0, 1fr); } }
    @media print { :host { display: none; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TotalCard {
  readonly model = input.required<SelfEvaluationModel>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(evaluationWords);
  protected readonly plain = withoutTrailingZeros;
  protected readonly word = (text: string): string => sayFormWord(text, this.words.language());
  protected readonly rating = computed(() => {
    const { rating } = this.model().total();
    return rating === null ? '' : sayRating(rating, this.words.language());
  });
  /** The computed total where people set other points. */
  protected readonly computed = computed(() => {
    const { computedTotal, total } = this.model().view();
    return computedTotal !== null && computedTotal !== total ? computedTotal : null;
  });
  protected readonly isRescaled = computed(() => this.model().total().total !== null && (this.model().rows.some((row) => !row.applies()) || this.model().view().execution?.flags.includes('NOT_APPLICABLE') === true));
}
