import type { MonitoringReportView, ReportPoints, ReportRow } from '@jiheng/contract';
import { theTable } from '@jiheng/domain/testing';
import { ActualEntryModel } from './actual-entry-model';
import { TYPING_PAUSE_MS } from '../saving/autosave';
import type { TextStore } from '../saving/draft-shelf';
import { AServer } from './testing/a-server';
import { type ReportDraft, aReport, idOf, reported, rowIdAt } from '../api/testing/a-report';
import { aRefusal } from '../api/testing/a-refusal';

// KZ-U: the whole-unit table of a prefectural social-insurance centre, 2024; KZ-U6 is its last row, ≥26.10 万人, weight 20.
const U6 = rowIdAt(5);

class Shelf implements TextStore {
  readonly kept = new Map<string, string>();
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }
  removeItem(key: string): void {
    this.kept.delete(key);
  }
}

function open(draft: ReportDraft = {}, options: { table?: 'KZ-U' | 'KZ-A' | 'KZ-L' | 'MN-U'; store?: TextStore; server?: AServer } = {}) {
  const server = options.server ?? new AServer(aReport(theTable(options.table ?? 'KZ-U'), draft));
  const model = new ActualEntryModel(server.report, { gateway: server, store: options.store ?? null, personId: 'p1', now: () => '2025-01-09T02:00:00Z' });
  const row = (id: string) => model.row(id) ?? raise(`no row ${id}`);
  return { server, model, row };
}

function raise(message: string): never {
  throw new Error(message);
}

/** Lets everything that is due happen: timers of `ms`, answers of the server. */
const pass = (ms = 0): Promise<void> => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('KZ-U6: the reporter types the head-count of the year', () => {
  it('reads ２６．４ as 26.4万人 and previews 20.00 of 20 before anything is saved', () => {
    const { model, row, server } = open();
    model.enter(U6);
    model.type(U6, '２６．４');
    expect(row(U6).reading()).toEqual({ ok: true, value: { kind: 'REPORTED', magnitude: '26.4', unit: '万人' } });
    expect(row(U6).points()).toBe('20.00');
    expect(row(U6).score()?.trace.map((step) => step.text).join(' ')).toContain('达成');
    expect(model.pointsTotal()).toBe('20.00');
    expect(server.asked).toEqual([]);
  });

  it.each([['26.4万', '26.4'], ['264000人', '264000'], ['26.4 万人', '26.4'], ['264,000人', '264000']])('takes %s as well: 20.00 points', (typed) => {
    const { model, row } = open();
    model.type(U6, typed);
    expect(row(U6).reading().ok).toBe(true);
    expect(row(U6).points()).toBe('20.00');
  });

  it('refuses 26.4户 in the cell, gives no points for it and sends nothing', async () => {
    const { model, row, server } = open();
    model.type(U6, '26.4户');
    model.leave(U6);
    await pass(TYPING_PAUSE_MS * 3);
    expect(row(U6).state()).toMatchObject({ kind: 'unreadable', refusal: { code: 'quantity.unit-mismatch', params: { unit: '户', expected: '万人' } } });
    expect(row(U6).points()).toBeNull();
    expect(row(U6).text()).toBe('26.4户');
    expect(server.asked).toEqual([]);
  });

  it('doubts 0.264 (about one hundredth of the target), previews 0.20, and saves it all the same', async () => {
    const { model, row, server } = open();
    model.type(U6, '0.264');
    expect(row(U6).warnings().map((warning) => warning.code)).toEqual(['about-one-hundredth']);
    expect(row(U6).points()).toBe('0.20');
    model.leave(U6);
    await pass();
    expect(server.row(U6).current?.actual).toEqual(reported('0.264', '万人'));
  });

  it('stops doubting a value that the person has confirmed, and doubts again when it changes', () => {
    const { model, row } = open();
    model.type(U6, '0.264');
    row(U6).confirm();
    expect(row(U6).warnings()).toEqual([]);
    model.type(U6, '0.265');
    expect(row(U6).warnings()).toHaveLength(1);
  });

  it('sends after the pause: one request with text, unit, revision 0 and a request id', async () => {
    const { model, row, server } = open();
    model.type(U6, '26');
    await pass(TYPING_PAUSE_MS - 1);
    model.type(U6, '26.4');
    expect(row(U6).state().kind).toBe('unsaved');
    await pass(TYPING_PAUSE_MS - 1);
    expect(server.asked).toEqual([]);
    await pass(1);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).toMatchObject({ rowId: U6, expectedRevision: 0, body: { kind: 'REPORTED', magnitude: '26.4', unit: '万人' } });
    expect(server.asked[0]?.requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(row(U6).state().kind).toBe('saved');
    expect(model.unsaved()).toBe(0);
  });

  it('spells the cell like the form when it is left, and sends at once', async () => {
    const { model, row, server } = open();
    model.enter(U6);
    model.type(U6, '２６．４');
    model.leave(U6);
    expect(row(U6).text()).toBe('26.4万人');
    await pass();
    expect(server.row(U6).current).toMatchObject({ revision: 1, actual: reported('26.4', '万人') });
  });

  it('has one request per cell on the way: what is typed meanwhile follows on the new revision', async () => {
    const { model, server, row } = open();
    const go = server.hold();
    model.type(U6, '26.3');
    await pass(TYPING_PAUSE_MS);
    expect(row(U6).state().kind).toBe('saving');
    model.type(U6, '26.4');
    await pass(TYPING_PAUSE_MS * 5);
    expect(server.asked).toHaveLength(1);
    go();
    await pass();
    expect(server.asked.map((asked) => asked.expectedRevision)).toEqual([0, 1]);
    expect(server.row(U6).current).toMatchObject({ revision: 2, actual: reported('26.4', '万人') });
    expect(row(U6).state().kind).toBe('saved');
  });
});

