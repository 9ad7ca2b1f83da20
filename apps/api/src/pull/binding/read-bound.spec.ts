import type { Indicator } from '@jiheng/domain';
import { theRow } from '@jiheng/domain/testing';
import type { Binding } from './binding';
import { heardOf, landingsOf, sourceKeyOf } from './landing';
import { isSilent, readBound, verbatimOf } from './read-bound';

const insured = theRow('KZ-U6');
const coverage = theRow('KZ-U1');
const bind = (over: Partial<Binding>): Binding => ({ indicatorKey: 'KZ-U6', field: '', unit: '', formula: '', numeratorField: '', denominatorField: '', ...over });
const read = (binding: Partial<Binding>, said: { value?: string; numerator?: string; denominator?: string }, row: Indicator = insured) => {
  const list = (one: string | undefined): readonly string[] => (one === undefined ? [] : [one]);
  const result = readBound(bind(binding), { value: list(said.value), numerator: list(said.numerator), denominator: list(said.denominator) }, row);
  return result.ok ? result.value : result.refusal.code;
};

describe('a value by its binding', () => {
  it('without a formula it is what the source wrote, in the unit of the row', () => {
    expect(read({ field: 'a', unit: '人' }, { value: '264000' })).toEqual({ kind: 'REPORTED', magnitude: '26.4', unit: '万人' });
  });
  it('a formula computes exactly in the unit of the binding', () => {
    expect(read({ field: 'a', unit: '万人', formula: 'value / 10000' }, { value: '264000' })).toEqual({ kind: 'REPORTED', magnitude: '26.4', unit: '万人' });
    expect(read({ field: 'a', unit: '人', formula: '数值 + 0.1 + 0.2' }, { value: '263999.7' })).toEqual({ kind: 'REPORTED', magnitude: '26.4', unit: '万人' });
    // The source counts 万人, the binding persons.
    expect(read({ field: 'a', unit: '人', formula: 'value * 2' }, { value: '13.2万人' })).toEqual({ kind: 'REPORTED', magnitude: '26.4', unit: '万人' });
  });
  it('two parts make a percentage and stay beside it', () => {
    const parts = { numeratorField: 'n', denominatorField: 'd' };
    expect(read(parts, { numerator: '252384', denominator: '264000' }, coverage)).toEqual({ kind: 'REPORTED', magnitude: '95.6', unit: '%', numerator: '252384', denominator: '264000' });
    expect(read(parts, { numerator: '25.2384万人', denominator: '264000人' }, coverage)).toMatchObject({ magnitude: '95.6', numerator: '252384', denominator: '264000' });
    expect(read({ ...parts, formula: 'round(分子 / 分母 * 100, 1)' }, { numerator: '2', denominator: '3' }, coverage)).toMatchObject({ magnitude: '66.7', unit: '%' });
    expect(read(parts, { numerator: '1', denominator: '0.0' }, coverage)).toBe('pull.formula-by-zero');
    expect(read(parts, { numerator: '1' }, coverage)).toBe('pull.field-absent');
    // Money over households is no coverage, and a number over a rate is none either; a bare part is counted like the other one.
    expect(read(parts, { numerator: '95万元', denominator: '100万户' }, coverage)).toBe('quantity.unit-mismatch');
    expect(read(parts, { numerator: '26.4万人', denominator: '95%' }, coverage)).toBe('quantity.unit-mismatch');
    expect(read(parts, { numerator: '25.2384万人', denominator: '264000' }, coverage)).toMatchObject({ magnitude: '95.6' });
    expect(read({ ...parts, formula: '分子 / 分母 * 100' }, { numerator: '95元', denominator: '100户' }, coverage)).toMatchObject({ magnitude: '95', unit: '%' });
  });
  it('refuses what it cannot know', () => {
    expect(read({ field: 'a', formula: 'value + numerator' }, { value: '1' })).toBe('pull.formula-lacks');
    expect(read({ field: 'a', formula: 'value' }, { value: '很多' })).toMatch(/^quantity\./u);
    const said = { value: ['1', '2'], numerator: [], denominator: [] };
    expect(readBound(bind({ field: 'a' }), said, insured)).toMatchObject({ refusal: { code: 'pull.ambiguous' } });
    expect(verbatimOf(said)).toBe('1 | 2');
    // One county has not reported yet: the other one is not the whole.
    const [heard] = heardOf([bind({ field: 'a' })], [{ key: 'a', verbatim: '' }, { key: 'a', verbatim: '6.44' }]);
    expect([heard?.said.value, verbatimOf(heard?.said ?? said)]).toEqual([['', '6.44'], '（空） | 6.44']);
    expect(readBound(bind({ field: 'a' }), heard?.said ?? said, insured)).toMatchObject({ refusal: { code: 'pull.ambiguous', params: { field: 'a', rows: '2', verbatim: '（空） | 6.44' } } });
    const [none] = heardOf([bind({ field: 'a' })], [{ key: 'a', verbatim: '' }, { key: 'a', verbatim: '' }]);
    expect(isSilent(none?.said ?? said)).toBe(true);
    // Two counties of a hundred each are two hundred, or one that was listed twice: nobody can tell.
    expect(readBound(bind({ field: 'a' }), { value: ['100', '100'], numerator: [], denominator: [] }, insured)).toMatchObject({ refusal: { code: 'pull.ambiguous', params: { field: 'a', rows: '2', verbatim: '100 | 100' } } });
    expect(readBound(bind({ numeratorField: 'n', denominatorField: 'd' }), { value: [], numerator: ['1'], denominator: ['2', '2'] }, coverage)).toMatchObject({ refusal: { code: 'pull.ambiguous', params: { field: 'd' } } });
    expect(verbatimOf({ value: Array.from({ length: 50_000 }, () => '100'), numerator: [], denominator: [] })).toBe('100 | 100 | 100 | 100 | 100 | … (50000)');
    expect(isSilent(said)).toBe(false);
  });
  it('walks over 2,000 rows of one key a few times and not 2,000 times, and keeps of their text what a row may hold', () => {
    const place = { reportId: 'r', reportState: 'DRAFT', tableId: 't', indicatorId: 'i', indicator: insured } as const;
    const rows = Array.from({ length: 2000 }, (_, at) => ({ key: 'a', verbatim: String(at), row: `{"key":"a","value":${at},"note":"${'x'.repeat(100)}"}` }));
    const own = Array.prototype[Symbol.iterator];
    let walked = 0;
    const spy = jest.spyOn(Array.prototype, Symbol.iterator).mockImplementation(function walk(this: unknown[]) { walked += this.length; return own.call(this) as ReturnType<typeof own>; });
    let landings: ReturnType<typeof landingsOf>;
    try { landings = landingsOf([bind({ field: 'a' })], [place], rows); } finally { spy.mockRestore(); }
    expect(walked).toBeLessThan(20 * 2000);
    expect(landings[0]?.said.value).toHaveLength(2000);
    const all = rows.map((row) => row.row).join('\n');
    expect(landings[0]?.rowText).toBe(`${all.slice(0, 4000)}… (+${all.length - 4000})`);
  });
  it('lands on the rows of the period with the source rows it came from', () => {
    const place = { reportId: 'r', reportState: 'DRAFT', tableId: 't', indicatorId: 'i', indicator: insured } as const;
    const [landing, ...more] = landingsOf([bind({ field: 'a', numeratorField: 'n', denominatorField: 'd' }), bind({ indicatorKey: 'other', field: 'a' })], [place],
      [{ key: 'a', verbatim: '1', row: '{"key":"a","value":1}' }, { key: 'a', verbatim: '1', file: '二月.csv' }, { key: 'n', verbatim: '2', file: '二月.csv' }]);
    expect(more).toEqual([]);
    // Two rows of a key are two, although they say the same.
    expect(landing?.said).toEqual({ value: ['1', '1'], numerator: ['2'], denominator: [] });
    expect(landing?.rowText).toBe('{"key":"a","value":1}\na\t1\nn\t2');
    expect(landing?.files).toEqual(['二月.csv']);
    expect(landing && sourceKeyOf(landing)).toBe('a; n / d → t → KZ-U6');
  });
});
