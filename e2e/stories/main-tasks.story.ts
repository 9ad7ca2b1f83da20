import type { Page } from 'playwright-core';
import { expectCount, expectText, expectTexts, expectValue } from '../expect.ts';
import { TargetEditor } from '../pages/target-editor.ts';
import type { Story } from '../story.ts';

const FIRST = '国防工水利工退休工资';
const SECOND = '破产企业人员生活补贴';
/** 万元: 229.39 + 44.58, the whole budget of the year. */
const BUDGET = '273.97';
const DISAGREES = '年度主要任务的预算金额合计';

/** The year's main tasks of a whole unit: what they cost together is the unit's budget, or somebody says why not. */
export default {
  name: 'main tasks: written by the keyboard, their sum beside the budget, off by more than rounding and right again, and printed on the table',
  async tell(stage) {
    const page = await stage.signIn('mn-reporter');
    const editor = new TargetEditor(page);
    await page.goto(`${stage.house.url}/tables`);
    await page.getByRole('link', { name: '新建目标表' }).click();
    await page.locator('#new-subject').selectOption('UNIT');
    await page.locator('#new-year').selectOption('2025');
    await page.getByRole('button', { name: '开始编制' }).click();
    for (const [field, amount] of [['higherLevel', '0'], ['localLevel', BUDGET], ['other', '0']] as const) await page.locator(`#head-${field}`).fill(amount);
    await page.locator('#head-lead').fill('办公室');
    await page.locator('#head-goalText').fill('全年为318名退休职工按月足额发放待遇。');
    await editor.write(0, { level1: '履职效能', level2: '数量指标', name: '退休费发放人数', target: '≥318人', basis: '年度计划', weight: '90' });

    // Two tasks by the keyboard: Tab from field to field, Ctrl+Enter for the next, Enter at the end for one more, Ctrl+Delete takes it away.
    const tasks = page.locator('jh-target-tasks tbody tr');
    await expectCount(tasks, 0);
    await page.locator('[data-act="add-task"]').press('Enter');
    await ready(page, 0);
    await type(page, FIRST, '79人退休费按月发放', '229.39', '229.39');
    await page.keyboard.press('Control+Enter');
    await expectCount(tasks, 2);
    await ready(page, 1);
    await type(page, SECOND, '按月发放', '445800元');
    await page.keyboard.press('Enter');
    await expectCount(tasks, 3);
    await ready(page, 2);
    await page.keyboard.press('Control+Delete');
    await expectCount(tasks, 2);
    await expectTexts(page.locator('jh-target-tasks [data-sum]'), [BUDGET, '229.39', '']);
    await expectText(page.locator('jh-target-tasks .compared.fits'), `与年度预算 ${BUDGET} 万元一致`);
    const objection = page.locator('jh-table-editor-page .findings li', { hasText: DISAGREES });
    await expectCount(objection, 0);

    // A cent for each amount is rounding; one cent more is a finding, beside the sum as soon as it is typed.
    const second = page.locator('jh-target-tasks tbody tr').nth(1).locator('[data-cell="total"]');
    await rewrite(page, second, '44.60');
    await expectText(page.locator('jh-target-tasks [data-sum="total"]'), '273.99');
    await expectCount(page.locator('jh-target-tasks .compared.fits'), 1);
    await expectCount(objection, 0);
    await rewrite(page, second, '44.61');
    await expectText(page.locator('jh-target-tasks .compared'), `比年度预算 ${BUDGET} 万元多 0.03`);
    await expectCount(page.locator('jh-target-tasks .compared.fits'), 0);
    await expectCount(objection, 1);
    await expectText(objection, `${DISAGREES} 274.00 万元，与本单位年度预算中的 ${BUDGET} 万元不一致`);
    await stage.checkAccess(page);
    await stage.sight(page, 'main-tasks-editor', page.locator('jh-target-tasks'));

    // It may be saved like that; the table says so, and prints what was written.
    await editor.save();
    await page.waitForURL(/\/tables\/[0-9a-f-]+\/edit$/);
    const address = page.url().replace(/\/edit$/, '');
    await page.getByRole('link', { name: '返回目标表' }).click();
    const form = page.locator('jh-form-table');
    for (const text of [FIRST, '79人退休费按月发放', '229.39', SECOND, '44.61']) await expectText(form, text);
    const onPage = page.locator('jh-finding-list [data-finding="Q-P5"]');
    await expectCount(onPage, 1);
    await expectText(onPage, `${DISAGREES} 274.00 万元`);

    // Put right and saved from the keyboard: the finding is gone, here and there.
    await page.goto(`${address}/edit`);
    await expectValue(second, /^44\.61/);
    await rewrite(page, second, '44.58');
    await expectCount(objection, 0);
    await expectCount(page.locator('jh-target-tasks .compared.fits'), 1);
    await page.keyboard.press('Control+s');
    await expectText(page.locator('jh-table-editor-page .bar .state'), '已保存');
    await page.goto(address);
    await expectText(form, '44.58');
    await expectCount(onPage, 0);
    await stage.checkAccess(page);
    await stage.sight(page, 'main-tasks-table', form);

    // The same on a phone, as cards with their sum.
    const phone = await stage.signIn('mn-reporter', 390, 844);
    await phone.goto(address);
    await expectTexts(phone.locator('jh-task-cards li .name'), [FIRST, SECOND]);
    await expectText(phone.locator('jh-task-cards'), BUDGET);
    await stage.checkAccess(phone);
  },
} satisfies Story;

/** The keyboard has come to a task: a page draws it before it goes there. */
async function ready(page: Page, task: number): Promise<void> {
  await page.locator('jh-target-tasks tbody tr').nth(task).locator('[data-cell="name"]:focus').waitFor();
}

/** Types one field after the other, beginning in the one that has the keyboard. */
async function type(page: Page, ...texts: readonly string[]): Promise<void> {
  for (const [at, text] of texts.entries()) {
    if (at > 0) await page.keyboard.press('Tab');
    await page.keyboard.type(text);
  }
}

/** Another text in a field, typed over what stands there. */
async function rewrite(page: Page, field: ReturnType<Page['locator']>, text: string): Promise<void> {
  await field.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  await expectValue(field, text);
}
