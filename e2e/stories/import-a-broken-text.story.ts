import { expectCount, expectSame, expectText } from '../expect.ts';
import { brokenText } from '../pages/broken-text.ts';
import { allSaved as saved, bring, expectRowsInSight, openStaged, openStrip, stagedCell as cell } from '../pages/staging-sheet.ts';
import type { Story } from '../story.ts';

const YEAR = 2026;

/** The unit's published text, broken as a scan breaks it: read, mended from the keyboard, taken in, taken out, and read again. */
export default {
  name: 'import: a broken text becomes drafts with a click, goes out again, and read again shows what is different',
  async tell(stage) {
    const page = await stage.signIn('kz-reporter');
    await bring(stage, page, '预算公开.txt', await brokenText(YEAR));
    const which = page.locator('label.table select');
    await expectCount(which.locator('option'), 5);
    await openStaged(page, '线路租赁费');
    await page.locator('jh-staged-grid tr[data-row="r11"]').waitFor();
    await expectRowsInSight(page);

    // A click on a cell shows its place in the original, and the other way round.
    await cell(page, 'r1', 'target').click();
    await page.locator('jh-source-pane .marked').first().waitFor();
    expectSame((await page.locator('jh-source-pane .marked').first().textContent())?.includes('4'), true, 'the place of the target =4 条');
    await page.locator('jh-source-pane .known', { hasText: /^租用/ }).first().click();
    await page.locator('jh-staged-grid td.active[data-column="name"]').waitFor();
    await stage.picture(page, 'import-staging');
    await stage.checkAccess(page);

    // One cell, from the keyboard: F2, another text, read as it is typed, Tab keeps it.
    await cell(page, 'r1', 'target').click();
    await page.keyboard.press('F2');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('＝５条');
    // The page reads a moment after the key: a busy machine draws it later than the next line is told.
    await expectText(page.locator('.reading'), '=5条');
    await page.keyboard.press('Tab');
    expectSame(await page.locator('td.active').getAttribute('data-column'), 'basis', 'Tab keeps the cell and moves right');
    await saved(page);
    expectSame((await cell(page, 'r1', 'target').locator('.text').textContent())?.trim(), '=5条', 'the corrected target');
    await page.keyboard.press('Control+z');
    await page.locator('jh-staged-grid tr[data-row="r1"] > td[data-column="target"] .text', { hasText: '=4条' }).waitFor();
    await page.keyboard.press('Control+y');
    await page.locator('jh-staged-grid tr[data-row="r1"] > td[data-column="target"] .text', { hasText: '=5条' }).waitFor();
    await saved(page);
    // Nothing typed is lost, and nothing stands in the way: the page is loaded anew after the server has written the department, before its answer is there.
    const written = new Promise<void>((done) => void page.route(/\/corrections$/, async (route) => { await route.fetch(); done(); }));
    await page.locator('input[name="lead"]').fill('信息科');
    await page.locator('input[name="lead"]').press('Tab');
    await written;
    await page.reload();
    await page.unroute(/\/corrections$/);
    await page.locator('jh-staged-grid tr[data-row]').first().waitFor();
    await saved(page);
    expectSame(await page.locator('[data-restored]').count(), 0, 'what had arrived is neither restored nor held');
    await openStaged(page, '线路租赁费');
    await page.locator('jh-staged-grid tr[data-row="r1"] > td[data-column="target"] .text', { hasText: '=5条' }).waitFor();

    await page.locator('[data-act="accept"]').click();
    await page.locator('[data-accepted] a').click();
    await page.waitForURL(/\/tables\//);
    await page.getByText('=5条').first().waitFor();
    await page.getByText('信息科').first().waitFor();
    await page.goBack();

    // The same text with another target and a renamed row: only the difference is asked about.
    const staging = page.url();
    await bring(stage, page, '预算公开（更正）.txt', await brokenText(YEAR, (form) => (form.project !== '线路租赁费' ? form : {
      ...form, rows: form.rows.map((row, at) => (at === 0 ? { ...row, name: '租用专线网络条数(条)', target: '=6条' } : row)),
    })));
    await openStaged(page, '线路租赁费');
    await page.locator('.match').waitFor();
    await openStrip(page, 'jh-difference-panel');
    await stage.sight(page, 'import-difference');
    await stage.checkAccess(page);
    await page.locator('.match button').first().click();
    await saved(page);
    await page.locator('jh-staged-grid .kind[data-kind="CHANGED"]').first().waitFor();
    expectSame((await cell(page, 'r1', 'target').locator('.before').textContent())?.includes('=5条'), true, 'what the target was before');

    // Taken back whole.
    await page.goto(staging);
    await page.locator('[data-act="undo"]').click();
    await page.locator('[data-act="undo-yes"]').click();
    await page.locator('.state[data-state="UNDONE"]').waitFor();
    await page.goto(`${stage.house.url}/tables`);
    await page.locator('h1').waitFor();

    const phone = await stage.signIn('kz-reporter', 390, 844);
    await phone.goto(staging);
    await phone.locator('jh-staged-grid tr[data-row]').first().waitFor();
    await stage.checkAccess(phone);
    await stage.sight(phone, 'import-staging-phone');
    await phone.getByRole('button', { name: '原件', exact: true }).click();
    await phone.locator('jh-source-chunk').first().waitFor();
    await stage.sight(phone, 'import-original-phone');
    const size = await phone.evaluate(() => ({ has: document.scrollingElement?.scrollWidth ?? 0, may: window.innerWidth }));
    if (size.has > size.may) stage.complaints.push(`${size.has} px wide in a window of ${size.may}`);
  },
} satisfies Story;
