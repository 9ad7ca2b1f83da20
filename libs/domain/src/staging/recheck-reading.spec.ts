import { theTable } from '../../testing';
import { aFinding } from '../checks/findings';
import type { UnitBudget } from '../target-table/performance-target-table';
import { applyCorrection } from './apply-correction';
import { lastingNotes, stagedFindings } from './check-staged-table';
import type { Correction } from './correction';
import type { StagedPrint, StagedRow, StagedSurroundings, StagedTable } from './staged-table';

const NOTHING: StagedPrint = { weight: null, levels: {}, tasks: null, table7: null };

/** One of the six tables as it comes from a document. */
function staged(prefix: Parameters<typeof theTable>[0], more: Partial<StagedTable> = {}): StagedTable {
  const table = theTable(prefix);
  return {
    ...table, lead: '信息科', place: 'line 12', headCells: { goalText: { raw: table.goalText, confidence: '1', places: [] } }, printed: NOTHING, notes: [], acceptedFindings: [], matches: {},
    rows: table.indicators.map(({ key: _key, ...row }, at): StagedRow => ({ ...row, id: `r${at + 1}`, nameUnit: null, confidence: '1', place: `line ${at + 20}`, corrected: [], cells: {} })), ...more,
  };
}
function after(table: StagedTable, ...corrections: Correction[]): StagedTable {
  return corrections.reduce((now, correction, at) => {
    const applied = applyCorrection(now, correction, at + 1);
    if (!applied.ok) throw new Error(applied.refusal.code);
    return applied.value;
  }, table);
}
const said = (table: StagedTable, code: string, around: StagedSurroundings | null = { projects: [] }): unknown[] =>
  stagedFindings(table, around).filter(({ finding }) => finding.code === code).map(({ finding: { found, expected } }) => [found, expected]);

describe('main tasks of a staged table', () => {
  const unit = staged('KZ-U', {
    tasks: [{ name: '社会保险经办审计经费', content: null, total: '8.00', fiscal: '8.00', other: null }, { name: '机构运转', content: null, total: '536.52', fiscal: '536.52', other: null }],
    printed: { ...NOTHING, tasks: { total: '544.52', fiscal: '544.52', other: null, line: 40 } },
  });
  const projects: StagedSurroundings = { projects: [{ project: '社会保险经办审计经费', total: '8.00' }] };
  const [first, more] = [0, '9.00'] as const;

  it('that agree with the unit, their sum and the tables of their projects say nothing', () => {
    expect(['Q-P4', 'Q-P5', 'R-sum'].map((code) => said(unit, code, projects))).toEqual([[], [], []]);
  });
  it('are compared again after every correction, and agree again when it is put right', () => {
    const wrong = after(unit, { kind: 'SET_TASK', at: first, field: 'total', text: more });
    expect(said(wrong, 'Q-P4', projects)).toEqual([['9.00', '8.00']]);
    // The printed sum is the money of the unit: the two are compared once. That of the fiscal funds is not.
    expect(said(wrong, 'R-sum', projects)).toEqual([]);
    expect(said(after(unit, { kind: 'SET_TASK', at: first, field: 'fiscal', text: more }), 'R-sum', projects)).toEqual([['544.52', '545.52']]);
    expect(said(wrong, 'Q-P5', projects)).toEqual([['9.00', '8.00'], ['545.52', '544.52']]);
    const right = after(wrong, { kind: 'SET_TASK', at: first, field: 'total', text: '80000元' });
    expect(['Q-P4', 'Q-P5', 'R-sum'].map((code) => said(right, code, projects))).toEqual([[], [], []]);
  });
  it('follow the table of a project that is put right itself, and the money of the unit', () => {
    expect(said(unit, 'Q-P4', { projects: [{ project: '社会保险经办 审计经费', total: '6.00' }] })).toEqual([['8.00', '6.00']]);
    expect(said(after(unit, { kind: 'SET_HEAD', field: 'total', text: '550' }), 'Q-P5')).toEqual([['544.52', '550.00']]);
    expect((unit.budget as UnitBudget).total).toBe('544.52');
  });
  it('of a reading without its surroundings keep the reading’s own word', () => {
    const noted = { ...unit, notes: [{ row: null, finding: aFinding('Q-P4', 'ERROR', { name: '机构运转' }, { expected: '500.00', found: '536.52' }) }] };
    expect([said(noted, 'Q-P4', null), said(noted, 'Q-P4', projects)]).toEqual([[['536.52', '500.00']], []]);
  });
});

