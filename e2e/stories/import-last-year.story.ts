import { expectCount, expectSame } from '../expect.ts';
import { printedPdf } from '../pages/printed-pdf.ts';
import { bring, openStaged, stagedCell } from '../pages/staging-sheet.ts';
import type { Story } from '../story.ts';

const HEAD = '一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施';
/** 线路租赁费 as it evaluated itself for a year; the rate stands there with a slip of the pen. */
const evaluation = (year: number): Buffer => Buffer.from([
  '项目支出绩效自评表', `（${year}年度）`, '项目名称,线路租赁费', HEAD, '产出指标,数量指标,租用专线网络数量,=9条,9,10,10,', ',质量指标,信息自动化运行保障率,=100%,9.98%,10,9.98,雷击断线',
].join('\n'));

/** Last year's self-evaluation gives this year's table its column 上年完成值. */
export default {
  name: 'import: a self-evaluation becomes no target table, and what it reached goes into the table of the year after by a click',
  async tell(stage) {
    const page = await stage.signIn('kz-reporter');
    await bring(stage, page, '目标表2026.pdf', await printedPdf(2026, (form) => ({ ...form, rows: form.rows.map((row) => ({ ...row, previous: '' })) })), 'application/pdf');
    await openStaged(page, '线路租赁费');
    await page.locator('[data-act="accept"]').click();
    await page.locator('[data-accepted] a').waitFor();

    await bring(stage, page, '自评2025.csv', evaluation(2025), 'text/csv');
    await page.locator('jh-results-panel tr[data-key]').first().waitFor();
    expectSame(await page.locator('[data-act="accept"]').count(), 0, 'no target table is made of it');
    expectSame(await page.locator('input[name="lead"]').count(), 0, 'nobody is asked for a lead');
    // What was reached stands in the table, and its place in the original; a slip is put right before it goes anywhere.
    await stagedCell(page, 'r2', 'previous').click();
    await page.locator('jh-source-pane .marked', { hasText: '9.98%' }).waitFor();
    await page.keyboard.press('F2');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('99.8%');
    await page.keyboard.press('Tab');
    await page.locator('jh-results-panel tr[data-key]', { hasText: '99.8%' }).waitFor();
    await stage.picture(page, 'import-last-year');
    await stage.checkAccess(page);
    const fill = page.locator('[data-act="fill-previous"]');
    expectSame((await fill.textContent())?.includes('2'), true, 'both are certain by level and name');
    await fill.click();
    await page.locator('[data-accepted]').waitFor();
    await expectCount(page.locator('jh-results-panel tr[data-key] input:disabled'), 2);

    const imported = page.url();
    await page.locator('jh-results-panel a', { hasText: '打开目标表' }).click();
    await page.waitForURL(/\/tables\//);
    await page.getByText('9条').first().waitFor();
    await page.getByText('99.8%').first().waitFor();

    // Taken back: the values leave the draft, the draft stays.
    await page.goto(imported);
    await page.locator('[data-act="undo"]').click();
    await page.locator('[data-act="undo-yes"]').click();
    await page.locator('.state[data-state="UNDONE"]').waitFor();
    const phone = await stage.signIn('kz-reporter', 390, 844);
    await phone.goto(imported);
    await phone.locator('jh-results-panel').waitFor();
    await stage.checkAccess(phone);
    await stage.sight(phone, 'import-last-year-phone');
    const size = await phone.evaluate(() => ({ has: document.scrollingElement?.scrollWidth ?? 0, may: window.innerWidth }));
    if (size.has > size.may) stage.complaints.push(`${size.has} px wide in a window of ${size.may}`);
  },
} satisfies Story;
