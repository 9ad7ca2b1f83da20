import { TestBed } from '@angular/core/testing';
import type { ChangeTargetTable, TargetTableView } from '@jiheng/contract';
import { answered } from '../api/problem';
import { compareTables } from './compare-tables';
import { copyForYear } from './table-draft';
import { TableEditorModel } from './table-editor-model';
import { TargetTasks } from './target-tasks';
import { targetForm } from './target-form';
import { TaskCards } from './task-cards';
import { aTableView } from './testing/a-table-view';

// The centre of the prefecture has 544.52 in all.
const TASKS: NonNullable<TargetTableView['tasks']> = [
  { name: '社保基金监管', content: '内部审计不少于5次', total: '500.00', fiscal: '500.00', other: null }, { name: '参保扩面', content: null, total: '44.52', fiscal: '44.52', other: null },
];

async function open(tasks = TASKS) {
  const view = aTableView('KZ-U', { state: 'DRAFT', moves: ['submit'], tasks });
  const sent: ChangeTargetTable[] = [];
  const model = TableEditorModel.of(view, {
    door: {
      view: () => Promise.resolve(answered(view)), create: () => Promise.resolve(answered(view)),
      change: (_id, body) => { sent.push(body); return Promise.resolve(answered({ ...view, tasks: body.tasks, revision: view.revision + 1 })); },
    },
    store: null, personId: 'p1', now: () => '2025-01-09T02:00:00.000Z',
  });
  const fixture = TestBed.createComponent(TargetTasks);
  fixture.componentRef.setInput('model', model);
  const page = fixture.nativeElement as HTMLElement;
  document.body.append(page);
  await fixture.whenStable();
  const box = (at: number, field: string): HTMLInputElement => {
    const found = page.querySelectorAll('[data-task]')[at]?.querySelector<HTMLInputElement>(`[data-cell="${field}"]`);
    if (!found) throw new Error(`no ${field} of task ${at}`);
    return found;
  };
  const type = async (at: number, field: string, text: string) => {
    box(at, field).focus();
    box(at, field).value = text;
    box(at, field).dispatchEvent(new Event('input', { bubbles: true }));
    await fixture.whenStable();
  };
  const press = async (key: string, held: Partial<Pick<KeyboardEvent, 'ctrlKey' | 'altKey'>> = {}) => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }));
    await fixture.whenStable();
  };
  const names = () => model.tasks().map((task) => task.name);
  const sums = () => [...page.querySelectorAll('[data-sum]')].map((cell) => cell.textContent);
  return { model, page, box, type, press, names, sums, sent, settle: () => fixture.whenStable() };
}

afterEach(() => { document.body.innerHTML = ''; });

