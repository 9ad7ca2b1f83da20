import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { RegionProgress } from '../roll-up/region-progress';
import { Session } from '../session/session';
import { RefusalNote } from '../ui/refusal/refusal';
import { sayDay, sayPeriod } from '../words/moments';
import { Words } from '../words/words';
import { Inbox } from './inbox';
import { MyWorkModel, nearness } from './my-work-model';
import { WorkCard } from './work-card';
import { workWords } from './work-words';

/** The first page of the day: what waits for me, the most urgent on top. */
@Component({
  selector: 'jh-my-work-page',
  imports: [RegionProgress, RouterLink, RefusalNote, WorkCard],
  templateUrl: './my-work-page.html',
  styleUrl: './my-work-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MyWorkPage {
  protected readonly inbox = inject(Inbox);
  protected readonly session = inject(Session);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(workWords);
  protected readonly say = (label: string): string => sayPeriod(label, this.words.language());
  protected readonly model = new MyWorkModel(this.inbox.load.value);
  /** Whoever answers for what others hand in. */
  protected readonly answersForOthers = computed(() => this.session.hasRole('manager', 'department', 'finance', 'administrator'));
  protected readonly periodDue = computed(() => {
    const period = this.model.period();
    return period ? sayDay(period.dueOn, this.words.language()) : '';
  });
  protected readonly periodLeft = computed(() => {
    const days = this.model.period()?.daysLeft ?? null;
    const near = nearness(days);
    if (days === null || near === null) return '';
    return near === 'overdue' ? this.t('overdue', { n: -days }) : near === 'today' ? this.t('dueToday') : this.t('daysLeft', { n: days });
  });
}
