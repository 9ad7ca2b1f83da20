import { type Result, findUnit, ok, refuse, sameDimension } from '@jiheng/domain';
import type { Binding } from './binding';

/** A row of the tables of a unit, whichever year: its latest name, and the unit it is measured in from table to table, the latest first. Null where any unit will do, or none has a meaning. */
export interface RowUnits {
  readonly key: string;
  readonly name: string;
  readonly units: readonly (string | null)[];
}

/**
 * Whether a value in the unit of a binding can ever be told in the unit of its row. A word that is in no dictionary is a unit where the row has the same one (`头`, counted in `万头`); persons never become per
 * cent, by no formula either, for the unit of a binding is that of its result.
 */
export function unitFits({ indicatorKey, unit }: Binding, { name, units }: RowUnits): Result<void> {
  const [latest] = units;
  if (unit === '' || latest === undefined || latest === null || units.some((own) => own === null || sameDimension(unit, own))) return ok(undefined);
  return refuse(findUnit(unit) === null ? 'pull.unit-unknown' : 'pull.unit-other-kind', { name, unit, expected: latest, indicatorKey });
}
