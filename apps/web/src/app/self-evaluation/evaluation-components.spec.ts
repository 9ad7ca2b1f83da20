import { type Type, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import type { ReportArtifactView } from '@jiheng/contract';
import { MOF_2020_10 } from '@jiheng/domain';
import { provideRouter } from '@angular/router';
import { TYPING_PAUSE_MS } from '../saving/autosave';
import { Words } from '../words/words';
import { ReportFile } from './report-file';
import { ReportFiles } from './report-files';
import { RowEditor } from './row-editor';
import { SelfEvaluationModel } from './self-evaluation-model';
import { rowId } from './testing/a-self-evaluation';
import { AnEvaluationServer } from './testing/an-evaluation-server';
import { TotalCard } from './total-card';
import { GOAL_ACHIEVED } from './written-part';
import { WrittenEditor } from './written-editor';

function open(server = new AnEvaluationServer()) {
  localStorage.clear();
  TestBed.configureTestingModule({ providers: [provideRouter([])] });
  const model = new SelfEvaluationModel(server.now(), server, signal(MOF_2020_10), { store: null, personId: 'p1', now: () => '2025-02-10T02:30:00Z' });
  const row = (key: string) => model.row(rowId(key)) ?? raise(`no row ${key}`);
  const goal = model.written.get(GOAL_ACHIEVED) ?? raise('no goal');
  return { server, model, row, goal };
}
function raise(message: string): never { throw new Error(message); }

function show<T>(component: Type<T>, inputs: Readonly<Record<string, unknown>>) {
  const fixture: ComponentFixture<T> = TestBed.createComponent(component);
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  document.body.append(fixture.nativeElement as HTMLElement);
  fixture.detectChanges();
  const page = fixture.nativeElement as HTMLElement;
  const press = (text: string): void => {
    const button = [...page.querySelectorAll('button')].find((one) => one.textContent?.trim() === text);
    if (button === undefined) throw new Error(`no button “${text}” among ${[...page.querySelectorAll('button')].map((one) => one.textContent?.trim()).join(', ')}`);
    button.click();
    fixture.detectChanges();
  };
  const type = (selector: string, text: string): void => {
    const box = page.querySelector<HTMLTextAreaElement | HTMLInputElement>(selector) ?? raise(`no box ${selector}`);
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    fixture.detectChanges();
  };
  const pass = async (ms = 0): Promise<void> => {
    await jest.advanceTimersByTimeAsync(ms);
    fixture.detectChanges();
  };
  return { page, press, type, pass, fixture, said: () => page.textContent?.replace(/\s+/gu, ' ') ?? '' };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  jest.useRealTimers();
  document.body.replaceChildren();
});

describe('the total of the year', () => {
  it('stands large with its rating and what it is made of: 94.19, 优', () => {
    const { model } = open();
    const { page, said } = show(TotalCard, { model });
    expect([page.querySelector('[data-total]')?.textContent, page.querySelector('[data-rating]')?.textContent]).toEqual(['94.19', '优']);
    expect(page.querySelector('[data-level="产出指标"] .figure')?.textContent).toBe('37.55 / 40');
    expect(page.querySelector('[data-level="execution"] .figure')?.textContent).toBe('10.00 / 10');
    expect(said()).not.toContain('预览');
  });

  it('says that it is a preview while a judgement is not saved, and follows it', async () => {
    const { model, row } = open();
    const { page, pass, fixture } = show(TotalCard, { model });
    row('KZ-A12').judge({ kind: 'JUDGED', grade: 'B', share: '0.6' });
    fixture.detectChanges();
    expect([page.querySelector('[data-total]')?.textContent, page.querySelector('.total.preview') === null]).toEqual(['92.69', false]);
    await pass(TYPING_PAUSE_MS);
    expect([page.querySelector('[data-total]')?.textContent, page.querySelector('.total.preview')]).toEqual(['92.69', null]);
  });

  it('names the computed total beside an adjusted one', () => {
    const { model } = open(new AnEvaluationServer({ more: { computedTotal: '94.19', total: '93.19' } }));
    expect(show(TotalCard, { model }).said()).toContain('按公式计算 94.19 分');
  });

  it('has none while a row has no points', () => {
    const { model } = open(new AnEvaluationServer({ more: { total: null, computedTotal: null, rating: null } }));
    expect(show(TotalCard, { model }).page.querySelector('[data-rating]')).toBeNull();
  });
});

describe('a written part', () => {
  const inputs = (part: unknown, more: object = {}) => ({ part, editable: true, label: '实际完成情况', hint: '写明全年实际完成了什么', rows: 5, ...more });

  it('saves itself after the pause and says so', async () => {
    const { goal, server } = open();
    const { type, pass, said } = show(WrittenEditor, inputs(goal));
    type('textarea', '完成审计5次，整改7项。');
    expect(said()).toContain('未保存');
    await pass(TYPING_PAUSE_MS);
    expect(server.asked).toEqual([expect.objectContaining({ what: 'text', at: GOAL_ACHIEVED, body: '完成审计5次，整改7项。', expectedRevision: 0 })]);
    expect(said()).toContain('已保存');
  });

  it('keeps what was written while the server is away, and sends it when it is back', async () => {
    const { goal, server } = open();
    const { page, type, pass, said } = show(WrittenEditor, inputs(goal));
    server.reachable = false;
    type('textarea', '完成审计5次。');
    await pass(TYPING_PAUSE_MS);
    expect([said().includes('连接中断'), page.querySelector('textarea')?.value]).toEqual([true, '完成审计5次。']);
    server.reachable = true;
    await pass(1_000);
    expect([said().includes('已保存'), server.now().goalAchieved]).toEqual([true, '完成审计5次。']);
  });

  it('lets the person choose when somebody else wrote there', async () => {
    const { goal, server } = open();
    const { type, pass, press, page } = show(WrittenEditor, inputs(goal));
    type('textarea', '完成审计5次。');
    server.someoneElseWrites(GOAL_ACHIEVED, '完成审计6次。');
    await pass(TYPING_PAUSE_MS);
    expect(page.textContent).toContain('完成审计6次。');
    press('保留我的');
    await pass();
    expect(server.now().goalAchieved).toBe('完成审计5次。');
  });

  it('is only read by who may not write', () => {
    const { goal } = open();
    expect(show(WrittenEditor, inputs(goal, { editable: false })).page.querySelector('textarea:not([readonly])')).toBeNull();
  });
});

