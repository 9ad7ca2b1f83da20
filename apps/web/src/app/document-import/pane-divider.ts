import { ChangeDetectionStrategy, Component, ElementRef, inject, input, output } from '@angular/core';

/** Per cent of the width that the pane on the left may have. */
export const NARROWEST = 22;
export const WIDEST = 72;
const STEP = 2;
const LEAP = 10;

/** The line between two panes: drawn with the mouse or the finger, moved with the arrow keys, put back by a double click or Enter. */
@Component({
  selector: 'jh-pane-divider',
  template: '<i></i>',
  styles: `
    :host { display: flex; align-items: center; justify-content: center; cursor: col-resize; touch-action: none; border-radius: 4px; }
    i { inline-size: 4px; block-size: 44px; border-radius: 2px; background: var(--jh-line-strong); }
    :host(:hover) i, :host(.moving) i { background: var(--jh-primary); } :host(:hover), :host(.moving) { background: var(--jh-primary-tint); }
    :host(:focus-visible) { outline: 2px solid var(--jh-focus); outline-offset: -2px; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    role: 'separator', tabindex: '0', 'aria-orientation': 'vertical', '[attr.aria-valuemin]': 'least', '[attr.aria-valuemax]': 'most', '[attr.aria-valuenow]': 'share()', '[attr.aria-label]': 'label()', '[attr.title]': 'label()',
    '(keydown)': 'key($event)', '(pointerdown)': 'take($event)', '(pointermove)': 'drag($event)', '(pointerup)': 'release($event)', '(pointercancel)': 'release($event)', '(dblclick)': 'moved.emit(usual())', '[class.moving]': 'isHeld',
  },
})
export class PaneDivider {
  /** Per cent of the width the pane on the left has. */
  readonly share = input.required<number>();
  readonly usual = input.required<number>();
  readonly label = input.required<string>();
  readonly moved = output<number>();

  protected readonly least = NARROWEST;
  protected readonly most = WIDEST;
  protected isHeld = false;
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  protected key(event: KeyboardEvent): void {
    const share = this.share();
    const step = event.shiftKey ? LEAP : STEP;
    const to = { ArrowLeft: share - step, ArrowRight: share + step, Home: NARROWEST, End: WIDEST, Enter: this.usual() }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.move(to);
  }

  protected take(event: PointerEvent): void {
    if (event.button !== 0) return;
    // No text is selected while the line is drawn.
    event.preventDefault();
    this.isHeld = true;
    this.host.nativeElement.focus();
    this.host.nativeElement.setPointerCapture?.(event.pointerId);
  }

  protected drag(event: PointerEvent): void {
    const room = this.host.nativeElement.parentElement?.getBoundingClientRect();
    if (!this.isHeld || room === undefined || room.width === 0) return;
    this.move(((event.clientX - room.left) / room.width) * 100);
  }

  protected release(event: PointerEvent): void {
    this.isHeld = false;
    this.host.nativeElement.releasePointerCapture?.(event.pointerId);
  }

  private move(to: number): void {
    const share = Math.round(Math.min(WIDEST, Math.max(NARROWEST, to)) * 10) / 10;
    if (share !== this.share()) this.moved.emit(share);
  }
}
