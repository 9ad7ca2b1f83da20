import fc from 'fast-check';
import { fromScaled } from '../scaled';
import { type ComparedScore, compareScores, joinComparisons } from './compare-scores';

const earned = fc.record({ points: fc.option(fc.integer({ min: 0, max: 10_000 }).map((n) => fromScaled(n, 2)), { freq: 8 }), rating: fc.constantFrom('优', '良', '中', '差', null) });
const documents: fc.Arbitrary<ComparedScore<number>[]> = fc.array(fc.record({ document: fc.nat(), rated: fc.boolean(), before: earned, after: earned }), { maxLength: 40 });

describe('a comparison of scores', () => {
  it('names the largest moves first, and those without points on one side before all', () => {
    const score = (points: string | null, rating: string | null = null) => ({ points, rating });
    const found = compareScores([
      { document: 'KZ-A', rated: true, before: score('94.19', '优'), after: score('90.94', '优') }, { document: 'MN-G', rated: true, before: score('91.30', '优'), after: score('86.05', '良') },
      { document: 'KZ-L', rated: true, before: score('88.00', '良'), after: score('88.00', '良') }, { document: 'MN-B', rated: true, before: score('80.00', '良'), after: score(null) },
    ], 2);
    expect(found.changed).toBe(3);
    expect(found.ratings).toEqual([{ from: '优', to: '优', count: 1 }, { from: '优', to: '良', count: 1 }, { from: '良', to: '良', count: 1 }, { from: '良', to: null, count: 1 }]);
    expect(found.movers.map(({ document, difference }) => [document, difference])).toEqual([['MN-B', null], ['MN-G', '-5.25']]);
  });

  it('made of parts is that of the whole, wherever it is cut', () => {
    fc.assert(fc.property(documents, fc.nat(40), fc.integer({ min: 1, max: 12 }), (all, cut, most) => {
      expect(joinComparisons(compareScores(all.slice(0, cut), most), compareScores(all.slice(cut), most), most)).toEqual(compareScores(all, most));
    }));
  });
});
