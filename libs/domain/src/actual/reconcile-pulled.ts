import { absoluteDecimal, compareDecimal, type DecimalText, divideDecimal, subtractDecimal } from '../decimal';
import { compareQuantities, toBaseMagnitude } from '../quantity/quantity';
import type { Refusal } from '../result';
import { sameDimension } from '../quantity/unit';
import type { Finding } from '../checks/finding';
import type { Indicator } from '../target-table/indicator';
import type { Actual } from './actual';
import { besideEarlierQuarters, type EarlierActual, zeroOfSource } from './earlier-quarters';
import { parseActualText } from './parse-actual';
import { outsideLastYear, plausibility } from './plausibility';
import { fits, sameActual } from './record-actual';

/**
 * What a pulled value is beside the present one. SAME: nothing to decide (the same quantity, in whatever unit it is written) ·
 * CANDIDATE: offered to the reporter, never written over what stands there · UNREADABLE: the source said something that cannot be an actual
 * of this row.
 */
export type PulledOutcome = 'SAME' | 'CANDIDATE' | 'UNREADABLE';

/** A pulled observation, judged. */
export interface ReconciledPull {
  readonly outcome: PulledOutcome;
  /** The observation as an actual; null when UNREADABLE. */
  readonly pulled: Actual | null;
  /** true when somebody has already said something else: the screen shows both. */
  readonly conflict: boolean;
  /** Why it cannot be read. */
  readonly refusal: Refusal | null;
  /** What looks wrong about a readable one. */
  readonly warning: Finding | null;
}

/** What the source said: text as observed (verbatim), or an actual already shaped. */
export type PulledObservation = { readonly text: string } | { readonly actual: Actual };

/**
 * Puts a pulled value beside the present one. A source that says nothing (blank) is SAME beside silence and UNREADABLE beside a value:
 * a system that is out of order must not take back what a person entered.
 * @param lastYear actuals of the same row in the periods of the year before; a value far outside them is offered with a warning
 * @param earlier what stands in the earlier quarters of the same year; a value that does not fit them is offered with a warning, which comes before that of last year
 */
export function reconcilePulled(
  current: Actual | null, pulled: PulledObservation, indicator: Indicator, lastYear: readonly Actual[] = [], earlier: readonly EarlierActual[] = [],
): ReconciledPull {
  const read = 'text' in pulled ? parseActualText(pulled.text, indicator) : fits(pulled.actual, indicator);
  if (!read.ok) return { outcome: 'UNREADABLE', pulled: null, conflict: false, refusal: read.refusal, warning: null };
  const value = read.value;
  const silent = current === null || current.kind === 'NOT_REPORTED';
  if (value.kind === 'NOT_REPORTED') {
    return silent
      ? { outcome: 'SAME', pulled: value, conflict: false, refusal: null, warning: null }
      : { outcome: 'UNREADABLE', pulled: null, conflict: false, refusal: { code: 'actual.pulled-nothing', params: { name: indicator.name } }, warning: null };
  }
  if (!silent && sameValue(current, value, indicator)) return { outcome: 'SAME', pulled: value, conflict: false, refusal: null, warning: null };
  const warning = plausibility(value, indicator)[0] ?? besideEarlierQuarters(value, earlier, indicator)[0] ?? outsideLastYear(value, lastYear, indicator)[0]
    ?? zeroOfSource(value, earlier, indicator)[0] ?? null;
  return { outcome: 'CANDIDATE', pulled: value, conflict: !silent, refusal: null, warning };
}

/** Equal in value: numbers in base units (and equal parts where both have them), everything else word by word. */
export function sameValue(a: Actual, b: Actual, indicator: Pick<Indicator, 'target'>): boolean {
  if (a.kind !== 'REPORTED' || b.kind !== 'REPORTED') return sameActual(a, b);
  const unit = indicator.target.unit;
  const order = compareQuantities({ magnitude: a.magnitude, unit: a.unit ?? unit }, { magnitude: b.magnitude, unit: b.unit ?? unit });
  if (!order.ok || order.value !== 0) return false;
  return samePart(a.numerator, b.numerator) && samePart(a.denominator, b.denominator);
}

function samePart(a: string | null | undefined, b: string | null | undefined): boolean {
  // Parts that only one side knows do not make another value, but they are worth offering.
  if (b === null || b === undefined) return true;
  return a !== null && a !== undefined && compareDecimal(a, b) === 0;
}

/**
 * How far the source's value is from the one that stands there, as a part of the latter (0.05 is five per cent; six places, half up).
 * null where the two cannot be measured against each other: silence, words, other dimensions, or a present value of zero.
 */
export function deviationOfPulled(present: Actual | null, pulled: Actual, indicator: { readonly target: Pick<Indicator['target'], 'unit'> }): DecimalText | null {
  if (present?.kind !== 'REPORTED' || pulled.kind !== 'REPORTED') return null;
  const [own, theirs] = [present.unit ?? indicator.target.unit, pulled.unit ?? indicator.target.unit];
  if ((own === null) !== (theirs === null) || (own !== null && theirs !== null && !sameDimension(own, theirs))) return null;
  const [mine, other] = [toBaseMagnitude(present.magnitude, own), toBaseMagnitude(pulled.magnitude, theirs)];
  return compareDecimal(mine, '0') === 0 ? null : divideDecimal(absoluteDecimal(subtractDecimal(other, mine)), absoluteDecimal(mine), 6);
}
