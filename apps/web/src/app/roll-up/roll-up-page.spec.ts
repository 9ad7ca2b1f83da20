import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ActivatedRoute, Router, convertToParamMap, provideRouter } from '@angular/router';
import type { OutstandingView, RollUpView } from '@jiheng/contract';
import { BehaviorSubject } from 'rxjs';
import { PeriodsApi } from '../api/periods-api';
import { type Answer, answered, refused } from '../api/problem';
import { type RollUpPlace, RollUpsApi } from '../api/roll-ups-api';
import { aRefusal } from '../api/testing/a-refusal';
import { Viewpoint } from '../session/viewpoint';
import { RollUpPage } from './roll-up-page';
import { aLine, aRollUp, outstanding, periods } from './testing/a-roll-up';

interface Stage { readonly host: HTMLElement; readonly asked: RollUpPlace[]; readonly lookedAt: (string | null)[]; settle(): Promise<unknown>; switchTo(unit: string): void; switchYear(year: number): Promise<unknown>; go(query: Record<string, string>): Promise<unknown> }

async function open(view: (place: RollUpPlace) => Answer<RollUpView>, who: OutstandingView = outstanding(), query: Record<string, string> = {}): Promise<Stage> {
  localStorage.clear();
  const [asked, lookedAt]: [RollUpPlace[], (string | null)[]] = [[], []];
  const params = new BehaviorSubject(convertToParamMap(query));
  const unitId = signal<string | null>(null);
  const year = signal(2024);
  TestBed.configureTestingModule({ providers: [
    provideRouter([]),
    { provide: ActivatedRoute, useValue: { queryParamMap: params, snapshot: {} } },
    { provide: Viewpoint, useValue: { fiscalYear: year, settledYear: year, years: () => [2024, 2023], unitId, lookAtUnit: (id: string | null) => { lookedAt.push(id); unitId.set(id); }, lookAtYear: (chosen: number) => { year.set(chosen); } } },
    { provide: PeriodsApi, useValue: { list: async () => answered(periods()) } },
    { provide: RollUpsApi, useValue: { whole: async (place: RollUpPlace) => { asked.push(place); return view(place); }, outstanding: async () => answered(who), fileAddress: (place: RollUpPlace, format: string) => `/api/roll-ups/table.${format}?p=${place.periodOrdinal}` } },
  ] });
  const fixture = TestBed.createComponent(RollUpPage);
  const settle = async (): Promise<unknown> => { for (let turn = 0; turn < 4; turn++) await fixture.whenStable(); return fixture.whenStable(); };
  await settle();
  return { host: fixture.nativeElement, asked, lookedAt, settle, switchTo: (unit) => unitId.set(unit), switchYear: (chosen) => { year.set(chosen); return settle(); }, go: (next) => { params.next(convertToParamMap(next)); return settle(); } };
}

const textOf = (host: HTMLElement, selector: string): string => host.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

