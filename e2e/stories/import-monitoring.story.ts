import { expectSame, expectText, expectValue } from '../expect.ts';
import { EntrySheet } from '../pages/entry-sheet.ts';
import { openQuarter } from '../pages/find-report.ts';
import { bring, openStrip } from '../pages/staging-sheet.ts';
import type { Story } from '../story.ts';

const PROJECT = '2024年度-破产企业人员生活补贴';
const SATISFACTION = '企业退休职工满意度';
/** The monitoring form of the whole year, with a row that no report has. */
const FORM = Buffer.from([
  ['项目支出绩效目标执行监控表'], ['（2024年度）'], ['项目名称', PROJECT], ['一级指标', '二级指标', '三级指标', '年度指标值', '1—12月执行情况', '全年预计完成情况', '原因说明', '确定能', '有可能', '完全不可能'],
  ['产出指标', '数量指标', '发放人数', '≥239人', '237', '239'], ['满意度指标', '服务对象满意度指标', SATISFACTION, '≥95%', '96.2%', '96%', '异地居住的职工未回收问卷', '', '√'], ['', '', '没有这一项', '≥1次', '2', '2'],
].map((row) => [...row, ...Array.from({ length: 10 - row.length }, () => '')].join(',')).join('\n'));
/** The whole unit on the form of 2015, with its tasks; and a second table beside it. */
const HEAD = ['一级指标', '二级指标', '三级指标', '指标值', '分值权重'];
const unitForm = (title: string, head: readonly (readonly string[])[]): string => [
  [title], ['（2062年度）'], ...head, HEAD, ['产出指标', '数量指标', '发放人数', '≥318人', '60'], ['效益指标', '社会效益指标', '退休职工基本生活', '有效保障', '20'], ['满意度指标', '服务对象满意度指标', '退休职工满意度', '≥95%', '10'],
].map((row) => [...row, ...Array.from({ length: 6 - row.length }, () => '')].join(',')).join('\n');
const BOTH = Buffer.from([
  unitForm('部门（单位）整体支出绩效目标申报表', [
    ['部门（单位）名称', '玛纳斯县社会保险中心'], ['年度主要任务', '任务名称', '主要内容', '预算金额（万元）'], ['', '', '', '总额', '财政拨款', '其他资金'],
    ['', '国防工水利工退休工资', '79人退休费按月发放', '229.39', '229.39'], ['', '破产企业人员生活补贴', '239人', '44.58', '44.58'], ['年度总体目标', '各项待遇按时足额发放'],
  ]),
  unitForm('项目支出绩效目标表', [['预算单位', '玛纳斯县社会保险中心'], ['项目名称', '企业退休职工慰问'], ['项目总体目标', '退休职工得到慰问']]),
].join('\n'));

