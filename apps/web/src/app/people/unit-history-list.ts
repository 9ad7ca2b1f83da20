import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { UnitHistory, UnitView } from '@jiheng/contract';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { peopleWords } from './people-words';

type Entry = UnitHistory['entries'][number];

const ACTIONS = { 'unit.created': 'historyCreated', 'unit.changed': 'historyChanged', 'unit.closed': 'historyClosed', 'unit.reopened': 'historyReopened' } as const satisfies Record<Entry['action'], string>;
const FIELDS = { code: 'unitCode', name: 'unitName', kind: 'unitKind', parent: 'unitParent', regionCode: 'regionCode' } as const;

/** What became of a unit: who added, changed, closed or reopened it, when, why, and what stood there before. Newest first. */
@Component({
  selector: 'jh-unit-history-list',
  template: `
    <ol>
      @for (line of lines(); track $index) {
        <li><p><b>{{ line.action }}</b> {{ line.by }} · <time [attr.datetime]="line.at">{{ line.when }}</time></p>
          @for (change of line.changes; track $index) { <p class="jh-small">{{ change }}</p> }
          @if (line.reason) { <p class="jh-small">{{ t('historyReason', { reason: line.reason }) }}</p> }</li>
      } @empty { <li class="jh-soft">{{ t('historyEmpty') }}</li> }
    </ol>
  `,
  styles: 'ol { list-style: none; margin: 0; padding: 4px 0 4px 12px; display: grid; gap: 8px; border-inline-start: 3px solid var(--jh-line-strong); } p { margin: 0; } b { font-weight: 600; margin-inline-end: 6px; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UnitHistoryList {
  readonly entries = input.required<readonly Entry[]>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(peopleWords);
  protected readonly lines = computed(() => this.entries().map((entry) => ({
    ...entry, action: this.t(ACTIONS[entry.action]), when: sayMoment(entry.at, this.words.language()),
    changes: entry.changes.map(({ field, from, to }) => this.t('historyChange', { field: this.t(FIELDS[field]), from: this.value(field, from), to: this.value(field, to) })),
  })));

  private value(field: Entry['changes'][number]['field'], text: string): string {
    if (text === '') return this.t('nothing');
    return field === 'kind' ? this.t(`kind${text as UnitView['kind']}`) : text;
  }
}
