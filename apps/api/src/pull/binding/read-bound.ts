import { type Actual, type Indicator, type Result, convertMagnitude, ok, parseQuantity, partsFit, refuse, unitOf, withoutPrefix } from '@jiheng/domain';
import { readObserved } from '../observed-value';
import type { Absent } from './absent';
import type { Binding, Said } from './binding';
import { readFormula } from './formula';
import type { Landing } from './landing';
import { type Parts, countParts, divideParts } from './read-bound-parts';

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
 * What a source said, as an actual of the row, by the law of its binding. Without formula and parts the value is read as it stands, and parts without a formula are divided (`divideParts`). A formula
 * computes in exact fractions, of the value in the unit of the binding (one of another kind is its bare number) and of parts in base units; its result is in the unit of the binding.
 * Two rows for one field are no answer, whether they say the same or not.
 */
export function readBound(binding: Binding, said: Said, indicator: Indicator): Result<Actual> {
  const open = unclear(binding, said);
  if (open !== null) return open;
  const [value, numerator, denominator] = [said.value[0], said.numerator[0], said.denominator[0]];
  if (binding.formula === '' && binding.numeratorField === '') return readObserved(value ?? '', binding.unit, indicator);
  if (indicator.target.kind !== 'QUANT') return refuse('pull.formula-not-number', { name: indicator.name });
  const own = indicator.target.unit;
  const unit = binding.unit === '' ? own : unitOf(binding.unit).symbol;
  const parts = numerator === undefined || denominator === undefined ? null : { numerator, denominator };
  const whole = value === undefined ? null : inUnit(value, unit);
  if (whole !== null && !whole.ok) return whole;
  if (binding.formula === '' && parts !== null) {
    const quotient = divideParts(parts, unit, own);
    return quotient.ok ? ok(keptOf(quotient.value.magnitude, own ?? unit, quotient.value, indicator, true)) : quotient;
  }
  return byFormula(binding, whole === null ? {} : { value: whole.value }, parts, unit, indicator);
}

function byFormula(binding: Binding, whole: { readonly value?: string }, parts: Parts | null, unit: string | null, indicator: Indicator): Result<Actual> {
  const own = indicator.target.unit;
  const counted = parts === null ? null : countParts(parts);
  if (counted !== null && !counted.ok) return counted;
  const formula = readFormula(binding.formula);
  if (!formula.ok) return formula;
  const computed = formula.value.compute({ ...counted?.value, ...whole });
  if (!computed.ok) return computed;
  const told = unit === own || unit === null || own === null ? computed : convertMagnitude(computed.value, unit, own);
  if (!told.ok || parts === null || counted === null) return told.ok ? ok({ kind: 'REPORTED', magnitude: told.value, unit: own ?? unit }) : told;
  const isRate = own !== null && unitOf(own).dimension === 'ratio';
  const divided = isRate ? counted : divideParts(parts, unit, own);
  return ok(keptOf(told.value, own ?? unit, divided.ok ? divided.value : null, indicator, isRate));
}

/**
 * The value with its parts beside it. Parts that do not make it are left out where a formula makes an amount of them in its own way; a rate that they do not make is a slip, which the domain refuses with
 * both numbers. Those of a row without a unit make its year without the hundred of a rate: they are left out too where they would make another value.
 */
function keptOf(magnitude: string, unit: string | null, parts: Parts | null, indicator: Indicator, mustFit: boolean): Actual {
  const bare = { kind: 'REPORTED', magnitude, unit } as const;
  if (parts === null) return bare;
  const { numerator, denominator } = parts;
  const isKept = (mustFit && indicator.target.unit !== null) || partsFit(magnitude, { numerator, denominator }, indicator).ok;
  return isKept ? { ...bare, numerator, denominator } : bare;
}

/**
 * A value for a formula: a bare number, 26.4万 included, counts in the unit of the binding; one of the same kind is converted. A formula may turn one kind into another (persons into per cent): then a
 * value is its bare number, 264000 for 26.4万人 and 2 for 2吨: nobody who writes the formula thinks of kilograms.
 */
function inUnit(verbatim: string, unit: string | null): Result<string> {
  const free = parseQuantity(verbatim, null);
  if (!free.ok) return free;
  const inside = unit === null ? free : parseQuantity(verbatim, unit);
  return unit !== null && inside.ok ? convertMagnitude(inside.value.magnitude, inside.value.unit, unit) : ok(free.value.unit === null ? free.value.magnitude : withoutPrefix(free.value.magnitude, free.value.unit));
}
