import type { ChangeTargetTable, TargetTableBody, TargetTableView } from '@jiheng/contract';
import { INDICATOR_FRAMES } from '@jiheng/domain';
import { type Answer, answered, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { emptyDraft } from './table-draft';
import { type EditorGround, type TableEditorDoor, TableEditorModel } from './table-editor-model';
import { aTableView } from './testing/a-table-view';

const view = aTableView('KZ-A', { state: 'DRAFT', moves: ['submit'], revision: 3 });

class OneBrowser {
  readonly kept = new Map<string, string>();
  getItem(key: string): string | null { return this.kept.get(key) ?? null; }
  setItem(key: string, value: string): void { this.kept.set(key, value); }
  removeItem(key: string): void { this.kept.delete(key); }
}

/** A server that stores what it is sent and guards it by its revision. */
class OneServer implements TableEditorDoor {
  readonly sent: (TargetTableBody | ChangeTargetTable)[] = [];
  constructor(public stands: TargetTableView) {}
  view(): Promise<Answer<TargetTableView>> { return Promise.resolve(answered(this.stands)); }
  create(body: TargetTableBody): Promise<Answer<TargetTableView>> {
    this.sent.push(body);
    return Promise.resolve(answered(this.store(body, 0)));
  }
  change(_id: string, body: ChangeTargetTable): Promise<Answer<TargetTableView>> {
    this.sent.push(body);
    if (body.expectedRevision !== this.stands.revision) return Promise.resolve(refused(aRefusal('target-table.stale-revision', 409, { params: { by: '另一位填报人', current: String(this.stands.revision) } })));
    return Promise.resolve(answered(this.store(body, this.stands.revision + 1)));
  }
  private store(body: TargetTableBody, revision: number): TargetTableView {
    this.stands = {
      ...this.stands, project: body.project, lead: body.lead, goalText: body.goalText, budget: body.budget, revision,
      indicators: body.indicators.map((row, at) => ({ ...row, key: row.key || `I-${at}`, id: `id-${at}` as TargetTableView['indicators'][number]['id'], ordinal: at + 1 })),
    };
    return this.stands;
  }
}

const groundOf = (server: TableEditorDoor, store = new OneBrowser()): EditorGround => ({ door: server, store, personId: 'p1', now: () => '2025-01-09T02:00:00.000Z' });
const names = (model: TableEditorModel) => model.rows().map((row) => row.name);

describe('the rows of a table under the pen', () => {
  const open = () => TableEditorModel.of(view, groundOf(new OneServer(view)));

  it('are clean until something is typed', () => {
    const model = open();
    expect(model.dirty()).toBe(false);
    const [first] = model.rows();
    model.changeRow(first!.id, 'weight', '9');
    expect(model.dirty()).toBe(true);
    model.changeRow(first!.id, 'weight', first!.weight);
    expect(model.dirty()).toBe(false);
  });
  it('get a new one below, under the same levels', () => {
    const model = open();
    const [first] = model.rows();
    const id = model.addBelow(first!.id);
    expect(model.rows()[1]).toMatchObject({ id, level1: first!.level1, level2: first!.level2, name: '', key: '' });
    // Nothing typed in it yet: nothing to save.
    expect(model.dirty()).toBe(false);
  });
  it('double, move and go, and each of these is taken back', () => {
    const model = open();
    const before = names(model);
    const [first, second] = model.rows();
    model.duplicate(first!.id);
    expect(names(model).slice(0, 2)).toEqual([first!.name, first!.name]);
    expect(model.rows()[1]?.key).toBe('');
    model.undo();
    model.remove(first!.id);
    expect(names(model)).toEqual(before.slice(1));
    model.undo();
    model.move(second!.id, -1);
    expect(names(model)[0]).toBe(second!.level2 === first!.level2 ? second!.name : first!.name);
    model.undo();
    expect([names(model), model.canUndo(), model.dirty()]).toEqual([before, false, false]);
  });
  it('keep what was typed since when a removal is taken back', () => {
    const model = open();
    const [first, second] = model.rows();
    model.remove(first!.id);
    model.changeRow(second!.id, 'weight', '7');
    model.undo();
    expect(model.rows().slice(0, 2).map((row) => [row.name, row.weight])).toEqual([[first!.name, first!.weight], [second!.name, '7']]);
  });
  it('at the border of two levels a moved row changes its level and not its place', () => {
    const model = open();
    const at = model.rows().findIndex((row, index) => model.rows()[index + 1]?.level1 !== row.level1);
    const [last, next] = [model.rows()[at]!, model.rows()[at + 1]!];
    model.move(last.id, 1);
    expect(model.rows()[at]).toMatchObject({ name: last.name, level1: next.level1, level2: next.level2 });
  });
  it('take a block from a spreadsheet, adding the rows that are missing', () => {
    const model = open();
    const last = model.rows().at(-1)!;
    const count = model.rows().length;
    model.paste(last.id, ['name', 'target', 'basis', 'previousActual', 'weight', 'rule'], [['群众满意度', '≥95%', '计划标准', '94%', '5', '满意度赋分'], ['窗口满意度', '≥90%', '计划标准', '新增', '5', '']],
      (words) => (words === '满意度赋分' ? 'SATISFACTION' : ''));
    expect(model.rows().slice(count - 1).map((row) => [row.level1, row.name, row.target, row.weight, row.rule])).toEqual([
      [last.level1, '群众满意度', '≥95%', '5', 'SATISFACTION'], [last.level1, '窗口满意度', '≥90%', '5', ''],
    ]);
    model.undo();
    expect([model.rows().length, model.dirty()]).toEqual([count, false]);
  });
});

describe('saving a table', () => {
  it('sends the revision it began with, and goes on from the answer', async () => {
    const server = new OneServer(view);
    const model = TableEditorModel.of(view, groundOf(server));
    model.changeHead('lead', '信息科');
    await model.save();
    expect((server.sent[0] as ChangeTargetTable).expectedRevision).toBe(3);
    expect([model.dirty(), model.savedOnce()]).toEqual([false, true]);
    model.changeHead('lead', '财务科');
    await model.save();
    expect((server.sent[1] as ChangeTargetTable).expectedRevision).toBe(4);
  });
  it('gives a new row the key the server made, and does not send it as new again', async () => {
    const server = new OneServer(view);
    const model = TableEditorModel.of(view, groundOf(server));
    const id = model.addBelow(null);
    for (const [field, text] of [['name', '审计整改完成率'], ['target', '≥95%'], ['weight', '5']] as const) model.changeRow(id, field, text);
    await model.save();
    expect(model.rows().at(-1)?.key).toBe('I-14');
    expect(model.dirty()).toBe(false);
  });
  it('sends nothing while a cell is missing, and says where', async () => {
    const server = new OneServer(view);
    const model = TableEditorModel.of(view, groundOf(server));
    model.changeRow(model.rows()[2]!.id, 'target', ' ');
    expect(await model.save()).toBeNull();
    expect([server.sent.length, model.reading().troubles.map(({ field }) => field)]).toEqual([0, ['target']]);
  });
  it('keeps what was typed when somebody else was quicker, shows the difference, and mine stands when I say so', async () => {
    const server = new OneServer(view);
    const model = TableEditorModel.of(view, groundOf(server));
    model.changeRow(model.rows()[0]!.id, 'weight', '9');
    server.stands = { ...server.stands, revision: 5, lead: '财务科' };
    await model.save();
    expect(model.problem()?.params['by']).toBe('另一位填报人');
    expect([model.rows()[0]?.weight, model.conflict()?.changes.rows.length, model.conflict()?.changes.head.length]).toEqual(['9', 1, 1]);
    expect(await model.keepMine()).not.toBeNull();
    expect([server.stands.indicators[0]?.weight, model.conflict()]).toEqual(['9', null]);
  });
  it('takes theirs when I say so, and even that is taken back', async () => {
    const server = new OneServer(view);
    const model = TableEditorModel.of(view, groundOf(server));
    model.changeRow(model.rows()[0]!.id, 'weight', '9');
    server.stands = { ...server.stands, revision: 5 };
    await model.save();
    model.takeTheirs(server.stands);
    expect([model.rows()[0]?.weight, model.dirty()]).toEqual(['5', false]);
    model.undo();
    expect([model.rows()[0]?.weight, model.dirty()]).toEqual(['9', true]);
  });
});

describe('a draft on this computer', () => {
  it('comes back after the window died, and is gone once it is saved', async () => {
    const [server, store] = [new OneServer(view), new OneBrowser()];
    const first = TableEditorModel.of(view, groundOf(server, store));
    first.changeRow(first.rows()[0]!.id, 'target', '≥7次');
    first.keepDraft();
    const second = TableEditorModel.of(view, groundOf(server, store));
    expect([second.rows()[0]?.target, second.restoredAt(), second.dirty()]).toEqual(['≥7次', '2025-01-09T02:00:00.000Z', true]);
    await second.save();
    second.keepDraft();
    expect([server.stands.indicators[0]?.target.magnitude, store.kept.size]).toEqual(['7', 0]);
  });
  it('is no draft any more where it had been saved and only the answer was lost: nobody is asked to choose between two that are the same', async () => {
    const [server, store] = [new OneServer(view), new OneBrowser()];
    const left = TableEditorModel.of(view, groundOf(server, store));
    left.changeRow(left.rows()[0]?.id ?? '', 'target', '≥7次');
    const added = left.addBelow(left.rows()[0]?.id ?? '');
    left.changeRow(added, 'name', '培训次数');
    left.changeRow(added, 'target', '≥2次');
    left.changeRow(added, 'weight', '1');
    left.keepDraft();
    const kept = new Map(store.kept);
    const there = await left.save();
    if (there === null) throw new Error('not saved');
    // The window was closed before the answer came: the shelf is as it was.
    for (const [key, text] of kept) store.kept.set(key, text);
    const again = TableEditorModel.of(there, groundOf(server, store));
    again.keepDraft();
    expect([again.rows()[1]?.name, again.conflict(), again.restoredAt(), again.dirty(), store.kept.size]).toEqual(['培训次数', null, null, false, 0]);
  });
  it('asks first when somebody went on meanwhile', () => {
    const store = new OneBrowser();
    const first = TableEditorModel.of(view, groundOf(new OneServer(view), store));
    first.changeRow(first.rows()[0]!.id, 'target', '≥7次');
    first.keepDraft();
    const second = TableEditorModel.of({ ...view, revision: 4 }, groundOf(new OneServer(view), store));
    expect([second.rows()[0]?.target, second.conflict()?.changes.rows.length]).toEqual(['≥7次', 1]);
  });
  it('can be dropped', async () => {
    const store = new OneBrowser();
    const first = TableEditorModel.of(view, groundOf(new OneServer(view), store));
    first.changeRow(first.rows()[0]!.id, 'target', '≥7次');
    first.keepDraft();
    const second = TableEditorModel.of(view, groundOf(new OneServer(view), store));
    await second.discard();
    second.keepDraft();
    expect([second.rows()[0]?.target, second.dirty(), store.kept.size]).toEqual(['≥5次', false, 0]);
  });
  it('of a table nobody has yet survives, too, and is sent once', async () => {
    const [server, store] = [new OneServer(view), new OneBrowser()];
    const identity = { subject: 'PROJECT', fiscalYear: 2025, unitId: view.unitId, unitName: view.unitName } as const;
    const begin = () => TableEditorModel.fresh(emptyDraft(INDICATOR_FRAMES['P-101'], 'PROJECT'), identity, groundOf(server, store));
    const first = begin();
    first.changeHead('project', '网络安全维护费');
    first.keepDraft();
    const second = begin();
    expect(second.draft().head.project).toBe('网络安全维护费');
    const id = second.rows()[0]!.id;
    for (const [field, text] of [['name', '安全维护次数'], ['target', '≥4次'], ['weight', '90']] as const) second.changeRow(id, field, text);
    expect(await second.save()).not.toBeNull();
    expect(server.sent[0]).toMatchObject({ project: '网络安全维护费', fiscalYear: 2025, indicators: [{ name: '安全维护次数', target: { kind: 'QUANT', comparator: 'GE', magnitude: '4', unit: '次' }, weight: '90' }] });
  });
});
