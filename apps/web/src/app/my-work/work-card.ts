import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { WorkItem } from '@jiheng/contract';
import { Icon, type IconName } from '../ui/icon/icon';
import { ProgressBar } from '../ui/progress-bar/progress-bar';
import { sayDay } from '../words/moments';
import { Words } from '../words/words';
import { nearness } from './my-work-model';
import { isDraftTable, workPageAddress } from './work-page-address';
import { workWords } from './work-words';

const ICONS: Readonly<Record<WorkItem['kind'] | 'DRAFT_TABLE', IconName>> = {
  ENTER: 'edit', RETURNED: 'history', REVIEW: 'check', SIGN: 'sign', SELF_EVALUATE: 'file', CANDIDATES: 'sources', FAILED_JOB: 'error', NOTICE: 'jobs', APPROVE_TABLE: 'tables', APPROVE_RULES: 'info', DRAFT_TABLE: 'tables', ACCEPT: 'check',
};

/** One thing that waits: what, for which unit, until when, how far. The whole line leads there. */
@Component({
  selector: 'jh-work-card',
  imports: [RouterLink, Icon, ProgressBar],
  templateUrl: './work-card.html',
  styleUrl: './work-card.css',
  host: { '[attr.data-kind]': 'item().kind', '[attr.data-near]': 'near()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class WorkCard {
  readonly item = input.required<WorkItem>();
  private readonly words = inject(Words);
  protected readonly t = this.words.of(workWords);
  /** What kind of work it is. A draft of a target table is checked and submitted; nothing is reported in it. */
  protected readonly kind = computed(() => (isDraftTable(this.item()) ? 'DRAFT_TABLE' : this.item().kind));
  protected readonly icon = computed(() => ICONS[this.kind()]);
  protected readonly address = computed(() => workPageAddress(this.item()));
  /** A table of the whole unit has no name of its own, and the unit stands in the line below. */
  protected readonly title = computed(() => (this.item().title === this.item().unitName ? this.t('wholeUnit') : this.item().title));
  protected readonly near = computed(() => nearness(this.item().daysLeft));
  protected readonly detail = computed(() => this.words.pick({ zh: this.item().detailZh, en: this.item().detailEn }));
  protected readonly due = computed(() => {
    const day = this.item().dueOn;
    return day ? sayDay(day, this.words.language()) : null;
  });
  protected readonly left = computed(() => {
    const days = this.item().daysLeft ?? 0;
    switch (this.near()) {
      case 'overdue': return this.t('overdue', { n: -days });
      case 'today': return this.t('dueToday');
      case 'soon': case 'later': return this.t('daysLeft', { n: days });
      default: return null;
    }
  });
}
