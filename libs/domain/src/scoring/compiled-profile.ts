import { type Fraction, toFraction, toScaledBig } from '../scaled';
import type { Band, GradeBand, RuleProfile } from './rule-profile';

/** Bands as parallel arrays, highest first. `from` is the bound at the scale of the profile, `n/d` a fraction, `earns` hundredths of a point. */
export interface CompiledBands {
  readonly count: number;
  readonly from: Float64Array;
  readonly n: Float64Array;
  readonly d: Float64Array;
  readonly earns: Float64Array;
}

/** The grades of the kernel: 0 none, 1 A, 2 B, 3 C. */
export const KERNEL_GRADE = { A: 1, B: 2, C: 3 } as const;

/**
 * A rule profile as integers, made once and read by every row: percentages at `scale` decimals, shares as fractions in lowest terms.
 * One shape for all profiles, so that the hot loop sees one kind of object.
 */
export interface CompiledProfile {
  /** Decimal places of the values it is used with: a value is an integer count of 10^−scale. */
  readonly scale: number;
  readonly passN: number;
  readonly passD: number;
  readonly passAbove: boolean;
  readonly reverseLinear: boolean;
  readonly satisfactionBanded: boolean;
  /** `from` in percent at `scale`; `n/d` the share of the weight. */
  readonly satisfactionBands: CompiledBands;
  /** Percent at `scale`; −Infinity: no floor. */
  readonly satisfactionZeroBelow: number;
  /** By kernel grade, percent at `scale`; index 0 is unused. */
  readonly gradeLow: Float64Array;
  readonly gradeHigh: Float64Array;
  /** 100 % at `scale`. */
  readonly gradeFull: number;
  readonly executionBanded: boolean;
  /** `n/d` the bound as a fraction of the budget; `earns` hundredths of a point. */
  readonly executionBands: CompiledBands;
  readonly dateLateIsZero: boolean;
  readonly overN: number;
  readonly overD: number;
  readonly overInclusive: boolean;
  readonly maxDeductionN: number;
  readonly maxDeductionD: number;
}

function percentAt(text: string, scale: number): number {
  return Number(toScaledBig(text, scale));
}

/** A share 0…1 as a percentage at `scale`. */
function shareAt(share: string, scale: number): number {
  return Number(toScaledBig(share, scale + 2));
}

function compileBands(bands: readonly Band[], fractionOf: (band: Band) => Fraction, fromOf: (band: Band) => number, earnsOf: (band: Band) => number): CompiledBands {
  const fractions = bands.map(fractionOf);
  return {
    count: bands.length,
    from: Float64Array.from(bands.map(fromOf)),
    n: Float64Array.from(fractions.map((fraction) => fraction.n)),
    d: Float64Array.from(fractions.map((fraction) => fraction.d)),
    earns: Float64Array.from(bands.map(earnsOf)),
  };
}

/** A percent bound as a fraction of one: "80" → 4/5. */
function ratioOfPercent(percent: string): Fraction {
  const { n, d } = toFraction(percent);
  let [a, b] = [n, d * 100];
  while (b !== 0) [a, b] = [b, a % b];
  return { n: n / a, d: (d * 100) / a };
}

function compile(profile: RuleProfile, scale: number): CompiledProfile {
  const { proportional, satisfaction, grades, execution, overCompletion } = profile;
  const pass = toFraction(proportional.passThreshold ?? '0');
  const over = toFraction(overCompletion.threshold);
  const maxDeduction = toFraction(overCompletion.maxDeduction);
  const byGrade = (end: (band: GradeBand) => string): Float64Array =>
    Float64Array.of(0, shareAt(end(grades.A), scale), shareAt(end(grades.B), scale), shareAt(end(grades.C), scale));
  return {
    scale,
    passN: pass.n,
    passD: pass.d,
    passAbove: proportional.passFormula === 'ABOVE_THRESHOLD',
    reverseLinear: profile.reverseFormula === 'LIN_2T',
    satisfactionBanded: satisfaction.mode === 'BANDED',
    satisfactionBands: compileBands(satisfaction.bands, (band) => toFraction(band.earns), (band) => percentAt(band.from, scale), () => 0),
    satisfactionZeroBelow: satisfaction.zeroBelow === null ? -Infinity : percentAt(satisfaction.zeroBelow, scale),
    gradeLow: byGrade((band) => band.low),
    gradeHigh: byGrade((band) => band.high),
    gradeFull: shareAt('1', scale),
    executionBanded: execution.mode === 'BANDED',
    executionBands: compileBands(execution.bands, (band) => ratioOfPercent(band.from), () => 0, (band) => Number(toScaledBig(band.earns, 2))),
    dateLateIsZero: profile.date.late === 'ZERO',
    overN: over.n,
    overD: over.d,
    overInclusive: overCompletion.inclusive,
    maxDeductionN: maxDeduction.n,
    maxDeductionD: maxDeduction.d,
  };
}

/** Decimal places a profile's percentages need at least, so that none is cut. {@link validateRuleProfile} admits at most these. */
export const PROFILE_SCALE = 4;

const compiled = new WeakMap<RuleProfile, Map<number, CompiledProfile>>();

/**
 * The profile for values of `scale` decimals (at least 4, the scale the columns of the database and the bulk API use). Compiled once.
 * @throws RangeError when a bound of the profile has more places than `scale`, which validation does not let through.
 */
export function compileProfile(profile: RuleProfile, scale: number = PROFILE_SCALE): CompiledProfile {
  const needed = Math.max(scale, PROFILE_SCALE);
  let byScale = compiled.get(profile);
  if (byScale === undefined) compiled.set(profile, (byScale = new Map()));
  let found = byScale.get(needed);
  if (found === undefined) byScale.set(needed, (found = compile(profile, needed)));
  return found;
}
