import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NARROWEST, PaneDivider, WIDEST } from './pane-divider';

@Component({ imports: [PaneDivider], template: '<div class="room"><jh-pane-divider [share]="share()" [usual]="40" label="调整宽度" (moved)="share.set($event)" /></div>' })
class Host {
  readonly share = signal(40);
}

async function open() {
  const fixture = TestBed.createComponent(Host);
  await fixture.whenStable();
  const page = fixture.nativeElement as HTMLElement;
  const line = page.querySelector<HTMLElement>('jh-pane-divider')!;
  page.querySelector('.room')!.getBoundingClientRect = () => ({ left: 200, width: 1000 }) as DOMRect;
  const at = async (event: Event) => { line.dispatchEvent(event); await fixture.whenStable(); return fixture.componentInstance.share(); };
  const key = (name: string, held: KeyboardEventInit = {}) => at(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...held }));
  // jsdom has no PointerEvent of its own everywhere; a mouse event of that name carries what is read.
  const pointer = (name: string, clientX: number, button = 0) => at(new MouseEvent(name, { clientX, button, bubbles: true, cancelable: true }));
  return { line, key, pointer, at };
}

describe('the line between the panes', () => {
  it('says what it is and how wide the left pane is', async () => {
    const { line } = await open();
    expect([line.getAttribute('role'), line.getAttribute('aria-orientation'), line.getAttribute('aria-valuenow'), line.getAttribute('aria-valuemin'), line.getAttribute('aria-valuemax'), line.getAttribute('aria-label'), line.tabIndex])
      .toEqual(['separator', 'vertical', '40', String(NARROWEST), String(WIDEST), '调整宽度', 0]);
  });
  it('is moved from the keyboard, in small and large steps, and never beyond its ends', async () => {
    const { key } = await open();
    expect(await key('ArrowRight')).toBe(42);
    expect(await key('ArrowLeft', { shiftKey: true })).toBe(32);
    expect(await key('End')).toBe(WIDEST);
    expect(await key('ArrowRight')).toBe(WIDEST);
    expect(await key('Home')).toBe(NARROWEST);
    expect(await key('ArrowLeft')).toBe(NARROWEST);
    expect(await key('Enter')).toBe(40);
    expect(await key('a')).toBe(40);
  });
  it('is drawn with the mouse while it is held, and not before or after', async () => {
    const { pointer, at } = await open();
    expect(await pointer('pointermove', 500)).toBe(40);
    await pointer('pointerdown', 600, 2);
    expect(await pointer('pointermove', 500)).toBe(40);
    await pointer('pointerdown', 600);
    expect(await pointer('pointermove', 500)).toBe(30);
    expect(await pointer('pointermove', 5000)).toBe(WIDEST);
    await pointer('pointerup', 5000);
    expect(await pointer('pointermove', 500)).toBe(WIDEST);
    expect(await at(new MouseEvent('dblclick', { bubbles: true }))).toBe(40);
  });
});
