import { compareDecimal, type DecimalText, divideDecimal, multiplyDecimal, roundHalfUp, subtractDecimal } from '../decimal';
import { type Result, ok, refuse } from '../result';
import type { ExecutionFigures } from '../scoring/score';
import type { Money } from './money';

/** 预算执行率 and its awkward zeros. */
export interface ExecutionRate {
  /** Percent, two decimals half up; null when there is nothing to execute (budget 0 and spending 0). */
  readonly rate: string | null;
  readonly overBudget: boolean;
}

/**
 * Executed ÷ adjusted budget (decision 4: never the initial one). Without an adjusted figure the initial budget counts as not adjusted.
 * @returns refusals `scoring.execution-missing`, `scoring.execution-without-budget`, `budget.negative`
 */
export function executionRate(figures: ExecutionFigures): Result<ExecutionRate> {
  const budget = figures.adjusted ?? figures.initial;
  const { executed } = figures;
  if (budget === null || executed === null) return refuse('scoring.execution-missing');
  if (compareDecimal(budget, '0') < 0 || compareDecimal(executed, '0') < 0) return refuse('budget.negative', { budget, executed });
  if (compareDecimal(budget, '0') === 0) {
    return compareDecimal(executed, '0') === 0 ? ok({ rate: null, overBudget: false }) : refuse('scoring.execution-without-budget', { budget, executed });
  }
  // One rounding only: the quotient is taken at the printed places.
  const rate = roundHalfUp(divideDecimal(multiplyDecimal(executed, '100'), budget, 2), 2);
  return ok({ rate, overBudget: compareDecimal(executed, budget) > 0 });
}

/** How far the budget was moved in the year, in percent of the initial one, two decimals, with sign; null without an initial budget. */
export function adjustmentRate(figures: Pick<ExecutionFigures, 'initial' | 'adjusted'>): DecimalText | null {
  const { initial, adjusted } = figures;
  if (initial === null || adjusted === null || compareDecimal(initial, '0') === 0) return null;
  return roundHalfUp(divideDecimal(multiplyDecimal(subtractDecimal(adjusted, initial), '100'), initial, 2), 2);
}

/** What is left of the adjusted budget; negative when it was overspent; null while a figure is missing. */
export function unspent(figures: ExecutionFigures): Money | null {
  const budget = figures.adjusted ?? figures.initial;
  return budget === null || figures.executed === null ? null : subtractDecimal(budget, figures.executed);
}
