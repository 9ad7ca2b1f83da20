import { ChangeDetectionStrategy, Component, inject, input, output, signal } from '@angular/core';
import type { ExtendReportBody } from '../api/monitoring-reports-api';
import { Words } from '../words/words';
import { signOffWords } from './sign-off-words';

/** Gives a unit that is late more time: until when, and why. What is written stays until it was taken. */
@Component({
  selector: 'jh-extend-report',
  template: `
    @if (open()) {
      <form (submit)="put($event)">
        <div class="jh-field"><label for="jh-extend-until">{{ t('extendUntil') }}</label><input #day class="jh-input" type="date" id="jh-extend-until" [min]="today()" [value]="until()" (input)="until.set(day.value)" /></div>
        <div class="jh-field why"><label for="jh-extend-why">{{ t('extendWhy') }}</label><input #why class="jh-input" id="jh-extend-why" maxlength="4000" [value]="reason()" [placeholder]="t('extendWhyHint')" (input)="reason.set(why.value)" /></div>
        <span class="jh-actions"><button type="submit" class="jh-button jh-button-small jh-button-primary" [disabled]="busy()">{{ t('extendPut') }}</button></span>
        <p class="jh-field-error" aria-live="polite">{{ missing() ? t('extendMissing') : '' }}</p>
      </form>
    } @else { <button type="button" class="jh-button jh-button-small" (click)="open.set(true)">{{ t('extend') }}</button> }
  `,
  styles: 'form{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:end;margin-top:6px}.why{min-width:260px}form p{width:100%}form p:empty{display:none}',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ExtendReport {
  /** The earliest day that makes sense. */
  readonly today = input.required<string>();
  readonly busy = input(false);
  readonly chosen = output<ExtendReportBody>();

  protected readonly t = inject(Words).of(signOffWords);
  protected readonly open = signal(false);
  protected readonly until = signal('');
  protected readonly reason = signal('');
  protected readonly missing = signal(false);

  protected put(event: Event): void {
    event.preventDefault();
    const body = { until: this.until(), reason: this.reason().trim() };
    this.missing.set(body.until === '' || body.reason === '');
    if (!this.missing()) this.chosen.emit(body);
  }

  /** The time was given. */
  clear(): void {
    this.open.set(false);
    this.until.set('');
    this.reason.set('');
  }
}
