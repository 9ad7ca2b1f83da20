import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { WorkItem, WorkView } from '@jiheng/contract';
import { MyWorkModel, nearness } from './my-work-model';
import { WorkCard } from './work-card';
import { workPageAddress } from './work-page-address';

const item = (kind: WorkItem['kind'], daysLeft: number | null, title: string = kind): WorkItem => ({
  kind, title, unitName: '玛纳斯县社会保险中心', detailZh: '', detailEn: '', dueOn: null, daysLeft, link: '/monitoring-reports/7', done: null, total: null, opinion: null,
});
const modelOf = (...items: WorkItem[]) => new MyWorkModel(signal<WorkView | null>({ items, today: '2025-01-09', period: null }));
const titles = (items: readonly WorkItem[]) => items.map((one) => one.title);

describe('what waits for me', () => {
  it('has the nearest deadline first, and what has none last', () => {
    const model = modelOf(item('SIGN', null), item('SELF_EVALUATE', 50), item('ENTER', 6), item('REVIEW', -2));
    expect(titles([...model.urgent(), ...model.later()])).toEqual(['REVIEW', 'ENTER', 'SELF_EVALUATE', 'SIGN']);
  });
  it('counts as urgent within seven days, at the seventh too', () => {
    const model = modelOf(item('ENTER', 7, 'seven'), item('ENTER', 8, 'eight'));
    expect([titles(model.urgent()), titles(model.later())]).toEqual([['seven'], ['eight']]);
  });
  it('puts what was sent back among the urgent, deadline or not', () => expect(titles(modelOf(item('RETURNED', null), item('ENTER', 60)).urgent())).toEqual(['RETURNED']));
  it('is empty only when the server said so', () => {
    expect(new MyWorkModel(signal(null)).empty()).toBe(false);
    expect(modelOf().empty()).toBe(true);
  });
  it.each([[-1, 'overdue'], [0, 'today'], [1, 'soon'], [7, 'soon'], [8, 'later'], [null, null]] as const)('%s days left are %s', (days, near) => expect(nearness(days)).toBe(near));
});

describe('the page of an item', () => {
  it.each([
    ['ENTER', '/monitoring-reports/7', '/reports/7/entry'], ['RETURNED', '/monitoring-reports/7', '/reports/7/entry'], ['CANDIDATES', '/monitoring-reports/7', '/reports/7/entry'],
    ['REVIEW', '/monitoring-reports/7', '/reports/7/review'], ['SIGN', '/monitoring-reports/7', '/reports/7/review'], ['APPROVE_TABLE', '/target-tables/3', '/tables/3'],
    ['SELF_EVALUATE', '/self-evaluations/5', '/self-evaluations/5'], ['FAILED_JOB', '/pulls', '/sources'], ['FAILED_JOB', '/jobs', '/jobs'],
  ] as const)('%s of %s is %s', (kind, link, page) => expect(workPageAddress({ kind, link })).toBe(page));
});

describe('the line of an item', () => {
  async function show(one: WorkItem): Promise<HTMLElement> {
    localStorage.clear();
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    const fixture = TestBed.createComponent(WorkCard);
    fixture.componentRef.setInput('item', one);
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  }
  const words = (line: HTMLElement) => [line.querySelector('.tag')?.textContent, line.querySelector('.go')?.textContent, line.querySelector('.go')?.getAttribute('aria-label')];

  it('asks for a quarter to be filled in', async () => expect(words(await show(item('ENTER', 6, '线路租赁费')))).toEqual(['填报', '去填报', '去填报：线路租赁费']));
  it('asks for a draft of a target table to be checked and submitted, not to be reported in', async () => {
    expect(words(await show({ ...item('ENTER', null, '线路租赁费'), link: '/target-tables/3' }))).toEqual(['目标表草稿', '核对后送审', '核对后送审：线路租赁费']);
  });
});
