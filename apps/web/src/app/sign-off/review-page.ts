import { ChangeDetectionStrategy, Component, DestroyRef, computed, effect, inject, input, untracked, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AskAgain } from '../api/ask-again';
import { JobsApi } from '../api/jobs-api';
import { type ExtendReportBody, MonitoringReportsApi, monitoringFormHref } from '../api/monitoring-reports-api';
import { Inbox } from '../my-work/inbox';
import { DocumentHistory } from '../ui/history/history';
import { Icon } from '../ui/icon/icon';
import { MoveBar, type ChosenMove } from '../ui/move-bar/move-bar';
import { sayMove } from '../ui/move-bar/moves';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { RefusalNote } from '../ui/refusal/refusal';
import { ScoreStatus } from '../ui/score-status/score-status';
import { StatusTag } from '../ui/status-tag/status-tag';
import { commonWords } from '../words/common-words';
import { sayDay, sayMoment, sayPeriod } from '../words/moments';
import { Words } from '../words/words';
import { attention } from './attention';
import { AttentionSummary } from './attention-summary';
import { ChangedPoints } from './changed-points';
import { ExtendReport } from './extend-report';
import { MoneyBlock } from './money-block';
import { ReviewModel } from './review-model';
import { ReviewTable } from './review-table';
import { signOffWords } from './sign-off-words';

/** 审核与签字: one quarter of one table as a reviewer and a manager read it, with the moves the server offers them. */
@Component({
  selector: 'jh-review-page',
  imports: [RouterLink, AttentionSummary, ChangedPoints, DocumentHistory, ExtendReport, Icon, MoneyBlock, MoveBar, RefusalNote, ReviewTable, ScoreStatus, StatusTag],
  templateUrl: './review-page.html',
  styleUrl: './review-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(document:visibilitychange)': 'onVisibility()' },
})
export class ReviewPage {
  /** From the route. */
  readonly id = input.required<string>();

  private readonly api = inject(MonitoringReportsApi);
  private readonly inbox = inject(Inbox);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(signOffWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly plain = withoutTrailingZeros;
  protected readonly formats = ['xlsx', 'docx'] as const;
  protected readonly formHref = monitoringFormHref;
  protected readonly quarter = (label: string): string => sayPeriod(label, this.words.language());
  protected readonly model = new ReviewModel({ view: (id) => this.api.view(id), move: (id, body) => this.api.move(id, body), extend: (id, body) => this.api.extend(id, body) });
  private readonly again = new AskAgain(() => this.model.refresh(), () => this.model.pending());
  private readonly bar = viewChild(MoveBar);
  private readonly table = viewChild(ReviewTable);
  private readonly extension = viewChild(ExtendReport);

  protected readonly groups = computed(() => {
    const report = this.model.report();
    return report === null ? [] : attention(report, this.t('moneyName'));
  });
  protected readonly places = computed<ReadonlyMap<string, string>>(() => new Map(this.model.report()?.rows.map((row) => [row.indicator.id, row.indicator.name])));
  protected readonly dueOn = computed(() => sayDay(this.model.report()?.period.dueOn ?? '1970-01-01', this.words.language()));
  protected readonly extendedText = computed(() => {
    const day = this.model.report()?.extendedUntil ?? null;
    return day === null ? '' : this.t('extendedTo', { day: sayDay(day, this.words.language()) });
  });
  protected readonly since = computed(() => {
    const since = this.model.report()?.changedSince;
    if (since === undefined) return '';
    if (since === null) return this.t('sinceNone');
    const n = this.model.changes().size;
    const facts = { at: sayMoment(since.at, this.words.language()), n };
    if (n === 0) return this.t('sinceNothing');
    return this.t(since.move === 'submit' ? 'sinceSUBMIT' : since.move === 'sign' ? 'sinceSIGN' : 'sinceOther', facts);
  });
  protected readonly movedText = computed(() => {
    const move = this.model.moved();
    return move === null ? '' : this.t('moved', { move: sayMove(move, this.common) });
  });
  protected readonly returnedText = computed(() => {
    const act = this.model.returnedWith();
    return act?.opinion ? this.t('returned', { by: act.by, opinion: act.opinion }) : '';
  });

  constructor() {
    effect(() => {
      const id = this.id();
      untracked(() => void this.model.read(id));
    });
    effect(() => {
      if (this.model.pending()) untracked(() => this.again.watch());
    });
    const unwatch = inject(JobsApi).watch((job) => {
      if (job.name === 'score-monitoring-report' && (job.state === 'DONE' || job.state === 'FAILED')) this.news();
    }, () => this.news());
    inject(DestroyRef).onDestroy(() => {
      unwatch();
      this.again.stop();
    });
  }

  protected async move(chosen: ChosenMove): Promise<void> {
    if (!(await this.model.move(chosen))) return;
    this.bar()?.clear();
    void this.inbox.refresh();
  }

  protected async extend(body: ExtendReportBody): Promise<void> {
    if (await this.model.extend(body)) this.extension()?.clear();
  }

  protected goTo(rowId: string | null): void {
    if (rowId !== null) {
      this.table()?.goTo(rowId);
      return;
    }
    const money = document.getElementById('money');
    money?.scrollIntoView({ block: 'center' });
    money?.focus({ preventScroll: true });
  }

  protected print(): void {
    window.print();
  }

  /** Coming back to the page after others worked on the report. */
  protected onVisibility(): void {
    if (document.visibilityState === 'visible' && this.model.report() !== null) void this.again.now();
  }

  /** News of a score of any document the person may see: asking costs one small read, and only while this report waits. */
  private news(): void {
    if (this.model.pending()) void this.again.now();
  }
}
