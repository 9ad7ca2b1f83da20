import type { TargetTableList } from '@jiheng/contract';
import { answered, refused, type Answer } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { quarterKey, quarterLink } from './quarters';
import { TargetTablesModel } from './target-tables-model';
import { aTableView } from './testing/a-table-view';

const page = (prefixes: Parameters<typeof aTableView>[0][], nextCursor: string | null = null) =>
  answered<TargetTableList>({ tables: prefixes.map((prefix) => aTableView(prefix)), nextCursor, fiscalYears: [2024] });
const filter = { fiscalYear: 2024, unitId: null, q: '' };
const projects = (model: TargetTablesModel) => model.tables().map((table) => table.project);

describe('the list of target tables', () => {
  it('shows the tables of the year and tells which years there are', async () => {
    const model = new TargetTablesModel(() => Promise.resolve(page(['KZ-A', 'KZ-L'])));
    expect(await model.read(filter)).toEqual([2024]);
    expect(projects(model)).toEqual(['社会保险经办审计经费', '线路租赁费']);
    expect([model.hasMore(), model.empty()]).toEqual([false, false]);
  });
  it('grows by a page at a time', async () => {
    const ask = jest.fn().mockResolvedValueOnce(page(['KZ-A'], 'next')).mockResolvedValueOnce(page(['KZ-L']));
    const model = new TargetTablesModel(ask);
    await model.read(filter);
    await model.more();
    expect(ask).toHaveBeenLastCalledWith({ ...filter, cursor: 'next' });
    expect(projects(model)).toHaveLength(2);
    await model.more();
    expect(ask).toHaveBeenCalledTimes(2);
  });
  it('keeps what it shows when more is refused, and forgets the pages of another year', async () => {
    const ask = jest.fn<Promise<Answer<TargetTableList>>, []>().mockResolvedValueOnce(page(['KZ-A'], 'next')).mockResolvedValueOnce(refused(aRefusal('house.not-ready', 503))).mockResolvedValueOnce(page([]));
    const model = new TargetTablesModel(ask);
    await model.read(filter);
    await model.more();
    expect([projects(model).length, model.problem()?.code, model.hasMore()]).toEqual([1, 'house.not-ready', true]);
    await model.read({ ...filter, fiscalYear: 2023 });
    expect([model.empty(), model.problem()]).toEqual([true, null]);
  });
});

describe('a quarter of the list', () => {
  it.each([['DRAFT', 'entry'], ['RETURNED', 'entry'], ['SUBMITTED', 'review'], ['SIGNED', 'review']] as const)('in state %s leads to its %s', (state, where) =>
    expect(quarterLink({ id: '7' as never, state })).toBe(`/reports/7/${where}`));
  it('has a word up to the fourth', () => expect([quarterKey(1), quarterKey(4), quarterKey(5), quarterKey(0)]).toEqual(['quarter1', 'quarter4', null, null]));
});