describe('the main tasks under the pen', () => {
  it('stand there with their sum beside the budget of the unit', async () => {
    const { page, type, sums, model } = await open();
    expect([sums(), page.querySelector('.compared')?.textContent, model.dirty()]).toEqual([['544.52', '544.52', ''], '与年度预算 544.52 万元一致', false]);
    await type(1, 'total', '34.52');
    expect([sums()[0], page.querySelector('.compared')?.textContent]).toEqual(['534.52', '比年度预算 544.52 万元少 10.00']);
    expect(model.reading().findings.filter(({ code }) => code === 'Q-P5').map(({ found }) => found)).toEqual(['34.52', '534.52']);
    await type(1, 'total', '500000元');
    expect(page.querySelector('.compared')?.textContent).toBe('比年度预算 544.52 万元多 5.48');
  });
  it('are added, moved, removed and taken back by the keyboard', async () => {
    const { box, press, names, model, type } = await open();
    box(0, 'name').focus();
    await press('ArrowDown', { altKey: true });
    expect([names(), model.dirty()]).toEqual([['参保扩面', '社保基金监管'], true]);
    await press('Enter');
    // Past the last one a new one begins; blank it is neither checked nor saved.
    expect([names(), document.activeElement === box(2, 'name'), model.reading().table.tasks?.length]).toEqual([['参保扩面', '社保基金监管', ''], true, 2]);
    await press('Delete', { ctrlKey: true });
    await press('Delete', { ctrlKey: true });
    expect(names()).toEqual(['参保扩面']);
    await type(0, 'content', '扩面1.2万人');
    (document.activeElement as HTMLElement).blur();
    model.undo();
    expect(model.tasks().map(({ name, content }) => [name, content])).toEqual([['参保扩面', '扩面1.2万人'], ['社保基金监管', '内部审计不少于5次']]);
  });
  it('take a block from a spreadsheet', async () => {
    const { model } = await open();
    const [first] = model.tasks();
    model.pasteTasks(first!.id, ['name', 'content', 'total', 'fiscal', 'other'], [['档案数字化', '加工30万页', '12'], ['窗口服务', '', '8']]);
    expect(model.tasks().map(({ name, total, fiscal }) => [name, total, fiscal])).toEqual([['档案数字化', '12', '500.00'], ['窗口服务', '8', '44.52']]);
    model.undo();
    expect(model.tasks().map(({ name }) => name)).toEqual(['社保基金监管', '参保扩面']);
  });
  it('without a name, or with an amount that is none, keep the table from being saved and say where', async () => {
    const { page, type, model, sent, settle } = await open();
    await type(0, 'name', '');
    await type(1, 'total', '四十');
    expect(await model.save()).toBeNull();
    await settle();
    expect([sent, [...page.querySelectorAll('[aria-invalid]')].map((cell) => cell.getAttribute('aria-label'))]).toEqual([[], ['第 1 项任务的任务名称', '第 2 项任务的预算金额']]);
  });
  it('are saved with the table; an emptied list takes them out', async () => {
    const { type, model, sent } = await open();
    await type(0, 'total', '510');
    await model.save();
    expect([sent[0]?.tasks?.[0]?.total, model.dirty()]).toEqual(['510', false]);
    for (const { id } of model.tasks()) model.removeTask(id);
    await model.save();
    expect(sent[1]?.tasks).toEqual([]);
  });
  it('may be absent: one is added where there was none', async () => {
    const { page, names, settle } = await open([]);
    expect(page.querySelector('table')).toBeNull();
    page.querySelector<HTMLButtonElement>('[data-act="add-task"]')?.click();
    await settle();
    expect(names()).toEqual(['']);
  });
});

describe('the main tasks elsewhere', () => {
  const view = aTableView('KZ-U', { tasks: TASKS });
  it('are compared line by line; 8 and 8.00 are one amount', () => {
    const [first, second] = TASKS;
    const head = (tasks: typeof TASKS) => compareTables(view, { ...view, tasks }).head;
    expect(head([first!, { ...second!, total: '44.520' }])).toEqual([]);
    expect(head([first!, { ...second!, total: '40' }])).toEqual([{ field: 'tasks', before: '参保扩面 44.52 (44.52)', after: '参保扩面 40.00 (44.52)' }]);
    expect(head([second!, first!])[0]?.after.split('\n')[0]).toBe('参保扩面 44.52 (44.52)');
  });
  it('are printed on the form of the page, with their sum, and as cards on a phone', async () => {
    const printed = targetForm({ ...view, budgetUnit: view.unitName }).rows.flatMap((row) => row.cells.map((cell) => cell.text));
    expect(['年度主要任务', '社保基金监管', '内部审计不少于5次', '金额合计', '544.52'].filter((text) => !printed.includes(text))).toEqual([]);
    const fixture = TestBed.createComponent(TaskCards);
    fixture.componentRef.setInput('tasks', TASKS);
    await fixture.whenStable();
    expect((fixture.nativeElement as HTMLElement).textContent).toContain('金额合计 544.52 万元');
  });
  it('go over to the next year without their money', () => {
    expect(copyForYear(view, 2025).tasks.map(({ name, total, fiscal }) => [name, total, fiscal])).toEqual([['社保基金监管', '', ''], ['参保扩面', '', '']]);
  });
});
