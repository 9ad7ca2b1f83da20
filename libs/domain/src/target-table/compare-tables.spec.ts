import { theTable } from '../../testing';
import { compareTables, keepIdentity, likenessOf } from './compare-tables';
import type { Indicator } from './indicator';
import { parseTarget } from './parse-target';
import type { PerformanceTargetTable } from './performance-target-table';

/** The table as it is read again: rows under the numbers of the new document. */
function readAgain(table: PerformanceTargetTable, change: (row: Indicator, at: number) => Indicator | null = (row) => row): PerformanceTargetTable {
  return { ...table, indicators: table.indicators.flatMap((row, at) => change({ ...row, key: `r${at + 1}` }, at) ?? []) };
}
const KZ_L = theTable('KZ-L');

describe('a document read again', () => {
  it('finds every row of 线路租赁费 again by level and name, and no change', () => {
    const difference = compareTables(KZ_L, readAgain(KZ_L));
    expect(difference.unchanged).toBe(true);
    expect([...difference.matched.values()]).toEqual(KZ_L.indicators.map((row) => row.key));
  });
  it('says which targets, weights and rules are others, and not that 8 is now 8.00', () => {
    const difference = compareTables(KZ_L, readAgain(KZ_L, (row, at) => {
      if (at === 0) return { ...row, target: parseTarget('=5 条', { fiscalYear: 2024 }), weight: '8.00' };
      return at === 1 ? { ...row, weight: '9', scoringRule: 'DIRECT' } : row;
    }));
    expect(difference.rows.filter((row) => row.kind !== 'SAME').map((row) => (row.kind === 'CHANGED' ? [row.key, row.changes.map((one) => `${one.field} ${one.before}→${one.after}`)] : row))).toEqual([
      ['KZ-L1', ['target =4条→=5条']], ['KZ-L2', [expect.stringMatching(/^weight .*→9$/u), expect.stringMatching(/^scoringRule /u)]],
    ]);
  });
  it('knows a row whose level was corrected by its name alone, where the name is there once', () => {
    const difference = compareTables(KZ_L, readAgain(KZ_L, (row, at) => (at === 0 ? { ...row, level2: '质量指标' } : row)));
    expect(difference.rows[0]).toMatchObject({ kind: 'CHANGED', key: 'KZ-L1', changes: [{ field: 'level2', after: '质量指标' }] });
  });
  it('leaves a renamed row to a person, and does what the person says', () => {
    const renamed = readAgain(KZ_L, (row, at) => (at === 0 ? { ...row, name: '租用专线网络条数' } : row));
    const open = compareTables(KZ_L, renamed);
    expect(open.rows[0]).toMatchObject({ kind: 'UNDECIDED', row: 'r1', candidates: [{ key: 'KZ-L1' }] });
    expect(open.rows.filter((row) => row.kind === 'REMOVED')).toEqual([]);
    expect(compareTables(KZ_L, renamed, { r1: 'KZ-L1' }).rows[0]).toMatchObject({ kind: 'CHANGED', key: 'KZ-L1', changes: [{ field: 'name' }] });
    const apart = compareTables(KZ_L, renamed, { r1: null });
    expect([apart.rows[0], apart.rows.at(-1)]).toEqual([{ kind: 'ADDED', row: 'r1' }, { kind: 'REMOVED', key: 'KZ-L1' }]);
  });
  it('tells added and removed rows', () => {
    const fewer = readAgain(KZ_L, (row, at) => (at === 2 ? null : row));
    const more = { ...fewer, indicators: [...fewer.indicators, { ...(fewer.indicators[0] as Indicator), key: 'r99', name: '网络安全演练' }] };
    expect(compareTables(KZ_L, more).rows.filter((row) => row.kind === 'ADDED' || row.kind === 'REMOVED')).toEqual([{ kind: 'ADDED', row: 'r99' }, { kind: 'REMOVED', key: 'KZ-L3' }]);
  });
  it('compares the money of the head in numbers and leaves alone what the document does not say', () => {
    const again = { ...readAgain(KZ_L), goalText: '', budget: { total: '9.6', fiscal: '9.00', other: null } };
    expect(compareTables(KZ_L, again).head).toEqual([{ field: 'fiscal', before: '9.60', after: '9.00' }]);
  });
});

describe('an indicator that stays the same one', () => {
  it('keeps its key, and what no form has a column for', () => {
    const before: Indicator = { ...(KZ_L.indicators[0] as Indicator), accumulation: 'MAX', passThreshold: '0.6' };
    const after: Indicator = { ...before, key: 'r1', accumulation: 'SUM', passThreshold: null, basis: null, weight: '9' };
    expect(keepIdentity(before, after)).toMatchObject({ key: 'KZ-L1', accumulation: 'MAX', passThreshold: '0.6', basis: before.basis, weight: '9' });
  });
  it('is counted anew when it is measured in another unit', () => {
    const before: Indicator = { ...(KZ_L.indicators[0] as Indicator), accumulation: 'MAX' };
    expect(keepIdentity(before, { ...before, accumulation: 'RATIO', target: parseTarget('≥95%', { fiscalYear: 2024 }) }).accumulation).toBe('RATIO');
  });
});

describe('how much two names are alike', () => {
  it.each([['租用专线网络数量', '租用专线网络数量', 100], ['租用专线网络数量', '租用专线网络条数', 71], ['培训次数', '参保人数', 0], ['', '参保人数', 0]])('%s and %s: %s', (a, b, likeness) =>
    expect(likenessOf(a, b)).toBe(likeness));
});
