import { TestBed } from '@angular/core/testing';
import { attention } from './attention';
import { AttentionSummary } from './attention-summary';
import { aScoredReport, rowOf } from './testing/scored-report';

async function show(groups: ReturnType<typeof attention>) {
  localStorage.clear();
  const fixture = TestBed.createComponent(AttentionSummary);
  fixture.componentRef.setInput('groups', groups);
  const gone: (string | null)[] = [];
  fixture.componentInstance.goTo.subscribe((rowId) => gone.push(rowId));
  await fixture.whenStable();
  const page = fixture.nativeElement as HTMLElement;
  const concern = (name: string): HTMLElement | null => page.querySelector(`[data-concern="${name}"]`);
  const press = async (button: HTMLButtonElement | null | undefined): Promise<void> => {
    if (button == null) throw new Error('no such button');
    button.click();
    await fixture.whenStable();
  };
  return { page, concern, press, gone };
}

describe('what needs attention, at one glance', () => {
  it('says that nothing was found', async () => {
    const { page } = await show([]);
    expect(page.textContent).toContain('没有发现需要关注的问题');
  });

  it('counts by gravity and leads to a row', async () => {
    const report = aScoredReport({}, (row) => (row.indicator.key === 'KZ-A2' ? { ...row, current: null } : row));
    const { page, concern, press, gone } = await show(attention(report, '预算执行'));
    expect([...page.querySelectorAll('[data-gravity]')].map((part) => part.getAttribute('data-gravity'))).toEqual(['OWED', 'DOUBTFUL', 'KNOWN']);
    expect(concern('unanswered')?.querySelector('dt')?.textContent).toMatch(/未填报\s+1 项/u);
    await press(concern('unanswered')?.querySelector('button'));
    expect(gone).toEqual([rowOf(report, 'KZ-A2').indicator.id]);
  });

  it('folds a long list behind a button', async () => {
    const { concern, press } = await show(attention(aScoredReport(), '预算执行'));
    const links = (): number => concern('evidence')?.querySelectorAll('button:not(.more)').length ?? 0;
    const before = links();
    await press(concern('evidence')?.querySelector<HTMLButtonElement>('.more'));
    expect([before < links(), concern('evidence')?.querySelector('.more')]).toEqual([true, null]);
  });

  it.each([['nobody has opened the block', null], ['only the budgets of the table stand there', { revision: 0 }]])('misses the money when %s, and leads to its block', async (_, part) => {
    const scored = aScoredReport();
    const execution = part === null || scored.execution === null ? null : { ...scored.execution, ...part };
    const { concern, press, gone } = await show(attention({ ...scored, execution }, '预算执行'));
    await press(concern('executionMissing')?.querySelector('button'));
    expect(gone).toEqual([null]);
  });
});
