import type { PersonView, UnitView } from '@jiheng/contract';
import { answered, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { aPerson } from '../session/testing/a-session';
import { PeopleModel, type PeopleDoor } from './people-model';
import { PersonDraft } from './person-draft';
import { unitLines } from './unit-draft';

const unit = (n: string, code: string, parent: string | null = null): UnitView => ({ id: n as UnitView['id'], code, name: `单位${n}`, kind: 'UNIT', parentId: parent as UnitView['parentId'] });
const units = [unit('c', '03', 'a'), unit('a', '01'), unit('b', '02', 'a'), unit('x', '00', 'unseen')];

function house(more: Partial<PeopleDoor> = {}) {
  const person = aPerson('reporter');
  const door = {
    people: jest.fn().mockResolvedValue(answered({ people: [person], more: false, vacant: ['reviewer', 'manager', 'department', 'finance'] })), units: jest.fn().mockResolvedValue(answered({ units, more: false })),
    create: jest.fn().mockResolvedValue(answered({ person, oneTimePassword: 'k7-yu-2f' })), change: jest.fn().mockResolvedValue(answered(person)),
    resetPassword: jest.fn().mockResolvedValue(answered({ person, oneTimePassword: 'p3-qa-9d' })), createUnit: jest.fn().mockResolvedValue(answered(units[1])), changeUnit: jest.fn().mockResolvedValue(answered(units[1])),
    closeUnit: jest.fn().mockResolvedValue(answered(units[1])), reopenUnit: jest.fn().mockResolvedValue(answered(units[1])),
    unitHistory: jest.fn().mockResolvedValue(answered({ entries: [] })), ...more,
  };
  return { model: new PeopleModel(door), door, person };
}

describe('the tree of units', () => {
  it('stands each unit below the one above it, by code', () => {
    expect(unitLines(units).map((line) => [line.unit.id, line.depth])).toEqual([['x', 0], ['a', 0], ['b', 1], ['c', 1]]);
  });
  it('keeps every unit of a long chain and of a wide county once', () => {
    const county = [unit('top', '0'), ...Array.from({ length: 3_000 }, (_, n) => unit(`u${n}`, String(n).padStart(5, '0'), n % 3 === 0 ? 'top' : `u${n - 1}`))];
    const lines = unitLines([...county].reverse());
    expect([lines.length, new Set(lines.map((line) => line.unit.id)).size, Math.max(...lines.map((line) => line.depth))]).toEqual([3_001, 3_001, 3]);
  });
});

describe('a person being written', () => {
  it('needs a name, an account of the right shape and a role with its unit', () => {
    const draft = new PersonDraft(null);
    expect([draft.nameMissing(), draft.check(), draft.nameMissing(), draft.loginWrong(), draft.rolesMissing()]).toEqual([false, false, true, true, true]);
    draft.displayName.set('审核人乙');
    draft.login.set('shenhe.2');
    draft.changeRole(0, { role: 'reviewer', unitId: 'a' });
    expect(draft.check()).toBe(true);
  });
  it('gets the unit of the last role for the next one', () => {
    const draft = new PersonDraft(null, 'a');
    draft.addRole();
    expect(draft.roles()).toEqual([{ role: 'reporter', unitId: 'a' }, { role: 'reporter', unitId: 'a' }]);
    draft.removeRole(0);
    expect(draft.roles()).toHaveLength(1);
  });
  it('may be left without a role once they exist', () => {
    const draft = new PersonDraft(aPerson('reporter'));
    draft.removeRole(0);
    expect(draft.check()).toBe(true);
  });
});

describe('people and units', () => {
  it('show the one-time password of a new person once', async () => {
    const { model, door } = house();
    await model.read();
    model.add();
    const draft = model.person();
    draft?.displayName.set('填报人丙');
    draft?.login.set('tianbao.3');
    draft?.changeRole(0, { unitId: 'b' });
    await model.savePerson();
    expect(door.create).toHaveBeenCalledWith({ login: 'tianbao.3', displayName: '填报人丙', roles: [{ role: 'reporter', unitId: 'b' }] });
    expect([model.oneTime()?.oneTimePassword, model.person(), model.savedName()?.name]).toEqual(['k7-yu-2f', null, '填报人丙']);
  });
  it('keep what was written when the server refuses', async () => {
    const { model } = house({ change: jest.fn().mockResolvedValue(refused(aRefusal('house.last-administrator'))) });
    await model.read();
    model.edit(model.people()[0] as PersonView);
    model.person()?.displayName.set('新名字');
    await model.savePerson();
    expect([model.problem()?.code, model.person()?.displayName(), model.busy()]).toEqual(['house.last-administrator', '新名字', false]);
  });
  it('give a forgotten password anew', async () => {
    const { model, person, door } = house();
    await model.resetPassword(person);
    expect(door.resetPassword).toHaveBeenCalledWith(person.id);
    expect(model.oneTime()?.oneTimePassword).toBe('p3-qa-9d');
  });
  it('add a unit below another and read the tree again', async () => {
    const { model, door } = house();
    await model.read();
    model.addUnit();
    await model.saveUnit();
    expect(door.createUnit).not.toHaveBeenCalled();
    model.unit()?.name.set('玛纳斯县社会保险中心');
    model.unit()?.code.set('652324');
    model.unit()?.parentId.set('a' as UnitView['id']);
    await model.saveUnit();
    expect(door.createUnit).toHaveBeenCalledWith({ code: '652324', name: '玛纳斯县社会保险中心', kind: 'UNIT', parentId: 'a', regionCode: null });
    expect(door.units).toHaveBeenCalledTimes(2);
  });
});

describe('a unit that changes', () => {
  it('is sent whole with its reason, begins as it is, and needs a region code of digits', async () => {
    const { model, door } = house();
    await model.read();
    model.editUnit({ ...(units[1] as UnitView), regionCode: '6530' });
    expect([model.unit()?.name(), model.unit()?.regionCode()]).toEqual(['单位a', '6530']);
    model.unit()?.regionCode.set('65a');
    await model.saveUnit();
    expect(model.unit()?.regionWrong()).toBe(true);
    expect(door.changeUnit).not.toHaveBeenCalled();
    model.unit()?.regionCode.set('653001');
    model.unit()?.reason.set('区划调整');
    await model.saveUnit();
    expect(door.changeUnit).toHaveBeenCalledWith('a', { code: '01', name: '单位a', kind: 'UNIT', parentId: null, regionCode: '653001', reason: '区划调整' });
    expect(model.savedName()).toEqual({ kind: 'unitChanged', name: '单位a' });
  });
  it('is closed with a reason and not without, and opened again the same way', async () => {
    const { model, door } = house();
    await model.read();
    expect([await model.turnUnit(units[1] as UnitView, ' '), model.reasonMissing()]).toEqual([false, true]);
    expect(await model.turnUnit(units[1] as UnitView, '撤并')).toBe(true);
    expect(door.closeUnit).toHaveBeenCalledWith('a', '撤并');
    expect(await model.turnUnit({ ...(units[1] as UnitView), closedAt: '2024-11-01T00:00:00Z' }, '恢复')).toBe(true);
    expect(door.reopenUnit).toHaveBeenCalledWith('a', '恢复');
    expect(model.reasonMissing()).toBe(false);
  });
  it('opens its history, and closes it by the same button', async () => {
    const { model, door } = house();
    await model.showHistory(units[1] as UnitView);
    expect([model.historyOf()?.id, model.history.value()]).toEqual(['a', { entries: [] }]);
    await model.showHistory(units[1] as UnitView);
    expect(model.historyOf()).toBeNull();
    expect(door.unitHistory).toHaveBeenCalledTimes(1);
  });
});

describe('posts nobody holds', () => {
  it('are those the server names of everybody, not of the page that is shown', async () => {
    const { model } = house();
    expect(model.vacant()).toEqual([]);
    await model.read();
    expect(model.vacant()).toEqual(['reviewer', 'manager', 'department', 'finance']);
  });
});

describe('more people than a page holds', () => {
  const many = (from: number, to: number): PersonView[] => Array.from({ length: to - from }, (_, n) => ({ ...aPerson('reporter'), id: `p${from + n}` as PersonView['id'], login: `p${String(from + n).padStart(4, '0')}` }));
  /** 250 people, a hundred a page. */
  const county = () => {
    const all = many(0, 250);
    return house({ people: jest.fn().mockImplementation(async ({ q, after }: { q?: string; after?: string }) => {
      const left = all.filter((one) => (q === undefined || one.login.includes(q)) && (after === undefined || one.login > after));
      return answered({ people: left.slice(0, 100), more: left.length > 100, vacant: [] });
    }) });
  };

  it('come a page at a time, and stay as far as they were shown when one of them is changed', async () => {
    const { model, door } = county();
    await model.read();
    expect([model.people().length, model.peopleList.more()]).toEqual([100, true]);
    await model.peopleList.next();
    await model.peopleList.next();
    expect([model.people().length, model.peopleList.more(), new Set(model.people().map((one) => one.id)).size]).toEqual([250, false, 250]);
    model.edit(model.people()[240] as PersonView);
    await model.savePerson();
    expect(model.people()).toHaveLength(250);
    expect(door.people).toHaveBeenCalledTimes(6);
  });
  it('are found by what is typed, and are all there again when it is taken away', async () => {
    const { model } = county();
    await model.read();
    await model.peopleList.find(' p0249 ');
    expect(model.people().map((one) => one.login)).toEqual(['p0249']);
    await model.peopleList.find('');
    expect(model.people()).toHaveLength(100);
  });
  it('stay on the screen when the next page is refused', async () => {
    const { model, door } = county();
    await model.read();
    jest.mocked(door.people).mockResolvedValueOnce(refused(aRefusal('house.not-ready')));
    await model.peopleList.next();
    expect([model.people().length, model.readProblem()?.code]).toEqual([100, 'house.not-ready']);
  });
});

describe('units that change', () => {
  it('are told to whoever else shows them', async () => {
    const told = jest.fn().mockResolvedValue(undefined);
    const { door } = house();
    const model = new PeopleModel(door, told);
    await model.read();
    expect(told).not.toHaveBeenCalled();
    await model.turnUnit(units[1] as UnitView, '撤并');
    expect(told).toHaveBeenCalledTimes(1);
  });
});
