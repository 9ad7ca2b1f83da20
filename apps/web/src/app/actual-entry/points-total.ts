import { type Signal, computed } from '@angular/core';
import { addDecimal, roundHalfUp } from '@jiheng/domain';

/** Cells per subtotal. */
const GROUP = 32;

/**
 * The sum of many changing decimal texts, two places, added in two steps: a key in one cell adds up its own group of 32 and the
 * subtotals, not all 1,000 rows. Cells without a value count nothing.
 */
export function totalOf(cells: readonly Signal<string | null>[]): Signal<string> {
  const subtotals: Signal<string>[] = [];
  for (let from = 0; from < cells.length; from += GROUP) {
    const group = cells.slice(from, from + GROUP);
    subtotals.push(computed(() => addDecimal(...group.map((cell) => cell() ?? '0'))));
  }
  return computed(() => roundHalfUp(addDecimal(...subtotals.map((subtotal) => subtotal())), 2));
}
