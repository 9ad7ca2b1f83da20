import { type DecimalText, compareDecimal, isDecimalText } from '../decimal';
import { type Refusal, type Result, ok } from '../result';
import { decimalPlaces } from '../scaled';
import { PROFILE_SCALE } from './compiled-profile';
import type { RuleProfile } from './rule-profile';

/** Thrown inside the reading only, to leave it at the first fault; never leaves this file. */
class Fault extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

type Reader<T> = (value: unknown, path: string) => T;
type Shape<T> = { readonly [K in keyof T]-?: Reader<T[K]> };

/** What the value must be, beside the words for it: whoever shows the parameter in another unit says the bounds in that unit. */
type Bounds = { readonly low: DecimalText; readonly high: DecimalText; readonly places: string } | { readonly relation: '<' | '≤' | '>'; readonly bound: DecimalText };

function invalid(path: string, value: unknown, expected: string, bounds?: Bounds): never {
  const found = value === undefined ? '—' : JSON.stringify(value).slice(0, 60);
  throw new Fault({ code: 'scoring.profile-value-invalid', params: { path, found, expected, ...bounds } });
}

function misplaced(path: string, value: DecimalText, relation: '<' | '≤' | '>', bound: DecimalText): never {
  return invalid(path, value, `${relation} ${bound}`, { relation, bound });
}

function record<T extends object>(shape: Shape<T>): Reader<T> {
  return (value, path) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return invalid(path === '' ? '(JSON)' : path, value, '{ … }');
    const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(shape, key)) throw new Fault({ code: 'scoring.profile-key-unknown', params: { path: at(key) } });
    }
    const entries = Object.entries<Reader<unknown>>(shape).map(([key, read]) => {
      if (!Object.hasOwn(value, key)) throw new Fault({ code: 'scoring.profile-key-missing', params: { path: at(key) } });
      return [key, read((value as Record<string, unknown>)[key], at(key))];
    });
    return Object.fromEntries(entries) as T;
  };
}

function list<T>(read: Reader<T>, most: number): Reader<T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length > most) return invalid(path, value, `[ … ] ≤ ${most}`);
    return value.map((entry, at) => read(entry, `${path}[${at}]`));
  };
}

function decimal(low: DecimalText, high: DecimalText, places: number): Reader<DecimalText> {
  return (value, path) => {
    const isFine = typeof value === 'string' && value.length <= 30 && isDecimalText(value) && decimalPlaces(value) <= places
      && compareDecimal(value, low) >= 0 && compareDecimal(value, high) <= 0;
    return isFine ? value : invalid(path, value, `"${low}" … "${high}" (text, ≤ ${places} decimals)`, { low, high, places: String(places) });
  };
}

function orNull<T>(read: Reader<T>): Reader<T | null> {
  return (value, path) => (value === null ? null : read(value, path));
}

function oneOf<const T extends string>(...words: readonly T[]): Reader<T> {
  return (value, path) => (words.includes(value as T) ? (value as T) : invalid(path, value, words.join(' | ')));
}

const text = (longest: number): Reader<string> => (value, path) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longest ? value : invalid(path, value, `"…" (≤ ${longest})`);
const yesNo: Reader<boolean> = (value, path) => (typeof value === 'boolean' ? value : invalid(path, value, 'true | false'));
const version: Reader<number> = (value, path) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : invalid(path, value, '1, 2, 3 …');
const name: Reader<string> = (value, path) =>
  typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value) ? value : invalid(path, value, 'A-Z a-z 0-9 . _ - (≤ 64)');

const inBothLanguages = record({ zh: text(4000), en: text(4000) });
// A share is a percentage at the scale of the columns, two places further.
const share = decimal('0', '1', PROFILE_SCALE + 2);
const percent = decimal('0', '100', PROFILE_SCALE);
const points = decimal('0', '100', 2);
const rule = oneOf('PROPORTIONAL', 'GRADE', 'SATISFACTION', 'DIRECT');
const gradeBand = record({ low: share, high: share, highIncluded: yesNo });

const clauses: Reader<Record<string, string>> = (value, path) => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return invalid(path, value, '{ … }');
  return Object.fromEntries(Object.entries(value).map(([key, clause]) => [key, text(400)(clause, `${path}.${key}`)]));
};

