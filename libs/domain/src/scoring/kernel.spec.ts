import fc from 'fast-check';
import { aProfile } from '../../testing/index';
import { type DecimalText, absoluteDecimal, compareDecimal, divideDecimal, multiplyDecimal, roundHalfUp, subtractDecimal } from '../decimal';
import { fromScaled } from '../scaled';
import { compileProfile } from './compiled-profile';
import { KERNEL_FLAG, KERNEL_RULE, pointsAfterOver, rowFlags, rowPoints } from './kernel';
import { pointsAfterOverBig, rowFlagsBig, rowPointsBig } from './kernel-big';
import { type BulkRows, scoreBulk } from './score-bulk';

const SCALE = 4;
const PROFILES = [
  aProfile(), aProfile({}, 'MOF-2021-101'), aProfile({ reverseFormula: 'LIN_2T', date: { late: 'ZERO' }, satisfaction: { zeroBelow: '60' }, overCompletion: { inclusive: false } }),
  aProfile({ proportional: { passThreshold: '0.6' } }),
];
const profiles = fc.constantFrom(...PROFILES);
const weight = fc.integer({ min: 1, max: 10_000 });
// Ten-thousandths: from a thousandth of a percent to fifty million yuan, with zeros, equal pairs and negative numbers among them.
const figure = fc.oneof(fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: 10 ** 12 }), fc.constantFrom(0, 10_000, 600_000, 950_000, 1_000_000));
const signed = fc.oneof({ weight: 9, arbitrary: figure }, { weight: 1, arbitrary: figure.map((n) => -n) });
const pair = fc.oneof({ weight: 8, arbitrary: fc.tuple(signed, signed) }, { weight: 1, arbitrary: signed.map((n): [number, number] => [n, n]) });
const rule = fc.constantFrom(...Object.values(KERNEL_RULE));
const grade = fc.constantFrom(1, 2, 3);

/** The formulas of domain.md §3.4 said once more, in decimals. Only the proportional family: the rest has no quotient. */
function inDecimals(ruleCode: number, w: DecimalText, t: DecimalText, a: DecimalText): DecimalText | null {
  const zero = '0';
  const part = (dividend: DecimalText, divisor: DecimalText): DecimalText => divideDecimal(multiplyDecimal(w, dividend), divisor, 2);
  switch (ruleCode) {
    case KERNEL_RULE.POSITIVE: return compareDecimal(a, t) >= 0 ? w : compareDecimal(t, zero) <= 0 || compareDecimal(a, zero) <= 0 ? zero : part(a, t);
    case KERNEL_RULE.NEGATIVE: return compareDecimal(a, t) <= 0 ? w : compareDecimal(t, zero) <= 0 ? zero : part(t, a);
    case KERNEL_RULE.POINT: {
      const miss = absoluteDecimal(subtractDecimal(a, t));
      const size = absoluteDecimal(t);
      return compareDecimal(miss, zero) === 0 ? w : compareDecimal(miss, size) >= 0 ? zero : part(subtractDecimal(size, miss), size);
    }
    case KERNEL_RULE.EXECUTION: return compareDecimal(t, zero) <= 0 || compareDecimal(a, zero) <= 0 ? zero : compareDecimal(a, t) >= 0 ? w : part(a, t);
    default: return null;
  }
}

