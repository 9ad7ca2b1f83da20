import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { OutstandingView } from '@jiheng/contract';
import { sayDay } from '../words/moments';
import { Words } from '../words/words';
import { rollUpWords } from './roll-up-words';

/** 谁还没报送: units by name, however far below, each with a way to its tables. */
@Component({
  selector: 'jh-outstanding-list',
  imports: [RouterLink],
  template: `
    <section class="jh-card" aria-labelledby="outstanding">
      <header class="jh-card-head">
        <h2 id="outstanding">{{ t('outstanding') }}</h2>
        @if (due(); as day) { <p [class.late]="view().isOver && view().units.length">{{ t(view().isOver ? 'outstandingLate' : 'outstandingDue', { day }) }}</p> }
      </header>
      @if (!view().units.length) { <p class="nobody">{{ t('outstandingNone') }}</p> }
      <ul>
        @for (unit of view().units; track unit.unitId) {
          <li [attr.data-unit]="unit.unitId">
            <div><b>{{ unit.name }}</b>@if (unit.aboveName) { <span class="jh-soft jh-small">{{ unit.aboveName }}</span> }</div>
            <p class="what">
              @if (unit.entering) { <span>{{ t('entering') }} {{ unit.entering }}</span> }
              @if (unit.returned) { <span class="returned">{{ t('returned') }} {{ unit.returned }}</span> }
              @if (unit.unopened) { <span>{{ t('unopened') }} {{ unit.unopened }}</span> }
            </p>
            <a routerLink="/tables" (click)="lookedAt.emit(unit.unitId)" [attr.aria-label]="t('seeTablesOf', { name: unit.name })">{{ t('seeTables') }}</a>
          </li>
        }
      </ul>
      @if (view().hasMore) { <p class="nobody">{{ t('outstandingMore', { n: view().units.length }) }}</p> }
    </section>
  `,
  styles: `
    ul { list-style: none; padding: 0; max-height: 420px; overflow: auto; }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 4px 20px; align-items: center; padding: 9px var(--jh-space-5); border-bottom: 1px solid var(--jh-line); }
    li:last-child { border-bottom: 0; }
    li div { display: flex; flex-wrap: wrap; gap: 0 10px; align-items: baseline; }
    .what { display: flex; flex-wrap: wrap; gap: 0 12px; font-size: 13px; }
    .returned, .late { color: var(--jh-danger); }
    .late { font-weight: 600; }
    .nobody { padding: 12px var(--jh-space-5); color: var(--jh-ink-soft); }
    @media (max-width: 720px) { li { grid-template-columns: minmax(0, 1fr) auto; padding-inline: var(--jh-space-4); } li div { grid-column: 1 / -1; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OutstandingList {
  readonly view = input.required<OutstandingView>();
  /** The unit whose tables are gone to. */
  readonly lookedAt = output<string>();
  private readonly words = inject(Words);
  protected readonly t = this.words.of(rollUpWords);
  protected readonly due = computed(() => {
    const day = this.view().dueOn;
    return day === null ? null : sayDay(day, this.words.language());
  });
}