const readProfile = record<RuleProfile>({
  name, version, title: inBothLanguages, notes: inBothLanguages,
  targetWeightTotal: points, executionWeight: points,
  proportional: record({ passThreshold: orNull(share), passFormula: oneOf('PLAIN', 'ABOVE_THRESHOLD') }),
  reverseFormula: oneOf('RATIO', 'LIN_2T'),
  satisfaction: record({ mode: oneOf('PROPORTIONAL', 'BANDED'), bands: list(record({ from: percent, earns: share }), 20), zeroBelow: orNull(percent) }),
  grades: record({ A: gradeBand, B: gradeBand, C: gradeBand }),
  execution: record({ mode: oneOf('PROPORTIONAL', 'BANDED'), bands: list(record({ from: percent, earns: points }), 20), zeroBudget: oneOf('RESCALE', 'ZERO') }),
  date: record({ late: oneOf('RATIO_DURATION', 'ZERO') }),
  overCompletion: record({ threshold: decimal('1', '100', 6), inclusive: yesNo, maxDeduction: share }),
  ratings: list(record({ name: oneOf('优', '良', '中', '差'), from: points }), 4),
  explanations: record({ belowWeight: yesNo, executionBelow: percent, budgetAdjustedAbove: decimal('0', '1000', PROFILE_SCALE) }),
  defaultRules: record({ QUANT: rule, QUAL: rule, DATE: rule, BOOL: rule }),
  clauses,
});

function descends(bounds: readonly DecimalText[], path: string): void {
  bounds.forEach((bound, at) => {
    const before = bounds[at - 1];
    if (before !== undefined && compareDecimal(bound, before) >= 0) misplaced(`${path}[${at}].from`, bound, '<', before);
  });
}

/** What no single value shows: bands from high to low, grades that meet without overlapping, weights that make a hundred. */
function checkWhole(profile: RuleProfile): void {
  const { satisfaction, execution, ratings, grades } = profile;
  for (const [path, banded] of [['satisfaction', satisfaction], ['execution', execution]] as const) {
    if (banded.mode === 'BANDED' && banded.bands.length === 0) invalid(`${path}.bands`, [], '≥ 1');
    descends(banded.bands.map((band) => band.from), `${path}.bands`);
  }
  if (ratings.length === 0) invalid('ratings', [], '≥ 1');
  descends(ratings.map((rating) => rating.from), 'ratings');
  ratings.forEach((rating, at) => {
    if (ratings.findIndex((other) => other.name === rating.name) !== at) invalid(`ratings[${at}].name`, rating.name, '≠');
  });
  for (const grade of ['A', 'B', 'C'] as const) {
    const { low, high } = grades[grade];
    if (compareDecimal(low, high) >= 0) misplaced(`grades.${grade}.low`, low, '<', high);
  }
  for (const [upper, lower] of [['A', 'B'], ['B', 'C']] as const) {
    if (compareDecimal(grades[lower].high, grades[upper].low) > 0) misplaced(`grades.${lower}.high`, grades[lower].high, '≤', grades[upper].low);
    const isShared = compareDecimal(grades[lower].high, grades[upper].low) === 0 && grades[lower].highIncluded;
    if (isShared) invalid(`grades.${lower}.highIncluded`, true, 'false');
  }
  execution.bands.forEach((band, at) => {
    if (compareDecimal(band.earns, profile.executionWeight) > 0) misplaced(`execution.bands[${at}].earns`, band.earns, '≤', profile.executionWeight);
  });
  if (profile.proportional.passThreshold !== null && compareDecimal(profile.proportional.passThreshold, '1') >= 0) {
    misplaced('proportional.passThreshold', profile.proportional.passThreshold, '<', '1');
  }
  if (compareDecimal(profile.targetWeightTotal, '0') <= 0) misplaced('targetWeightTotal', profile.targetWeightTotal, '>', '0');
}

/**
 * A rule profile from JSON a user wrote. Strict: a missing, misspelt or ill-typed key is refused with its path, and so are bands in the
 * wrong order or grades that overlap, so that no profile comes in whose arithmetic would surprise.
 */
export function validateRuleProfile(json: unknown): Result<RuleProfile> {
  try {
    const profile = readProfile(json, '');
    checkWhole(profile);
    return ok(profile);
  } catch (fault) {
    if (fault instanceof Fault) return { ok: false, refusal: fault.refusal };
    throw fault;
  }
}
