import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { PeriodList, Role, RollUpView, WorkItem, WorkView } from '@jiheng/contract';
import { PeriodsApi } from '../api/periods-api';
import { answered } from '../api/problem';
import { RollUpsApi } from '../api/roll-ups-api';
import { WorkApi } from '../api/work-api';
import { aRollUp, outstanding, periods } from '../roll-up/testing/a-roll-up';
import { Session } from '../session/session';
import { Viewpoint } from '../session/viewpoint';
import { Inbox } from './inbox';
import { MyWorkPage } from './my-work-page';

const item = (title: string, daysLeft: number, kind: WorkItem['kind'] = 'ENTER'): WorkItem => ({
  kind, title, unitName: '玛纳斯县社会保险中心', detailZh: '第四季度：已填3项，共7项', detailEn: 'Q4: 3 of 7 entered', dueOn: '2025-01-31', daysLeft, link: '/monitoring-reports/1', done: 3, total: 7, opinion: null,
});

/** The page as somebody in one of these roles meets it. */
async function open(role: Role, items: readonly WorkItem[]) {
  localStorage.clear();
  const view: WorkView = { items: [...items], today: '2025-01-09', period: { label: '第四季度', dueOn: '2025-01-31', daysLeft: 22 } };
  TestBed.configureTestingModule({ providers: [
    provideRouter([]), Inbox,
    { provide: WorkApi, useValue: { view: async () => answered(view) } },
    { provide: Session, useValue: { person: signal({ displayName: '财政部门' }), hasRole: (...roles: readonly Role[]) => roles.includes(role) } },
    { provide: Viewpoint, useValue: { settledYear: signal(2024), unitId: signal(null), lookAtUnit: () => undefined } },
    { provide: PeriodsApi, useValue: { list: async () => answered<PeriodList>(periods()) } },
    { provide: RollUpsApi, useValue: { view: async () => answered<RollUpView>(aRollUp()), outstanding: async () => answered(outstanding()) } },
  ] });
  await TestBed.inject(Inbox).refresh();
  const fixture = TestBed.createComponent(MyWorkPage);
  for (let turn = 0; turn < 5; turn++) await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

describe('the first page of the day', () => {
  it('tells a reporter with nothing to do so, in the middle of the page, and nothing of a region', async () => {
    const host = await open('reporter', []);
    expect(host.querySelector('.jh-empty strong')?.textContent).toBe('都办完了');
    expect(host.querySelector('.nothing, jh-region-progress')).toBeNull();
  });

  it('tells finance so in one line, because what others have not handed in is the work that is left', async () => {
    const host = await open('finance', []);
    expect(host.querySelector('.jh-empty')).toBeNull();
    expect(host.querySelector('.nothing')?.textContent).toContain('都办完了');
    expect(host.querySelector('.nothing a')?.getAttribute('href')).toBe('/tables');
    expect(host.querySelector('.nothing + jh-region-progress')?.textContent).toContain('已报送');
  });

  it('puts what is due within a week above the rest, and what was sent back first of all', async () => {
    const host = await open('reporter', [item('待遇发放', 22), item('内部审计', 7), item('破产企业人员生活补贴', 8), item('养老保险参保', 7, 'RETURNED')]);
    const titles = (head: string) => [...host.querySelectorAll(`[aria-labelledby="${head}"] jh-work-card`)].map((card) => /待遇发放|内部审计|破产企业人员生活补贴|养老保险参保/.exec(card.textContent)?.[0]);
    expect(titles('urgent')).toEqual(['养老保险参保', '内部审计']);
    expect(titles('later')).toEqual(['破产企业人员生活补贴', '待遇发放']);
    expect(host.querySelector('.jh-empty, .nothing')).toBeNull();
  });
});
