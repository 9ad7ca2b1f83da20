import { readDocument } from '@jiheng/documents';
import { LAYOUTS, makeCorpus } from '../corpus/make-documents';
import { FIELDS, type Field, judge, type Judged } from './measure';
import { readPublished } from './published-documents';
import { byField, meanConfidence, shareOf } from './tally';

/** Hundredths that must come back right in this slice; a field that gets worse is seen here before somebody's import is. */
const FLOORS: Readonly<Record<Field, number>> = {
  table: 100, row: 99.5, form: 100, year: 100, 'unit of table': 98, project: 99.5, goal: 98, money: 98, level1: 98.5, level2: 98.5, name: 98.5, comparator: 99.5, magnitude: 99.5, unit: 99, text: 99.5, direction: 99.5,
  weight: 98.5, basis: 98, previous: 97, rule: 99.5, evidence: 98, actual: 99.5, points: 99, deviation: 98, causes: 95, likelihood: 93,
};

async function readAll(count: number, seed: number): Promise<Judged[]> {
  const judged: Judged[] = [];
  for await (const document of makeCorpus(count, seed)) {
    const read = await readDocument(document.bytes, document.file);
    judged.push(...judge(document, read.ok ? read.value : null));
  }
  return judged;
}

describe('a slice of the corpus, three documents of each of twenty-two layouts', () => {
  let judged: Judged[];
  beforeAll(async () => {
    judged = await readAll(3, 7);
  });

  it.each(FIELDS.map((field) => [field, FLOORS[field]] as const))('%s comes back right in at least %s of a hundred', (field, floor) => {
    const { right, all } = shareOf(byField(judged).get(field) ?? []);
    expect(all).toBeGreaterThan(0);
    expect((right * 100) / all).toBeGreaterThanOrEqual(floor);
  });

  it('is unsure of what it gets wrong: wrong cells have less confidence than right ones', () => {
    const right = meanConfidence(judged.filter(({ isRight }) => isRight)) ?? 0;
    const wrong = meanConfidence(judged.filter(({ isRight }) => !isRight)) ?? 0;
    expect(right).toBeGreaterThan(95);
    expect(wrong).toBeLessThan(right - 4);
  });

  it('is right in 99 of 100 cells that it tells with 0.95 and more', () => {
    const sure = judged.filter(({ confidence }) => confidence !== null && confidence >= 95);
    const { right, all } = shareOf(sure);
    expect(all).toBeGreaterThan(1000);
    expect((right * 100) / all).toBeGreaterThanOrEqual(99);
  });
});

describe('the corpus', () => {
  it('is the same for the same seed, other for another', async () => {
    const said = async (seed: number): Promise<string[]> => {
      const names: string[] = [];
      for await (const { tables } of makeCorpus(1, seed, LAYOUTS.slice(4, 8))) names.push(...tables.flatMap(({ table }) => table.rows.map((row) => `${row.name} ${row.target.magnitude ?? row.target.text ?? ''} ${row.weight}`)));
      return names;
    };
    expect(await said(7)).toEqual(await said(7));
    expect(await said(8)).not.toEqual(await said(7));
  });
});

describe('published documents', () => {
  it('are compared only where they lie: a folder without them is none', async () => {
    expect(await readPublished(__dirname)).toBeNull();
  });
});
