import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import type { TargetTableSummary } from '@jiheng/contract';
import { answered, refused } from '../api/problem';
import { SelfEvaluationsApi } from '../api/self-evaluations-api';
import { aRefusal } from '../api/testing/a-refusal';
import { Session } from '../session/session';
import { StartSelfEvaluation } from './start-self-evaluation';

const quarters = (...states: string[]) => states.map((state, at) => ({ ordinal: at + 1, state })) as TargetTableSummary['reports'];

async function show(reports: TargetTableSummary['reports'], options: { state?: string; roles?: string[]; answer?: unknown; short?: boolean } = {}) {
  const navigate = jest.fn().mockResolvedValue(true);
  const assemble = jest.fn().mockResolvedValue(options.answer ?? answered({ id: 'e1' }));
  TestBed.configureTestingModule({
    providers: [
      { provide: Router, useValue: { navigate } }, { provide: SelfEvaluationsApi, useValue: { assemble } },
      { provide: Session, useValue: { hasRole: (...roles: string[]) => roles.some((role) => (options.roles ?? ['reporter']).includes(role)) } },
    ],
  });
  const fixture = TestBed.createComponent(StartSelfEvaluation);
  fixture.componentRef.setInput('table', { id: 't1', state: options.state ?? 'APPROVED', reports });
  fixture.componentRef.setInput('short', options.short ?? false);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  return { element, text: () => element.textContent?.trim() ?? '', button: () => element.querySelector('button'), fixture, navigate, assemble };
}

describe('beginning the self-evaluation of a table', () => {
  it('goes to it when all four quarters are signed', async () => {
    const page = await show(quarters('SIGNED', 'SIGNED', 'SIGNED', 'SIGNED'));
    page.button()?.click();
    await page.fixture.whenStable();
    expect(page.assemble).toHaveBeenCalledWith({ tableId: 't1' });
    expect(page.navigate).toHaveBeenCalledWith(['/self-evaluations', 'e1']);
  });

  it('names what is missing: the third quarter reviewed but not signed, the fourth not opened', async () => {
    const page = await show(quarters('SIGNED', 'SIGNED', 'REVIEWED'));
    expect(page.button()).toBeNull();
    expect(page.text()).toBe('四个季度都签字后才能生成自评，还差：第三季度（已审核）、第四季度（尚未开启）。');
  });

  it('leaves the deed to the reporter, and tells a manager so', async () => {
    const page = await show(quarters('SIGNED', 'SIGNED', 'SIGNED', 'SIGNED'), { roles: ['manager'] });
    expect([page.button(), page.text()]).toEqual([null, '四个季度都已签字，等待填报人生成自评。']);
  });

  it('waits for the approval of the table', async () => {
    expect((await show([], { state: 'DRAFT' })).text()).toContain('目标表批复后');
  });

  it('says the server’s sentence when it knows better, and goes nowhere', async () => {
    const page = await show(quarters('SIGNED', 'SIGNED', 'SIGNED', 'SIGNED'), { answer: refused(aRefusal('self-evaluation.quarter-unsigned')) });
    page.button()?.click();
    await page.fixture.whenStable();
    expect(page.element.querySelector('[role="alert"]')?.textContent).toContain('quarter-unsigned');
    expect(page.navigate).not.toHaveBeenCalled();
  });

  it('is a word in a list while it cannot begin', async () => {
    expect((await show(quarters('SIGNED'), { short: true })).text()).toBe('未开始');
  });
});
