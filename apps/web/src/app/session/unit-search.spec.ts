import type { UnitList, UnitView } from '@jiheng/contract';
import type { UnitAsk } from '../api/people-api';
import { type Answer, answered, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { UnitSearch } from './unit-search';

const unit = (code: string, name: string): UnitView => ({ id: `id-${code}` as UnitView['id'], code, name, kind: 'UNIT', parentId: null });
const UNITS = [unit('652324', '玛纳斯县社会保险中心'), unit('653001', '克州社会保险中心'), unit('652325', '奇台县就业服务中心')];

/** A house that answers at most two units at a time. */
function house() {
  const asked: UnitAsk[] = [];
  const answer = async (ask: UnitAsk): Promise<Answer<UnitList>> => {
    asked.push(ask);
    const found = UNITS.filter((one) => (ask.id === undefined || one.id === ask.id) && (ask.q === undefined || `${one.name} ${one.code}`.includes(ask.q)));
    return answered({ units: found.slice(0, 2), more: found.length > 2 });
  };
  return { asked, search: new UnitSearch((ask) => answer(ask), () => ({ kind: 'UNIT', open: '1' }), 5) };
}
const names = (search: UnitSearch) => search.options().map((one) => one.name);

describe('finding one of very many units', () => {
  it('shows the first ones and says that there are more', async () => {
    const { search, asked } = house();
    await search.find('');
    expect([names(search), search.more()]).toEqual([['玛纳斯县社会保险中心', '克州社会保险中心'], true]);
    expect(asked).toEqual([{ kind: 'UNIT', open: '1' }]);
  });
  it('asks once when somebody stops typing, for the last words', async () => {
    const { search, asked } = house();
    for (const text of ['就', '就业', ' 就业服务 ']) search.typed(text);
    await new Promise((done) => setTimeout(done, 40));
    expect([asked.map((ask) => ask.q), names(search), search.more()]).toEqual([['就业服务'], ['奇台县就业服务中心'], false]);
  });
  it('keeps the chosen one among the options whatever is found next', async () => {
    const { search } = house();
    await search.find('奇台');
    expect((await search.choose('id-652325'))?.name).toBe('奇台县就业服务中心');
    await search.find('社会保险');
    expect(names(search)).toEqual(['奇台县就业服务中心', '玛纳斯县社会保险中心', '克州社会保险中心']);
    await search.choose(null);
    expect(names(search)).toEqual(['玛纳斯县社会保险中心', '克州社会保险中心']);
  });
  it('learns the name of a unit that was chosen elsewhere', async () => {
    const { search, asked } = house();
    expect((await search.choose('id-653001'))?.name).toBe('克州社会保险中心');
    expect([asked, names(search)]).toEqual([[{ id: 'id-653001' }], ['克州社会保险中心']]);
    expect(await search.choose('id-of-nobody')).toBeNull();
  });
  it('does not let the name that comes late stand for the choice that was made since', async () => {
    const { search } = house();
    const late = search.choose('id-653001');
    await search.choose(null);
    await late;
    expect(names(search)).toEqual([]);
  });
  it('keeps what was found, and says why, when the server refuses', async () => {
    let away = false;
    const search = new UnitSearch(async () => (away ? refused(aRefusal('house.not-ready')) : answered({ units: UNITS, more: false })), () => ({}), 5);
    await search.find('');
    away = true;
    await search.find('社');
    expect([names(search).length, search.problem()?.code]).toEqual([3, 'house.not-ready']);
  });
});
