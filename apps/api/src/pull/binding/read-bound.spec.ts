import { type Indicator, reconcilePulled, sayRefusal } from '@jiheng/domain';
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
    expect(read(parts, { numerator: '95万元', denominator: '100万户' }, coverage)).toBe('pull.parts-mixed');
    expect(read(parts, { numerator: '26.4万人', denominator: '95%' }, coverage)).toBe('pull.parts-mixed');
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

describe('numerator and denominator', () => {
  const inUnit = (row: Indicator, unit: string | null): Indicator => ({ ...row, target: { ...row.target, unit, magnitude: '90', magnitudeHigh: null } });
  const cost = (unit: string | null): Indicator => inUnit(theRow('KZ-A9'), unit);
  const fields = { numeratorField: 'n', denominatorField: 'd' };
  /** What a binding makes of two parts, as it is told, kept, and taken beside an empty cell. */
  const divide = (row: Indicator, numerator: string, denominator: string, binding: Partial<Binding> = {}): string => {
    const result = readBound(bind({ ...fields, ...binding }), { value: [], numerator: [numerator], denominator: [denominator] }, row);
    if (!result.ok) return result.refusal.code;
    const actual = result.value;
    if (actual.kind !== 'REPORTED') return actual.kind;
    const { outcome, refusal } = reconcilePulled(null, { actual }, row);
    return `${actual.magnitude}${actual.unit ?? ''} of ${actual.numerator ?? '-'}/${actual.denominator ?? '-'} ${refusal?.code ?? outcome}`;
  };
  const rate = (row: Indicator, numerator: string, denominator: string): string => divide(row, numerator, denominator).replace(/ of .*/u, '');

  it('of an amount make one in the unit of the row, whatever unit they are written in', () => {
    for (const [row, n, d, binding] of [
      ['万元', '95万元', '10'], ['万元', '950000元', '10'], ['万元', '95万', '10'], ['万元', '95', '10'], ['万元', '95万元', '10', { unit: '元' }], ['万元', '950000', '10', { unit: '元' }], ['万元', '0.0095亿元', '10', { unit: '千元' }],
      ['万元', '95万元', '10人'], ['万元/人', '95万元', '10人'], ['万元/人', '95万元', '10'], ['万元/人', '950000', '10', { unit: '元/人' }], ['万元/人', '95万元', '0.001万人'], ['万元/人', '95万元/人', '10'],
      ['万元/人', '95万元', '10', { unit: '元/人' }], ['万元/年', '95万元', '10年'], ['万元', '95万元', '10年'], ['万元/人/月', '95万元', '10人月'], ['万元/人/月', '95万元', '10'],
    ] as const) {
      expect([n, d, binding?.unit, divide(cost(row), n, d, binding)]).toEqual([n, d, binding?.unit, `9.5${row} of 95/10 CANDIDATE`]);
    }
    expect(divide(cost('元'), '95万元', '10')).toBe('95000元 of 950000/10 CANDIDATE');
    expect(divide(cost('元/万人'), '95元', '100000人')).toBe('9.5元/万人 of 95/10 CANDIDATE');
    expect(divide(cost('元/万人'), '95元', '10')).toBe('9.5元/万人 of 95/10 CANDIDATE');
    expect(divide(cost('元'), '95万元', '10万')).toBe('9.5元 of 950000/100000 CANDIDATE');
    expect(divide(cost('mg/L'), '95mg', '10L')).toBe('9.5mg/L of 95/10 CANDIDATE');
    // Without an end it is rounded at the tenth decimal, as the result of a formula; what is kept beside it agrees.
    expect(divide(cost('万元'), '1万元', '3')).toBe('0.3333333333万元 of 1/3 CANDIDATE');
    expect(divide(cost('小时'), '2分钟', '3', { unit: '分钟' })).toMatch(/^0\.0111111111\d*小时 of 0\.0333333\d*\/3 CANDIDATE$/u);
    expect(divide(cost('分钟'), '1分钟', '1', { unit: '小时' })).toBe('1分钟 of 1/1 CANDIDATE');
    expect(divide(cost('倍'), '95万元', '19万元')).toBe('5倍 of 950000/190000 CANDIDATE');
    expect(divide(cost('万'), '95万人', '10人')).toBe('9.5万 of 95/10 CANDIDATE');
    expect(divide(cost(null), '95万人', '10人')).toBe('95000 of 950000/10 CANDIDATE');
    expect([divide(cost('人'), '0.095万人', '10人'), divide(cost('人次'), '950人次', '10人'), divide(cost('分'), '950分', '10人')]).toEqual(['95人 of 950/10 CANDIDATE', '95人次 of 950/10 CANDIDATE', '95分 of 950/10 CANDIDATE']);
    expect(divide(cost('万元'), '95万元', '0')).toBe('pull.formula-by-zero');
  });
  it('make no amount that is another than that of the row', () => {
    for (const [row, n, d] of [['万元', '95人', '10'], ['万元', '95万元', '10万元'], ['万元', '95万元', '95%'], ['万元/人', '95万元', '10户'], ['万元/人', '95人', '10人'], ['万元/人', '95万元/人', '10人'], ['倍', '95万元', '19户']] as const) {
      expect([row, n, d, divide(cost(row), n, d)]).toEqual([row, n, d, row === '倍' ? 'pull.parts-mixed' : 'pull.parts-other-kind']);
    }
    const other = readBound(bind(fields), { value: [], numerator: ['95万元'], denominator: ['10户'] }, cost('万元/人'));
    expect(other.ok ? [] : [sayRefusal(other.refusal, 'zh'), sayRefusal(other.refusal, 'en')]).toEqual([
      '分子“95万元”除以分母“10户”，得不出以“万元/人”计的数。请核对两个字段；数值另有换算的，请写公式。',
      'The numerator “95万元” divided by the denominator “10户” makes no value in “万元/人”. Check the two fields; where the value is computed in another way, write a formula.',
    ]);
    expect(divide(cost('万元'), '很多', '10')).toBe('quantity.not-a-number');
    expect(divide(cost('万元'), '95万元', '约10')).toBe('quantity.approximate');
  });
  it('under a formula are kept beside an amount where they make it, and left out where the formula does more', () => {
    expect(divide(cost('万元'), '95万元', '10', { unit: '元', formula: '分子 / 分母' })).toBe('9.5万元 of 95/10 CANDIDATE');
    expect(divide(cost('万元'), '950000', '10', { formula: '分子 / 10000 / 分母' })).toBe('9.5万元 of -/- CANDIDATE');
    expect(divide(cost('万元'), '95万元', '10户', { unit: '元', formula: '分子 - 分母 * 100' })).toBe('94.9万元 of -/- CANDIDATE');
    // A rate that its parts do not make is a slip of the formula: the hundred is forgotten.
    expect(divide(coverage, '252384', '264000', { formula: '分子 / 分母' })).toBe('0.956% of 252384/264000 actual.parts-differ');
  });
  it('of a rate are hundredths or thousandths as the dictionary says, however the unit is spelled', () => {
    for (const unit of ['', '%', '％', '百分之', 'percent', '‰', '千分之']) {
      expect([unit, divide(coverage, '252384', '264000', { unit })]).toEqual([unit, '95.6% of 252384/264000 CANDIDATE']);
      expect([unit, divide(inUnit(coverage, '‰'), '252384', '264000', { unit })]).toEqual([unit, '956‰ of 252384/264000 CANDIDATE']);
    }
    expect(divide(inUnit(coverage, null), '252384', '264000', { unit: '％' })).toBe('95.6% of -/- CANDIDATE');
  });
  it('of a rate are of one kind, or both count people, things or occasions', () => {
    for (const [n, d] of [['95件', '100项'], ['95人次', '100人'], ['0.0095万人次', '100人'], ['95万人', '100万户'], ['95元', '0.01万元'], ['95%', '100%'], ['95', '100户'], ['0.0095万', '100户'], ['95亩', '100亩'], ['95斤', '100斤']] as const) expect([n, d, rate(coverage, n, d)]).toEqual([n, d, '95%']);
    for (const [n, d] of [['95万元', '100户'], ['95人', '100元'], ['95%', '100户'], ['95户', '100%'], ['95公顷', '100亩'], ['95亩', '100公顷'], ['95斤', '100公斤'], ['95艘', '100项'], ['95月', '100天'], ['95人月', '100人'], ['95分', '100个']] as const) expect([n, d, rate(coverage, n, d)]).toEqual([n, d, 'pull.parts-mixed']);
    const mixed = readBound(bind(fields), { value: [], numerator: ['95万元'], denominator: ['100户'] }, coverage);
    expect(mixed.ok ? [] : [sayRefusal(mixed.refusal, 'zh'), sayRefusal(mixed.refusal, 'en')]).toEqual([
      '分子“95万元”与分母“100户”的单位不能互相换算，也不都是人、物或次数，算不出比率（%）。请核对两个字段，或让来源用同一种单位提供；确要相除的，请写公式。',
      'The units of the numerator “95万元” and the denominator “100户” do not convert into each other, nor do both count people, things or occasions, so they make no rate (%). Check the two fields, or have the source give both in one unit; if they are to be divided all the same, write a formula.',
    ]);
  });
});

