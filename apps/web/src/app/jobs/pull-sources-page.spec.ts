import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { PullSourceView } from '@jiheng/contract';
import { FETCH } from '../api/http';
import { aRefusal, anAnswer } from '../api/testing/a-refusal';
import { routes } from '../app.routes';
import { Session } from '../session/session';
import { aPerson, aSession } from '../session/testing/a-session';
import { Viewpoint } from '../session/viewpoint';
import { aTableView } from '../target-table/testing/a-table-view';
import { PullSourcesPage } from './pull-sources-page';
import { NO_SETTINGS } from './source-settings';
import { Words } from '../words/words';

const TABLE = aTableView('KZ-A', { state: 'APPROVED', moves: [] });
const UNIT = { id: 'u1', code: '100001', name: '玛纳斯县社会保险中心', kind: 'UNIT', parentId: null };
const RUN = { id: 'r1', jobRunId: 'j1', state: 'DONE', at: '2025-01-09T02:00:00Z', observations: 5, candidates: 5, same: 0, unreadable: 0, doubtful: 0, locked: 0, failureZh: null, failureEn: null };
const stored = (more: object = {}): PullSourceView => ({
  id: 's1', unitId: 'u1', unitName: UNIT.name, name: '社保核心系统', kind: 'HTTP_JSON', place: 'http://10.1.2.3/api', state: 'ACTIVE', pauseReason: null, pauseReasonEn: null, switchedOff: false, rowsPath: '$.rows[*]',
  keyField: 'key', valueField: 'value', settings: NO_SETTINGS, secrets: [], mayChange: true, mappings: [], lastRun: null, ...more,
}) as unknown as PullSourceView;

const HOSTS = { setting: 'PULL_ALLOWED_HOSTS', hosts: [{ host: 'data.example', networks: [], port: null }, { host: 'sbk.intranet', networks: ['10.1.2.0/24'], port: 8080 }, { host: null, networks: ['10.1.0.0/16'], port: '*' }] };

/** What the server is at a moment. */
interface House { sources: PullSourceView[]; create: Response; units: object[]; asked: string[]; runs: object }

/** The page as the router brings it, with the guard of the real route; streams of jobs are not heard here. */
async function open(house: Partial<House> = {}, settledYear = signal(2024)) {
  localStorage.clear();
  AbortSignal.timeout ??= () => new AbortController().signal;
  const server: House = { sources: [stored()], create: anAnswer(200, stored()), units: [UNIT], asked: [], runs: { runId: 'r2', jobRunId: 'j2', broughtForward: false }, ...house };
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    server.asked.push(`${init.method ?? 'GET'} ${url}`);
    const [, path = ''] = /^\/api(\/[^?]*)/u.exec(url) ?? [];
    if (path === '/session') return anAnswer(200, aSession({ person: aPerson('reporter'), csrfToken: 't' }));
    if (path === '/pull-sources') return init.method === 'POST' ? server.create : anAnswer(200, { sources: server.sources, more: false });
    if (path.endsWith('/runs')) return anAnswer(202, server.runs);
    if (path === '/pull-sources/allowed-hosts') return anAnswer(200, HOSTS);
    if (path === '/periods') return anAnswer(200, { periods: [{ id: 'q4', fiscalYear: 2024, ordinal: 4, label: '第四季度', startsOn: '2024-10-01', endsOn: '2024-12-31', dueOn: '2025-01-20', state: 'OPEN' }] });
    if (path === '/target-tables') return anAnswer(200, { tables: [{ id: TABLE.id }], fiscalYears: [2024] });
    if (path.startsWith('/target-tables/')) return anAnswer(200, TABLE);
    if (path.startsWith('/pull-sources/')) return anAnswer(200, stored());
    throw new Error(`nobody expected ${url}`);
  };
  const viewpoint = { fiscalYear: () => settledYear() || 2026, settledYear, unitId: () => null, manyUnits: () => false, units: () => server.units };
  const canDeactivate = routes.flatMap((route) => route.children ?? []).find((route) => route.path === 'sources')?.canDeactivate ?? [];
  TestBed.configureTestingModule({ providers: [
    provideRouter([{ path: 'sources', component: PullSourcesPage, canDeactivate }, { path: '**', children: [] }]), { provide: Viewpoint, useValue: viewpoint }, { provide: FETCH, useValue: fetch },
  ] });
  await TestBed.inject(Session).ready();
  const harness = await RouterTestingHarness.create('/sources');
  const page = harness.routeNativeElement as HTMLElement;
  document.body.append(page);
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => { setTimeout(resolve, 0); });
    await harness.fixture.whenStable();
  };
  await settle();
  const press = async (name: string): Promise<HTMLButtonElement> => {
    const button = [...page.querySelectorAll('button')].find((one) => one.textContent?.trim() === name);
    if (button === undefined) throw new Error(`no ${name}`);
    button.focus();
    button.click();
    await settle();
    return button;
  };
  const box = (id: string): HTMLInputElement | null => page.querySelector<HTMLInputElement>(`#source-${id}`);
  const type = async (id: string, text: string): Promise<void> => {
    const field = box(id);
    if (field === null) throw new Error(`no ${id}`);
    field.value = text;
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input'));
    await settle();
  };
  return { page, press, type, box, settle, server, go: (url: string) => TestBed.inject(Router).navigateByUrl(url) };
}

