import { TestBed } from '@angular/core/testing';
import type { ImportTableView } from '@jiheng/contract';
import { applyCorrection, type Correction, type MainTask } from '@jiheng/domain';
import { answered } from '../api/problem';
import { StagedTasks } from './staged-tasks';
import { StagingModel } from './staging-model';
import { aStagedTable, anImportView } from './testing/a-staged-table';

const TASKS: readonly MainTask[] = [{ name: '国防工水利工退休工资', content: '79人退休费按月发放', total: '229.39', fiscal: '229.39', other: null }, { name: '破产企业人员生活补贴', content: null, total: '44.58', fiscal: null, other: null }];

async function open(tasks: readonly MainTask[] | null) {
  localStorage.clear();
  let table = { ...aStagedTable('KZ-U'), ...(tasks === null ? {} : { tasks }) };
  let sequence = 0;
  const sent: Correction[] = [];
  const stored = (): ImportTableView => ({ at: 0, sequence, mayUndo: sequence > 0, mayRedo: false, table, accepted: null, standing: null });
  const view = () => Promise.resolve(answered(anImportView(table)));
  const model = new StagingModel({
    view, table: () => Promise.resolve(answered(stored())), chooseUnit: view, accept: view, undo: view, newRequestId: () => '1', previousActuals: () => new Promise(() => undefined), fillPreviousActuals: view,
    correct: (_at, { correction }) => {
      sent.push(correction as Correction);
      const applied = applyCorrection(table, correction as Correction, ++sequence);
      if (applied.ok) table = applied.value as typeof table;
      return Promise.resolve(answered(stored()));
    },
  });
  await model.read();
  const fixture = TestBed.createComponent(StagedTasks);
  fixture.componentRef.setInput('model', model);
  document.body.replaceChildren(fixture.nativeElement as HTMLElement);
  const settle = async () => { await fixture.whenStable(); await new Promise((done) => setTimeout(done, 5)); fixture.detectChanges(); };
  await settle();
  const root = fixture.nativeElement as HTMLElement;
  const box = (at: number, field: string) => root.querySelector<HTMLInputElement>(`[data-task="${at}"] [name="task-${field}"]`) as HTMLInputElement;
  const write = async (at: number, field: string, text: string) => { box(at, field).value = text; box(at, field).dispatchEvent(new Event('change')); await settle(); };
  return { root, settle, sent, box, write, model };
}

describe('the tasks of the year beside the table', () => {
  it('stand there with their sum, and are put right', async () => {
    const { root, sent, write } = await open(TASKS);
    expect([...root.querySelectorAll('[data-sum]')].map((cell) => cell.textContent)).toEqual(['273.97', '229.39', '']);
    await write(1, 'fiscal', '445800元');
    expect(sent).toEqual([{ kind: 'SET_TASK', at: 1, field: 'fiscal', text: '445800元' }]);
    expect([...root.querySelectorAll('[data-sum]')].map((cell) => cell.textContent)).toEqual(['273.97', '273.97', '']);
  });
  it('take no amount that cannot be read: the field shows again what holds, and a sentence says why', async () => {
    const { sent, box, write, model } = await open(TASKS);
    await write(0, 'total', '二百万');
    expect([sent, box(0, 'total').value, model.problem()?.code]).toEqual([[], '229.39', 'staging.money-unreadable']);
  });
  it('are added and deleted, Enter goes down a line', async () => {
    const { root, settle, box } = await open(TASKS);
    root.querySelector<HTMLButtonElement>('[data-act="add-task"]')?.click();
    await settle();
    expect([root.querySelectorAll('[data-task]').length, document.activeElement === box(2, 'name'), box(2, 'name').getAttribute('aria-invalid')]).toEqual([3, true, 'true']);
    box(0, 'content').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await settle();
    expect(document.activeElement === box(1, 'content')).toBe(true);
    root.querySelector<HTMLButtonElement>('[data-task="0"] button')?.click();
    await settle();
    expect(box(0, 'name').value).toBe('破产企业人员生活补贴');
  });
  it('of a form without them leave no trace', async () => {
    expect((await open(null)).root.textContent?.trim()).toBe('');
  });
});