describe('somebody else was faster', () => {
  const start = () => {
    const opened = open({ values: { 'KZ-U6': reported('26.0', '万人') } });
    opened.server.someoneElseRecords(U6, reported('26.1', '万人'));
    return opened;
  };

  it('a 409 shows their value beside mine and touches neither', async () => {
    const { model, row } = start();
    model.type(U6, '26.4');
    await pass(TYPING_PAUSE_MS);
    const state = row(U6).state();
    expect(state.kind).toBe('conflict');
    expect(state.kind === 'conflict' && state.theirs.current).toMatchObject({ revision: 2, by: '复核人', actual: reported('26.1', '万人') });
    expect(row(U6).text()).toBe('26.4');
    expect(model.missing()).toContainEqual(expect.objectContaining({ what: 'conflict', rowId: U6, blocks: true }));
  });

  it('typing on during the conflict sends nothing', async () => {
    const { model, server } = start();
    model.type(U6, '26.4');
    await pass(TYPING_PAUSE_MS);
    model.type(U6, '26.5');
    model.leave(U6);
    await pass(TYPING_PAUSE_MS * 4);
    expect(server.asked).toHaveLength(1);
  });

  it('keep mine: resent with the new revision', async () => {
    const { model, row, server } = start();
    model.type(U6, '26.4');
    await pass(TYPING_PAUSE_MS);
    await row(U6).keepMine();
    expect(server.asked.map((asked) => asked.expectedRevision)).toEqual([1, 2]);
    expect(server.asked[0]?.requestId).not.toBe(server.asked[1]?.requestId);
    expect(server.row(U6).current).toMatchObject({ revision: 3, actual: reported('26.4', '万人') });
    expect(row(U6).state().kind).toBe('saved');
  });

  it('take theirs: the cell shows theirs and nothing is sent', async () => {
    const { model, row, server } = start();
    model.type(U6, '26.4');
    await pass(TYPING_PAUSE_MS);
    row(U6).takeTheirs();
    await pass(TYPING_PAUSE_MS);
    expect(row(U6).text()).toBe('26.1万人');
    expect(row(U6).state().kind).toBe('saved');
    expect(server.asked).toHaveLength(1);
  });

  it('is no conflict when both say the same', async () => {
    const { model, row } = start();
    model.type(U6, '26.1');
    await pass(TYPING_PAUSE_MS);
    expect(row(U6).state().kind).toBe('saved');
    expect(row(U6).server().current?.revision).toBe(2);
  });

  it('a refreshed page replaces an untouched cell and asks about a touched one', async () => {
    const { model, row, server } = open({ values: { 'KZ-U5': reported('6.80', '万人'), 'KZ-U6': reported('26.0', '万人') } });
    server.someoneElseRecords(rowIdAt(4), reported('6.84', '万人'));
    server.someoneElseRecords(U6, reported('26.1', '万人'));
    model.type(U6, '26.4');
    await model.fresh();
    expect(row(rowIdAt(4)).text()).toBe('6.84万人');
    expect(row(U6).state().kind).toBe('conflict');
    expect(row(U6).text()).toBe('26.4');
  });
});

