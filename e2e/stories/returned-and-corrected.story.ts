import { expectCount, expectSame, expectText, expectValue } from '../expect.ts';
import { EntrySheet } from '../pages/entry-sheet.ts';
import { openQuarter } from '../pages/find-report.ts';
import { ReviewSheet } from '../pages/review-sheet.ts';
import type { Story } from '../story.ts';

const PROJECT = '线路租赁费';
const RENT = '网络线路租赁标准';
const PROGRAM = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(126), Buffer.from('PE\0\0'), Buffer.alloc(64)]);
const PAPER = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** Passed by the reviewer and signed by the manager, each on the page they have open. */
async function passOn(people: { readonly reviewer: ReviewSheet; readonly manager: ReviewSheet }): Promise<void> {
  await people.reviewer.page.reload();
  await people.reviewer.move('review', '已审核');
  await people.manager.page.reload();
  await people.manager.move('sign', '已签字');
}

/** A report comes back, is mended with evidence, signed, opened again with a reason and signed once more; nothing that was signed disappears. */
export default {
  name: 'returned and corrected: evidence, a mended value, a second signature beside the first',
  async tell(stage) {
    const page = await stage.signIn('kz-reporter');
    const card = page.locator('jh-work-card', { hasText: '退回修改' });
    await expectText(card, '付款凭证未上传');
    await card.locator('h3 a').click();
    const sheet = new EntrySheet(page);
    await expectText(page.locator('jh-actual-entry-page'), '本表被退回：第四季度线路租赁费付款凭证未上传');
    await stage.sight(page, 'entry-returned');

    // A program under the name of a paper is refused in a sentence; the paper itself is taken, dropped onto the row.
    const detail = await sheet.open(RENT);
    await detail.locator('jh-evidence-list input[type="file"]').setInputFiles({ name: '付款凭证.pdf', mimeType: 'application/pdf', buffer: PROGRAM });
    await expectText(detail.getByRole('alert'), '扩展名与内容不符');
    await stage.sight(page, 'evidence-refused', detail.getByRole('alert'));
    await detail.getByRole('button', { name: '知道了' }).click();
    await sheet.drop(RENT, { name: '第四季度付款凭证.pdf', type: 'application/pdf', bytes: PAPER });
    await expectText(detail.locator('jh-evidence-list'), '第四季度付款凭证.pdf');
    await expectText(sheet.row(RENT).locator('td.evidence'), '1 份');
    await detail.getByRole('button', { name: '收起' }).click();

    // The value itself was wrong: 24,000 yuan in the fourth quarter, typed as the voucher has it.
    await expectValue(sheet.cell(RENT), '1.92万元');
    await sheet.enter(RENT, '24000元');
    await expectText(sheet.word(RENT), '2.4万元');
    await sheet.expectState(RENT, 'saved');
    await expectText(sheet.row(RENT).locator('td.year'), /9\.60?万元/);
    await sheet.money('年度资金总额', '执行数').fill('9.60');
    await sheet.money('年度资金总额', '执行数').blur();
    await expectText(page.locator('jh-execution-panel').getByRole('alert'), '不等于各分项之和 9.12 万元');
    await sheet.money('其中：当年财政拨款', '执行数').fill('9.60');
    await page.getByLabel('执行偏差原因').fill('第四季度付款于12月27日完成，前报执行数未含该笔，现已补记。');
    await page.getByLabel('执行偏差原因').blur();
    await sheet.allSaved();
    await sheet.submit();

    const reviewerPage = await stage.signIn('kz-reviewer');
    await openQuarter(reviewerPage, PROJECT, 4, 'review');
    const reviewer = new ReviewSheet(reviewerPage);
    await expectText(reviewer.row(RENT), '1.92万元');
    await expectText(reviewer.row(RENT), '第四季度付款凭证.pdf');
    await expectText(reviewerPage.locator('#attention-card'), '改了 1 项');
    await stage.picture(reviewerPage, 'review-what-changed');
    const managerPage = await stage.signIn('kz-manager');
    await openQuarter(managerPage, PROJECT, 4, 'review');
    const manager = new ReviewSheet(managerPage);
    await passOn({ reviewer, manager });

    // Opening a signed report again takes a reason: without one nothing happens.
    await manager.page.locator('jh-move-bar [data-move="reopen"]').click();
    await manager.page.getByRole('button', { name: '确定 ·' }).click();
    await expectText(manager.page.locator('#jh-opinion-missing'), '必须写明意见');
    await manager.page.getByRole('button', { name: '取消' }).click();
    await manager.move('reopen', '已退回', '发票核对为 1.92 万元，请按原始凭证更正。');

    await page.reload();
    await expectText(page.locator('jh-actual-entry-page'), '发票核对为 1.92 万元');
    await sheet.enter(RENT, '1.92');
    await sheet.expectState(RENT, 'saved');
    const past = await sheet.open(RENT);
    await expectText(past.locator('.history'), '1.92万元');
    await expectCount(past.locator('.history li'), 3);
    await past.getByRole('button', { name: '收起' }).click();
    await sheet.allSaved();
    await sheet.submit();
    await passOn({ reviewer, manager });

    // Both signatures stand in the history; the first is marked as superseded.
    const acts = await manager.history().locator('li .what').allTextContents();
    expectSame(acts.filter((act) => act.includes('签字确认')).length, 2, 'signatures on record');
    expectSame(acts.filter((act) => act.includes('签字已失效')).length, 1, 'signatures superseded');
    await expectText(manager.history(), '发票核对为 1.92 万元');
    await manager.history().scrollIntoViewIfNeeded();
    await stage.sight(manager.page, 'review-history', manager.history());
    await stage.checkAccess(manager.page);
  },
} satisfies Story;
