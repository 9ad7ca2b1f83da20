import fc from 'fast-check';
import { compareDecimal, isDecimalText } from '../decimal';
import { formatQuantity, groupDigits } from './format-quantity';
import { parseQuantity } from './parse-quantity';
import { compareQuantities, convertMagnitude, toBaseMagnitude } from './quantity';
import { aroundStroke, canBeShareOf, countsByTens, findUnit, isCountUnit, KNOWN_UNITS, sameDimension, unitOf, withoutPrefix } from './unit';

/** Decimal texts of up to thirty digits as they are printed. */
const magnitude = fc.tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.option(fc.stringMatching(/^\d{1,9}$/u), { nil: null }))
  .map(([negative, whole, fraction]) => ({ whole, text: `${whole}${fraction === null ? '' : `.${fraction}`}`, negative }))
  .map(({ text, negative }) => (negative && /[1-9]/u.test(text) ? `-${text}` : text));
const symbols = [...KNOWN_UNITS.map((unit) => unit.symbol), '万人次', '万户', '亿人', '元/人/月', '万元/年', '元/人', '次/年'];

describe('units', () => {
  it('know the spellings of the forms', () => {
    expect(findUnit('个月')?.symbol).toBe('月');
    expect(findUnit('％')?.symbol).toBe('%');
    expect(findUnit(' 万 元 ')?.symbol).toBe('万元');
    expect(findUnit('名')?.symbol).toBe('人');
    expect(findUnit('元/月/人')?.symbol).toBe('元/人/月');
    expect(findUnit('元每人每月')?.symbol).toBe('元/人/月');
    expect(findUnit('㎡')?.symbol).toBe('平方米');
    expect(findUnit('万人次')).toMatchObject({ dimension: 'person-time', scale: '10000' });
    expect(findUnit('万%')).toBeNull();
    expect(findUnit('万万元')).toBeNull();
    expect(findUnit('')).toBeNull();
  });
  it('compare only within a dimension', () => {
    expect(sameDimension('万人', '人')).toBe(true);
    expect(sameDimension('人', '人次')).toBe(false);
    expect(sameDimension('万元', '万元/年')).toBe(false);
    expect(sameDimension('月', '年')).toBe(true);
    expect(sameDimension('月', '天')).toBe(false);
    expect(sameDimension('天', '工作日')).toBe(false);
    expect(sameDimension('元/人/月', '元/人/年')).toBe(false);
  });
  it('give an unknown word a dimension of its own', () => {
    expect(unitOf('艘')).toMatchObject({ dimension: '艘', scale: '1' });
    expect(sameDimension('万艘', '艘')).toBe(true);
    expect(sameDimension('艘', '盘')).toBe(false);
  });
  it('know what can be counted', () => {
    for (const unit of ['人', '万人', '次', '条', '月', '艘']) expect(isCountUnit(unit)).toBe(true);
    for (const unit of ['%', '‰', '万元', '元/人', '个百分点']) expect(isCountUnit(unit)).toBe(false);
  });
  it('know what may be a share of what', () => {
    for (const [part, whole] of [['人', '万人'], ['人次', '人'], ['万人次', '户'], ['件', '项'], ['宗', '家'], ['元', '万元'], ['%', '‰'], ['公顷', '平方公里'], ['亩', '万亩'], ['月', '年'], ['艘', '万艘'], ['元/人', '万元/人']] as const) {
      expect([part, whole, canBeShareOf(part, whole), canBeShareOf(whole, part)]).toEqual([part, whole, true, true]);
    }
    for (const [part, whole] of [['元', '户'], ['%', '人'], ['%', '元'], ['公顷', '亩'], ['公里', '条'], ['月', '天'], ['人月', '人'], ['分', '个'], ['倍', '个'], ['度', '户'], ['艘', '项'], ['斤', '公斤'], ['人/年', '人'], ['万', '人']] as const) {
      expect([part, whole, canBeShareOf(part, whole), canBeShareOf(whole, part)]).toEqual([part, whole, false, false]);
    }
    // What is counted one by one can be counted, and is its own base.
    for (const { symbol, scale, isCounted } of KNOWN_UNITS) if (isCounted) expect([symbol, isCountUnit(symbol), scale]).toEqual([symbol, true, '1']);
    expect([unitOf('万人次').isCounted, unitOf('人次/年').isCounted, unitOf('艘').isCounted]).toEqual([true, false, false]);
  });
  it('know what stands above and below the stroke, and which count by tens', () => {
    expect(['万元/人', '元/月/人', '元每人', 'mg/L', '万元', '/人', '人/'].map(aroundStroke)).toEqual([
      { above: '万元', below: '人' }, { above: '元', below: '人月' }, { above: '元', below: '人' }, { above: 'mg', below: 'L' }, { above: '万元', below: null }, { above: '/人', below: null }, { above: '人/', below: null },
    ]);
    expect(['人', '万人', '‰', '毫米', '艘'].filter((symbol) => !countsByTens(symbol))).toEqual([]);
    expect(['年', '季度', '天', '周', '小时'].filter(countsByTens)).toEqual([]);
    expect(['万人', '万', '千元', '亿元', '万亩', '万元/人', '万艘'].map((symbol) => withoutPrefix('2.5', symbol))).toEqual(['25000', '25000', '2500', '250000000', '25000', '25000', '25000']);
    expect(['人', '吨', '天', '年', '公顷', '%', '‰', '艘'].filter((symbol) => withoutPrefix('2.5', symbol) !== '2.5')).toEqual([]);
  });
  it('have one meaning for every spelling', () => {
    const spellings = KNOWN_UNITS.flatMap((unit) => [unit.symbol, ...unit.aliases]);
    expect(spellings.filter((one, at) => spellings.indexOf(one) !== at)).toEqual([]);
    for (const unit of KNOWN_UNITS) for (const spelling of [unit.symbol, ...unit.aliases]) expect(findUnit(spelling)?.symbol).toBe(unit.symbol);
  });
});