describe('the server tells the points', () => {
  /** What the stream says of a report: one row with points, all others without. */
  const points = (server: AServer, of: Readonly<Record<string, string>>, reportRevision = server.report.revision): ReportPoints => ({
    reportRevision, score: { ...server.report.score, state: 'DONE' },
    rows: server.report.rows.map(({ indicator }) => ({
      indicatorId: indicator.id, revision: server.row(indicator.id).current?.revision ?? 0,
      score: of[indicator.id] === undefined ? null : { points: of[indicator.id] ?? null, weight: '20.00', attainmentRate: '1.0115', deviationRate: '0.0115', flags: [], trace: [], explanationOwed: false, blocked: null },
    })),
  });

  it('and the row takes them as scored by the system, without anything being fetched', async () => {
    const { model, row, server } = open();
    const fetched = jest.spyOn(server, 'reload');
    model.type(U6, '26.4');
    await pass(TYPING_PAUSE_MS);
    expect([row(U6).isScored(), model.scoreIsBehind()]).toEqual([false, true]);
    model.hearPoints(points(server, { [U6]: '20.00' }));
    expect([row(U6).isScored(), model.scoreIsBehind(), model.isOvertaken(), model.report().score.state]).toEqual([true, false, false, 'DONE']);
    expect(fetched).not.toHaveBeenCalled();
  });

  it('before the save was answered: they wait for it, and are there with the answer', async () => {
    const { model, row, server } = open();
    model.type(U6, '26.4');
    server.loseTime(50);
    await pass(TYPING_PAUSE_MS);
    expect(row(U6).state().kind).toBe('saving');
    model.hearPoints(points(server, { [U6]: '20.00' }));
    expect([row(U6).isScored(), row(U6).state().kind]).toEqual([false, 'saving']);
    await pass(50);
    expect([row(U6).isScored(), row(U6).state().kind, model.isOvertaken()]).toEqual([true, 'saved', false]);
  });

  it('of the value before, while the next one is being typed: text, draft and its save stay as they are', async () => {
    const { model, row, server } = open();
    model.type(U6, '26.4');
    await pass(TYPING_PAUSE_MS);
    model.enter(U6);
    model.type(U6, '25');
    model.hearPoints(points(server, { [U6]: '20.00' }));
    expect([row(U6).text(), row(U6).state().kind, row(U6).points(), row(U6).isScored()]).toEqual(['25', 'unsaved', '19.16', false]);
    await pass(TYPING_PAUSE_MS);
    expect(server.row(U6).current).toMatchObject({ revision: 2, actual: reported('25', '万人') });
    expect(row(U6).isScored()).toBe(false);
  });

  it('of what somebody else recorded: the page knows that it is overtaken, and no longer once it has fetched the report', async () => {
    const { model, row, server } = open({ values: { 'KZ-U6': reported('26.0', '万人') } });
    server.someoneElseRecords(U6, reported('26.4', '万人'));
    model.hearPoints(points(server, { [U6]: '20.00' }));
    expect([row(U6).text(), row(U6).isScored(), model.isOvertaken()]).toEqual(['26.0万人', false, true]);
    await model.fresh();
    expect([row(U6).text(), model.isOvertaken()]).toEqual(['26.4万人', false]);
  });

  it('once more and late: an older telling changes nothing', async () => {
    const { model, row, server } = open();
    const late = points(server, {});
    model.type(U6, '26.4');
    await pass(TYPING_PAUSE_MS);
    model.hearPoints(points(server, { [U6]: '20.00' }));
    model.hearPoints(late);
    expect(row(U6).isScored()).toBe(true);
  });
});

