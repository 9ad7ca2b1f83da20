import type { Actual, ReportedActual } from '../actual/actual';
import { decimalPlaces, fromScaled, mulDivRound, parseScaled } from '../scaled';
import type { ScoreFlag } from '../scoring/score';
import { type Accumulation, accumulateActuals } from './accumulation';

/** {@link AccumulatedActual} without the steps of its derivation. */
export interface LeanAccumulated {
  readonly actual: Actual;
  readonly flags: readonly ScoreFlag[];
}

const NOTHING: readonly ScoreFlag[] = [];
const PLAIN = /^-?\d{1,10}(?:\.\d{1,4})?$/;
const SCALE = 4;
/** Places of a percentage made of its parts, as {@link accumulateActuals} computes it. */
const RATE_PLACES = 6;

/**
 * {@link accumulateActuals} for a region's run: the same value and flags (a property test holds the two equal). Plain numbers in the unit
 * of the row are added, compared or divided here; everything else goes the long way.
 */
export function accumulateLean(accumulation: Accumulation, actualsByPeriod: readonly (Actual | null)[], unit: string | null): LeanAccumulated {
  let last: Actual | null = null;
  let spoken = 0;
  let plain = true;
  for (const actual of actualsByPeriod) {
    if (actual === null || actual.kind === 'NOT_REPORTED') continue;
    last = actual;
    if (actual.kind !== 'REPORTED') continue;
    spoken += 1;
    if (actual.unit !== unit || unit === null || !PLAIN.test(actual.magnitude)) plain = false;
  }
  if (last === null) return { actual: { kind: 'NOT_REPORTED' }, flags: NOTHING };
  if (last.kind !== 'REPORTED') return { actual: last, flags: NOTHING };
  if (plain && unit !== null) {
    if (spoken === 1 || accumulation === 'LAST' || accumulation === 'MANUAL') return { actual: last, flags: NOTHING };
    const numbers = actualsByPeriod.filter((actual): actual is ReportedActual => actual?.kind === 'REPORTED');
    if (accumulation === 'SUM') return { actual: { kind: 'REPORTED', magnitude: shortest(numbers.reduce((sum, one) => sum + parseScaled(one.magnitude, SCALE), 0), SCALE), unit }, flags: NOTHING };
    if (accumulation === 'MAX' || accumulation === 'MIN') return { actual: furthest(numbers, accumulation === 'MAX' ? 1 : -1), flags: NOTHING };
    const divided = unit === '%' ? dividedParts(numbers, unit) : null;
    if (divided !== null) return { actual: divided, flags: NOTHING };
  }
  const { actual, flags } = accumulateActuals(accumulation, actualsByPeriod, unit);
  return { actual, flags };
}

function furthest(numbers: readonly ReportedActual[], sign: 1 | -1): ReportedActual {
  return numbers.reduce((best, one) => ((parseScaled(one.magnitude, SCALE) - parseScaled(best.magnitude, SCALE)) * sign > 0 ? one : best));
}

/** Σ numerator / Σ denominator in percent; null where a part is missing or not plain. */
function dividedParts(numbers: readonly ReportedActual[], unit: string): ReportedActual | null {
  let [above, below] = [0, 0];
  for (const { numerator, denominator } of numbers) {
    if (numerator == null || denominator == null || !PLAIN.test(numerator) || !PLAIN.test(denominator)) return null;
    above += parseScaled(numerator, SCALE);
    below += parseScaled(denominator, SCALE);
  }
  if (below <= 0 || above < 0) return null;
  const rate = mulDivRound(100 * 10 ** RATE_PLACES, above, below);
  if (!Number.isSafeInteger(rate)) return null;
  return { kind: 'REPORTED', magnitude: shortest(rate, RATE_PLACES), unit, numerator: shortest(above, SCALE), denominator: shortest(below, SCALE) };
}

/** A scaled integer as the shortest decimal text. */
function shortest(value: number, scale: number): string {
  const text = fromScaled(value, scale);
  const places = decimalPlaces(text);
  return text.slice(0, text.length - scale + places - (places === 0 ? 1 : 0));
}
