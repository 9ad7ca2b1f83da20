import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { PullSourceView } from '@jiheng/contract';
import { answered, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { Viewpoint } from '../session/viewpoint';
import { PullSourceDraft, type SourceFormGateway } from './pull-source-draft';
import { PullSourceForm } from './pull-source-form';
import { NO_SETTINGS } from './source-settings';

const stored = {
  id: 's1', revision: 1, unitId: 'u1', name: '统计库', kind: 'SQL', place: 'postgresql://reader@10.1.2.3/tj', rowsPath: '$.rows[*]', keyField: 'key', valueField: 'value', settings: { ...NO_SETTINGS, query: 'select 1' },
  secrets: [{ name: 'PASSWORD', setAt: '2025-01-09T02:00:00.000Z' }], mappings: [{ indicatorKey: 'KZ-U6', field: 'a', unit: '', tableTitle: '', indicatorName: '参保', formula: '', numeratorField: '', denominatorField: '' }],
} as unknown as PullSourceView;

function open(of: PullSourceView | null, more: Partial<SourceFormGateway> = {}) {
  localStorage.clear();
  TestBed.configureTestingModule({ providers: [provideRouter([]), { provide: Viewpoint, useValue: { manyUnits: () => false } }] });
  const draft = new PullSourceDraft({ create: () => Promise.resolve(answered(stored)), change: () => Promise.resolve(answered(stored)), try: () => Promise.reject(new Error('not tried')), indicators: () => Promise.resolve(answered([])), ...more }, of, 'u1');
  const fixture = TestBed.createComponent(PullSourceForm);
  for (const [name, value] of Object.entries({ draft, units: [], periodId: 'q4', periodName: '第四季度', fiscalYear: 2024 })) fixture.componentRef.setInput(name, value);
  fixture.detectChanges();
  const page = fixture.nativeElement as HTMLElement;
  const choose = (id: string, value: string): void => {
    const box = page.querySelector<HTMLSelectElement>(`#${id}`);
    if (box === null) throw new Error(`no ${id}`);
    box.value = value;
    box.dispatchEvent(new Event('change'));
    fixture.detectChanges();
  };
  const ids = (): string[] => [...page.querySelectorAll('jh-pull-source-access [id]')].map((one) => one.id).filter((id) => !/-(?:hint|error)$/u.test(id));
  return { draft, fixture, page, choose, ids };
}

describe('the form of a source', () => {
  it('shows of each kind its own fields', () => {
    const { choose, ids } = open(null);
    expect(ids()).toEqual(['source-auth', 'source-headers', 'source-paging']);
    choose('source-kind', 'SQL');
    expect(ids()).toEqual(['source-query', 'source-PASSWORD']);
    choose('source-kind', 'SFTP_FOLDER');
    expect(ids()).toEqual(['source-hostKey', 'source-PASSWORD', 'source-PRIVATE_KEY']);
    choose('source-kind', 'DHIS2');
    expect(ids()).toEqual(['source-dataSet', 'source-orgUnit', 'source-auth']);
    choose('source-kind', 'SHEET_FOLDER');
    expect(ids()).toEqual([]);
  });
  it('of folders of sheets takes the name of one sheet, says what it is for, and shows there which sheets there are', async () => {
    const folder = { ...stored, kind: 'SHEET_FOLDER', place: 'shared/{fiscalYear}.xlsx', settings: { ...NO_SETTINGS, sheet: '三季度' }, secrets: [] } as unknown as PullSourceView;
    const { draft, fixture, page, choose } = open(folder, { try: () => Promise.resolve(refused(aRefusal('pull.sheet-not-there'))) });
    const field = (): HTMLInputElement | null => page.querySelector<HTMLInputElement>('#source-sheet');
    expect([field()?.value, field()?.labels?.[0]?.textContent]).toEqual(['三季度', '工作表']);
    expect(page.querySelector('#source-sheet-hint')?.textContent).toMatch(/写明要读的那张（隐藏的也可以），可用与地址相同的标记，如 \{period\}；留空则读能看到的、唯一有这两列的那张。CSV 文件没有工作表，不受影响。/u);
    const box = field();
    if (box !== null) box.value = '{period}';
    box?.dispatchEvent(new Event('input'));
    expect(draft.settings().sheet).toBe('{period}');
    await draft.try('q4');
    fixture.detectChanges();
    expect([field()?.getAttribute('aria-invalid'), page.querySelector('#source-sheet-error')?.textContent, page.querySelector('#source-place')?.getAttribute('aria-invalid')]).toEqual(['true', '拒绝：pull.sheet-not-there', null]);
    choose('source-kind', 'SFTP_FOLDER');
    expect(field()?.value).toBe('{period}');
    for (const kind of ['HTTP_JSON', 'SQL', 'DHIS2']) {
      choose('source-kind', kind);
      expect([kind, field()]).toEqual([kind, null]);
    }
  });
  it('asks for what the chosen way of saying who asks needs', () => {
    const { choose, ids } = open(null);
    choose('source-auth', 'OAUTH2');
    expect(ids()).toEqual(['source-auth', 'source-tokenUrl', 'source-clientId', 'source-scope', 'source-CLIENT_SECRET', 'source-headers', 'source-paging']);
    choose('source-paging', 'PAGE');
    expect(ids().slice(-4)).toEqual(['source-page', 'source-sizeParam', 'source-size', 'source-first']);
  });
  it('never shows a stored password: the field is empty, says since when one is stored, and is of the kind that hides', () => {
    const { page } = open(stored);
    const field = page.querySelector<HTMLInputElement>('#source-PASSWORD');
    expect([field?.type, field?.value, field?.autocomplete]).toEqual(['password', '', 'new-password']);
    expect(page.querySelector('#source-PASSWORD-hint')?.textContent).toContain('留空则不变');
  });
  it('says a refusal about the query at the query', async () => {
    const { draft, fixture, page } = open(stored, { change: () => Promise.resolve(refused(aRefusal('pull.sql-not-select'))) });
    await draft.save();
    fixture.detectChanges();
    expect(page.querySelector('#source-query')?.getAttribute('aria-invalid')).toBe('true');
    expect(page.querySelector('#source-query-error')?.textContent).not.toBe('');
  });
  it('shows a ratio as what it is made of, read-only, with the way to where it is changed', async () => {
    const ratio = { indicatorKey: 'KZ-U1', field: '', unit: '%', tableTitle: '', indicatorName: '覆盖率', formula: '', numeratorField: 'covered', denominatorField: 'all' };
    const { draft, fixture, page } = open({ ...stored, mappings: [...stored.mappings, ratio] });
    await draft.readIndicators();
    fixture.detectChanges();
    const row = [...page.querySelectorAll('.mappings tbody tr')].find((one) => one.textContent?.includes('覆盖率'));
    expect([row?.querySelector('code')?.textContent, row?.querySelector('input'), row?.querySelector('a')?.getAttribute('href')]).toEqual(['covered ÷ all', null, '/sources/s1']);
  });
  it('shows what is there now beside what was typed when somebody was faster, and lets one choose', async () => {
    const present = { ...stored, revision: 2, name: '对方改的名' };
    const { draft, fixture, page } = open(stored, { change: () => Promise.resolve(refused({ ...aRefusal('pull.stale-revision', 409), present })) });
    draft.name.set('我改的名');
    page.querySelector('form')?.dispatchEvent(new Event('submit'));
    await fixture.whenStable();
    fixture.detectChanges();
    expect([...page.querySelectorAll('jh-source-conflict tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([['名称', '对方改的名', '我改的名']]);
    expect(page.querySelector<HTMLInputElement>('#source-name')?.value).toBe('我改的名');
    page.querySelector<HTMLButtonElement>('.take-theirs')?.click();
    fixture.detectChanges();
    expect([page.querySelector<HTMLInputElement>('#source-name')?.value, page.querySelector('jh-source-conflict')]).toEqual(['对方改的名', null]);
  });
  it('does not call a trial good whose values cannot be used', async () => {
    const read = { indicatorKey: 'KZ-U6', verbatim: '很多', reading: null, problemZh: '“很多”中没有读到数字。', problemEn: 'no number' };
    const { draft, fixture, page } = open(stored, { try: () => Promise.resolve(answered({ rows: [{ key: 'a', verbatim: '很多' }], rowCount: 1, mapped: [read] })) });
    await draft.try('q4');
    fixture.detectChanges();
    const box = page.querySelector('[role="status"]');
    expect([box?.className, box?.querySelector('p')?.textContent]).toEqual(['jh-notice jh-notice-warning', '取到 1 行。 其中 1 项指标的值不能用，原因见下面各行。 ']);
  });
  it('does not call a trial good whose values look wrong, and says at the row why', async () => {
    const read = { indicatorKey: 'KZ-U6', verbatim: '264000', reading: '264000万人', problemZh: null, problemEn: null, warningZh: '数值约为目标的 10000 倍，请核对数值和单位', warningEn: 'ten thousand times' };
    const { draft, fixture, page } = open(stored, { try: () => Promise.resolve(answered({ rows: [{ key: 'a', verbatim: '264000' }], rowCount: 1, mapped: [read] })) });
    await draft.readIndicators();
    await draft.try('q4');
    fixture.detectChanges();
    const box = page.querySelector('[role="status"]');
    expect([box?.className, box?.querySelector('p')?.textContent?.trim()]).toEqual(['jh-notice jh-notice-warning', '取到 1 行。 其中 1 项指标的值可疑，请核对数值和单位。']);
  });
  it('keeps the keyboard on the button while the source is asked', async () => {
    let answer: (trial: Awaited<ReturnType<SourceFormGateway['try']>>) => void = () => undefined;
    const { fixture, page } = open(stored, { try: () => new Promise((resolve) => { answer = resolve; }) });
    document.body.append(page);
    const button = [...page.querySelectorAll('button')].find((one) => one.textContent?.includes('试取一次'));
    button?.focus();
    button?.click();
    fixture.detectChanges();
    expect([button?.getAttribute('aria-disabled'), button?.disabled, document.activeElement]).toEqual(['true', false, button]);
    answer(answered({ rows: [], rowCount: 0, mapped: [] }));
    await fixture.whenStable();
    fixture.detectChanges();
    expect([button?.getAttribute('aria-disabled'), document.activeElement]).toEqual([null, button]);
    page.remove();
  });
  it('every field has a label', () => {
    const { choose, page } = open(null);
    for (const kind of ['HTTP_JSON', 'SQL', 'SFTP_FOLDER', 'DHIS2']) {
      choose('source-kind', kind);
      if (kind === 'HTTP_JSON') choose('source-auth', 'OAUTH2');
      for (const field of page.querySelectorAll<HTMLInputElement>('jh-pull-source-access :is(input, select, textarea)')) expect([field.id, field.labels?.length]).toEqual([field.id, 1]);
    }
  });
});
