import XLSX from '@e965/xlsx';
import type { Page } from 'playwright-core';
import { expectCount, expectText } from '../expect.ts';
import { EntrySheet } from '../pages/entry-sheet.ts';
import type { Stage, Story } from '../story.ts';

const FINANCE = '玛纳斯县财政局';
const UNIT = '玛纳斯县社会保险中心';
const PROJECT = '2024年度-8794国防工水利工退休工资';
const PASSWORD = '社保经办清清楚楚2024';

/** The form of a published table as its unit keeps it in a spreadsheet: official layout, levels merged over their rows. */
function officialForm(): Buffer {
  const rows = [
    ['项目支出绩效目标表'], ['（2024 年）'], ['预算单位', '', UNIT], ['项目名称', '', PROJECT, '', '', '项目负责人', '', '待遇发放科科长'],
    ['项目资金(万元)', '', '年度预算总额', '229.39', '其中：财政拨款', '229.39', '其他资金', '0.00'],
    ['项目总体目标', '', '保障8794国防工水利工79人退休工资的发放，资金到位率达到100%，待遇发放期为12个月，预算支出控制率达到100%，退休职工满意度达到95%。'],
    ['一级指标', '二级指标', '三级指标', '指标值', '指标值设置依据', '上年完成值', '指标分值权重', '指标赋分规则', '佐证资料'],
    ['产出指标', '数量指标', '发放人数(人)', '＞=79人', '计划标准', '', '20', '按照完成比例赋分', '工作资料'],
    ['', '质量指标', '资金到位率(%)', '=100%', '计划标准', '', '10', '按照完成比例赋分', '工作资料'],
    ['', '时效指标', '待遇发放期(月)', '=12 月', '计划标准', '', '10', '按照完成比例赋分', '工作资料'],
    ['成本指标', '经济成本指标', '预算支出控制率(%)', '=100%', '预算支出标准', '', '20', '按照完成比例赋分', '原始凭证'],
    ['效益指标', '社会效益指标', '提高国防工水利工生活水平', '有效提高', '计划标准', '', '10', '按评判等级赋分', '说明材料'],
    ['', '', '保障退休人员退休费按时发放', '有效保障', '计划标准', '', '10', '按评判等级赋分', '说明材料'],
    ['满意度指标', '满意度指标', '退休职工满意度(%)', '≥95%', '计划标准', '', '10', '满意度赋分', '工作资料'],
  ];
  const sheet = XLSX.utils.aoa_to_sheet(rows);
  sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 8 } }, { s: { r: 7, c: 0 }, e: { r: 9, c: 0 } }, { s: { r: 11, c: 0 }, e: { r: 12, c: 0 } }, { s: { r: 11, c: 1 }, e: { r: 12, c: 1 } }];
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, sheet, '绩效目标表');
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}

async function addUnit(page: Page, name: string, code: string, kind: string, parent: string): Promise<void> {
  await page.getByRole('button', { name: '添加单位' }).click();
  await page.locator('#unit-name').fill(name);
  await page.locator('#unit-code').fill(code);
  await page.locator('#unit-kind').selectOption({ label: kind });
  await page.locator('#unit-parent').selectOption({ label: parent });
  await page.locator('jh-unit-form button[type="submit"]').click();
  await expectText(page.locator('section[aria-labelledby="units"]'), name);
}

/** Adds a person with roles and reads the one-time password off the page. */
async function addPerson(page: Page, login: string, name: string, roles: readonly (readonly [string, string])[]): Promise<string> {
  await page.getByRole('button', { name: '添加人员' }).click();
  await page.locator('#person-name').fill(name);
  await page.locator('#person-login').fill(login);
  for (const [at, [role, unit]] of roles.entries()) {
    if (at > 0) await page.getByRole('button', { name: '添加角色' }).click();
    await page.getByLabel('角色', { exact: true }).nth(at).selectOption({ label: role });
    const units = page.getByLabel('单位（含下级）').nth(at);
    await units.selectOption(await units.locator('option', { hasText: unit }).first().getAttribute('value'));
  }
  await page.locator('jh-person-form button[type="submit"]').click();
  await expectText(page.locator('.once h2'), name);
  const password = (await page.locator('.once code').textContent())?.trim() ?? '';
  await page.getByRole('button', { name: '知道了' }).click();
  return password;
}

/** The first sign-in of a person: the one-time password opens one page only, the one where a new one is chosen. */
async function firstSignIn(stage: Stage, login: string, oneTime: string): Promise<Page> {
  const page = await stage.window();
  await page.goto(`${stage.house.url}/sign-in`);
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill(oneTime);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL(/\/password$/);
  const [current, next, again] = await page.locator('input[type="password"]').all();
  await current?.fill(oneTime);
  await next?.fill(PASSWORD);
  await again?.fill(PASSWORD);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL(/\/work$/);
  return page;
}

