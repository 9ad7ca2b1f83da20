import { ChangeDetectionStrategy, Component, effect, inject, input, output, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { JobCause, JobNoticeView } from '@jiheng/contract';
import type { Problem } from '../api/problem';
import { PullCareApi } from '../api/pull-care-api';
import { RefusalNote } from '../ui/refusal/refusal';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { jobsWords } from './jobs-words';

const MENDERS = { administrator: 'menderAdministrator', 'source-owner': 'menderSourceOwner', reporter: 'menderReporter' } as const;

/** What began to fail, what brings nothing and what works again, for whoever can mend it; and the failed jobs by what keeps them from passing. */
@Component({
  selector: 'jh-job-causes-panel',
  imports: [RouterLink, RefusalNote],
  template: `
    <jh-refusal [problem]="problem()" />
    @if (problem()?.params?.['sourceId']; as source) { <p><a routerLink="/sources" [fragment]="'source-' + source">{{ t('toSource') }}</a></p> }
    <p [class.jh-hidden]="!heldBack()" [class.jh-notice]="heldBack()" aria-live="polite">{{ said() }}</p>
    @if (notices().length) {
      <section class="jh-card" aria-labelledby="job-notices">
        <h2 id="job-notices" class="jh-card-head">{{ t('noticesTitle') }}</h2>
        <ul>@for (notice of notices(); track notice.id) {
          <li [class.bad]="notice.kind === 'OUTAGE'" [class.doubtful]="notice.kind === 'SILENCE'">
            <div><strong>{{ t(notice.kind) }}</strong> · <a [routerLink]="notice.link ?? '/jobs'">{{ words.pick({ zh: notice.title, en: notice.titleEn }) }}</a><p>{{ words.pick({ zh: notice.sentenceZh, en: notice.sentenceEn }) }}</p><p class="jh-soft jh-small">{{ notice.unitName }} · {{ moment(notice.at) }}</p></div>
            <button type="button" class="jh-button jh-button-small" [attr.aria-label]="t('readOf', { title: words.pick({ zh: notice.title, en: notice.titleEn }) })" (click)="read(notice.id)">{{ t('read') }}</button>
          </li>
        }</ul>
      </section>
    }
    @if (causes().length) {
      <section class="jh-card" aria-labelledby="job-causes">
        <h2 id="job-causes" class="jh-card-head">{{ t('causesTitle') }}</h2>
        <ul>@for (cause of causes(); track cause.name + cause.code) {
          <li class="bad">
            <div><strong>{{ words.pick(cause) }}</strong><p class="jh-soft">{{ t('jobsOfCause', { n: cause.count, titles: titlesOf(cause) }) }}</p>
              @if (cause.subjectTotal > 1 || cause.subjects[0]?.held) {
                <ul class="about" [attr.aria-label]="t('about')">
                  @for (one of cause.subjects; track $index) {
                    <li>@if (one.link) { <a [routerLink]="one.link" [fragment]="one.fragment ?? undefined">{{ words.pick(one) }}</a> } @else { {{ words.pick(one) }} }@if (one.count > 1) {<span class="jh-soft"> · {{ t('jobsOfOne', { n: one.count }) }}</span>}@if (one.held; as held) {<span class="held"> · {{ held.code === 'pull.source-paused' ? t('pausedFirst') : words.pick(held) }}</span>}</li>
                  }
                  @if (cause.subjectTotal - cause.subjects.length; as rest) { <li class="jh-soft">{{ t('aboutMore', { n: rest }) }}</li> }
                </ul>
              }
              @if (cause.held) { <p class="jh-soft">{{ t(cause.retryable ? 'heldSome' : 'heldAll', { n: cause.held }) }}</p> }
              @if (menderOf(cause)) { <p class="jh-soft">{{ t('mender', { mender: menderOf(cause) }) }}</p> }</div>
            @if (cause.retryable) { <button type="button" class="jh-button jh-button-small" [disabled]="busy()" [attr.aria-label]="t('retryAllOf', { cause: words.pick(cause) })" (click)="retryAll(cause)">{{ t(cause.held ? 'retrySome' : 'retryAll', { n: cause.retryable }) }}</button> }
          </li>
        }</ul>
      </section>
    }
  `,
  styles: `
    :host { display: grid; gap: 12px; } :host:empty { display: none; }
    ul { list-style: none; padding: 0; } li { display: flex; gap: 12px; align-items: flex-start; justify-content: space-between; padding: 10px 20px; border-bottom: 1px solid var(--jh-line); border-left: 4px solid transparent; }
    li:last-child { border-bottom: 0; } li.bad { border-left-color: var(--jh-danger); } li.doubtful { border-left-color: var(--jh-warning); } li > div { min-width: 0; overflow-wrap: anywhere; } button { flex: none; }
    ul.about li { display: list-item; padding: 2px 0; border: 0; } .held { color: var(--jh-danger); }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class JobCausesPanel {
  /** Changes whenever a job fails or is tried again: then the causes are read again. */
  readonly changes = input.required<number>();
  readonly retried = output<void>();
  private readonly api = inject(PullCareApi);
  protected readonly words = inject(Words);
  protected readonly t = this.words.of(jobsWords);
  protected readonly causes = signal<readonly JobCause[]>([]);
  protected readonly notices = signal<readonly JobNoticeView[]>([]);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly busy = signal(false);
  protected readonly said = signal('');
  /** Some jobs of a cause could not be tried again: that is to be seen as well as heard. */
  protected readonly heldBack = signal(false);

  constructor() {
    effect(() => {
      this.changes();
      untracked(() => void this.load());
    });
  }

  protected async load(): Promise<void> {
    const [causes, notices] = await Promise.all([this.api.causes(), this.api.notices()]);
    if (causes.ok) this.causes.set(causes.value.causes);
    if (notices.ok) this.notices.set(notices.value.notices);
  }

  protected async retryAll(cause: JobCause): Promise<void> {
    this.busy.set(true);
    const answer = await this.api.retryCause(cause.name, cause.code);
    this.busy.set(false);
    this.problem.set(answer.ok ? null : answer.problem);
    const left = answer.ok ? cause.retryable - answer.value.retried : 0;
    if (answer.ok) this.said.set(this.t('retriedAll', { n: answer.value.retried }) + (left > 0 ? ` ${this.t('heldBack', { n: left })}` : ''));
    this.heldBack.set(left > 0);
    await this.load();
    this.retried.emit();
  }

  protected async read(id: string): Promise<void> {
    const answer = await this.api.readNotice(id);
    this.problem.set(answer.ok ? null : answer.problem);
    if (answer.ok) this.notices.update((notices) => notices.filter((notice) => notice.id !== id));
  }

  protected titlesOf(cause: JobCause): string {
    return cause.titles.map((title) => this.words.pick(title)).join(this.words.language() === 'zh' ? '、' : ', ');
  }
  protected menderOf(cause: JobCause): string {
    const key = cause.mender !== null && Object.hasOwn(MENDERS, cause.mender) ? MENDERS[cause.mender as keyof typeof MENDERS] : null;
    return key === null ? '' : this.t(key);
  }
  protected moment(text: string): string {
    return sayMoment(text, this.words.language());
  }
}