describe('what the reading said of the head', () => {
  it('goes when the checks no longer find it: a sum of weights, a row that another row contradicted', () => {
    const noted = staged('KZ-A', { notes: [{ row: null, finding: aFinding('Q-W1', 'ERROR', {}, { expected: '90', found: '88' }) }] });
    expect([said(staged('KZ-A'), 'Q-W1'), said(noted, 'Q-W1')]).toEqual([[], []]);
    expect(said(after(noted, { kind: 'SET_CELL', row: 'r1', column: 'weight', text: '1' }), 'Q-W1')).toEqual([['86', '90']]);
  });
  it('is not kept where the table says it by itself: what a person is told stays the same, before a correction and after it', () => {
    const notes = [
      { row: null, finding: aFinding('Q-W1', 'ERROR', {}, { expected: '90', found: '88' }) }, { row: null, finding: aFinding('R-sum', 'WARN', { label: '分值', place: '12' }, { expected: '90', found: '88' }) },
      { row: 'r1', finding: aFinding('R-level', 'WARN', { name: '甲', place: '13' }, { expected: '产出指标', found: '数量指标' }) }, { row: null, finding: aFinding('R-year', 'WARN', { place: '12' }, { expected: '2025' }) },
      { row: null, finding: aFinding('Q-P4', 'ERROR', { name: '机构运转' }, { expected: '500.00', found: '536.52' }) },
    ];
    const whole = staged('KZ-A', { notes });
    const kept = { ...whole, notes: lastingNotes(whole) };
    expect(kept.notes.map(({ finding }) => finding.code)).toEqual(['R-level', 'R-year', 'Q-P4']);
    for (const change of [[], [{ kind: 'SET_CELL', row: 'r1', column: 'weight', text: '1' }], [{ kind: 'SET_HEAD', field: 'fiscalYear', text: '2026' }]] as const) {
      expect(stagedFindings(after(kept, ...change))).toEqual(stagedFindings(after(whole, ...change)));
    }
    const results = { ...whole, form: 'SELF_EVALUATION' as const };
    expect(lastingNotes(results)).toEqual(notes);
  });
  it('the project’s row of table 7 is compared with the money as it stands', () => {
    const project = staged('KZ-A', { printed: { ...NOTHING, table7: { total: '8.00', place: 'line 300' } }, budget: { total: '6.00', fiscal: '6.00', other: null }, notes: [{ row: null, finding: aFinding('Q-P2-budget', 'ERROR', { place: 'line 300' }, { expected: '8.00', found: '6.00' }) }] });
    expect(said(project, 'Q-P2')).toEqual([['6.00', '8.00']]);
    expect(said(after(project, { kind: 'SET_HEAD', field: 'total', text: '8' }, { kind: 'SET_HEAD', field: 'fiscal', text: '8' }), 'Q-P2')).toEqual([]);
    // Stored before it was kept what table 7 prints: the reading's word stands.
    const { printed: _, ...old } = project;
    expect(said(old, 'Q-P2')).toEqual([['6.00', '8.00']]);
  });
  it('printed sums and points of levels are added up again', () => {
    const table = staged('KZ-A', { printed: { ...NOTHING, weight: '90', levels: { 产出指标: '40' } } });
    expect([said(table, 'R-sum'), said(table, 'R-level-points')]).toEqual([[], []]);
    const wrong = after(table, { kind: 'SET_CELL', row: 'r1', column: 'weight', text: '4' });
    expect([said(wrong, 'R-sum'), said(wrong, 'R-level-points')]).toEqual([[['90', '89']], [['39', '40']]]);
  });
  it('goes when a person has written the field it doubts', () => {
    const notes = [
      aFinding('R-year', 'WARN', { place: '3' }, { expected: '2024' }), aFinding('R-money', 'WARN', { label: '财政拨款', place: '9' }, { found: '八万' }), aFinding('R-goal-joined', 'WARN', { place: '9' }),
      aFinding('Q-C3', 'WARN', { place: 'line 5' }, { expected: '8', found: '基金管理、内部控制' }), aFinding('R-template', 'INFO', { place: '1', confidence: '0.6' }, { found: '国家' }),
    ].map((finding) => ({ row: null, finding }));
    const left = (...corrections: Correction[]): string[] => stagedFindings(after(staged('KZ-A', { notes }), ...corrections)).map(({ finding }) => finding.code).filter((code) => notes.some(({ finding }) => finding.code === code));
    expect(left()).toEqual(['R-year', 'R-money', 'R-goal-joined', 'Q-C3', 'R-template']);
    expect(left({ kind: 'SET_HEAD', field: 'fiscalYear', text: '2025' }, { kind: 'SET_HEAD', field: 'fiscal', text: '8' })).toEqual(['R-goal-joined', 'Q-C3', 'R-template']);
    expect(left({ kind: 'SET_HEAD', field: 'other', text: '0' })).toEqual(['R-year', 'R-money', 'R-goal-joined', 'Q-C3', 'R-template']);
    // The goal is written: words that are still in it are still doubtful.
    expect(left({ kind: 'SET_HEAD', field: 'goalText', text: `${theTable('KZ-A').goalText}。` })).toEqual(['R-year', 'R-money', 'Q-C3', 'R-template']);
    expect(left({ kind: 'SET_HEAD', field: 'goalText', text: '维护社保基金安全。' })).toEqual(['R-year', 'R-money', 'R-template']);
  });
});