describe('conversion', () => {
  it('turns 264000 人 into 26.4 万人 and 5 ‰ into 0.5 %', () => {
    expect(convertMagnitude('264000', '人', '万人')).toEqual({ ok: true, value: '26.4' });
    expect(convertMagnitude('5', '‰', '%')).toEqual({ ok: true, value: '0.5' });
    expect(convertMagnitude('1', '年', '月')).toEqual({ ok: true, value: '12' });
    expect(convertMagnitude('3', '人', '人次')).toMatchObject({ ok: false, refusal: { code: 'quantity.unit-mismatch' } });
    expect(toBaseMagnitude('5.83', '万人')).toBe('58300');
  });
  it('is exact and invertible wherever one unit is a power of ten of the other', () => {
    const pairs = symbols.flatMap((a) => symbols.filter((b) => sameDimension(a, b) && /^(?:10*|0\.0*1)$/u.test(unitOf(a).scale) && /^(?:10*|0\.0*1)$/u.test(unitOf(b).scale)).map((b) => [a, b] as const));
    fc.assert(fc.property(magnitude, fc.constantFrom(...pairs), (value, [a, b]) => {
      const there = convertMagnitude(value, a, b);
      const back = there.ok ? convertMagnitude(there.value, b, a) : there;
      expect(back.ok && compareDecimal(back.value, value)).toBe(0);
    }));
  });
  it('orders quantities as their base magnitudes are ordered', () => {
    fc.assert(fc.property(magnitude, magnitude, (a, b) => {
      expect(compareQuantities({ magnitude: a, unit: '万元' }, { magnitude: b, unit: '元' }))
        .toEqual({ ok: true, value: compareDecimal(toBaseMagnitude(a, '万元'), toBaseMagnitude(b, '元')) });
    }));
  });
});

