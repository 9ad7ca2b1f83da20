import { afterNextRender, ChangeDetectionStrategy, Component, computed, effect, ElementRef, inject, Injector, input, output, signal, untracked } from '@angular/core';
import type { StagedPlace } from '@jiheng/domain';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import { SourceChunkView } from './source-chunk-view';
import type { SourceChunkPlace, SourceModel } from './source-model';
import { placeKey } from './staging-model';
import { stagingWords } from './staging-words';

/** Guesses of what a line takes up before it was drawn, in pixels: the scrollbar then hardly jumps. */
const LINE_PX = 22;
const ROW_PX = 29;
/** Pieces this far outside of the window are drawn ahead. */
const AHEAD = '600px';

/** 原件: only what is near the window is fetched and drawn, however long the document is. */
@Component({
  selector: 'jh-source-pane',
  imports: [RefusalNote, SourceChunkView],
  template: `
    @if (model().parts().length > 1) {
      <div class="parts"><label>{{ t('sheet') }} <select #box class="jh-input" (change)="model().part.set(+box.value)">
        @for (part of model().parts(); track part.at) { <option [value]="part.at" [selected]="part.at === shown()?.at">{{ part.sheet ?? part.at + 1 }}</option> }
      </select></label></div>
    }
    <div class="scroller" tabindex="0" role="region" [attr.aria-label]="t('source')">
      <jh-refusal [problem]="model().load.problem()" [retryable]="true" (retry)="model().read()" />
      @for (piece of pieces(); track piece.key) {
        <div class="chunk" [attr.data-chunk]="piece.key" [style.min-block-size]="heightOf(piece.chunk)">
          @if (near().has(piece.key) && model().linesOf(piece.part, piece.chunk.at); as lines) {
            @if (piece.chunk.page !== null) { <p class="page">{{ t('page', { n: piece.chunk.page }) }}</p> }
            <jh-source-chunk [part]="piece.part" [lines]="lines" [page]="pageOf(piece.chunk)" [sheet]="isGrid()" [known]="known()" [marked]="markedKeys()" (choose)="choose.emit($event)" />
          } @else { <p class="waiting">{{ piece.chunk.page === null ? t('lines', { from: piece.chunk.first, to: piece.chunk.last }) : t('page', { n: piece.chunk.page }) }}</p> }
        </div>
      } @empty { @if (!model().load.first()) { <p class="waiting">{{ t('sourceEmpty') }}</p> } }
    </div>
  `,
  styles: `
    :host { display: grid; grid-template-rows: auto minmax(0, 1fr); min-height: 0; }
    .parts { padding: 8px 12px; border-bottom: 1px solid var(--jh-line); } .parts .jh-input { width: auto; min-height: 32px; }
    .scroller { grid-row: 2; overflow: auto; padding: 12px; background: #eef1f5; }
    .scroller:focus-visible { outline: 2px solid var(--jh-focus); outline-offset: -2px; }
    .page, .waiting { margin: 0 0 6px; color: var(--jh-ink-soft); font-size: 12px; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SourcePane {
  readonly model = input.required<SourceModel>();
  /** Places to be marked; the first is brought into sight whenever they change. */
  readonly marked = input<readonly StagedPlace[]>([]);
  readonly known = input<{ has(key: string): boolean }>(new Set<string>());
  /** A text whose lines are shown with their numbers, not a grid of cells. */
  readonly running = input(false);
  readonly choose = output<string>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  protected readonly t = inject(Words).of(stagingWords);
  protected readonly shown = computed(() => this.model().shown());
  protected readonly pieces = computed(() => { const part = this.shown(); return part === null ? [] : part.chunks.map((chunk) => ({ key: `${part.at}/${chunk.at}`, part: part.at, chunk })); });
  protected readonly near = signal<ReadonlySet<string>>(new Set());
  protected readonly markedKeys = computed(() => new Set(this.marked().map(placeKey)));
  protected readonly isGrid = computed(() => { const part = this.shown(); return part !== null && part.pages === null && !this.running(); });
  private observer: IntersectionObserver | null = null;

  constructor() {
    // Pieces are watched anew whenever another part is shown.
    effect((onCleanup) => {
      const part = this.shown();
      if (part === null) return;
      afterNextRender(() => this.watch(), { injector: this.injector });
      onCleanup(() => this.observer?.disconnect());
    });
    effect(() => {
      const [first] = this.marked();
      if (first !== undefined) untracked(() => void this.bring(first));
    });
  }

  protected pageOf(chunk: SourceChunkPlace): { width: number; height: number } | null {
    return chunk.page === null ? null : this.shown()?.pages?.[chunk.page - 1] ?? null;
  }

  protected heightOf(chunk: SourceChunkPlace): string {
    const page = this.pageOf(chunk);
    return page === null ? `${chunk.lines * (this.isGrid() ? ROW_PX : LINE_PX)}px` : 'auto';
  }

  private watch(): void {
    const chunks = [...this.host.nativeElement.querySelectorAll<HTMLElement>('[data-chunk]')];
    const draw = (key: string, isNear: boolean): void => {
      const [part = 0, chunk = 0] = key.split('/').map(Number);
      if (isNear) void this.model().need(part, chunk);
      this.near.update((near) => { const next = new Set(near); if (isNear) next.add(key); else next.delete(key); return next; });
    };
    if (typeof IntersectionObserver === 'undefined') {
      for (const chunk of chunks) draw(chunk.dataset['chunk'] ?? '', true);
      return;
    }
    this.observer = new IntersectionObserver((entries) => { for (const entry of entries) draw((entry.target as HTMLElement).dataset['chunk'] ?? '', entry.isIntersecting); },
      { root: this.host.nativeElement.querySelector('.scroller'), rootMargin: AHEAD });
    for (const chunk of chunks) this.observer.observe(chunk);
  }

  /** Fetches the piece a place lies in and moves it into sight, inside this pane only. */
  private async bring(place: StagedPlace): Promise<void> {
    const chunk = this.model().chunkOf(place);
    if (chunk === null) return;
    this.model().part.set(place.part);
    await this.model().need(place.part, chunk.at);
    this.near.update((near) => new Set(near).add(`${place.part}/${chunk.at}`));
    afterNextRender(() => {
      const scroller = this.host.nativeElement.querySelector<HTMLElement>('.scroller');
      const target = scroller?.querySelector<HTMLElement>(`[data-place="${placeKey(place)}"]`) ?? scroller?.querySelector<HTMLElement>(`[data-chunk="${place.part}/${chunk.at}"]`);
      if (scroller == null || target == null) return;
      const [outer, inner] = [scroller.getBoundingClientRect(), target.getBoundingClientRect()];
      const isSeen = inner.top >= outer.top && inner.bottom <= outer.bottom && inner.left >= outer.left && inner.left <= outer.right;
      if (!isSeen) scroller.scrollTo?.({ top: scroller.scrollTop + inner.top - outer.top - outer.height / 3, left: Math.max(0, scroller.scrollLeft + inner.left - outer.left - 80) });
    }, { injector: this.injector });
  }
}
