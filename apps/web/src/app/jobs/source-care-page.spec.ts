import { TestBed } from '@angular/core/testing';
import { ActivatedRoute, Router, convertToParamMap, provideRouter } from '@angular/router';
import type { BindingPreview, BindingsView, ScheduleBody, ScheduleView, SourceOwner } from '@jiheng/contract';
import { FETCH } from '../api/http';
import { aRefusal, aServer, anAnswer } from '../api/testing/a-refusal';
import { type Answer, answered, refused } from '../api/problem';
import { PullCareApi } from '../api/pull-care-api';
import { Session } from '../session/session';
import { aPerson, aSession } from '../session/testing/a-session';
import { SourceCareModel } from './source-care-model';
import { SourceCarePage } from './source-care-page';

const OWNER: SourceOwner = { name: '填报人甲', isMe: true, isActive: true, answers: ['填报人甲'], standIn: null };
const BOUND: BindingsView = {
  revision: 3, owner: OWNER,
  sourceName: '社保核心系统', unitName: '某州社会保险中心', mayChange: true, goesWith: { bindings: 1, hasSchedule: false, secrets: 0, pulls: 2, isUnderWay: false },
  bindings: [{ indicatorKey: 'KZ-U6', indicatorName: '城乡居民养老保险参保人数', tableTitle: '单位整体', ownUnit: '万人', field: 'pension', unit: '人', formula: '', numeratorField: '', denominatorField: '' }],
  unbound: [{ indicatorKey: 'KZ-U1', indicatorName: '参保覆盖率', tableTitle: '单位整体', ownUnit: '%' }],
};
const TRIED: BindingPreview = {
  periodZh: '2024年第四季度', periodEn: '2024 Q4', rowCount: 3, wouldChange: 1,
  rows: [{ indicatorKey: 'KZ-U6', indicatorName: '城乡居民养老保险参保人数', verbatim: '264000', row: '{"key":"pension","value":264000}', present: '26万人', offered: '26.4万人', outcome: 'CANDIDATE', noteZh: null, noteEn: null }],
};
const NEVER: ScheduleView = { mayChange: true, revision: 0, schedule: null };
const planned = (body: ScheduleBody): ScheduleView => ({ mayChange: true, revision: 1, schedule: { ...body, state: 'ACTIVE', next: ['2025-04-04T23:30:00Z'], lastAt: null, missed: 0, noteZh: null, noteEn: null } });

function aGateway(over: Partial<Record<string, unknown>> = {}) {
  const asked: unknown[] = [];
  return {
    asked,
    bindings: async () => answered(BOUND), schedule: async () => answered(NEVER),
    saveBindings: async (_: string, bindings: readonly unknown[]) => { asked.push(bindings); return answered({ ...BOUND, bindings: BOUND.bindings }); },
    preview: async (_: string, bindings: readonly unknown[]): Promise<Answer<BindingPreview>> => { asked.push(bindings); return answered(TRIED); },
    saveSchedule: async (_: string, body: ScheduleBody) => { asked.push(body); return answered(planned(body)); },
    pauseSchedule: async () => answered(NEVER), resumeSchedule: async () => answered(NEVER), removeSchedule: async () => answered(NEVER),
    takeOver: async () => answered(BOUND),
    deleteSource: async (id: string): Promise<Answer<void>> => { asked.push(id); return answered(undefined); },
    ...over,
  };
}

