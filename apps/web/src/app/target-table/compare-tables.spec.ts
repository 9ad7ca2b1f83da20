import { aTableView } from './testing/a-table-view';
import { compareTables, isUnchanged } from './compare-tables';

const audit = aTableView('KZ-A');
const changedRow = (key: string, change: Partial<(typeof audit.indicators)[number]>) => ({ ...audit, indicators: audit.indicators.map((row) => (row.key === key ? { ...row, ...change } : row)) });

describe('two versions of the audit project', () => {
  it('do not differ when nothing was changed, though a weight is printed otherwise', () => {
    const again = changedRow('KZ-A1', { weight: `${audit.indicators[0]?.weight ?? ''}.00` });
    expect(isUnchanged(compareTables(audit, again))).toBe(true);
    expect(compareTables(audit, again).same).toBe(14);
  });
  it('show a target and a weight before and after, as the form prints them', () => {
    const first = audit.indicators[0]!;
    const { rows } = compareTables(audit, changedRow('KZ-A1', { target: { ...first.target, magnitude: '6' }, weight: '9.5' }));
    expect(rows).toEqual([{ kind: 'CHANGED', key: 'KZ-A1', name: first.name, cells: [{ field: 'target', before: '≥5次', after: '≥6次' }, { field: 'weight', before: first.weight, after: '9.5' }] }]);
  });
  it('say what was added and what was taken out, by the key that stays with a row', () => {
    const [first, ...others] = audit.indicators;
    const after = { ...audit, indicators: [...others, { ...first!, key: '', name: '新增审计整改完成率' }] };
    const changes = compareTables(audit, after);
    expect(changes.rows.map((row) => [row.kind, row.name])).toEqual([['ADDED', '新增审计整改完成率'], ['REMOVED', first!.name]]);
    expect(changes.same).toBe(13);
  });
  it('do not take a renamed row for another one', () => {
    expect(compareTables(audit, changedRow('KZ-A1', { name: '内部审计开展次数' })).rows[0]).toMatchObject({ kind: 'CHANGED', cells: [{ field: 'name' }] });
  });
  it('compare money as numbers and goals as words', () => {
    expect(compareTables(audit, { ...audit, budget: { ...audit.budget, total: '8' } }).head).toEqual([]);
    expect(compareTables(audit, { ...audit, budget: { ...audit.budget, total: '9' }, goalText: '另一目标' }).head.map(({ field }) => field)).toEqual(['goalText', 'total']);
  });
});
