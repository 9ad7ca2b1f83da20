import { TestBed } from '@angular/core/testing';
import { UnitHistoryList } from './unit-history-list';

describe('the history of a unit', () => {
  beforeEach(() => localStorage.clear());

  function shown(entries: readonly object[]): HTMLElement {
    const fixture = TestBed.createComponent(UnitHistoryList);
    fixture.componentRef.setInput('entries', entries);
    fixture.detectChanges();
    return fixture.nativeElement as HTMLElement;
  }

  it('says who changed what, from what to what, and why', () => {
    const page = shown([
      { action: 'unit.changed', by: '系统管理员', at: '2024-11-01T02:00:00Z', reason: '机构改革', changes: [{ field: 'kind', from: 'UNIT', to: 'DEPARTMENT' }, { field: 'regionCode', from: '', to: '653001' }] },
      { action: 'unit.created', by: '系统管理员', at: '2024-01-01T02:00:00Z', reason: null, changes: [] },
    ]);
    const [changed, created] = [...page.querySelectorAll('li')].map((line) => line.textContent);
    expect(changed).toContain('修改 系统管理员 · 2024年11月1日 10:00');
    expect(changed).toContain('性质：预算单位 → 主管部门');
    expect(changed).toContain('区划代码：（空） → 653001');
    expect(changed).toContain('原因：机构改革');
    expect(created).toContain('添加');
  });

  it('says that there is none', () => expect(shown([]).textContent).toContain('没有变动记录。'));
});
