import { provideRouter } from '@angular/router';
import { TestBed } from '@angular/core/testing';
import type { DocumentImportView, ImportTableView, ProposeActuals, ProposedActualsView } from '@jiheng/contract';
import { answered } from '../api/problem';
import { ProposalsModel } from './proposals-model';
import { ProposalsPanel } from './proposals-panel';
import { StagingModel } from './staging-model';
import { aStagedTable, anImportView } from './testing/a-staged-table';

const KZ = '019b0000-0000-7000-8000-0000000000bb';
const proposal = (key: string, name: string, value: string, more: Partial<ProposedActualsView['proposals'][number]> = {}): ProposedActualsView['proposals'][number] =>
  ({ key, name, level1: '产出指标', printed: value, value, present: null, outcome: 'CANDIDATE', warning: null, match: 'SAME', ...more });
const whole: ProposedActualsView = {
  fiscalYear: 2024, printed: '1—6月', quarters: [{ ordinal: 1, label: '第一季度' }, { ordinal: 2, label: '第二季度' }], quarter: 2, isYearToDate: true, fits: true, why: null, proposedAt: null, explanations: [], money: null, unplaced: [],
  report: { reportId: '019b0000-0000-7000-8000-000000000001' as never, label: '第二季度', tableId: '019b0000-0000-7000-8000-000000000009' as never, version: 1 },
  proposals: [
    proposal('K1', '内部审计次数', '2次', { printed: '3次' }), proposal('K2', '资金使用合规率', '98%', { outcome: 'SAME', present: '98%' }), proposal('K3', '第三方审计经费', '230万元', { outcome: 'IMPLAUSIBLE', warning: { zh: '约为目标的 46 倍', en: '46 times the target' } }),
    proposal('K4', '受益群众满意度', '94%', { match: 'NAME_ONLY' }),
  ],
  unmatched: [{ name: '没有这一项', why: { code: 'import.actual-no-row', zh: '目标表中没有“没有这一项”，或有同名的多行。', en: 'No row.' } }],
};

async function open(views: readonly ProposedActualsView[], rights: Partial<DocumentImportView> = { writableUnits: [{ id: KZ as never, name: '甲' }] }) {
  localStorage.clear();
  const table = { ...aStagedTable('KZ-A'), form: 'MONITORING' as const, period: '1—6月' };
  const stored: ImportTableView = { at: 0, sequence: 0, mayUndo: false, mayRedo: false, table, accepted: null, standing: null };
  const view = () => Promise.resolve(answered({ ...anImportView(table), ...rights }));
  const none = () => Promise.resolve(answered({ fiscalYear: 2025, target: null, proposals: [], unmatched: [] }));
  const model = new StagingModel({ view, table: () => Promise.resolve(answered(stored)), chooseUnit: view, accept: view, undo: view, newRequestId: () => '1', correct: () => Promise.resolve(answered(stored)), previousActuals: none, fillPreviousActuals: view });
  await model.read();
  const asked: (number | null)[] = [];
  const sent: ProposeActuals[] = [];
  const proposals = new ProposalsModel({
    read: (_at, quarter) => { asked.push(quarter); return Promise.resolve(answered(views[Math.min(asked.length, views.length) - 1] as ProposedActualsView)); },
    propose: (_at, body) => { sent.push(body); return view(); },
  });
  TestBed.configureTestingModule({ providers: [provideRouter([])] });
  const fixture = TestBed.createComponent(ProposalsPanel);
  fixture.componentRef.setInput('model', model);
  fixture.componentRef.setInput('proposals', proposals);
  const settle = async () => { fixture.detectChanges(); await new Promise((resolve) => setTimeout(resolve, 0)); fixture.detectChanges(); };
  await settle();
  const root = fixture.nativeElement as HTMLElement;
  return { root, settle, asked, sent, text: () => (root.textContent ?? '').replace(/\s+/gu, ' '), button: () => root.querySelector<HTMLButtonElement>('[data-act="propose"]') };
}