describe('the kernel', () => {
  it('earns what the formulas say in decimals, to the last cent', () => {
    const k = compileProfile(aProfile());
    fc.assert(fc.property(fc.constantFrom(KERNEL_RULE.POSITIVE, KERNEL_RULE.NEGATIVE, KERNEL_RULE.POINT, KERNEL_RULE.EXECUTION), weight, pair, (code, w, [t, a]) => {
      const said = inDecimals(code, fromScaled(w, 2), fromScaled(t, SCALE), fromScaled(a, SCALE));
      expect(fromScaled(rowPoints(code, 0, w, t, 0, a, k), 2)).toBe(roundHalfUp(said ?? '0', 2));
    }), { numRuns: 4000 });
  });

  it('says the same in floats and in integers without limit, points, flags and deductions', () => {
    fc.assert(fc.property(profiles, rule, grade, weight, pair, figure, (profile, code, g, w, [t, a], span) => {
      const k = compileProfile(profile);
      const high = t + span;
      const points = rowPoints(code, g, w, t, high, a, k);
      const big = rowPointsBig(code, g, BigInt(w), BigInt(t), BigInt(high), BigInt(a), k);
      expect(BigInt(points)).toBe(big);
      expect(rowFlags(code, w, t, a, points, k)).toBe(rowFlagsBig(code, BigInt(w), BigInt(t), BigInt(a), big, k));
      expect(BigInt(pointsAfterOver(code, w, t, a, points, k))).toBe(pointsAfterOverBig(code, BigInt(w), BigInt(t), BigInt(a), big, k));
    }), { numRuns: 6000 });
  });

  it('never earns less than nothing or more than the weight', () => {
    fc.assert(fc.property(profiles, rule, grade, weight, pair, figure, (profile, code, g, w, [t, a], span) => {
      const points = rowPoints(code, g, w, t, t + span, a, compileProfile(profile));
      expect(points).toBeGreaterThanOrEqual(0);
      expect(points).toBeLessThanOrEqual(w);
      expect(Number.isInteger(points)).toBe(true);
    }), { numRuns: 4000 });
  });

  it('never takes points for doing better', () => {
    const better = [KERNEL_RULE.POSITIVE, KERNEL_RULE.SATISFACTION, KERNEL_RULE.EXECUTION];
    const worse = [KERNEL_RULE.NEGATIVE, KERNEL_RULE.DATE];
    fc.assert(fc.property(profiles, fc.constantFrom(...better, ...worse), weight, signed, signed, figure, (profile, code, w, t, a, more) => {
      const k = compileProfile(profile);
      const [less, full] = [rowPoints(code, 0, w, t, 0, a, k), rowPoints(code, 0, w, t, 0, a + more, k)];
      if ((better as number[]).includes(code)) expect(full).toBeGreaterThanOrEqual(less);
      else expect(full).toBeLessThanOrEqual(less);
    }), { numRuns: 4000 });
  });

  it('scores a million rows by the law of one', () => {
    fc.assert(fc.property(profiles, fc.array(fc.tuple(rule, grade, weight, pair, figure, fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 60 }), (profile, drafts) => {
      const k = compileProfile(profile);
      const rows: BulkRows = {
        n: drafts.length, rule: Uint8Array.from(drafts, ([code]) => code), grade: Uint8Array.from(drafts, ([, g]) => g), weight: Int32Array.from(drafts, ([, , w]) => w),
        target: Float64Array.from(drafts, ([, , , [t]]) => t), actual: Float64Array.from(drafts, ([, , , [, a], , silent]) => (silent ? NaN : a)),
        targetHigh: Float64Array.from(drafts, ([, , , [t], span]) => t + span), targetTooLow: Uint8Array.from(drafts, (draft) => (draft[6] ? 1 : 0)),
      };
      const points = new Int32Array(drafts.length);
      const flags = new Uint8Array(drafts.length);
      scoreBulk(rows, k, points, flags);
      drafts.forEach(([code, g, w, [t, a], span, silent, tooLow], at) => {
        const value = silent ? NaN : a;
        const base = rowPoints(code, g, w, t, t + span, value, k);
        expect(points[at]).toBe(tooLow ? pointsAfterOver(code, w, t, value, base, k) : base);
        expect(flags[at]).toBe(rowFlags(code, w, t, value, base, k));
      });
    }), { numRuns: 200 });
  });

  it('scores only the slice it was given', () => {
    const rows: BulkRows = {
      n: 3, rule: Uint8Array.of(1, 1, 1), grade: new Uint8Array(3), weight: Int32Array.of(500, 500, 500), target: Float64Array.of(50000, 50000, 50000),
      actual: Float64Array.of(50000, 40000, 50000), targetHigh: null, targetTooLow: null,
    };
    const points = Int32Array.of(-1, -1, -1);
    scoreBulk(rows, compileProfile(aProfile()), points, new Uint8Array(3), 1, 2);
    expect([...points]).toEqual([-1, 400, -1]);
  });

  it('tells silence from zero', () => {
    const k = compileProfile(aProfile());
    expect(rowPoints(KERNEL_RULE.POSITIVE, 0, 500, 50000, 0, NaN, k)).toBe(0);
    expect(rowFlags(KERNEL_RULE.POSITIVE, 500, 50000, NaN, 0, k)).toBe(KERNEL_FLAG.NOT_REPORTED);
    expect(rowFlags(KERNEL_RULE.POSITIVE, 500, 50000, 0, 0, k)).toBe(0);
  });

  it('holds a share inside the band of its grade', () => {
    const k = compileProfile(aProfile());
    expect(rowPoints(KERNEL_RULE.GRADED, 1, 1000, 0, 0, 780_000, k)).toBe(800);
    expect(rowPoints(KERNEL_RULE.GRADED, 2, 1000, 0, 0, 750_000, k)).toBe(750);
    expect(rowPoints(KERNEL_RULE.GRADED, 3, 1000, 0, 0, 620_000, k)).toBe(600);
  });
});
