import type { DocumentImportView, ImportTableView, PreviousActualsView } from '@jiheng/contract';
import { type LoggedCorrection, replayCorrections, type StagedTable, standingCorrections } from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';
import { answered, type Answer, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { DraftShelf, type TextStore } from '../saving/draft-shelf';
import { acceptInSlices } from './accept-in-slices';
import { type StagingGateway, StagingModel } from './staging-model';
import { aStagedTable, anImportView } from './testing/a-staged-table';

/** A server that keeps logs as the real one does. */
function aServer(read: StagedTable, standing: ImportTableView['standing'] = null) {
  const log: LoggedCorrection[] = [];
  const asked: string[] = [];
  const known = new Set<string>();
  const state = { fails: null as ReturnType<typeof refused> | null, loses: false };
  const table = (): ImportTableView => {
    const { mayUndo, mayRedo } = standingCorrections(log);
    return { at: 0, sequence: log.length, mayUndo, mayRedo, table: replayCorrections(read, log), accepted: null, standing };
  };
  const view = (): DocumentImportView => anImportView(read);
  let id = 0;
  const previous: Answer<PreviousActualsView> = answered({
    fiscalYear: 2025, target: { tableId: '019b0000-0000-7000-8000-000000000009' as never, version: 1, state: 'DRAFT' as const, revision: 3, fills: 'DRAFT' as const },
    proposals: [{ key: 'K1', name: '租用专线网络数量', level1: '产出指标', previousActual: '9条', match: 'SAME' as const, replaces: null, there: false }], unmatched: [],
  });
  const gateway: StagingGateway = {
    view: () => Promise.resolve(answered(view())), table: () => Promise.resolve(answered(table())), newRequestId: () => `request-${++id}`,
    correct: (_at, { requestId, expectedSequence, correction }): Promise<Answer<ImportTableView>> => {
      asked.push(`${requestId} ${expectedSequence} ${correction.kind}`);
      if (state.fails !== null) return Promise.resolve(state.fails);
      if (!known.has(requestId)) {
        if (expectedSequence !== log.length) return Promise.resolve(refused(aRefusal('import.stale-revision', 409)));
        known.add(requestId);
        log.push(correction);
      }
      return Promise.resolve(state.loses ? refused(aRefusal('web.unreachable', 0)) : answered(table()));
    },
    chooseUnit: () => Promise.resolve(answered(view())), accept: jest.fn(() => Promise.resolve(answered({ ...view(), state: 'ACCEPTED' as const, mayEdit: false }))), undo: () => Promise.resolve(answered(view())),
    previousActuals: () => Promise.resolve(previous), fillPreviousActuals: jest.fn(() => Promise.resolve(answered(view()))),
  };
  return { gateway, log, asked, state };
}
async function open(server = aServer(aStagedTable('KZ-L')), shelf: DraftShelf | null = null) {
  const model = new StagingModel(server.gateway, () => shelf);
  await model.read();
  return { model, server };
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('a document being checked', () => {
  it('shows a correction at once and writes it once, in order', async () => {
    const { model, server } = await open();
    const row = model.table()?.rows[0];
    if (row === undefined) throw new Error('no rows');
    model.write(row, 'target', '=5条', []);
    model.write(row, 'weight', '9', []);
    expect([model.table()?.rows[0]?.target.magnitude, model.table()?.rows[0]?.weight, model.unsaved()]).toEqual(['5', '9', 2]);
    await settle();
    expect([server.asked, model.unsaved(), model.mayUndo()]).toEqual([['request-1 0 SET_CELL', 'request-2 1 SET_CELL'], 0, true]);
  });
  it('writes a merged level for all its rows', async () => {
    const { model, server } = await open();
    const rows = model.table()?.rows ?? [];
    model.write(rows[0]!, 'level1', '成本', rows.slice(0, 2).map((row) => row.id));
    await settle();
    expect(server.log).toEqual([{ kind: 'SET_LEVELS', rows: ['r1', 'r2'], level1: '成本', level2: null }]);
  });
  it('keeps what could not be written, and writes it when asked again', async () => {
    const { model, server } = await open();
    server.state.fails = refused(aRefusal('web.unreachable'));
    model.correct({ kind: 'SET_CELL', row: 'r1', column: 'name', text: '专线数量' });
    await settle();
    expect([model.unsaved(), model.saveProblem()?.code, model.table()?.rows[0]?.name]).toEqual([1, 'web.unreachable', '专线数量']);
    await model.open(0);
    expect(model.unsaved()).toBe(1);
    server.state.fails = null;
    await model.drain();
    expect([model.unsaved(), model.saveProblem(), server.log.length]).toEqual([0, null, 1]);
  });
  it('refuses here what no table can take, and sends nothing', async () => {
    const { model, server } = await open();
    expect(model.correct({ kind: 'DELETE_ROWS', rows: (model.table()?.rows ?? []).map((row) => row.id) })).toBe(false);
    expect([model.problem()?.code, server.asked]).toEqual(['staging.last-row', []]);
  });
  it('takes back and puts again, and never more than there is', async () => {
    const { model } = await open();
    expect([model.mayUndo(), model.mayRedo()]).toEqual([false, false]);
    model.correct({ kind: 'SET_CELL', row: 'r1', column: 'name', text: '专线数量' });
    await settle();
    model.correct({ kind: 'UNDO' });
    await settle();
    expect([model.table()?.rows[0]?.name, model.mayUndo(), model.mayRedo()]).toEqual(['租用专线网络数量', false, true]);
  });
  it('stays at the next row when the row it was at is deleted, and goes to a new one', async () => {
    const { model } = await open();
    model.active.set({ row: 'r2', column: 'weight' });
    model.correct({ kind: 'DELETE_ROWS', rows: model.chosenRows() });
    expect(model.active()).toEqual({ row: 'r3', column: 'weight' });
    model.correct({ kind: 'ADD_ROW', after: 'r3' });
    expect(model.active()).toEqual({ row: 'n2', column: 'name' });
  });
  it('knows where a cell stands in the document, and what a place was read into; a merged level stands where its first row prints it', async () => {
    const { model } = await open();
    model.active.set({ row: 'r2', column: 'target' });
    expect(model.marked()).toEqual([{ part: 0, line: 9, cell: 3 }]);
    model.active.set({ row: 'r2', column: 'level1' });
    expect(model.marked()).toEqual([{ part: 0, line: 8, cell: 0 }]);
    expect([model.destinations().get('0:9:3'), model.destinations().get('0:3:1')]).toEqual([{ row: 'r2', column: 'target' }, { head: 'project' }]);
    model.activeHead.set('project');
    expect(model.marked()).toEqual([{ part: 0, line: 3, cell: 1 }]);
  });
  it('compares with the table that is there while a person writes', async () => {
    const there = theTable('KZ-L');
    const standing = { tableId: '019b0000-0000-7000-8000-000000000001', version: 1, state: 'APPROVED', goalText: there.goalText, budget: { ...there.budget }, indicators: there.indicators } as unknown as ImportTableView['standing'];
    const { model } = await open(aServer(aStagedTable('KZ-L'), standing));
    expect(model.difference()?.unchanged).toBe(true);
    model.correct({ kind: 'SET_CELL', row: 'r1', column: 'target', text: '=5条' });
    expect(model.rowDifferences().get('r1')).toMatchObject({ kind: 'CHANGED', key: 'KZ-L1', changes: [{ field: 'target', before: '=4条', after: '=5条' }] });
  });
  it('takes a table into the books only when everything typed is written', async () => {
    const { model, server } = await open();
    server.state.fails = refused(aRefusal('web.unreachable'));
    model.correct({ kind: 'SET_CELL', row: 'r1', column: 'name', text: '专线数量' });
    await settle();
    expect([await model.accept('this', ''), (server.gateway.accept as jest.Mock).mock.calls]).toEqual([false, []]);
    server.state.fails = null;
    expect(await model.accept('this', '')).toBe(true);
    expect((server.gateway.accept as jest.Mock).mock.calls).toEqual([[{ tables: [0] }]]);
    expect(model.mayEdit()).toBe(false);
  });
});

describe('corrections that were on their way when the browser ended', () => {
  /** One browser's storage, and its shelf as each visit opens it. */
  function aBrowser() {
    const kept = new Map<string, string>();
    const store: TextStore = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) };
    return { kept, shelf: () => new DraftShelf(store, 'import.1', 'p1', () => '2025-01-09T01:00:00Z') };
  }
  async function crashed() {
    const browser = aBrowser();
    const server = aServer(aStagedTable('KZ-L'));
    const { model } = await open(server, browser.shelf());
    server.state.fails = refused(aRefusal('web.unreachable'));
    model.correct({ kind: 'SET_CELL', row: 'r1', column: 'name', text: '专线数量' });
    await settle();
    model.keep();
    server.state.fails = null;
    return { browser, server };
  }
  it('are there on the next visit and written with the same request', async () => {
    const { browser, server } = await crashed();
    const { model } = await open(server, browser.shelf());
    expect([model.restored(), model.unsaved(), model.table()?.rows[0]?.name]).toEqual([1, 0, '专线数量']);
    expect(server.asked).toEqual(['request-1 0 SET_CELL', 'request-1 0 SET_CELL']);
    model.keep();
    expect(browser.kept.size).toBe(0);
  });
  it('wait for a word where somebody has written in the table since', async () => {
    const { browser, server } = await crashed();
    server.log.push({ kind: 'SET_CELL', row: 'r2', column: 'weight', text: '9' });
    const { model } = await open(server, browser.shelf());
    expect([model.held(), model.unsaved(), server.log.length]).toEqual([true, 1, 1]);
    // The click is answered: what stands in the way, and what to do about it.
    expect([await model.accept('this', ''), model.problem()?.code]).toEqual([false, 'web.unsaved']);
    await model.sendHeld();
    expect([model.held(), model.unsaved(), server.log.length, model.problem()]).toEqual([false, 0, 2, null]);
  });
  it('are seen to have arrived where only the answer was lost: nothing waits, nothing is written twice, and the table can be accepted at once', async () => {
    const browser = aBrowser();
    const server = aServer(aStagedTable('KZ-L'));
    const { model: left } = await open(server, browser.shelf());
    server.state.loses = true;
    left.correct({ kind: 'SET_CELL', row: 'r1', column: 'name', text: '专线数量' });
    left.correct({ kind: 'SET_CELL', row: 'r2', column: 'weight', text: '9' });
    await settle();
    left.keep();
    server.state.loses = false;
    const { model } = await open(server, browser.shelf());
    // The first had been written, the second had never left: it is written now.
    expect([model.held(), model.unsaved(), model.restored(), server.log.length, model.table()?.rows.slice(0, 2).map((row) => [row.name, row.weight])])
      .toEqual([false, 0, 1, 2, [['专线数量', model.table()?.rows[0]?.weight], [model.table()?.rows[1]?.name, '9']]]);
    expect(await model.accept('this', '')).toBe(true);
    model.keep();
    expect(browser.kept.size).toBe(0);
  });
  it('are let go when the person says so', async () => {
    const { browser, server } = await crashed();
    server.log.push({ kind: 'SET_CELL', row: 'r2', column: 'weight', text: '9' });
    const { model } = await open(server, browser.shelf());
    model.dropUnsaved();
    model.keep();
    expect([model.unsaved(), model.restored(), browser.kept.size]).toEqual([0, 0, 0]);
  });
  it('another visitor at the same machine does not see them, and rubbish on the shelf is nothing', async () => {
    const rubbish: TextStore = { getItem: () => JSON.stringify({ at: 'x', drafts: { corrections: { text: '{"at":0,"waiting":[{"correction":{}}]}', revision: 0 } } }), setItem: () => undefined, removeItem: () => undefined };
    const { model } = await open(undefined, new DraftShelf(rubbish, 'import.1', 'p2', () => ''));
    expect([model.restored(), model.unsaved()]).toEqual([0, 0]);
  });
});