describe('the panel of a monitoring form', () => {
  it('says how many values go to which report, that earlier quarters were taken off, and which rows cannot go and why', async () => {
    const { root, text } = await open([whole]);
    expect(text()).toContain('3 个值可提交到 2024 年第二季度的监控报告（目标表第 1 版）');
    expect(text()).toContain('表中写的是“1—6月”的累计值');
    expect([...root.querySelectorAll('tbody tr:first-child td')].map((cell) => cell.textContent?.trim())).toEqual(['', '内部审计次数', '3次', '2次', '—']);
    expect(root.querySelector('[data-unmatched]')?.textContent).toMatch(/1 行不能提交[\s\S]*没有“没有这一项”/u);
  });
  it('ticks what is certain, lets a person tick the doubtful, and proposes them by one click', async () => {
    const { root, settle, sent, asked, button } = await open([whole, { ...whole, proposedAt: '2024-07-10T02:00:00.000Z' }]);
    const boxes = [...root.querySelectorAll<HTMLInputElement>('tbody input')];
    expect(boxes.map((box) => [box.checked, box.disabled])).toEqual([[true, false], [false, true], [false, false], [false, false]]);
    boxes[3]?.click();
    await settle();
    button()?.click();
    await settle();
    await settle();
    expect([sent, asked.length > 1, root.querySelector('[data-proposed]') !== null]).toEqual([[{ quarter: 2, keys: ['K1', 'K4'], explained: [], money: false }], true, true]);
  });
  it('of a form that ends in the middle of a quarter asks for the quarter and ticks nothing by itself', async () => {
    const july = { ...whole, printed: '1—7月', quarter: 3, fits: false };
    const { root, settle, asked, text, button } = await open([july]);
    expect([text().includes('与所选报告期不一致'), button()?.disabled, root.querySelectorAll('tbody input:checked').length]).toEqual([true, true, 0]);
    const which = root.querySelector<HTMLSelectElement>('[data-quarter]') as HTMLSelectElement;
    which.value = '2';
    which.dispatchEvent(new Event('change'));
    await settle();
    expect(asked.at(-1)).toBe(2);
  });
  it('proposes explanations and money as well, beside what stands there; what has no place is told', async () => {
    const said = { causes: ['STAFF' as const], sentence: '审计人员抽调外出', measures: '三季度补审', likelihood: 'POSSIBLE' as const, forecast: '5次' };
    const full: ProposedActualsView = {
      ...whole, proposals: [], unplaced: [{ code: 'import.money-forecast', zh: '“年度资金总额”的全年预计执行数 7.60 万元在报告中没有对应的栏目，此处仅供对照。', en: 'No place.' }],
      explanations: [{ key: 'K1', name: '内部审计次数', printed: said, present: null, isSame: false }, { key: 'K2', name: '资金使用合规率', printed: said, present: { ...said, sentence: '另有原因' }, isSame: false }, { key: 'K3', name: '第三方审计经费', printed: said, present: said, isSame: true }],
      money: { printed: [{ part: 'TOTAL', initial: '8.00', adjusted: null, executed: '3.50' }], present: [{ part: 'TOTAL', initial: '8.00', adjusted: '8.00', executed: null }], isSame: false },
    };
    const { root, settle, sent, text, button } = await open([full]);
    expect(text()).toContain('人员保障 · 审计人员抽调外出 · 三季度补审 · 全年预计 5次 · 完成可能性：有可能');
    expect([text().includes('报告中现有：人员保障 · 另有原因'), root.querySelector('[data-unplaced]')?.textContent?.includes('7.60')]).toEqual([true, true]);
    // What is there already is not overwritten by a tick nobody made.
    expect([...root.querySelectorAll<HTMLInputElement>('[data-explained] input, [data-money] input')].map((box) => [box.checked, box.disabled])).toEqual([[true, false], [false, false], [false, true], [true, false]]);
    expect(button()?.textContent?.trim()).toBe('提交 0 个候选值、1 条说明和预算执行数');
    button()?.click();
    await settle();
    expect(sent).toEqual([{ quarter: 2, keys: [], explained: ['K1'], money: true }]);
  });
  it('says why a report takes nothing, and offers no button to who may only look', async () => {
    const closed = await open([{ ...whole, why: { code: 'actual.period-closed', zh: '2024年第二季度 已截止（2024-07-15），不能再填报。', en: 'Closed.' } }]);
    expect([closed.root.querySelector('[data-why]')?.textContent, closed.button()]).toEqual([expect.stringContaining('已截止'), null]);
    TestBed.resetTestingModule();
    const reader = await open([whole], { writableUnits: [] });
    expect([reader.button(), [...reader.root.querySelectorAll<HTMLInputElement>('tbody input')].every((box) => box.disabled)]).toEqual([null, true]);
  });
});
