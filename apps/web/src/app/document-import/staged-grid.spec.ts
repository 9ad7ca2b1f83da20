import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ImportTableView } from '@jiheng/contract';
import { type LoggedCorrection, replayCorrections, standingCorrections } from '@jiheng/domain';
import { answered } from '../api/problem';
import { editorCommand, type PressedKey, stagedCommand } from './staged-keys';
import { columnOfFinding } from './staged-rows';
import { StagedGrid } from './staged-grid';
import { StagingModel } from './staging-model';
import { aStagedTable, anImportView } from './testing/a-staged-table';

const pressed = (key: string, held: Partial<PressedKey> = {}): PressedKey => ({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...held });

describe('keys of the staged table', () => {
  it.each<[string, PressedKey, ReturnType<typeof stagedCommand>]>([
    ['an arrow', pressed('ArrowDown'), 'down'], ['Enter', pressed('Enter'), 'edit'], ['F2', pressed('F2'), 'edit'], ['a letter', pressed('5'), 'type'], ['Space', pressed(' '), 'select'],
    ['Ctrl+Z', pressed('z', { ctrlKey: true }), 'undo'], ['Ctrl+Shift+Z', pressed('Z', { ctrlKey: true, shiftKey: true }), 'redo'], ['Ctrl+Enter', pressed('Enter', { ctrlKey: true }), 'add-row'],
    ['Tab', pressed('Tab'), null], ['Shift', pressed('Shift'), null], ['a key of an input method', pressed('Enter', { isComposing: true }), null],
  ])('%s', (_, key, command) => expect(stagedCommand(key)).toBe(command));
  it.each<[string, PressedKey, ReturnType<typeof editorCommand>]>([
    ['Enter', pressed('Enter'), 'commit-down'], ['Shift+Tab', pressed('Tab', { shiftKey: true }), 'commit-left'], ['Escape', pressed('Escape'), 'cancel'], ['Alt+Enter', pressed('Enter', { altKey: true }), null], ['a letter', pressed('a'), null],
  ])('%s in a cell', (_, key, command) => expect(editorCommand(key)).toBe(command));
  it('findings stand at the column they are about', () => {
    expect(['Q-W1', 'Q-T2', 'Q-N1', 'Q-H1', 'R-rule', 'Q-K1'].map(columnOfFinding)).toEqual(['weight', 'level2', 'target', 'previous', 'rule', 'name']);
  });
});

@Component({ imports: [StagedGrid], template: '<jh-staged-grid [model]="model()" />' })
class Host {
  readonly model = signal<StagingModel>(null as unknown as StagingModel);
}

async function open() {
  localStorage.clear();
  const read = aStagedTable('KZ-L');
  const log: LoggedCorrection[] = [];
  const table = (): ImportTableView => {
    const { mayUndo, mayRedo } = standingCorrections(log);
    return { at: 0, sequence: log.length, mayUndo, mayRedo, table: replayCorrections(read, log), accepted: null, standing: null };
  };
  let id = 0;
  const view = () => Promise.resolve(answered(anImportView(read)));
  const model = new StagingModel({
    view, table: () => Promise.resolve(answered(table())), chooseUnit: view, accept: view, undo: view, previousActuals: () => Promise.reject(new Error('a target table has no results')), fillPreviousActuals: view, newRequestId: () => String(++id),
    correct: (_at, { correction }) => { log.push(correction); return Promise.resolve(answered(table())); },
  });
  await model.read();
  const fixture = TestBed.createComponent(Host);
  fixture.componentInstance.model.set(model);
  document.body.replaceChildren(fixture.nativeElement as HTMLElement);
  await fixture.whenStable();
  const page = fixture.nativeElement as HTMLElement;
  const cell = (row: string, column: string): HTMLElement => {
    const found = page.querySelector<HTMLElement>(`tr[data-row="${row}"] > td[data-column="${column}"]`);
    if (found === null) throw new Error(`no cell ${row} ${column}`);
    return found;
  };
  const press = async (on: HTMLElement, key: string, held: KeyboardEventInit = {}) => {
    on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }));
    await new Promise((resolve) => setTimeout(resolve, 0));
    await fixture.whenStable();
  };
  const write = async (text: string) => {
    const box = page.querySelector<HTMLInputElement>('.editor');
    if (box === null) throw new Error('no cell is being written');
    box.value = text;
    box.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    return box;
  };
  const at = () => { const active = page.querySelector<HTMLElement>('td.active'); return `${active?.parentElement?.dataset['row']}/${active?.dataset['column']}`; };
  return { page, model, log, cell, press, write, at, fixture };
}

