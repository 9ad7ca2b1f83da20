import { expectCount, expectSame } from '../expect.ts';
import { call } from '../pages/api.ts';
import { printedPdf } from '../pages/printed-pdf.ts';
import { allSaved, bring, openStaged, stagedCell } from '../pages/staging-sheet.ts';
import type { Story } from '../story.ts';

const PROJECT = '线路租赁费';
interface TableView { readonly indicators: readonly { readonly key: string; readonly name: string; readonly target: { readonly raw: string } }[] }

/** The document is published once more with corrections. */
export default {
  name: 'import: a document read again shows only what is different, keeps the identity of a renamed indicator, and can be taken back',
  async tell(stage) {
    const page = await stage.signIn('kz-reporter');
    await bring(stage, page, '预算公开.pdf', await printedPdf(2027), 'application/pdf');
    await page.locator('[data-act="accept-all"]').click();
    // Warnings may be given a reason here, a kind at a time; left blank they wait in the drafts.
    await page.locator('[data-act="accept-all-yes"]').click();
    await page.locator('.state[data-state="ACCEPTED"]').waitFor();
    await openStaged(page, PROJECT);
    const tableId = (await page.locator('[data-accepted] a').getAttribute('href'))?.split('/').at(-1) ?? '';
    const first = async () => (await call<TableView>(page, 'GET', `/target-tables/${tableId}`)).indicators[0];
    const before = await first();

    // The same, again: nothing to do.
    await bring(stage, page, '预算公开（重发）.pdf', await printedPdf(2027), 'application/pdf');
    await openStaged(page, PROJECT);
    await page.locator('.difference', { hasText: '完全一致' }).waitFor();

    // One row renamed and promised higher, one row gone.
    await bring(stage, page, '预算公开（更正）.pdf', await printedPdf(2027, (form) => (form.project !== PROJECT ? form : {
      ...form, rows: form.rows.flatMap((row, at) => (at === 0 ? [{ ...row, name: '租用专线网络条数(条)', target: '= 6 条' }] : at === form.rows.length - 1 ? [] : [row])),
    })), 'application/pdf');
    await openStaged(page, PROJECT);
    await page.locator('.match button').first().waitFor();
    await expectCount(page.locator('.difference .removed'), 1);
    await page.locator('.leaf[data-printed="true"]').filter({ hasText: '租用专线网络条数' }).waitFor();
    await stage.picture(page, 'import-again', page.locator('.bench'));
    await stage.checkAccess(page);
    await page.locator('.match button').first().click();
    await allSaved(page);
    expectSame((await stagedCell(page, 'r1', 'target').locator('.before').textContent())?.includes('=4条'), true, 'what the target was before');
    await page.locator('[data-act="accept"]').click();
    await page.locator('[data-accepted]', { hasText: '改写了原有草稿' }).waitFor();
    const after = await first();
    expectSame([after?.key, after?.name, after?.target.raw.replace(/\s/gu, '')], [before?.key, '租用专线网络条数', '=6条'], 'the same indicator under its new name');

    await page.locator('[data-act="undo"]').click();
    await page.locator('[data-act="undo-yes"]').click();
    await page.locator('.state[data-state="UNDONE"]').waitFor();
    const back = await first();
    expectSame([back?.key, back?.name, back?.target.raw], [before?.key, before?.name, before?.target.raw], 'as it was before the second reading');
  },
} satisfies Story;