/** What the person answers when asked, in order; what was asked. */
function answering(...answers: readonly boolean[]) {
  const asked: string[] = [];
  jest.spyOn(window, 'confirm').mockImplementation((text) => { asked.push(text ?? ''); return answers[asked.length - 1] ?? false; });
  return asked;
}

beforeEach(() => {
  sessionStorage.clear();
  // jsdom knows neither; both only look.
  window.scrollTo = () => undefined;
  Object.assign(globalThis, { EventSource: class { addEventListener(): void { /* nothing is told here */ } close(): void { /* nor ended */ } } });
});
afterEach(() => {
  jest.restoreAllMocks();
  document.body.innerHTML = '';
});

describe('the page of sources and what is typed there', () => {
  it('asks for the rows of a form that was opened at once when it is known which year is looked at, and not for those of a guessed one', async () => {
    const year = signal(0);
    const { page, press, settle, server } = await open({}, year);
    await press('新建来源');
    expect([server.asked.filter((one) => one.includes('/target-tables')), page.textContent?.includes('还没有目标表')]).toEqual([[], false]);
    year.set(2024);
    await settle();
    expect([server.asked.find((one) => one.includes('/target-tables?'))?.includes('fiscalYear=2024'), page.querySelector('table.mappings') !== null]).toEqual([true, true]);
  });
  it('names the periods in the language of the reader', async () => {
    const { page, settle } = await open();
    const named = (): string[] => [...page.querySelectorAll('#period option')].map((option) => option.textContent ?? '');
    expect(named()).toEqual(['第四季度']);
    TestBed.inject(Words).setLanguage('en');
    await settle();
    expect(named()).toEqual(['Q4']);
    TestBed.inject(Words).setLanguage('zh');
  });

  it('leaves a form in which nothing was typed without a question', async () => {
    const { press, go } = await open();
    await press('新建来源');
    const asked = answering();
    await press('修改');
    expect([await go('/reconciliation'), asked]).toEqual([true, []]);
  });

  it('gives the keyboard back to the button that opened the form when it is cancelled', async () => {
    const { press } = await open();
    await press('修改');
    await press('取消');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('修改来源：社保核心系统');
    await press('新建来源');
    await press('取消');
    expect(document.activeElement?.textContent?.trim()).toBe('新建来源');
  });

  it('asks before a draft is thrown away: by a link, by beginning anew, by taking another one, by cancelling, by closing the window', async () => {
    const { press, type, box, go, page } = await open();
    await press('新建来源');
    await type('name', '医保系统');
    const asked = answering(false, false, false, false, true);
    expect(await go('/reconciliation')).toBe(false);
    await press('新建来源');
    await press('修改');
    await press('取消');
    const closing = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(closing);
    expect([asked.length, asked[0], box('name')?.value, closing.defaultPrevented]).toEqual([4, '取数来源还有没保存的内容。确定放弃吗？', '医保系统', true]);
    await press('取消');
    expect(page.querySelector('jh-pull-source-form')).toBeNull();
  });

  it('a session that was lost elsewhere takes nothing along but the secrets: after signing in again the draft is back, with a sentence', async () => {
    const first = await open({ create: anAnswer(401, aRefusal('house.not-signed-in', 401)) });
    await first.press('新建来源');
    await first.type('name', '医保系统');
    await first.type('place', 'https://10.1.2.9/api?token=s3cret-1&year={fiscalYear}');
    await first.type('auth', 'HEADER');
    await first.type('TOKEN', 's3cret-2');
    await first.type('headers', 'X-Department: 100001\nX-Api-Key: s3cret-3');
    const key = first.page.querySelector<HTMLInputElement>('table.mappings input');
    if (key !== null) key.value = 'pension.insured';
    key?.dispatchEvent(new Event('input'));
    const asked = answering();
    await first.press('建立');
    expect([first.server.asked.filter((one) => one.startsWith('POST')), TestBed.inject(Router).url, asked]).toEqual([['POST /api/pull-sources'], '/sign-in?next=%2Fsources&lost=true', []]);
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('s3cret');
    expect(JSON.stringify({ ...localStorage })).not.toContain('医保系统');

    TestBed.resetTestingModule();
    document.body.innerHTML = '';
    const { page, box, press } = await open();
    expect([box('name'), box('place'), box('auth'), box('TOKEN'), box('headers')].map((field) => field?.value)).toEqual(['医保系统', 'https://10.1.2.9/api?token=&year={fiscalYear}', 'HEADER', '', 'X-Department: 100001\nX-Api-Key:']);
    expect(page.querySelector<HTMLInputElement>('table.mappings input')?.value).toBe('pension.insured');
    expect(page.textContent).toContain('填写而没有保存的内容；密码、令牌和密钥不会留存，请重新填写。');
    answering(true);
    await press('取消');
    TestBed.resetTestingModule();
    document.body.innerHTML = '';
    expect((await open()).page.querySelector('jh-pull-source-form')).toBeNull();
  });

  it('shows which hosts and networks are allowed and where that is set, on the page and at the address that was refused', async () => {
    const { page, press, type } = await open({ create: anAnswer(422, aRefusal('pull.host-not-listed')) });
    const note = () => page.querySelector('jh-allowed-hosts-note');
    expect([note()?.querySelector('summary')?.textContent, note()?.querySelector('details')?.open]).toEqual(['允许取数的主机（3 项）', false]);
    expect([...note()?.querySelectorAll('li') ?? []].map((one) => one.textContent)).toEqual(['data.example默认端口，须指向公网或本名单所列的地址', 'sbk.intranet端口 8080，也可指向内网 10.1.2.0/24', '10.1.0.0/16任意端口，范围内的任一地址']);
    expect(note()?.textContent).toContain('写在服务器配置 PULL_ALLOWED_HOSTS 中，修改后重启生效');
    await press('新建来源');
    expect([page.querySelectorAll('jh-allowed-hosts-note').length, page.querySelector('jh-pull-source-form details')?.hasAttribute('open')]).toEqual([1, false]);
    await type('name', '医保系统');
    await type('place', 'http://10.9.9.9/api');
    const key = page.querySelector<HTMLInputElement>('table.mappings input');
    if (key !== null) key.value = 'pension.insured';
    key?.dispatchEvent(new Event('input'));
    await press('建立');
    expect([page.querySelector('#source-place-error')?.textContent, note()?.querySelector('details')?.open]).toEqual(['拒绝：pull.host-not-listed', true]);
    await type('kind', 'SHEET_FOLDER');
    expect(note()).toBeNull();
  });

  it('says that a source is gone to whoever comes from deleting it', async () => {
    const { settle, go } = await open();
    await go('/reconciliation');
    await TestBed.inject(Router).navigate(['/sources'], { state: { deletedSource: '建错的来源' } });
    await settle();
    expect([document.querySelector('.saved')?.textContent, document.activeElement?.className]).toEqual(['来源“建错的来源”已删除。', expect.stringContaining('saved')]);
  });

  it('chooses the unit for a person only where there is one', async () => {
    const two = await open({ units: [UNIT, { ...UNIT, id: 'u2', name: '某州社会保险中心' }] });
    await two.press('新建来源');
    expect([two.box('unit')?.value, two.page.textContent?.includes('请先选择所属单位。')]).toEqual(['', true]);
    await two.type('name', '医保系统');
    await two.press('建立');
    expect(two.page.textContent).toContain('请选择所属单位。');
    TestBed.resetTestingModule();
    document.body.innerHTML = '';
    const one = await open();
    await one.press('新建来源');
    expect(one.box('unit')?.value).toBe('u1');
  });

  it('has the keyboard on what came of it once a source is made and its form is gone', async () => {
    const { page, press, type } = await open();
    await press('修改');
    await type('name', '社保核心系统（新）');
    const key = page.querySelector<HTMLInputElement>('table.mappings input');
    if (key !== null) key.value = 'pension.insured';
    key?.dispatchEvent(new Event('input'));
    await press('保存');
    expect([document.activeElement?.textContent, document.activeElement?.className]).toEqual(['来源“社保核心系统”已保存。', 'jh-notice jh-notice-success saved']);
  });
});

