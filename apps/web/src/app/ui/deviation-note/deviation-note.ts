import { ChangeDetectionStrategy, Component, booleanAttribute, computed, inject, input, output } from '@angular/core';
import type { ReportRow } from '@jiheng/contract';
import { commonWords } from '../../words/common-words';
import { Words } from '../../words/words';
import { deviationWords } from './deviation-words';

/** 偏差原因及改进措施 as it is written. */
export type DeviationText = Omit<NonNullable<ReportRow['explanation']>, 'revision' | 'by' | 'at'>;

const CAUSES = ['FUNDS', 'SYSTEM', 'STAFF', 'EQUIPMENT', 'OTHER', 'TARGET_TOO_LOW'] as const;
const LIKELIHOODS = ['CERTAIN', 'POSSIBLE', 'IMPOSSIBLE'] as const;
let count = 0;

/** 偏差原因分析 of the national monitoring form, written in place: causes, sentence, measures, likelihood, forecast. */
@Component({
  selector: 'jh-deviation-note',
  templateUrl: './deviation-note.html',
  styleUrl: './deviation-note.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DeviationNote {
  readonly note = input.required<DeviationText>();
  /** What is owed and why, when something is owed. */
  readonly owed = input(false, { transform: booleanAttribute });
  readonly readonly = input(false, { transform: booleanAttribute });
  /** After a conflict: what the other person wrote. */
  readonly theirs = input<DeviationText | null>(null);
  readonly changed = output<Partial<DeviationText>>();
  readonly left = output<void>();
  readonly tookTheirs = output<void>();
  readonly keptMine = output<void>();

  protected readonly name = `jh-deviation-${++count}`;
  private readonly words = inject(Words);
  protected readonly t = this.words.of(deviationWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly causes = computed(() => CAUSES.map((cause) => ({ cause, label: this.common(`cause${cause}`), ticked: this.note().causes.includes(cause) })));
  protected readonly likelihoods = computed(() => LIKELIHOODS.map((value) => ({ value, label: this.common(`likelihood${value}`), chosen: this.note().likelihood === value })));

  protected tick(cause: (typeof CAUSES)[number], ticked: boolean): void {
    const others = this.note().causes.filter((one) => one !== cause);
    this.changed.emit({ causes: ticked ? CAUSES.filter((one) => one === cause || others.includes(one)) : others });
  }

  protected checkedOf(event: Event): boolean {
    return (event.target as HTMLInputElement).checked;
  }

  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement | HTMLTextAreaElement).value;
  }
}
