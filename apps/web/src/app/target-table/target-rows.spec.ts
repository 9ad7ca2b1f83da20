import { TestBed } from '@angular/core/testing';
import { answered } from '../api/problem';
import { TableEditorModel } from './table-editor-model';
import { TargetRows } from './target-rows';
import { aTableView } from './testing/a-table-view';

async function open(prefix: 'KZ-A' | 'KZ-U' = 'KZ-A') {
  const view = aTableView(prefix, { state: 'DRAFT', moves: ['submit'] });
  const never = () => Promise.resolve(answered(view));
  const model = TableEditorModel.of(view, { door: { view: never, create: never, change: never }, store: null, personId: 'p1', now: () => '2025-01-09T02:00:00.000Z' });
  const fixture = TestBed.createComponent(TargetRows);
  fixture.componentRef.setInput('model', model);
  const page = fixture.nativeElement as HTMLElement;
  document.body.append(page);
  await fixture.whenStable();
  const cell = (row: number, name: string) => page.querySelectorAll('tbody[data-row]')[row]?.querySelector<HTMLInputElement>(`[data-cell="${name}"]`) ?? raise(`${row} ${name}`);
  const type = async (row: number, name: string, text: string) => {
    const box = cell(row, name);
    box.focus();
    box.value = text;
    box.dispatchEvent(new Event(box.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
    await fixture.whenStable();
  };
  const press = async (key: string, held: Partial<Pick<KeyboardEvent, 'ctrlKey' | 'altKey' | 'shiftKey'>> = {}) => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }));
    await fixture.whenStable();
  };
  const rowText = (row: number) => page.querySelectorAll('tbody[data-row]')[row]?.textContent ?? '';
  const focused = () => [...page.querySelectorAll('tbody[data-row]')].findIndex((row) => row.contains(document.activeElement));
  return { model, fixture, page, cell, type, press, rowText, focused };
}

function raise(place: string): never {
  throw new Error(`no cell ${place}`);
}

afterEach(() => { document.body.innerHTML = ''; });

describe('the rows of a target table on the page', () => {
  it('have the nine columns of the project form and the six of the unit form', async () => {
    const heads = async (prefix: 'KZ-A' | 'KZ-U') => [...(await open(prefix)).page.querySelectorAll('thead th')].map((head) => head.textContent?.trim()).slice(0, -1);
    expect(await heads('KZ-A')).toEqual(['一级指标', '二级指标', '三级指标', '指标值', '指标值设置依据', '上年完成值', '分值', '指标赋分规则', '佐证资料']);
    expect(await heads('KZ-U')).toEqual(['一级指标', '二级指标', '三级指标', '指标值', '指标值设置依据', '分值']);
  });
  it('name every field for the ear', async () => {
    const { page } = await open();
    for (const box of page.querySelectorAll('[data-cell]')) expect(box.getAttribute('aria-label')).toMatch(/^第 \d+ 行 /u);
  });
  it('show under a target how it is read while it is typed', async () => {
    const { type, rowText } = await open();
    expect(rowText(0)).toContain('读作 ≥5次');
    await type(0, 'target', '不少于６次');
    expect(rowText(0)).toContain('读作 ≥6次 · 越高越好');
    await type(0, 'target', '有效维护');
    expect(rowText(0)).toContain('读作文字表述');
    await type(0, 'target', '2024年12月');
    expect(rowText(0)).toContain('读作日期 2024年12月');
  });
  it('say below the row what is wrong in a cell once it was left, and the finding is there at once', async () => {
    const { type, rowText, cell, page } = await open();
    await type(0, 'weight', '8.125');
    expect(cell(0, 'weight').getAttribute('aria-invalid')).toBeNull();
    await type(1, 'weight', '35');
    expect(cell(0, 'weight').getAttribute('aria-invalid')).toBe('true');
    expect(rowText(0)).toContain('最多两位小数');
    expect(rowText(1)).toContain('超过 30 分');
    const leads = [...page.querySelectorAll<HTMLButtonElement>('tbody[data-row]:nth-of-type(2) .remarks button')].find((button) => button.textContent?.includes('超过 30 分'));
    leads?.click();
    expect(document.activeElement).toBe(cell(1, 'weight'));
  });
  it('give a new row its keyboard before the next key comes, however slow the machine', async () => {
    const { cell, focused, model } = await open();
    const before = model.rows().length;
    cell(0, 'target').focus();
    cell(0, 'target').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
    expect([model.rows().length, focused(), (document.activeElement as HTMLElement).dataset['cell']]).toEqual([before + 1, 1, 'name']);
  });
  it('go on by Enter, add by Ctrl+Enter, double, move and go by the keyboard, and come back by Ctrl+Z', async () => {
    const { model, cell, press, focused } = await open();
    cell(0, 'name').focus();
    await press('Enter');
    expect(focused()).toBe(1);
    await press('Enter', { ctrlKey: true });
    expect([focused(), model.rows().length]).toEqual([2, 15]);
    await press('z', { ctrlKey: true });
    cell(0, 'name').focus();
    await press('d', { ctrlKey: true });
    expect([focused(), model.rows()[1]?.name]).toEqual([1, model.rows()[0]?.name]);
    await press('Delete', { ctrlKey: true });
    expect(model.rows().length).toBe(14);
    await press('ArrowDown', { altKey: true });
    expect(model.dirty()).toBe(true);
    await press('z', { ctrlKey: true });
    expect(model.dirty()).toBe(false);
  });
  it('leave Ctrl+Z to the field in which something was typed', async () => {
    const { model, cell, type, press } = await open();
    cell(0, 'name').focus();
    await press('d', { ctrlKey: true });
    await type(1, 'name', '另一名称');
    await press('z', { ctrlKey: true });
    expect(model.rows().length).toBe(15);
  });
  it('let the direction be chosen where the domain suggests another', async () => {
    const { page, fixture, type, rowText } = await open();
    page.querySelector<HTMLButtonElement>('tbody[data-row] .reading button')?.click();
    await fixture.whenStable();
    expect(rowText(0)).toContain('自动：越高越好');
    await type(0, 'direction', 'NEGATIVE');
    expect(rowText(0)).toContain('读作 ≥5次 · 越低越好');
  });
  it('offer the second levels of the first level, and follow it', async () => {
    const { type, cell } = await open();
    await type(0, 'level1', '效益指标');
    expect([...(cell(0, 'level2') as unknown as HTMLSelectElement).options].map((option) => option.value)).toEqual(['经济效益指标', '社会效益指标', '生态效益指标', '可持续影响指标']);
    expect(cell(0, 'level2').value).toBe('经济效益指标');
  });
});
