import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { commonWords } from '../../words/common-words';
import { Words } from '../../words/words';
import { Icon, type IconName } from '../icon/icon';
import type { FormGrid, FormNote } from './form-cell';

const NOTE_ICONS: Readonly<Record<FormNote['severity'], IconName>> = { ERROR: 'error', WARN: 'warn', INFO: 'info' };

/** A form in its official layout: merged cells, the heading row repeated on every printed page, machine-made remarks beside the rows. */
@Component({
  selector: 'jh-form-table',
  imports: [Icon],
  templateUrl: './form-table.html',
  styleUrl: './form-table.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FormTable {
  readonly form = input.required<FormGrid>();
  /** Remarks by the key of their row. */
  readonly notes = input<ReadonlyMap<string, readonly FormNote[]>>(new Map());

  protected readonly t = inject(Words).of(commonWords);
  protected readonly icons = NOTE_ICONS;
  protected readonly columns = computed(() => {
    const widths = this.form().widths;
    const sum = widths.reduce((total, width) => total + width, 0);
    return widths.map((width) => `${Math.round((width * 10_000) / sum) / 100}%`);
  });
}
