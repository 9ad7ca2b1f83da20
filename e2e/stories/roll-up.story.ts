import { readFileSync } from 'node:fs';
import { expectCount, expectSame, expectTexts, expectValue } from '../expect.ts';
import type { Story } from '../story.ts';

/** 9 January 2025: who answers for a region looks at its fourth quarter, finds who has not handed in, and takes the numbers along. */
export default {
  name: 'roll-up: a region is opened, gone down into from the keyboard, sorted, taken along as a file, and leads to the tables of who is late',
  async tell(stage) {
    const page = await stage.signIn('admin');
    await page.getByRole('link', { name: '区域汇总' }).first().click();
    await page.waitForURL(/\/roll-up$/);
    await page.locator('jh-roll-up-cards').waitFor();
    await page.getByText('变动已全部计入').waitFor();
    const card = (name: string) => page.locator(`section[aria-labelledby="card-${name}"]`);
    expectSame(await page.locator('h1').innerText().then((text) => text.includes('自治区（演示）')), true, 'the topmost region');
    expectSame(await card('stages').locator('.great').innerText().then((text) => text.replace(/\s+/gu, ' ')), '50% 已报送 3 / 6 份', 'handed in');
    // Three tables of the fourth quarter are not handed in, two being filled in and one returned; the last day is not over.
    await expectTexts(page.locator('jh-outstanding-list li b'), ['玛纳斯县社会保险中心', '克孜勒苏柯尔克孜自治州社会保险中心']);
    for (const summary of await page.locator('jh-roll-up-cards summary').all()) await summary.click();
    await stage.checkAccess(page);
    await stage.sight(page, 'roll-up-explained');
    for (const summary of await page.locator('jh-roll-up-cards summary').all()) await summary.click();
    await stage.picture(page, 'roll-up');

    const names = page.locator('tbody th a');
    const byProgress = page.locator('thead').getByRole('button', { name: '报送进度' });
    await byProgress.click();
    await expectTexts(names, ['玛纳斯县财政局', '克孜勒苏柯尔克孜自治州财政局']);
    await byProgress.click();
    await expectTexts(names, ['克孜勒苏柯尔克孜自治州财政局', '玛纳斯县财政局']);
    await page.getByLabel('按名称或编码查找').fill('6530');
    await expectTexts(names, ['克孜勒苏柯尔克孜自治州财政局']);
    // How the list is looked through is part of the address, so that it is there after a reload and for whoever is sent it.
    await page.waitForURL(/q=6530/);
    // In what order the two stand depends on whether they were written at once, and means nothing.
    const { searchParams } = new URL(page.url());
    searchParams.sort();
    expectSame(searchParams.toString(), 'q=6530&sort=handedIn.up', 'the address of the list');
    await page.reload();
    await expectTexts(names, ['克孜勒苏柯尔克孜自治州财政局']);
    await expectValue(page.getByLabel('按名称或编码查找'), '6530');
    await stage.sight(page, 'roll-up-looked-through', page.locator('section[aria-labelledby="below"]'));

    await names.first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/unit=/);
    await page.locator('.path [aria-current]', { hasText: '克孜勒苏' }).waitFor();
    // Where the focus is after going down.
    await page.locator('h1:focus').waitFor();
    await page.getByLabel('报告期').selectOption('3');
    await page.waitForURL(/period=3/);
    await card('stages').getByText('已报送 3 / 3 份').waitFor();
    await page.getByLabel('报告期').selectOption('0');
    await card('ratings').getByRole('listitem').filter({ hasText: '未评级' }).waitFor();
    await page.getByLabel('报告期').selectOption('4');
    await card('stages').getByText('已报送 1 / 3 份').waitFor();

    // The year is part of the address: what is sent to somebody, and what one goes back to, shows the same year.
    await page.locator('.shell-bar select').first().selectOption('2025');
    await page.waitForURL(/year=2025/);
    await page.goBack();
    await card('stages').getByText('已报送 1 / 3 份').waitFor();
    expectSame(await page.locator('.shell-bar select').first().inputValue(), '2024', 'the year after going back');

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载 CSV' }).click()]);
    const lines = readFileSync(await download.path(), 'utf8').trimEnd().split('\r\n');
    expectSame([lines.length, lines[1]?.split(',').slice(0, 7).join(',')], [3, '653000,克孜勒苏柯尔克孜自治州财政局,3,0,1,1,0'], 'lines of the file');

    // In doubt about the points: they are computed once more, and come out the same.
    const rescore = page.locator('jh-rescore-region');
    await rescore.getByText('2024年第四季度').waitFor();
    await rescore.getByRole('button', { name: '重新核算' }).click();
    await rescore.getByText('已交后台重新核算').waitFor();
    await stage.checkAccess(page);
    await stage.sight(page, 'roll-up-rescored', rescore);
    const points = await card('points').innerText();
    await rescore.getByRole('link', { name: '看进度' }).click();
    await page.waitForURL(/\/jobs$/);
    await page.locator('ul.jobs li', { hasText: '克孜勒苏柯尔克孜自治州财政局' }).filter({ hasText: '已完成' }).first().waitFor();
    await page.goBack();
    await card('stages').getByText('已报送 1 / 3 份').waitFor();
    expectSame(await card('points').innerText(), points, 'the points after they were computed once more');

    await page.locator('jh-outstanding-list a').click();
    await page.waitForURL(/\/tables$/);
    await page.locator('tr[data-table]').first().waitFor();
    await expectCount(page.locator('tr[data-table]'), 3);

    const phone = await stage.signIn('kz-finance', 390, 844);
    await phone.goto(`${stage.house.url}/roll-up`);
    await phone.locator('jh-roll-up-cards').waitFor();
    await stage.checkAccess(phone);
    const width = await phone.evaluate(() => document.scrollingElement?.scrollWidth ?? 0);
    expectSame(width <= 390, true, `no wider than the phone: ${width}`);
    await stage.sight(phone, 'roll-up-phone');
    await stage.sight(phone, 'roll-up-phone-below', phone.locator('section[aria-labelledby="below"]'));

    const reporter = await stage.signIn('kz-reporter');
    expectSame(await reporter.getByRole('link', { name: '区域汇总' }).count(), 0, 'entries for who fills in');
  },
} satisfies Story;
