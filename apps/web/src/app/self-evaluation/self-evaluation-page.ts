import { ChangeDetectionStrategy, Component, DestroyRef, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { SelfEvaluationView } from '@jiheng/contract';
import { type RuleProfile, validateRuleProfile } from '@jiheng/domain';
import type { TextStore } from '../saving/draft-shelf';
import { AskAgain } from '../api/ask-again';
import { JobsApi } from '../api/jobs-api';
import { Load } from '../api/load';
import { SelfEvaluationsApi } from '../api/self-evaluations-api';
import { Session } from '../session/session';
import { ChangedPoints } from '../sign-off/changed-points';
import { Inbox } from '../my-work/inbox';
import { DocumentHistory } from '../ui/history/history';
import { Icon } from '../ui/icon/icon';
import { MoveBar, type ChosenMove } from '../ui/move-bar/move-bar';
import { sayMove } from '../ui/move-bar/moves';
import { RefusalNote } from '../ui/refusal/refusal';
import { StatusTag } from '../ui/status-tag/status-tag';
import { commonWords } from '../words/common-words';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { ChapterList } from './chapter-list';
import { EvaluationForm } from './evaluation-form';
import { evaluationGateway } from './evaluation-gateway';
import { evaluationWords } from './evaluation-words';
import { ReportFiles } from './report-files';
import { SelfEvaluationModel } from './self-evaluation-model';
import { TotalCard } from './total-card';
import { EXECUTION_REASON, GOAL_ACHIEVED } from './written-part';

/** Where an open point without a row lies on the page. */
const PLACE_OF_POINT: Readonly<Record<string, string>> = {
  'self-evaluation.goal-achieved-missing': GOAL_ACHIEVED, 'open.execution-reason-owed': EXECUTION_REASON, 'self-evaluation.execution-missing': 'money',
};

/** 单位自评: the year's account of one table, from the signed quarters to the national form and the report. */
@Component({
  selector: 'jh-self-evaluation-page',
  imports: [RouterLink, ChangedPoints, ChapterList, DocumentHistory, EvaluationForm, Icon, MoveBar, RefusalNote, ReportFiles, StatusTag, TotalCard],
  templateUrl: './self-evaluation-page.html',
  styleUrl: './self-evaluation-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(window:beforeunload)': 'guard($event)', '(window:pagehide)': 'model()?.keepDrafts()', '(document:visibilitychange)': 'onVisibility()', '(window:online)': 'onOnline()' },
})
export class SelfEvaluationPage {
  /** From the route. */
  readonly id = input.required<string>();

  private readonly api = inject(SelfEvaluationsApi);
  private readonly session = inject(Session);
  private readonly inbox = inject(Inbox);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(evaluationWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly load = new Load<SelfEvaluationView>();
  protected readonly model = signal<SelfEvaluationModel | null>(null);
  private readonly profile = signal<RuleProfile | null>(null);
  private readonly again = new AskAgain(async () => this.model()?.refresh(), () => this.model()?.pending() === true);
  private readonly bar = viewChild(MoveBar);
  private readonly form = viewChild(EvaluationForm);

  protected readonly places = computed<ReadonlyMap<string, string>>(() => new Map(this.model()?.rows.map((row) => [row.id, row.indicator.name])));
  protected readonly movedText = computed(() => {
    const move = this.model()?.moved() ?? null;
    return move === null ? '' : this.t('moved', { move: sayMove(move, this.common) });
  });
  protected readonly returnedText = computed(() => {
    const act = this.model()?.returnedWith() ?? null;
    return act?.opinion ? this.t('returned', { by: act.by, opinion: act.opinion }) : '';
  });
  protected readonly restoredText = computed(() => {
    const at = this.model()?.restoredAt ?? null;
    return at === null ? '' : this.t('restored', { at: sayMoment(at, this.words.language()) });
  });
  protected readonly pick = (sentence: { readonly zh: string; readonly en: string }): string => this.words.pick(sentence);

  constructor() {
    effect(() => {
      const id = this.id();
      untracked(() => void this.open(id));
    });
    effect(() => {
      if (this.model()?.pending()) untracked(() => this.again.watch());
    });
    const unwatch = inject(JobsApi).watch((job) => {
      if ((job.name === 'score-self-evaluation' || job.name === 'render-report') && (job.state === 'DONE' || job.state === 'FAILED')) this.news();
    }, () => this.news());
    inject(DestroyRef).onDestroy(() => {
      unwatch();
      this.again.stop();
      this.leave();
    });
  }

  protected async open(id: string): Promise<void> {
    this.leave();
    const answer = await this.load.run(() => this.api.view(id));
    if (!answer.ok || id !== this.id()) return;
    const profile = validateRuleProfile(answer.value.profile);
    this.profile.set(profile.ok ? profile.value : null);
    this.start(answer.value);
  }

  protected async move(chosen: ChosenMove): Promise<void> {
    const model = this.model();
    if (model === null || !(await model.move(chosen))) return;
    this.bar()?.clear();
    void this.inbox.refresh();
  }

  protected goTo(rowId: string): void {
    this.form()?.goTo(rowId);
  }

  protected goToPoint(code: string, rowId: string | null): void {
    if (rowId !== null) {
      this.goTo(rowId);
      return;
    }
    const place = document.getElementById(PLACE_OF_POINT[code] ?? 'money');
    place?.scrollIntoView({ block: 'center' });
    (place?.querySelector<HTMLElement>('textarea') ?? place)?.focus({ preventScroll: true });
  }

  protected print(): void {
    window.print();
  }

  /** Asks before leaving while something is not saved. */
  protected guard(event: BeforeUnloadEvent): void {
    const model = this.model();
    if (model === null || model.unsaved() === 0) return;
    model.keepDrafts();
    void model.saveAll();
    event.preventDefault();
  }

  protected onVisibility(): void {
    if (document.visibilityState === 'visible') void this.again.now();
    else this.model()?.keepDrafts();
  }

  protected onOnline(): void {
    void this.model()?.saveAll();
  }

  private start(view: SelfEvaluationView): void {
    this.model.set(new SelfEvaluationModel(view, evaluationGateway(this.api, view.id), this.profile, {
      store: browserStore(), personId: this.session.person()?.id ?? 'nobody', now: () => new Date().toISOString(),
    }));
  }

  private leave(): void {
    const model = this.model();
    if (model === null) return;
    model.keepDrafts();
    void model.saveAll().finally(() => model.stop());
    this.model.set(null);
  }

  private news(): void {
    if (this.model()?.pending()) void this.again.now();
  }
}

function browserStore(): TextStore | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
