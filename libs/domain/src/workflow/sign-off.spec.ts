import { applyMove } from './define-workflow';
import { MONITORING_REPORT_WORKFLOW } from './monitoring-report.workflow';
import { mayAdjust, maySign, signOffGuards } from './sign-off';

const facts = { signer: 'manager-1', recorders: ['reporter-1', 'reporter-2'], scoreSeen: 'score-7', scoreNow: 'score-7' };
const code = (result: { readonly ok: boolean; readonly refusal?: { readonly code: string } }): string => (result.ok ? 'ok' : (result.refusal?.code ?? ''));

describe('a signature', () => {
  it('is given by a manager who recorded nothing and saw the newest points', () => {
    expect(code(maySign({ roles: ['manager'] }, facts))).toBe('ok');
  });

  it('is refused to who entered a value, even when that person is the manager', () => {
    expect(code(maySign({ roles: ['manager', 'reporter'] }, { ...facts, recorders: ['manager-1'] }))).toBe('workflow.signer-recorded');
  });

  it('is refused when points changed since the page was opened', () => {
    expect(code(maySign({ roles: ['manager'] }, { ...facts, scoreNow: 'score-8' }))).toBe('workflow.points-changed');
    expect(code(maySign({ roles: ['manager'] }, { ...facts, scoreSeen: null }))).toBe('workflow.points-changed');
  });

  it('is refused to a reviewer', () => {
    expect(code(maySign({ roles: ['reviewer', 'finance'] }, facts))).toBe('workflow.not-your-role');
  });

  it('hands its guards to the workflow', () => {
    const sign = (recorders: readonly string[]) => applyMove(MONITORING_REPORT_WORKFLOW, 'REVIEWED', 'sign', { roles: ['manager'] }, { guards: signOffGuards({ ...facts, recorders }) });
    expect(sign(['reporter-1'])).toEqual({ ok: true, value: { to: 'SIGNED' } });
    expect(code(sign(['manager-1']))).toBe('workflow.signer-recorded');
  });
});

describe('an adjustment of targets', () => {
  it('starts from the version in force only, by a reporter, as a draft beside it', () => {
    expect(mayAdjust({ roles: ['reporter'] }, 'APPROVED')).toEqual({ ok: true, value: { newState: 'DRAFT' } });
    expect(code(mayAdjust({ roles: ['reporter'] }, 'SIGNED'))).toBe('workflow.adjustment-not-approved');
    expect(code(mayAdjust({ roles: ['manager'] }, 'APPROVED'))).toBe('workflow.not-your-role');
  });
});
