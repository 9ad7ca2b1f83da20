import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFakeSource } from '../../tools/fake-source/server.ts';
import { expectCount, expectText, expectValue } from '../expect.ts';
import { call } from '../pages/api.ts';
import { EntrySheet } from '../pages/entry-sheet.ts';
import { openQuarter } from '../pages/find-report.ts';
import { SourceList } from '../pages/source-list.ts';
import type { Story } from '../story.ts';

const PROJECT = '2024年度-破产企业人员生活补贴';
const RECIPIENTS = '发放人数';
const MONTHS = '待遇发放期';
const SATISFACTION = '企业退休职工满意度';
const FOLDER = '待遇发放系统季度导出（CSV）';
const SURVEY = '满意度调查平台';

/** A source and a person disagree: the person decides, says why, and nothing that was typed is ever overwritten. */
export default {
  name: 'pull disagrees: a candidate beside a typed value, kept or taken by a person, and a source that fails in plain words',
  async tell(stage) {
    const page = await stage.signIn('mn-reporter');
    const sheet = new EntrySheet(page);
    const sources = new SourceList(page, stage.house.url);
    await openQuarter(page, PROJECT, 4, 'entry');
    await sheet.enter(RECIPIENTS, '235');
    await sheet.expectState(RECIPIENTS, 'saved');

    // The system of payments has corrected its own count since; the pull is asked for and followed.
    mkdirSync(join(stage.house.pullFolder, '652324-132001'), { recursive: true });
    writeFileSync(join(stage.house.pullFolder, '652324-132001/2024Q4.csv'), '\uFEFF指标编码,数值\r\nsubsidy.recipients,237\r\nsubsidy.months,3\r\nsubsidy.satisfaction,95.6\r\n');
    await sources.pull(FOLDER);
    await sources.expectPulled(FOLDER);
    await stage.sight(page, 'sources');
    await stage.checkAccess(page);
    await sources.expectJob(FOLDER, '已完成');

    // 237 stands beside 235 and changes nothing. Keeping one's own takes a reason that the reviewer will read.
    await openQuarter(page, PROJECT, 4, 'entry');
    await expectText(sheet.row(RECIPIENTS), '候选 237人');
    await expectValue(sheet.cell(RECIPIENTS), '235人');
    const detail = await sheet.open(RECIPIENTS);
    const candidate = detail.locator('jh-candidate');
    await expectText(candidate, '237');
    await stage.picture(page, 'candidate', detail);
    await candidate.getByRole('button', { name: '保留我的' }).click();
    await candidate.getByRole('button', { name: '确定保留我的' }).click();
    await expectText(candidate.getByRole('alert'), '请写明不采用的理由');
    await candidate.getByLabel('不采用的理由').fill('系统含12月已停发的2人');
    await candidate.getByRole('button', { name: '确定保留我的' }).click();
    await expectCount(sheet.row(RECIPIENTS).locator('jh-candidate'), 0);
    await expectValue(sheet.cell(RECIPIENTS), '235人');
    await detail.getByRole('button', { name: '收起' }).click();

    // The other candidate is taken with one click, and the row remembers where it came from.
    await sheet.row(MONTHS).getByRole('button', { name: '采用', exact: true }).click();
    await sheet.expectState(MONTHS, 'saved');
    await expectValue(sheet.cell(MONTHS), /^3个?月$/);
    await expectText((await sheet.open(MONTHS)).locator('.history'), '自动取数');

    // A second source speaks JSON over the network. First it refuses us, and the jobs page says so in words a person can act on.
    const upstream = await startFakeSource();
    try {
      upstream.say('{"rows":[{"key":"satisfaction.retired","value":96.10}]}');
      upstream.behave('unauthorised');
      const { sources: known } = await call<{ sources: { unitId: string }[] }>(page, 'GET', '/pull-sources');
      await call(page, 'POST', '/pull-sources', {
        unitId: known[0]?.unitId, name: SURVEY, kind: 'HTTP_JSON', place: `${upstream.url}/survey?period={period}`, rowsPath: '$.rows[*]', keyField: 'key', valueField: 'value',
        mappings: [{ indicatorKey: 'MN-B7', field: 'satisfaction.retired', unit: '%' }],
      });
      await sources.pull(SURVEY);
      await sources.expectJob(SURVEY, '失败');
      await expectText(sources.job(SURVEY).locator('.cause'), `原因：取数来源“${SURVEY}”拒绝访问（401）`);
      await stage.picture(page, 'job-failed');
      await stage.checkAccess(page);

      // Mended, resumed, pulled: 96.10 comes with the digits it was written with.
      upstream.behave('ok');
      await sources.resume(SURVEY);
      await sources.pull(SURVEY);
      await sources.expectJob(SURVEY, '已完成');
    } finally {
      await upstream.stop();
    }
    await openQuarter(page, PROJECT, 4, 'entry');
    await expectText(sheet.row(SATISFACTION), '候选 96.10%');
    await expectValue(sheet.cell(SATISFACTION), '');
    await expectText((await sheet.open(SATISFACTION)).locator('jh-candidate code'), '96.10');
  },
} satisfies Story;
