import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { SourceChunk, SourceOutline } from '@jiheng/contract';
import type { StagedPlace } from '@jiheng/domain';
import { answered } from '../api/problem';
import type { PageDrawer } from './page-drawer';
import { PrintedPages } from './printed-pages';
import { SourceModel } from './source-model';
import { SourcePane } from './source-pane';

// The first story compiles the component: a busy machine takes its time.
jest.setTimeout(30_000);

const A4 = { width: 842, height: 595 };
const box = (page: number, x: number, y: number) => ({ page, x, y, width: 80, height: 15 });
/** Three pages; the second is a picture without text, the third is read in two stretches. */
const outline: SourceOutline = {
  parts: [{ at: 0, sheet: null, columns: 2, pages: [A4, A4, A4], chunks: [{ at: 0, page: 1, first: 1, last: 1, lines: 1 }, { at: 1, page: 3, first: 2, last: 2, lines: 1 }, { at: 2, page: 3, first: 3, last: 3, lines: 1 }] }],
} as unknown as SourceOutline;
const chunks: readonly SourceChunk[] = [
  { lines: [{ number: 1, cells: ['项目名称', '线路租赁费'], boxes: [box(1, 40, 100), box(1, 120, 100)] }] },
  { lines: [{ number: 2, cells: ['租用专线网络数量', '=4条'], boxes: [box(3, 40, 100), box(3, 120, 100)] }] },
  { lines: [{ number: 3, cells: ['资金使用合规率', '=100%'], boxes: [box(3, 40, 115), box(3, 120, 115)] }] },
] as unknown as SourceChunk[];

@Component({ imports: [SourcePane], template: '<jh-source-pane [model]="model()" [printed]="printed()" [marked]="marked()" [start]="start()" [known]="known" (choosePlace)="chosen.push($event)" />' })
class Host {
  readonly model = signal<SourceModel>(null as unknown as SourceModel);
  readonly printed = signal<PrintedPages | null>(null);
  readonly marked = signal<readonly StagedPlace[]>([]);
  readonly start = signal<StagedPlace | null>(null);
  readonly known = new Set(['0:2:1']);
  readonly chosen: string[] = [];
}

async function open(drawer: PageDrawer | 'unfit' | null = null, at: SourceOutline = outline) {
  localStorage.clear();
  const asked: string[] = [];
  const model = new SourceModel({ outline: () => Promise.resolve(answered(at)), chunk: (part, chunk) => { asked.push(`${part}/${chunk}`); return Promise.resolve(answered(chunks[chunk]!)); } });
  await model.read();
  const fixture = TestBed.createComponent(Host);
  fixture.componentInstance.model.set(model);
  fixture.componentInstance.printed.set(drawer === null ? null : new PrintedPages({
    file: () => Promise.resolve(answered(new Uint8Array())), open: () => (drawer === 'unfit' ? Promise.reject(new Error('Invalid PDF structure.')) : Promise.resolve(drawer)),
  }));
  document.body.replaceChildren(fixture.nativeElement as HTMLElement);
  const settle = async () => { await fixture.whenStable(); await new Promise((done) => setTimeout(done, 10)); await fixture.whenStable(); };
  // Pages are drawn when the scrolling rests: how long that takes is the machine's business.
  const until = async (holds: () => boolean) => { for (let turn = 0; turn < 150 && !holds(); turn += 1) { await new Promise((done) => setTimeout(done, 20)); await fixture.whenStable(); } };
  await settle();
  const page = fixture.nativeElement as HTMLElement;
  return { page, host: fixture.componentInstance, model, asked, settle, until, word: (place: string) => page.querySelector<HTMLElement>(`[data-place="${place}"]`) };
}

function aDrawer(isDrawn = true) {
  const drawn: number[] = [];
  const drawer: PageDrawer = { pages: 3, draw: (page) => { drawn.push(page); return { done: Promise.resolve(isDrawn), cancel: () => undefined }; }, close: () => undefined };
  return { drawer, drawn };
}

