import { expectCount, expectSame, expectText } from '../expect.ts';
import type { Story } from '../story.ts';

/** A finance office writes the rules of its county: out of those of the ministry, parameter by parameter, seen in sentences, shown with their effect, and approved by somebody else. */
export default {
  name: 'rules of a county: written in a form out of those of the ministry, shown with their effect, proposed and approved by another',
  async tell(stage) {
    const finance = await stage.signIn('mn-finance');
    await finance.getByRole('link', { name: '评分规则' }).first().click();
    await finance.waitForURL(/\/rule-profiles$/);
    await finance.getByRole('button', { name: '以此为底稿：MOF-2020-10' }).click();
    const form = finance.locator('jh-rule-profile-form');
    const parameter = (path: string) => form.locator(`[data-path="${path}"]`);
    await form.locator('#profile-name').waitFor();
    // A slip is said where it stands, in the unit in which it was typed.
    await parameter('satisfaction.zeroBelow').locator('input.number').fill('120');
    await expectText(parameter('satisfaction.zeroBelow').locator('.jh-field-error'), '应是 0% 到 100% 之间的数，最多 4 位小数。');
    await parameter('satisfaction.zeroBelow').locator('input.number').fill('60');
    await form.locator('aside li.changed', { hasText: '满意度按比例计分，低于 60% 不得分。' }).waitFor();
    await parameter('proportional.passThreshold').locator('input.number').fill('70');
    await parameter('proportional.passFormula').locator('select').selectOption('ABOVE_THRESHOLD');
    await form.locator('aside li.changed', { hasText: '达到后得 分值 ×（完成率 − 70%）÷（100% − 70%）' }).waitFor();
    await stage.checkAccess(finance);
    await stage.sight(finance, 'rules-form', form);
    // Without a name of its own nothing goes out, and what is missing has the focus.
    await finance.getByRole('button', { name: '录入规则' }).click();
    await finance.locator('#profile-name:focus').waitFor();
    await finance.locator('#profile-name').fill('MN-2024');
    await expectText(finance.locator('#profile-name-hint'), '将作为 MN-2024 第 1 版录入。');
    await finance.locator('#profile-title').fill('玛纳斯县项目支出绩效评分规则');
    await finance.locator('#clause-satisfaction\\.zeroBelow').fill('玛纳斯县财政局 2024 年工作安排');
    // Whoever goes away is asked first.
    finance.once('dialog', (dialog) => void dialog.dismiss());
    await finance.getByRole('link', { name: '我的工作' }).first().click();
    expectSame(await finance.locator('#profile-name').inputValue(), 'MN-2024', 'what was typed is still there');
    await finance.getByRole('button', { name: '录入规则' }).click();
    await finance.getByText('已录入，并已选在“改用另一套规则”中。').waitFor();
    await expectCount(finance.locator('[data-profile="MN-2024"]'), 1);

    await finance.locator('#scope-unit').selectOption({ label: '玛纳斯县财政局' }).catch(() => finance.locator('#scope-unit').selectOption({ index: 1 }));
    await finance.getByRole('button', { name: '看影响' }).click();
    await finance.getByText('份将重新评分，其中').first().waitFor();
    await stage.sight(finance, 'rules-effect', finance.locator('jh-preview-note').first());
    await finance.locator('#reason').fill('2024 年起满意度低于六成不得分');
    await finance.getByRole('button', { name: '提出' }).click();
    await finance.getByText('须由另一人批准').waitFor();

    const admin = await stage.signIn('admin');
    await admin.locator('jh-work-card', { hasText: 'MN-2024 v1' }).locator('h3 a').click();
    await admin.waitForURL(/\/rule-profiles$/);
    await admin.getByRole('button', { name: '批准并重新评分' }).click();
    await admin.getByText('已批准，正在重新评分').waitFor();
    await admin.locator('article[data-state="APPROVED"]', { hasText: 'MN-2024 第 1 版' }).getByText('正在使用').waitFor();

    const phone = await stage.signIn('mn-finance', 390, 844);
    await phone.goto(`${stage.house.url}/rule-profiles`);
    await phone.locator('[data-profile="MN-2024"] summary').click();
    await phone.getByRole('button', { name: '以此为底稿：MN-2024' }).click();
    await phone.locator('#profile-name').waitFor();
    await expectText(phone.locator('#profile-name-hint'), '将作为 MN-2024 第 2 版录入。');
    await stage.checkAccess(phone);
    await stage.sight(phone, 'rules-form-phone', phone.locator('jh-rule-profile-form'));
  },
} satisfies Story;
