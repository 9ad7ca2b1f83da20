import { inputBinding } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { HistoryEntry } from '@jiheng/contract';
import { DocumentHistory } from './history';

describe('the history of a document', () => {
  async function open(entries: readonly HistoryEntry[]) {
    localStorage.clear();
    const fixture = TestBed.createComponent(DocumentHistory, { bindings: [inputBinding('entries', () => entries)] });
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  }
  it('tells the newest act first, with role, office time and opinion', async () => {
    const page = await open([
      { move: 'submit', from: 'DRAFT', to: 'SUBMITTED', by: '填报人甲', role: 'reporter', at: '2025-01-09T01:00:00Z', opinion: null },
      { move: 'return', from: 'SUBMITTED', to: 'RETURNED', by: '审核人乙', role: 'reviewer', at: '2025-01-09T03:30:00Z', opinion: '请补佐证' },
    ]);
    const lines = [...page.querySelectorAll('li')].map((line) => line.textContent?.replace(/\s+/g, ' ').trim());
    expect(lines[0]).toMatch(/^退回修改\s*已退回.*审核人乙（审核人）.*11:30.*请补佐证/);
    expect(lines[1]).toMatch(/^送审\s*已送审.*填报人甲（填报人）/);
  });
  it('says that nothing has happened yet', async () => expect((await open([])).textContent).toContain('还没有办理记录'));
});
