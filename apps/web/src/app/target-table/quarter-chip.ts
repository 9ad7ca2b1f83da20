import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { documentState, toneOf } from '../ui/status-tag/document-state';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import { quarterKey, quarterLink, type QuarterSummary } from './quarters';
import { tableWords } from './table-words';

/** One quarter of one table in a small box: its state, points or progress, and the way there. */
@Component({
  selector: 'jh-quarter-chip',
  imports: [RouterLink],
  template: `
    <a [routerLink]="link()" [attr.data-tone]="tone()">
      <span class="name">{{ name() }}</span><i class="jh-hidden">：</i><span class="state">{{ state() }}</span><i class="jh-hidden">，</i><b>{{ far() }}</b>
    </a>
  `,
  styles: `
    a { display: grid; min-width: 84px; padding: 4px 10px 5px; border: 1px solid var(--jh-line-strong); border-radius: 4px; background: #f6f8fa; color: var(--jh-ink-soft); text-decoration: none; line-height: 1.45; font-size: 12px; text-align: center; }
    a:hover { border-color: var(--jh-primary); }
    .name { color: var(--jh-ink-soft); } .state { font-weight: 600; font-size: 13px; white-space: nowrap; } b { font-weight: 500; color: var(--jh-ink); }
    a[data-tone="open"] { background: var(--jh-primary-tint); border-color: #9fbddc; } a[data-tone="open"] .state { color: var(--jh-primary); }
    a[data-tone="waiting"] { background: var(--jh-warning-tint); border-color: #dcbf7f; } a[data-tone="waiting"] .state { color: var(--jh-warning); }
    a[data-tone="good"] { background: var(--jh-success-tint); border-color: #9ccbad; } a[data-tone="good"] .state { color: var(--jh-success); }
    @media (max-width: 900px) { a { min-width: 0; padding-inline: 2px; } .state { white-space: normal; } }
    a[data-tone="bad"] { background: var(--jh-danger-tint); border-color: #e3aba6; } a[data-tone="bad"] .state { color: var(--jh-danger); }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class QuarterChip {
  readonly quarter = input.required<QuarterSummary>();

  private readonly words = inject(Words);
  private readonly common = this.words.of(commonWords);
  private readonly t = this.words.of(tableWords);
  protected readonly link = computed(() => quarterLink(this.quarter()));
  /** A draft of a quarter that has not begun or is over says so; everything else says its own state. */
  private readonly shown = computed(() => {
    const { state, periodState } = this.quarter();
    return state === 'DRAFT' && periodState !== 'OPEN' ? periodState : state;
  });
  protected readonly tone = computed(() => toneOf(documentState(this.shown())));
  protected readonly state = computed(() => {
    const state = documentState(this.shown());
    return state ? this.common(`state${state}`) : this.shown();
  });
  protected readonly name = computed(() => {
    const key = quarterKey(this.quarter().ordinal);
    return key ? this.t(key) : this.quarter().label;
  });
  protected readonly far = computed(() => this.quarter().points ?? this.t('quarterProgress', { done: this.quarter().answered, total: this.quarter().rows }));
}
