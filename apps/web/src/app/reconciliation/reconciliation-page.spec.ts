import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { ReconciliationView } from '@jiheng/contract';
import { answered } from '../api/problem';
import { PullCareApi } from '../api/pull-care-api';
import { Words } from '../words/words';
import { percentOf } from './percent';
import { ReconciliationPage } from './reconciliation-page';

const SOURCE = {
  sourceId: '019b0000-0000-7000-8000-000000000001', sourceName: '社保核心系统', unitName: '某州社会保险中心', observed: 5, unreadable: 1, agreed: 1, accepted: 1, kept: 1, open: 1, implausible: 0, meanDeviation: '0.3088',
  largestDeviation: '0.3660', lastDisagreementAt: '2025-01-09T01:00:00Z', lastPulledAt: '2025-01-09T01:00:00Z',
};
const KEPT = {
  candidateId: '019b0000-0000-7000-8000-000000000002', observationId: '019b0000-0000-7000-8000-000000000003', sourceName: '社保核心系统', unitName: '某州社会保险中心', indicatorName: '工伤保险参保人数', periodZh: '2024年第四季度', periodEn: '2024 Q4',
  reportId: '019b0000-0000-7000-8000-000000000004', verbatim: '100,120 人', settlement: 'KEPT' as const, reason: '来源含已注销人员', warning: null, deviation: '0.2515', by: '填报人甲', at: '2025-01-09T01:00:00Z',
};

async function open(view: ReconciliationView): Promise<HTMLElement> {
  TestBed.configureTestingModule({ providers: [provideRouter([]), { provide: PullCareApi, useValue: { reconciliation: async () => answered(view) } }] });
  const fixture = TestBed.createComponent(ReconciliationPage);
  await fixture.whenStable();
  return fixture.nativeElement;
}

describe('the page of reconciliation', () => {
  it('says how often a source and people disagree, and what was chosen for which reason', async () => {
    const host = await open({ sources: [SOURCE], recent: [KEPT] });
    const [bySource, recent] = [...host.querySelectorAll('tbody')].map((body) => body.textContent ?? '');
    expect(bySource).toContain('社保核心系统');
    expect(bySource).toContain('30.88%');
    expect(recent).toContain('来源含已注销人员');
    expect(recent).toContain('25.15%');
    expect(host.querySelector('tbody a[href$="/entry"]')?.getAttribute('href')).toBe(`/reports/${KEPT.reportId}/entry`);
  });
  it('says why a value was doubted, in the language of the reader', async () => {
    const doubted = { ...KEPT, reason: null, warning: '“工伤保险参保人数达到”填写的 0.1万人 只有目标 ≥9.99万人 的约 1/100，请核对数值和单位。' };
    const host = await open({ sources: [SOURCE], recent: [doubted] });
    expect(host.textContent).toContain('只有目标 ≥9.99万人 的约 1/100');
    TestBed.inject(Words).setLanguage('en');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(host.textContent).toContain('0.1万人 is about 1/100 of the target ≥9.99万人');
    TestBed.inject(Words).setLanguage('zh');
  });
  it('points to the sources while nothing was pulled', async () => {
    expect((await open({ sources: [], recent: [] })).querySelector('.jh-empty a')?.getAttribute('href')).toBe('/sources');
  });
  it('writes a share as per cent exactly', () => expect(['0.05', '1', '0.33335'].map(percentOf)).toEqual(['5.00', '100.00', '33.34']));
});
