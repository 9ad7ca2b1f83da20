import { ChangeDetectionStrategy, Component, type ElementRef, afterNextRender, inject, input, output, viewChild } from '@angular/core';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import { tableWords } from './table-words';

/** 删除草稿, asked once more in place: what is gone does not come back. The way back has the focus. */
@Component({
  selector: 'jh-discard-draft',
  template: `
    <section class="jh-notice jh-notice-warning" role="group" aria-labelledby="discard-title">
      <h2 id="discard-title">{{ t('discardAsk', { title: title(), n: version() }) }}</h2>
      <p>{{ version() > 1 ? t('discardAdjustment') : t('discardFirst') }}</p>
      <div class="jh-actions"><button type="button" class="jh-button jh-button-danger" data-discard [disabled]="busy()" (click)="confirmed.emit()">{{ busy() ? t('discarding') : t('discardConfirm') }}</button><button #back type="button" class="jh-button" (click)="closed.emit()">{{ common('cancel') }}</button></div>
    </section>
  `,
  styles: 'h2 { margin: 0 0 4px; font-size: 15px; } p { margin: 0 0 10px; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DiscardDraft {
  readonly title = input.required<string>();
  readonly version = input.required<number>();
  readonly busy = input(false);
  readonly confirmed = output<void>();
  readonly closed = output<void>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(tableWords);
  protected readonly common = this.words.of(commonWords);
  private readonly back = viewChild.required<ElementRef<HTMLButtonElement>>('back');

  constructor() {
    afterNextRender(() => this.back().nativeElement.focus());
  }
}
