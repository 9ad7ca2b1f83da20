import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import type { StagingModel } from './staging-model';
import { stagingWords, type StagingKey } from './staging-words';

const FIELDS: Readonly<Record<string, StagingKey>> = { goalText: 'headGoal', total: 'moneyTotal', fiscal: 'moneyFiscal', other: 'moneyOther', higherLevel: 'moneyHigherLevel', localLevel: 'moneyLocalLevel', tasks: 'headTasks' };

/** 比对: what this reading would change in the table that is there. */
@Component({
  selector: 'jh-difference-panel',
  template: `
    @if (model().serverTable()?.standing; as standing) {
      <section class="difference" aria-labelledby="difference">
        <h3 id="difference">{{ t('difference', { version: standing.version, state: common($any(standing.state === 'DRAFT' ? 'tableDRAFT' : 'state' + standing.state)) }) }}</h3>
        @if (model().difference()?.unchanged) { <p>{{ t('differenceNone') }}</p> } @else {
          <p role="status"><b>{{ t('differenceCounts', counts()) }}</b></p>
          <ul>
            @for (change of model().difference()?.head ?? []; track change.field) { <li>{{ t('headChanged', { field: fieldOf(change.field), before: short(change.before), after: short(change.after) }) }}</li> }
            @for (row of removed(); track row.id) { <li class="removed">{{ t('removedRow', { name: row.name, weight: row.weight }) }}</li> }
          </ul>
        }
      </section>
    }
  `,
  styles: `
    .difference { padding: 10px 14px; border: 1px solid var(--jh-line-strong); border-inline-start: 4px solid var(--jh-over); border-radius: 4px; background: var(--jh-over-tint); font-size: 13px; }
    h3 { margin: 0 0 4px; font-size: 14px; } ul { margin: 4px 0 0; padding-inline-start: 1.3em; } .removed { text-decoration: line-through; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DifferencePanel {
  readonly model = input.required<StagingModel>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(stagingWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly counts = computed(() => {
    const rows = this.model().difference()?.rows ?? [];
    const of = (kind: (typeof rows)[number]['kind']): number => rows.filter((row) => row.kind === kind).length;
    return { added: of('ADDED'), removed: of('REMOVED'), changed: of('CHANGED'), open: of('UNDECIDED'), same: of('SAME') };
  });
  protected readonly removed = computed(() => {
    const gone = new Set((this.model().difference()?.rows ?? []).flatMap((row) => (row.kind === 'REMOVED' ? [row.key] : [])));
    return (this.model().serverTable()?.standing?.indicators ?? []).filter((row) => gone.has(row.key)).map((row) => ({ ...row, weight: withoutTrailingZeros(row.weight) }));
  });

  protected fieldOf(field: string): string {
    const key = FIELDS[field];
    return key === undefined ? field : this.t(key);
  }

  protected short(text: string): string {
    return text.length > 60 ? `${text.slice(0, 60)}…` : text || '—';
  }
}
