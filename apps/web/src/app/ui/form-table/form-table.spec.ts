import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MONITORING_TEMPLATE, PROJECT_TARGET_TEMPLATE, UNIT_TARGET_TEMPLATE, targetTableForm, type FormTemplate } from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';
import { Words } from '../../words/words';
import type { FormNote } from './form-note';
import { FormTable } from './form-table';
import { sayFormWord } from './form-words';
import { partsOf } from './sheet-parts';

describe('a form taken apart', () => {
  it('has the head, one heading row and fourteen rows for the audit project', () => {
    const parts = partsOf(targetTableForm(theTable('KZ-A')));
    expect([parts.title, parts.subtitle]).toEqual(['项目支出绩效目标表', '（2024年）']);
    expect(parts.headings.map((row) => row.map((cell) => cell.text))).toEqual([['一级指标', '二级指标', '三级指标', '指标值', '指标值设置依据', '上年完成值', '指标分值权重', '指标赋分规则', '佐证资料']]);
    expect(parts.rows).toHaveLength(14);
    expect(parts.head.flat().find((cell) => cell.text === '项目总体目标')?.role).toBe('row');
  });
  it('fills every row of the grid, merged cells counted', () => {
    for (const prefix of ['KZ-U', 'KZ-A', 'KZ-L', 'MN-U', 'MN-G', 'MN-B'] as const) {
      const sheet = targetTableForm(theTable(prefix));
      const filled = sheet.rows.flatMap((row) => row.cells).reduce((sum, cell) => sum + cell.colSpan * cell.rowSpan, 0);
      expect(filled).toBe(sheet.columns.length * sheet.rows.length);
    }
  });
  it('puts remarks into the cell of the indicator', () => {
    const [first] = partsOf(targetTableForm(theTable('KZ-A'))).rows;
    expect(first?.filter((cell) => cell.holdsNotes).map((cell) => cell.text)).toEqual(['内部审计次数']);
  });
});

describe('the words of the forms', () => {
  const printed = (template: FormTemplate) => template.blocks.flatMap((block) =>
    block.kind === 'slots' ? block.rows.flat().flatMap((slot) => slot.text ?? []) : [...block.columns.flatMap((column) => [column.title, column.group ?? '']), block.label?.text ?? '']);
  it.each([UNIT_TARGET_TEMPLATE, PROJECT_TARGET_TEMPLATE, MONITORING_TEMPLATE])('all have an English word: $id', (template) => {
    const chinese = printed(template).filter((text) => text && /\p{Script=Han}/u.test(sayFormWord(text.replace('{period}', '1-6'), 'en')));
    expect(chinese).toEqual([]);
  });
  it('leave alone what people entered', () => expect(sayFormWord('内部审计次数', 'en')).toBe('内部审计次数'));
  it('say the year and the period', () => {
    expect(sayFormWord('（2024年）', 'en')).toBe('(2024)');
    expect(sayFormWord('1-6月执行数', 'en')).toBe('Executed 1-6月');
    expect(sayFormWord('1-6月执行数', 'zh')).toBe('1-6月执行数');
  });
});

@Component({ imports: [FormTable], template: '<jh-form-table [form]="form()" [notes]="notes()" />' })
class Host {
  readonly form = signal(targetTableForm(theTable('KZ-U')));
  readonly notes = signal<ReadonlyMap<number, readonly FormNote[]>>(new Map([[5, [{ severity: 'WARN', text: '请核对人数口径' }]]]));
}

describe('a form on the page', () => {
  async function open() {
    const fixture = TestBed.createComponent(Host);
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  }
  beforeEach(() => localStorage.clear());

  it('merges 履职效能 over five rows and repeats the headings on paper', async () => {
    const page = await open();
    const level = [...page.querySelectorAll('th.level')].find((cell) => cell.textContent?.includes('履职效能'));
    expect(level?.getAttribute('rowspan')).toBe('5');
    expect(page.querySelectorAll('thead th')).toHaveLength(6);
    expect(page.textContent).toContain('≥26.10万人');
  });
  it('shows a remark beside its row, with its weight in words for the ear', async () => {
    const page = await open();
    const noted = page.querySelector('tr.noted');
    expect(noted?.textContent).toContain('城乡居民养老保险参保人数达到');
    expect(noted?.querySelector('.notes')?.textContent).toContain('提醒：请核对人数口径');
  });
  it('speaks English around what was entered in Chinese', async () => {
    TestBed.inject(Words).setLanguage('en');
    const page = await open();
    expect(page.querySelector('h2')?.textContent).toBe('Performance target table of the whole unit');
    expect(page.querySelector('thead')?.textContent).toContain('Target');
  });
});
