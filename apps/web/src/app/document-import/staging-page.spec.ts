import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { DocumentImportView, ImportTableView, SourceOutline } from '@jiheng/contract';
import type { StagedTable } from '@jiheng/domain';
import { ImportsApi } from '../api/imports-api';
import { JobsApi } from '../api/jobs-api';
import { answered, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { Session } from '../session/session';
import { Viewpoint } from '../session/viewpoint';
import { Words } from '../words/words';
import { StagingPage } from './staging-page';
import { aStagedTable, anImportView } from './testing/a-staged-table';

// The first story compiles the whole page: a busy machine takes its time.
jest.setTimeout(30_000);

const budget = { fiscalYear: 2024, printedUnit: '', stored: false, tables: [], identities: [{ number: 1, outcome: 'HOLDS', zh: '表1 收入总计 = 支出总计', en: 'Table 1 income = spending', equations: [] }] };
const outline = { parts: [{ at: 0, sheet: null, columns: 2, pages: null, chunks: [] }] } as unknown as SourceOutline;

async function open(view: DocumentImportView, table: StagedTable | null, more: Partial<Record<keyof ImportsApi, unknown>> = {}) {
  localStorage.clear();
  const shown: ImportTableView | null = table === null ? null : { at: 0, sequence: 0, mayUndo: false, mayRedo: false, table, accepted: null, standing: null };
  const api = {
    view: async () => answered(view), table: async () => answered(shown!), outline: async () => answered(outline), chunk: async () => answered({ lines: [] }), budget: async () => answered(budget), fileAddress: (id: string) => `/api/imports/${id}/file`,
    correct: () => new Promise<never>(() => undefined), previousActuals: async () => answered({ fiscalYear: 2025, target: null, proposals: [], unmatched: [] }), ...more,
  };
  TestBed.configureTestingModule({
    providers: [provideRouter([]), { provide: ImportsApi, useValue: api }, { provide: JobsApi, useValue: { watch: () => () => undefined } }, { provide: Viewpoint, useValue: { manyUnits: () => false } }, { provide: Session, useValue: { person: () => ({ id: 'p1' }) } }],
  });
  const fixture = TestBed.createComponent(StagingPage);
  fixture.componentRef.setInput('id', view.id);
  document.body.replaceChildren(fixture.nativeElement as HTMLElement);
  const settle = async () => { await fixture.whenStable(); await new Promise((done) => setTimeout(done, 20)); await fixture.whenStable(); };
  await settle();
  const page = fixture.nativeElement as HTMLElement;
  return { page, settle, text: () => (page.textContent ?? '').replace(/\s+/gu, ' '), act: (name: string) => page.querySelector<HTMLButtonElement>(`[data-act="${name}"]`) };
}

const targets = aStagedTable('KZ-L');
const results: StagedTable = { ...targets, form: 'SELF_EVALUATION', rows: targets.rows.map((row, at) => ({ ...row, actual: { raw: at === 0 ? '9' : null, text: at === 1 ? '按时完成' : null } })) };

describe('the page on which a document is checked', () => {
  it('says what the document holds and that nothing is written before a click', async () => {
    const { page, text, act } = await open({ ...anImportView(targets), hasBudget: true }, targets);
    expect(text()).toContain('1 张目标表 · 11 项指标 · 预算公开表 · 填报人甲 导入');
    expect(text()).toContain('未点“采纳”之前，不会写入任何目标表。');
    expect([act('accept') !== null, act('store-budget'), page.querySelector('[name="lead"]') !== null]).toEqual([true, null, true]);
  });
  it('makes no target table of a form with results, asks for no lead, and shows what was reached', async () => {
    const { page, text, act } = await open({ ...anImportView(results), tableList: anImportView(results).tableList.map((table) => ({ ...table, form: 'SELF_EVALUATION' as const })) }, results);
    expect([act('accept'), act('accept-all'), page.querySelector('[name="lead"]')]).toEqual([null, null, null]);
    expect(text()).toContain('1 张自评表、监控表 · 11 项指标');
    expect(text()).toContain('未点“填入”或“提交”之前，不会写入任何目标表或报告。');
    expect([...page.querySelectorAll('jh-staged-grid thead th')].map((head) => head.textContent?.trim()).slice(1)).toEqual(['一级指标', '二级指标', '三级指标', '指标值', '实际完成值', '指标分值权重']);
    expect([...page.querySelectorAll('td[data-column="previous"]')].slice(0, 3).map((cell) => cell.querySelector('.text')?.textContent ?? '')).toEqual(['9', '按时完成', '']);
  });
  it('shows budget tables alone beside their document, and names the button that stores them', async () => {
    const { page, text, act } = await open({ ...anImportView(targets), tables: 0, rows: 0, tableList: [], hasBudget: true }, null);
    expect([act('store-budget') !== null, page.querySelectorAll('.bench jh-source-pane, .bench jh-budget-tab').length, page.querySelector('jh-staged-grid')]).toEqual([true, 2, null]);
    expect(text()).toContain('未点“存为预算公开表”之前，不会保存。');
    expect(text()).not.toContain('0 张目标表');
  });
  it('changes between what was read and the budget tables, beside the same original', async () => {
    const { page, act, settle } = await open({ ...anImportView(targets), hasBudget: true }, targets);
    act('budget')?.click();
    await settle();
    expect([page.querySelector('jh-budget-tab') !== null, page.querySelector('jh-staged-grid'), page.querySelector('jh-source-pane') !== null]).toEqual([true, null, true]);
    act('recognised')?.click();
    await settle();
    expect([page.querySelector('jh-budget-tab'), page.querySelector('jh-staged-grid') !== null]).toEqual([null, true]);
  });
  it('keeps a finding of the head with a reason in sight, where it can be withdrawn', async () => {
    const { page, text, settle } = await open(anImportView(targets), { ...targets, goalText: '做好各项工作。', acceptedFindings: [{ code: 'Q-M1', row: null, reason: '目标由上级统一下达' }] });
    expect(text()).toContain('目标由上级统一下达');
    expect(page.querySelectorAll('.head-note[data-severity="KEPT"] button')).toHaveLength(1);
    TestBed.inject(Words).setLanguage('en');
    await settle();
    expect(page.querySelector('.head-note[data-severity="KEPT"]')?.textContent).toContain('Kept: 目标由上级统一下达');
    TestBed.inject(Words).setLanguage('zh');
  });
  it('explains findings of one code in the head one by one: those nobody explained stay open', async () => {
    const { page, settle } = await open(anImportView(targets), { ...targets, goalText: '保障基本支出预算执行率达到100%，城乡居民养老保险缴费人数不少于27992人，“一卡通”新增应用不少于2项。' });
    const said = (kept: boolean) => [...page.querySelectorAll(`.head-note${kept ? '[data-severity="KEPT"]' : ':not([data-severity="KEPT"])'}`)].map((note) => note.textContent ?? '').filter((text) => text.includes('没有对应的指标'));
    const before = said(false).length;
    expect(before).toBeGreaterThan(1);
    const first = [...page.querySelectorAll('.head-note')].find((note) => note.textContent?.includes('没有对应的指标'));
    first?.querySelector<HTMLButtonElement>('.jh-link')?.click();
    await settle();
    // One form, at the finding that was chosen.
    expect(page.querySelectorAll('.head-note form')).toHaveLength(1);
    const why = page.querySelector<HTMLInputElement>('.head-note form input');
    if (why === null) throw new Error('nobody asks for a reason');
    why.value = '由上级统一考核';
    page.querySelector('.head-note form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
    expect([said(false).length, said(true).map((text) => text.includes('由上级统一考核'))]).toEqual([before - 1, [true]]);
  });
  it('accepts nothing while it cannot be asked which warnings stand, and says why', async () => {
    const accept = jest.fn();
    const two = { ...anImportView(targets), tables: 2, tableList: [0, 1].map((at) => ({ ...anImportView(targets).tableList[0]!, at })) };
    const { text, act, settle } = await open(two, targets, { openFindings: async () => refused(aRefusal('web.unreachable', 0)), accept });
    act('accept-all')?.click();
    await settle();
    expect([text().includes('拒绝：web.unreachable'), accept.mock.calls.length, act('accept-all')?.disabled]).toEqual([true, 0, false]);
  });
  it('shares the width as it was left', async () => {
    localStorage.setItem('jiheng.look.original-share', '60');
    const kept = jest.spyOn(Storage.prototype, 'clear').mockImplementation(() => undefined);
    const { page, settle } = await open(anImportView(targets), targets);
    kept.mockRestore();
    const line = page.querySelector<HTMLElement>('jh-pane-divider')!;
    expect([line.getAttribute('aria-valuenow'), page.querySelector<HTMLElement>('.bench')!.style.getPropertyValue('--share')]).toEqual(['60', '60%']);
    line.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    await settle();
    expect([line.getAttribute('aria-valuenow'), localStorage.getItem('jiheng.look.original-share')]).toEqual(['58', '58']);
  });
});
