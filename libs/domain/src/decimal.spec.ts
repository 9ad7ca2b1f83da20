import fc from 'fast-check';
import { absoluteDecimal, addDecimal, compareDecimal, divideDecimal, isDecimalText, multiplyDecimal, normalizeDecimal, roundHalfUp, subtractDecimal } from './decimal';

/** Any decimal text of up to thirty digits, with the integer it is at the tenth place. */
const PLACES = 10;
const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 29n), max: 10n ** 29n }), fc.nat(PLACES)).map(([digits, places]) => {
  const size = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const text = `${digits < 0n ? '-' : ''}${size.slice(0, size.length - places)}${places === 0 ? '' : `.${size.slice(size.length - places)}`}`;
  return { text, scaled: digits * 10n ** BigInt(PLACES - places) };
});

describe('exact decimals', () => {
  it('know what is a number and what is not', () => {
    for (const text of ['0', '26.10', '-3.5', '007']) expect(isDecimalText(text)).toBe(true);
    for (const text of ['', '.5', '5.', '1e5', '+1', '1,200', 'NaN', 'Infinity', '－1', ' 1', '1\n']) expect(isDecimalText(text)).toBe(false);
    expect(() => addDecimal('1e5')).toThrow(TypeError);
  });

  it('do what floating point does not', () => {
    expect(addDecimal('0.1', '0.2')).toBe('0.3');
    expect(roundHalfUp('1.005', 2)).toBe('1.01');
    expect(roundHalfUp('-1.005', 2)).toBe('-1.01');
    expect(roundHalfUp('14.9999', 2)).toBe('15.00');
    expect(roundHalfUp('9.994', 2)).toBe('9.99');
    expect(roundHalfUp('-0.001', 2)).toBe('0.00');
    expect(roundHalfUp('2.5', 0)).toBe('3');
    expect(normalizeDecimal('026.10')).toBe('26.1');
    expect(normalizeDecimal('-0.00')).toBe('0');
    expect(absoluteDecimal('-3.50')).toBe('3.5');
  });

  it('divide half up, without rounding twice', () => {
    expect(divideDecimal('1', '3', 2)).toBe('0.33');
    expect(divideDecimal('2', '3', 2)).toBe('0.67');
    // 0.4444…4 must not become 0.45 and then 0.5.
    expect(divideDecimal('4', '9', 0)).toBe('0');
    expect(divideDecimal('1499999999999999999999999999999', '3000000000000000000000000000000', 0)).toBe('0');
    expect(divideDecimal('1', '2', 0)).toBe('1');
    expect(divideDecimal('-1', '2', 0)).toBe('-1');
    expect(() => divideDecimal('1', '0.00', 2)).toThrow(RangeError);
  });

  it('agree with integers of any size', () => {
    fc.assert(fc.property(decimal, decimal, (a, b) => {
      const scale = (text: string): bigint => {
        const [whole = '', fraction = ''] = normalizeDecimal(text).split('.');
        return BigInt(whole + fraction.padEnd(PLACES, '0'));
      };
      expect(scale(addDecimal(a.text, b.text))).toBe(a.scaled + b.scaled);
      expect(scale(subtractDecimal(a.text, b.text))).toBe(a.scaled - b.scaled);
      expect(compareDecimal(a.text, b.text)).toBe(a.scaled < b.scaled ? -1 : a.scaled > b.scaled ? 1 : 0);
    }));
  });

  it('add and compare amounts of the usual size as integers do', () => {
    const amount = fc.tuple(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), fc.nat(7)).map(([digits, places]) => {
      const size = String(Math.abs(digits)).padStart(places + 1, '0');
      const text = `${digits < 0 ? '-' : ''}${size.slice(0, size.length - places)}${places === 0 ? '' : `.${size.slice(size.length - places)}`}`;
      return { text, scaled: BigInt(digits) * 10n ** BigInt(PLACES - places) };
    });
    fc.assert(fc.property(fc.array(amount, { maxLength: 40 }), amount, (terms, other) => {
      const sum = terms.reduce((all, term) => all + term.scaled, 0n);
      const [whole = '', fraction = ''] = addDecimal(...terms.map(({ text }) => text)).split('.');
      expect(fraction.endsWith('0')).toBe(false);
      expect(BigInt(whole.replace('-', '') + fraction.padEnd(PLACES, '0')) * (whole.startsWith('-') ? -1n : 1n)).toBe(sum);
      for (const { text, scaled } of terms) expect(compareDecimal(text, other.text)).toBe(scaled < other.scaled ? -1 : scaled > other.scaled ? 1 : 0);
    }));
    // Many large ones leave what float64 holds exactly.
    expect(addDecimal(...Array.from({ length: 20 }, () => '999999999.999999'))).toBe('19999999999.99998');
    expect(addDecimal()).toBe('0');
    expect(addDecimal('-0.00', '0')).toBe('0');
    for (const text of ['', '-', '.5', '5.', '1.2.3', '1e5']) expect(() => addDecimal('1', text)).toThrow(TypeError);
  });

  it('round and divide as integers do', () => {
    fc.assert(fc.property(decimal, decimal, fc.nat(6), (a, b, places) => {
      fc.pre(b.scaled !== 0n);
      const power = 10n ** BigInt(places);
      const half = (n: bigint, d: bigint): bigint => {
        const [size, by] = [n < 0n ? -n : n, d < 0n ? -d : d];
        const rounded = (2n * size + by) / (2n * by);
        return (n < 0n) === (d < 0n) ? rounded : -rounded;
      };
      expect(compareDecimal(multiplyDecimal(divideDecimal(a.text, b.text, places), power.toString()), half(a.scaled * power, b.scaled).toString())).toBe(0);
      expect(compareDecimal(multiplyDecimal(roundHalfUp(a.text, places), power.toString()), half(a.scaled * power, 10n ** BigInt(PLACES)).toString())).toBe(0);
    }));
  });
});
