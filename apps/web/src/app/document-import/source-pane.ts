import { afterNextRender, ChangeDetectionStrategy, Component, computed, DestroyRef, effect, ElementRef, inject, Injector, input, linkedSignal, output, signal, untracked } from '@angular/core';
import type { StagedPlace } from '@jiheng/domain';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import { keepChoice, keptChoice } from './kept-choice';
import { PrintedPage } from './printed-page';
import type { PrintedPages } from './printed-pages';
import { SourceChunkView } from './source-chunk-view';
import type { SourceModel, SourcePiece } from './source-model';
import { placeKey } from './staging-model';
import { stagingWords } from './staging-words';
import { isZoom, nextZoom, scaleOfPage, scaleOfText, type Zoom, ZOOM_STEPS } from './zoom';

/** Guesses of what a line takes up before it was drawn, in pixels: the scrollbar then hardly jumps. */
const LINE_PX = 22;
const ROW_PX = 29;
/** Pieces this far outside of the window are drawn ahead. */
const AHEAD = '600px';
/** What the pane takes from the room of a page: its padding, the frame of the page, a scrollbar. Pixels. */
const AROUND_PX = 42;
/** A pane that is being made wider or narrower draws its pages anew when it rests, ms. */
const REST_MS = 120;

/** 原件: only what is near the window is fetched and drawn, however long the document is. */
@Component({
  selector: 'jh-source-pane',
  imports: [PrintedPage, RefusalNote, SourceChunkView],
  template: `
    <div class="head">
      <h2>{{ t('source') }}</h2>
      @if (model().parts().length === 1) { <p class="hint">{{ t('sourceHint') }}</p> }
      @if (model().parts().length > 1) {
        <label class="sheet"><span>{{ t('sheet') }}</span> <select #box class="jh-input" (change)="model().part.set(+box.value)">
          @for (part of model().parts(); track part.at) { <option [value]="part.at" [selected]="part.at === shown()?.at">{{ part.sheet ?? part.at + 1 }}</option> }
        </select></label>
      }
      <div class="zoom" role="group" [attr.aria-label]="t('zoom')">
        <button type="button" class="jh-button jh-button-small" data-act="zoom-out" [attr.aria-label]="t('zoomOut')" [title]="t('zoomOut')" (click)="step('out')">−</button>
        <select #size class="jh-input" data-act="zoom" [attr.aria-label]="t('zoom')" (change)="choose(size.value)">
          <option value="auto" [selected]="zoom() === 'auto'">{{ t('zoomAuto') }}</option>
          @if (isPaged()) { <option value="fit" [selected]="zoom() === 'fit'">{{ t('zoomFit') }}</option> }
          @for (one of steps; track one) { <option [value]="one" [selected]="zoom() === one">{{ one }}%</option> }
        </select>
        <button type="button" class="jh-button jh-button-small" data-act="zoom-in" [attr.aria-label]="t('zoomIn')" [title]="t('zoomIn')" (click)="step('in')">+</button>
      </div>
    </div>
    @if (isPaged() && printed()?.failed()) { <p class="note" role="status">{{ t('notPrinted') }}</p> }
    <div class="scroller" tabindex="0" role="region" [attr.aria-label]="t('source')" [style.--zoom]="textScale()" (wheel)="wheel($event)">
      <jh-refusal [problem]="model().load.problem()" [retryable]="true" (retry)="model().read()" />
      @for (piece of model().pieces(); track piece.key) {
        <div class="chunk" [attr.data-chunk]="piece.key" [style.min-block-size]="heightOf(piece)">
          @if (piece.page !== null) { <p class="page">{{ t('page', { n: piece.page }) }}</p> }
          @if (piece.size; as paper) {
            <div class="leaf" [style.inline-size.px]="paper.width * scaleOf(piece)" [style.aspect-ratio]="paper.width + ' / ' + paper.height" [attr.data-printed]="near().has(piece.key) && drawnPages().has(piece.key)">
              @if (near().has(piece.key)) {
                @if (printed()?.drawer(); as drawer) {
                  @if (piece.page; as number) { @if (number <= drawer.pages) { <jh-printed-page [drawer]="drawer" [page]="number" [width]="paper.width" [height]="paper.height" [scale]="scaleOf(piece)" (drawn)="keepDrawn(piece.key, $event)" /> } }
                }
                @if (model().linesOf(piece); as lines) { <jh-source-chunk [part]="piece.part" [lines]="lines" [page]="paper" [printed]="drawnPages().has(piece.key)" [known]="known()" [marked]="markedKeys()" (choose)="choosePlace.emit($event)" /> }
              }
            </div>
          } @else if (near().has(piece.key) && model().linesOf(piece); as lines) {
            <jh-source-chunk [part]="piece.part" [lines]="lines" [sheet]="isGrid()" [known]="known()" [marked]="markedKeys()" (choose)="choosePlace.emit($event)" />
          } @else { @for (chunk of piece.chunks; track chunk.at) { <p class="waiting">{{ t('lines', { from: chunk.first, to: chunk.last }) }}</p> } }
        </div>
      } @empty { @if (!model().load.first()) { <p class="waiting">{{ t('sourceEmpty') }}</p> } }
    </div>
  `,
  styles: `
    :host { display: grid; grid-template-rows: auto auto minmax(0, 1fr); min-height: 0; min-width: 0; }
    .head { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: center; padding: 7px 12px; border-bottom: 1px solid var(--jh-line); } .head h2 { font-size: 15px; } .hint { flex: 1 1 120px; margin: 0; color: var(--jh-ink-soft); font-size: 12px; line-height: 1.35; }
    .head .jh-input { width: auto; min-height: 30px; padding: 2px 6px; font-size: 13px; } .sheet { display: flex; gap: 6px; align-items: center; font-size: 13px; color: var(--jh-ink-soft); min-width: 0; } .sheet .jh-input { max-width: 180px; color: var(--jh-ink); }
    .zoom { display: flex; gap: 4px; margin-inline-start: auto; } .zoom button { min-width: 30px; padding-inline: 0; font-size: 16px; line-height: 1; }
    .note { margin: 0; padding: 6px 12px; background: var(--jh-warning-tint); color: #6f4800; font-size: 12.5px; }
    .scroller { grid-row: 3; overflow: auto; scrollbar-gutter: stable; padding: 12px; background: #eef1f5; }
    .scroller:focus-visible { outline: 2px solid var(--jh-focus); outline-offset: -2px; }
    .page, .waiting { margin: 0 0 6px; color: var(--jh-ink-soft); font-size: 12px; }
    @media (max-width: 1080px) { .hint { display: none; } }
    .leaf { position: relative; margin: 0 auto 12px; background: #fff; outline: 1px solid var(--jh-line-strong); box-shadow: var(--jh-shadow); }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SourcePane {
  readonly model = input.required<SourceModel>();
  /** The pages as they are printed; null: drawn from the places of their texts. */
  readonly printed = input<PrintedPages | null>(null);
  /** Places to be marked; the first is brought into sight whenever they change. */
  readonly marked = input<readonly StagedPlace[]>([]);
  /** Where what a person looks at begins: brought into sight when it changes and nothing is marked. */
  readonly start = input<StagedPlace | null>(null);
  readonly known = input<{ has(key: string): boolean }>(new Set<string>());
  /** A text whose lines are shown with their numbers, not a grid of cells. */
  readonly running = input(false);
  readonly choosePlace = output<string>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  protected readonly t = inject(Words).of(stagingWords);
  protected readonly steps = ZOOM_STEPS;
  protected readonly shown = computed(() => this.model().shown());
  protected readonly isPaged = computed(() => this.shown()?.pages != null);
  protected readonly isGrid = computed(() => this.shown() !== null && !this.isPaged() && !this.running());
  protected readonly near = signal<ReadonlySet<string>>(new Set());
  protected readonly markedKeys = computed(() => new Set(this.marked().map(placeKey)));
  /** Pages whose picture stands there. Another document, another set. */
  protected readonly drawnPages = linkedSignal<unknown, ReadonlySet<string>>({ source: () => this.printed()?.drawer(), computation: () => new Set() });
  private readonly kept = signal<Zoom>(keptChoice<Zoom>('zoom', 'auto', isZoom));
  /** A sheet has no width to fit: it is shown as it can be read. */
  protected readonly zoom = computed<Zoom>(() => (this.kept() === 'fit' && !this.isPaged() ? 'auto' : this.kept()));
  protected readonly textScale = computed(() => (this.isPaged() ? 1 : scaleOfText(this.zoom())));
  /** Pixels a page may be wide. */
  private readonly room = signal(0);
  private observer: IntersectionObserver | null = null;

  constructor() {
    // Pieces are watched anew whenever another part is shown.
    effect((onCleanup) => {
      if (this.shown() === null) return;
      afterNextRender(() => this.watch(), { injector: this.injector });
      onCleanup(() => this.observer?.disconnect());
    });
    effect(() => {
      const [first] = this.marked();
      if (first !== undefined) untracked(() => void this.bring(first));
    });
    const begins = computed(() => { const start = this.start(); return start === null || this.model().parts().length === 0 ? null : placeKey(start); });
    effect(() => {
      if (begins() === null) return;
      const start = untracked(this.start);
      if (start !== null && untracked(this.marked).length === 0) void this.bring(start);
    });
    afterNextRender(() => this.measure());
  }

  /** Brings what is marked into sight again, or where the table begins: the pane was hidden meanwhile. */
  show(): void {
    const place = this.marked()[0] ?? this.start();
    if (place !== null) void this.bring(place);
  }

  protected scaleOf({ size }: SourcePiece): number {
    return size === null ? 1 : scaleOfPage(this.zoom(), size, this.room());
  }

  protected heightOf({ size, chunks }: SourcePiece): string {
    return size !== null ? 'auto' : `${chunks.reduce((lines, chunk) => lines + chunk.lines, 0) * (this.isGrid() ? ROW_PX : LINE_PX) * this.textScale()}px`;
  }

  protected keepDrawn(key: string, isDrawn: boolean): void {
    if (this.drawnPages().has(key) !== isDrawn) this.drawnPages.update((drawn) => { const next = new Set(drawn); if (isDrawn) next.add(key); else next.delete(key); return next; });
  }

  protected choose(text: string): void {
    const zoom = text === 'auto' || text === 'fit' ? text : Number(text);
    if (!isZoom(zoom)) return;
    this.keepMiddle();
    this.kept.set(zoom);
    keepChoice('zoom', zoom);
  }

  protected step(way: 'in' | 'out'): void {
    this.choose(String(nextZoom(this.zoom(), way, this.shown()?.pages?.[0] ?? null, this.room())));
  }

  /** As in every viewer: the wheel with Ctrl makes larger and smaller, and the browser's own zoom stays out of it. */
  protected wheel(event: WheelEvent): void {
    if (!event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    this.step(event.deltaY < 0 ? 'in' : 'out');
  }

  /** What stands in the middle stays there when all becomes larger or smaller. */
  private keepMiddle(): void {
    const scroller = this.host.nativeElement.querySelector<HTMLElement>('.scroller');
    if (scroller === null || scroller.scrollHeight === 0) return;
    const { clientHeight, clientWidth } = scroller;
    const [down, across] = [(scroller.scrollTop + clientHeight / 2) / scroller.scrollHeight, (scroller.scrollLeft + clientWidth / 2) / scroller.scrollWidth];
    afterNextRender(() => scroller.scrollTo?.({ top: down * scroller.scrollHeight - clientHeight / 2, left: across * scroller.scrollWidth - clientWidth / 2 }), { injector: this.injector });
  }

  private measure(): void {
    const scroller = this.host.nativeElement.querySelector<HTMLElement>('.scroller');
    if (scroller === null || typeof ResizeObserver === 'undefined') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      const room = Math.max(0, scroller.clientWidth - AROUND_PX);
      clearTimeout(timer);
      // The first measure at once: the pages are laid out by it.
      if (untracked(this.room) === 0) this.room.set(room);
      else timer = setTimeout(() => this.room.set(room), REST_MS);
    });
    observer.observe(scroller);
    this.injector.get(DestroyRef).onDestroy(() => { observer.disconnect(); clearTimeout(timer); });
  }

  private watch(): void {
    const pieces = new Map(this.model().pieces().map((piece) => [piece.key, piece]));
    const chunks = [...this.host.nativeElement.querySelectorAll<HTMLElement>('[data-chunk]')];
    const draw = (key: string, isNear: boolean): void => {
      const piece = pieces.get(key);
      if (piece === undefined) return;
      if (isNear) void this.model().need(piece);
      if (isNear && piece.page !== null) void this.printed()?.need();
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
    const piece = this.model().pieceOf(place);
    if (piece === null) return;
    this.model().part.set(place.part);
    await this.model().need(piece);
    this.near.update((near) => new Set(near).add(piece.key));
    afterNextRender(() => {
      const scroller = this.host.nativeElement.querySelector<HTMLElement>('.scroller');
      const target = scroller?.querySelector<HTMLElement>(`[data-place="${placeKey(place)}"]`) ?? scroller?.querySelector<HTMLElement>(`[data-chunk="${piece.key}"]`);
      if (scroller == null || target == null) return;
      const [outer, inner] = [scroller.getBoundingClientRect(), target.getBoundingClientRect()];
      const isSeen = inner.top >= outer.top && inner.bottom <= outer.bottom && inner.left >= outer.left && inner.left <= outer.right;
      if (!isSeen) scroller.scrollTo?.({ top: scroller.scrollTop + inner.top - outer.top - outer.height / 3, left: Math.max(0, scroller.scrollLeft + inner.left - outer.left - 80) });
    }, { injector: this.injector });
  }
}
