import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { PageDrawer } from './page-drawer';
import { PrintedPage } from './printed-page';

// The first story compiles the component: a busy machine takes its time.
jest.setTimeout(30_000);

@Component({
  imports: [PrintedPage],
  template: '@if (there()) { <jh-printed-page [drawer]="drawer" [page]="2" [width]="842" [height]="595" [scale]="scale()" (drawn)="said.push($event)" /> }',
})
class Host {
  readonly there = signal(true);
  readonly scale = signal(1);
  readonly said: boolean[] = [];
  readonly asked: { page: number; scale: number; finish: (isDrawn: boolean) => void; cancelled: boolean }[] = [];
  readonly drawer: PageDrawer = {
    pages: 3, close: () => undefined,
    draw: (page, _canvas, scale) => {
      const one = { page, scale, cancelled: false, finish: (_isDrawn: boolean): void => undefined };
      this.asked.push(one);
      return { done: new Promise((done) => { one.finish = done; }), cancel: () => { one.cancelled = true; } };
    },
  };
}

async function open() {
  const fixture = TestBed.createComponent(Host);
  await fixture.whenStable();
  const host = fixture.componentInstance;
  const until = async (holds: () => boolean) => { for (let turn = 0; turn < 150 && !holds(); turn += 1) { await new Promise((done) => setTimeout(done, 20)); await fixture.whenStable(); } };
  return { fixture, host, until, canvases: () => (fixture.nativeElement as HTMLElement).querySelectorAll('canvas').length };
}

describe('a page drawn as it is printed', () => {
  it('says that there is no picture until it stands there', async () => {
    const { host, until, canvases } = await open();
    await until(() => host.asked.length === 1);
    expect([host.asked[0]?.page, host.asked[0]?.scale, host.said, canvases()]).toEqual([2, 1, [false], 0]);
    host.asked[0]?.finish(true);
    await until(() => host.said.length === 2);
    expect([host.said, canvases()]).toEqual([[false, true], 1]);
  });
  it('keeps the old picture while it is drawn larger, and gives up what is no longer wanted', async () => {
    const { host, until, canvases } = await open();
    await until(() => host.asked.length === 1);
    host.asked[0]?.finish(true);
    await until(() => canvases() === 1);
    host.scale.set(1.5);
    await until(() => host.asked.length === 2);
    host.scale.set(2);
    await until(() => host.asked.length === 3);
    expect([host.asked[1]?.cancelled, canvases(), host.said]).toEqual([true, 1, [false, true]]);
    host.asked[1]?.finish(false);
    host.asked[2]?.finish(false);
    await until(() => host.said.length === 3);
    // The larger one could not be drawn: the old picture still stands there.
    expect([host.said.at(-1), canvases()]).toEqual([true, 1]);
  });
  it('draws nothing of a page that only passes by, and has no picture when it comes back', async () => {
    const { host, fixture, until, canvases } = await open();
    host.there.set(false);
    await fixture.whenStable();
    await new Promise((done) => setTimeout(done, 150));
    const passed = host.asked.length;
    host.there.set(true);
    await until(() => host.asked.length === passed + 1);
    expect([host.said.at(-1), canvases()]).toEqual([false, 0]);
  });
  it('never asks for more pixels than a browser draws', async () => {
    const { host, until } = await open();
    host.scale.set(40);
    await until(() => host.asked.some((one) => one.scale !== 1));
    const { scale } = host.asked.at(-1) ?? { scale: 0 };
    expect(Math.round(scale * scale * 842 * 595)).toBe(12_000_000);
  });
});
