import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { Words } from '../words/words';
import type { StagingModel } from './staging-model';
import { stagingWords } from './staging-words';

/** 归属单位: whose document it is; settled once anything of it is in the books. */
@Component({
  selector: 'jh-unit-choice',
  template: `
    @if (model().view(); as view) {
      <label>{{ t('unit') }}
        <select #unit class="jh-input" [disabled]="!view.mayEdit || view.accepted > 0 || view.budgetStored || model().busy()" (change)="unit.value && model().chooseUnit(unit.value)">
          @if (!view.unitId) { <option value="" selected>{{ t('unitChoose') }}</option> }
          @if (view.unitId && !hasUnit(view.unitId)) { <option [value]="view.unitId" selected>{{ view.unitName }}</option> }
          @for (option of view.writableUnits; track option.id) { <option [value]="option.id" [selected]="option.id === view.unitId">{{ option.name }}</option> }
        </select></label>
    }
  `,
  styles: `
    :host { display: block; flex: 1 1 220px; min-width: 0; max-width: 340px; } label { display: grid; gap: 2px; font-size: 13px; color: var(--jh-ink-soft); } .jh-input { color: var(--jh-ink); font-size: 14px; }
    @media (min-width: 1081px) { label { grid-template-columns: auto minmax(0, 1fr); gap: 8px; align-items: center; white-space: nowrap; } }
    @media (max-width: 720px) { :host { flex-basis: 100%; max-width: none; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UnitChoice {
  readonly model = input.required<StagingModel>();

  protected readonly t = inject(Words).of(stagingWords);

  protected hasUnit(id: string): boolean {
    return this.model().view()?.writableUnits.some((unit) => unit.id === id) ?? false;
  }
}
