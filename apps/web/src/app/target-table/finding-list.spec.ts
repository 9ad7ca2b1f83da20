import { TestBed } from '@angular/core/testing';
import type { FindingView } from '@jiheng/contract';
import { FindingList, type TakenOn } from './finding-list';

const finding = (more: Partial<FindingView>): FindingView => ({
  code: 'Q-D1', severity: 'WARN', table: null, row: 1, message: '目标比上年低一半', messageEn: 'half of last year', expected: null, found: null, id: 'a'.repeat(32), rowKey: 'KZ-A2', accepted: null, ...more,
});

describe('the list of findings', () => {
  beforeEach(() => localStorage.clear());

  function shown(findings: readonly FindingView[], acceptable = true) {
    const fixture = TestBed.createComponent(FindingList);
    fixture.componentRef.setInput('findings', findings);
    fixture.componentRef.setInput('acceptable', acceptable);
    const taken: TakenOn[] = [];
    fixture.componentInstance.taken.subscribe((one) => taken.push(one));
    fixture.detectChanges();
    return { page: fixture.nativeElement as HTMLElement, taken, draw: () => fixture.detectChanges() };
  }

  it('shows a warning with its row and takes it on with a reason of two characters at least', () => {
    const { page, taken, draw } = shown([finding({})]);
    expect(page.querySelector('li')?.textContent).toContain('第 2 行');
    page.querySelector<HTMLButtonElement>('li button')?.click();
    draw();
    const box = page.querySelector('textarea') as HTMLTextAreaElement;
    const send = (text: string): void => {
      box.value = text;
      box.dispatchEvent(new Event('input'));
      page.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
      draw();
    };
    send(' ');
    expect([taken.length, page.querySelector('.jh-field-error')?.textContent?.trim()]).toEqual([0, '请写明理由，至少两个字。']);
    send(' 按批复原样下达 ');
    expect(taken).toEqual([{ findingId: 'a'.repeat(32), reason: '按批复原样下达' }]);
  });

  it('says that the rest stands at its rows, so that a card of row notes alone is no bare heading', () => {
    const notes = [finding({ severity: 'INFO' }), finding({ severity: 'ERROR', row: 2 })];
    expect(shown(notes).page.textContent?.trim()).toBe('另有 2 条写在下表对应的行里。');
    expect(shown([...notes, finding({})]).page.querySelectorAll('li')).toHaveLength(1);
    expect(shown([finding({})]).page.querySelector('.beside')).toBeNull();
  });

  it('shows one that was taken on quietly, with the reason and by whom', () => {
    const { page } = shown([finding({ accepted: { reason: '按批复原样下达', by: '填报人', at: '2024-01-05T02:00:00Z' } })]);
    expect(page.querySelector('button')).toBeNull();
    expect(page.querySelector('.accepted .why')?.textContent).toContain('按批复原样下达（填报人，');
  });

  it('offers nothing to who may not take it on, nothing for an error, and leaves notes about rows to the rows', () => {
    expect(shown([finding({})], false).page.querySelector('button')).toBeNull();
    const { page } = shown([finding({ severity: 'ERROR', row: null }), finding({ severity: 'INFO' })]);
    expect([page.querySelector('button'), page.querySelectorAll('li').length]).toEqual([null, 1]);
  });
});
