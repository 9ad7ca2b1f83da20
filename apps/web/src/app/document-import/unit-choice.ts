import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { type NamedUnit, UnitField } from '../session/unit-field';
import { Words } from '../words/words';
import type { StagingModel } from './staging-model';
import { stagingWords } from './staging-words';

/** 归属单位: whose document it is; settled once anything of it is in the books. */
@Component({
  selector: 'jh-unit-choice',
  imports: [UnitField],
  template: `
    @if (model().view(); as view) {
      <div class="choice"><label for="import-unit">{{ t('unit') }}</label>
        <jh-unit-field inputId="import-unit" [unitId]="view.unitId" [units]="offered()" [narrowing]="{ role: 'reporter', open: '1' }" [blank]="view.unitId ? null : t('unitChoose')"
          [disabled]="!view.mayEdit || view.accepted > 0 || view.budgetStored || model().busy()" (chosen)="$event && model().chooseUnit($event.id)" /></div>
    }
  `,
  styles: `
    :host { display: block; flex: 1 1 220px; min-width: 0; max-width: 340px; } .choice { display: grid; gap: 2px; font-size: 13px; color: var(--jh-ink-soft); } .jh-input { color: var(--jh-ink); font-size: 14px; }
    @media (min-width: 1081px) { .choice { grid-template-columns: auto minmax(0, 1fr); gap: 8px; align-items: center; white-space: nowrap; } }
    @media (max-width: 720px) { :host { flex-basis: 100%; max-width: none; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UnitChoice {
  readonly model = input.required<StagingModel>();

  protected readonly t = inject(Words).of(stagingWords);

  /** Those one may write for, and the one it is now, whoever chose it. */
  protected readonly offered = computed((): readonly NamedUnit[] => {
    const view = this.model().view();
    if (view === null) return [];
    const { unitId, unitName, writableUnits } = view;
    return unitId === null || writableUnits.some((unit) => unit.id === unitId) ? writableUnits : [{ id: unitId, name: unitName ?? '' }, ...writableUnits];
  });
}