describe('the page of sources and its last pull', () => {
  const shown = async (source: PullSourceView) => {
    const { page, press, ...rest } = await open({ sources: [source] });
    return { card: page.querySelector('#source-s1') as HTMLElement, press, ...rest };
  };

  it('shows after a reload that a pull is under way, and does not offer another one', async () => {
    const { card, press, server } = await shown(stored({ lastRun: { ...RUN, state: 'RUNNING' } }));
    expect(card.querySelector('[role="status"]')?.textContent).toContain('正在取数');
    const button = await press('正在取数…');
    expect([button.getAttribute('aria-disabled'), document.activeElement, server.asked.some((one) => one.startsWith('POST'))]).toEqual(['true', button, false]);
  });

  it('offers to try at once what waits for its next try, and says that it was brought forward', async () => {
    const why = '取数来源“社保核心系统”没有应答：HTTP 503。将于 2025-01-09 10:10（北京时间）自动重试（第 3 次，共 4 次）。';
    const waiting = { ...RUN, state: 'RUNNING', failureZh: why, failureEn: 'away', nextTry: { at: '2025-01-09T02:10:00.000Z', periodId: 'q4' } };
    const { card, press, server, settle } = await shown(stored({ lastRun: waiting }));
    expect(card.querySelector('[role="status"]')?.textContent).toContain(why);
    const button = [...card.querySelectorAll('button')].find((one) => one.textContent?.trim() === '立即重试');
    expect(button?.getAttribute('aria-disabled')).toBeNull();
    server.runs = { runId: 'r1', jobRunId: 'j1', broughtForward: true };
    server.sources = [stored({ lastRun: { ...waiting, failureZh: null, nextTry: null } })];
    await press('立即重试');
    await settle();
    expect(server.asked.filter((one) => one.startsWith('POST'))).toEqual(['POST /api/pull-sources/s1/runs']);
    expect([card.querySelector('[role="status"] .jh-notice')?.textContent, button?.textContent?.trim(), button?.getAttribute('aria-disabled')]).toEqual([
      '已提前重试，正在取数，取完后这里自动更新。 查看后台任务', '正在取数…', 'true',
    ]);
  });

  it('does not call a pull good of which nothing could be read', async () => {
    const house: Partial<House> = { sources: [stored({ lastRun: { ...RUN, id: 'r2', jobRunId: 'j2', observations: 5, candidates: 1, unreadable: 4, doubtful: 1 } })] };
    const { page, press } = await open(house);
    const button = await press('立即取数');
    const notice = page.querySelector('[role="status"] .jh-notice');
    expect([notice?.className, document.activeElement === button]).toEqual(['jh-notice jh-notice-warning', true]);
    expect(notice?.textContent).toContain('取数完成，但其中读不出 4 个，可疑 1 个。读不出的不作为候选，请核对来源或直接填报；可疑的请核对数值和单位后再采用。');
    expect(page.querySelector('dl')?.textContent).toContain('取到 5 个数：候选 1 个，与已填一致 0 个，读不出 4 个，可疑 1 个');
  });

  it('says what of a pull is locked, and does not offer a choice that nobody has', async () => {
    const { card, press } = await shown(stored({ lastRun: { ...RUN, id: 'r2', jobRunId: 'j2', observations: 5, candidates: 0, locked: 5 } }));
    await press('立即取数');
    const notice = card.querySelector('[role="status"] .jh-notice');
    expect(notice?.className).toBe('jh-notice jh-notice-warning');
    expect(notice?.textContent).toContain('其中已锁定 5 个。已锁定的（监控表已送审、已签字或已过填报截止日）没有作为候选');
    expect(card.querySelector('dl')?.textContent).toContain('取到 5 个数：候选 0 个，与已填一致 0 个，已锁定 5 个');
  });

  it('says after a reload, too, that nothing was found and why', async () => {
    const why = '取数来源“社保核心系统”没有 2024年第四季度 的数据，已填数值保持不变。查找的是：$.rows[*]。';
    const { card } = await shown(stored({ lastRun: { ...RUN, observations: 0, candidates: 0, failureZh: why, failureEn: 'nothing' } }));
    expect([card.querySelector('dl jh-status-tag')?.textContent, card.querySelector('dl .jh-notice-warning')?.textContent, card.textContent?.includes('取到 0 个数')]).toEqual(['没有取到', why, false]);
  });

  it('says that its schedule keeps bringing nothing and that its owner knows', async () => {
    const why = '取数来源“社保核心系统”没有 2024年第四季度 的数据，已填数值保持不变。';
    const { card } = await shown(stored({ silentSince: '2025-01-08T16:05:00Z', lastRun: { ...RUN, observations: 0, candidates: 0, failureZh: why, failureEn: 'nothing' } }));
    expect([...card.querySelectorAll('dl .jh-notice-warning')].map((notice) => notice.textContent)).toEqual([why, expect.stringMatching(/^按定时连续多次取数都没有取到任何数，.+00:05已通知负责人；再取到数后自动解除。$/u)]);
  });

  it('says of values that are those that were typed that there is nothing to choose', async () => {
    const { card, press } = await shown(stored({ lastRun: { ...RUN, id: 'r2', jobRunId: 'j2', observations: 2, candidates: 0, same: 2 } }));
    await press('立即取数');
    expect(card.querySelector('[role="status"] .jh-notice-success')?.textContent).toContain('取到的数与已填的一致，没有需要选择的候选值。');
  });

  it('one that was taken back says so', async () => {
    const { card, press } = await shown(stored({ lastRun: { ...RUN, jobRunId: 'j2', state: 'CANCELLED', observations: 0, candidates: 0 } }));
    await press('立即取数');
    expect([card.querySelector('dl jh-status-tag')?.textContent, card.querySelector('[role="status"]')?.textContent?.trim()]).toEqual(['已取消', '取数已取消；已给出的候选值保留。']);
  });

  it('calls the switch of a person 停用 and 启用, and the pause of the house 暂停 and 恢复', async () => {
    const paused = { state: 'PAUSED', pauseReason: '取数来源“社保核心系统”拒绝访问（401），请取数来源负责人核对授权后再取数。', pauseReasonEn: 'refused' };
    const house = await shown(stored(paused));
    expect([house.card.querySelector('h2 jh-status-tag')?.textContent, house.card.textContent?.includes('恢复取数'), house.card.textContent?.includes('启用')]).toEqual(['暂停', true, false]);
    TestBed.resetTestingModule();
    document.body.innerHTML = '';
    const person = await shown(stored({ ...paused, pauseReason: '由填报人甲停用', switchedOff: true }));
    expect([person.card.querySelector('h2 jh-status-tag')?.textContent, person.card.textContent?.includes('恢复取数'), person.card.textContent?.includes('由填报人甲停用，启用前不会取数。')]).toEqual(['停用', false, true]);
  });
});