describe('one source', () => {
  it('is tried with what stands there, and a change of it takes the trial back', async () => {
    const gateway = aGateway();
    const model = new SourceCareModel(gateway, 's');
    await model.load();
    model.write('KZ-U6', 'formula', 'value / 10000');
    model.add('KZ-U1');
    await model.tryIt();
    expect(gateway.asked[0]).toEqual([
      { indicatorKey: 'KZ-U6', field: 'pension', unit: '人', formula: 'value / 10000', numeratorField: '', denominatorField: '' },
      { indicatorKey: 'KZ-U1', field: '', unit: '', formula: '', numeratorField: '', denominatorField: '' },
    ]);
    expect(model.preview()?.wouldChange).toBe(1);
    model.remove('KZ-U1');
    expect(model.preview()).toBeNull();
    expect(model.addable().map((row) => row.indicatorKey)).toEqual(['KZ-U1']);
  });

  it('keeps what was written when the server refuses it', async () => {
    const model = new SourceCareModel(aGateway({ preview: async () => refused(aRefusal('pull.formula-unreadable')) }), 's');
    await model.load();
    model.write('KZ-U6', 'formula', 'value =');
    await model.tryIt();
    expect([model.problem()?.code, model.rows()[0]?.formula]).toEqual(['pull.formula-unreadable', 'value =']);
  });

  it('sends of a schedule what belongs to its kind', async () => {
    const gateway = aGateway();
    const model = new SourceCareModel(gateway, 's');
    await model.load();
    await model.saveSchedule();
    model.plan({ kind: 'CRON', cron: ' 0 6 * * * ', windowed: true });
    await model.saveSchedule();
    expect(gateway.asked).toEqual([
      { rule: { kind: 'QUARTER_END', day: 5, time: '07:30' }, window: null, minGapMinutes: 10 }, { rule: { kind: 'CRON', cron: '0 6 * * *' }, window: { from: '20:00', to: '07:00' }, minGapMinutes: 10 },
    ]);
    expect(model.schedule()?.schedule?.state).toBe('ACTIVE');
  });

  it('says at each field of the schedule what is wrong there, and sends nothing', async () => {
    const gateway = aGateway();
    const model = new SourceCareModel(gateway, 's');
    await model.load();
    expect(model.gaps().size).toBe(0);
    model.plan({ kind: 'MONTHLY', day: 32, time: '', windowed: true, from: '8', minGapMinutes: 0 });
    await model.saveSchedule();
    expect([...model.gaps()]).toEqual([['day', 'dayOfMonthWrong'], ['time', 'timeWrong'], ['from', 'timeWrong'], ['minGapMinutes', 'gapWrong']]);
    model.plan({ kind: 'QUARTER_END', day: Number.NaN, time: '07:30', windowed: false, minGapMinutes: 10 });
    expect([...model.gaps()]).toEqual([['day', 'dayWrong']]);
    model.plan({ kind: 'CRON', cron: '0 7 * *' });
    expect([...model.gaps()]).toEqual([['cron', 'cronWrong']]);
    await model.saveSchedule();
    expect([gateway.asked, model.scheduleSaved()]).toEqual([[], false]);
    model.plan({ cron: '0 7 * * *' });
    await model.saveSchedule();
    expect([gateway.asked.length, model.scheduleSaved()]).toEqual([1, true]);
  });

  it('to pause a schedule is not to drop the new hours that stand there unsaved', async () => {
    const body: ScheduleBody = { rule: { kind: 'MONTHLY', day: 3, time: '06:00' }, window: null, minGapMinutes: 10 };
    const model = new SourceCareModel(aGateway({ schedule: async () => answered(planned(body)), pauseSchedule: async () => answered(planned(body)) }), 's');
    await model.load();
    expect(model.dirty()).toBe(false);
    model.plan({ day: 9 });
    await model.pauseSchedule();
    expect([model.draft().day, model.dirty()]).toEqual([9, true]);
  });

  async function open(gateway = aGateway()) {
    localStorage.clear();
    AbortSignal.timeout ??= () => new AbortController().signal;
    const server = aServer(anAnswer(200, aSession({ person: aPerson('reporter'), csrfToken: 't' })));
    TestBed.configureTestingModule({ providers: [
      provideRouter([{ path: '**', children: [] }]), { provide: FETCH, useValue: server.fetch }, { provide: PullCareApi, useValue: gateway },
      { provide: ActivatedRoute, useValue: { snapshot: { paramMap: convertToParamMap({ id: 's' }) } } },
    ] });
    await TestBed.inject(Session).ready();
    const fixture = TestBed.createComponent(SourceCarePage);
    const host: HTMLElement = fixture.nativeElement;
    document.body.append(host);
    const settle = async (): Promise<void> => {
      await new Promise((resolve) => { setTimeout(resolve, 0); });
      await fixture.whenStable();
    };
    await settle();
    const press = async (name: string): Promise<HTMLButtonElement> => {
      const button = [...host.querySelectorAll('button')].find((one) => one.textContent?.includes(name));
      if (button === undefined) throw new Error(`no ${name}`);
      button.focus();
      button.click();
      await settle();
      return button;
    };
    const type = async (selector: string, text: string): Promise<void> => {
      const box = host.querySelector<HTMLInputElement>(selector);
      if (box === null) throw new Error(`no ${selector}`);
      box.value = text;
      box.dispatchEvent(new Event('input'));
      await settle();
    };
    return { fixture, host, press, type, settle, server };
  }
  beforeEach(() => { sessionStorage.clear(); });
  afterEach(() => { document.body.innerHTML = ''; });

  it('says a refused formula at its row, and the keyboard goes there', async () => {
    const { host, press, type } = await open(aGateway({ preview: async () => refused(aRefusal('pull.formula-unreadable', 422, { params: { indicatorKey: 'KZ-U6' } })) }));
    await type('[aria-label^="公式："]', '数值 /');
    await press('试算');
    const cell = host.querySelector<HTMLInputElement>('[aria-label^="公式："]');
    expect([cell?.getAttribute('aria-invalid'), document.activeElement]).toEqual(['true', cell]);
    // Below the row and across all of it, and said with the field.
    const below = cell?.closest('tr')?.nextElementSibling;
    expect([below?.textContent?.trim(), below?.querySelector('td')?.colSpan, document.getElementById(cell?.getAttribute('aria-describedby') ?? '')?.textContent]).toEqual(['拒绝：pull.formula-unreadable', 7, '拒绝：pull.formula-unreadable']);
    expect(host.querySelector('jh-refusal')?.textContent?.trim()).toBe('');
    await type('[aria-label^="公式："]', '数值 / 10000');
    expect(host.querySelector('[aria-invalid]')).toBeNull();
  });

  it('says that the schedule was saved, what of its rule the server cannot read, and keeps the keyboard where it was', async () => {
    let answer: Answer<ScheduleView> = refused(aRefusal('pull.schedule-cron-unreadable'));
    const { host, press, type } = await open(aGateway({ saveSchedule: async () => answer }));
    const kind = host.querySelector<HTMLSelectElement>('#schedule-kind');
    if (kind !== null) kind.value = 'CRON';
    kind?.dispatchEvent(new Event('change'));
    await type('#schedule-gap', '10');
    await press('启用自动取数');
    expect([document.activeElement?.id, host.querySelector('#cron-error')?.textContent]).toEqual(['schedule-cron', '拒绝：pull.schedule-cron-unreadable']);
    answer = answered(planned({ rule: { kind: 'CRON', cron: '30 7 * * 1-5' }, window: null, minGapMinutes: 10 }));
    const button = await press('启用自动取数');
    expect([document.activeElement, button.textContent, host.querySelector('.plan .jh-actions span')?.textContent?.includes('自动取数的设置已保存')]).toEqual([button, '保存设置', true]);
  });

  it('does not call a trial good whose values cannot be read', async () => {
    const { host, press } = await open(aGateway({ preview: async () => answered({ ...TRIED, wouldChange: 0, rows: [{ ...TRIED.rows[0], outcome: 'UNREADABLE' }, { ...TRIED.rows[0], outcome: 'IMPLAUSIBLE' }] } as BindingPreview) }));
    const button = await press('试算');
    const notice = host.querySelector('[role="status"]');
    expect([notice?.className, notice?.textContent?.includes('读不出 1 个、可疑 1 个'), document.activeElement]).toEqual(['jh-notice jh-notice-warning', true, button]);
  });

  it('does not call a trial good of which the source has a part only, and says at the row what was looked for', async () => {
    const { host, press } = await open(aGateway({ preview: async () => answered({ ...TRIED, wouldChange: 0, rows: [{ ...TRIED.rows[0], offered: null, outcome: 'SILENT', noteZh: '取到的数据中没有编码为“pensoin”的行，有的是：pension。请核对编码。', noteEn: '' }] } as BindingPreview) }));
    await press('试算');
    const notice = host.querySelector('[role="status"]');
    expect([notice?.className, notice?.textContent?.includes('来源没有给出数值的 1 项'), host.querySelector('tr.SILENT td:nth-of-type(3)')?.textContent]).toEqual(['jh-notice jh-notice-warning', true, expect.stringContaining('没有编码为“pensoin”的行')]);
  });

  it('is deleted after a question that says what goes with it, and nothing typed holds anybody back', async () => {
    const gateway = aGateway();
    const { fixture, host, press, type, settle } = await open(gateway);
    await press('启用自动取数');
    gateway.asked.length = 0;
    await type('[aria-label^="公式："]', '数值 / 10000');
    await press('删除这个来源');
    const question = host.querySelector('[aria-labelledby="delete-ask"]');
    expect([question?.querySelector('h3')?.textContent, question?.querySelector('p')?.textContent]).toEqual(['删除来源“社保核心系统”？', '一并删除：对应关系 1 项、没有取到数的取数记录 2 次、自动取数的设置。删除后不能恢复；取过数的任务仍列在“后台任务”中，留作历史；操作日志会留下一条记录。']);
    // The way back has the keyboard, and leads back to where it was.
    expect(document.activeElement?.textContent).toBe('取消');
    host.querySelector<HTMLElement>('[aria-labelledby="delete-ask"] button:not([data-delete])')?.click();
    await settle();
    expect([document.activeElement?.textContent, gateway.asked]).toEqual(['删除这个来源…', []]);
    const confirm = jest.spyOn(window, 'confirm').mockReturnValue(false);
    const went = jest.spyOn(TestBed.inject(Router), 'navigate');
    await press('删除这个来源');
    host.querySelector<HTMLElement>('[data-delete]')?.click();
    await fixture.whenStable();
    expect([gateway.asked, went.mock.calls[0]]).toEqual([['s'], [['/sources'], { replaceUrl: true, state: { deletedSource: '社保核心系统' } }]]);
    expect([fixture.componentInstance.mayLeave(), confirm.mock.calls]).toEqual([true, []]);
    confirm.mockRestore();
  });

  it('that has brought values says why it stays and leads to the switch; one that did so meanwhile says it once it is refused', async () => {
    const stays = await open(aGateway({ bindings: async () => answered({ ...BOUND, goesWith: null }) }));
    const said = stays.host.querySelector('jh-delete-source');
    expect([said?.textContent?.includes('这些数以它为出处，不能删除'), said?.querySelector('a')?.getAttribute('href'), said?.querySelector('button')]).toEqual([true, '/sources#source-s', null]);
    TestBed.resetTestingModule();
    const { host, press, fixture } = await open(aGateway({ deleteSource: async () => refused(aRefusal('pull.source-has-values')) }));
    await press('删除这个来源');
    host.querySelector<HTMLElement>('[data-delete]')?.click();
    await fixture.whenStable();
    expect([host.querySelector('jh-delete-source [role="alert"]')?.textContent?.includes('pull.source-has-values'), host.querySelector('[data-delete]')]).toEqual([true, null]);
    TestBed.resetTestingModule();
    expect((await open(aGateway({ bindings: async () => answered({ ...BOUND, mayChange: false }) }))).host.querySelector('jh-delete-source')).toBeNull();
  });

  it('asks before unsaved bindings are left', async () => {
    const { fixture, type } = await open();
    expect(fixture.componentInstance.mayLeave()).toBe(true);
    await type('[aria-label^="公式："]', '数值 / 10000');
    const asked: string[] = [];
    const confirm = jest.spyOn(window, 'confirm').mockImplementation((text) => { asked.push(text ?? ''); return asked.length > 1; });
    const closing = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(closing);
    expect([closing.defaultPrevented, fixture.componentInstance.mayLeave(), fixture.componentInstance.mayLeave()]).toEqual([true, false, true]);
    expect(asked[0]).toContain('还没有保存');
    confirm.mockRestore();
  });

  it('keeps what was typed when the session is lost, and brings it back to the same person with a sentence', async () => {
    const first = await open();
    await first.type('[aria-label^="公式："]', '数值 / 10000');
    await first.type('#schedule-gap', '30');
    await TestBed.inject(Session).signOut().catch(() => undefined);
    expect(first.fixture.componentInstance.mayLeave()).toBe(true);
    first.fixture.destroy();
    TestBed.resetTestingModule();
    const { host } = await open();
    expect([host.querySelector<HTMLInputElement>('[aria-label^="公式："]')?.value, host.querySelector<HTMLInputElement>('#schedule-gap')?.value]).toEqual(['数值 / 10000', '30']);
    expect(host.textContent).toContain('填写而没有保存的内容');
  });

  const STALE = (present: unknown, code: 'pull.stale-revision' | 'pull-schedule.stale-revision') => refused({ ...aRefusal(code, 409), present });

  it('keeps bindings that were typed when somebody was faster, beside what is there now, until one of the two is chosen', async () => {
    const theirs: BindingsView = { ...BOUND, revision: 8, bindings: BOUND.bindings.map((row) => ({ ...row, field: 'pension.total' })) };
    const saved: unknown[] = [];
    const { host, press, type } = await open(aGateway({
      saveBindings: async (_: string, bindings: readonly { formula: string }[], revision: number) => { saved.push([bindings[0]?.formula, revision]); return revision === 8 ? answered({ ...theirs, revision: 9 }) : STALE(theirs, 'pull.stale-revision'); },
    }));
    await type('[aria-label^="公式："]', '数值 / 10000');
    await press('保存对应关系');
    expect([...host.querySelectorAll('jh-source-conflict tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([['城乡居民养老保险参保人数', 'pension.total → 人', 'pension · 数值 / 10000 → 人']]);
    expect([document.activeElement?.className, host.querySelector<HTMLInputElement>('[aria-label^="公式："]')?.value]).toEqual(['conflict-head', '数值 / 10000']);
    await press('保留我的并保存');
    expect([saved, host.querySelector('jh-source-conflict')]).toEqual([[['数值 / 10000', 3], ['数值 / 10000', 8]], null]);
  });

  it('takes the bindings that are there now when that is what one chooses', async () => {
    const theirs: BindingsView = { ...BOUND, revision: 8, bindings: [] };
    const { host, press, type, fixture } = await open(aGateway({ saveBindings: async () => STALE(theirs, 'pull.stale-revision') }));
    await type('[aria-label^="公式："]', '数值 / 10000');
    await press('保存对应关系');
    await press('采用现在的');
    expect([host.querySelector('[aria-label^="公式："]'), host.querySelector('jh-source-conflict'), fixture.componentInstance.mayLeave()]).toEqual([null, null, true]);
  });

  it('does not plan over what somebody else has planned meanwhile', async () => {
    const theirs: ScheduleView = { ...planned({ rule: { kind: 'MONTHLY', day: 3, time: '06:00' }, window: null, minGapMinutes: 10 }), revision: 5 };
    const saved: number[] = [];
    const { host, press } = await open(aGateway({ saveSchedule: async (_: string, body: ScheduleBody, revision: number) => { saved.push(revision); return revision === 5 ? answered(planned(body)) : STALE(theirs, 'pull-schedule.stale-revision'); } }));
    await press('启用自动取数');
    expect([...host.querySelectorAll('jh-source-conflict td')].map((cell) => cell.textContent?.split(' · ')[0])).toEqual(['每月', '每季度结束后']);
    await press('保留我的并保存');
    expect([saved, host.querySelector('jh-source-conflict')]).toEqual([[0, 5], null]);
  });

  it('names who answers for the source; one whose owner has left can be taken over', async () => {
    const left: SourceOwner = { name: '填报人丁', isMe: false, isActive: false, answers: ['填报人甲', '填报人乙'], standIn: 'reporter' };
    const { host, press } = await open(aGateway({ bindings: async () => answered({ ...BOUND, owner: left }) }));
    expect([...host.querySelectorAll('.owner p')].map((line) => line.textContent?.trim())).toEqual(['负责人：填报人丁', '该账户已停用，取数故障改为通知填报人：填报人甲、填报人乙。']);
    await press('由我负责');
    expect([host.querySelector('.owner p')?.textContent?.trim(), host.querySelector('.owner button')]).toEqual(['负责人：填报人甲 （您本人）', null]);
  });

  it('has at each cell what it is, for a phone on which the heads of the columns are not shown, in the order of the columns', async () => {
    const { host, press } = await open();
    await press('试算');
    for (const [table, labels] of [['table.bindings', ['来源字段', '单位', '公式', '分子字段', '分母字段', null]], ['table.tried', ['现有值', '来源候选值', '判断', '来源原文']]] as const) {
      const heads = [...host.querySelectorAll(`${table} thead th`)].slice(1).map((head) => head.textContent);
      const cells = [...host.querySelectorAll(`${table} tbody tr:first-child td`)];
      expect([table, cells.map((cell) => cell.getAttribute('data-label'))]).toEqual([table, labels]);
      expect(heads.slice(0, 4)).toEqual(labels.slice(0, 4));
    }
    // Every control of a row is reached in the order in which it stands there.
    expect([...host.querySelectorAll('table.bindings tbody tr:first-child :is(input, button)')].map((one) => one.getAttribute('aria-label')?.split('：')[0])).toEqual(['来源字段', '单位', '公式', '分子字段', '分母字段', '移除']);
  });

  it('shows before saving what would change', async () => {
    const { host, press } = await open();
    await press('试算');
    expect(host.querySelector('[role="status"]')?.textContent).toContain('将提出 1 个与现有值不同的候选值。试算不写入任何数据；已填的数不会被改动');
    expect(host.textContent).toContain('26.4万人');
    expect(host.textContent).toContain('{"key":"pension","value":264000}');
  });
});
