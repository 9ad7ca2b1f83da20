import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import { StagedStrip } from './staged-strip';
import type { StagingModel } from './staging-model';
import { stagingWords, type StagingKey } from './staging-words';

const FIELDS: Readonly<Record<string, StagingKey>> = { goalText: 'headGoal', total: 'moneyTotal', fiscal: 'moneyFiscal', other: 'moneyOther', higherLevel: 'moneyHigherLevel', localLevel: 'moneyLocalLevel', tasks: 'headTasks' };

/** 比对: what this reading would change in the table that is there, as one line that opens. */
@Component({
  selector: 'jh-difference-panel',
  imports: [StagedStrip],
  template: `
    @if (model().serverTable()?.standing; as standing) {
      <jh-staged-strip class="difference" [title]="t('difference')" [facts]="t('differenceWith', { version: standing.version, state: common($any(standing.state === 'DRAFT' ? 'tableDRAFT' : 'state' + standing.state)) }) + ' · ' + said()" [waits]="counts().open ? t('differenceOpen', { n: counts().open }) : ''" [about]="model().serverTable()?.at">
        @if (model().difference()?.unchanged) { <p>{{ t('differenceNone') }}</p> } @else {
          <p role="status"><b>{{ t('differenceCounts', counts()) }}</b></p>
          <ul>
            @for (change of model().difference()?.head ?? []; track change.field) { <li>{{ t('headChanged', { field: fieldOf(change.field), before: short(change.before), after: short(change.after) }) }}</li> }
            @for (row of removed(); track row.id) { <li class="removed">{{ t('removedRow', { name: row.name, weight: row.weight }) }}</li> }
          </ul>
        }
      </jh-staged-strip>
    }
  `,
  styles: `p { margin: 0 0 4px; font-size: 13px; } ul { margin: 0; padding-inline-start: 1.3em; font-size: 13px; } .removed { text-decoration: line-through; }`,
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
  protected readonly said = computed(() => (this.model().difference()?.unchanged === true ? this.t('differenceNone') : this.t('differenceCounts', this.counts())));
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
