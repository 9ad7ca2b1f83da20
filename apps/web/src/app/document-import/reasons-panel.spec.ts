import { TestBed } from '@angular/core/testing';
import type { KeepImportFindings } from '@jiheng/contract';
import { ReasonsPanel } from './reasons-panel';

async function open() {
  const fixture = TestBed.createComponent(ReasonsPanel);
  fixture.componentRef.setInput('open', { findings: [{ code: 'Q-H3', zh: '上年完成值为空', en: 'No value of last year', count: 28, tables: 2 }, { code: 'Q-D1', zh: '建议用 ≤', en: 'Use ≤', count: 2, tables: 2 }] });
  fixture.componentRef.setInput('tables', 2);
  const heard: (KeepImportFindings['reasons'] | 'cancelled')[] = [];
  fixture.componentInstance.reasoned.subscribe((reasons) => heard.push(reasons));
  fixture.componentInstance.cancelled.subscribe(() => heard.push('cancelled'));
  document.body.replaceChildren(fixture.nativeElement as HTMLElement);
  await fixture.whenStable();
  const root = fixture.nativeElement as HTMLElement;
  return { root, heard, boxes: [...root.querySelectorAll<HTMLInputElement>('input')] };
}

describe('the reasons asked before all tables are accepted', () => {
  it('are asked once a kind, the keyboard in the first field; blank ones are left out', async () => {
    const { root, heard, boxes } = await open();
    expect(root.textContent).toMatch(/还有 2 类提醒没有说明[\s\S]*Q-H3 · 2 张表，共 28 处[\s\S]*例：上年完成值为空[\s\S]*采纳全部（2 张）/u);
    expect([boxes.length, document.activeElement === boxes[0]]).toEqual([2, true]);
    (boxes[0] as HTMLInputElement).value = ' 新设项目，没有上年值 ';
    root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    expect(heard).toEqual([[{ code: 'Q-H3', reason: '新设项目，没有上年值' }]]);
  });
  it('are put off by Escape', async () => {
    const { heard, boxes } = await open();
    boxes[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(heard).toEqual(['cancelled']);
  });
});
