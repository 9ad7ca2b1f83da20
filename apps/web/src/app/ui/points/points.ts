import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { NzPopoverModule } from 'ng-zorro-antd/popover';
import { commonWords } from '../../words/common-words';
import { Words } from '../../words/words';
import { sayPoints } from './say-points';

/** Points as they print, "20.00 / 20", with the steps that led there behind a button. Only says; whoever scores hands the steps in. */
@Component({
  selector: 'jh-points',
  imports: [NzPopoverModule],
  templateUrl: './points.html',
  styleUrl: './points.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Points {
  /** Earned points as decimal text; null while there are none. */
  readonly points = input.required<string | null>();
  /** The points the row can earn, decimal text. */
  readonly weight = input.required<string>();
  /** The steps of the derivation as sentences, in order; none hides the button. */
  readonly trace = input<readonly string[]>([]);
  /** Reckoned here while typing and not yet by the server: set apart by a dotted line. */
  readonly preview = input(false);

  protected readonly t = inject(Words).of(commonWords);
  protected readonly shown = computed(() => sayPoints(this.points(), this.weight()));
  protected readonly full = computed(() => {
    const points = this.points();
    return points === null ? this.t('notScored', { weight: this.shown().weight }) : this.t('scored', { points: this.shown().points, weight: this.shown().weight });
  });
}
