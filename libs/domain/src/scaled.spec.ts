import fc from 'fast-check';
import { divideDecimal, multiplyDecimal, roundHalfUp } from './decimal';
import { compareRatio, decimalPlaces, fromScaled, mulDivRound, parseScaled, toFraction, toScaledBig } from './scaled';

const whole = (max: number): fc.Arbitrary<number> => fc.oneof(fc.integer({ min: 0, max: Math.min(max, 2 ** 31 - 1) }), fc.maxSafeInteger().map((n) => Math.abs(n) % (max + 1)));

describe('whole-number arithmetic', () => {
  it('rounds half up where floats fall short: 9.5 × 85 % is 8.075 and prints as 8.08', () => {
    expect(Math.round(9.5 * 0.85 * 100) / 100).toBe(8.07);
    expect(mulDivRound(950, 850000, 1000000)).toBe(808);
  });

  it('is the division of whole numbers, at every size', () => {
    fc.assert(fc.property(whole(10_000), whole(Number.MAX_SAFE_INTEGER), whole(Number.MAX_SAFE_INTEGER - 1), (w, x, y) => {
      const divisor = y + 1;
      const exact = (2n * BigInt(w) * BigInt(x) + BigInt(divisor)) / (2n * BigInt(divisor));
      expect(mulDivRound(w, x, divisor)).toBe(Number(exact));
    }), { numRuns: 3000 });
  });

  it('agrees with decimal.js on weight × actual ÷ target', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 1, max: 10 ** 12 }), (w, x, y) => {
      const product = multiplyDecimal(fromScaled(w, 2), String(x));
      const exact = roundHalfUp(divideDecimal(product, String(y), 2), 2);
      // A weight of 90.73 times a million million over one is more hundredths than a number holds.
      if (toScaledBig(exact, 2) > Number.MAX_SAFE_INTEGER) expect(Number.isSafeInteger(mulDivRound(w, x, y))).toBe(false);
      else expect(fromScaled(mulDivRound(w, x, y), 2)).toBe(exact);
    }), { numRuns: 1000 });
  });

  it('says of a result that no number holds to the last digit that it is none: 90.73 × 999531408319 is 90687484676782.87', () => {
    expect(Number.isSafeInteger(mulDivRound(9073, 999531408319, 1))).toBe(false);
    expect(mulDivRound(9007, 999531408319, 1)).toBe(9002779394729233);
    expect(Number.isSafeInteger(mulDivRound(9007, 999531408319, 1))).toBe(true);
  });

  it('compares ratios exactly, beyond the range of floats as well', () => {
    expect(compareRatio(13, 10, 13, 10)).toBe(0);
    expect(compareRatio(9007199254740990, 9007199254740991, 1, 1)).toBeLessThan(0);
    expect(compareRatio(9007199254740991, 9007199254740991, 1, 1)).toBe(0);
    expect(compareRatio(-5, 10, 3, 5)).toBeLessThan(0);
  });

  it('reads the text of a database column in one pass, as the careful reading does', () => {
    const text = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 4 }))
      .map(([minus, integer, fraction, zeros]) => `${minus ? '-' : ''}${integer}.${String(fraction).padStart(4, '0')}${'0'.repeat(zeros)}`);
    fc.assert(fc.property(text, (column) => { expect(BigInt(parseScaled(column, 4))).toBe(toScaledBig(column, 4)); }));
    expect(parseScaled('26', 4)).toBe(260000);
    expect(Object.is(parseScaled('-0.00', 4), 0)).toBe(true);
    expect(fromScaled(-5, 2)).toBe('-0.05');
    expect(fromScaled(1949, 2)).toBe('19.49');
    expect(fromScaled(7, 0)).toBe('7');
  });

  it('refuses to cut digits off', () => {
    expect(() => toScaledBig('1.00001', 4)).toThrow(RangeError);
    expect(() => toScaledBig('一', 4)).toThrow(RangeError);
    expect(toScaledBig('1.00000', 4)).toBe(10000n);
    expect(decimalPlaces('26.10')).toBe(1);
    expect(decimalPlaces('100')).toBe(0);
    expect(decimalPlaces('0.00')).toBe(0);
  });

  it('keeps parameters as fractions in lowest terms', () => {
    expect(toFraction('0.60')).toEqual({ n: 3, d: 5 });
    expect(toFraction('1.30')).toEqual({ n: 13, d: 10 });
    expect(toFraction('0')).toEqual({ n: 0, d: 1 });
    expect(() => toFraction('0.12345678901234567')).toThrow(RangeError);
  });
});