describe('the staged table', () => {
  it('stands in the layout of the form, merged levels as one cell, and says which cell is doubtful in words', async () => {
    const { page, cell } = await open();
    expect([...page.querySelectorAll('thead th')].map((head) => head.textContent?.trim()).slice(1)).toEqual(['一级指标', '二级指标', '三级指标', '指标值', '指标值设置依据', '上年完成值', '指标分值权重', '指标赋分规则', '佐证资料']);
    expect(Number(cell('r1', 'level1').getAttribute('rowspan'))).toBeGreaterThan(1);
    expect(page.querySelector('tr[data-row="r2"] > td[data-column="level1"]')).toBeNull();
    expect(cell('r2', 'target').textContent).toContain('核对 70%');
    expect(cell('r1', 'target').textContent).not.toContain('核对');
  });
  it('is walked with the arrow keys; one stop of the Tab key is enough', async () => {
    const { page, cell, press, at } = await open();
    expect(page.querySelectorAll('td[tabindex="0"]')).toHaveLength(1);
    cell('r1', 'name').click();
    await press(cell('r1', 'name'), 'ArrowDown');
    expect(at()).toBe('r2/name');
    await press(cell('r2', 'name'), 'ArrowRight');
    expect(at()).toBe('r2/target');
    await press(cell('r2', 'target'), 'Home');
    // Row 2 stands under the merged level of row 1.
    expect(at()).toBe('r1/level1');
    expect(page.querySelectorAll('td[tabindex="0"]')).toHaveLength(1);
  });
  it('merges the row with the one below by Alt+M and splits it by Alt+S, both taken back by Ctrl+Z', async () => {
    const { page, log, cell, press, at } = await open();
    cell('r1', 'name').click();
    await press(cell('r1', 'name'), 'µ', { altKey: true, code: 'KeyM' });
    expect([log.at(-1), at(), document.activeElement === cell('r1', 'name')]).toEqual([{ kind: 'MERGE_ROWS', rows: ['r1', 'r2'] }, 'r1/name', true]);
    await press(cell('r1', 'name'), 'z', { ctrlKey: true });
    expect(log.at(-1)).toEqual({ kind: 'UNDO' });
    await press(cell('r1', 'name'), 's', { altKey: true, code: 'KeyS' });
    const boxes = [...page.querySelectorAll<HTMLInputElement>('.split input')];
    expect([boxes.length, document.activeElement === boxes[0]]).toEqual([2, true]);
    await press(boxes[0] as HTMLInputElement, 'Escape');
    expect(page.querySelector('.split')).toBeNull();
    await press(cell('r1', 'name'), 's', { altKey: true, code: 'KeyS' });
    page.querySelector('.split')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(log.at(-1)).toMatchObject({ kind: 'SPLIT_ROW', row: 'r1' });
  });
  it('takes keys that follow each other without a pause: the field is there before the second one, and after Tab the next cell is', async () => {
    const { page, log, cell } = await open();
    // Nothing is awaited: on a slow machine all of this comes before the next frame.
    const now = (key: string): boolean | undefined => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const box = (): HTMLInputElement | null => (document.activeElement instanceof HTMLElement && document.activeElement.classList.contains('editor') ? document.activeElement as HTMLInputElement : null);
    cell('r2', 'weight').focus();
    cell('r2', 'weight').click();
    now('9');
    expect([box()?.value, box()?.selectionStart]).toEqual(['9', 1]);
    const field = box();
    if (field !== null) field.value = '9.5';
    field?.dispatchEvent(new Event('input'));
    now('Tab');
    expect([log, box(), page.querySelector('td.active') === document.activeElement]).toEqual([[{ kind: 'SET_CELL', row: 'r2', column: 'weight', text: '9.5' }], null, true]);
    now('ArrowLeft');
    now('F2');
    expect([box()?.closest('td')?.dataset['column'], box()?.value, box()?.selectionEnd]).toEqual(['weight', '9.5', 3]);
  });
  it('is written from the keyboard: F2, the reading while typing, Tab keeps it and moves on, Escape gives it up', async () => {
    const { page, log, cell, press, write, at } = await open();
    cell('r1', 'target').click();
    await press(cell('r1', 'target'), 'F2');
    const box = await write('＝５条');
    expect(page.querySelector('.reading')?.textContent).toBe('读作 =5条 · 定量 · 越大越好');
    await press(box, 'Tab');
    expect([log, at()]).toEqual([[{ kind: 'SET_CELL', row: 'r1', column: 'target', text: '＝５条' }], 'r1/basis']);
    await press(cell('r1', 'basis'), 'Enter');
    await press(await write('别的'), 'Escape');
    expect([log.length, page.querySelector('.editor')]).toEqual([1, null]);
    cell('r2', 'weight').click();
    await press(cell('r2', 'weight'), '8');
    expect(page.querySelector<HTMLInputElement>('.editor')?.value).toBe('8');
    await press(await write('8.125'), 'Enter');
    expect(cell('r2', 'weight').textContent).toContain('应为大于 0 的数，最多两位小数');
    await press(cell('r2', 'weight'), 'z', { ctrlKey: true });
    expect(log.at(-1)).toEqual({ kind: 'UNDO' });
  });
  it('selects rows with Space, and merges and deletes what is selected', async () => {
    const { page, model, log, cell, press } = await open();
    cell('r1', 'name').click();
    await press(cell('r1', 'name'), ' ');
    await press(cell('r1', 'name'), 'ArrowDown');
    await press(cell('r2', 'name'), ' ');
    expect(model.chosenRows()).toEqual(['r1', 'r2']);
    [...page.querySelectorAll('button')].find((button) => button.textContent === '合并行')?.click();
    await press(cell('r1', 'name'), 'Escape');
    expect([log, page.querySelectorAll('tr[data-row]').length]).toEqual([[{ kind: 'MERGE_ROWS', rows: ['r1', 'r2'] }], 10]);
  });
  it('lets a warning stand with a reason', async () => {
    const { page, log, press } = await open();
    const keep = page.querySelector<HTMLButtonElement>('.remarks .jh-link');
    if (keep === null) throw new Error('the published table has no warning');
    keep.click();
    await press(page, 'Escape');
    const why = page.querySelector<HTMLInputElement>('.reason input');
    if (why === null) throw new Error('nobody asks for a reason');
    why.value = '按批复执行';
    page.querySelector('.reason')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await press(page, 'Escape');
    expect(log[0]).toMatchObject({ kind: 'ACCEPT_FINDING', reason: '按批复执行' });
    expect(page.querySelector('.kept')?.textContent).toContain('已说明：按批复执行');
  });
});
