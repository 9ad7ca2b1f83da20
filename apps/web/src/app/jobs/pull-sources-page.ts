import { ChangeDetectionStrategy, Component, effect, inject, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { PullSourceView } from '@jiheng/contract';
import { PullSourcesApi } from '../api/pull-sources-api';
import { Viewpoint } from '../session/viewpoint';
import { RefusalNote } from '../ui/refusal/refusal';
import { StatusTag } from '../ui/status-tag/status-tag';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { PullSourcesModel } from './pull-sources-model';
import { sourcesWords } from './sources-words';

/** 取数来源: where candidates come from, and pulling them for a period. */
@Component({
  selector: 'jh-pull-sources-page',
  imports: [RouterLink, RefusalNote, StatusTag],
  templateUrl: './pull-sources-page.html',
  styleUrl: './pull-sources-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PullSourcesPage {
  private readonly words = inject(Words);
  protected readonly viewpoint = inject(Viewpoint);
  protected readonly t = this.words.of(sourcesWords);
  protected readonly model: PullSourcesModel;

  constructor() {
    const sources = inject(PullSourcesApi);
    this.model = new PullSourcesModel({
      list: () => sources.list(), periods: (fiscalYear) => sources.periods(fiscalYear),
      run: (id, periodId) => sources.run(id, { periodId: periodId as Parameters<typeof sources.run>[1]['periodId'] }), resume: (id) => sources.resume(id),
    });
    effect(() => {
      const year = this.viewpoint.fiscalYear();
      if (year) untracked(() => void this.model.load(year));
    });
  }

  protected moment(text: string): string {
    return sayMoment(text, this.words.language());
  }
  protected failureOf(run: NonNullable<PullSourceView['lastRun']>): string {
    return this.words.pick({ zh: run.failureZh ?? '', en: run.failureEn ?? '' });
  }
}
