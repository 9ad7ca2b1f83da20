import { answered, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { RollUpModel, handedIn, percentOfCount } from './roll-up-model';
import { aLine, aRollUp, outstanding, periods, someMeasures } from './testing/a-roll-up';

const PLACE = { unitId: null, fiscalYear: 2024, periodOrdinal: 4 };

function aModel(view = aRollUp()): RollUpModel {
  return new RollUpModel({ view: async () => answered(view), outstanding: async () => answered(outstanding()), periods: async () => answered(periods()) });
}

describe('the model of the roll-up', () => {
  it('begins with the latest quarter that was opened, and with the year where there are no quarters', async () => {
    const model = aModel();
    expect(model.latest()).toBeNull();
    await model.openYear(2024);
    expect(model.latest()).toBe(4);
    const without = new RollUpModel({ view: async () => answered(aRollUp()), outstanding: async () => answered(outstanding()), periods: async () => refused(aRefusal('house.not-found')) });
    await without.openYear(2023);
    expect(without.latest()).toBe(0);
  });

  it('puts the late on top, then sorts by what is asked, and back by asking again', async () => {
    const model = aModel();
    await model.read(PLACE);
    const names = (): string[] => model.lines().map((line) => line.name);
    expect(names()).toEqual(['自治州财政局', '玛纳斯县财政局']);
    model.sortBy('code');
    expect(names()).toEqual(['玛纳斯县财政局', '自治州财政局']);
    model.sortBy('mean');
    expect(names()).toEqual(['玛纳斯县财政局', '自治州财政局']);
    model.sortBy('mean');
    expect(names()).toEqual(['自治州财政局', '玛纳斯县财政局']);
  });

  it('compares shares and points exactly: 9.50 is below 10.00, and what nobody scored is below both', async () => {
    const model = aModel(aRollUp({ below: [aLine('1', '甲', 0, { weightedMean: '9.50' }), aLine('2', '乙', 0, { weightedMean: '10.00' }), aLine('3', '丙', 0, { weightedMean: null, tables: 0, stages: { entering: 0, submitted: 0, reviewed: 0, signed: 0, returned: 0 } })] }));
    await model.read(PLACE);
    model.sortBy('mean');
    expect(model.lines().map((line) => line.name)).toEqual(['乙', '甲', '丙']);
    model.sortBy('handedIn');
    expect(model.lines().at(-1)?.name).toBe('丙');
  });

  it('keeps those that are late, those with a document at a stage, those whose name is looked for', async () => {
    const model = aModel();
    await model.read(PLACE);
    model.kept.set('LATE');
    expect(model.lines().map((line) => line.name)).toEqual(['自治州财政局']);
    model.kept.set('reviewed');
    expect(model.lines()).toEqual([]);
    model.kept.set('ALL');
    model.sought.set(' 6523 ');
    expect(model.lines().map((line) => line.name)).toEqual(['玛纳斯县财政局']);
  });

  it('says 100 % only when it is all: 999 of 1,000 are 99', () => {
    expect([percentOfCount(999, 1000), percentOfCount(1000, 1000), percentOfCount(0, 0)]).toEqual([99, 100, 0]);
    expect(handedIn(someMeasures())).toBe(1);
  });
});
