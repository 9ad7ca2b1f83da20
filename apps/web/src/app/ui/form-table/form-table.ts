import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { FormSheet } from '@jiheng/domain';
import { commonWords } from '../../words/common-words';
import { Words } from '../../words/words';
import { Icon, type IconName } from '../icon/icon';
import type { FormNote } from './form-note';
import { sayFormWord } from './form-words';
import { partsOf } from './sheet-parts';

const NOTE_ICONS: Readonly<Record<FormNote['severity'], IconName>> = { ERROR: 'error', WARN: 'warn', INFO: 'info', ACCEPTED: 'check' };

/**
 * A form of the domain in its official layout: merged cells, the heading row repeated on every printed page, machine-made remarks
 * beside the rows. Draws any `FormSheet`; what stands in it is the domain's business, so page, workbook and document agree.
 */
@Component({
  selector: 'jh-form-table',
  imports: [Icon],
  templateUrl: './form-table.html',
  styleUrl: './form-table.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FormTable {
  readonly form = input.required<FormSheet>();
  /** Remarks by the place of their row below the headings, from 0. */
  readonly notes = input<ReadonlyMap<number, readonly FormNote[]>>(new Map());

  private readonly words = inject(Words);
  protected readonly t = this.words.of(commonWords);
  protected readonly icons = NOTE_ICONS;
  protected readonly parts = computed(() => partsOf(this.form()));
  protected readonly columns = computed(() => {
    const widths = this.form().columns.map((column) => column.width);
    const sum = widths.reduce((total, width) => total + width, 0);
    return widths.map((width) => `${Math.round((width * 10_000) / sum) / 100}%`);
  });

  protected say(text: string): string {
    return sayFormWord(text, this.words.language());
  }
}
