import { ChangeDetectionStrategy, Component, booleanAttribute, computed, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { TargetTableSummary } from '@jiheng/contract';
import type { Problem } from '../api/problem';
import { SelfEvaluationsApi } from '../api/self-evaluations-api';
import { Session } from '../session/session';
import { RefusalNote } from '../ui/refusal/refusal';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import { missingQuarters } from './missing-quarters';
import { startWords } from './start-words';

/** Begins the year's self-evaluation of a table, or says which quarters are still to be signed. */
@Component({
  selector: 'jh-start-self-evaluation',
  imports: [RefusalNote],
  template: `
    @if (mayStart()) { <button type="button" class="jh-button jh-button-small" [class.jh-button-primary]="!short()" data-start-self-evaluation [disabled]="busy()" (click)="start()">{{ busy() ? t('starting') : t('start') }}</button> }
    @if (!short() || !mayStart()) { <p class="jh-hint">{{ short() ? t('startNone') : sentence() }}</p> }
    <jh-refusal [problem]="problem()" />
  `,
  styles: ':host{display:grid;gap:6px;justify-items:start;min-width:0}',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StartSelfEvaluation {
  readonly table = input.required<Pick<TargetTableSummary, 'id' | 'state' | 'reports'>>();
  /** In a list: the button alone, or a word. */
  readonly short = input(false, { transform: booleanAttribute });

  private readonly api = inject(SelfEvaluationsApi);
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(startWords);
  private readonly common = this.words.of(commonWords);
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  private readonly missing = computed(() => missingQuarters(this.table().reports));
  private readonly isReady = computed(() => this.table().state === 'APPROVED' && this.missing().length === 0);
  protected readonly mayStart = computed(() => this.isReady() && this.session.hasRole('reporter'));
  protected readonly sentence = computed(() => {
    if (this.table().state !== 'APPROVED') return this.t('startNotApproved');
    if (this.missing().length === 0) return this.t(this.mayStart() ? 'startReady' : 'startNotReporter');
    const list = this.missing().map(({ ordinal, state }) => {
      const quarter = this.common('quarter', { n: this.words.language() === 'zh' ? '一二三四'.charAt(ordinal - 1) : ordinal });
      return state === null ? this.t('startUnopened', { quarter }) : this.t('startUnsigned', { quarter, state: this.common(`state${state}`) });
    });
    return this.t('startMissing', { list: list.join(this.words.language() === 'zh' ? '、' : ', ') });
  });

  protected async start(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    const answer = await this.api.assemble({ tableId: this.table().id });
    this.busy.set(false);
    if (answer.ok) await this.router.navigate(['/self-evaluations', answer.value.id]);
    else this.problem.set(answer.problem);
  }
}
