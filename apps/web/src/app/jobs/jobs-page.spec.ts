import { Location } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { JobRunView } from '@jiheng/contract';
import { JobsApi } from '../api/jobs-api';
import { answered, refused } from '../api/problem';
import { PullCareApi } from '../api/pull-care-api';
import { aRefusal } from '../api/testing/a-refusal';
import { JobsPage } from './jobs-page';

const FAILED: JobRunView = {
  id: 'b' as JobRunView['id'], name: 'run-pull', title: '取数：坏接口401', titleEn: 'Pull', state: 'FAILED', done: 0, total: 0, at: null, failureZh: '拒绝访问（401）。', failureEn: 'refused', mender: 'source-owner', attempts: 1, overtaken: false, goneZh: null, goneEn: null,
  link: '/sources', by: '填报人', createdAt: '2025-01-09T01:00:00Z', startedAt: '2025-01-09T01:00:00.000Z', finishedAt: '2025-01-09T01:00:00.300Z', retryable: true, cancellable: false,
};

async function open(api: Partial<Record<keyof JobsApi, unknown>> = {}) {
  localStorage.clear();
  const jobs = {
    list: async ({ q }: { q?: string | null }) => answered({ jobs: q ? [] : [FAILED], nextCursor: null, counts: { FAILED: 5 } }),
    retry: async () => refused(aRefusal('pull.source-paused', 422, { params: { source: '坏接口401', sourceId: 's9' } })), cancel: async () => answered(undefined), watch: () => () => undefined, ...api,
  };
  const care = { causes: async () => answered({ causes: [] }), notices: async () => answered({ notices: [] }) };
  TestBed.configureTestingModule({ providers: [provideRouter([]), { provide: JobsApi, useValue: jobs }, { provide: PullCareApi, useValue: care }] });
  const fixture = TestBed.createComponent(JobsPage);
  const settle = async (): Promise<void> => {
    await new Promise((next) => { setTimeout(next); });
    await fixture.whenStable();
  };
  await settle();
  return { page: fixture.nativeElement as HTMLElement, settle };
}

