import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { ReconciliationView } from '@jiheng/contract';
import { answered } from '../api/problem';
import { PullCareApi } from '../api/pull-care-api';
import { Words } from '../words/words';
import { percentOf } from './percent';
import { ReconciliationPage } from './reconciliation-page';

const SOURCE = {
  sourceId: '019b0000-0000-7000-8000-000000000001', sourceName: '社保核心系统', unitName: '某州社会保险中心', observed: 9, unreadable: 1, locked: 1, agreed: 1, accepted: 1, kept: 1, open: 1, replaced: 3, implausible: 2, meanDeviation: '0.3088',
  largestDeviation: '0.3660', lastDisagreementAt: '2025-01-09T01:00:00Z', lastPulledAt: '2025-01-09T01:00:00Z',
};
const KEPT = {
  candidateId: '019b0000-0000-7000-8000-000000000002', observationId: '019b0000-0000-7000-8000-000000000003', sourceName: '社保核心系统', unitName: '某州社会保险中心', indicatorName: '工伤保险参保人数', periodZh: '2024年第四季度', periodEn: '2024 Q4',
  reportId: '019b0000-0000-7000-8000-000000000004', verbatim: '100,120 人', reading: '10.012万人' as string | null, settlement: 'KEPT' as const, reason: '来源含已注销人员', warning: null, deviation: '0.2515', by: '填报人甲', at: '2025-01-09T01:00:00Z',
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
  it('has every value that was pulled in exactly one column, and those that were doubtful apart from the sum', async () => {
    const host = await open({ sources: [SOURCE], recent: [] });
    const heads = [...host.querySelectorAll('thead th')].map((head) => head.textContent?.trim());
    const cells = [...host.querySelectorAll('tbody tr > *')].map((cell) => cell.textContent?.trim());
    const of = (name: string): number => Number(cells[heads.indexOf(name)]);
    expect(['一致', '采用来源', '不采用', '待选择', '已失效', '已锁定', '读不出'].map(of).reduce((sum, n) => sum + n)).toBe(of('取到'));
    expect(of('其中可疑')).toBe(2);
  });
  it('says what the words of a source were read as, where they do not say it themselves', async () => {
    const said = async (verbatim: string, reading: string | null): Promise<string> => {
      TestBed.resetTestingModule();
      return (await open({ sources: [SOURCE], recent: [{ ...KEPT, verbatim, reading }] })).querySelectorAll('tbody')[1]?.querySelector('.said')?.textContent ?? '';
    };
    expect(await said('264000', '26.4万人')).toBe('264000读作 26.4万人');
    expect([await said('26.4 万人', '26.4万人'), await said('264000', null)]).toEqual(['26.4 万人', '264000']);
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
