import fc from 'fast-check';
import { NO_MEASURES, type RollUpCounts, type RollUpDocument, addMeasures, meanOf, measuresOf, measuresOfUnit, recount, recountMarked } from './roll-up';

const money = fc.integer({ min: 0, max: 200_000 }).map((cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`);
const UNITS = ['省', '甲市', '乙市', '甲一县', '甲二县', '乙一县', '单位1', '单位2', '单位3', '单位4', '单位5'];
const tree = new Map<string, string | null>([
  ['省', null], ['甲市', '省'], ['乙市', '省'], ['甲一县', '甲市'], ['甲二县', '甲市'], ['乙一县', '乙市'], ['单位1', '甲一县'], ['单位2', '甲一县'], ['单位3', '甲二县'], ['单位4', '乙一县'], ['单位5', '乙市'],
]);
const documents: fc.Arbitrary<RollUpDocument> = fc.record({
  unitId: fc.constantFrom(...UNITS), subject: fc.constantFrom('UNIT', 'PROJECT', 'PROJECT'), stage: fc.constantFrom('UNOPENED', 'ENTERING', 'SUBMITTED', 'REVIEWED', 'SIGNED', 'RETURNED'), budget: money,
  executionBudget: fc.option(money, { nil: null }), executed: fc.option(money, { nil: null }), months: fc.constantFrom(3, 6, 9, 12),
  score: fc.option(fc.record({ points: fc.option(money, { nil: null }), weight: fc.constantFrom('90', '100'), rating: fc.constantFrom(null, '优', '良', '中', '差') }), { nil: null }),
});

/** Objects instead of maps: jest compares maps by every pair of their entries. */
const plain = ({ own, all }: RollUpCounts): unknown => ({ own: Object.fromEntries(own), all: Object.fromEntries(all) });

describe('a roll-up', () => {
  it('kept up by marks is the recount of everything, after any changes in any order', () => {
    fc.assert(fc.property(fc.array(documents, { maxLength: 12 }), fc.array(fc.array(fc.tuple(fc.nat(), fc.option(documents, { nil: null })), { minLength: 1, maxLength: 3 }), { maxLength: 8 }), (start, steps) => {
      let now = [...start];
      let counts = recount(tree, now);
      for (const step of steps) {
        const marked = new Set<string>();
        for (const [at, made] of step) {
          // A document comes, goes, or becomes another; both units are marked, as the database's triggers do.
          const index = now.length === 0 ? 0 : at % (now.length + 1);
          const before = now[index];
          if (before !== undefined) marked.add(before.unitId);
          if (made !== null) marked.add(made.unitId);
          now = [...now.slice(0, index), ...(made === null ? [] : [made]), ...now.slice(index + 1)];
        }
        counts = recountMarked(tree, counts, marked, now.filter((document) => marked.has(document.unitId)));
        expect(plain(counts)).toEqual(plain(recount(tree, now)));
      }
    }), { numRuns: 300 });
  });

  it('adds up the same whatever is added first, and nothing changes nothing', () => {
    fc.assert(fc.property(documents, documents, documents, (a, b, c) => {
      const [x, y, z] = [measuresOf(a), measuresOf(b), measuresOf(c)];
      expect(addMeasures(addMeasures(x, y), z)).toEqual(addMeasures(x, addMeasures(z, y)));
      expect(addMeasures(x, NO_MEASURES)).toEqual(x);
    }));
  });

  it('weighs 81 of 90 points with 300 万元 three times as much as 45 of 90 with 100', () => {
    const one = (budget: string, points: string): RollUpDocument => ({ unitId: '单位1', subject: 'PROJECT', stage: 'SIGNED', budget, executionBudget: budget, executed: budget, months: 12, score: { points, weight: '90', rating: null } });
    const measures = [one('300', '81'), one('100', '45')].map(measuresOf).reduce(addMeasures);
    expect([meanOf(measures, true), meanOf(measures, false)]).toEqual(['80.00', '70.00']);
    expect(meanOf(NO_MEASURES, true)).toBeNull();
  });

  it('counts every yuan once: a whole unit of 1000 万元 with projects of 300 and 100 is 1000, and its own points weigh with the 600 its projects leave', () => {
    const one = (subject: 'UNIT' | 'PROJECT', budget: string, executed: string | null, points: string): RollUpDocument => ({
      unitId: '单位1', subject, stage: 'SIGNED', budget, executionBudget: budget, executed, months: 12, score: { points, weight: '90', rating: null },
    });
    const projects = [one('PROJECT', '300', '240', '81'), one('PROJECT', '100', '100', '45')];
    const unit = measuresOfUnit([one('UNIT', '1000', '900', '72'), ...projects]);
    expect(unit).toMatchObject({ tables: 3, scored: 3, budget: '1000', executed: '900', budgetWeight: '90000' });
    // (300 · 90 + 100 · 50 + 600 · 80) ÷ 1000
    expect([meanOf(unit, true), meanOf(unit, false)]).toEqual(['80.00', '73.33']);
    // Without a table of the whole: the sum of the projects. Nothing spent yet on the whole: what the projects have spent.
    expect(measuresOfUnit(projects)).toMatchObject({ budget: '400', executed: '340' });
    expect(measuresOfUnit([one('UNIT', '1000', null, '72'), ...projects])).toMatchObject({ budget: '1000', executed: '340' });
    // Projects as large as the whole, and larger: nothing is left for the whole to weigh.
    expect([one('UNIT', '400.01', null, '72'), one('UNIT', '400', null, '72'), one('UNIT', '399.99', null, '72')].map((whole) => {
      const { budget, budgetWeight } = measuresOfUnit([whole, ...projects]);
      return [budget, budgetWeight];
    })).toEqual([['400.01', '36000.9'], ['400', '36000'], ['400', '36000']]);
  });

  it('lights a table by its money: 59.99 % of what should be spent is red, 60 yellow, 80 green, more than the budget red', () => {
    const light = (executed: string): string => {
      const { red, yellow, green, unlit } = measuresOf({ unitId: '单位1', subject: 'PROJECT', stage: 'ENTERING', budget: '100', executionBudget: '100', executed, months: 12, score: null });
      return `${red}${yellow}${green}${unlit}`;
    };
    expect(['59.99', '60', '79.99', '80', '100', '100.01'].map(light)).toEqual(['1000', '0100', '0100', '0010', '0010', '1000']);
  });
});