describe('the page of jobs', () => {
  it('says of a retry that cannot pass what to do first, and leads to the source', async () => {
    const { page, settle } = await open();
    [...page.querySelectorAll('button')].find((one) => one.textContent?.trim() === '重试')?.click();
    await settle();
    const job = page.querySelector('ul.jobs li');
    expect([job?.querySelector('jh-status-tag')?.textContent, job?.querySelector('[role="alert"]')?.textContent?.trim()]).toEqual(['失败', '拒绝：pull.source-paused']);
    expect([...(job?.querySelectorAll('a') ?? [])].at(-1)?.getAttribute('href')).toBe('/sources#source-s9');
  });

  it('says of a job that ended well and brought nothing what was looked for', async () => {
    const { page } = await open({ list: async () => answered({ jobs: [{ ...FAILED, state: 'DONE', failureZh: '来源没有这一期的数据。查找的是：a.csv。', failureEn: 'nothing', mender: null, retryable: false }], nextCursor: null, counts: {} }) });
    const job = page.querySelector('ul.jobs li');
    expect([job?.querySelector('jh-status-tag')?.textContent, job?.querySelector('.jh-notice-warning')?.textContent]).toEqual(['没有取到', '来源没有这一期的数据。查找的是：a.csv。']);
  });

  it('says of a failed job that a later one succeeded, and does not ask to try it again', async () => {
    const { page } = await open({ list: async () => answered({ jobs: [{ ...FAILED, overtaken: true, retryable: false }], nextCursor: null, counts: {} }) });
    const job = page.querySelector('ul.jobs li');
    expect([job?.querySelector('jh-status-tag')?.textContent, job?.querySelector('.cause')?.textContent, job?.querySelector('.mend')?.textContent?.trim(), job?.querySelector('button')]).toEqual([
      '失败，已恢复', '原因：拒绝访问（401）。', '之后已经成功，不需要处理。', null,
    ]);
  });

  it('says of a failed job whose source was deleted that it is history: nobody is named to mend it, nothing is offered and no link leads nowhere', async () => {
    const gone = { ...FAILED, goneZh: '来源已删除（坏接口401）', goneEn: 'the source “坏接口401” was deleted', link: null, retryable: false };
    const { page } = await open({ list: async () => answered({ jobs: [gone], nextCursor: null, counts: {} }) });
    const job = page.querySelector('ul.jobs li');
    expect([job?.classList.contains('failed'), job?.querySelector('jh-status-tag')?.textContent, job?.querySelector('jh-status-tag')?.getAttribute('data-tone'), job?.querySelector('.gone')?.textContent]).toEqual([
      false, '失败，留作历史', 'quiet', '来源已删除（坏接口401）。留作历史，不需要处理，也不能重试。',
    ]);
    expect([job?.querySelector('strong')?.textContent?.trim(), job?.querySelector('.cause')?.textContent, job?.querySelector('.mend')?.textContent?.trim(), job?.querySelector('a, button')]).toEqual(['取数：坏接口401', '原因：拒绝访问（401）。', '', null]);
  });

  it('says of a cancelled job how much was done, and has it go on where it can', async () => {
    const stopped: JobRunView = { ...FAILED, name: 'apply-rule-profile', title: '按评分规则重新评分', state: 'CANCELLED', done: 1000, total: 1200, failureZh: null, failureEn: null, mender: null };
    const asked: string[] = [];
    const { page, settle } = await open({
      list: async () => answered({ jobs: [stopped, { ...stopped, id: 'c' as JobRunView['id'], done: 0, total: 0, retryable: false }], nextCursor: null, counts: {} }), retry: async (id: string) => { asked.push(id); return answered(undefined); },
    });
    const jobs = () => [...page.querySelectorAll('ul.jobs li')].map((job) => [job.querySelector('jh-status-tag')?.textContent, job.querySelector('.mend')?.textContent?.trim().replaceAll(/\s+/g, ' ') ?? null]);
    expect(jobs()).toEqual([['已取消', '取消时已完成 1000 / 1200继续'], ['已取消', null]]);
    page.querySelector<HTMLElement>('ul.jobs li .mend button')?.click();
    await settle();
    expect([asked, jobs()[0]]).toEqual([['b'], ['等待中', null]]);
  });

  it('says of a job that waits for its next try why, and when that is', async () => {
    const { page } = await open({ list: async () => answered({ jobs: [{ ...FAILED, state: 'WAITING', failureZh: '没有应答。将于 09:31 自动重试。', retryable: false, cancellable: true }], nextCursor: null, counts: {} }) });
    expect(page.querySelector('ul.jobs li')?.textContent).toContain('将于 09:31 自动重试。');
  });

  it('does not say of a job that it took no time', async () => {
    const { page } = await open();
    expect(page.querySelector('ul.jobs')?.textContent).toContain('用时不到 1 秒');
    expect(page.querySelector('ul.jobs')?.textContent).not.toContain('从提出到完成');
  });

  it('says of a job that waited or was tried again how long somebody waited for it', async () => {
    const { page } = await open({ list: async () => answered({ jobs: [{ ...FAILED, state: 'DONE', createdAt: '2025-01-09T00:57:40Z', attempts: 2 }], nextCursor: null, counts: {} }) });
    expect(page.querySelector('ul.jobs')?.textContent).toContain('用时不到 1 秒 · 从提出到完成 2 分 20 秒');
  });

  it('says of a running job that gives no sign of life that it is probably nobody’s, and no more once somebody is at it', async () => {
    const ticks: (() => void)[] = [];
    const clock = jest.spyOn(globalThis, 'setInterval').mockImplementation(((tick: () => void) => { ticks.push(tick); return 0; }) as unknown as typeof setInterval);
    try {
      let silentSeconds = 95;
      const running: JobRunView = { ...FAILED, state: 'RUNNING', finishedAt: null, failureZh: null, failureEn: null, total: 6, retryable: false };
      const { page, settle } = await open({ list: async () => answered({ jobs: [{ ...running, silentSeconds }], nextCursor: null, counts: {} }) });
      expect(page.querySelector('ul.jobs .jh-notice-warning')).toBeNull();
      const tick = async (): Promise<void> => { for (const one of ticks) one(); await settle(); };
      await tick();
      expect(page.querySelector('ul.jobs .jh-notice-warning')?.textContent).toBe('已 1 分 35 秒没有动静，后台进程可能已停止；会由其他进程接着做，不必重新提交。');
      silentSeconds = 1;
      await tick();
      expect(page.querySelector('ul.jobs .jh-notice-warning')).toBeNull();
    } finally {
      clock.mockRestore();
    }
  });

  it('says that nothing fits where jobs are there, and that there are none where none are', async () => {
    const { page, settle } = await open();
    const find = page.querySelector<HTMLInputElement>('input[type="search"]');
    if (find !== null) find.value = '没有的来源';
    find?.dispatchEvent(new Event('change'));
    await settle();
    expect(page.querySelector('.jh-empty strong')?.textContent).toBe('没有符合条件的任务');
    TestBed.resetTestingModule();
    expect((await open({ list: async () => answered({ jobs: [], nextCursor: null, counts: {} }) })).page.querySelector('.jh-empty strong')?.textContent).toBe('还没有任务');
  });
});