describe('the network is away', () => {
  it('keeps the draft, tries again with growing pauses under the same request id, and ends saved', async () => {
    const { model, row, server } = open();
    server.reachable = false;
    model.type(U6, '26.4');
    await pass(TYPING_PAUSE_MS);
    expect(row(U6).state()).toMatchObject({ kind: 'offline', retryInMs: 1000 });
    await pass(1000);
    expect(row(U6).state()).toMatchObject({ kind: 'offline', retryInMs: 2000 });
    server.reachable = true;
    await pass(2000);
    expect(row(U6).state().kind).toBe('saved');
    expect(new Set(server.asked.map((asked) => asked.requestId)).size).toBe(1);
    expect(server.asked).toHaveLength(3);
  });

  it('a lost answer does the deed once', async () => {
    const { model, row, server } = open();
    server.answersToLose = 1;
    model.type(U6, '26.4');
    await pass(TYPING_PAUSE_MS);
    expect(row(U6).state().kind).toBe('offline');
    await pass(1000);
    expect(server.row(U6).current?.revision).toBe(1);
    expect(row(U6).state().kind).toBe('saved');
  });

  it('a lost answer, then another value: our own earlier value is no stranger to ask about', async () => {
    const { model, row, server } = open();
    server.answersToLose = 1;
    model.type(U6, '26.3');
    await pass(TYPING_PAUSE_MS);
    model.type(U6, '26.4');
    await pass(2000);
    expect(row(U6).state().kind).toBe('saved');
    expect(server.row(U6).current).toMatchObject({ revision: 2, actual: reported('26.4', '万人') });
  });

  it('lies on the shelf whole as soon as it is sent: a window that dies the next moment takes nothing along', async () => {
    const store = new Shelf();
    const first = open({}, { store });
    // The shelf has just been written for another cell, so it would rest for a moment now.
    first.model.type(rowIdAt(0), '95.1');
    await pass(TYPING_PAUSE_MS);
    expect(first.row(rowIdAt(0)).state().kind).toBe('saved');
    first.server.reachable = false;
    for (const text of ['2', '26', '26.4']) first.model.type(U6, text);
    first.model.leave(U6);
    await pass(0);
    expect(first.row(U6).state().kind).toBe('offline');
    // Neither stop() nor the browser's farewell: it is gone.
    const second = open({}, { store });
    expect(second.model.restored()?.cells).toBe(1);
    expect(second.row(U6).text()).toBe('26.4万人');
  });

  it('after a reload the draft is back, is said to be back, and is saved', async () => {
    const store = new Shelf();
    const first = open({}, { store });
    first.server.reachable = false;
    first.model.type(U6, '26.4');
    first.model.type(rowIdAt(0), '九成');
    await pass(TYPING_PAUSE_MS);
    first.model.stop();

    const second = open({}, { store });
    expect(second.model.restored()).toEqual({ cells: 2, at: '2025-01-09T02:00:00Z' });
    expect(second.row(U6).text()).toBe('26.4');
    expect(second.row(rowIdAt(0)).state().kind).toBe('unreadable');
    await pass(TYPING_PAUSE_MS);
    expect(second.server.row(U6).current?.actual).toEqual(reported('26.4', '万人'));
    await pass(300);
    expect([...store.kept.values()].join()).not.toContain(U6);
  });

  it('a draft older than what someone else recorded meanwhile becomes a choice, not an overwrite', () => {
    const store = new Shelf();
    const first = open({}, { store });
    first.server.reachable = false;
    first.model.type(U6, '26.4');
    first.model.stop();
    const second = open({ values: { 'KZ-U6': reported('26.1', '万人') } }, { store });
    expect(second.row(U6).state().kind).toBe('conflict');
    expect(second.row(U6).text()).toBe('26.4');
  });

  it('never shows one person the drafts of another', () => {
    const store = new Shelf();
    const first = open({}, { store });
    first.server.reachable = false;
    first.model.type(U6, '26.4');
    first.model.stop();
    const server = new AServer(aReport(theTable('KZ-U')));
    const other = new ActualEntryModel(server.report, { gateway: server, store, personId: 'p2', now: () => '' });
    expect(other.restored()).toBeNull();
    expect(other.row(U6)?.text()).toBe('');
  });
});

