import type { StoredMapping } from '../pull.repository';
import type { Binding } from './binding';

/**
 * Bindings as they stand after the form of a source was saved. The form shows plain bindings only, so it can change no others: one with a formula or parts stays as it is, and so does whatever the form
 * does not carry, for it may have been bound since the form was opened. An empty field takes a plain binding away; a new one comes last.
 */
export function afterForm(stored: readonly Binding[], carried: readonly StoredMapping[]): readonly Binding[] {
  const wished = new Map(carried.map((one) => [one.indicatorKey, one]));
  const known = new Set(stored.map((one) => one.indicatorKey));
  const kept = stored.flatMap((one) => {
    const wish = wished.get(one.indicatorKey);
    if (wish === undefined || !isPlain(one)) return [one];
    return wish.field.trim() === '' ? [] : [{ ...one, field: wish.field.trim(), unit: wish.unit.trim() }];
  });
  return [...kept, ...carried.filter((one) => !known.has(one.indicatorKey)).flatMap(plainBinding)];
}

/** A binding as the form of a source makes it; none of an empty field. */
export function plainBinding({ indicatorKey, field, unit }: StoredMapping): readonly Binding[] {
  return field.trim() === '' ? [] : [{ indicatorKey, field: field.trim(), unit: unit.trim(), formula: '', numeratorField: '', denominatorField: '' }];
}

/** Whether the form of a source shows all of a binding. */
function isPlain({ formula, numeratorField, denominatorField }: Binding): boolean {
  return formula === '' && numeratorField === '' && denominatorField === '';
}
