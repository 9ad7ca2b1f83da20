import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { Role, RollUpView } from '@jiheng/contract';
import { answered, refused } from '../api/problem';
import { RollUpsApi } from '../api/roll-ups-api';
import { aRefusal } from '../api/testing/a-refusal';
import { Session } from '../session/session';
import { RescoreRegion } from './rescore-region';
import { aLine, aRollUp } from './testing/a-roll-up';

describe('points of a region computed once more', () => {
  async function open(role: Role, view: RollUpView = aRollUp(), answer: () => unknown = () => answered({ runId: 'r', jobRunId: 'j' })) {
    localStorage.clear();
    const asked: unknown[] = [];
    TestBed.configureTestingModule({ providers: [
      provideRouter([]), { provide: Session, useValue: { hasRole: (...roles: Role[]) => roles.includes(role) } },
      { provide: RollUpsApi, useValue: { rescore: async (region: unknown) => { asked.push(region); return answer(); } } },
    ] });
    const fixture = TestBed.createComponent(RescoreRegion);
    fixture.componentRef.setInput('view', view);
    await fixture.whenStable();
    const host: HTMLElement = fixture.nativeElement;
    const press = async (): Promise<void> => { host.querySelector('button')?.click(); await fixture.whenStable(); };
    return { host, asked, press, show: async (next: RollUpView) => { fixture.componentRef.setInput('view', next); await fixture.whenStable(); } };
  }

  it('is asked for the region and quarter that are looked at, and leads to its job', async () => {
    const { host, asked, press, show } = await open('finance');
    expect(host.querySelector('p')?.textContent).toBe('按各自适用的评分规则，重新核算自治区（含全部下级）2024年第四季度的全部监控表；算出来没有变化的得分不改动。');
    await press();
    await press();
    expect(asked).toEqual([{ unitId: aRollUp().unit.unitId, fiscalYear: 2024, periodOrdinal: 4 }]);
    expect([host.querySelector('[role="status"]')?.textContent?.trim(), host.querySelector('[role="status"] a')?.getAttribute('href'), host.querySelector('button')?.disabled]).toEqual(['已交后台重新核算，关闭页面不影响。 看进度', '/jobs', true]);
    // The numbers come in meanwhile, of the same place; another quarter may be asked for again.
    await show(aRollUp({ pending: 3 }));
    expect(host.querySelector('button')?.disabled).toBe(true);
    await show(aRollUp({ periodOrdinal: 3 }));
    expect([host.querySelector('button')?.disabled, host.querySelector('[role="status"]')?.textContent?.trim()]).toEqual([false, '']);
  });

  it('says why not where the server refuses, and may be asked again', async () => {
    const { host, asked, press } = await open('department', aRollUp(), () => refused(aRefusal('year.archived', 409)));
    await press();
    expect([host.querySelector('[role="alert"]')?.textContent?.trim(), host.querySelector('button')?.disabled]).toEqual(['拒绝：year.archived', false]);
    await press();
    expect(asked).toHaveLength(2);
  });

  it('is not offered to who may not, of a year, nor where no table is', async () => {
    for (const [role, view] of [['reporter', aRollUp()], ['manager', aRollUp()], ['finance', aRollUp({ periodOrdinal: 0 })], ['finance', aRollUp({ unit: aLine('65', '自治区', 0, { tables: 0 }) })]] as const) {
      const { host } = await open(role, view);
      expect(host.querySelector('button')).toBeNull();
      TestBed.resetTestingModule();
    }
  });
});
