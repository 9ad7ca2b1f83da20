import { theTable } from '../../testing';
import { applyCorrection, readRuleWord, replayCorrections } from './apply-correction';
import { certaintyOf, isDoubtful, stagedFindings, stagedGaps } from './check-staged-table';
import { type Correction, type LoggedCorrection, standingCorrections } from './correction';
import type { StagedRow, StagedTable } from './staged-table';

/** 社会保险经办审计经费 as it comes from a document, the first target doubtful. */
function staged(): StagedTable {
  const table = theTable('KZ-A');
  return {
    ...table, lead: null, place: 'line 1', headCells: {}, notes: [], acceptedFindings: [], matches: {},
    rows: table.indicators.map(({ key: _key, ...row }, at): StagedRow => ({
      ...row, id: `r${at + 1}`, nameUnit: null, confidence: at === 0 ? '0.70' : '1.00', place: `line ${at + 8}`, corrected: [],
      cells: { name: { raw: row.name, confidence: '1.00', places: [{ part: 0, line: at + 8, cell: 2 }] }, target: { raw: row.target.raw, confidence: at === 0 ? '0.70' : '1.00', places: [{ part: 0, line: at + 8, cell: 3 }] } },
    })),
  };
}
function after(...corrections: Correction[]): StagedTable {
  return corrections.reduce((table, correction, at) => {
    const applied = applyCorrection(table, correction, at + 1);
    if (!applied.ok) throw new Error(applied.refusal.code);
    return applied.value;
  }, staged());
}
const row = (table: StagedTable, id: string): StagedRow => table.rows.find((one) => one.id === id) as StagedRow;

describe('a cell corrected by a person', () => {
  it('is read as on import and is no longer doubtful', () => {
    expect(isDoubtful(row(staged(), 'r1'), 'target')).toBe(true);
    const table = after({ kind: 'SET_CELL', row: 'r1', column: 'target', text: '≥３ 次' });
    expect(row(table, 'r1').target).toMatchObject({ kind: 'QUANT', comparator: 'GE', magnitude: '3', unit: '次' });
    expect([certaintyOf(row(table, 'r1'), 'target'), row(table, 'r1').corrected]).toEqual(['1', ['target']]);
  });
  it('takes the unit out of a name, and gives it to a target without one', () => {
    const table = after({ kind: 'SET_CELL', row: 'r1', column: 'target', text: '≥2' }, { kind: 'SET_CELL', row: 'r1', column: 'name', text: '内部审计次数（次）' });
    expect(row(table, 'r1')).toMatchObject({ name: '内部审计次数', nameUnit: '次', target: { magnitude: '2', unit: '次' } });
  });
  it('keeps a weight that is none, and says so', () => {
    const table = after({ kind: 'SET_CELL', row: 'r1', column: 'weight', text: '八分' }, { kind: 'SET_CELL', row: 'r2', column: 'weight', text: '５分' });
    expect([row(table, 'r1').weight, row(table, 'r2').weight]).toEqual(['八', '5']);
    expect(stagedGaps(table)).toEqual([{ row: 'r1', column: 'weight', why: 'weight-unreadable' }]);
  });
  it('reads the printed words of the rules', () => {
    expect(['按照完成比例赋分', '按评判等级赋分', '满意度赋分', '直接赋分', 'GRADE', '随意'].map(readRuleWord)).toEqual(['PROPORTIONAL', 'GRADE', 'SATISFACTION', 'DIRECT', 'GRADE', null]);
  });
});