/** What a monitoring form says goes beside the cells of its report; many tables are accepted with one reason a kind of warning. */
export default {
  name: 'import: a monitoring form gives its report candidates and explanations, all tables are accepted with one reason a kind, and who may not import is told who can',
  async tell(stage) {
    const page = await stage.signIn('mn-reporter');
    await bring(stage, page, '监控表2024.csv', FORM, 'text/csv');
    const imported = page.url();
    await page.locator('jh-proposals-panel tr[data-key]').first().waitFor();
    await page.locator('jh-proposals-panel [data-unmatched] summary').click();
    await expectText(page.locator('jh-proposals-panel [data-unmatched]'), '没有这一项');
    await stage.sight(page, 'import-monitoring');
    await stage.checkAccess(page);
    await page.locator('[data-act="propose"]').click();
    await page.locator('jh-proposals-panel [data-proposed]').waitFor();
    // In the report they stand beside the cells: one is taken over, with the file as its origin.
    await openQuarter(page, PROJECT, 4, 'entry');
    const sheet = new EntrySheet(page);
    await expectText(sheet.row(SATISFACTION), '候选');
    await sheet.takeCandidate(SATISFACTION);
    // What the form says of the row waits above the grid and beside the own explanation: taken over by a click, saved, and then gone.
    await expectText(page.locator('[data-remarks]'), SATISFACTION);
    await page.locator('[data-remarks]').getByRole('button', { name: SATISFACTION }).click();
    await expectText(page.locator('jh-row-detail [data-remark]'), '异地居住的职工未回收问卷');
    await stage.sight(page, 'entry-imported-remark', page.locator('jh-row-detail [data-remark]'));
    await page.locator('jh-row-detail [data-act="take-remark"]').click();
    await page.locator('[data-remarks]').waitFor({ state: 'detached' });
    await expectValue(page.locator('jh-row-detail jh-deviation-note textarea').first(), '异地居住的职工未回收问卷');
    // Undoing withdraws the other one; the one taken over stays.
    await page.goto(imported);
    await page.locator('[data-act="undo"]').click();
    await page.locator('[data-act="undo-yes"]').click();
    await page.locator('.state[data-state="UNDONE"]').waitFor();
    await openQuarter(page, PROJECT, 4, 'entry');
    await sheet.row(SATISFACTION).waitFor();
    expectSame(await sheet.row('发放人数').getByText('候选 237人').count(), 0, 'the candidate nobody settled is gone');

    // Two tables and their tasks: rows merged and split from the keyboard, then one reason a kind of warning.
    await bring(stage, page, '整体和项目2062.csv', BOTH, 'text/csv');
    await openStrip(page, 'jh-staged-tasks');
    await page.locator('jh-staged-tasks [data-task="1"]').waitFor();
    await page.locator('jh-staged-grid tr[data-row="r1"] > td[data-column="name"]').click();
    await page.keyboard.press('Alt+m');
    await page.locator('jh-staged-grid tr[data-row="r2"]').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.locator('jh-staged-grid tr[data-row="r2"]').waitFor();
    await page.keyboard.press('Alt+s');
    await page.locator('.split input').first().waitFor();
    await stage.sight(page, 'import-split');
    await page.keyboard.press('Escape');
    await stage.sight(page, 'import-tasks', page.locator('jh-staged-tasks'));
    await page.locator('[data-act="accept-all"]').click();
    const reasons = page.locator('jh-reasons-panel input');
    await reasons.first().waitFor();
    await stage.sight(page, 'import-reasons');
    await stage.checkAccess(page);
    const phone = await stage.signIn('mn-reporter', 390, 844);
    await phone.goto(page.url());
    await openStrip(phone, 'jh-staged-tasks');
    await phone.locator('jh-staged-tasks [data-task="1"]').waitFor();
    await phone.locator('[data-act="accept-all"]').click();
    await phone.locator('jh-reasons-panel input').first().waitFor();
    await stage.sight(phone, 'import-reasons-phone', phone.locator('jh-reasons-panel'));
    await stage.sight(phone, 'import-tasks-phone', phone.locator('jh-staged-tasks'));
    await stage.checkAccess(phone);
    await phone.goto(imported);
    await phone.locator('jh-proposals-panel').waitFor();
    await stage.sight(phone, 'import-monitoring-phone', phone.locator('jh-proposals-panel'));
    const size = await phone.evaluate(() => ({ has: document.scrollingElement?.scrollWidth ?? 0, may: window.innerWidth }));
    if (size.has > size.may) stage.complaints.push(`${size.has} px wide in a window of ${size.may}`);
    for (const box of await reasons.all()) await box.fill('按批复执行');
    await reasons.first().press('Enter');
    await page.locator('[data-accepted]').waitFor();

    const finance = await stage.signIn('mn-finance');
    await finance.goto(`${stage.house.url}/import`);
    await finance.locator('[data-may-not]').waitFor();
    expectSame(await finance.locator('input[type="file"]').count(), 0, 'nobody is offered what they cannot use');
    await stage.sight(finance, 'import-finance');
    await stage.checkAccess(finance);
  },
} satisfies Story;