describe('the address of the page of jobs', () => {
  async function visit(url: string) {
    localStorage.clear();
    const asked: Record<string, unknown>[] = [];
    const jobs = { list: async (filter: Record<string, unknown>) => { asked.push(Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null))); return answered({ jobs: [FAILED], nextCursor: null, counts: { FAILED: 5 } }); }, watch: () => () => undefined };
    const care = { causes: async () => answered({ causes: [] }), notices: async () => answered({ notices: [] }) };
    TestBed.configureTestingModule({ providers: [provideRouter([{ path: 'jobs', component: JobsPage }]), { provide: JobsApi, useValue: jobs }, { provide: PullCareApi, useValue: care }] });
    const harness = await RouterTestingHarness.create(url);
    const settle = async (): Promise<void> => {
      for (let turn = 0; turn < 3; turn++) { await new Promise((next) => { setTimeout(next); }); harness.detectChanges(); await harness.fixture.whenStable(); }
    };
    await settle();
    const page = harness.routeNativeElement as HTMLElement;
    const shown = () => ({
      state: page.querySelector('.tabs [aria-pressed="true"]')?.textContent?.trim(), kind: page.querySelector<HTMLSelectElement>('.filters select')?.value,
      days: [...page.querySelectorAll<HTMLInputElement>('input[type="date"]')].map((one) => one.value), q: page.querySelector<HTMLInputElement>('input[type="search"]')?.value,
    });
    const change = (selector: string, value: string): void => {
      const box = page.querySelector<HTMLInputElement | HTMLSelectElement>(selector);
      if (box === null) throw new Error(`no ${selector}`);
      box.value = value;
      box.dispatchEvent(new Event('change'));
    };
    return { page, asked, settle, shown, change, address: () => decodeURIComponent(TestBed.inject(Location).path()), go: async (to: string) => { await TestBed.inject(Router).navigateByUrl(to); await settle(); } };
  }

  it('is followed when the page is opened or reloaded: the server is asked for these jobs and the boxes say which', async () => {
    const { asked, shown } = await visit('/jobs?state=FAILED&kind=run-pull&from=2025-01-01&to=2025-01-09&q=%E7%94%B2');
    expect(asked).toEqual([{ state: 'FAILED', name: 'run-pull', from: '2025-01-01', to: '2025-01-09', q: '甲' }]);
    expect(shown()).toEqual({ state: '失败5', kind: 'run-pull', days: ['2025-01-01', '2025-01-09'], q: '甲' });
  });

  it('says what was chosen, also of two choices in a row, and nothing of what is as from the first', async () => {
    const { page, asked, settle, change, address } = await visit('/jobs');
    expect(asked).toEqual([{}]);
    [...page.querySelectorAll<HTMLElement>('.tabs button')].find((one) => one.textContent?.includes('失败'))?.click();
    change('.filters select', 'run-pull');
    change('input[type="search"]', ' 甲 ');
    await settle();
    expect([address(), asked.at(-1)]).toEqual(['/jobs?state=FAILED&kind=run-pull&q=甲', { state: 'FAILED', name: 'run-pull', q: '甲' }]);
    change('.filters select', '');
    await settle();
    change('input[type="search"]', '');
    await settle();
    expect([address(), asked.at(-1), asked.length]).toEqual(['/jobs?state=FAILED', { state: 'FAILED' }, 6]);
  });

  it('leads the page that is open as well, and what nobody knows there does not narrow', async () => {
    const { asked, shown, go, address } = await visit('/jobs?state=FAILED');
    await go('/jobs');
    expect([asked.at(-1), shown().state]).toEqual([{}, '全部']);
    await go('/jobs?state=BROKEN&kind=make-coffee&from=2025-06-31&to=yesterday');
    expect([asked.at(-1), asked.length, address()]).toEqual([{}, 2, '/jobs?state=BROKEN&kind=make-coffee&from=2025-06-31&to=yesterday']);
    await go('/jobs?q=%E4%B9%99');
    expect([asked.at(-1), shown().q]).toEqual([{ q: '乙' }, '乙']);
  });
});
