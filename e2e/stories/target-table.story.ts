import { expectCount, expectSame, expectText, expectValue } from '../expect.ts';
import { call } from '../pages/api.ts';
import { TargetEditor, TargetTablePage } from '../pages/target-editor.ts';
import type { Stage, Story } from '../story.ts';

const PROJECT = '网络安全维护费';
const ROWS = [
  { level1: '产出指标', level2: '数量指标', name: '安全巡检次数', target: '不少于4次', previousActual: '4次', weight: '20' },
  { level1: '产出指标', level2: '质量指标', name: '漏洞按期整改率', target: '≥95%', previousActual: '94%', weight: '20' },
  { level1: '成本指标', level2: '经济成本指标', name: '安全维护经费', target: '≤3万元', previousActual: '3万元', weight: '20' },
  { level1: '效益指标', level2: '社会效益指标', name: '系统运行保障情况', target: '有效保障', previousActual: '有效保障', weight: '20' },
  { level1: '满意度指标', level2: '服务对象满意度指标', name: '业务科室满意度', target: '≥90%', previousActual: '92%', weight: '10' },
] as const;

/** A promise from its first word to its adjustment: written in the browser, sent, signed, approved, and written anew beside the one in force. */
export default {
  name: 'target table: written in the browser, sent and signed, in force, adjusted with a reason, and what changed is seen by everybody',
  async tell(stage) {
    const page = await stage.signIn('kz-reporter');
    const editor = new TargetEditor(page);
    await page.goto(`${stage.house.url}/tables`);
    await page.getByRole('link', { name: '新建目标表' }).click();
    await page.locator('#new-year').selectOption('2025');
    await page.getByRole('button', { name: '开始编制' }).click();

    // The head, and one row after the other by the keyboard.
    await page.locator('#head-project').fill(PROJECT);
    await page.locator('#head-lead').fill('信息科');
    for (const [field, amount] of [['total', '3'], ['fiscal', '30000元'], ['other', '0']] as const) await page.locator(`#head-${field}`).fill(amount);
    await page.locator('#head-goalText').fill('全年完成安全巡检4次，漏洞按期整改率达到95%，保障经办系统平稳运行。');
    for (const [at, row] of ROWS.entries()) {
      if (at > 0) await editor.cell(at - 1, 'name').press('Control+Enter');
      await expectCount(editor.rows(), at + 1);
      await editor.write(at, row);
    }
    await expectText(editor.rows().nth(0).locator('.reading'), '读作 ≥4次 · 越高越好 · 各季相加');
    await expectText(editor.rows().nth(3).locator('.reading'), '读作文字表述');
    await expectText(page.locator('jh-table-editor-page .sum'), '分值合计 90，另有预算执行率 10 分');

    // A weight that is none is said below its row, and nothing goes out.
    await editor.write(1, { weight: '20.125' });
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expectText(editor.rows().nth(1).locator('.remarks'), '最多两位小数');
    await stage.sight(page, 'target-editor-refused');
    await editor.write(1, { weight: '20' });
    // A row is doubled, taken out again, and the change is taken back; the window dies and the draft comes back.
    await editor.cell(1, 'name').press('Control+d');
    await expectCount(editor.rows(), 6);
    await page.getByRole('button', { name: '撤销' }).click();
    await expectCount(editor.rows(), 5);
    await editor.save();
    await page.waitForURL(/\/tables\/[0-9a-f-]+\/edit$/);
    const address = page.url().replace(/\/edit$/, '');
    await editor.write(4, { target: '≥91%' });
    editor.answerWhenAsked(true);
    await page.reload();
    await expectText(page.locator('jh-table-editor-page'), '已恢复');
    await expectValue(editor.cell(4, 'target'), '≥91%');
    await stage.checkAccess(page);
    await editor.save();
    await stage.picture(page, 'target-editor', page.locator('jh-target-rows'));

    // Sent, reviewed, signed, accepted, approved: it is in force.
    await page.goto(address);
    // The warning is right as it stands: its reason goes with the table to whoever reviews and signs it.
    await page.getByRole('button', { name: /^写明理由后接受：“业务科室满意度”/u }).click();
    await page.getByRole('button', { name: '接受', exact: true }).click();
    await expectText(page.locator('jh-finding-list .jh-field-error'), '请写明理由');
    await page.locator('jh-finding-list textarea').fill('上年样本只有一个科室，今年覆盖全部科室。');
    await page.getByRole('button', { name: '接受', exact: true }).click();
    await expectText(page.locator('jh-finding-list .accepted'), '今年覆盖全部科室');
    await stage.checkAccess(page);
    await stage.sight(page, 'target-finding-accepted', page.locator('jh-finding-list'));
    await new TargetTablePage(page).move('submit', '已送审');
    await approve(stage, address);

    // An adjustment: a reason, a draft of the same rows, two changes; what changed stands on the page.
    await page.goto(address);
    await expectText(page.locator('.jh-page-head'), '已批复');
    await page.getByRole('button', { name: '发起调整' }).click();
    await page.getByRole('button', { name: '生成调整草稿' }).click();
    await expectText(page.locator('#adjust-reason-error'), '请写明调整原因');
    await page.locator('#adjust-reason').fill('年中新增一个业务系统，巡检次数相应增加。');
    await page.getByRole('button', { name: '生成调整草稿' }).click();
    await page.waitForURL(/\/edit$/);
    await expectText(page.locator('jh-table-editor-page'), '调整原因：年中新增一个业务系统');
    expectSame(await page.locator('#head-project').getAttribute('readonly') !== null, true, 'an adjustment keeps its project');
    await editor.write(0, { target: '≥6次' });
    await editor.write(3, { weight: '15' });
    await editor.cell(3, 'name').press('Control+Enter');
    await editor.write(4, { name: '新系统等保测评完成情况', target: '按期完成', previousActual: '新增', weight: '5' });
    await editor.save();
    await page.getByRole('link', { name: '返回目标表' }).click();
    const changes = page.locator('jh-version-changes');
    await expectText(changes, /安全巡检次数.*指标值.*≥4次.*→.*≥6次/su);
    await expectText(changes, /系统运行保障情况.*分值权重.*20.*→.*15/su);
    await expectText(changes, /新增.*新系统等保测评完成情况/su);
    await expectText(page.locator('jh-history'), '年中新增一个业务系统');
    await stage.checkAccess(page);
    await stage.sight(page, 'target-changes', changes);
    const adjusted = page.url();

    // Until it is approved the first version stays in force and says that another is on its way.
    await page.goto(address);
    await expectText(page.locator('jh-target-table-page'), '第 2 版正在调整中');
    await expectCount(page.getByRole('button', { name: '发起调整' }), 0);
    await page.goto(adjusted);
    await new TargetTablePage(page).move('submit', '已送审');
    await approve(stage, adjusted);
    await page.goto(address);
    await expectText(page.locator('.jh-page-head'), '已被新版本替换');
    const id = adjusted.split('/').at(-1) ?? '';
    const table = await call<{ state: string; version: number; indicators: { key: string }[] }>(page, 'GET', `/target-tables/${id}`);
    expectSame([table.state, table.version, table.indicators.length], ['APPROVED', 2, 6], 'the adjusted version is in force');

    // An adjustment begun by mistake is deleted after one more question; the version in force stands.
    await page.goto(adjusted);
    await page.getByRole('button', { name: '发起调整' }).click();
    await page.locator('#adjust-reason').fill('点错了。');
    await page.getByRole('button', { name: '生成调整草稿' }).click();
    await page.waitForURL(/\/edit$/);
    await page.getByRole('link', { name: '返回目标表' }).click();
    await page.getByRole('button', { name: '删除草稿' }).click();
    await expectText(page.locator('jh-discard-draft'), '现行版本不受影响');
    await stage.checkAccess(page);
    await page.locator('[data-discard]').click();
    await page.waitForURL(adjusted);
    await expectText(page.locator('.jh-page-head'), '已批复');

    // A manager reads it, too, and is offered no pen.
    const manager = await stage.signIn('kz-manager', 390, 844);
    await manager.goto(adjusted);
    await expectText(manager.locator('.jh-page-head'), '已批复');
    await expectCount(manager.getByRole('button', { name: '发起调整' }), 0);
    await manager.goto(`${adjusted}/edit`);
    await expectText(manager.locator('jh-table-editor-page'), '不能编辑');
  },
} satisfies Story;

async function approve(stage: Stage, address: string): Promise<void> {
  for (const [login, move, state] of [
    ['kz-reviewer', 'review', '已审核'], ['kz-manager', 'sign', '已签字'], ['kz-department', 'acceptDepartment', '主管部门已确认'], ['kz-finance', 'approve', '已批复'],
  ] as const) {
    const page = await stage.signIn(login);
    await page.goto(address);
    await new TargetTablePage(page).move(move, state, '同意。');
    await page.context().close();
  }
}