describe('a row of the year, opened', () => {
  const inputs = (row: unknown, more: object = {}) => ({ row, editable: true, profile: MOF_2020_10, ...more });

  it('tells the quarters, and how its points came about', () => {
    const { row } = open();
    const { said } = show(RowEditor, inputs(row('KZ-A4')));
    expect(said()).toMatch(/第四季度\s*92%/u);
    expect(said()).toContain('计分过程');
  });

  it('names the quarters in English', () => {
    const { row } = open();
    TestBed.inject(Words).setLanguage('en');
    const { page } = show(RowEditor, inputs(row('KZ-A4')));
    expect([...page.querySelectorAll('a[href*="/review"]')].map((link) => link.textContent)).toEqual(['Q1', 'Q2', 'Q3', 'Q4']);
  });

  it('keeps a deviation as it is written', async () => {
    const { row, server } = open();
    const { type, pass } = show(RowEditor, inputs(row('KZ-A4')));
    type('jh-deviation-note textarea', '两家单位延期');
    await pass(TYPING_PAUSE_MS);
    expect(server.asked).toEqual([expect.objectContaining({ what: 'row', at: 'KZ-A4', body: { explanation: expect.objectContaining({ sentence: '两家单位延期' }) as object } })]);
  });

  it('shows what the other person left and lets the writer choose', async () => {
    const { row, server } = open();
    const { type, pass, press, said } = show(RowEditor, inputs(row('KZ-A4')));
    type('jh-deviation-note textarea', '两家单位延期');
    server.someoneElseExplains('KZ-A4', '人员不足');
    await pass(TYPING_PAUSE_MS);
    expect(said()).toContain('原因说明：人员不足');
    press('采用对方的');
    await pass();
    expect([row('KZ-A4').explanation().sentence, row('KZ-A4').settled()]).toEqual(['人员不足', true]);
  });

  it('closes with Esc', () => {
    const { row } = open();
    const { page, fixture } = show(RowEditor, inputs(row('KZ-A4')));
    let closed = 0;
    (fixture.componentInstance as RowEditor).closed.subscribe(() => closed++);
    page.querySelector('textarea')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(closed).toBe(1);
  });
});

describe('the files of the year', () => {
  const file = (more: Partial<ReportArtifactView> = {}): ReportArtifactView => ({
    id: 'a1', format: 'xlsx', template: 'F4', state: 'READY', fileName: '绩效自评表.xlsx', size: 20_480, sha256: '0123456789abcdef', scoreTotal: '94.19', by: '填报人', at: '2025-02-10T02:30:00Z', failure: null, jobRunId: null, ...more,
  } as ReportArtifactView);

  it('a ready one can be fetched under its name and says what it was made from', () => {
    open();
    const { page, said } = show(ReportFile, { jhReportFile: { artifact: file(), age: null } });
    expect([page.querySelector('a')?.getAttribute('download'), page.querySelector('a')?.getAttribute('href')]).toEqual(['绩效自评表.xlsx', expect.stringContaining('a1')]);
    expect(said()).toContain('94.19');
    expect(said()).toContain('0123456789ab');
  });

  it('one whose points no longer stand says so; one that failed says why and cannot be fetched', () => {
    open();
    expect(show(ReportFile, { jhReportFile: { artifact: file(), age: 'POINTS' } }).page.querySelector('.old')?.textContent).not.toBe('');
    const failed = show(ReportFile, { jhReportFile: { artifact: file({ state: 'FAILED', failure: '磁盘已满' }), age: null } });
    expect([failed.page.querySelector('a'), failed.page.querySelector('.failed')?.textContent?.includes('磁盘已满')]).toEqual([null, true]);
  });

  it('asks for one format at a time and shows it on its way', async () => {
    const { model, server } = open();
    const { page, pass } = show(ReportFiles, { model });
    page.querySelector<HTMLButtonElement>('[data-make="docx"]')?.click();
    await pass();
    expect(server.asked).toEqual([expect.objectContaining({ what: 'report', at: 'docx' })]);
    expect(page.querySelector('[data-artifact="WAITING"]')?.getAttribute('data-format')).toBe('docx');
  });

  it('says why no file can be made', async () => {
    const { model, server } = open();
    server.refuseWith = { type: 'about:blank', title: '', status: 422, code: 'x', params: {}, sentence: { zh: '还有指标没有得分，不能生成自评表。', en: 'Some rows have no points.' } };
    const { page, pass } = show(ReportFiles, { model });
    page.querySelector<HTMLButtonElement>('[data-make="xlsx"]')?.click();
    await pass();
    expect(page.querySelector('[role="alert"]')?.textContent).toContain('还有指标没有得分');
  });
});
