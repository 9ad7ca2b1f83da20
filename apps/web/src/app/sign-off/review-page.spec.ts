import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { MonitoringReportView } from '@jiheng/contract';
import { FETCH } from '../api/http';
import { aRefusal, anAnswer } from '../api/testing/a-refusal';
import { Inbox } from '../my-work/inbox';
import { Words } from '../words/words';
import { ReviewPage } from './review-page';
import { aScoredReport } from './testing/scored-report';

interface Call { readonly method: string; readonly url: string; readonly body: unknown }

/** jsdom has no event stream; nothing is told here. */
class SilentStream {
  addEventListener(): void { return undefined; }
  close(): void { return undefined; }
}

/** The page over the wire: what the server holds, and what it answers to a move. */
async function open(report: MonitoringReportView, { language = 'zh' as 'zh' | 'en', answerToMove = anAnswer(200, { state: 'SIGNED', revision: 8, moves: [] }) } = {}) {
  localStorage.clear();
  AbortSignal.timeout ??= () => new AbortController().signal;
  (globalThis as { EventSource?: unknown }).EventSource = SilentStream;
  const calls: Call[] = [];
  let present = report;
  const fetch = async (url: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const call = { method: init?.method ?? 'GET', url: String(url), body: typeof init?.body === 'string' ? JSON.parse(init.body) as unknown : null };
    calls.push(call);
    if (call.url === '/api/work') return anAnswer(200, { items: [], today: '2025-01-09', period: null });
    if (call.method === 'POST') {
      if (answerToMove.ok) present = { ...report, state: 'SIGNED', moves: [] };
      return answerToMove;
    }
    return anAnswer(200, present);
  };
  TestBed.configureTestingModule({ providers: [provideRouter([]), Inbox, { provide: FETCH, useValue: fetch }] });
  TestBed.inject(Words).setLanguage(language);
  const fixture = TestBed.createComponent(ReviewPage);
  fixture.componentRef.setInput('id', report.id);
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) {
      await fixture.whenStable();
      await Promise.resolve();
      fixture.detectChanges();
    }
  };
  await settle();
  const page = fixture.nativeElement as HTMLElement;
  const press = async (text: string): Promise<void> => {
    const button = [...page.querySelectorAll('button')].find((one) => one.textContent?.trim() === text);
    if (button === undefined) throw new Error(`no button “${text}”`);
    button.click();
    await settle();
  };
  const moves = (): unknown[] => calls.filter((call) => call.method === 'POST').map((call) => call.body);
  return { page, press, settle, calls, moves };
}

describe('the moves on the review page', () => {
  it('the manager is offered what the server offers, and signs the revision and the score on the page', async () => {
    const report = aScoredReport();
    const { page, press, moves } = await open(report);
    expect([...page.querySelectorAll('[data-move]')].map((button) => button.getAttribute('data-move'))).toEqual(['return', 'sign']);
    await press('签字确认');
    await press('确定 · 签字确认');
    expect(moves()).toEqual([{ move: 'sign', expectedRevision: 7, scoreId: report.score.scoreId }]);
    expect(page.textContent).toContain('已办理：签字确认');
    expect(page.querySelector('[data-move]')).toBeNull();
  });

  it('returns it only with an opinion, which travels along', async () => {
    const { page, press, settle, moves } = await open(aScoredReport());
    await press('退回修改');
    await press('确定 · 退回修改');
    expect(moves()).toEqual([]);
    const box = page.querySelector('textarea') as HTMLTextAreaElement;
    box.value = '第三行与合同不符';
    box.dispatchEvent(new Event('input'));
    await settle();
    await press('确定 · 退回修改');
    expect(moves()).toEqual([expect.objectContaining({ move: 'return', opinion: '第三行与合同不符' })]);
  });

  it('says why the signature was refused, and keeps the moves', async () => {
    const { page, press } = await open(aScoredReport(), { answerToMove: anAnswer(422, aRefusal('workflow.signer-recorded', 422)) });
    await press('签字确认');
    await press('确定 · 签字确认');
    expect(page.querySelector('[role="alert"]')?.textContent?.trim()).not.toBe('');
    expect(page.querySelector('[data-move="sign"]')).not.toBeNull();
  });

  it('leaves submitting to the entry page', async () => {
    const { page } = await open({ ...aScoredReport(), state: 'DRAFT', moves: ['submit'] });
    expect(page.querySelector('[data-move="submit"]')).toBeNull();
    expect([...page.querySelectorAll('a')].map((link) => link.textContent?.trim())).toContain('去填报');
  });

  it('hands out the form of the quarter as spreadsheet and document', async () => {
    const report = aScoredReport();
    const { page } = await open(report);
    expect([...page.querySelectorAll('a[download]')].map((link) => link.getAttribute('href'))).toEqual([`/api/monitoring-reports/${report.id}/form.xlsx`, `/api/monitoring-reports/${report.id}/form.docx`]);
  });

  it('names the quarters in the language of the reader, and the unit of a whole-unit table once', async () => {
    const { page } = await open({ ...aScoredReport(), table: { ...aScoredReport().table, subject: 'UNIT', project: null } }, { language: 'en' });
    expect([...page.querySelectorAll('.quarters a')].map((link) => link.textContent)).toEqual(['Q1', 'Q2', 'Q3', 'Q4']);
    expect(page.querySelector('.form-subtitle')?.textContent).toBe('(2024, Q4)');
    expect(page.querySelector('.jh-page-head')?.textContent?.split(aScoredReport().table.unitName).length).toBe(2);
  });
});
