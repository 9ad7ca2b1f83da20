import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { ExecutionView } from '@jiheng/contract';
import { divideDecimal, multiplyDecimal, compareDecimal, roundHalfUp } from '@jiheng/domain';
import { Light } from '../ui/light/light';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { signOffWords } from './sign-off-words';

/** The money of the form as it stands at the end of the period, with the rate and why it is so. Amounts in 万元. */
@Component({
  selector: 'jh-money-block',
  imports: [Light],
  template: `
    @if (execution(); as money) {
      <div class="jh-scroll" tabindex="0" role="group" [attr.aria-label]="t('moneyName')">
        <table>
          <thead><tr><th scope="col"><span class="jh-hidden">{{ t('moneyName') }}</span></th><th scope="col">{{ t('moneyInitial') }}</th><th scope="col">{{ t('moneyAdjusted') }}</th><th scope="col">{{ t('moneyExecuted') }}</th><th scope="col">{{ t('moneyRate') }}</th></tr></thead>
          <tbody>
            @for (line of lines(); track line.part) {
              <tr [class.total]="line.part === 'TOTAL'"><th scope="row">{{ t(line.word) }}</th><td>{{ line.initial }}</td><td>{{ line.adjusted }}</td><td>{{ line.executed }}</td><td>{{ line.rate }}@if (line.part === 'TOTAL' && money.light !== 'NONE') { <jh-light [colour]="money.light" /> }</td></tr>
            }
          </tbody>
        </table>
      </div>
      @if (money.reason) { <p class="reason"><b>{{ t('moneyReason') }}</b> {{ money.reason }}</p> }
      @if (money.by) { <p class="jh-soft jh-small jh-no-print">{{ who() }}</p> }
    } @else { <p class="jh-soft">{{ t('moneyNone') }}</p> }
  `,
  styles: `
    :host { display: grid; gap: 6px; min-width: 0; }
    table { width: 100%; min-width: 520px; border-collapse: collapse; }
    th, td { padding: 6px 10px; border: 1px solid var(--jh-form-line); text-align: end; }
    thead th { text-align: center; background: #f3f6fa; font-weight: 600; } tbody th { text-align: start; font-weight: 400; }
    .total th, .total td { font-weight: 600; }
    jh-light { margin-left: 8px; }
    .reason { white-space: pre-line; }
    @media screen and (max-width: 720px) { table { min-width: 0; } th, td { padding: 4px; font-size: 12.5px; } }
    @media print { table { min-width: 0; } th, td { padding: 3pt 5pt; border-color: #000; background: none !important; font-size: 9.5pt; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MoneyBlock {
  readonly execution = input.required<ExecutionView | null>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(signOffWords);
  protected readonly lines = computed(() => (this.execution()?.rows ?? []).map((row) => ({
    part: row.part, word: `part${row.part}` as const, initial: amount(row.initial), adjusted: amount(row.adjusted ?? row.initial), executed: amount(row.executed), rate: rateOf(row),
  })));
  protected readonly who = computed(() => {
    const money = this.execution();
    return money?.by && money.at ? this.t('by', { by: money.by, at: sayMoment(money.at, this.words.language()) }) : '';
  });
}

/** 万元 with two places, as the forms print it. */
function amount(text: string | null): string {
  return text === null ? '—' : roundHalfUp(text, 2);
}

/** Percent of the adjusted budget (decision 4), two places; a dash where there is nothing to divide by. */
function rateOf({ initial, adjusted, executed }: ExecutionView['rows'][number]): string {
  const budget = adjusted ?? initial;
  if (budget === null || executed === null || compareDecimal(budget, '0') <= 0) return '—';
  return `${roundHalfUp(divideDecimal(multiplyDecimal(executed, '100'), budget, 6), 2)}%`;
}
