import type { Actual, ReportedActual } from '../actual/actual';
import { type DecimalText, addDecimal, compareDecimal, divideDecimal, multiplyDecimal } from '../decimal';
import { convertMagnitude, toBaseMagnitude } from '../quantity/quantity';
import { unitOf } from '../quantity/unit';
import type { Refusal } from '../result';
import type { ScoreFlag } from '../scoring/score';
import type { TraceStep } from '../scoring/score-trace';
import { ACCUMULATION_WORDS, type AccumulationCode } from '../words/accumulation-words';
import { speak } from '../words/speak';

/**
 * 累计方式: how the actuals of the periods make the value of the year (domain.md §3.7).
 * SUM increments add up · LAST the latest state · RATIO Σ numerator / Σ denominator · MAX · MIN ·
 * SURVEY weighted by valid responses · MANUAL entered once, at the end of the year.
 */
export type Accumulation = 'SUM' | 'LAST' | 'RATIO' | 'MAX' | 'MIN' | 'SURVEY' | 'MANUAL';

/** All seven, in the order screens list them. */
export const ACCUMULATIONS: readonly Accumulation[] = ['SUM', 'LAST', 'RATIO', 'MAX', 'MIN', 'SURVEY', 'MANUAL'];

/** The value of the year so far and how it came about. */
export interface AccumulatedActual {
  readonly actual: Actual;
  readonly flags: readonly ScoreFlag[];
  readonly steps: readonly TraceStep[];
  /** Set when a period's unit measures something else than the row; `actual` is then NOT_REPORTED. */
  readonly blocked: Refusal | null;
}

/** Places of a computed percentage. The form prints two; six keep the points of a row right to the cent (national data standard). */
const RATE_PLACES = 6;

interface Spoken {
  readonly ordinal: number;
  readonly actual: ReportedActual;
  /** In the unit of the row. */
  readonly magnitude: DecimalText;
}

function step(code: AccumulationCode, params: Readonly<Record<string, string>>): TraceStep {
  return { step: code, params, text: speak(ACCUMULATION_WORDS[code], params, 'zh') };
}

function known(text: string | null | undefined): text is string {
  return text !== null && text !== undefined;
}

/**
 * Quarters make a year. Silent periods count for nothing, and a year of silence is NOT_REPORTED, never zero. Whoever spoke last decides
 * whether the row applies at all; dates, judgements and answers are the latest ones. RATIO and SURVEY divide the sums of their parts;
 * where parts are missing the latest percentage stands (monitoring is cumulative) and RATIO_WITHOUT_PARTS says so.
 * @param actualsByPeriod one entry a period in order, null where there is no row
 * @param unit the unit of the row; results are in it
 */
export function accumulateActuals(accumulation: Accumulation, actualsByPeriod: readonly (Actual | null)[], unit: string | null): AccumulatedActual {
  const spoken = actualsByPeriod.flatMap((actual, at) => (actual === null || actual.kind === 'NOT_REPORTED' ? [] : [{ ordinal: at + 1, actual }]));
  const last = spoken.at(-1);
  if (last === undefined) return { actual: { kind: 'NOT_REPORTED' }, flags: [], steps: [], blocked: null };
  if (last.actual.kind !== 'REPORTED') {
    return { actual: last.actual, flags: [], steps: [], blocked: null };
  }

  const numbers: Spoken[] = [];
  for (const { ordinal, actual } of spoken) {
    if (actual.kind !== 'REPORTED') continue;
    const converted = convertMagnitude(actual.magnitude, actual.unit, unit);
    if (!converted.ok) return { actual: { kind: 'NOT_REPORTED' }, flags: [], steps: [], blocked: converted.refusal };
    numbers.push({ ordinal, actual, magnitude: converted.value });
  }
  const only = numbers[0];
  if (numbers.length === 1 && only !== undefined) {
    return { actual: keep(only, unit), flags: [], steps: [step('accumulated-single', { period: String(only.ordinal), value: only.actual.magnitude + (only.actual.unit ?? '') })], blocked: null };
  }
  return combine(accumulation, numbers, unit);
}