describe('the server refuses', () => {
  it('shows the sentence in the cell, keeps the text and tries again when it changes', async () => {
    const { model, row, server } = open();
    const problem = { type: 'about:blank', title: '', status: 422, code: 'actual.period-closed', params: {}, sentence: { zh: '第四季度已截止。', en: 'Closed.' } };
    server.refuseWith = problem;
    model.type(U6, '26.4');
    await pass(TYPING_PAUSE_MS);
    expect(row(U6).state()).toMatchObject({ kind: 'refused', problem: { code: 'actual.period-closed' } });
    server.refuseWith = null;
    model.type(U6, '26.40');
    await pass(TYPING_PAUSE_MS);
    expect(row(U6).state().kind).toBe('saved');
  });
});

describe('undo', () => {
  it('takes back a visit to a cell as one step, and does it again', async () => {
    const { model, row, server } = open({ values: { 'KZ-U6': reported('26.0', '万人') } });
    model.enter(U6);
    for (const text of ['2', '26', '26.', '26.4']) model.type(U6, text);
    model.leave(U6);
    await pass();
    expect(model.undo()).toBe(U6);
    expect(row(U6).text()).toBe('26.0万人');
    await pass(TYPING_PAUSE_MS);
    expect(server.row(U6).current).toMatchObject({ revision: 3, actual: reported('26.0', '万人') });
    expect(model.redo()).toBe(U6);
    expect(row(U6).text()).toBe('26.4万人');
    expect(model.redo()).toBeNull();
  });

  it('Esc goes back to what stood in the cell when it was entered', () => {
    const { model, row } = open({ values: { 'KZ-U6': reported('26.0', '万人') } });
    model.enter(U6);
    model.type(U6, '27');
    model.revert(U6);
    expect(row(U6).text()).toBe('26.0万人');
    expect(row(U6).dirty()).toBe(false);
    model.leave(U6);
    expect(model.journal.canUndo()).toBe(false);
  });
});

describe('paste from a spreadsheet', () => {
  it('fills the rows downwards; takes, refuses and leaves blanks with a word for each, as one step of undo', async () => {
    const { model, row, server } = open({ values: { 'KZ-U3': reported('6.40', '万人') } });
    const report = model.paste(rowIdAt(0), '96%\r\n5.90\r\n\r\n10.2户\r\n6.9万人\r\n264000人\r\n第七行\r\n');
    expect(report.cells.map((cell) => cell.outcome)).toEqual(['taken', 'taken', 'blank', 'refused', 'taken', 'taken', 'beyond']);
    expect(row(rowIdAt(2)).text()).toBe('6.40万人');
    expect(row(rowIdAt(3)).text()).toBe('10.2户');
    expect(row(rowIdAt(3)).state().kind).toBe('unreadable');
    await pass();
    expect(server.asked.filter((asked) => asked.what === 'record')).toHaveLength(4);
    expect(model.undo()).toBe(rowIdAt(0));
    expect(model.rows.map((one) => one.text())).toEqual(['', '', '6.40万人', '', '', '']);
  });

  it('finds the rows by the names in the block, in whatever order and with the unit in brackets', () => {
    const { model, row } = open();
    const report = model.paste(rowIdAt(0), '指标\t完成值\n城乡居民养老保险参保人数达到 (万人)\t26.4\n参保覆盖率（%）\t96.2\n');
    expect(report.byName).toBe(true);
    expect(row(U6).text()).toBe('26.4万人');
    expect(row(rowIdAt(0)).text()).toBe('96.2%');
    expect(row(rowIdAt(1)).text()).toBe('');
    expect(report.cells).toContainEqual(expect.objectContaining({ outcome: 'aside', line: 1 }));
  });

  it('reports columns beside the values instead of dropping them', () => {
    const { model } = open();
    const report = model.paste(rowIdAt(0), '96%\t良好\n5.9\t\n');
    expect(report.cells.map((cell) => cell.outcome)).toEqual(['taken', 'aside', 'taken']);
  });
});

