import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { MonitoringReportView } from '@jiheng/contract';
import { dictionary } from '../../words/dictionary';
import { sayMoment } from '../../words/moments';
import { Words } from '../../words/words';
import { Icon } from '../icon/icon';

const statusWords = dictionary(
  {
    NONE: '尚未计分', WAITING: '得分等待计算…', RUNNING: '正在计算得分…', DONE: '得分已计算', FAILED: '得分计算失败', at: '{at}', profile: '评分规则 {name} 第 {version} 版', cause: '原因：{cause}', kept: '页面显示的是上一次计算的结果。',
  },
  {
    NONE: 'Not scored yet', WAITING: 'Waiting to be scored…', RUNNING: 'Being scored…', DONE: 'Scored', FAILED: 'Scoring failed', at: '{at}', profile: 'Rule profile {name}, version {version}', cause: 'Cause: {cause}', kept: 'The page shows the result of the last computation.',
  },
);

/** Where the points of a document stand: a job that a person can see, and the rules it goes by. Says changes aloud. */
@Component({
  selector: 'jh-score-status',
  imports: [Icon],
  template: `
    <span class="state" role="status" [attr.data-score]="score().state">@if (busy()) { <i aria-hidden="true"></i> } @else { <jh-icon [name]="icon()" /> }{{ t(score().state) }}@if (when()) { <time [attr.datetime]="score().computedAt">{{ when() }}</time> }</span>
    <span class="profile">{{ t('profile', { name: rules(), version: score().profileVersion }) }}</span>
    @if (score().state === 'FAILED') { <span class="cause">@if (score().failure) { {{ t('cause', { cause: score().failure ?? '' }) }} } @if (score().scoreId) { {{ t('kept') }} }</span> }
  `,
  styles: `
    :host { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 14px; font-size: 13px; color: var(--jh-ink-soft); }
    .state { display: inline-flex; align-items: center; gap: 6px; }
    .state jh-icon { font-size: 15px; }
    [data-score="DONE"] jh-icon { color: var(--jh-success); }
    [data-score="FAILED"], .cause { color: var(--jh-danger); }
    i { width: 12px; height: 12px; border: 2px solid var(--jh-line-strong); border-top-color: var(--jh-primary); border-radius: 50%; animation: turn .9s linear infinite; }
    @keyframes turn { to { transform: rotate(1turn); } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ScoreStatus {
  readonly score = input.required<MonitoringReportView['score']>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(statusWords);
  /** A profile of the ministry is known by the number of its paper: MOF-2020-10 is 财预〔2020〕10号. */
  protected readonly rules = computed(() => this.score().profileName.replace(/^MOF-(\d{4})-(\d+)$/u, this.words.language() === 'zh' ? '财预〔$1〕$2号' : 'Cai Yu [$1] No. $2'));
  protected readonly busy = computed(() => this.score().state === 'WAITING' || this.score().state === 'RUNNING');
  protected readonly icon = computed(() => (this.score().state === 'DONE' ? 'check' as const : this.score().state === 'FAILED' ? 'error' as const : 'clock' as const));
  protected readonly when = computed(() => {
    const at = this.score().computedAt;
    return this.score().state === 'DONE' && at ? sayMoment(at, this.words.language()) : '';
  });
}
