import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { Words } from '../words/words';
import type { ActualEntryModel } from './actual-entry-model';
import { entryWords } from './entry-words';

/** The last line of the grid. A component of its own, so that a key renders this line and not the table around it. */
@Component({
  selector: 'jh-points-total',
  template: `<strong>{{ t('total') }}</strong><span class="said">{{ said() }}</span><output id="jh-points-total" aria-live="off"><b>{{ model().pointsTotal() }}</b> / {{ weight() }}</output>`,
  styles: `
    :host { isolation: isolate; display: flex; align-items: center; gap: 4px 16px; height: 44px; contain: size layout; padding: 0 12px; background: #f7f9fb; border: 1px solid var(--jh-line); }
    @media (max-width: 720px) { :host { height: 64px; } }
    .said { color: var(--jh-ink-soft); font-size: 13px; }
    output { margin-inline-start: auto; font-size: 15px; } b { font-size: 18px; color: var(--jh-primary-deep); }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PointsTotal {
  readonly model = input.required<ActualEntryModel>();
  protected readonly t = inject(Words).of(entryWords);
  protected readonly weight = computed(() => withoutTrailingZeros(this.model().weightTotal));
  protected readonly said = computed(() => {
    const model = this.model();
    return this.t('totalSaid', {
      answered: model.answered(), count: model.rows.length, points: model.pointsTotal(), weight: withoutTrailingZeros(model.weightScored()), all: withoutTrailingZeros(model.weightTotal),
    });
  });
}
