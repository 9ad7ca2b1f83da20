import { TestBed } from '@angular/core/testing';
import type { CandidateView } from '@jiheng/contract';
import { theTable } from '@jiheng/domain/testing';
import { type ReportDraft, aReport, idOf, reported, rowIdAt } from '../api/testing/a-report';
import { ActualEntryModel } from './actual-entry-model';
import { EntryGrid } from './entry-grid';
import { AServer } from './testing/a-server';

const U6 = rowIdAt(5);

/** What a source says of 城乡居民养老保险参保人数 (≥26.10 万人). */
function said(n: number, magnitude: string, unit: string, more: Partial<CandidateView> = {}): CandidateView {
  return {
    id: idOf(5, n), actual: reported(magnitude, unit), sourceName: '社保核心系统', observedAt: '2025-01-08T18:00:00Z', verbatim: magnitude, sha256: 'b'.repeat(64), warning: null, outcome: 'CANDIDATE', ...more,
  } as unknown as CandidateView;
}
const DOUBTFUL = said(1, '264000', '万人', { outcome: 'IMPLAUSIBLE', warning: '“城乡居民养老保险参保人数达到”填写的 264000万人 约为目标 ≥26.10万人 的 10115 倍，请核对数值和单位。' });

/** Where the page was brought to, by what it was asked to show. */
let shown: (Element | ScrollIntoViewOptions)[] = [];
beforeEach(() => {
  shown = [];
  Element.prototype.scrollIntoView = function (this: Element, where?: boolean | ScrollIntoViewOptions) { shown.push(this, where as ScrollIntoViewOptions); };
});
afterEach(() => document.body.replaceChildren());

async function open(candidate: CandidateView, draft: ReportDraft = {}, others: CandidateView[] = []) {
  const server = new AServer(aReport(theTable('KZ-U'), { ...draft, rows: (row) => (row.indicator.id === U6 ? { ...row, candidate: { ...candidate, others } } : row) }));
  const model = new ActualEntryModel(server.report, { gateway: server, store: null, personId: 'p1', now: () => '2025-01-09T02:00:00Z' });
  const fixture = TestBed.createComponent(EntryGrid);
  fixture.componentRef.setInput('model', model);
  fixture.componentRef.setInput('editable', true);
  document.body.append(fixture.nativeElement);
  const rest = async (): Promise<void> => { for (let turn = 0; turn < 4; turn++) await fixture.whenStable(); };
  await rest();
  const page: HTMLElement = fixture.nativeElement;
  const line = (): HTMLElement | null => page.querySelector(`tr[data-row="${U6}"] jh-candidate`);
  const detail = (): HTMLElement[] => [...page.querySelectorAll<HTMLElement>('jh-row-detail jh-candidate')];
  const field = (): HTMLInputElement | null => page.querySelector(`tr[data-row="${U6}"] [data-cell="actual"]`);
  const press = async (text: string, inside: HTMLElement | null | undefined): Promise<void> => {
    const button = [...inside?.querySelectorAll('button') ?? []].find((one) => one.textContent?.trim() === text);
    if (button === undefined) throw new Error(`no button ${text}`);
    button.focus();
    button.click();
    await rest();
  };
  return { server, model, page, line, detail, field, press };
}

