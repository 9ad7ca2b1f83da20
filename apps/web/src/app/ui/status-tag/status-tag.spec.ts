import { inputBinding } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { jobRunView, monitoringState, periodState, reportArtifactView, scoreState, selfEvaluationState, targetTableState } from '@jiheng/contract';
import { documentState, toneOf } from './document-state';
import { StatusTag } from './status-tag';

describe('states', () => {
  it('of the whole contract are all known', () => {
    const all = [
      ...monitoringState.options, ...targetTableState.options, ...selfEvaluationState.options, ...periodState.options, ...jobRunView.shape.state.options,
      ...scoreState.shape.state.options, ...reportArtifactView.shape.state.options,
    ];
    expect(all.filter((state) => documentState(state) === null)).toEqual([]);
  });
  it('that are unknown stay quiet', () => {
    expect(documentState('toString')).toBeNull();
    expect(toneOf(null)).toBe('quiet');
  });
  it.each([['RETURNED', 'bad'], ['SUBMITTED', 'waiting'], ['SIGNED', 'good'], ['DRAFT', 'open']] as const)('%s looks %s', (state, tone) => expect(toneOf(state)).toBe(tone));
});

describe('the tag', () => {
  async function say(state: string, of: 'report' | 'table') {
    localStorage.clear();
    const fixture = TestBed.createComponent(StatusTag, { bindings: [inputBinding('state', () => state), inputBinding('of', () => of)] });
    await fixture.whenStable();
    return (fixture.nativeElement as HTMLElement).textContent;
  }
  it('calls a draft by what it is a draft of', async () => {
    expect(await say('DRAFT', 'report')).toBe('填报中');
    expect(await say('DRAFT', 'table')).toBe('编制中');
  });
  it('shows a state of tomorrow as it came', async () => expect(await say('ARCHIVED', 'report')).toBe('ARCHIVED'));
});
