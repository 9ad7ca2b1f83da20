import { expectSame, expectText, expectValue } from '../expect.ts';
import { EntrySheet } from '../pages/entry-sheet.ts';
import { openQuarter } from '../pages/find-report.ts';
import { ReviewSheet } from '../pages/review-sheet.ts';
import type { Story } from '../story.ts';

const RESIDENTS = '城乡居民养老保险参保人数达到';
const ENTERPRISES = '企业基本养老保险参保职工人数达到';
const INJURY = '工伤保险参保人数达到';

/** docs/one-actual.md, executable: 26.4万人 from the empty cell to the manager's signature. */
export default {
  name: 'one actual: typed, understood, scored, submitted, reviewed and signed',
  async tell(stage) {
    // The reporter finds the quarter among what waits.
    const page = await stage.signIn('kz-reporter');
    await stage.sight(page, 'my-work');
    await page.locator('jh-work-card', { hasText: '已填 3 / 6 项' }).locator('a').first().click();
    await page.waitForURL(/\/reports\/.+\/entry$/);
    const sheet = new EntrySheet(page);

    // The pulled 264000 persons wait beside the empty cell; nothing has been filled in for anybody.
    await expectValue(sheet.cell(RESIDENTS), '');
    await expectText(sheet.row(RESIDENTS), '候选 26.4万人');
    await stage.sight(page, 'entry-with-candidates');

    // A slip of the unit is doubted, a unit of another dimension is refused where it was typed.
    await sheet.type(RESIDENTS, '0.264');
    await expectText(sheet.word(RESIDENTS), '约 1/');
    await sheet.cell(RESIDENTS).fill('26.4户');
    await expectText(sheet.word(RESIDENTS).locator('.refusal'), '户');
    await stage.picture(page, 'entry-refused');

    // Full-width digits from an input method are the same number; the points stand there before anything is sent.
    await sheet.cell(RESIDENTS).fill('２６．４');
    await expectText(sheet.word(RESIDENTS), '26.4万人');
    await expectText(sheet.points(RESIDENTS), '20.00');
    await expectText(page.locator('jh-submit-bar .reason'), '264,000');
    await page.keyboard.press('Enter');
    await expectValue(sheet.cell(RESIDENTS), '26.4万人');
    await sheet.expectState(RESIDENTS, 'saved');
    const preview = await sheet.points(RESIDENTS).textContent();

    // The server scores with the same function: the same points, and the reason in words and numbers.
    const detail = await sheet.open(RESIDENTS);
    await expectText(detail.locator('.tag'), '系统已评分');
    await expectText(detail, '264,000 人 ≥ 261,000 人');
    expectSame(await sheet.points(RESIDENTS).textContent(), preview, 'scored and previewed points');
    await stage.picture(page, 'entry-explained', detail);
    await detail.getByRole('button', { name: '收起' }).click();

    // Two more cells come from a spreadsheet.
    await sheet.paste(ENTERPRISES, '6.45\n99900人\n');
    await expectValue(sheet.cell(ENTERPRISES), '6.45万人');
    await expectText(page.locator('jh-paste-summary'), '采用 2 格');
    await expectText(sheet.points(INJURY), '15.00');
    await sheet.expectState(INJURY, 'saved');

    // What is owed stands at the foot: the money, and rows that stayed below their targets.
    await sheet.money('年度资金总额', '全年预算数').fill('544.52');
    await sheet.money('年度资金总额', '执行数').fill('544.52');
    await sheet.money('年度资金总额', '执行数').blur();
    await sheet.allSaved();
    await expectText(page.locator('jh-submit-bar'), '可以送审');
    await stage.sight(page, 'entry-ready-to-submit');
    await sheet.submit();
    await stage.checkAccess(page);

    // The reviewer passes it on; the manager sees what was done and signs the very points on the screen.
    const reviewer = await stage.signIn('kz-reviewer');
    await openQuarter(reviewer, null, 4, 'review');
    await new ReviewSheet(reviewer).move('review', '已审核');
    const manager = await stage.signIn('kz-manager');
    await manager.locator('jh-work-card', { hasText: '待签字' }).locator('a').first().click();
    const review = new ReviewSheet(manager);
    await expectText(review.row(RESIDENTS), '26.4万人');
    await expectText(review.row(RESIDENTS), '20.00');
    await stage.picture(manager, 'sign-off');
    await stage.checkAccess(manager);
    await review.move('sign', '已签字');

    // Signed is closed: the reporter can read, and nothing else.
    await page.reload();
    await expectText(page.locator('.jh-page-head'), '已签字');
    expectSame(await sheet.cell(RESIDENTS).getAttribute('readonly'), '', 'the cell of a signed report');
    await expectText(page.locator('jh-actual-entry-page'), '只能查看');
  },
} satisfies Story;