describe('fill down', () => {
  it('copies the row above where the units agree', () => {
    const { model, row } = open({ values: { 'KZ-U5': reported('6.90', '万人') } });
    expect(model.fillDown(U6)).toBe(true);
    expect(row(U6).text()).toBe('6.90万人');
  });

  it('says no between % and 万人, and at the first row', () => {
    const { model, row } = open({ values: { 'KZ-U1': reported('96', '%') } });
    expect(model.fillDown(rowIdAt(1))).toBe(false);
    expect(model.notice()).toEqual({ key: 'unitsDiffer', unit: '万人', above: '%' });
    expect(row(rowIdAt(1)).text()).toBe('');
    expect(model.fillDown(rowIdAt(0))).toBe(false);
    expect(model.notice()).toEqual({ key: 'nothingAbove' });
  });
});

describe('quarters make the year (KZ-A: an audit project)', () => {
  it('adds up counts: 1 + 2 + 1 audits and now 1 make 5 of 5 and full points', () => {
    const earlier = { 'KZ-A1': [reported('1', '次'), reported('2', '次'), reported('1', '次')] };
    const { model, row } = open({ earlier }, { table: 'KZ-A' });
    model.type(rowIdAt(0), '1');
    expect(row(rowIdAt(0)).yearToDate()?.actual).toEqual({ kind: 'REPORTED', magnitude: '5', unit: '次' });
    expect(row(rowIdAt(0)).points()).toBe('5.00');
    model.type(rowIdAt(0), '0');
    expect(row(rowIdAt(0)).points()).toBe('4.00');
  });

  it('divides the sums of the parts where a rate came with its parts: 95/100 and 97/100 make 96 %', () => {
    const earlier = { 'KZ-A4': [{ kind: 'REPORTED', magnitude: '95', unit: '%', numerator: '95', denominator: '100' } as const] };
    const { model, row } = open({ quarter: 2, earlier }, { table: 'KZ-A' });
    model.type(rowIdAt(3), '97/100');
    expect(row(rowIdAt(3)).yearToDate()?.actual).toMatchObject({ magnitude: '96', numerator: '192', denominator: '200' });
    model.leave(rowIdAt(3));
    expect(row(rowIdAt(3)).text()).toBe('97%（97/100）');
    expect(row(rowIdAt(3)).reading()).toMatchObject({ value: { numerator: '97', denominator: '100' } });
  });

  it('judges a qualitative row by A, B or C, with a share inside the band', () => {
    const { model, row } = open({}, { table: 'KZ-A' });
    const id = rowIdAt(10);
    model.type(id, 'a');
    expect(row(id).points()).toBe('10.00');
    model.leave(id);
    expect(row(id).text()).toBe('达成');
    model.type(id, 'B 70%');
    expect(row(id).points()).toBe('7.00');
    model.type(id, 'B 85%');
    expect(row(id).points()).toBeNull();
    expect(row(id).score()?.blocked?.code).toBe('scoring.grade-share-outside-band');
  });

  it('不适用 needs its reason', () => {
    const { model, row } = open();
    model.type(U6, '不适用');
    expect(row(U6).state()).toMatchObject({ kind: 'unreadable', refusal: { code: 'actual.reason-needed' } });
    model.type(U6, '不适用：本年无此项业务');
    expect(row(U6).reading()).toEqual({ ok: true, value: { kind: 'NOT_APPLICABLE', reason: '本年无此项业务' } });
    expect(model.pointsTotal()).toBe('0.00');
  });

  it('asks 0.95 for ≥95%: 0.95% or 95%?', () => {
    const { model, row } = open();
    model.type(rowIdAt(0), '0.95');
    expect(row(rowIdAt(0)).warnings()).toMatchObject([{ code: 'looks-like-fraction', params: { percent: '95%' } }]);
    model.put(rowIdAt(0), '95%');
    expect(row(rowIdAt(0)).warnings()).toEqual([]);
    expect(row(rowIdAt(0)).points()).toBe('10.00');
  });
});

