import { sayRefusal } from '@jiheng/domain';
import type { Formula, FormulaInputs } from './formula';
import { readFormula, sayFormula } from './formula';

const compute = (text: string, inputs: FormulaInputs = {}): string => {
  const read = readFormula(text);
  if (!read.ok) return read.refusal.code;
  const result = read.value.compute(inputs);
  return result.ok ? result.value : result.refusal.code;
};

describe('the formula of a binding', () => {
  it.each([
    ['0.1 + 0.2', {}, '0.3'],
    ['value / 10000', { value: '264000' }, '26.4'],
    ['数值 ÷ 10000', { value: '264000' }, '26.4'], ['数值÷１００００', { value: '264000' }, '26.4'], ['round（数值＋０．５，　１）', { value: '1.25' }, '1.8'],
    ['（分子 ÷ 分母）× 100', { numerator: '252384', denominator: '264000' }, '95.6'],
    // A third three times is one again: nothing is rounded on the way.
    ['value / 3 * 3', { value: '1' }, '1'],
    ['value / 3', { value: '1' }, '0.3333333333'],
    ['2 / 3', {}, '0.6666666667'],
    ['12345678901234567890.25 * 1', {}, '12345678901234567890.25'],
    ['value * 1.1', { value: '0.1' }, '0.11'],
    ['round(value, 2)', { value: '9.375' }, '9.38'],
    ['round(value, 2)', { value: '-9.375' }, '-9.38'],
    ['round(value)', { value: '9.5' }, '10'],
    ['max(value, 0) - min(1, 2, 3)', { value: '-5' }, '-1'],
    ['abs(value - 3)', { value: '1.5' }, '1.5'],
    ['-value', { value: '4' }, '-4'],
  ])('%s of %j is %s, exactly', (text, inputs, result) => expect(compute(text, inputs)).toBe(result));

  it('a division by zero has no result, and a missing part is named', () => {
    expect(compute('numerator / denominator', { numerator: '1', denominator: '0' })).toBe('pull.formula-by-zero');
    expect(compute('value / (1 - 1)', { value: '1' })).toBe('pull.formula-by-zero');
    const read = readFormula('value + numerator');
    expect(read.ok && [...read.value.names]).toEqual(['value', 'numerator']);
    const lacking = read.ok && read.value.compute({ value: '1' });
    expect(lacking !== false && !lacking.ok && lacking.refusal).toEqual({ code: 'pull.formula-lacks', params: { formula: 'value + numerator', name: '分子', nameEn: 'numerator' } });
  });

  it.each([
    'value = 1', 'f(x) = x', 'import("fs")', 'evaluate("1")', 'parse("1")', 'createUnit("a")', 'value.constructor', 'value[1]', '[1, 2]', '{a: 1}', '"text"', 'a; b', 'value ^ 99999', '5!', 'value ? 1 : 2', 'value > 1',
    '2 value', 'random()', 'cos(1)', 'e', 'pi', 'i', '5 cm', 'value %  2', 'round(value, value)', 'round(1, 99)', 'abs()', 'abs(1, 2)', 'min()', '()', '', '1 +', '0x1F', 'true', 'null', 'value to cm', '1:3', 'value\nvalue', "value'",
    '1e999', '1234567890123456789012345678901', 'Infinity', 'NaN', 'not value', '1 and 2', '# comment', '1 .* 2', '__proto__', 'constructor',
  ])('refuses %j', (text) => expect(readFormula(text).ok).toBe(false));

  it.each([
    ['数值 /', '没有写完', 'it is not finished'], ['（数值 + 1', '括号不成对', 'the brackets do not match'], ['数值 ^ 2', '不能用“^”', '“^” is not allowed'], ['sin(数值)', '不能用“sin”', '“sin” is not allowed'],
    ['2 数值', '不能用“2 数值”', '“2 value” is not allowed'], ['数值 数值 *', '没有写完', 'it is not finished'], ['1 * * 2', '写法不对', 'it is not written correctly'],
  ])('says of %s in the language of the person what is wrong with it', (text, zh, en) => {
    const read = readFormula(text);
    const refusal = read.ok ? null : read.refusal;
    expect([refusal?.params['what'], refusal?.params['whatEn']]).toEqual([zh, en]);
    expect(refusal && sayRefusal(refusal, 'zh')).not.toMatch(/Unexpected|char|value|numerator|denominator/u);
  });

  it.each(['数值 / 0', '数值 / (2 - 2)', '1 / (数值 / 0.0)', '分子 / min(0, 1)'])('refuses %s at once: it divides by zero whatever the source says', (text) => {
    const read = readFormula(text);
    expect(!read.ok && read.refusal.code).toBe('pull.formula-by-zero');
  });
  it('takes a divisor that only the source decides', () => {
    expect(readFormula('数值 / (分母 - 分母)').ok).toBe(true);
  });

  it('refuses what is too long or has too many operations, before it costs anything', () => {
    expect(compute('1+'.repeat(100) + '1')).toBe('pull.formula-too-long');
    expect(compute('1+'.repeat(25) + '1')).toBe('pull.formula-too-long');
    expect(compute('('.repeat(90) + '1' + ')'.repeat(90))).toBe('pull.formula-too-long');
  });

  it('can be computed many times', () => {
    const read = readFormula('value / 10000');
    const formula = read.ok ? read.value : (null as unknown as Formula);
    expect(['264000', '0', '-1'].map((value) => { const out = formula.compute({ value }); return out.ok && out.value; })).toEqual(['26.4', '0', '-0.0001']);
  });

  it('is told in the names of the reader, in whichever it was written', () => {
    expect(sayFormula('round(numerator / 分母 * 100, 1) + value')).toEqual({ zh: 'round(分子 / 分母 * 100, 1) + 数值', en: 'round(numerator / denominator * 100, 1) + value' });
    expect(sayFormula('')).toEqual({ zh: '', en: '' });
  });
});
