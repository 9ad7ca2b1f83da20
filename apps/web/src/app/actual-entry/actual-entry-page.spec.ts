import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { ImportedRemark, MonitoringReportView, ReportPoints } from '@jiheng/contract';
import { theTable } from '@jiheng/domain/testing';
import { FETCH } from '../api/http';
import { aReport, rowIdAt } from '../api/testing/a-report';
import { anAnswer, aRefusal } from '../api/testing/a-refusal';
import { Inbox } from '../my-work/inbox';
import { Words } from '../words/words';
import { ActualEntryPage } from './actual-entry-page';
import { AServer } from './testing/a-server';

// KZ-U6 is the last row of the prefectural centre's table: ≥26.10 万人, weight 20.
const U6 = rowIdAt(5);

/** jsdom has no event stream; the spec is its server. */
class AStream {
  static readonly CLOSED = 2;
  static readonly all: AStream[] = [];
  readyState = 1;
  private readonly hearers = new Map<string, ((event: { data: string }) => void)[]>();
  constructor(readonly url: string) { AStream.all.push(this); }
  addEventListener(name: string, hear: (event: { data: string }) => void): void { this.hearers.set(name, [...(this.hearers.get(name) ?? []), hear]); }
  close(): void { this.readyState = AStream.CLOSED; }
  tell(name: string, data: unknown = null): void { for (const hear of this.hearers.get(name) ?? []) hear({ data: JSON.stringify(data) }); }
  static open(): string[] { return AStream.all.filter((one) => one.readyState !== AStream.CLOSED).map((one) => one.url); }
}

async function open(remarks: (of: AServer) => Promise<Response> = async (of) => anAnswer(200, { remarks: await of.remarks() })) {
  localStorage.clear();
  AbortSignal.timeout ??= () => new AbortController().signal;
  (globalThis as { EventSource?: unknown }).EventSource = AStream;
  AStream.all.length = 0;
  const report: MonitoringReportView = aReport(theTable('KZ-U'));
  const server = new AServer(report);
  const asked: string[] = [];
  const fetch = async (url: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const [method, path] = [init?.method ?? 'GET', String(url)];
    asked.push(`${method} ${path}`);
    if (path.includes('/imports/remarks')) return remarks(server);
    if (method !== 'PUT') return anAnswer(200, await server.reload());
    const body = JSON.parse(String(init?.body)) as Parameters<AServer['record']>[1];
    const outcome = await server.record(path.split('/').at(-1) ?? '', body);
    return outcome.kind === 'done' ? anAnswer(200, outcome.answer) : anAnswer(409, outcome.problem);
  };
  TestBed.configureTestingModule({ providers: [provideRouter([]), Inbox, { provide: FETCH, useValue: fetch }] });
  TestBed.inject(Words).setLanguage('zh');
  const fixture = TestBed.createComponent(ActualEntryPage);
  fixture.componentRef.setInput('id', report.id);
  document.body.append(fixture.nativeElement as HTMLElement);
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) {
      await fixture.whenStable();
      await Promise.resolve();
      fixture.detectChanges();
    }
  };
  await settle();
  const page = fixture.nativeElement as HTMLElement;
  const cells = (): HTMLInputElement[] => [...page.querySelectorAll<HTMLInputElement>('[data-cell="actual"]')];
  const pointsCell = (): HTMLElement => [...page.querySelectorAll<HTMLElement>('tr[data-row] .points')][5] ?? document.body;
  const type = async (at: number, text: string): Promise<void> => {
    const box = cells()[at] ?? document.createElement('input');
    box.focus();
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
  };
  const points = (of: string | null): ReportPoints => ({
    reportRevision: server.report.revision, score: { ...report.score, state: 'DONE' },
    rows: report.rows.map(({ indicator }) => ({
      indicatorId: indicator.id, revision: server.row(indicator.id).current?.revision ?? 0,
      score: indicator.id !== U6 || of === null ? null : { points: of, weight: '20.00', attainmentRate: null, deviationRate: null, flags: [], trace: [], explanationOwed: false, blocked: null },
    })),
  });
  return { fixture, settle, page, cells, pointsCell, type, points, asked, report };
}

afterEach(() => document.body.replaceChildren());

describe('points on the entry page', () => {
  it('stop being a reckoning of the browser when the stream tells them: nothing is fetched, and who types in the next row goes on', async () => {
    const { settle, cells, pointsCell, type, points, asked, report } = await open();
    expect(AStream.open()).toEqual([`/api/monitoring-reports/${report.id}/events`]);
    await type(5, '26.4');
    cells()[5]?.blur();
    await settle();
    expect(pointsCell().querySelector('b')?.textContent).toBe('20.00');
    expect([pointsCell().classList.contains('reckoned'), pointsCell().title.endsWith('本机试算')]).toEqual([true, true]);
    await type(4, '6.8');
    const before = asked.length;
    AStream.all[0]?.tell('points', points('20.00'));
    await settle();
    expect([pointsCell().classList.contains('reckoned'), pointsCell().title.endsWith('系统已评分')]).toEqual([false, true]);
    expect([cells()[4]?.value, document.activeElement === cells()[4], asked.length]).toEqual(['6.8', true, before]);
  });

  it('are asked for as before when the server refuses the stream: jobs that end are heard of instead', async () => {
    const { settle, asked, report } = await open();
    const [stream] = AStream.all;
    if (stream !== undefined) { stream.readyState = AStream.CLOSED; stream.tell('error'); }
    expect(AStream.open()).toEqual(['/api/jobs/events']);
    const before = asked.length;
    AStream.all[1]?.tell('open');
    for (const end = Date.now() + 10_000; asked.length === before && Date.now() < end;) await new Promise((go) => setTimeout(go, 50));
    await settle();
    expect(asked.slice(before)).toEqual([`GET /api/monitoring-reports/${report.id}`]);
  }, 20_000);

  it('are heard over a stream that breaks as soon as the browser has it again, and over none once the page is left', async () => {
    const { fixture } = await open();
    AStream.all[0]?.tell('error');
    expect(AStream.open()).toHaveLength(1);
    fixture.destroy();
    expect(AStream.open()).toEqual([]);
  });
});

describe('what imported forms say of the report', () => {
  // KZ-U6: 城乡居民养老保险参保人数, the last row of the prefectural centre's table.
  const waiting: ImportedRemark = {
    id: 'r1', importId: '019b0000-0000-7000-8000-00000000001a' as ImportedRemark['importId'], sourceName: '监控表1-9月.csv', at: '2024-10-08T02:00:00.000Z',
    indicatorKey: 'KZ-U6', money: null, explanation: { causes: ['STAFF'], sentence: '参保人员外出务工', measures: '', likelihood: 'POSSIBLE', forecast: '26万人' },
  };

  it('stands above the rows from their first moment: no row is pushed down under the pointer by a notice that comes late', async () => {
    let answer: (response: Response) => void = () => undefined;
    const { settle, page, cells } = await open(() => new Promise((go) => { answer = go; }));
    expect([cells().length, page.querySelector('[role="status"]')?.getAttribute('aria-label')]).toEqual([0, '正在打开监控表…']);
    answer(anAnswer(200, { remarks: [waiting] }));
    await settle();
    expect([cells().length, page.querySelector('[data-remarks]')?.textContent?.includes('城乡居民养老保险参保人数')]).toEqual([6, true]);
  });

  it('is gone without when it cannot be asked: the quarter can be typed all the same', async () => {
    const { page, cells } = await open(async () => anAnswer(500, aRefusal('server.failed', 500)));
    expect([cells().length, page.querySelector('[data-remarks]')]).toEqual([6, null]);
  });
});
