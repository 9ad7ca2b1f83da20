import type { FindingView, TargetTableView } from '@jiheng/contract';
import { theTable } from '@jiheng/domain/testing';
import { answered, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { targetForm } from './target-form';
import { TargetTableModel, countFindings, findingsByRow, sumOf, weightsByLevel, type TargetTableDoor } from './target-table-model';
import { aTableView } from './testing/a-table-view';

const finding = (row: number | null, severity: FindingView['severity'] = 'WARN'): FindingView => ({ code: 'Q-D1', severity, table: null, row, message: '请核对', messageEn: 'check', expected: null, found: null });
const door = (view: TargetTableView, more: Partial<TargetTableDoor> = {}): TargetTableDoor => ({
  view: () => Promise.resolve(answered(view)), move: () => Promise.resolve(answered({ state: 'SUBMITTED', revision: 4, moves: [] })),
  adjust: () => Promise.resolve(answered(view)), acceptFinding: () => Promise.resolve(answered(view)), discard: () => Promise.resolve(answered(undefined)), ...more,
});

describe('the weights of the published tables', () => {
  it.each(['KZ-U', 'KZ-A', 'KZ-L', 'MN-U', 'MN-G', 'MN-B'] as const)('add up to 90 in %s', (prefix) => expect(sumOf(theTable(prefix).indicators)).toBe('90'));
  it('are 40, 20, 20 and 10 in a project', () => {
    expect(weightsByLevel(theTable('KZ-A').indicators)).toEqual([
      { level: '产出指标', weight: '40' }, { level: '成本指标', weight: '20' }, { level: '效益指标', weight: '20' }, { level: '满意度指标', weight: '10' },
    ]);
  });
  it('are exact where floats are not', () => expect(sumOf([{ weight: '0.1' }, { weight: '0.2' }])).toBe('0.3'));
});

describe('a target table on the page', () => {
  it('has its findings beside the rows and those of the head above', async () => {
    const model = new TargetTableModel(door(aTableView('KZ-A', { findings: [finding(null, 'ERROR'), finding(1), finding(1, 'INFO')] })));
    await model.read('1');
    expect(model.rowFindings().get(1)).toHaveLength(2);
    expect(model.counts()).toEqual({ errors: 1, warnings: 1, infos: 1 });
  });
  it('moves from the revision that is on the screen, and is read again', async () => {
    const view = jest.fn().mockResolvedValue(answered(aTableView('KZ-A')));
    const move = jest.fn().mockResolvedValue(answered({ state: 'SUBMITTED', revision: 4, moves: [] }));
    const model = new TargetTableModel(door(aTableView('KZ-A'), { view, move }));
    await model.read('1');
    expect(await model.move({ move: 'return', opinion: '请核对第三行' })).toBe(true);
    expect(move).toHaveBeenCalledWith(aTableView('KZ-A').id, { move: 'return', opinion: '请核对第三行', expectedRevision: 3 });
    expect([view.mock.calls.length, model.moved()]).toEqual([2, 'return']);
  });
  it('keeps the table and says the sentence when a move is refused', async () => {
    const model = new TargetTableModel(door(aTableView('KZ-A'), { move: () => Promise.resolve(refused(aRefusal('workflow.stale-revision', 409))) }));
    await model.read('1');
    expect(await model.move({ move: 'submit' })).toBe(false);
    expect([model.problem()?.code, model.table()?.project, model.busy()]).toEqual(['workflow.stale-revision', '社会保险经办审计经费', false]);
  });
});

describe('an adjustment of a table in force', () => {
  const inForce = aTableView('KZ-L', { moves: ['adjust'] });
  it('sends the table as it stands with the reason, and leads to the new version', async () => {
    const adjust = jest.fn().mockResolvedValue(answered(aTableView('KZ-L', { id: '2' as TargetTableView['id'], version: 2, state: 'DRAFT' })));
    const model = new TargetTableModel(door(inForce, { adjust }));
    await model.read('1');
    expect(model.adjustable()).toBe(true);
    expect(await model.adjust('线路减少一条')).toBe('2');
    const sent = adjust.mock.calls[0]?.[1] as { reason: string; indicators: object[] };
    expect([sent.reason, sent.indicators.length, 'ordinal' in (sent.indicators[0] ?? {})]).toEqual(['线路减少一条', 11, false]);
  });
  it('goes on in the version that is under way, and not beside it', async () => {
    const model = new TargetTableModel(door({ ...inForce, versions: [...inForce.versions, { id: '2' as TargetTableView['id'], version: 2, state: 'DRAFT' }] }));
    await model.read('1');
    expect([model.adjustable(), model.underWay()?.version]).toEqual([false, 2]);
  });
  it('is compared with the version before it', async () => {
    const first = inForce;
    const second = aTableView('KZ-L', {
      id: '2' as TargetTableView['id'], version: 2, state: 'DRAFT', versions: [{ id: first.id, version: 1, state: 'APPROVED' }, { id: '2' as TargetTableView['id'], version: 2, state: 'DRAFT' }],
      indicators: first.indicators.filter((row) => row.key !== 'KZ-L2').map((row) => (row.key === 'KZ-L1' ? { ...row, target: { ...row.target, magnitude: '3' } } : row)),
    });
    const model = new TargetTableModel(door(second, { view: (id) => Promise.resolve(answered(id === '2' ? second : first)) }));
    await model.read('2');
    expect(model.changes()?.rows.map((row) => [row.kind, row.key])).toEqual([['CHANGED', 'KZ-L1'], ['REMOVED', 'KZ-L2']]);
  });
});

describe('a warning that is right as it stands', () => {
  const warning = { ...finding(1), id: 'a'.repeat(32), rowKey: 'KZ-A2', accepted: null };
  it('is taken on with a reason and no longer counted', async () => {
    const taken = { ...warning, accepted: { reason: '按批复原样下达', by: '填报人', at: '2024-01-05T02:00:00Z' } };
    const acceptFinding = jest.fn().mockResolvedValue(answered(aTableView('KZ-A', { moves: ['submit'], findings: [taken] })));
    const model = new TargetTableModel(door(aTableView('KZ-A', { moves: ['submit'], findings: [warning] }), { acceptFinding }));
    await model.read('1');
    expect([model.mayAccept(), model.counts().warnings]).toEqual([true, 1]);
    expect(await model.acceptFinding(warning.id, '按批复原样下达')).toBe(true);
    expect(acceptFinding).toHaveBeenCalledWith(aTableView('KZ-A').id, warning.id, '按批复原样下达');
    expect(model.counts().warnings).toBe(0);
  });
  it('is taken on by who writes or reviews the table, not by who signs it', async () => {
    const may = async (moves: string[]): Promise<boolean> => {
      const model = new TargetTableModel(door(aTableView('KZ-A', { moves })));
      await model.read('1');
      return model.mayAccept();
    };
    expect([await may(['submit']), await may(['withdraw']), await may(['review', 'return']), await may(['sign', 'return']), await may(['adjust'])]).toEqual([true, true, true, false, false]);
  });
});

describe('a draft begun by mistake', () => {
  const draft = (more: Partial<TargetTableView> = {}) => aTableView('KZ-A', { state: 'DRAFT', moves: ['submit'], history: [], ...more });
  const act = (move: string) => ({ move, from: 'DRAFT', to: 'SUBMITTED', by: '填报人', role: 'reporter', at: '2024-01-05T02:00:00Z', opinion: null });
  it('can be deleted while it was never submitted', async () => {
    const may = async (view: TargetTableView): Promise<boolean> => {
      const model = new TargetTableModel(door(view));
      await model.read('1');
      return model.discardable();
    };
    expect([await may(draft()), await may(draft({ history: [act('adjust')] })), await may(draft({ history: [act('submit'), act('withdraw')] })), await may(draft({ state: 'RETURNED' })), await may(draft({ moves: [] }))])
      .toEqual([true, true, false, false, false]);
  });
  it('leads back to the version in force, or to the list', async () => {
    const discard = jest.fn().mockResolvedValue(answered(undefined));
    const first = new TargetTableModel(door(draft(), { discard }));
    await first.read('1');
    expect([await first.discard(), discard.mock.calls]).toEqual([null, [[draft().id, draft().revision]]]);
    const versions = [{ id: '1' as TargetTableView['id'], version: 1, state: 'APPROVED' as const }, { id: '2' as TargetTableView['id'], version: 2, state: 'DRAFT' as const }];
    const second = new TargetTableModel(door(draft({ version: 2, versions })));
    await second.read('2');
    expect(await second.discard()).toBe('1');
  });
  it('stays when the server refuses', async () => {
    const model = new TargetTableModel(door(draft(), { discard: () => Promise.resolve(refused(aRefusal('target-table.not-discardable', 422))) }));
    await model.read('1');
    expect([await model.discard(), model.problem()?.code]).toEqual([undefined, 'target-table.not-discardable']);
  });
});

describe('small reckonings', () => {
  it('group by row and leave the head out', () => expect([...findingsByRow([finding(null), finding(0), finding(3)]).keys()]).toEqual([0, 3]));
  it('count by severity', () => expect(countFindings([])).toEqual({ errors: 0, warnings: 0, infos: 0 }));
});

describe('the form of a table', () => {
  it('has the money of its kind: three sources for a unit, two for a project', () => {
    const texts = (prefix: 'KZ-U' | 'KZ-A') => targetForm({ ...aTableView(prefix), budgetUnit: '中心' }, '负责人').rows.flatMap((row) => row.cells.map((cell) => cell.text));
    expect(texts('KZ-U')).toEqual(expect.arrayContaining(['上级安排', '52.18', '本级安排', '492.34', '负责人']));
    expect(texts('KZ-A')).toEqual(expect.arrayContaining(['其中：财政拨款', '8.00', '≥5次', '按照完成比例赋分', '负责人']));
  });
});
