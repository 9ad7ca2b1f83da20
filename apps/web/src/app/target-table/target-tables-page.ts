import { ChangeDetectionStrategy, Component, effect, inject, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TargetTablesApi } from '../api/target-tables-api';
import { StartSelfEvaluation } from '../self-evaluation/start-self-evaluation';
import { Session } from '../session/session';
import { Viewpoint } from '../session/viewpoint';
import { Icon } from '../ui/icon/icon';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { RefusalNote } from '../ui/refusal/refusal';
import { StatusTag } from '../ui/status-tag/status-tag';
import { commonWords } from '../words/common-words';
import { sayRating } from '../words/ratings';
import { Words } from '../words/words';
import { QuarterChip } from './quarter-chip';
import { tableWords } from './table-words';
import { TargetTablesModel } from './target-tables-model';

/** Typing pauses this long before the list is asked for again. */
const PAUSE_MS = 300;

/** All target tables of the year and unit chosen in the top bar, each with its quarters and its self-evaluation. */
@Component({
  selector: 'jh-target-tables-page',
  imports: [RouterLink, Icon, QuarterChip, RefusalNote, StartSelfEvaluation, StatusTag],
  templateUrl: './target-tables-page.html',
  styleUrl: './target-tables-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TargetTablesPage {
  private readonly api = inject(TargetTablesApi);
  protected readonly viewpoint = inject(Viewpoint);
  protected readonly session = inject(Session);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(tableWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly model = new TargetTablesModel((filter) => this.api.list(filter));
  protected readonly sayRating = (rating: string) => sayRating(rating, this.words.language());
  protected readonly plain = withoutTrailingZeros;
  /** What was typed, and what is asked for after a pause. */
  protected readonly typed = signal('');
  private readonly sought = signal('');

  constructor() {
    effect((onCleanup) => {
      const text = this.typed().trim();
      const timer = setTimeout(() => this.sought.set(text), text ? PAUSE_MS : 0);
      onCleanup(() => clearTimeout(timer));
    });
    effect(() => {
      const filter = { fiscalYear: this.viewpoint.fiscalYear(), unitId: this.viewpoint.unitId(), q: this.sought() };
      if (!filter.fiscalYear) return;
      untracked(async () => {
        const years = await this.model.read(filter);
        if (years.length) this.viewpoint.learnYears(years);
      });
    });
  }

  protected find(event: Event): void {
    event.preventDefault();
    this.sought.set(this.typed().trim());
  }
}
