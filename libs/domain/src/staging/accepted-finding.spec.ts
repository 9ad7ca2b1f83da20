import { theTable } from '../../testing';
import { aboutOf, type AcceptedFinding, reasonFor } from './accepted-finding';
import { applyCorrection } from './apply-correction';
import { type StagedFinding, stagedFindings } from './check-staged-table';
import type { Correction } from './correction';
import type { StagedRow, StagedTable } from './staged-table';

/** The whole unit of the prefecture, with two tasks that make 545.52 of a budget of 544.52, and whose second says 9.00 of sources and 537.52 in all. */
function unit(): StagedTable {
  const table = theTable('KZ-U');
  return {
    ...table, lead: null, place: 'line 12', headCells: {}, notes: [], acceptedFindings: [], matches: {},
    tasks: [{ name: '社会保险经办审计经费', content: null, total: '8.00', fiscal: '8.00', other: null }, { name: '机构运转', content: null, total: '537.52', fiscal: '9.00', other: null }],
    rows: table.indicators.map(({ key: _key, ...row }, at): StagedRow => ({ ...row, id: `r${at + 1}`, nameUnit: null, confidence: '1', place: `line ${at + 20}`, corrected: [], cells: {} })),
  };
}
function after(table: StagedTable, ...corrections: Correction[]): StagedTable {
  return corrections.reduce((now, correction, at) => {
    const applied = applyCorrection(now, correction, at + 1);
    if (!applied.ok) throw new Error(applied.refusal.code);
    return applied.value;
  }, table);
}
const money = (table: StagedTable): readonly StagedFinding[] => stagedFindings(table, { projects: [] }).filter(({ finding }) => finding.code === 'Q-P5');
const reasons = (table: StagedTable): (string | null)[] => money(table).map((one) => one.acceptedBecause);
const accept = (one: StagedFinding | undefined, reason: string): Correction => ({ kind: 'ACCEPT_FINDING', code: 'Q-P5', row: null, about: aboutOf(one as StagedFinding), reason });

describe('several findings of one code in one head', () => {
  it('have a reason each, and each is taken back by itself', () => {
    const [first, second, third, ...none] = money(unit());
    expect([first, second, third].map((one) => [one?.finding.found, one?.finding.expected])).toEqual([['537.52', '9.00'], ['545.52', '544.52'], ['17.00', '544.52']]);
    expect(none).toEqual([]);
    const one = after(unit(), accept(second, '结转资金另列'));
    expect(reasons(one)).toEqual([null, '结转资金另列', null]);
    const two = after(one, accept(first, '其余为自筹'));
    expect(reasons(two)).toEqual(['其余为自筹', '结转资金另列', null]);
    expect(reasons(after(two, accept(second, ' ')))).toEqual(['其余为自筹', null, null]);
    expect(reasons(after(two, accept(second, '另列，已说明')))).toEqual(['其余为自筹', '另列，已说明', null]);
  });
  it('are told apart by what they say: with other numbers it is another finding, and nobody has explained that', () => {
    const kept = after(unit(), accept(money(unit())[1], '结转资金另列'));
    expect(reasons(after(kept, { kind: 'SET_TASK', at: 0, field: 'total', text: '8.00' }))).toEqual([null, '结转资金另列', null]);
    expect(reasons(after(kept, { kind: 'SET_TASK', at: 0, field: 'total', text: '9.00' }))).toEqual([null, null, null, null]);
  });
  it('share what was accepted before they were told apart, until one is taken back or explained anew', () => {
    const old: AcceptedFinding = { code: 'Q-P5', row: null, reason: '按批复' };
    const kept = { ...unit(), acceptedFindings: [old] };
    expect(reasons(kept)).toEqual(['按批复', '按批复', '按批复']);
    expect(reasons(after(kept, accept(money(kept)[1], '结转资金另列')))).toEqual(['按批复', '结转资金另列', '按批复']);
    expect(reasons(after(kept, accept(money(kept)[1], '')))).toEqual([null, null, null]);
    // A page that was open before still sends them together.
    expect(reasons(after(unit(), { kind: 'ACCEPT_FINDING', code: 'Q-P5', row: null, reason: '按批复' }))).toEqual(['按批复', '按批复', '按批复']);
  });
});

describe('several findings of one code at one row', () => {
  it('have a reason each, which outlives a mended name', () => {
    const bare = (name: string): StagedTable => {
      const table = theTable('KZ-A');
      return {
        ...table, lead: '信息科', place: 'line 1', headCells: {}, notes: [], acceptedFindings: [], matches: {},
        rows: table.indicators.map(({ key: _key, ...row }, at): StagedRow => ({ ...row, id: `r${at + 1}`, nameUnit: null, confidence: '1', place: '', corrected: [], cells: {}, ...(at === 0 ? { name, basis: null, evidence: null } : {}) })),
      };
    };
    const missing = (table: StagedTable): readonly StagedFinding[] => stagedFindings(table).filter(({ row, finding }) => row === 'r1' && finding.code === 'Q-K3');
    const [basis, evidence] = missing(bare('内部审计次数'));
    expect([basis?.finding.expected, evidence?.finding.expected]).toEqual(['指标值设置依据', '佐证资料']);
    const accepted: AcceptedFinding[] = [{ code: 'Q-K3', row: 'r1', about: aboutOf(basis as StagedFinding), reason: '由上级设定' }];
    expect(missing(bare('内部审计开展次数')).map((one) => reasonFor(one, accepted))).toEqual(['由上级设定', null]);
    expect(reasonFor({ row: 'r2', finding: (basis as StagedFinding).finding }, accepted)).toBeNull();
  });
});
