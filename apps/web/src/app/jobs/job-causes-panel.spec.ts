import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { JobCause, JobNoticeView } from '@jiheng/contract';
import { type Answer, answered, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { PullCareApi } from '../api/pull-care-api';
import { JobCausesPanel } from './job-causes-panel';

const CAUSE: JobCause = {
  name: 'run-pull', code: 'pull.not-allowed', zh: '取数来源“丙系统”拒绝访问（401），请取数来源负责人核对授权后再取数。', en: 'refused', mender: 'source-owner', count: 3, retryable: 3, held: 0, subjects: [{ zh: '丙系统', en: 'C', link: '/sources', fragment: 'source-s3', count: 3, held: null }], subjectTotal: 1, latestAt: '2025-01-09T01:00:00Z',
  titles: [{ zh: '取数：丙系统', en: 'Pull: C' }, { zh: '取数：乙系统', en: 'Pull: B' }],
};
const NOTICE: JobNoticeView = { id: '019b0000-0000-7000-8000-000000000001', kind: 'OUTAGE', title: '取数：丙系统', titleEn: 'Pull: C', sentenceZh: '拒绝访问', sentenceEn: 'refused', unitName: '某州社会保险中心', link: '/sources', at: '2025-01-09T01:00:00Z' };

describe('failed jobs by their cause', () => {
  async function open(retried: Answer<{ readonly retried: number }> = answered({ retried: 3 }), told: readonly JobNoticeView[] = [NOTICE], cause: JobCause = CAUSE) {
    const asked: string[] = [];
    let causes: readonly JobCause[] = [cause];
    const api = {
      causes: async () => answered({ causes }), notices: async () => answered({ notices: told }),
      retryCause: async (name: string, code: string) => { asked.push(`${name}/${code}`); if (retried.ok && retried.value.retried === 3) causes = []; return retried; }, readNotice: async (id: string) => { asked.push(id); return answered(undefined); },
    };
    TestBed.configureTestingModule({ providers: [provideRouter([]), { provide: PullCareApi, useValue: api }] });
    const fixture = TestBed.createComponent(JobCausesPanel);
    fixture.componentRef.setInput('changes', 3);
    // What an effect asks for nobody waits for; one turn of the clock lets the answers in.
    const settled = async (): Promise<void> => {
      await fixture.whenStable();
      await new Promise((next) => { setTimeout(next); });
      await fixture.whenStable();
    };
    await settled();
    const host: HTMLElement = fixture.nativeElement;
    const press = async (label: string): Promise<void> => {
      [...host.querySelectorAll('button')].find((button) => button.textContent?.trim() === label)?.click();
      await settled();
    };
    return { host, asked, press };
  }

  it('says the cause, how many jobs and who can mend it, and tries all of them again at one click', async () => {
    const { host, asked, press } = await open();
    expect(host.textContent).toContain('拒绝访问（401）');
    expect(host.textContent).toContain('3 个任务，例如：取数：丙系统、取数：乙系统');
    expect(host.textContent).toContain('取数来源的负责人');
    await press('全部重试（3）');
    expect(asked).toEqual(['run-pull/pull.not-allowed']);
    expect(host.textContent).toContain('已重新排队 3 个任务');
    expect(host.querySelector('#job-causes')).toBeNull();
  });

  it('says what to do first where none can pass, and leads to the source', async () => {
    const { host, press } = await open(refused(aRefusal('pull.source-paused', 422, { params: { source: '丙系统', sourceId: 's3' } })));
    await press('全部重试（3）');
    expect(host.querySelector('jh-refusal')?.textContent).toContain('拒绝：pull.source-paused');
    expect([...host.querySelectorAll('a')].find((link) => link.textContent?.includes('去处理'))?.getAttribute('href')).toBe('/sources#source-s3');
    expect(host.querySelector('#job-causes')).not.toBeNull();
  });

  it('says how many could not be tried again', async () => {
    const { host, press } = await open(answered({ retried: 1 }));
    await press('全部重试（3）');
    const said = [...host.querySelectorAll('[aria-live]')].find((one) => one.textContent?.includes('已重新排队'));
    expect([said?.textContent, said?.className]).toEqual(['已重新排队 1 个任务。 另有 2 个没有重试，请先处理原因。', 'jh-notice']);
  });

  it('of several sources names each with its link, says which have to be resumed first, and offers to try again what can pass', async () => {
    const held = { code: 'pull.source-paused', zh: '已暂停', en: 'paused' };
    const one = (name: string, n: number, more: Partial<JobCause['subjects'][number]> = {}): JobCause['subjects'][number] => ({ zh: name, en: name, link: '/sources', fragment: `source-s${n}`, count: 1, held: null, ...more });
    const several: JobCause = {
      ...CAUSE, zh: '3 个取数来源拒绝访问（401），请各来源的负责人核对授权后再取数。', count: 4, retryable: 1, held: 3, subjects: [one('甲来源', 1, { held, count: 2 }), one('省厅接口', 3, { held }), one('乙来源', 2)], subjectTotal: 3,
    };
    const { host, asked, press } = await open(answered({ retried: 1 }), [], several);
    const card = host.querySelector('#job-causes ~ ul > li');
    expect(card?.querySelector('strong')?.textContent).toBe('3 个取数来源拒绝访问（401），请各来源的负责人核对授权后再取数。');
    expect([...(card?.querySelectorAll('ul.about li') ?? [])].map((item) => [item.textContent, item.querySelector('a')?.getAttribute('href')])).toEqual([
      ['甲来源 · 2 个任务 · 已暂停，须先恢复取数', '/sources#source-s1'], ['省厅接口 · 已暂停，须先恢复取数', '/sources#source-s3'], ['乙来源', '/sources#source-s2'],
    ]);
    expect(card?.textContent).toContain('另有 3 个任务现在重试不会成功');
    await press('重试其中 1 个');
    expect(asked).toEqual(['run-pull/pull.not-allowed']);
    const said = [...host.querySelectorAll('[aria-live]')].find((p) => p.textContent?.includes('已重新排队'));
    expect(said?.textContent).toBe('已重新排队 1 个任务。');
  });

  it('offers no button where none can pass yet', async () => {
    const { host } = await open(undefined, [], { ...CAUSE, retryable: 0, held: 3, subjects: [{ ...(CAUSE.subjects[0] as JobCause['subjects'][number]), held: { code: 'pull.source-paused', zh: '已暂停', en: 'paused' } }] });
    const card = host.querySelector('#job-causes ~ ul > li');
    expect([card?.querySelector('button'), card?.querySelector('.about a')?.getAttribute('href'), card?.textContent?.includes('这 3 个任务现在重试不会成功')]).toEqual([null, '/sources#source-s3', true]);
  });

  it('tells a source that brings nothing from one that is out of order', async () => {
    const sentenceZh = '取数来源“甲系统”自 2024-10-21 08:00（北京时间）起按定时连续取数 3 次，每次都正常结束，却一个数也没有取到。';
    const { host } = await open(undefined, [NOTICE, { ...NOTICE, id: '019b0000-0000-7000-8000-000000000002', kind: 'SILENCE', title: '定时取数：甲系统', sentenceZh }]);
    const shown = [...host.querySelectorAll('#job-notices ~ ul li')].map((item) => [item.className, item.querySelector('strong')?.textContent, item.querySelector('a')?.textContent, item.querySelector('p')?.textContent]);
    expect(shown).toEqual([['bad', '出现故障', '取数：丙系统', '拒绝访问'], ['doubtful', '取不到数据', '定时取数：甲系统', sentenceZh]]);
  });

  it('puts a notice away', async () => {
    const { host, asked, press } = await open();
    expect(host.querySelector('#job-notices')).not.toBeNull();
    await press('知道了');
    expect(asked).toEqual([NOTICE.id]);
    expect(host.querySelector('#job-notices')).toBeNull();
  });
});