describe('the page of a region', () => {
  it('shows the latest quarter of the topmost region: how far, how many points, the lights, who is late', async () => {
    const { host, asked } = await open(() => answered(aRollUp()));
    expect(asked).toEqual([{ unitId: null, fiscalYear: 2024, periodOrdinal: 4 }]);
    expect(textOf(host, 'h1')).toContain('自治区');
    expect(textOf(host, '[aria-labelledby="card-stages"]')).toContain('16%已报送 1 / 6 份');
    expect(textOf(host, '[aria-labelledby="card-stages"]')).toContain('逾期 2');
    expect(textOf(host, '[aria-labelledby="card-points"]')).toContain('95.42');
    expect(textOf(host, '[aria-labelledby="card-lights"]')).toContain('执行率 2.77%');
    expect(textOf(host, '[role="status"]')).toContain('变动已全部计入');
    expect(textOf(host, 'jh-outstanding-list')).toContain('自治州社会保险中心');
    expect(textOf(host, 'jh-outstanding-list')).toContain('已过截止日 2025年1月8日');
    expect([...host.querySelectorAll('tbody tr')].map((row) => row.querySelector('th a')?.textContent)).toEqual(['自治州财政局', '玛纳斯县财政局']);
  });

  it('says of every number how it is counted, and which lights these are', async () => {
    const { host } = await open(() => answered(aRollUp()));
    const notes = [...host.querySelectorAll('details')].map((one) => one.textContent ?? '');
    expect(notes).toHaveLength(3);
    expect(notes.join()).toContain('本页的灯只看钱');
    expect(notes.join()).toContain('每一元只计一次');
  });

  it('goes down by a link that keeps the quarter, asks for that region, and gives its name the focus', async () => {
    const { host, asked, go } = await open((place) => answered(place.unitId === null ? aRollUp() : aRollUp({ unit: aLine('653000', '自治州财政局', 2), above: [{ unitId: aRollUp().unit.unitId, name: '自治区' }], below: [] })), outstanding(), { period: '4' });
    const link = host.querySelector<HTMLAnchorElement>('tbody th a');
    expect(link?.getAttribute('href')).toContain(`unit=${aLine('653000', '').unitId}`);
    await go({ unit: aLine('653000', '').unitId, period: '4' });
    expect(asked.at(-1)).toEqual({ unitId: aLine('653000', '').unitId, fiscalYear: 2024, periodOrdinal: 4 });
    expect([...host.querySelectorAll('.path li')].map((one) => one.textContent)).toEqual(['自治区', '自治州财政局']);
    expect(host.contains(document.activeElement) || document.activeElement === document.body).toBe(true);
    expect(host.textContent).toContain('没有下级单位');
  });

  it('leads to the tables of whoever is late', async () => {
    const { host, lookedAt, settle } = await open(() => answered(aRollUp()));
    const router = TestBed.inject(Router);
    const [left, stayed] = [jest.spyOn(router, 'navigateByUrl').mockResolvedValue(true), jest.spyOn(router, 'navigate').mockResolvedValue(true)];
    host.querySelector<HTMLAnchorElement>('jh-outstanding-list a')?.click();
    await settle();
    expect(lookedAt).toEqual([outstanding().units[0]?.unitId]);
    // One way only: the page that is left does not follow the unit as well, which would call the other journey off.
    expect([left.mock.calls.length, stayed.mock.calls.length]).toEqual([1, 0]);
  });

  it('follows the switch of the top bar while it is open', async () => {
    const { settle, switchTo } = await open(() => answered(aRollUp()));
    const navigate = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    switchTo('u-9');
    await settle();
    expect(navigate.mock.calls[0]?.[1]?.queryParams).toEqual({ unit: 'u-9' });
  });

  it('sorts by its heads and says so to the ear', async () => {
    const { host, settle } = await open(() => answered(aRollUp()));
    const head = (): HTMLElement | undefined => [...host.querySelectorAll<HTMLElement>('thead th')].find((one) => one.textContent?.includes('加权得分'));
    head()?.querySelector('button')?.click();
    await settle();
    expect(head()?.getAttribute('aria-sort')).toBe('descending');
    expect(host.querySelector('tbody th a')?.textContent).toBe('玛纳斯县财政局');
  });

  it('has in its address how the list is looked through, what is as from the first left out, and asks the server nothing for it', async () => {
    const { host, asked, settle } = await open(() => answered(aRollUp()), outstanding(), { unit: 'u-1', q: '州', keep: 'LATE', sort: 'mean.up' });
    const box = host.querySelector<HTMLInputElement>('#find-below');
    const sorted = (): string[] => [...host.querySelectorAll('thead th[aria-sort]')].filter((one) => one.getAttribute('aria-sort') !== 'none').map((one) => `${one.textContent?.trim() ?? ''} ${one.getAttribute('aria-sort') ?? ''}`);
    expect([box?.value, host.querySelector<HTMLSelectElement>('.keep select')?.value, sorted()]).toEqual(['州', 'LATE', ['加权得分 ascending']]);
    expect([...host.querySelectorAll('tbody th a')].map((one) => one.textContent)).toEqual(['自治州财政局']);
    const navigate = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const typed = async (text: string): Promise<void> => { if (box !== null) box.value = text; box?.dispatchEvent(new Event('input')); await settle(); };
    await typed('玛');
    await typed('玛纳');
    await new Promise((resolve) => { setTimeout(resolve, 350); });
    // Once for what was typed, in the place of the address before, and the page does not jump to its top.
    expect(navigate.mock.calls.map((call) => call[1])).toEqual([expect.objectContaining({ queryParams: { q: '玛纳', keep: 'LATE', sort: 'mean.up' }, queryParamsHandling: 'merge', replaceUrl: true, scroll: 'manual' })]);
    host.querySelector<HTMLElement>('.jh-empty button')?.click();
    await settle();
    [...host.querySelectorAll<HTMLElement>('thead th')].find((one) => one.textContent?.includes('逾期'))?.querySelector('button')?.click();
    await settle();
    await new Promise((resolve) => { setTimeout(resolve, 350); });
    expect(navigate.mock.calls.at(-1)?.[1]?.queryParams).toEqual({ q: null, keep: null, sort: null });
    expect(asked).toHaveLength(1);
  });

  it('does not type over what is typed while an address that it wrote itself arrives, and follows one that is gone back to', async () => {
    const { host, settle, go } = await open(() => answered(aRollUp()));
    jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const box = host.querySelector<HTMLInputElement>('#find-below');
    const typed = async (text: string): Promise<void> => { if (box !== null) box.value = text; box?.dispatchEvent(new Event('input')); await settle(); };
    await typed('自治');
    await new Promise((resolve) => { setTimeout(resolve, 350); });
    await typed('自治州');
    await go({ q: '自治' });
    expect(box?.value).toBe('自治州');
    await go({ unit: 'u-2', q: '自治' });
    expect(box?.value).toBe('自治州');
    await go({ unit: 'u-2' });
    expect(box?.value).toBe('');
  });

  it('goes down without the name that was looked for here', async () => {
    const { host } = await open(() => answered(aRollUp()), outstanding(), { q: '州' });
    expect(host.querySelector<HTMLAnchorElement>('tbody th a')?.getAttribute('href')).not.toContain('q=');
  });

  it('rates the year and not a quarter', async () => {
    const { host } = await open(() => answered(aRollUp({ periodOrdinal: 0, unit: aLine('65', '自治区', 0, { ratings: { excellent: 2, good: 0, fair: 0, poor: 0 } }) })), outstanding({ dueOn: null, isOver: false }), { period: '0' });
    expect(textOf(host, '[aria-labelledby="card-ratings"]')).toContain('优 2');
    expect(textOf(host, '[aria-labelledby="card-stages"]')).toContain('没有统一截止日');
  });

  it('says that changes are still being counted', async () => {
    const { host } = await open(() => answered(aRollUp({ pending: 37 })));
    expect(textOf(host, '[role="status"]')).toContain('另有 37 项变动正在计入');
  });

  it('says that a year has no tables, and keeps what it shows when the server is away', async () => {
    const empty = await open(() => answered(aRollUp({ unit: aLine('65', '自治区', 0, { tables: 0 }), below: [] })));
    expect(textOf(empty.host, '.jh-empty')).toContain('2024年没有有效的目标表');
    TestBed.resetTestingModule();
    let away = false;
    const { host, go } = await open(() => (away ? refused(aRefusal('house.not-found')) : answered(aRollUp())));
    away = true;
    await go({ period: '3' });
    expect(host.querySelector('[role="alert"]')).not.toBeNull();
    expect(textOf(host, 'h1')).toContain('自治区');
  });

  it('has its year in the address: one that is chosen goes in, one that is sent is shown, and going back goes back to the one it began with', async () => {
    const { asked, switchYear, go } = await open(() => answered(aRollUp()));
    const navigate = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    await switchYear(2023);
    expect(navigate.mock.calls.map((call) => call[1]?.queryParams)).toEqual([{ year: 2023 }]);
    expect(asked.at(-1)?.fiscalYear).toBe(2023);
    await go({ year: '2023', period: '2' });
    await go({ period: '2' });
    expect(asked.at(-1)).toEqual({ unitId: null, fiscalYear: 2024, periodOrdinal: 2 });
    await go({ year: '2023' });
    expect(asked.at(-1)?.fiscalYear).toBe(2023);
    await go({ year: 'soon' });
    expect([asked.at(-1)?.fiscalYear, navigate.mock.calls.length]).toEqual([2024, 1]);
  });

  it('offers the same numbers as files', async () => {
    const { host } = await open(() => answered(aRollUp()));
    expect([...host.querySelectorAll('a[download]')].map((one) => one.getAttribute('href'))).toEqual(['/api/roll-ups/table.xlsx?p=4', '/api/roll-ups/table.csv?p=4']);
  });

  it('of a desk with 540 units: finds and sorts among all of them, draws five hundred, says so, and draws the rest at a click', async () => {
    const below = Array.from({ length: 540 }, (_, n) => aLine(String(n + 1).padStart(4, '0'), `直属单位${n + 1}`, n === 539 ? 3 : 0));
    const { host, settle } = await open(() => answered(aRollUp({ below })), outstanding(), { period: '4' });
    const rows = (): (string | null | undefined)[] => [...host.querySelectorAll('tbody tr')].map((row) => row.querySelector('th a')?.textContent);
    // The last by its code is the only one that is late: it stands on top.
    expect([textOf(host, '#below'), rows().length, rows()[0]]).toEqual(['下级（前 500 个，共 540 个）', 500, '直属单位540']);
    const more = host.querySelector<HTMLButtonElement>('button.more');
    expect(more?.textContent).toBe('继续显示（还有 40 个）');
    more?.click();
    await settle();
    expect([textOf(host, '#below'), rows().length, host.querySelector('button.more')]).toEqual(['下级（540）', 540, null]);
  }, 60_000);
});
