import { TestBed } from '@angular/core/testing';
import { theTable } from '@jiheng/domain/testing';
import { type ReportDraft, aReport, reported, rowIdAt } from '../api/testing/a-report';
import type { ChosenMove } from '../ui/move-bar/move-bar';
import { ActualEntryModel } from './actual-entry-model';
import type { MissingThing } from './missing-things';
import { SubmitBar } from './submit-bar';
import { AServer } from './testing/a-server';

const U6 = rowIdAt(5);
const ALL = { 'KZ-U1': reported('95.7', '%'), 'KZ-U2': reported('5.84', '万人'), 'KZ-U3': reported('6.44', '万人'), 'KZ-U4': reported('10.01', '万人'), 'KZ-U5': reported('6.85', '万人'), 'KZ-U6': reported('26.4', '万人') };

async function open(draft: ReportDraft) {
  localStorage.clear();
  const server = new AServer(aReport(theTable('KZ-U'), { moves: ['submit'], ...draft }));
  const model = new ActualEntryModel(server.report, { gateway: server, store: null, personId: 'p1', now: () => '2025-01-09T02:00:00Z' });
  const fixture = TestBed.createComponent(SubmitBar);
  fixture.componentRef.setInput('model', model);
  fixture.componentRef.setInput('moves', ['submit']);
  const moved: ChosenMove[] = [];
  const gone: MissingThing[] = [];
  fixture.componentInstance.moved.subscribe((move) => moved.push(move));
  fixture.componentInstance.goTo.subscribe((thing) => gone.push(thing));
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  const page = fixture.nativeElement as HTMLElement;
  const press = async (text: string): Promise<void> => {
    const button = [...page.querySelectorAll('button')].find((one) => one.textContent?.trim() === text);
    if (button === undefined) throw new Error(`no button ${text}`);
    button.click();
    await fixture.whenStable();
  };
  return { model, server, page, press, moved, gone, fixture };
}

/** The table asks for working papers for its heaviest row. */
const withEvidence: ReportDraft = { values: ALL, rows: (row) => (row.indicator.key === 'KZ-U6' ? { ...row, indicator: { ...row.indicator, evidence: '工作资料' } } : row) };

afterEach(() => document.body.replaceChildren());

describe('before a quarter is handed on', () => {
  it('a complete one goes at once', async () => {
    const { page, press, moved } = await open({ values: ALL });
    expect(page.textContent).toContain('已填齐，可以送审');
    await press('送审');
    expect(moved).toEqual([{ move: 'submit' }]);
  });

  it('evidence that is owed is named once more, leads to its row, and does not stand in the way', async () => {
    const { page, press, moved, gone } = await open(withEvidence);
    await press('送审');
    expect(moved).toEqual([]);
    const question = page.querySelector('[role="alertdialog"]');
    expect(question?.textContent).toContain('还有 1 项建议在送审前核对');
    expect(document.activeElement?.id).toBe('jh-before-submit');
    await press('城乡居民养老保险参保人数达到：缺佐证资料');
    expect(gone).toEqual([{ what: 'evidence', rowId: U6, name: '城乡居民养老保险参保人数达到', blocks: false }]);
    await press('仍然送审');
    expect(moved).toEqual([{ move: 'submit' }]);
  });

  it('Esc stays and gives the keyboard back to the button', async () => {
    const { page, press, moved, fixture } = await open(withEvidence);
    await press('送审');
    page.querySelector('[role="alertdialog"]')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await fixture.whenStable();
    expect([page.querySelector('[role="alertdialog"]'), moved, document.activeElement?.getAttribute('data-move')]).toEqual([null, [], 'submit']);
  });

  it('the question goes away when the evidence came', async () => {
    const { page, press, model, fixture } = await open(withEvidence);
    await press('送审');
    await model.uploads.attach(U6, [new File(['%PDF-'], '参保台账.pdf')]);
    await fixture.whenStable();
    expect(page.querySelector('[role="alertdialog"]')).toBeNull();
    expect(page.textContent).toContain('已填齐，可以送审');
  });

  it('a row that is missing is named in the bar, and the server is asked: what blocks is its to refuse', async () => {
    const { page, press, moved } = await open({ values: { ...ALL, 'KZ-U6': { kind: 'NOT_REPORTED' } } });
    expect(page.textContent).toContain('送审前还差 1 项');
    await press('送审');
    expect(moved).toEqual([{ move: 'submit' }]);
  });

  it('low execution without a reason is advised, not required', async () => {
    const { model } = await open({ values: ALL });
    model.execution.type(model.execution.cell('TOTAL', 'initial'), '544.52');
    model.execution.type(model.execution.cell('TOTAL', 'executed'), '400');
    expect(model.missing()).toEqual([{ what: 'reason', rowId: null, name: '', blocks: false }]);
    model.execution.explain('上级资金 12 月下旬到账');
    expect(model.missing()).toEqual([]);
    model.stop();
  });
});
