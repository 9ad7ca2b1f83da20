import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { PeriodList, RollUpView } from '@jiheng/contract';
import { PeriodsApi } from '../api/periods-api';
import { type Answer, answered, refused } from '../api/problem';
import { type RollUpPlace, RollUpsApi } from '../api/roll-ups-api';
import { aRefusal } from '../api/testing/a-refusal';
import { Viewpoint } from '../session/viewpoint';
import { RegionProgress } from './region-progress';
import { aLine, aRollUp, outstanding, periods } from './testing/a-roll-up';

async function open(view: (place: RollUpPlace) => Answer<RollUpView>, list: PeriodList = periods()) {
  localStorage.clear();
  const asked: RollUpPlace[] = [];
  const [year, unitId] = [signal(2024), signal<string | null>(null)];
  TestBed.configureTestingModule({ providers: [
    provideRouter([]),
    { provide: Viewpoint, useValue: { settledYear: year, unitId, lookAtUnit: (id: string | null) => unitId.set(id) } },
    { provide: PeriodsApi, useValue: { list: async (asks: number) => answered(asks === 2024 ? list : { periods: [] }) } },
    { provide: RollUpsApi, useValue: { view: async (place: RollUpPlace) => { asked.push(place); return view(place); }, outstanding: async () => answered(outstanding()) } },
  ] });
  const fixture = TestBed.createComponent(RegionProgress);
  const settle = async () => { for (let turn = 0; turn < 5; turn++) await fixture.whenStable(); };
  await settle();
  const host = fixture.nativeElement as HTMLElement;
  return { host, asked, settle, year, unitId, line: (period: number) => host.querySelector(`[data-period="${period}"]`)?.textContent?.replace(/\s+/g, ' ').trim() ?? '' };
}
const everything = (place: RollUpPlace) => answered(aRollUp(place.periodOrdinal === 0 ? { periodOrdinal: 0, unit: aLine('65', '自治区', 0, { tables: 6, stages: { entering: 2, submitted: 3, reviewed: 0, signed: 3, returned: 0 } }) } : {}));

describe('how far a region is, on the first page of the day', () => {
  it('says of the quarter under way and of the self-evaluations how many are in, and names who is not', async () => {
    const { asked, line, host } = await open(everything);
    expect(asked).toEqual([{ unitId: null, fiscalYear: 2024, periodOrdinal: 4 }, { unitId: null, fiscalYear: 2024, periodOrdinal: 0 }]);
    expect(line(4)).toContain('第四季度16%已报送 1 / 6 份逾期 2');
    // Six of six only: rounding never makes the last form disappear.
    expect(line(0)).toContain('全年自评100%已报送 6 / 6 份');
    expect(host.querySelector('jh-outstanding-list')?.textContent).toContain('自治州社会保险中心');
    expect(host.querySelector('a[href="/roll-up"]')?.textContent).toBe('区域汇总');
  });

  it('does not ask for self-evaluations while the fourth quarter has not begun', async () => {
    const early: PeriodList = { periods: periods().periods.map((period) => ({ ...period, state: period.ordinal === 1 ? 'CLOSED' : period.ordinal === 2 ? 'OPEN' : 'FUTURE' })) };
    const { asked } = await open((place) => answered(aRollUp({ periodOrdinal: place.periodOrdinal })), early);
    expect(asked.map((place) => place.periodOrdinal)).toEqual([2]);
  });

  it('follows the unit one looks at, and keeps nothing of a year that has no quarter yet', async () => {
    const { asked, host, settle, unitId, year } = await open(everything);
    unitId.set('653000');
    await settle();
    expect(asked.at(-1)?.unitId).toBe('653000');
    year.set(2025);
    await settle();
    expect(host.querySelectorAll('[data-period], jh-outstanding-list')).toHaveLength(0);
  });

  it('says nothing of a region without tables in force, and why when it cannot be read', async () => {
    const bare = await open(() => answered(aRollUp({ unit: aLine('65', '自治区', 0, { tables: 0 }) })));
    expect(bare.host.textContent?.trim()).toBe('');
    TestBed.resetTestingModule();
    const refusal = aRefusal('NO_SUCH_UNIT');
    const shut = await open(() => refused(refusal));
    expect(shut.host.querySelector('jh-refusal')?.textContent).toContain(refusal.sentence.zh);
  });
});
