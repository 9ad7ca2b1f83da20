import { ChangeDetectionStrategy, Component, DestroyRef, effect, inject, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import type { JobRunView } from '@jiheng/contract';
import { JobsApi } from '../api/jobs-api';
import { ProgressBar } from '../ui/progress-bar/progress-bar';
import { RefusalNote } from '../ui/refusal/refusal';
import { StatusTag } from '../ui/status-tag/status-tag';
import { commonWords } from '../words/common-words';
import { sayMoment, saySpan } from '../words/moments';
import { Words } from '../words/words';
import { JobCausesPanel } from './job-causes-panel';
import { type JobsFilter, addressOf, filterOf } from './jobs-filter';
import { JOB_KINDS, JOB_STATES, JobsModel, secondsOf } from './jobs-model';
import { jobsWords } from './jobs-words';

const MENDERS = { administrator: 'menderAdministrator', 'source-owner': 'menderSourceOwner', reporter: 'menderReporter', nobody: 'menderNobody' } as const;
/** How often silent jobs are looked for while some run. */
const LISTEN_EVERY_MS = 10_000;
/** A wait of fewer seconds, for a worker or between two tries, is not worth a word. */
const WORTH_SAYING_S = 5;

/** 后台任务: what runs, how far it is, and what failed with its cause and who can mend it. */
@Component({
  selector: 'jh-jobs-page',
  imports: [JobCausesPanel, RouterLink, ProgressBar, RefusalNote, StatusTag],
  templateUrl: './jobs-page.html',
  styleUrl: './jobs-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class JobsPage {
  protected readonly words = inject(Words);
  protected readonly t = this.words.of(jobsWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly states = JOB_STATES;
  protected readonly kinds = JOB_KINDS;
  protected readonly model: JobsModel;
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly query = toSignal(this.route.queryParamMap, { requireSync: true });
  /** The filter as the address said it last, and how many ways there are still on their way. */
  private readonly address = { seen: textOf(filterOf(this.query())), writing: 0 };

  constructor() {
    const api = inject(JobsApi);
    this.model = new JobsModel({ list: (filter) => api.list(filter), retry: (id) => api.retry(id), cancel: (id) => api.cancel(id) });
    void this.model.look(filterOf(this.query()));
    effect(() => { this.followAddress(filterOf(this.query())); });
    effect(() => { this.writeAddress(this.model.looking()); });
    const unwatch = api.watch((job) => this.model.hear(job), () => void this.model.load());
    const listening = setInterval(() => void this.model.listen(), LISTEN_EVERY_MS);
    inject(DestroyRef).onDestroy(() => { clearInterval(listening); unwatch(); this.model.leave(); });
  }

  /** Reloaded, gone back to, or sent on: the jobs that the address names. What this page wrote there itself is no news, and more may have been chosen since. */
  private followAddress(said: JobsFilter): void {
    const text = textOf(said);
    if (text === this.address.seen) return;
    this.address.seen = text;
    if (this.address.writing === 0 && text !== textOf(untracked(this.model.looking))) untracked(() => void this.model.look(said));
  }

  /** In the place of what the address said before: going back leaves the page and does not undo a choice. The page stays where it is scrolled to. */
  private writeAddress(chosen: JobsFilter): void {
    if (textOf(chosen) === this.address.seen) return;
    this.address.writing += 1;
    void this.router.navigate([], { relativeTo: this.route, queryParams: addressOf(chosen), queryParamsHandling: 'merge', replaceUrl: true, scroll: 'manual' })
      .finally(() => { this.address.writing -= 1; });
  }

  protected titleOf(job: JobRunView): string {
    return this.words.pick({ zh: job.title, en: job.titleEn });
  }
  protected failureOf(job: JobRunView): string {
    return this.words.pick({ zh: job.failureZh ?? '', en: job.failureEn ?? '' });
  }
  protected menderOf(job: JobRunView): string {
    const key = job.mender !== null && Object.hasOwn(MENDERS, job.mender) ? MENDERS[job.mender as keyof typeof MENDERS] : null;
    return key === null || key === 'menderNobody' ? '' : this.t(key);
  }
  protected moment(text: string): string {
    return sayMoment(text, this.words.language());
  }
  protected silentOf(job: JobRunView): string {
    const seconds = this.model.silent().get(job.id);
    return seconds === undefined ? '' : this.t('silent', { span: saySpan(seconds, this.words.language()) });
  }
  protected tookOf(job: JobRunView): string {
    const seconds = secondsOf(job);
    if (seconds === null) return '';
    const { own, inAll } = seconds;
    const took = own === 0 ? this.t('tookLess') : this.t('took', { span: saySpan(own, this.words.language()) });
    // What it waited, for its turn or for its next try, is time that somebody waited for it.
    return inAll - own < WORTH_SAYING_S ? took : `${took} · ${this.t('tookInAll', { span: saySpan(inAll, this.words.language()) })}`;
  }
}

function textOf(filter: JobsFilter): string {
  return JSON.stringify(addressOf(filter));
}
