import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { OutstandingView, PeriodList, PeriodView, RollUpView } from '@jiheng/contract';
import { Load } from '../api/load';
import { PeriodsApi } from '../api/periods-api';
import { type RollUpPlace, RollUpsApi } from '../api/roll-ups-api';
import { Viewpoint } from '../session/viewpoint';
import { RefusalNote } from '../ui/refusal/refusal';
import { sayPeriod } from '../words/moments';
import { Words } from '../words/words';
import { CountBar } from './count-bar';
import { stageParts } from './measure-parts';
import { OutstandingList } from './outstanding-list';
import { handedIn, latestOpened, percentOfCount } from './roll-up-model';
import { rollUpWords } from './roll-up-words';

/** The year's ordinal among the periods of a roll-up. */
const THE_YEAR = 0;

/** Who answers for others begins the day with how far they are: the quarter under way, the self-evaluations once the fourth quarter has begun, and who has not handed in. */
@Component({
  selector: 'jh-region-progress',
  imports: [CountBar, OutstandingList, RefusalNote, RouterLink],
  template: `
    <jh-refusal [problem]="quarter.problem()" [retryable]="true" (retry)="again()" />
    @if (lines().length) {
      <section class="jh-card" aria-labelledby="region-progress">
        <header class="jh-card-head"><h2 id="region-progress">{{ t('cardStages') }}<span class="of">{{ t('whole', { unit: lines()[0]?.unit ?? '' }) }}</span></h2><a routerLink="/roll-up">{{ t('title') }}</a></header>
        <ul>
          @for (line of lines(); track line.ordinal) {
            <li [attr.data-period]="line.ordinal">
              <h3>{{ line.ordinal === theYear ? t('theYear') : say(line.label) }}</h3>
              <p class="great">{{ t('percent', { n: line.percent }) }}</p>
              <div><p>{{ t('handedInOf', { done: line.done, total: line.total }) }}@if (line.late) { <b class="late">{{ t('late', { n: line.late }) }}</b> }</p><jh-count-bar [parts]="line.parts" /></div>
            </li>
          }
        </ul>
      </section>
    }
    @if (who.value(); as view) { @if (lines().length) { <jh-outstanding-list [view]="view" (lookedAt)="viewpoint.lookAtUnit($event)" /> } }
  `,
  styles: `
    :host { display: contents; }
    h2 .of { margin-left: 10px; font-size: 13px; font-weight: 400; color: var(--jh-ink-soft); }
    ul { list-style: none; padding: 0; }
    li { display: grid; grid-template-columns: minmax(96px, 150px) 92px minmax(0, 1fr); gap: 4px 20px; align-items: center; padding: 12px var(--jh-space-5); border-bottom: 1px solid var(--jh-line); }
    li:last-child { border-bottom: 0; }
    h3 { font-size: 14px; font-weight: 600; }
    .great { font-size: 26px; font-weight: 600; font-variant-numeric: tabular-nums; }
    .late { margin-left: 12px; color: var(--jh-danger); }
    jh-count-bar { margin-top: 6px; }
    @media (max-width: 720px) { h2 .of { display: block; margin-left: 0; } li { grid-template-columns: minmax(0, 1fr) auto; padding-inline: var(--jh-space-4); } li div { grid-column: 1 / -1; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RegionProgress {
  private readonly api = inject(RollUpsApi);
  private readonly periodsApi = inject(PeriodsApi);
  private readonly words = inject(Words);
  protected readonly viewpoint = inject(Viewpoint);
  protected readonly t = this.words.of(rollUpWords);
  protected readonly theYear = THE_YEAR;
  protected readonly quarter = new Load<RollUpView>();
  protected readonly year = new Load<RollUpView>();
  protected readonly who = new Load<OutstandingView>();
  private readonly period = signal<PeriodView | null>(null);
  protected readonly lines = computed(() => [this.quarter.value(), this.year.value()].flatMap((view) => {
    // What was read of another year stays kept while the new one is read, or when it has no quarter yet.
    if (view === null || view.unit.measures.tables === 0 || view.fiscalYear !== this.viewpoint.settledYear()) return [];
    const { measures, late, name } = view.unit;
    const done = handedIn(measures);
    return [{ ordinal: view.periodOrdinal, label: this.period()?.label ?? '', unit: name, done, total: measures.tables, late, percent: percentOfCount(done, measures.tables), parts: stageParts(measures, this.t) }];
  }));

  constructor() {
    effect(() => {
      const [year, unitId] = [this.viewpoint.settledYear(), this.viewpoint.unitId()];
      if (year > 0) untracked(() => void this.read(year, unitId));
    });
  }

  protected say(label: string): string {
    return sayPeriod(label, this.words.language());
  }
  protected again(): void {
    void this.read(this.viewpoint.settledYear(), this.viewpoint.unitId());
  }

  private async read(fiscalYear: number, unitId: string | null): Promise<void> {
    const periods = new Load<PeriodList>();
    await periods.run(() => this.periodsApi.list(fiscalYear));
    const period = latestOpened(periods.value()?.periods ?? []);
    // Another year or unit was chosen meanwhile: that one's reading fills the page.
    if (period === null || fiscalYear !== this.viewpoint.settledYear() || unitId !== this.viewpoint.unitId()) return;
    this.period.set(period);
    const place: RollUpPlace = { unitId, fiscalYear, periodOrdinal: period.ordinal };
    await Promise.all([
      this.quarter.run(() => this.api.view(place)), this.who.run(() => this.api.outstanding(place)),
      ...(period.ordinal === 4 ? [this.year.run(() => this.api.view({ ...place, periodOrdinal: THE_YEAR }))] : []),
    ]);
  }
}
