import { ChangeDetectionStrategy, Component, type ElementRef, afterNextRender, inject, input, output, signal, viewChild } from '@angular/core';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import { editorWords } from './editor-words';

/** 目标调整 begins with its reason: the history of the new version opens with it. */
@Component({
  selector: 'jh-adjustment-form',
  template: `
    <form class="jh-card" (submit)="$event.preventDefault(); confirm()" [attr.aria-busy]="busy()">
      <h2 class="jh-card-head">{{ t('adjustTitle') }}</h2>
      <div class="jh-card-body">
        <p class="jh-hint">{{ t('adjustHint') }}</p>
        <div class="jh-field">
          <label for="adjust-reason">{{ t('adjustReason') }}</label>
          <textarea #box id="adjust-reason" class="jh-input" maxlength="4000" rows="3" [value]="reason()" [attr.aria-invalid]="missing()" aria-describedby="adjust-reason-error" (input)="write(box.value)"></textarea>
          <p class="jh-field-error" id="adjust-reason-error" aria-live="polite">{{ missing() ? t('adjustReasonMissing') : '' }}</p>
        </div>
        <div class="jh-actions"><button type="submit" class="jh-button jh-button-primary" [disabled]="busy()">{{ busy() ? t('adjusting') : t('adjustConfirm') }}</button><button type="button" class="jh-button" (click)="closed.emit()">{{ common('cancel') }}</button></div>
      </div>
    </form>
  `,
  styles: '.jh-card-body { display: grid; gap: 12px; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AdjustmentForm {
  readonly busy = input(false);
  readonly adjusted = output<string>();
  readonly closed = output<void>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(editorWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly reason = signal('');
  protected readonly missing = signal(false);
  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');

  constructor() {
    afterNextRender(() => this.box().nativeElement.focus());
  }

  protected write(text: string): void {
    this.reason.set(text);
    if (text.trim()) this.missing.set(false);
  }

  protected confirm(): void {
    if (this.reason().trim() === '') {
      this.missing.set(true);
      this.box().nativeElement.focus();
      return;
    }
    this.adjusted.emit(this.reason().trim());
  }
}
