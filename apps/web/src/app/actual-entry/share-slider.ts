import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { divideDecimal, multiplyDecimal, subtractDecimal } from '@jiheng/domain';
import { Words } from '../words/words';
import type { ActualEntryModel } from './actual-entry-model';
import type { EntryRow } from './entry-row';
import { entryWords } from './entry-words';
import { gradeRange } from './say-reading';
import { writeCell } from './read-cell';

/** 得分比例 of a judged row, within what its grade may earn by the rule profile; arrow keys move it by one percent. */
@Component({
  selector: 'jh-share-slider',
  template: `
    @if (band(); as range) {
      <label>{{ t('share') }} <output>{{ share() }}%</output>
        <input type="range" step="1" [min]="range.low" [max]="highest()" [value]="share()" (change)="put($event)" />
        <span class="jh-hint">{{ t('shareRange', { low: range.low, high: range.high }) }}</span>
      </label>
    }
  `,
  styles: 'label{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin-top:8px}input{flex:1;min-width:120px;accent-color:var(--jh-primary)}output{font-weight:600}',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ShareSlider {
  readonly row = input.required<EntryRow>();
  readonly model = input.required<ActualEntryModel>();
  protected readonly t = inject(Words).of(entryWords);
  private readonly judged = computed(() => {
    const reading = this.row().reading();
    return reading.ok && reading.value.kind === 'JUDGED' ? reading.value : null;
  });
  protected readonly band = computed(() => {
    const judged = this.judged();
    return judged === null ? null : gradeRange(this.model().profile, judged.grade);
  });
  /** Where the upper end belongs to the better grade, whole percents stop one below it. */
  protected readonly highest = computed(() => {
    const band = this.band();
    return band === null ? '100' : band.highIncluded ? band.high : subtractDecimal(band.high, '1');
  });
  protected readonly share = computed(() => {
    const share = this.judged()?.share ?? null;
    return share === null ? (this.judged()?.grade === 'A' ? this.highest() : (this.band()?.low ?? '0')) : multiplyDecimal(share, '100');
  });

  protected put(event: Event): void {
    const judged = this.judged();
    if (judged === null) return;
    const share = divideDecimal((event.target as HTMLInputElement).value, '100', 4);
    this.model().put(this.row().id, writeCell({ ...judged, share }, this.row().indicator));
  }
}
