import { ChangeDetectionStrategy, Component, ElementRef, Injector, afterNextRender, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { BindingsView } from '@jiheng/contract';
import type { Problem } from '../api/problem';
import { RefusalNote } from '../ui/refusal/refusal';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import { deleteSourceWords } from './delete-source-words';

/** 删除来源, asked once more in place with what goes along; the way back has the focus. One that has brought values says why it stays, and what to do instead. */
@Component({
  selector: 'jh-delete-source',
  imports: [RouterLink, RefusalNote],
  template: `
    <section class="jh-card" aria-labelledby="delete-source">
      <h2 id="delete-source" class="jh-card-head">{{ t('title') }}</h2>
      <div class="jh-card-body body">
        @if (goesWith() !== null) {
          @if (asking()) {
            <div class="jh-notice jh-notice-warning" role="group" aria-labelledby="delete-ask">
              <h3 id="delete-ask">{{ t('ask', { name: name() }) }}</h3>
              <p>{{ consequences() }}</p>
              <div class="jh-actions">
                <button type="button" class="jh-button jh-button-danger" data-delete [attr.aria-disabled]="busy() ? 'true' : null" (click)="confirm()">{{ busy() ? t('deleting') : t('title') }}</button>
                <button #back type="button" class="jh-button" (click)="leave()">{{ common('cancel') }}</button>
              </div>
            </div>
          } @else {
            <p class="jh-hint">{{ t('lead') }}</p>
            <div class="jh-actions"><button #begin type="button" class="jh-button" (click)="ask()">{{ t('begin') }}</button></div>
          }
        } @else { <p>{{ t('stays') }} <a routerLink="/sources" [fragment]="'source-' + sourceId()">{{ t('toSwitch') }}</a></p> }
        <jh-refusal [problem]="problem()" />
      </div>
    </section>
  `,
  styles: '.body { display: grid; gap: 12px; } h3 { margin: 0 0 4px; font-size: 15px; } .jh-notice p { margin: 0 0 10px; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DeleteSource {
  readonly sourceId = input.required<string>();
  readonly name = input.required<string>();
  readonly goesWith = input.required<BindingsView['goesWith']>();
  readonly busy = input(false);
  readonly problem = input<Problem | null>(null);
  readonly confirmed = output<void>();

  private readonly words = inject(Words);
  private readonly injector = inject(Injector);
  private readonly back = viewChild<ElementRef<HTMLButtonElement>>('back');
  private readonly begin = viewChild<ElementRef<HTMLButtonElement>>('begin');
  protected readonly t = this.words.of(deleteSourceWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly asking = signal(false);
  /** What goes with it, what becomes of a pull that is under way, and that nothing of it comes back. */
  protected readonly consequences = computed(() => {
    const gone = this.goesWith();
    if (gone === null) return '';
    const [comma, blank] = this.words.language() === 'zh' ? ['、', ''] : [', ', ' '];
    const counted = (['bindings', 'secrets', 'pulls'] as const).filter((one) => gone[one] > 0).map((one) => this.t(one, { n: gone[one] }));
    const along = [...counted, ...(gone.hasSchedule ? [this.t('schedule')] : [])].join(comma);
    return [along === '' ? '' : this.t('along', { what: along }), gone.isUnderWay ? this.t('underWay') : '', this.t('final')].filter((sentence) => sentence !== '').join(blank);
  });

  protected ask(): void {
    this.asking.set(true);
    afterNextRender(() => this.back()?.nativeElement.focus(), { injector: this.injector });
  }

  protected leave(): void {
    this.asking.set(false);
    afterNextRender(() => this.begin()?.nativeElement.focus(), { injector: this.injector });
  }

  protected confirm(): void {
    if (!this.busy()) this.confirmed.emit();
  }
}
