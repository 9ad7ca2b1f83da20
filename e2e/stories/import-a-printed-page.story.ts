import type { Page } from 'playwright-core';
import { expectSame } from '../expect.ts';
import { printedPdf } from '../pages/printed-pdf.ts';
import { bring, openStaged, stagedCell } from '../pages/staging-sheet.ts';
import type { Story } from '../story.ts';

const MARKED = 'jh-source-pane .marked';

/** Share of dark pixels of the printed page below the marked rectangle, per thousand: letters make some, paper none. */
function inkBelowMark(page: Page): Promise<number> {
  return page.locator(MARKED).first().evaluate((mark) => {
    const canvas = mark.closest('.leaf')?.querySelector('canvas');
    const ink = canvas?.getContext('2d', { willReadFrequently: true });
    if (canvas == null || ink == null) return -1;
    const [leaf, box] = [canvas.getBoundingClientRect(), mark.getBoundingClientRect()];
    const scale = canvas.width / leaf.width;
    const inset = 3;
    const { data } = ink.getImageData((box.left - leaf.left + inset) * scale, (box.top - leaf.top + inset) * scale, (box.width - 2 * inset) * scale, (box.height - 2 * inset) * scale);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128) dark += 1;
    return Math.round((dark * 4000) / data.length);
  });
}

/** A published PDF whose fonts are not part of the file, beside what was read of it. */
export default {
  name: 'import: a cell of a PDF has its rectangle on the printed page, a click on the page finds the cell, and the panes are shared as one likes',
  async tell(stage) {
    const page = await stage.signIn('kz-reporter');
    const fetched: string[] = [];
    page.on('request', (request) => { if (/\/pdfjs\/|\/worker-/.test(request.url())) fetched.push(new URL(request.url()).pathname); });
    expectSame(fetched.length, 0, 'parts of the PDF library fetched before a PDF is looked at');
    await bring(stage, page, '预算公开.pdf', await printedPdf(2026), 'application/pdf');
    await page.locator('.leaf[data-printed="true"]').first().waitFor();
    expectSame(fetched.some((path) => path.startsWith('/pdfjs/cmaps/')), true, 'character maps of our own');

    // The table in the middle of the document: the original goes there by itself.
    await openStaged(page, '线路租赁费');
    const printed = page.locator('.leaf[data-printed="true"]').filter({ hasText: '租用专线网络数量' });
    await printed.waitFor();
    await stagedCell(page, 'r1', 'target').click();
    await page.locator(MARKED).first().waitFor();
    expectSame((await page.locator(MARKED).first().textContent())?.includes('4'), true, 'the place of the target =4 条');
    const ink = await inkBelowMark(page);
    expectSame(ink > 5, true, `letters of the printed page below the rectangle (${ink} ‰)`);
    const [pane, mark] = [await page.locator('jh-source-pane .scroller').boundingBox(), await page.locator(MARKED).first().boundingBox()];
    expectSame(pane !== null && mark !== null && mark.y >= pane.y && mark.y + mark.height <= pane.y + pane.height, true, 'the rectangle is in sight');
    await stage.picture(page, 'import-printed-page', page.locator('.bench'));
    await stage.checkAccess(page);

    // A click on the page, by the mouse.
    await page.locator('jh-source-pane .known', { hasText: '资金使用合规率' }).first().click();
    await page.locator('jh-staged-grid tr[data-row="r2"] > td.active[data-column="name"]').waitFor();

    // Larger: the rectangle grows with the page, and the page is drawn anew.
    const before = await page.locator('.leaf').first().boundingBox();
    await page.locator('[data-act="zoom"]').selectOption('150');
    await page.waitForFunction((was) => (document.querySelector('.leaf')?.getBoundingClientRect().width ?? 0) > was, before?.width ?? 0);
    await stagedCell(page, 'r3', 'target').click();
    await page.locator(`.leaf[data-printed="true"] .marked`).first().waitFor();
    await page.waitForFunction(() => { const leaf = document.querySelector('.leaf:has(.marked)'); const canvas = leaf?.querySelector('canvas'); return canvas != null && canvas.width >= Math.floor(leaf?.getBoundingClientRect().width ?? Infinity); });
    expectSame((await inkBelowMark(page)) > 5, true, 'letters below the rectangle of the larger page');

    // The line between the panes: by keys and by the mouse, and where it was left at the next visit.
    const line = page.locator('jh-pane-divider');
    await line.focus();
    await page.keyboard.press('Home');
    const narrow = 22;
    await page.locator(`jh-pane-divider[aria-valuenow="${narrow}"]`).waitFor();
    const at = await line.boundingBox();
    if (at === null) throw new Error('the line is not there');
    await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
    await page.mouse.down();
    await page.mouse.move(at.x + 240, at.y + at.height / 2, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction((from) => Number(document.querySelector('jh-pane-divider')?.getAttribute('aria-valuenow')) > from, narrow + 10);
    const wide = Number(await line.getAttribute('aria-valuenow'));
    await page.reload();
    await page.locator('jh-staged-grid tr[data-row]').first().waitFor();
    expectSame([Number(await line.getAttribute('aria-valuenow')), await page.locator('[data-act="zoom"]').inputValue()], [wide, '150'], 'what is kept for the next visit');

    const phone = await stage.signIn('kz-reporter', 390, 844);
    await phone.goto(page.url());
    await phone.getByRole('button', { name: '原件', exact: true }).click();
    await phone.locator('.leaf[data-printed="true"]').first().waitFor();
    await stage.checkAccess(phone);
    await stage.sight(phone, 'import-printed-page-phone');
  },
} satisfies Story;
