import type { Subject } from '../target-table/performance-target-table';

/** A line of the money block: the year's total and the sources it is made of. */
export type MoneyPart = 'TOTAL' | 'FISCAL' | 'CARRY_OVER' | 'HIGHER_LEVEL' | 'LOCAL_LEVEL' | 'OTHER';

/** Every line there is, in the order in which the forms print them. */
export const MONEY_PARTS: readonly MoneyPart[] = ['TOTAL', 'FISCAL', 'HIGHER_LEVEL', 'LOCAL_LEVEL', 'CARRY_OVER', 'OTHER'];

const LINES: Readonly<Record<Subject, readonly MoneyPart[]>> = {
  // F2/F4: 年度资金总额, 当年财政拨款, 上年结转资金, 其他资金.
  PROJECT: ['TOTAL', 'FISCAL', 'CARRY_OVER', 'OTHER'],
  // F1/F5: 资金总额, 上级安排, 本级安排, 其他资金 (domain.md §2.3, §2.7).
  UNIT: ['TOTAL', 'HIGHER_LEVEL', 'LOCAL_LEVEL', 'OTHER'],
};

/** The lines that the form of a project, or of a whole unit, has: the total first, then its sources. */
export function moneyLinesOf(subject: Subject): readonly MoneyPart[] {
  return LINES[subject];
}