describe('candidates', () => {
  const withCandidate = (row: ReportRow): ReportRow => (row.indicator.key !== 'KZ-U6' ? row : {
    ...row,
    candidate: {
      id: idOf(5, 1), actual: reported('264000', '人'), sourceName: '社保核心系统', observedAt: '2025-01-08T18:00:00Z', verbatim: '{"count":264000}', sha256: 'b'.repeat(64), warning: null,
      outcome: 'CANDIDATE',
    } as unknown as NonNullable<ReportRow['candidate']>,
  });

  it('accepting puts the value of the source into the cell, and can be undone', async () => {
    const { model, row } = open({ rows: withCandidate });
    expect(await model.settleCandidate(U6, idOf(9, 1), 'ACCEPT')).toBeNull();
    expect(row(U6).text()).toBe('264000人');
    expect(row(U6).points()).toBe('20.00');
    expect(row(U6).server().candidate).toBeNull();
    model.undo();
    expect(row(U6).text()).toBe('');
  });

  it('a choice that is refused says why beside the candidate, and shows the newer reading that has taken its place; that one is taken', async () => {
    const { model, row, server } = open({ rows: withCandidate });
    server.refuseWith = aRefusal('candidate.not-found', 404);
    const newer = { ...row(U6).server().candidate, id: idOf(5, 2), actual: reported('265000', '人') } as NonNullable<ReportRow['candidate']>;
    server.replaceCandidate(U6, newer);
    expect(await model.settleCandidate(U6, idOf(9, 1), 'ACCEPT')).toBe(server.refuseWith);
    expect([row(U6).candidateProblem()?.code, row(U6).settling(), row(U6).server().candidate?.id, row(U6).text()]).toEqual(['candidate.not-found', false, newer.id, '']);
    server.refuseWith = null;
    expect(await model.settleCandidate(U6, idOf(9, 2), 'ACCEPT')).toBeNull();
    expect([row(U6).candidateProblem(), row(U6).text()]).toEqual([null, '265000人']);
  });

  it('a second click while the first is on its way asks for nothing twice', async () => {
    const { model, row, server } = open({ rows: withCandidate });
    const go = server.hold();
    const first = model.settleCandidate(U6, idOf(9, 1), 'ACCEPT');
    expect([row(U6).settling(), await model.settleCandidate(U6, idOf(9, 2), 'ACCEPT')]).toEqual([true, null]);
    go();
    await first;
    expect([row(U6).settling(), server.asked.map(({ what }) => what), row(U6).text()]).toEqual([false, ['candidate'], '264000人']);
  });

  it('keeping mine saves what was typed first and sends the reason', async () => {
    const { model, row, server } = open({ rows: withCandidate });
    model.type(U6, '26.2');
    const settled = model.settleCandidate(U6, idOf(9, 2), 'KEEP_MINE', '来源含已注销人员');
    await pass();
    expect(await settled).toBeNull();
    expect(server.asked.map((asked) => asked.what)).toEqual(['record', 'candidate']);
    expect(server.asked[1]).toMatchObject({ expectedRevision: 1, body: { choice: 'KEEP_MINE', reason: '来源含已注销人员' } });
    expect(row(U6).text()).toBe('26.2');
    expect(row(U6).server().candidate).toBeNull();
  });
});

describe('what is still missing', () => {
  const all = { 'KZ-U1': reported('96', '%'), 'KZ-U2': reported('5.9', '万人'), 'KZ-U3': reported('6.5', '万人'), 'KZ-U4': reported('10', '万人'), 'KZ-U5': reported('6.9', '万人') };

  it('names every empty row, and nothing when all is there', () => {
    const { model } = open({ values: all });
    expect(model.missing()).toEqual([{ what: 'unanswered', rowId: U6, name: '城乡居民养老保险参保人数达到', blocks: true }]);
    model.type(U6, '26.4');
    expect(model.missing()).toEqual([]);
  });

  it('owes an explanation for 26.04 of 26.10 (19.95 points) until causes, sentence and measures are written', async () => {
    const { model, row, server } = open({ values: all });
    model.type(U6, '26.04');
    expect(row(U6).points()).toBe('19.95');
    expect(row(U6).explanationGaps()).toEqual(['CAUSES', 'SENTENCE', 'MEASURES']);
    row(U6).explanation.change({ causes: ['STAFF'], sentence: '年末集中注销死亡人员' });
    row(U6).explanation.change({ measures: '一季度开展扩面' });
    expect(model.missing()).toEqual([]);
    await pass(TYPING_PAUSE_MS);
    expect(server.row(U6).explanation).toMatchObject({ revision: 1, causes: ['STAFF'], sentence: '年末集中注销死亡人员', measures: '一季度开展扩面' });
    expect(model.unsaved()).toBe(0);
  });

  it('advises evidence for a row of weight 5 whose table asks for it, without blocking', () => {
    const { model } = open({ values: { 'KZ-A1': reported('5', '次') } }, { table: 'KZ-A' });
    expect(model.missing()).toContainEqual({ what: 'evidence', rowId: rowIdAt(0), name: '内部审计次数', blocks: false });
  });
});