/** The value as its reporter wrote it, when the unit already fits; converted otherwise. */
function keep(spoken: Spoken, unit: string | null): ReportedActual {
  if (unit === null || spoken.actual.unit === null || unitOf(spoken.actual.unit).symbol === unitOf(unit).symbol) {
    return { ...spoken.actual, unit: unit ?? spoken.actual.unit };
  }
  return { ...spoken.actual, magnitude: spoken.magnitude, unit };
}

function combine(accumulation: Accumulation, numbers: readonly Spoken[], unit: string | null): AccumulatedActual {
  const latest = numbers[numbers.length - 1] as Spoken;
  const shown = unit ?? '';
  const parts = numbers.map((one) => one.magnitude + shown).join(' + ');
  const done = (actual: ReportedActual, steps: TraceStep[], flags: ScoreFlag[] = []): AccumulatedActual => ({ actual, flags, steps, blocked: null });
  switch (accumulation) {
    case 'SUM': {
      const magnitude = addDecimal(...numbers.map((one) => one.magnitude));
      return done({ kind: 'REPORTED', magnitude, unit: unit ?? latest.actual.unit }, [step('accumulated-sum', { parts, value: magnitude + shown })]);
    }
    case 'MAX':
    case 'MIN': {
      const sign = accumulation === 'MAX' ? 1 : -1;
      const base = (one: Spoken): DecimalText => toBaseMagnitude(one.actual.magnitude, one.actual.unit ?? unit);
      const chosen = numbers.reduce((best, one) => (compareDecimal(base(one), base(best)) === sign ? one : best));
      const code = accumulation === 'MAX' ? 'accumulated-max' : 'accumulated-min';
      return done(keep(chosen, unit), [step(code, { period: String(chosen.ordinal), value: chosen.magnitude + shown })]);
    }
    case 'RATIO':
    case 'SURVEY':
      return divideParts(accumulation, numbers, unit, latest);
    case 'LAST':
    case 'MANUAL':
      return done(keep(latest, unit), [step('accumulated-last', { period: String(latest.ordinal), value: latest.magnitude + shown })]);
  }
}

function divideParts(accumulation: 'RATIO' | 'SURVEY', numbers: readonly Spoken[], unit: string | null, latest: Spoken): AccumulatedActual {
  const shown = unit ?? '';
  const denominators = numbers.map((one) => one.actual.denominator);
  const numerators = numbers.map((one) => one.actual.numerator);
  const denominator = denominators.every(known) ? addDecimal(...denominators) : null;
  if (denominator !== null && compareDecimal(denominator, '0') > 0) {
    if (numerators.every(known)) {
      const numerator = addDecimal(...numerators);
      const whole = unit !== null && unitOf(unit).dimension === 'ratio' ? divideDecimal('100', unitOf(unit).scale, RATE_PLACES) : '1';
      const magnitude = divideDecimal(multiplyDecimal(numerator, whole), denominator, RATE_PLACES);
      return {
        actual: { kind: 'REPORTED', magnitude, unit: unit ?? latest.actual.unit, numerator, denominator },
        flags: [], steps: [step('accumulated-ratio', { numerator, denominator, value: magnitude + shown })], blocked: null,
      };
    }
    if (accumulation === 'SURVEY') {
      const weighted = addDecimal(...numbers.map((one) => multiplyDecimal(one.magnitude, one.actual.denominator as string)));
      const magnitude = divideDecimal(weighted, denominator, RATE_PLACES);
      return {
        actual: { kind: 'REPORTED', magnitude, unit: unit ?? latest.actual.unit, denominator },
        flags: [], steps: [step('accumulated-survey', { responses: denominator, value: magnitude + shown })], blocked: null,
      };
    }
  }
  return {
    actual: keep(latest, unit), flags: ['RATIO_WITHOUT_PARTS'],
    steps: [step('accumulated-without-parts', { period: String(latest.ordinal), value: latest.magnitude + shown })], blocked: null,
  };
}
