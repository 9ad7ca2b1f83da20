import { answered, type Answer, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import type { PageDrawer } from './page-drawer';
import { PrintedPages } from './printed-pages';

function aDrawer() {
  const close = jest.fn();
  const drawer: PageDrawer = { pages: 2, draw: () => ({ done: Promise.resolve(true), cancel: () => undefined }), close };
  return { drawer, close };
}
const bytes: Answer<Uint8Array> = answered(Uint8Array.of(37, 80, 68, 70));

describe('the original as it is printed', () => {
  it('is fetched and opened once, however many pages come into sight', async () => {
    const { drawer } = aDrawer();
    const file = jest.fn(() => Promise.resolve(bytes));
    const pages = new PrintedPages({ file, open: () => Promise.resolve(drawer) });
    expect([pages.drawer(), pages.failed(), file.mock.calls.length]).toEqual([null, false, 0]);
    await Promise.all([pages.need(), pages.need()]);
    await pages.need();
    expect([pages.drawer(), pages.failed(), file.mock.calls.length]).toEqual([drawer, false, 1]);
  });
  it('is given up where the file cannot be fetched or cannot be opened, and not asked for again', async () => {
    const file = jest.fn(() => Promise.resolve(refused(aRefusal('web.unreachable'))));
    const away = new PrintedPages({ file, open: () => Promise.reject(new Error('never asked')) });
    await away.need();
    await away.need();
    expect([away.drawer(), away.failed(), file.mock.calls.length]).toEqual([null, true, 1]);
    const broken = new PrintedPages({ file: () => Promise.resolve(bytes), open: () => Promise.reject(new Error('Invalid PDF structure.')) });
    await broken.need();
    expect([broken.drawer(), broken.failed()]).toEqual([null, true]);
  });
  it('ends its thread when the page is left, also when it opens only afterwards', async () => {
    const first = aDrawer();
    const pages = new PrintedPages({ file: () => Promise.resolve(bytes), open: () => Promise.resolve(first.drawer) });
    await pages.need();
    pages.close();
    expect([first.close.mock.calls.length, pages.drawer()]).toEqual([1, null]);
    const late = aDrawer();
    let open: (drawer: PageDrawer) => void = () => undefined;
    const slow = new PrintedPages({ file: () => Promise.resolve(bytes), open: () => new Promise((done) => { open = done; }) });
    const needed = slow.need();
    await Promise.resolve();
    slow.close();
    await Promise.resolve();
    open(late.drawer);
    await needed;
    expect([late.close.mock.calls.length, slow.drawer(), slow.failed()]).toEqual([1, null, false]);
  });
});