describe('parsing', () => {
  const read = (text: string, unit: string | null = '万人'): string => {
    const result = parseQuantity(text, unit);
    return result.ok ? `${result.value.magnitude} ${result.value.unit ?? '-'}` : result.refusal.code;
  };
  it.each([
    ['２６．４', '26.4 万人'], ['26.4万人', '26.4 万人'], ['264000人', '264000 人'], ['264,000人', '264000 人'], ['26.40', '26.40 万人'], ["'26.4", '26.4 万人'], ['26.4 万 人', '26.4 万人'],
    ['\u202a26.4\u202c', '26.4 万人'], ['26.4\u00a0', '26.4 万人'], ['26.4万', '26.4 万人'], ['完成26.4万人', '26.4 万人'], ['26.4。', '26.4 万人'], ['007', '7 万人'], ['+5', '5 万人'], ['.5', '0.5 万人'], ['-0', '0 万人'],
    ['－3', '-3 万人'], ['−3', '-3 万人'], ['0', '0 万人'],
    ['约26万人', 'quantity.approximate'], ['26万人左右', 'quantity.approximate'], ['80万余人', 'quantity.approximate'],
    ['', 'quantity.not-a-number'], ['很多', 'quantity.not-a-number'], ['26.4户', 'quantity.unit-mismatch'], ['26.4万元', 'quantity.unit-mismatch'], ['5 6', 'quantity.several-numbers'], ['3-5人', 'quantity.several-numbers'],
    ['0,643', 'quantity.several-numbers'], ['00,643', 'quantity.several-numbers'],
    // A footnote is no digit, wherever it stands, and a half is no two digits.
    ['6.43②', 'quantity.mark-of-digit'], ['6.43²', 'quantity.mark-of-digit'], ['6.43₂', 'quantity.mark-of-digit'], ['6.43⒈', 'quantity.mark-of-digit'], ['①6.43', 'quantity.mark-of-digit'], ['6½', 'quantity.mark-of-digit'], ['6.43²万人', 'quantity.mark-of-digit'],
    ['1,20人', 'quantity.several-numbers'], ['1.2.3', 'quantity.several-numbers'], ['2.64E+05', 'quantity.scientific'], ['≥26.4', 'quantity.stray-words'], ['其中男26人', 'quantity.stray-words'], ['26艘', 'quantity.unknown-unit'],
    ['9'.repeat(30), `${'9'.repeat(30)} 万人`], ['9'.repeat(31), 'quantity.too-many-digits'], [`0.${'9'.repeat(29)}`, `0.${'9'.repeat(29)} 万人`], [`0.${'9'.repeat(30)}`, 'quantity.too-many-digits'],
  ])('%j in a cell of 万人 is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
  it.each([['98％', '%', '98 %'], ['0.95', '%', '0.95 %'], ['百分之98', '%', '98 %'], ['1,200元', null, '1200 元'], ['¥1,200', '元', '1200 元'], ['1,200元', '万元', '1200 元'], ['120元/月/人', '元/人/月', '120 元/人/月'],
    ['3', '月', '3 月'], ['3个月', '月', '3 月'], ['5艘', '艘', '5 艘'], ['5万艘', '艘', '5 万艘'], ['3万', '%', 'quantity.unit-mismatch'], ['500m2', '平方米', '500 平方米'], ['500m²', '平方米', '500 平方米'], ['500㎡', '平方米', '500 平方米'], ['５００㎡', '平方米', '500 平方米'], ['5', null, '5 -'], ['5.2', '万', '5.2 万']])(
    '%j where %s is expected is %s', (text, unit, expected) => {
      expect(read(text, unit)).toBe(expected);
    });
  it('reads back whatever it prints, with and without separators', () => {
    fc.assert(fc.property(magnitude, fc.constantFrom(...symbols), (value, unit) => {
      const parsed = parseQuantity(formatQuantity(value, unit), unit);
      expect(parsed).toEqual({ ok: true, value: { magnitude: value, unit: unitOf(unit).symbol } });
      expect(parseQuantity(formatQuantity(groupDigits(value), unit), unit)).toEqual(parsed);
    }));
  });
  it('never throws and never makes up a number, whatever is pasted', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9,.万人%~\s<>=约-]{0,12}$/u)), (text) => {
      const parsed = parseQuantity(text, '万人');
      if (parsed.ok) expect(isDecimalText(parsed.value.magnitude)).toBe(true);
    }));
    for (const text of [' '.repeat(50000) + '5', '5'.repeat(50000), '1,'.repeat(20000), '.'.repeat(50000), '人'.repeat(50000) + '5']) parseQuantity(text, '人');
  });
});

describe('printing', () => {
  it('says three months, not March, and groups thousands for the eye', () => {
    expect(formatQuantity('3', '月')).toBe('3个月');
    expect(formatQuantity('26.10', '万人')).toBe('26.10万人');
    expect(groupDigits('1234567.8910')).toBe('1,234,567.8910');
    expect(groupDigits('-264000')).toBe('-264,000');
    expect(groupDigits('123')).toBe('123');
  });
});
