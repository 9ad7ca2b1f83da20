import { type Actual, type Indicator, type Quantity, type Result, convertMagnitude, divideDecimal, multiplyDecimal, ok, parseQuantity, refuse, sameDimension, toBaseMagnitude, unitOf } from '@jiheng/domain';
import { readObserved } from '../observed-value';
import type { Absent } from './absent';
import type { Binding, Said } from './binding';
import { readFormula } from './formula';
import type { Landing } from './landing';

/** Places of a ratio made of two parts. */
const RATIO_PLACES = 10;
/** Of many rows of one field so many are told, and how many there are. */
const MOST_TOLD = 5;

/** What stands for a row without a value among several. */
const BLANK = '（空）';

/** Whether the source said anything at all for a binding. */
export function isSilent(said: Said): boolean {
  return said.value.length + said.numerator.length + said.denominator.length === 0;
}

/** What was said, in one line as it is kept: `264000`, or `252384 / 264000`; of a field with several rows the first ones (`100 | 100`). */
export function verbatimOf(said: Said): string {
  const parts = said.numerator.length + said.denominator.length === 0 ? '' : `${rowsOf(said.numerator)} / ${rowsOf(said.denominator)}`;
  return [rowsOf(said.value), parts].filter((text) => text !== '').join('; ');
}

function rowsOf(values: readonly string[]): string {
  const told = values.slice(0, MOST_TOLD).map((value) => (value === '' ? BLANK : value)).join(' | ');
  return values.length > MOST_TOLD ? `${told} | … (${values.length})` : told;
}

/** Why a field of a binding has no single value: no row where others have one, or several, or one with a secret in it. Null where each has its one. */
export function unclear(binding: Binding, said: Said): Extract<Result<never>, { ok: false }> | null {
  for (const [field, values] of [[binding.field, said.value], [binding.numeratorField, said.numerator], [binding.denominatorField, said.denominator]] as const) {
    if (field !== '' && values.length === 0) return refuse('pull.field-absent', { field });
    if (values.length > 1) return refuse('pull.ambiguous', { field, rows: String(values.length), verbatim: rowsOf(values) });
  }
  // What is left of it may well look like a value: a word about a goal reached, or a shorter number.
  if (said.isBlotted) return refuse('pull.value-held-secret', { verbatim: verbatimOf(said) });
  return null;
}

/** What was said for a row, as its actual: the same for a pull, a preview and a trial. A source that says it has none (a dash, an empty cell) has said no value. */
export function readLanding({ binding, place, said }: Pick<Landing, 'binding' | 'place' | 'said'>, absent: Absent): Result<Actual> {
  const read = readBound(binding, said, place.indicator);
  if (!read.ok) return { ok: false, refusal: absent.told(read.refusal) };
  return read.value.kind === 'NOT_REPORTED' ? refuse('pull.unreadable-value', { verbatim: verbatimOf(said) }) : read;
}

/**
 * What a source said, as an actual of the row, by the law of its binding. Without formula and parts the value is read as it stands. Otherwise
 * value and parts are exact numbers (the value in the unit of the binding, a part without its unit or, where it has one, in the base unit), the formula
 * computes in exact fractions, and the result is in the unit of the binding. Two rows for one field are no answer, whether they say the same or not.
 */
export function readBound(binding: Binding, said: Said, indicator: Indicator): Result<Actual> {
  const open = unclear(binding, said);
  if (open !== null) return open;
  const [value, numerator, denominator] = [said.value[0], said.numerator[0], said.denominator[0]];
  if (binding.formula === '' && binding.numeratorField === '') return readObserved(value ?? '', binding.unit, indicator);
  if (indicator.target.kind !== 'QUANT') return refuse('pull.formula-not-number', { name: indicator.name });
  const own = indicator.target.unit;
  const unit = binding.unit === '' ? own : binding.unit;

  const parts: { numerator?: string; denominator?: string } = {};
  if (numerator !== undefined && denominator !== undefined) {
    const [over, under] = [partOf(numerator), partOf(denominator)];
    if (!over.ok) return over;
    if (!under.ok) return under;
    const mixed = binding.formula === '' ? mixedKinds(over.value.unit, under.value.unit, unit) : null;
    if (mixed !== null) return mixed;
    parts.numerator = over.value.base;
    parts.denominator = under.value.base;
  }
  const whole = value === undefined ? null : inUnit(value, unit);
  if (whole !== null && !whole.ok) return whole;
  const computed = compute(binding, { ...parts, ...(whole === null ? {} : { value: whole.value }) }, unit);
  if (!computed.ok) return computed;
  const told = unit === own || unit === null || own === null ? computed : convertMagnitude(computed.value, unit, own);
  return told.ok ? ok({ kind: 'REPORTED', magnitude: told.value, unit: own ?? unit, ...parts }) : told;
}

function compute(binding: Binding, inputs: { readonly value?: string; readonly numerator?: string; readonly denominator?: string }, unit: string | null): Result<string> {
  if (binding.formula !== '') {
    const formula = readFormula(binding.formula);
    return formula.ok ? formula.value.compute(inputs) : formula;
  }
  const { numerator = '0', denominator = '0' } = inputs;
  if (/^-?0*(?:\.0*)?$/u.test(denominator)) return refuse('pull.formula-by-zero', { formula: '分子 / 分母', formulaEn: 'numerator / denominator' });
  return ok(divideDecimal(multiplyDecimal(numerator, unit === '%' ? '100' : '1'), denominator, RATIO_PLACES));
}

/** A bare number counts in the unit of the binding; one with its own unit of the same kind is converted. */
function inUnit(verbatim: string, unit: string | null): Result<string> {
  const quantity = readAny(verbatim, unit);
  if (!quantity.ok) return quantity;
  const { magnitude, unit: own } = quantity.value;
  return own === unit || own === null || unit === null ? ok(magnitude) : convertMagnitude(magnitude, own, unit);
}

/** Numerator and denominator are counted alike: 26.4万人 of 264000人 is one. */
function partOf(verbatim: string): Result<{ readonly base: string; readonly unit: string | null }> {
  const quantity = readAny(verbatim, null);
  return quantity.ok ? ok({ base: toBaseMagnitude(quantity.value.magnitude, quantity.value.unit), unit: quantity.value.unit }) : quantity;
}

/** A rate is so many of so many: money over households is none, however the numbers look. An amount per head divides what it likes, and so does a formula. */
function mixedKinds(over: string | null, under: string | null, unit: string | null): Extract<Result<never>, { ok: false }> | null {
  if (over === null || under === null || unit === null || unitOf(unit).dimension !== 'ratio' || sameDimension(over, under)) return null;
  return refuse('quantity.unit-mismatch', { unit: under, expected: over });
}

/** A formula may turn one kind of quantity into another (persons into per cent): a value with a unit of another kind is its bare number. */
function readAny(verbatim: string, unit: string | null): Result<Quantity> {
  const free = parseQuantity(verbatim, null);
  if (!free.ok) return parseQuantity(verbatim, unit);
  if (unit === null || free.value.unit === null || sameDimension(free.value.unit, unit)) return parseQuantity(verbatim, unit);
  return ok({ magnitude: free.value.magnitude, unit: null });
}
