import { ChangeDetectionStrategy, Component, effect, ElementRef, inject, input, output, untracked } from '@angular/core';
import type { Drawing, PageDrawer } from './page-drawer';

/** A page that only passes by while a person scrolls is not drawn, ms. */
const REST_MS = 90;
/** Pixels of one canvas at most: some browsers draw nothing on larger ones, and a phone has little memory. */
const MOST_PIXELS = 12_000_000;

/** One page drawn as it is printed. Drawn anew when its size changes; the old picture stays, stretched, until the new one is there. */
@Component({
  selector: 'jh-printed-page',
  template: '',
  styles: ':host { position: absolute; inset: 0; } :host ::ng-deep canvas { display: block; inline-size: 100%; block-size: 100%; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
})
export class PrintedPage {
  readonly drawer = input.required<PageDrawer>();
  /** 1-based. */
  readonly page = input.required<number>();
  /** Points. */
  readonly width = input.required<number>();
  readonly height = input.required<number>();
  /** Pixels of the window a point takes. */
  readonly scale = input.required<number>();
  /** The picture stands there, or it is known that there will be none. */
  readonly drawn = output<boolean>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  constructor() {
    effect((onCleanup) => {
      const [drawer, page, scale] = [this.drawer(), this.page(), this.scale()];
      let drawing: Drawing | null = null;
      // A page that comes into sight again has no picture yet; one that only changes its size keeps the old one.
      if (this.host.nativeElement.firstChild === null) untracked(() => this.drawn.emit(false));
      const timer = setTimeout(() => { drawing = untracked(() => this.draw(drawer, page, scale)); }, REST_MS);
      onCleanup(() => { clearTimeout(timer); drawing?.cancel(); });
    });
  }

  private draw(drawer: PageDrawer, page: number, scale: number): Drawing {
    const canvas = document.createElement('canvas');
    const dense = scale * (globalThis.devicePixelRatio || 1);
    const drawing = drawer.draw(page, canvas, Math.min(dense, Math.sqrt(MOST_PIXELS / (this.width() * this.height()))));
    let isOver = false;
    void drawing.done.then((isDrawn) => {
      if (isOver) return;
      if (isDrawn) this.host.nativeElement.replaceChildren(canvas);
      this.drawn.emit(this.host.nativeElement.firstChild !== null);
    });
    return { done: drawing.done, cancel: () => { isOver = true; drawing.cancel(); } };
  }
}