describe('the original beside what was read', () => {
  it('shows every page of a PDF, also the one on which nothing was read, and puts stretches of one page together', async () => {
    const { page, word, asked } = await open();
    expect([...page.querySelectorAll('.page')].map((one) => one.textContent)).toEqual(['第 1 页', '第 2 页', '第 3 页']);
    expect([word('0:2:1')?.closest('.leaf') === word('0:3:1')?.closest('.leaf'), asked]).toEqual([true, ['0/0', '0/1', '0/2']]);
  });
  it('draws the page as it is printed and lays the places over it; a click on one finds its cell', async () => {
    const { drawer, drawn } = aDrawer();
    const { page, word, host, until } = await open(drawer);
    await until(() => page.querySelectorAll('.paper.printed').length === 3);
    expect([drawn.sort(), page.querySelectorAll('jh-printed-page canvas').length, page.querySelectorAll('.leaf[data-printed="true"] .paper.printed').length]).toEqual([[1, 2, 3], 3, 3]);
    word('0:2:1')?.querySelector<HTMLElement>('.letters')?.click();
    expect([host.chosen, word('0:2:1')?.classList.contains('known'), word('0:2:0')?.classList.contains('known')]).toEqual([['0:2:1'], true, false]);
  });
  it('shows the texts at their places until a page is drawn, and where one cannot be', async () => {
    const { drawer, drawn } = aDrawer(false);
    const { page, until } = await open(drawer);
    await until(() => drawn.length === 3);
    expect([page.querySelectorAll('canvas').length, page.querySelectorAll('.paper').length, page.querySelectorAll('.paper.printed').length]).toEqual([0, 3, 0]);
  });
  it('says so when the file cannot be shown as it is printed', async () => {
    const { page } = await open('unfit');
    expect([page.querySelector('.note')?.textContent, page.querySelectorAll('.paper').length]).toEqual(['这个文件无法按原样显示，下面按识别出的文字位置画出。', 3]);
  });
  it('marks the place of a cell and goes there; without a marked cell it begins where the table begins', async () => {
    const { host, page, settle, word } = await open();
    const scroller = page.querySelector<HTMLElement>('.scroller')!;
    const gone: string[] = [];
    scroller.scrollTo = (() => { gone.push('moved'); }) as typeof scroller.scrollTo;
    // A pane without height: no place in it is in sight.
    word('0:2:1')!.getBoundingClientRect = () => ({ top: 900, bottom: 915, left: 0, right: 80 }) as DOMRect;
    host.start.set({ part: 0, line: 2, cell: 1 });
    await settle();
    expect([gone, page.querySelectorAll('.marked').length]).toEqual([['moved'], 0]);
    host.marked.set([{ part: 0, line: 2, cell: 1 }]);
    await settle();
    expect([gone.length, [...page.querySelectorAll('.marked')].map((one) => one.textContent)]).toEqual([2, ['=4条']]);
  });
  it('is made larger and smaller by buttons, by choice and by the wheel, and remembers it', async () => {
    const { page, settle } = await open();
    const leaf = () => page.querySelector<HTMLElement>('.leaf')!.style.inlineSize;
    const press = async (act: string) => { page.querySelector<HTMLElement>(`[data-act="${act}"]`)!.click(); await settle(); };
    const chosen = () => page.querySelector<HTMLSelectElement>('[data-act="zoom"]')!.value;
    expect([leaf(), chosen()]).toEqual([`${842 * 1.15}px`, 'auto']);
    await press('zoom-in');
    expect([chosen(), Math.round(Number(leaf().replace('px', '')))]).toEqual(['100', Math.round(842 * 96 / 72)]);
    await press('zoom-out');
    expect(chosen()).toBe('80');
    const wheel = new WheelEvent('wheel', { ctrlKey: true, deltaY: -1, bubbles: true, cancelable: true });
    page.querySelector('.scroller')!.dispatchEvent(wheel);
    page.querySelector('.scroller')!.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true, cancelable: true }));
    await settle();
    expect([chosen(), wheel.defaultPrevented, localStorage.getItem('jiheng.look.zoom')]).toEqual(['100', true, '100']);
  });
  it('offers no width to fit for a sheet, and makes its letters larger instead', async () => {
    const { page, settle } = await open(null, { parts: [{ at: 0, sheet: '表1', columns: 2, pages: null, chunks: [{ at: 0, page: null, first: 1, last: 1, lines: 1 }] }] } as unknown as SourceOutline);
    expect([[...page.querySelectorAll('[data-act="zoom"] option')].some((one) => one.textContent === '适合宽度'), page.querySelectorAll('table.grid td').length]).toEqual([false, 2]);
    page.querySelector<HTMLElement>('[data-act="zoom-in"]')!.click();
    await settle();
    expect(page.querySelector<HTMLElement>('.scroller')!.style.getPropertyValue('--zoom')).toBe('1.25');
  });
});
