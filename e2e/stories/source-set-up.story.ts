import { FAKE_CLIENT, startFakeSource } from '../../tools/fake-source/server.ts';
import { expectText } from '../expect.ts';
import { SourceList } from '../pages/source-list.ts';
import type { Story } from '../story.ts';

const NAME = '社保核心系统（授权接口）';
const INSURED = '机关事业单位养老保险参保职工人数达到';
/** What the form shows of each kind: a field that only this kind has. */
const KINDS = [['SQL', '查询语句'], ['SHEET_FOLDER', '文件夹'], ['SFTP_FOLDER', '主机密钥指纹'], ['DHIS2', '数据集编号'], ['HTTP_JSON', '数据行的 JSONPath']] as const;

/** Somebody who has never seen the server sets up a source: with a client key, tried, computed by a formula, previewed, put on a timetable, and looked over. */
export default {
  name: 'source set up: a client key, a trial, a formula with a preview, a timetable, and what became of the values',
  house: { allowedHosts: '127.0.0.1:*' },
  async tell(stage) {
    const upstream = await startFakeSource();
    try {
      const page = await stage.signIn('kz-reporter');
      const sources = new SourceList(page, stage.house.url);
      await page.goto(`${stage.house.url}/sources`);
      await page.getByRole('button', { name: '新建来源' }).click();
      const form = page.locator('jh-pull-source-form');
      for (const [kind, own] of KINDS) {
        await form.getByLabel('类型').selectOption(kind);
        await expectText(form, own);
        await stage.checkAccess(page);
        await stage.sight(page, `source-form-${kind.toLowerCase()}`, form.locator('#source-place'));
      }
      await form.getByLabel('名称', { exact: true }).fill(NAME);
      await form.getByLabel('地址', { exact: true }).fill(`${upstream.url}/secured`);
      await form.getByLabel('身份验证').selectOption({ label: 'OAuth 2.0 客户端凭据' });
      await form.getByLabel('令牌地址').fill(`${upstream.url}/token`);
      await form.getByLabel('客户端编号').fill(FAKE_CLIENT.id);
      await form.getByLabel('客户端密钥').fill(FAKE_CLIENT.secret);
      await form.getByRole('button', { name: '试取一次' }).click();
      await expectText(form.getByRole('status'), '取到');
      await form.getByLabel(`来源字段：${INSURED}`, { exact: true }).first().fill('public-service-pension');
      await stage.sight(page, 'source-tried', form.getByRole('status'));
      await stage.checkAccess(page);
      await form.getByRole('button', { name: '建立' }).click();
      await expectText(page.locator('.saved'), NAME);

      await sources.source(NAME).getByRole('link', { name: `公式与定时：${NAME}` }).click();
      const row = page.locator('table.bindings tbody tr', { hasText: INSURED });
      await row.getByLabel(`公式：${INSURED}`).fill('数值 / 0');
      await page.getByRole('button', { name: '用最近一期试算' }).click();
      await stage.sight(page, 'binding-refused');
      await row.getByLabel(`公式：${INSURED}`).fill('数值 * 1');
      await page.getByRole('button', { name: '用最近一期试算' }).click();
      await expectText(page.getByRole('status'), '候选值');
      await stage.checkAccess(page);
      await stage.picture(page, 'source-care');
      await page.getByRole('button', { name: '保存对应关系' }).click();
      await expectText(page.locator('[aria-live="polite"]', { hasText: '已保存' }), '已保存');
      await page.getByRole('button', { name: '启用自动取数' }).click();
      await expectText(page.locator('section', { hasText: '自动取数' }).last(), '接下来');
      await stage.sight(page, 'source-schedule', page.locator('#schedule'));
      await stage.checkAccess(page);

      await sources.pull(NAME);
      await sources.expectJob(NAME, '已完成');
      await page.goto(`${stage.house.url}/reconciliation`);
      await expectText(page.locator('table').first(), NAME);
      await stage.checkAccess(page);
      await stage.picture(page, 'reconciliation');

      const phone = await stage.signIn('kz-reporter', 390, 844);
      for (const path of ['/sources', '/reconciliation']) {
        await phone.goto(`${stage.house.url}${path}`);
        await phone.locator('section.jh-card').first().waitFor();
        await stage.checkAccess(phone);
        await stage.sight(phone, `phone${path.replaceAll('/', '-')}`);
        const size = await phone.evaluate(() => ({ has: document.scrollingElement?.scrollWidth ?? 0, may: window.innerWidth }));
        if (size.has > size.may) stage.complaints.push(`${path}: ${size.has} px wide in a window of ${size.may}`);
      }
      await phone.goto(`${stage.house.url}/sources`);
      await phone.getByRole('link', { name: `公式与定时：${NAME}` }).click();
      await phone.locator('table.bindings').waitFor();
      await stage.checkAccess(phone);
      await stage.sight(phone, 'phone-source-care');
    } finally {
      await upstream.stop();
    }
  },
} satisfies Story;