describe('a formula and a value of another kind', () => {
  const compute = (value: string, unit: string, formula: string, row: Indicator): unknown => { const actual = read({ field: 'a', unit, formula }, { value }, row); return typeof actual === 'string' ? actual : actual.kind === 'REPORTED' ? `${actual.magnitude}${actual.unit ?? ''}` : actual; };
  it('count it as its bare number in base units', () => {
    for (const value of ['26.4万人', '26.4万', '264000人', '264000', '0.00264亿', '264千人', '26.4万艘']) expect([value, compute(value, '%', '数值 / 264000 * 100', coverage)]).toEqual([value, '100%']);
    expect(compute('26.4万元', '万人', '数值 / 10000', insured)).toBe('26.4万人');
    for (const value of ['2吨', '2天', '2年', '2']) expect([value, compute(value, '%', '数值 / 4 * 100', coverage)]).toEqual([value, '50%']);
    expect(compute('26.4万人', '', '数值', { ...insured, target: { ...insured.target, unit: null } })).toBe('264000');
  });
  it('and one of the same kind in the unit of the binding, a bare 万 included', () => {
    expect(compute('26.4万', '万人', '数值', insured)).toBe('26.4万人');
    expect(compute('26.4万', '人', '数值', insured)).toBe('26.4万人');
    expect(compute('26.4万', '千人', '数值', insured)).toBe('26.4万人');
    expect(compute('950‰', '%', '数值', coverage)).toBe('95%');
  });
});
