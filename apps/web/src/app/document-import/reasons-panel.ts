import { afterNextRender, ChangeDetectionStrategy, Component, ElementRef, inject, input, output } from '@angular/core';
import type { KeepImportFindings, OpenFindingsView } from '@jiheng/contract';
import { dictionary } from '../words/dictionary';
import { Words } from '../words/words';

const reasonsWords = dictionary(
  {
    title: '采纳全部之前，还有 {n} 类提醒没有说明', text: '同类提醒只问一次，理由用于各表中的全部同类提醒，会随草稿保留、供审核人查看。不填的不作说明，送审前仍可逐条说明或修改。', where: '{tables} 张表，共 {count} 处', example: '例：{sentence}',
    reason: '“{code}”的保留理由', go: '采纳全部（{n} 张）', cancel: '先不采纳',
  },
  {
    title: 'Before all are accepted: {n} kinds of warnings have no reason yet', text: 'Each kind is asked once; the reason holds for all of that kind in all tables, stays with the drafts and is read by the reviewer. What is left blank may still be explained or mended before the drafts are handed on.', where: '{count} in {tables} tables', example: 'Such as: {sentence}',
    reason: 'Reason for “{code}”', go: 'Accept all ({n})', cancel: 'Not yet',
  },
);

/** What a person is asked once before all tables are accepted: a reason for each kind of warning that has none. Enter accepts, Escape goes back. */
@Component({
  selector: 'jh-reasons-panel',
  template: `
    <form class="jh-notice jh-notice-warning reasons" aria-labelledby="reasons" (submit)="$event.preventDefault(); send()" (keydown.escape)="cancelled.emit()">
      <h3 id="reasons">{{ t('title', { n: open().findings.length }) }}</h3>
      <p>{{ t('text') }}</p>
      <ul>
        @for (one of open().findings; track one.code) {
          <li><label><b>{{ one.code }}</b><span class="jh-soft"> · {{ t('where', { tables: one.tables, count: one.count }) }}</span><br>{{ t('example', { sentence: pick(one) }) }}
            <input class="jh-input" maxlength="200" autocomplete="off" [attr.data-code]="one.code" [attr.aria-label]="t('reason', { code: one.code })"></label></li>
        }
      </ul>
      <div class="jh-actions"><button type="submit" class="jh-button jh-button-primary" data-act="accept-all-yes" [disabled]="busy()">{{ t('go', { n: tables() }) }}</button>
        <button type="button" class="jh-button" (click)="cancelled.emit()">{{ t('cancel') }}</button></div>
    </form>
  `,
  styles: `h3 { margin: 0 0 4px; font-size: 14px; } p { margin: 0 0 6px; } ul { list-style: none; margin: 0 0 8px; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 440px), 1fr)); gap: 8px 20px; } label { display: block; font-size: 13px; overflow-wrap: anywhere; } .jh-input { display: block; width: 100%; max-width: 560px; margin-top: 4px; }`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ReasonsPanel {
  readonly open = input.required<OpenFindingsView>();
  /** Tables that will be accepted. */
  readonly tables = input.required<number>();
  readonly busy = input(false);
  /** Those that were written; blank ones are left out. */
  readonly reasoned = output<KeepImportFindings['reasons']>();
  readonly cancelled = output<void>();

  private readonly words = inject(Words);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly t = this.words.of(reasonsWords);

  constructor() {
    afterNextRender(() => this.host.nativeElement.querySelector('input')?.focus());
  }

  protected pick(said: { readonly zh: string; readonly en: string }): string { return this.words.pick(said); }

  protected send(): void {
    const boxes = [...this.host.nativeElement.querySelectorAll<HTMLInputElement>('input[data-code]')];
    this.reasoned.emit(boxes.map((box) => ({ code: box.dataset['code'] ?? '', reason: box.value.trim() })).filter((one) => one.reason !== ''));
  }
}