describe('rows', () => {
  it('get their levels together, and with them which way is better', () => {
    const table = after({ kind: 'SET_LEVELS', rows: ['r1', 'r2'], level1: '成本', level2: '经济成本' });
    expect(['r1', 'r2'].map((id) => `${row(table, id).level1}/${row(table, id).level2}`)).toEqual(Array(2).fill('成本指标/经济成本指标'));
  });
  it('are split: two targets of a broken cell go to their rows, the second has no weight yet', () => {
    const table = after({ kind: 'SET_CELL', row: 'r1', column: 'target', text: '≥2次\n≥60人' }, { kind: 'SPLIT_ROW', row: 'r1', names: ['内部审计次数', '培训人数'] });
    expect([row(table, 'r1').target.magnitude, row(table, 'n2')]).toMatchObject(['2', { name: '培训人数', target: { magnitude: '60', unit: '人' }, weight: '', level1: '产出指标' }]);
    expect(stagedGaps(table)).toEqual([{ row: 'n2', column: 'weight', why: 'missing' }]);
    expect(table.rows.map((one) => one.id).slice(0, 3)).toEqual(['r1', 'n2', 'r2']);
  });
  it('are merged into the first: names joined, places of both, weights added', () => {
    const before = staged();
    const table = after({ kind: 'MERGE_ROWS', rows: ['r1', 'r2'] });
    expect(table.rows).toHaveLength(13);
    expect(row(table, 'r1').name).toBe(`${row(before, 'r1').name}${row(before, 'r2').name}`);
    expect(row(table, 'r1').cells.name?.places).toHaveLength(2);
    expect(Number(row(table, 'r1').weight)).toBe(Number(row(before, 'r1').weight) + Number(row(before, 'r2').weight));
  });
  it('are added with the levels above them, and deleted, but never all', () => {
    expect(row(after({ kind: 'ADD_ROW', after: 'r14' }), 'n1')).toMatchObject({ level1: '满意度指标', name: '', weight: '' });
    expect(after({ kind: 'DELETE_ROWS', rows: ['r1'] }).rows).toHaveLength(13);
    expect(applyCorrection(staged(), { kind: 'DELETE_ROWS', rows: staged().rows.map((one) => one.id) }, 1)).toMatchObject({ refusal: { code: 'staging.last-row' } });
    expect(applyCorrection(staged(), { kind: 'MERGE_ROWS', rows: ['r1'] }, 1)).toMatchObject({ refusal: { code: 'staging.two-rows-needed' } });
    expect(applyCorrection(staged(), { kind: 'SET_CELL', row: 'gone', column: 'name', text: 'x' }, 1)).toMatchObject({ refusal: { code: 'staging.row-unknown' } });
  });
});

describe('the head', () => {
  it('takes money in its own unit and a year with its word', () => {
    const table = after({ kind: 'SET_HEAD', field: 'total', text: '80000元' }, { kind: 'SET_HEAD', field: 'fiscal', text: '８.00' }, { kind: 'SET_HEAD', field: 'other', text: '—' }, { kind: 'SET_HEAD', field: 'fiscalYear', text: '2025 年' });
    expect([table.budget, table.fiscalYear]).toEqual([{ total: '8', fiscal: '8.00', other: null }, 2025]);
    for (const text of ['-1', '八万', '3人']) expect(applyCorrection(staged(), { kind: 'SET_HEAD', field: 'total', text }, 1)).toMatchObject({ refusal: { code: 'staging.money-unreadable' } });
    expect(applyCorrection(staged(), { kind: 'SET_HEAD', field: 'fiscalYear', text: '明年' }, 1)).toMatchObject({ refusal: { code: 'staging.year-unreadable' } });
  });
  it('without a project cannot become a draft; as the whole unit it needs none', () => {
    expect(stagedGaps(after({ kind: 'SET_HEAD', field: 'project', text: '' }))).toEqual([{ row: null, column: 'project', why: 'missing' }]);
    expect(stagedGaps(after({ kind: 'SET_HEAD', field: 'subject', text: 'UNIT' }))).toEqual([]);
  });
});

describe('the log', () => {
  const name = (text: string): Correction => ({ kind: 'SET_CELL', row: 'r1', column: 'name', text });
  const UNDO: LoggedCorrection = { kind: 'UNDO' };
  const REDO: LoggedCorrection = { kind: 'REDO' };
  const nameOf = (...log: LoggedCorrection[]): string => row(replayCorrections(staged(), log), 'r1').name;
  it('takes back and puts again, as often as there is something', () => {
    expect(nameOf(name('甲'), name('乙'), UNDO)).toBe('甲');
    expect(nameOf(name('甲'), name('乙'), UNDO, UNDO, UNDO)).toBe('内部审计次数');
    expect(nameOf(name('甲'), name('乙'), UNDO, UNDO, REDO, REDO, REDO)).toBe('乙');
  });
  it('forgets what was taken back when something new is written', () => {
    const log = [name('甲'), UNDO, name('乙'), REDO];
    expect([nameOf(...log), standingCorrections(log)]).toMatchObject(['乙', { mayUndo: true, mayRedo: false }]);
  });
});

describe('what is doubtful', () => {
  it('is checked anew after every correction, and may stand with a reason', () => {
    const codes = (table: StagedTable): string[] => stagedFindings(table).filter((one) => one.row === null).map((one) => `${one.finding.code} ${one.acceptedBecause ?? ''}`.trim());
    expect(codes(after({ kind: 'SET_CELL', row: 'r1', column: 'weight', text: '1' }))).toContain('Q-W1');
    const [first] = stagedFindings(staged());
    if (first === undefined) throw new Error('the published table has no finding');
    const kept = after({ kind: 'ACCEPT_FINDING', code: first.finding.code, row: first.row, reason: '按批复执行' });
    expect(stagedFindings(kept)[0]?.acceptedBecause).toBe('按批复执行');
  });
});