/** Opens the table that waits and passes it on. */
async function passTable(page: Page, move: string, state: string): Promise<void> {
  await page.goto(new URL('/work', page.url()).href);
  await page.locator('jh-work-card', { hasText: PROJECT }).locator('h3 a').click();
  await page.waitForURL(/\/tables\//);
  await page.locator(`jh-move-bar [data-move="${move}"]`).click();
  if (move !== 'submit') await page.getByRole('button', { name: '确定 ·' }).click();
  await expectText(page.locator('.jh-page-head'), state);
}

/** An empty house: the first visitor becomes its administrator, and by the evening a quarter is open for entry. */
export default {
  name: 'first administrator: from an empty house to the first cell of the first quarter',
  house: { empty: true, today: '2024-03-20' },
  async tell(stage) {
    const admin = await stage.window();
    await admin.goto(stage.house.url);
    await admin.waitForURL(/\/setup$/);
    await stage.picture(admin, 'set-up');
    await stage.checkAccess(admin);
    await admin.locator('button[type="submit"]').click();
    await expectText(admin.locator('#unit-error'), '请输入单位名称');
    await admin.locator('#unit-name').fill(FINANCE);
    await admin.locator('#display-name').fill('系统管理员');
    await admin.locator('#login').fill('admin');
    await admin.locator('#password').fill('短了');
    await admin.locator('#repeat').fill('短了');
    await admin.locator('button[type="submit"]').click();
    await expectText(admin.locator('#password-error'), '至少 10 位');
    await admin.locator('#password').fill(PASSWORD);
    await admin.locator('#repeat').fill(PASSWORD);
    await admin.locator('button[type="submit"]').click();
    await admin.waitForURL(/\/(work|people)$/);

    await admin.getByRole('link', { name: '人员与单位' }).first().click();
    await addUnit(admin, UNIT, '652324-132001', '预算单位', FINANCE);
    const reporterPassword = await addPerson(admin, 'tianbao', '填报人', [['填报人', UNIT]]);
    const reviewerPassword = await addPerson(admin, 'shenhe', '审核人', [['审核人', UNIT], ['主管部门', FINANCE]]);
    const managerPassword = await addPerson(admin, 'fuze', '负责人', [['负责人', UNIT], ['财政部门', FINANCE]]);
    await expectCount(admin.locator('table.people tbody tr'), 4);
    await stage.sight(admin, 'people-and-units');
    await stage.checkAccess(admin);

    // The reporter brings the approved form as a file, holds the reading beside it and makes a draft.
    const reporter = await firstSignIn(stage, 'tianbao', reporterPassword);
    await reporter.getByRole('link', { name: '导入目标表' }).first().click();
    await reporter.locator('input[type="file"]').setInputFiles({ name: '绩效目标表2024.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: officialForm() });
    await reporter.waitForURL(/\/import\/[0-9a-f-]{36}$/);
    await expectText(reporter.locator('.jh-page-head'), '1 张目标表 · 7 项指标');
    await expectText(reporter.locator('jh-staged-grid'), '≥79人');
    // No document may name the lead; and what is doubtful is either mended or kept with a reason.
    await reporter.locator('input[name="lead"]').fill('业务科');
    await reporter.locator('input[name="lead"]').press('Tab');
    const keep = reporter.getByRole('button', { name: '说明后保留' });
    for (let left = await keep.count(); left > 0; left = await keep.count()) {
      await keep.first().click();
      await reporter.locator('form.reason input').fill('按批复执行');
      await reporter.locator('form.reason button').click();
      await expectCount(keep, left - 1);
    }
    await reporter.locator('[data-saved][data-unsaved="0"]').waitFor();
    await stage.picture(reporter, 'import-preview');
    await stage.checkAccess(reporter);
    await reporter.locator('[data-act="accept"]').click();
    await reporter.locator('[data-accepted] a').click();
    await expectText(reporter.locator('h1'), PROJECT);
    await reporter.locator('jh-move-bar [data-move="submit"]').click();
    await expectText(reporter.locator('.jh-page-head'), '已送审');

    // Review, signature, department, finance: then the quarter that has begun is open.
    const reviewer = await firstSignIn(stage, 'shenhe', reviewerPassword);
    const manager = await firstSignIn(stage, 'fuze', managerPassword);
    await passTable(reviewer, 'review', '已审核');
    await passTable(manager, 'sign', '已签字');
    await passTable(reviewer, 'acceptDepartment', '主管部门已确认');
    await passTable(manager, 'approve', '已批复');
    await stage.sight(manager, 'table-approved');

    // Opening is a job: the page is asked again until the quarter waits.
    const card = reporter.locator('jh-work-card', { hasText: '第一季度' });
    for (let turn = 0; turn < 20 && (await card.count()) === 0; turn++) {
      await reporter.goto(`${stage.house.url}/work`);
      await card.first().waitFor({ timeout: 1_500 }).catch(() => undefined);
    }
    await card.locator('h3 a').first().click();
    const sheet = new EntrySheet(reporter);
    await sheet.enter('发放人数', '79人');
    await sheet.expectState('发放人数', 'saved');
    await expectText(sheet.points('发放人数'), '20.00');

    // The door of the set-up is shut for good.
    const late = await stage.window();
    await late.goto(`${stage.house.url}/setup`);
    await late.waitForURL(/\/sign-in/);
  },
} satisfies Story;
