import type { Signal } from '@angular/core';
import { addDecimal, roundHalfUp } from '@jiheng/domain';
import { inGroups } from './in-groups';

/** The sum of many changing decimal texts, exact, two places; cells without a value count nothing. */
export function totalOf(cells: readonly (() => string | null)[]): Signal<string> {
  return inGroups(cells, {
    gather: (values) => addDecimal(...values.filter((value) => value !== null)),
    join: (subtotals) => roundHalfUp(addDecimal(...subtotals), 2),
  });
}
