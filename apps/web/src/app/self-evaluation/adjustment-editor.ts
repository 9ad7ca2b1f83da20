import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { checkAdjustment, normalizeText, sayRefusal } from '@jiheng/domain';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import type { EvaluationRow } from './evaluation-row';
import { evaluationWords } from './evaluation-words';
import type { AdjustmentText } from './row-parts';

let count = 0;

/** 人工调整得分: other points with their reason beside the computed ones, which stay. */
@Component({
  selector: 'jh-adjustment-editor',
  template: `
    @if (row().standing(); as standing) {
      <p><b>{{ standing.points }}</b> <span class="jh-soft">{{ t('computedWas', { points: row().computedPoints() ?? '—' }) }}</span></p>
      <p class="reason">{{ said() || standing.reason }}</p>
    }
    @if (editable()) {
      @if (row().adjusting(); as draft) {
        <p class="jh-hint">{{ t('adjustHint') }}</p>
        <div class="fields">
          <div class="jh-field"><label [for]="name + '-points'">{{ t('adjustPoints') }}</label><input class="jh-input number" inputmode="decimal" maxlength="12" [id]="name + '-points'" [value]="draft.points" [placeholder]="row().computedPoints() ?? ''" [attr.aria-invalid]="problem() !== null" (input)="change({ points: textOf($event) })" /></div>
          <div class="jh-field why"><label [for]="name + '-why'">{{ t('adjustWhy') }}</label><textarea class="jh-input" rows="2" maxlength="4000" [id]="name + '-why'" [value]="draft.reason" [placeholder]="t('adjustWhyHint')" (input)="change({ reason: textOf($event) })"></textarea></div>
        </div>
        @if (problem(); as sentence) { <p class="jh-field-error" role="alert">{{ sentence }}</p> }
        <div class="jh-actions">
          <button type="button" class="jh-button jh-button-small jh-button-primary" (click)="put()">{{ t('adjustPut') }}</button>
          <button type="button" class="jh-button jh-button-small" (click)="close()">{{ t('close') }}</button>
        </div>
      } @else {
        <div class="jh-actions">
          <button type="button" class="jh-button jh-button-small" (click)="open()">{{ t('adjustOpen') }}</button>
          @if (row().standing()) { <button type="button" class="jh-button jh-button-small" (click)="row().takeBack()">{{ t('adjustReally', { points: row().computedPoints() ?? '—' }) }}</button> }
        </div>
      }
    }
  `,
  styles: `
    :host { display: grid; gap: 8px; } b { font-size: 18px; color: var(--jh-primary-deep); }
    .reason { white-space: pre-line; font-size: 13px; }
    .fields { display: grid; grid-template-columns: 120px minmax(0, 1fr); gap: 12px; } .number { text-align: end; }
    textarea.jh-input { min-height: 56px; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AdjustmentEditor {
  readonly row = input.required<EvaluationRow>();
  readonly editable = input.required<boolean>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(evaluationWords);
  protected readonly name = `jh-adjust-${++count}`;
  private readonly tried = signal(false);
  private readonly checked = computed(() => {
    const draft = this.row().adjusting();
    return draft === null ? null : checkAdjustment(this.row().indicator, { points: normalizeText(draft.points).trim(), reason: draft.reason });
  });
  /** Said once somebody tried to put it, not while the first letter is typed. */
  protected readonly problem = computed(() => {
    const checked = this.checked();
    return this.tried() && checked !== null && !checked.ok ? sayRefusal(checked.refusal, this.words.language()) : null;
  });
  protected readonly said = computed(() => {
    const { adjustment } = this.row().server();
    return adjustment === null || this.row().adjustment() !== undefined ? '' : this.t('adjustedBy', { by: adjustment.by, at: sayMoment(adjustment.at, this.words.language()), reason: adjustment.reason });
  });

  protected open(): void {
    this.tried.set(false);
    this.row().draftAdjustment(this.row().standing() ?? { points: '', reason: '' });
  }
  protected close(): void {
    this.row().draftAdjustment(null);
  }
  protected change(part: Partial<AdjustmentText>): void {
    const draft = this.row().adjusting();
    if (draft !== null) this.row().draftAdjustment({ ...draft, ...part });
  }
  protected put(): void {
    this.tried.set(true);
    const checked = this.checked();
    if (checked?.ok) this.row().adjust(checked.value);
  }
  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement | HTMLTextAreaElement).value;
  }
}
