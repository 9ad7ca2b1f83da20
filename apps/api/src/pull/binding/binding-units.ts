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
export function unitFits({ indicatorKey, unit, formula }: Binding, { name, units }: RowUnits): Result<void> {
  const [latest] = units;
  if (unit === '' || latest === undefined || latest === null || units.some((own) => own === null || sameDimension(unit, own))) return ok(undefined);
  return refuse(findUnit(unit) === null ? 'pull.unit-unknown' : 'pull.unit-other-kind', { name, unit, expected: latest, indicatorKey, ...(formula === '' ? ofSource(latest) : ofResult(latest)) });
}

/** Whose unit it is and what to do, as the sentence takes them: of the source's numbers, or of what the formula makes of them. */
type Whose = Readonly<Record<'role' | 'roleEn' | 'remedy' | 'remedyEn', string>>;

function ofSource(expected: string): Whose {
  return {
    role: '来源单位', roleEn: 'the unit of the source for',
    remedy: `请改写为能换算成“${expected}”的单位；来源只有这种单位的，请让来源换算成“${expected}”提供，此处留空。`,
    remedyEn: `Write a unit that converts into “${expected}”; if the source has no other, have it deliver “${expected}” and leave this empty.`,
  };
}

function ofResult(expected: string): Whose {
  return {
    role: '公式结果的单位', roleEn: 'the unit of what the formula makes for',
    remedy: `设置了公式，此处填的是公式算出的结果的单位，不是来源数值的单位。请让公式算出“${expected}”并留空，或改写为能换算成“${expected}”的单位。`,
    remedyEn: `With a formula this is the unit of its result and not that of the source’s numbers. Let the formula make “${expected}” and leave this empty, or write a unit that converts into “${expected}”.`,
  };
}
