import { provideRouter } from '@angular/router';
import { TestBed } from '@angular/core/testing';
import type { FillPreviousActuals, ImportTableView, PreviousActualsView } from '@jiheng/contract';
import { answered } from '../api/problem';
import { ResultsPanel } from './results-panel';
import { StagingModel } from './staging-model';
import { aStagedTable, anImportView } from './testing/a-staged-table';

const KZ = '019b0000-0000-7000-8000-0000000000bb';
const proposal = (key: string, name: string, previousActual: string, more: Partial<PreviousActualsView['proposals'][number]> = {}): PreviousActualsView['proposals'][number] =>
  ({ key, name, level1: '产出指标', previousActual, match: 'SAME', replaces: null, there: false, ...more });

async function open(fills: 'DRAFT' | 'ADJUSTMENT' | 'NOTHING' | null) {
  localStorage.clear();
  const read = { ...aStagedTable('KZ-L'), form: 'SELF_EVALUATION' as const, template: { name: 'f4', zh: '项目支出绩效自评表', en: 'Self-evaluation', confidence: '0.97' } };
  const table = { ...read, rows: read.rows.map((row, at) => (at < 3 ? { ...row, actual: { raw: '9', text: null } } : row)) };
  const filled: FillPreviousActuals[] = [];
  const view = () => Promise.resolve(answered({ ...anImportView(table), writableUnits: [{ id: KZ as never, name: '甲' }] }));
  const stored: ImportTableView = { at: 0, sequence: 0, mayUndo: false, mayRedo: false, table, accepted: null, standing: null };
  const target = fills === null ? null : { tableId: '019b0000-0000-7000-8000-000000000009' as never, version: 1, state: fills === 'DRAFT' ? ('DRAFT' as const) : fills === 'ADJUSTMENT' ? ('APPROVED' as const) : ('SUBMITTED' as const), revision: 4, fills };
  const proposals = fills === null ? [] : [
    proposal('K1', '租用专线网络数量', '9条'), proposal('K2', '信息自动化运行保障率', '99.8%', { there: true }), proposal('K3', '资金使用合规率', '98%', { replaces: '100%' }), proposal('K4', '受益群众满意度', '94%', { match: 'NAME_ONLY' }),
  ];
  const model = new StagingModel({
    view, table: () => Promise.resolve(answered(stored)), chooseUnit: view, accept: view, undo: view, newRequestId: () => '1', correct: () => Promise.resolve(answered(stored)),
    previousActuals: () => Promise.resolve(answered({ fiscalYear: 2025, target, proposals, unmatched: fills === null ? [] : ['提高工作服务水平'] })),
    fillPreviousActuals: (_at, body) => { filled.push(body); return view(); },
  });
  await model.read();
  TestBed.configureTestingModule({ providers: [provideRouter([])] });
  const fixture = TestBed.createComponent(ResultsPanel);
  fixture.componentRef.setInput('model', model);
  const settle = async () => { await new Promise((resolve) => setTimeout(resolve, 0)); fixture.detectChanges(); };
  fixture.detectChanges();
  await settle();
  const root = fixture.nativeElement as HTMLElement;
  return { root, settle, filled, button: () => root.querySelector<HTMLButtonElement>('[data-act="fill-previous"]') };
}

describe('the panel of a self-evaluation', () => {
  it('says what the form is, by which template, and how many results it holds', async () => {
    const { root } = await open('DRAFT');
    expect(root.textContent).toMatch(/这是自评表[\s\S]*不会采纳为目标表[\s\S]*项目支出绩效自评表[\s\S]*把握 97%[\s\S]*3 行有实际完成值/u);
  });
  it('ticks what is certain and replaces nothing; the rest a person ticks; what is there already cannot be taken again', async () => {
    const { root, settle, filled, button } = await open('DRAFT');
    const boxes = [...root.querySelectorAll<HTMLInputElement>('tbody input')];
    expect(boxes.map((box) => [box.checked, box.disabled])).toEqual([[true, false], [false, true], [false, false], [false, false]]);
    expect(root.textContent).toContain('仅名称相同');
    boxes[2]?.click();
    await settle();
    button()?.click();
    await settle();
    expect(filled).toEqual([{ keys: ['K1', 'K3'], expectedRevision: 4 }]);
  });
  it('asks for a reason beside a table in force, and fills nothing while it is under way or not there', async () => {
    const inForce = await open('ADJUSTMENT');
    expect(inForce.root.querySelector<HTMLInputElement>('.why input')?.value).toContain('目标表.txt');
    inForce.button()?.click();
    await inForce.settle();
    expect(inForce.filled[0]).toMatchObject({ keys: ['K1'], reason: expect.stringContaining('上年完成值') as string });
    TestBed.resetTestingModule();
    const underWay = await open('NOTHING');
    expect([underWay.button(), underWay.root.textContent?.includes('正在办理中')]).toEqual([null, true]);
    TestBed.resetTestingModule();
    const none = await open(null);
    expect([none.button(), none.root.textContent?.includes('还没有同一项目 2025 年的目标表')]).toEqual([null, true]);
  });
});
