import { type AskedPeriod, type SourceAddress, placeFor } from '../source-connector';
import type { Binding } from './binding';

/** Longest text of where a value was asked for. */
const LIMIT = 600;

/** Where a value was asked for, as a person may read it later: the place with the period filled in, and the path to the rows. */
export function askedOf(source: Pick<SourceAddress, 'place' | 'rowsPath' | 'keyField' | 'valueField' | 'settings'>, period: AskedPeriod): string {
  const place = placeFor(source.place, period);
  // A database is asked with a query, the others with a path to the rows.
  const how = source.settings.query === '' ? source.rowsPath : source.settings.query.replace(/\s+/gu, ' ').trim();
  return `${place}  ${how} → ${source.keyField}, ${source.valueField}`.slice(0, LIMIT);
}

/** How the value was made of what was said, as it is kept and as a formula is typed; '' when it was taken as it stood. `sayFormula` tells readers in their own words. */
export function formulaOf(binding: Binding): string {
  if (binding.formula !== '') return binding.formula;
  return binding.numeratorField === '' ? '' : 'numerator / denominator';
}
