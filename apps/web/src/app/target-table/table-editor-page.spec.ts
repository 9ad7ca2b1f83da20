import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { FETCH } from '../api/http';
import { aRefusal, aServer, anAnswer } from '../api/testing/a-refusal';
import { Session } from '../session/session';
import { aPerson, aSession } from '../session/testing/a-session';
import { Viewpoint } from '../session/viewpoint';
import { TableEditorPage } from './table-editor-page';
import { aTableView } from './testing/a-table-view';

const draft = aTableView('KZ-A', { state: 'DRAFT', moves: ['submit'] });

async function open(first: object, ...answers: readonly Response[]) {
  localStorage.clear();
  AbortSignal.timeout ??= () => new AbortController().signal;
  const server = aServer(anAnswer(200, aSession({ person: aPerson('reporter'), csrfToken: 't' })), anAnswer(200, first), ...answers);
  TestBed.configureTestingModule({ providers: [Viewpoint, provideRouter([{ path: '**', children: [] }]), { provide: FETCH, useValue: server.fetch }] });
  await TestBed.inject(Session).ready();
  const fixture = TestBed.createComponent(TableEditorPage);
  fixture.componentRef.setInput('id', draft.id);
  const page = fixture.nativeElement as HTMLElement;
  document.body.append(page);
  const settle = async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    await fixture.whenStable();
  };
  await settle();
  const type = async (selector: string, text: string) => {
    const box = page.querySelector<HTMLInputElement>(selector);
    if (!box) throw new Error(`no ${selector}`);
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
  };
  const save = async () => {
    [...page.querySelectorAll<HTMLButtonElement>('.bar button')].at(-1)?.click();
    await settle();
    await settle();
  };
  return { fixture, page, type, save, settle, asked: server.asked };
}

afterEach(() => { document.body.innerHTML = ''; });

describe('the editor of a target table', () => {
  it('opens a draft with its head, its rows and the sum of its weights', async () => {
    const { page } = await open(draft);
    expect(page.querySelector<HTMLInputElement>('#head-project')?.value).toBe('社会保险经办审计经费');
    expect(page.querySelectorAll('tbody[data-row]')).toHaveLength(14);
    expect(page.querySelector('.sum')?.textContent).toBe('分值合计 90，另有预算执行率 10 分');
  });
  it('follows the sum while a weight is typed', async () => {
    const { page, type } = await open(draft);
    await type('[data-cell="weight"]', '3');
    expect(page.querySelector('.sum')?.textContent).toBe('分值合计 88，距 90 还差 2');
    await type('[data-cell="weight"]', '15');
    expect(page.querySelector('.sum')?.textContent).toBe('分值合计 100，不再另计预算执行率');
  });
  it('saves from the revision it opened and says so', async () => {
    const { page, type, save, asked } = await open(draft, anAnswer(200, { ...draft, lead: '信息科', revision: 4 }));
    await type('#head-lead', '信息科');
    expect(page.querySelector('.state')?.textContent).toContain('有未保存的修改');
    await save();
    expect([asked[2]?.init.method, JSON.parse(asked[2]?.init.body as string)]).toEqual(['PUT', expect.objectContaining({ lead: '信息科', expectedRevision: 3 })]);
    expect(page.querySelector('.state')?.textContent).toBe('已保存');
  });
  it('goes on saying that it is saved where the first save of a new table led', async () => {
    window.history.replaceState({ justSaved: draft.id }, '');
    const state = (await open(draft)).page.querySelector('.state')?.textContent;
    window.history.replaceState(null, '');
    expect(state).toBe('已保存');
  });
  it('says who was quicker, shows the difference and keeps what was typed', async () => {
    const stale = aRefusal('target-table.stale-revision', 409, { sentence: { zh: '本表刚刚被另一位填报人改过', en: 'changed' } });
    const { page, type, save } = await open(draft, anAnswer(409, stale), anAnswer(200, { ...draft, goalText: '另一目标', revision: 4 }));
    await type('[data-cell="weight"]', '6');
    await save();
    expect(page.querySelector('[role=alert]')?.textContent).toContain('本表刚刚被另一位填报人改过');
    expect(page.querySelector('.conflict')?.textContent).toMatch(/分值权重.*5.*→.*6/su);
    expect(page.querySelector<HTMLInputElement>('[data-cell="weight"]')?.value).toBe('6');
  });
  it('asks before it is left with something unsaved, and not otherwise', async () => {
    const { fixture, type } = await open(draft);
    const confirm = jest.spyOn(window, 'confirm').mockReturnValue(false);
    expect(fixture.componentInstance.mayLeave()).toBe(true);
    expect(confirm).not.toHaveBeenCalled();
    await type('#head-lead', '信息科');
    expect(fixture.componentInstance.mayLeave()).toBe(false);
    confirm.mockRestore();
  });
  it('is no pen for a table in force', async () => {
    const { page } = await open(aTableView('KZ-A', { moves: ['adjust'] }));
    expect(page.textContent).toContain('本表为“已批复”，不能编辑');
    expect(page.querySelector('jh-target-rows')).toBeNull();
    expect(TestBed.inject(Router).url).toBe('/');
  });
});
