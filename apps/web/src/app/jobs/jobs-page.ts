import { ChangeDetectionStrategy, Component, DestroyRef, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { JobRunView } from '@jiheng/contract';
import { JobsApi } from '../api/jobs-api';
import { ProgressBar } from '../ui/progress-bar/progress-bar';
import { RefusalNote } from '../ui/refusal/refusal';
import { StatusTag } from '../ui/status-tag/status-tag';
import { commonWords } from '../words/common-words';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { JobCausesPanel } from './job-causes-panel';
import { JOB_KINDS, JOB_STATES, JobsModel, secondsOf } from './jobs-model';
import { jobsWords } from './jobs-words';

const MENDERS = { administrator: 'menderAdministrator', 'source-owner': 'menderSourceOwner', reporter: 'menderReporter', nobody: 'menderNobody' } as const;

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

  constructor() {
    const api = inject(JobsApi);
    this.model = new JobsModel({ list: (filter) => api.list(filter), retry: (id) => api.retry(id), cancel: (id) => api.cancel(id) });
    void this.model.load();
    const unwatch = api.watch((job) => this.model.hear(job), () => void this.model.load());
    inject(DestroyRef).onDestroy(() => { unwatch(); this.model.leave(); });
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
  protected tookOf(job: JobRunView): string {
    const seconds = secondsOf(job);
    return seconds === null ? '' : seconds === 0 ? this.t('tookLess') : this.t('took', { seconds });
  }
}
