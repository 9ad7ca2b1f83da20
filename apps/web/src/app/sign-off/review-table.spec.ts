import { TestBed } from '@angular/core/testing';
import type { MonitoringReportView, ReportRow } from '@jiheng/contract';
import { idOf } from '../api/testing/a-report';
import { Words } from '../words/words';
import type { Change } from './review-model';
import { ReviewTable } from './review-table';
import { aScoredReport, rowOf } from './testing/scored-report';

async function show(report: MonitoringReportView, { changes = new Map<string, Change>(), language = 'zh' as 'zh' | 'en' } = {}) {
  localStorage.clear();
  TestBed.inject(Words).setLanguage(language);
  const fixture = TestBed.createComponent(ReviewTable);
  for (const [name, value] of Object.entries({ report, changes, points: '84.19', weight: '90' })) fixture.componentRef.setInput(name, value);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  const page = fixture.nativeElement as HTMLElement;
  const row = (key: string): HTMLElement => page.querySelector(`tr[data-row="${key}"]`) ?? raise(key);
  const cell = (key: string, label: string): string => row(key).querySelector(`[data-label="${label}"]`)?.textContent?.replace(/\s+/gu, ' ').trim() ?? raise(`${key} ${label}`);
  return { fixture, page, row, cell };
}
function raise(what: string): never { throw new Error(`not there: ${what}`); }
const only = (key: string, more: Partial<ReportRow>) => (row: ReportRow): ReportRow => (row.indicator.key === key ? { ...row, ...more } : row);

afterEach(() => document.body.replaceChildren());

describe('the monitoring form of KZ-A as a reviewer reads it', () => {
  it('merges the levels as the form does and ends with 84.19 of 90', async () => {
    const { page } = await show(aScoredReport());
    expect([...page.querySelectorAll('tbody th.level')].map((cell) => `${cell.textContent} ${cell.getAttribute('rowspan')}`).slice(0, 4)).toEqual(['产出指标 8', '数量指标 2', '质量指标 2', '时效指标 4']);
    expect([page.querySelector('tr.sum .weight')?.textContent ?? page.querySelector('tr.sum [data-label="分值"]')?.textContent, page.querySelector('tr.sum .total')?.textContent]).toEqual(['90', '84.19']);
  });

  it('shows target, value, points and light of a row', async () => {
    const { cell } = await show(aScoredReport());
    expect([cell('KZ-A1', '指标值'), cell('KZ-A1', '本季度完成值'), cell('KZ-A1', '累计完成值')]).toEqual(['≥5次', '5次', '5次']);
    expect(cell('KZ-A1', '得分')).toContain('5.00');
  });

  it('says what a value was before it changed', async () => {
    const { indicator } = rowOf(aScoredReport(), 'KZ-A1');
    const { row, page } = await show(aScoredReport(), { changes: new Map([[indicator.id, { before: { kind: 'REPORTED', magnitude: '4', unit: '次' }, after: { kind: 'REPORTED', magnitude: '5', unit: '次' } }]]) });
    expect(row('KZ-A1').querySelector('.before')?.textContent).toContain('4次');
    expect([...page.querySelectorAll('tr.changed')].map((changed) => changed.getAttribute('data-row'))).toEqual(['KZ-A1']);
  });

  it('says in red that nothing was reported, and what evidence was declared and is not there', async () => {
    const silent = aScoredReport({}, only('KZ-A2', { current: null }));
    const { row, cell } = await show(silent);
    expect(row('KZ-A2').querySelector('.silent')?.textContent).toBe('未填报');
    expect(cell('KZ-A1', '佐证资料')).toBe(`未上传（${rowOf(silent, 'KZ-A1').indicator.evidence ?? ''}）`);
  });

  it('links the evidence that is there', async () => {
    const file = { id: idOf(6, 1), fileName: '审计报告.pdf', mediaType: 'application/pdf', size: 2_048, sha256: 'ab12', by: '填报人', at: '2025-01-08T02:00:00Z' } as ReportRow['evidence'][number];
    const { row } = await show(aScoredReport({}, only('KZ-A1', { evidence: [file] })));
    const link = row('KZ-A1').querySelector('.files a');
    expect([link?.textContent, link?.getAttribute('href'), row('KZ-A1').querySelector('.lacks')]).toEqual(['审计报告.pdf', `/api/evidence/${file.id}`, null]);
  });

  it('shows a pulled value beside the typed one with every digit of the source', async () => {
    const candidate = {
      id: idOf(7, 1), actual: { kind: 'REPORTED', magnitude: '96.10', unit: '%' }, sourceName: '业务系统', observedAt: '2025-01-08T02:00:00Z', verbatim: '96.10', sha256: 'ab', warning: null, outcome: 'CANDIDATE',
    } as NonNullable<ReportRow['candidate']>;
    const { row } = await show(aScoredReport({}, only('KZ-A3', { candidate })));
    expect(row('KZ-A3').querySelector('.candidate')?.textContent).toBe('候选值（来自“业务系统”）：96.10%');
  });

  it('prints causes, words and measures of a deviation', async () => {
    const explanation = { causes: ['STAFF', 'OTHER'], sentence: '两家单位延期', measures: '一季度补审', likelihood: 'POSSIBLE', forecast: null, revision: 1, by: '填报人', at: '2025-01-08T02:00:00Z' } as NonNullable<ReportRow['explanation']>;
    const { cell } = await show(aScoredReport({}, only('KZ-A4', { explanation })));
    expect(cell('KZ-A4', '偏差原因及改进措施')).toMatch(/两家单位延期.*一季度补审/u);
  });

  it('brings a row to the eye and the keyboard', async () => {
    Element.prototype.scrollIntoView = jest.fn();
    const { fixture, row } = await show(aScoredReport());
    fixture.componentInstance.goTo(rowOf(aScoredReport(), 'KZ-A6').indicator.id);
    await fixture.whenStable();
    expect([row('KZ-A6').classList.contains('lit'), document.activeElement]).toEqual([true, row('KZ-A6').querySelector('.name')]);
  });

  it('speaks English where the words are ours: levels, heads, earlier quarters; names stay as they were entered', async () => {
    const earlier = [{ ordinal: 1, label: '第一季度', actual: { kind: 'REPORTED', magnitude: '2', unit: '次' } }] as ReportRow['earlier'];
    const { page, row } = await show(aScoredReport({}, (one) => ({ ...one, earlier })), { language: 'en' });
    expect([...page.querySelectorAll('tbody th.level')].map((cell) => cell.textContent).slice(0, 3)).toEqual(['Output', 'Quantity', 'Quality']);
    expect(row('KZ-A1').querySelector('.earlier span')?.getAttribute('title')).toBe('Q1');
    expect(row('KZ-A1').querySelector('.name')?.textContent).toBe('内部审计次数');
    expect(page.querySelector('thead')?.textContent).not.toMatch(/\p{Script=Han}/u);
  });
});
