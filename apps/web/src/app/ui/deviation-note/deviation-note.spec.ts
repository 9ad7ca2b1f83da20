import { TestBed } from '@angular/core/testing';
import { DeviationNote, type DeviationText } from './deviation-note';

const EMPTY: DeviationText = { causes: [], sentence: '', measures: '', likelihood: null, forecast: null };

async function open(inputs: Record<string, unknown> = {}) {
  const fixture = TestBed.createComponent(DeviationNote);
  for (const [name, value] of Object.entries({ note: EMPTY, ...inputs })) fixture.componentRef.setInput(name, value);
  const changes: Partial<DeviationText>[] = [];
  fixture.componentInstance.changed.subscribe((change) => changes.push(change));
  await fixture.whenStable();
  return { host: fixture.nativeElement as HTMLElement, changes };
}

describe('偏差原因及改进措施 in place', () => {
  it('ticks several causes in the order of the form', async () => {
    const { host, changes } = await open({ note: { ...EMPTY, causes: ['STAFF'] } });
    host.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
    expect(changes).toEqual([{ causes: ['FUNDS', 'STAFF'] }]);
  });

  it('says what is owed, and marks the sentence as required', async () => {
    const { host } = await open({ owed: true });
    expect(host.querySelector('.owed')?.textContent).toContain('说明原因');
    expect(host.querySelector('textarea')?.getAttribute('aria-required')).toBe('true');
  });

  it('is only read where nothing may be written', async () => {
    const { host } = await open({ readonly: true, owed: true });
    expect(host.querySelector('.owed')).toBeNull();
    expect([...host.querySelectorAll('fieldset')].every((set) => set.disabled)).toBe(true);
    expect([...host.querySelectorAll('textarea')].every((box) => box.readOnly)).toBe(true);
  });

  it('after a conflict shows what the other person wrote', async () => {
    const { host } = await open({ theirs: { ...EMPTY, sentence: '集中注销' } });
    expect(host.querySelector('[role="alert"]')?.textContent).toContain('集中注销');
  });
});