describe('a form that says what was reached', () => {
  it('is no target table: its results are offered for the table of the year after, and filled by a click', async () => {
    const { model, server } = await open(aServer({ ...aStagedTable('KZ-L'), form: 'SELF_EVALUATION' }));
    await settle();
    expect([model.isResults(), model.openTables(), model.passedOver(), model.previousAt(), model.previous.value()?.proposals[0]?.previousActual]).toEqual([true, [], 1, 0, '9条']);
    expect(await model.accept('all', '')).toBe(false);
    expect(await model.fillPrevious([], '')).toBe(false);
    expect(await model.fillPrevious(['K1'], '')).toBe(true);
    expect([(server.gateway.fillPreviousActuals as jest.Mock).mock.calls, (server.gateway.accept as jest.Mock).mock.calls]).toEqual([[[0, { keys: ['K1'], expectedRevision: 3 }]], []]);
  });
});

describe('a document whose reading ends while the page asks', () => {
  it('offers the results also where stream and timer ask at once and the first answer comes too late to be kept', async () => {
    const read = { ...aStagedTable('KZ-L'), form: 'SELF_EVALUATION' as const };
    const server = aServer(read);
    const answers: ((answer: Answer<DocumentImportView>) => void)[] = [];
    const gateway: StagingGateway = { ...server.gateway, view: () => new Promise((resolve) => { answers.push(resolve); }) };
    const model = new StagingModel(gateway);
    const shown = model.read();
    answers[0]?.(answered({ ...anImportView(read), state: 'READING', tables: 0, tableList: [], unitId: null }));
    await shown;
    const [byStream, byTimer] = [model.read(), model.read()];
    answers[1]?.(answered(anImportView(read)));
    await byStream;
    await settle();
    expect(model.previousAt()).toBe(-1);
    answers[2]?.(answered(anImportView(read)));
    await byTimer;
    await settle();
    expect([model.table()?.project, model.previousAt(), model.previous.value()?.proposals[0]?.previousActual]).toEqual(['线路租赁费', 0, '9条']);
  });
});

describe('very many tables', () => {
  const tables = Array.from({ length: 120 }, (_, at) => at);
  it('come into the books slice by slice, and say how far they are', async () => {
    const sent: number[] = [];
    const told: (string | null)[] = [];
    expect(await acceptInSlices(tables, (slice) => Promise.resolve(sent.push(slice.length) > 0), (progress) => told.push(progress === null ? null : `${progress.done}/${progress.total}`))).toBe(true);
    expect([sent, told]).toEqual([[25, 25, 25, 25, 20], ['0/120', '25/120', '50/120', '75/120', '100/120', null]]);
  });
  it('stop at the slice that is refused; a handful goes in one and shows no bar', async () => {
    const sent: number[][] = [];
    expect(await acceptInSlices(tables, (slice) => Promise.resolve(sent.push([...slice]) < 3), () => undefined)).toBe(false);
    expect([sent.length, sent[2]?.[0]]).toEqual([3, 50]);
    const told: unknown[] = [];
    expect(await acceptInSlices([1, 2], () => Promise.resolve(true), (progress) => told.push(progress))).toBe(true);
    expect(told).toEqual([null]);
  });
});
