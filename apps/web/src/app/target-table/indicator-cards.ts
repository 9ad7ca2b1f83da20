import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { formatTarget } from '@jiheng/domain';
import type { FormNote } from '../ui/form-table/form-note';
import { sayFormWord } from '../ui/form-table/form-words';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { Words } from '../words/words';
import { tableWords } from './table-words';
import type { TargetFormFacts } from './target-form';

/** The rows of the form for a phone: a nine-column form does not fit 390 pixels, the same facts as cards do. */
@Component({
  selector: 'jh-indicator-cards',
  template: `
    @for (group of groups(); track $index) {
      <h3>{{ say(group.level1) }} <span>{{ say(group.level2) }}</span></h3>
      <ul>
        @for (row of group.rows; track row.at) {
          <li>
            <p class="name">{{ row.name }}</p>
            <p class="facts"><b>{{ row.target }}</b><span>{{ t('weightPoints', { weight: row.weight }) }}</span>@if (row.previous) { <span>{{ t('last', { value: row.previous }) }}</span> }</p>
            @for (note of notes().get(row.at) ?? []; track $index) { <p class="note" [attr.data-severity]="note.severity">{{ note.text }}</p> }
          </li>
        }
      </ul>
    }
  `,
  styles: `
    h3 { margin: 16px 0 4px; font-size: 14px; color: var(--jh-primary-dark); } h3 span { color: var(--jh-ink-soft); font-weight: 400; }
    ul { list-style: none; padding: 0; } li { padding: 10px 0; border-bottom: 1px solid var(--jh-line); }
    .facts { display: flex; flex-wrap: wrap; gap: 2px 14px; color: var(--jh-ink-soft); } .facts b { color: var(--jh-ink); }
    .note { font-size: 13px; color: var(--jh-warning); } .note[data-severity="ERROR"] { color: var(--jh-danger); } .note[data-severity="INFO"] { color: var(--jh-primary); } .note[data-severity="ACCEPTED"] { color: var(--jh-ink-soft); }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class IndicatorCards {
  readonly indicators = input.required<TargetFormFacts['indicators']>();
  readonly notes = input<ReadonlyMap<number, readonly FormNote[]>>(new Map());

  private readonly words = inject(Words);
  protected readonly t = this.words.of(tableWords);
  protected readonly say = (text: string) => sayFormWord(text, this.words.language());
  protected readonly groups = computed(() => {
    const groups: { level1: string; level2: string; rows: { at: number; key: string; name: string; target: string; weight: string; previous: string | null }[] }[] = [];
    for (const [at, row] of this.indicators().entries()) {
      const last = groups.at(-1);
      const group = last?.level1 === row.level1 && last.level2 === row.level2 ? last : { level1: row.level1, level2: row.level2, rows: [] };
      if (group !== last) groups.push(group);
      group.rows.push({ at, key: row.key, name: row.name, target: formatTarget(row.target), weight: withoutTrailingZeros(row.weight), previous: row.previousActual });
    }
    return groups;
  });
}
