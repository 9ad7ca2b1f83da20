import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { RollUpView } from '@jiheng/contract';
import { compareDecimal, divideDecimal, multiplyDecimal, roundHalfUp } from '@jiheng/domain';
import { Words } from '../words/words';
import { CountBar } from './count-bar';
import { Explained } from './explained';
import { lightParts, ratingParts, stageParts } from './measure-parts';
import { handedIn, percentOfCount } from './roll-up-model';
import { rollUpWords } from './roll-up-words';

/** The four answers about a region: how far, how many points, which ratings, how the money goes. Each says how it is counted. */
@Component({
  selector: 'jh-roll-up-cards',
  imports: [CountBar, Explained],
  templateUrl: './roll-up-cards.html',
  styleUrl: './roll-up-cards.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RollUpCards {
  readonly view = input.required<RollUpView>();
  /** The last day of the period in words; empty for the year. */
  readonly due = input('');
  protected readonly t = inject(Words).of(rollUpWords);
  protected readonly measures = computed(() => this.view().unit.measures);
  protected readonly isYear = computed(() => this.view().periodOrdinal === 0);
  protected readonly done = computed(() => handedIn(this.measures()));
  protected readonly percent = computed(() => percentOfCount(this.done(), this.measures().tables));
  protected readonly stages = computed(() => stageParts(this.measures(), this.t));
  protected readonly ratings = computed(() => ratingParts(this.measures(), this.t));
  protected readonly lights = computed(() => lightParts(this.measures(), this.t));
  /** Spent of the budgets on the tables, per cent with two places; null without a budget. */
  protected readonly executionRate = computed(() => {
    const { budget, executed } = this.measures();
    return compareDecimal(budget, '0') <= 0 ? null : roundHalfUp(divideDecimal(multiplyDecimal(executed, '100'), budget, 4), 2);
  });
}