describe('a candidate in the row, by keyboard', () => {
  it('both its buttons are reached by Tab', async () => {
    const { line } = await open(said(1, '264000', '人'));
    expect([...line()?.querySelectorAll('button') ?? []].map((button) => [button.textContent?.trim(), button.tabIndex])).toEqual([['采用', 0], ['不采用', 0]]);
  });

  it('taken, it leaves the keyboard in the field of its row', async () => {
    const { line, field, press } = await open(said(1, '264000', '人'));
    await press('采用', line());
    expect([line(), field()?.value]).toEqual([null, '264000人']);
    expect(document.activeElement).toBe(field());
  });

  it('does not call the keyboard back from where a person has gone meanwhile', async () => {
    const { server, model, line, page, press } = await open(said(1, '264000', '人'));
    const go = server.hold();
    await press('采用', line());
    const elsewhere = page.querySelectorAll<HTMLInputElement>('[data-cell="actual"]')[0];
    elsewhere?.focus();
    go();
    while (model.row(U6)?.settling() === true) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(document.activeElement).toBe(elsewhere);
  });

  it('not wanted, it asks for the reason in the detail: the field has the keyboard, away from the bar at the bottom', async () => {
    const { line, detail, press } = await open(said(1, '264000', '人'));
    await press('不采用', line());
    const reason = detail()[0]?.querySelector('input');
    expect(reason).not.toBeNull();
    expect(document.activeElement).toBe(reason);
    expect(shown).toEqual([reason, { block: 'center' }]);
  });

  it('asks for the reason also where the detail is open already', async () => {
    const { model, line, detail, press } = await open(said(1, '264000', '人'));
    model.openRow.set(U6);
    await press('不采用', line());
    expect(document.activeElement).toBe(detail()[0]?.querySelector('input'));
  });

  it('set aside with its reason, it leaves the keyboard in the field of its row', async () => {
    const { server, line, detail, field, press } = await open(said(1, '264000', '人'), { values: { 'KZ-U6': reported('26.2', '万人') } });
    await press('不采用', line());
    const reason = detail()[0]?.querySelector('input');
    if (reason !== null && reason !== undefined) reason.value = '来源含已注销人员';
    reason?.dispatchEvent(new Event('input'));
    await press('确定保留我的', detail()[0]);
    expect(server.asked.at(-1)?.body).toMatchObject({ choice: 'KEEP_MINE', reason: '来源含已注销人员' });
    expect(document.activeElement).toBe(field());
  });

  it('where nothing is entered there is no own value to keep', async () => {
    const { line, detail, press } = await open(said(1, '264000', '人'));
    await press('不采用', line());
    expect(detail()[0]?.textContent).toContain('确定不采用');
    expect(detail()[0]?.textContent).not.toContain('保留我的');
  });
});

describe('a doubtful candidate in the row', () => {
  it('says in words what is doubtful, and is taken only when asked once more', async () => {
    const { server, line, field, press } = await open(DOUBTFUL);
    expect(line()?.textContent).toContain('约为目标的 10115 倍，单位对吗？');
    await press('采用', line());
    expect([server.asked, field()?.value]).toEqual([[], '']);
    expect(document.activeElement?.textContent?.trim()).toBe('仍然采用 264000万人');
    await press('先不采用', line());
    await press('采用', line());
    await press('仍然采用 264000万人', line());
    expect([server.asked.map(({ what }) => what), field()?.value]).toEqual([['candidate'], '264000万人']);
  });

  it('says whole what only the past speaks against', async () => {
    const warning = '“城乡居民养老保险参保人数达到”填写的 40万人 比上年各期高出 50%，请核对。';
    const { line } = await open(said(1, '40', '万人', { outcome: 'IMPLAUSIBLE', warning }));
    expect(line()?.textContent).toContain(warning);
  });
});

describe('two sources that contradict each other', () => {
  const LEDGER = said(2, '26.3', '万人', { sourceName: '台账导出表' });

  it('the row says so beside the newest value, and either is taken from the detail', async () => {
    const { server, model, line, detail, field, press } = await open(said(1, '264000', '人'), {}, [LEDGER]);
    expect(line()?.textContent).toContain('候选 26.4万人');
    expect(line()?.textContent).toContain('另有 1 个来源给出 26.3万人');
    model.openRow.set(U6);
    await Promise.resolve();
    await press('不采用', line());
    expect(detail().map((one) => one.textContent?.includes('台账导出表'))).toEqual([false, true]);
    await press('采用 26.3万人', detail()[1]);
    expect([server.asked.at(-1)?.body, field()?.value]).toMatchObject([{ choice: 'ACCEPT' }, '26.3万人']);
    // The other one still says something else.
    expect(line()?.textContent).toContain('候选 26.4万人');
    expect(line()?.textContent).not.toContain('另有');
  });
});