describe('sending it on', () => {
  it('saves what waits, then moves from the newest revision', async () => {
    const { model, server } = open();
    model.type(U6, '26.4');
    const moved = model.move('submit');
    await pass();
    expect(await moved).toBe(true);
    expect(server.asked.map((asked) => asked.what)).toEqual(['record', 'move']);
    expect(server.asked[1]?.expectedRevision).toBe(8);
  });

  it('shows the refusal of a move and stays', async () => {
    const { model, server } = open();
    server.refuseWith = { type: '', title: '', status: 422, code: 'workflow.rows-unanswered', params: {}, sentence: { zh: '还有未填的行。', en: 'Rows are empty.' } };
    const moved = model.move('submit');
    await pass();
    expect(await moved).toBe(false);
    expect(model.moveProblem()?.code).toBe('workflow.rows-unanswered');
  });
});

describe('evidence', () => {
  it('a dropped file appears in its row; a refused one stays with its sentence until dismissed', async () => {
    const { model, row, server } = open();
    await model.uploads.attach(U6, [new File(['x'], '参保台账.pdf', { type: 'application/pdf' })]);
    expect(row(U6).server().evidence.map((file) => file.fileName)).toEqual(['参保台账.pdf']);
    server.refuseWith = { type: '', title: '', status: 422, code: 'evidence.disguised', params: {}, sentence: { zh: '内容与扩展名不符。', en: 'Disguised.' } };
    await model.uploads.attach(U6, [new File(['MZ'], '病毒.pdf')]);
    const [refused] = model.uploads.of(U6);
    expect(refused?.problem?.code).toBe('evidence.disguised');
    if (refused !== undefined) model.uploads.dismiss(refused);
    expect(model.uploads.of(U6)).toEqual([]);
  });
});

describe('a report that may only be read', () => {
  it('restores no drafts and sends nothing', async () => {
    const store = new Shelf();
    const first = open({}, { store });
    first.server.reachable = false;
    first.model.type(U6, '26.4');
    first.model.stop();
    const second = open({ editable: false, state: 'SUBMITTED', moves: ['withdraw'] }, { store });
    expect(second.row(U6).text()).toBe('');
    second.model.type(U6, '27');
    await pass(TYPING_PAUSE_MS * 2);
    expect(second.server.asked).toEqual([]);
  });
});

describe('every value of the six tables survives the cell', () => {
  const tables = ['KZ-U', 'KZ-A', 'KZ-L', 'MN-U', 'MN-G', 'MN-B'] as const;
  it.each(tables)('%s: what the server has is not a change', (prefix) => {
    const table = theTable(prefix);
    const values = Object.fromEntries(table.indicators.map(({ key, target }) => {
      switch (target.kind) {
        case 'QUAL': return [key, { kind: 'JUDGED', grade: 'A', share: null, note: target.text }];
        case 'DATE': return [key, { kind: 'DATED', date: '2024-12-20' }];
        case 'BOOL': return [key, { kind: 'ANSWERED', answer: true }];
        default: return [key, reported(target.magnitude ?? '1', target.unit)];
      }
    })) as NonNullable<ReportDraft['values']>;
    const report: MonitoringReportView = aReport(table, { values });
    const model = new ActualEntryModel(report, { gateway: new AServer(report), store: null, personId: 'p1', now: () => '' });
    expect(model.rows.filter((row) => row.dirty()).map((row) => row.text())).toEqual([]);
    expect(model.unsaved()).toBe(0);
    expect(model.answered()).toBe(table.indicators.length);
  });
});
