import { expectCount, expectSame, expectText } from '../expect.ts';
import { EvaluationSheet } from '../pages/evaluation-sheet.ts';
import { cellsOf, textOf } from '../pages/read-file.ts';
import type { Story } from '../story.ts';

const PROJECT = '社会保险经办审计经费';
const POINTS = ['5.00', '3.33', '5.00', '4.84', '5.00', '4.38', '5.00', '5.00', '10.00', '9.62', '10.00', '7.50', '4.89', '4.63'];
const ABILITY = '加强自治州社保经办能力';
const SATISFACTION = '受益群众满意度';
const GOAL = '全年完成内部审计5次、培训2次，审计报告均按时出具，发现的问题整改到位。';
const WHY = '问卷样本偏少，从严计分。';

/** Four signed quarters become 94.19 and 优, every point explained; a person sets one aside with a reason, and the year goes out as the national form. */
export default {
  name: 'year end: 94.19 from four signed quarters, adjusted with a reason, accepted, and handed out as spreadsheet and document',
  async tell(stage) {
    const page = await stage.signIn('kz-reporter');
    await page.locator('jh-work-card', { hasText: PROJECT }).locator('h3 a').click();
    await page.locator('[data-start-self-evaluation]').click();
    await page.waitForURL(/\/self-evaluations\//);
    const year = new EvaluationSheet(page);
    await expectText(page.locator('h1'), PROJECT);

    // The judgement of the year: partly reached, 75 percent of the weight, within the band of its grade.
    const ability = await year.open(ABILITY);
    await ability.getByRole('radio', { name: /部分达成/ }).check();
    await ability.locator('input.number').fill('90');
    await ability.locator('input.number').blur();
    await expectText(ability.getByRole('alert').first(), '6.00–7.99');
    await ability.locator('input.number').fill('75');
    await ability.locator('input.number').blur();
    await expectText(ability.locator('.now'), '得 7.50 分');
    await stage.picture(page, 'self-evaluation-row', ability);
    await year.close();
    await expectText(year.total(), '94.19');
    await expectText(year.total(), '优');
    const printed = await page.locator('jh-evaluation-form tr[data-row] jh-points b').allTextContents();
    expectSame(printed, POINTS, 'points of the rows');
    await page.locator('jh-points button').nth(2).click();
    await expectText(page.locator('.ant-popover'), '按完成比例赋分');
    await page.keyboard.press('Escape');
    await stage.sight(page, 'self-evaluation');
    await stage.checkAccess(page);

    // A first file of 94.19; making it survives a page that is closed on it.
    await year.ask('xlsx');
    await page.locator('li[data-format="xlsx"]').first().waitFor();
    await page.reload();
    const first = await year.download('xlsx');
    expectSame(first.name, `2024年度绩效自评-${PROJECT}.xlsx`, 'name of the file');
    const cells = cellsOf(first.bytes);
    for (const cell of ['项目支出绩效自评表', PROJECT, '94.19', '10.00', '≥5次', '5次', ...POINTS]) if (!cells.includes(cell)) throw new Error(`the spreadsheet lacks ${cell}: ${cells.join(' | ').slice(0, 900)}`);

    // One score is set by hand: refused without a reason, then both stand beside each other and the file tells that it is older.
    const satisfied = await year.open(SATISFACTION);
    await satisfied.getByRole('button', { name: '调整得分' }).click();
    await satisfied.getByLabel('调整为').fill('4.50');
    await satisfied.getByRole('button', { name: '保存调整' }).click();
    await expectText(satisfied.locator('jh-adjustment-editor [role="alert"]'), '理由');
    await satisfied.getByLabel('调整理由').fill(WHY);
    await satisfied.getByRole('button', { name: '保存调整' }).click();
    await year.close();
    await expectText(year.row(SATISFACTION), '4.50');
    await expectText(year.row(SATISFACTION), '计算得分 4.89');
    await expectText(year.total(), '93.80');
    await expectText(page.locator('jh-total-card'), '按公式计算 94.19 分');
    await expectText(page.locator('jh-report-files'), '请重新生成');

    // What is still owed leads to its place.
    await page.locator('#goal-achieved textarea').fill(GOAL);
    await year.chapter('process').locator('textarea').fill('由规划财务科牵头，12月取数，次年1月复核并征求业务科室意见。');
    await year.chapter('process').locator('textarea').blur();
    await year.allSaved();
    await expectText(page.locator('.ready'), '可以送审');
    await year.move('submit', '已送审', null);

    for (const [login, move, state] of [
      ['kz-reviewer', 'review', '已审核'], ['kz-manager', 'sign', '已签字'], ['kz-department', 'acceptDepartment', '主管部门已确认'], ['kz-finance', 'accept', '财政已确认'],
    ] as const) {
      const other = await stage.signIn(login);
      await other.locator('jh-work-card', { hasText: PROJECT }).locator('h3 a').click();
      await other.waitForURL(/\/self-evaluations\//);
      await new EvaluationSheet(other).move(move, state);
      if (login === 'kz-finance') await stage.sight(other, 'self-evaluation-accepted');
    }

    // The accepted year goes out: computed and adjusted points, the reason, the words that were written.
    await page.reload();
    await expectText(page.locator('.jh-page-head'), '财政已确认');
    await expectCount(page.locator('jh-evaluation-form textarea'), 0);
    await year.ask('xlsx');
    await year.ask('docx');
    const document = await year.download('docx');
    const text = await textOf(document.bytes);
    for (const words of [PROJECT, '93.80', '94.19', GOAL, WHY, '加强自治州社保经办能力', '规划财务科牵头']) if (!text.includes(words)) throw new Error(`the document lacks ${words}: ${text.slice(0, 900)}`);
    await expectCount(page.locator('li[data-format="xlsx"]'), 2);
    const last = cellsOf((await year.download('xlsx')).bytes);
    for (const cell of ['93.80', '4.50']) if (!last.some((one) => one.includes(cell))) throw new Error(`the spreadsheet lacks ${cell}`);
    await stage.picture(page, 'reports');
  },
} satisfies Story;
