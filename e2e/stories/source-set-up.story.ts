import type { PullSourceView } from '@jiheng/contract';
import { FAKE_CLIENT, startFakeSource } from '../../tools/fake-source/server.ts';
import { expectCount, expectSame, expectText } from '../expect.ts';
import { call } from '../pages/api.ts';
import { SourceList } from '../pages/source-list.ts';
import type { Story } from '../story.ts';

const NAME = '社保核心系统（授权接口）';
const MISTAKEN = '建错的来源';
const INSURED = '机关事业单位养老保险参保职工人数达到';
/** What the form shows of each kind: a field that only this kind has. */
const KINDS = [['SQL', '查询语句'], ['SHEET_FOLDER', '文件夹'], ['SFTP_FOLDER', '主机密钥指纹'], ['DHIS2', '数据集编号'], ['HTTP_JSON', '数据行的 JSONPath']] as const;

/** Somebody who has never seen the server sets up a source: with a client key, tried, computed by a formula, previewed, put on a timetable, and looked over. */
export default {
  name: 'source set up: a client key, a trial, a formula with a preview, a timetable, what became of the values, and one set up by mistake that is deleted',
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
      // A host that nobody has listed is refused at its field, and the list of those that are opens below it.
      await form.getByLabel('地址', { exact: true }).fill('http://10.9.9.9/secured');
      await form.getByRole('button', { name: '试取一次' }).click();
      await expectText(form.locator('#source-place-error'), '10.9.9.9');
      await form.locator('jh-allowed-hosts-note details[open] li', { hasText: '127.0.0.1' }).waitFor();
      await stage.checkAccess(page);
      await stage.sight(page, 'source-host-refused', form.locator('#source-place'));
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
      // A path that goes astray is told where, and what there is instead.
      await row.getByLabel(`来源字段：${INSURED}`).fill('$.rows[0].amount');
      await page.getByRole('button', { name: '用最近一期试算' }).click();
      await expectText(page.locator('tr.SILENT'), '“$.rows[0]”下有 key、value');
      await stage.sight(page, 'binding-astray', page.locator('tr.SILENT'));
      await row.getByLabel(`来源字段：${INSURED}`).fill('public-service-pension');
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

      // One that has brought values is where they come from and stays; one that was set up by mistake goes, after a question.
      await page.goto(`${stage.house.url}/sources`);
      await page.getByRole('link', { name: `公式与定时：${NAME}` }).click();
      await expectText(page.locator('jh-delete-source'), '这些数以它为出处，不能删除');
      const { sources: known } = await call<{ sources: { unitId: string; name: string }[] }>(page, 'GET', '/pull-sources');
      const unitId = known.find((one) => one.name === NAME)?.unitId;
      await call(page, 'POST', '/pull-sources', { unitId, name: MISTAKEN, kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }] });
      await page.goto(`${stage.house.url}/sources`);
      await stage.sight(page, 'source-hosts', page.locator('jh-allowed-hosts-note'));
      await page.getByRole('link', { name: `公式与定时：${MISTAKEN}` }).click();
      await page.getByRole('button', { name: '删除这个来源…' }).click();
      await expectText(page.locator('[aria-labelledby="delete-ask"]'), '一并删除：对应关系 1 项。');
      await stage.checkAccess(page);
      await stage.sight(page, 'source-delete', page.locator('jh-delete-source'));
      await page.locator('[data-delete]').click();
      await page.waitForURL(/\/sources$/u);
      await expectText(page.locator('.saved'), `来源“${MISTAKEN}”已删除。`);
      await expectCount(sources.source(MISTAKEN), 0);

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
      await phone.getByRole('button', { name: '用最近一期试算' }).click();
      await phone.locator('table.tried').waitFor();
      await stage.checkAccess(phone);
      await stage.sight(phone, 'phone-source-care', phone.locator('table.bindings'));
      await stage.sight(phone, 'phone-source-preview', phone.locator('table.tried'));
      // What is bound and what a trial made of it stand one below the other: nothing is pushed sideways within its card.
      const boxes = await phone.locator('.jh-scroll').evaluateAll((all) => all.map((box) => ({ has: box.scrollWidth, may: box.clientWidth })));
      expectSame([boxes.length, boxes.filter(({ has, may }) => has > may)], [2, []], 'tables that scroll sideways on a phone');
      await stage.sight(phone, 'phone-source-stays', phone.locator('jh-delete-source'));
      await phone.goto(`${stage.house.url}/sources`);
      await phone.locator('jh-allowed-hosts-note summary').click();
      await stage.checkAccess(phone);
      await stage.sight(phone, 'phone-source-hosts', phone.locator('jh-allowed-hosts-note'));

      // No field that the keyboard reaches lies below the bar of buttons; the formula is shown and stays.
      const list = new SourceList(phone, stage.house.url);
      await list.source(NAME).getByRole('button', { name: '修改来源：' }).click();
      await phone.locator('#source-name').focus();
      const hidden: string[] = [];
      const reached = new Set<string>();
      for (let nth = 0; nth < 60 && !reached.has('source-paging'); nth += 1) {
        await phone.keyboard.press('Tab');
        const at = await phone.evaluate(() => {
          const [field, bar] = [document.activeElement, document.querySelector('jh-pull-source-form .foot')];
          return { id: field?.id ?? '', covered: field !== null && bar !== null && !bar.contains(field) && field.getBoundingClientRect().bottom > bar.getBoundingClientRect().top };
        });
        if (at.covered) hidden.push(at.id);
        reached.add(at.id);
      }
      expectSame(reached.has('source-headers') && reached.has('source-paging'), true, 'the keyboard comes to the headers and the paging');
      expectSame(hidden, [], 'fields below the bar of buttons');
      await expectText(phone.locator('jh-pull-source-form .mappings'), '数值 * 1');

      // Somebody else is faster: both stand side by side, nothing typed is lost, and the formula outlives it all.
      const { sources: before } = await call<{ sources: PullSourceView[] }>(phone, 'GET', '/pull-sources');
      const { id, kind, place, rowsPath, keyField, valueField, settings, revision } = before.find((one) => one.name === NAME) as PullSourceView;
      await call(phone, 'PUT', `/pull-sources/${id}`, { name: `${NAME}甲`, kind, place, rowsPath, keyField, valueField, settings, mappings: [], expectedRevision: revision });
      await phone.locator('#source-name').fill(`${NAME}乙`);
      await phone.getByRole('button', { name: '保存', exact: true }).click();
      await expectText(phone.locator('jh-source-conflict .theirs'), `${NAME}甲`);
      await stage.checkAccess(phone);
      await stage.sight(phone, 'phone-source-conflict', phone.locator('jh-source-conflict'));
      await phone.getByRole('button', { name: '保留我的并保存' }).click();
      await expectText(phone.locator('.saved'), `${NAME}乙`);
      await list.source(`${NAME}乙`).locator('summary').click();
      await expectText(list.source(`${NAME}乙`).locator('details'), '数值 * 1');
    } finally {
      await upstream.stop();
    }
  },
} satisfies Story;
