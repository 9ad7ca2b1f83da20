import { type DecimalText, absoluteDecimal, compareDecimal, divideDecimal, isDecimalText, multiplyDecimal, normalizeDecimal, roundHalfUp, subtractDecimal } from '../decimal';
import type { Refusal } from '../result';
import { decimalPlaces, fromScaled, toScaledBig } from '../scaled';
import { PROFILE_SCALE, compileProfile } from './compiled-profile';
import { KERNEL_RULE } from './kernel';
import { rowPointsBig } from './kernel-big';
import type { RuleProfile } from './rule-profile';
import type { ExecutionFigures, ExecutionScore, ScoreFlag } from './score';
import { type TraceStep, clauseSteps, printNumber, printQuotient, traceStep } from './score-trace';

/**
 * 预算执行 of the year: the rate is executed ÷ adjusted budget (decision 4), the points are those of the profile (10 × rate, capped, or
 * bands). Without an adjusted figure the initial budget stands. A budget of zero is never divided by: nothing spent means "does not apply"
 * or zero points, as the profile says; money spent without a budget is refused.
 * @param figures 万元; null when nobody has entered any
 */
export function scoreExecution(figures: ExecutionFigures | null, profile: RuleProfile): ExecutionScore {
  const weight = roundHalfUp(profile.executionWeight, 2);
  const printedWeight = normalizeDecimal(weight);
  const without = (refusal: Refusal): ExecutionScore =>
    ({ rate: null, points: null, weight, flags: [], trace: [], blocked: refusal, explanationOwed: false });
  const budget = figures === null ? null : (figures.adjusted ?? figures.initial);
  const executed = figures?.executed ?? null;
  if (budget === null || executed === null || !isDecimalText(budget) || !isDecimalText(executed)) return without({ code: 'scoring.execution-missing', params: {} });

  const adjustments = owesForAdjustment(figures, profile);
  if (compareDecimal(budget, '0') <= 0) {
    if (compareDecimal(budget, '0') < 0 || compareDecimal(executed, '0') !== 0) return without({ code: 'scoring.execution-without-budget', params: { budget, executed } });
    const clause = clauseSteps(profile, 'execution.zeroBudget');
    return profile.execution.zeroBudget === 'RESCALE'
      ? { rate: null, points: null, weight, flags: ['NOT_APPLICABLE'], trace: [traceStep('executionNotApplicable'), ...clause], blocked: null, explanationOwed: adjustments }
      : { rate: null, points: '0.00', weight, flags: [], trace: [traceStep('executionZero', { weight: printedWeight }), ...clause], blocked: null, explanationOwed: true };
  }

  const scale = Math.max(PROFILE_SCALE, decimalPlaces(budget), decimalPlaces(executed));
  const k = compileProfile(profile, scale);
  const earned = rowPointsBig(KERNEL_RULE.EXECUTION, 0, toScaledBig(weight, 2), toScaledBig(budget, scale), 0n, toScaledBig(executed, scale), k);
  const points = fromScaled(earned, 2);
  const rate = roundHalfUp(divideDecimal(multiplyDecimal(executed, '100'), budget, 2), 2);
  const isOver = compareDecimal(executed, budget) > 0;
  const flags: ScoreFlag[] = isOver ? ['OVER_BUDGET'] : [];
  const isLow = compareDecimal(multiplyDecimal(executed, '100'), multiplyDecimal(profile.explanations.executionBelow, budget)) < 0;
  return {
    rate, points, weight, flags, blocked: null, explanationOwed: isLow || isOver || adjustments,
    trace: [
      ...(figures?.adjusted === null && figures.initial !== null ? [traceStep('initialStands', { initial: printNumber(figures.initial) })] : []),
      traceStep('executionRate', { executed: printNumber(executed), budget: printNumber(budget), equals: printQuotient(multiplyDecimal(executed, '100'), budget).equals, rate }),
      ...explainPoints(budget, executed, points, printedWeight, profile),
    ],
  };
}

function explainPoints(budget: DecimalText, executed: DecimalText, points: DecimalText, weight: string, profile: RuleProfile): TraceStep[] {
  const isOver = compareDecimal(executed, budget) > 0;
  const over = isOver ? [traceStep('executionCapped', { points, weight })] : [];
  if (profile.execution.mode === 'BANDED') {
    const hundredfold = multiplyDecimal(executed, '100');
    const band = profile.execution.bands.find(({ from }) => compareDecimal(hundredfold, multiplyDecimal(from, budget)) >= 0);
    const found = band === undefined ? traceStep('executionNoBand', { weight }) : traceStep('executionBand', { from: normalizeDecimal(band.from), points, weight });
    return [found, ...over, ...clauseSteps(profile, 'execution.bands')];
  }
  const clause = clauseSteps(profile, 'execution.mode');
  if (isOver) return [...over, ...clause];
  if (compareDecimal(executed, budget) === 0) return [traceStep('executionFull', { points, weight }), ...clause];
  const dividend = multiplyDecimal(weight, compareDecimal(executed, '0') < 0 ? '0' : executed);
  const { equals, value, exact } = printQuotient(dividend, budget);
  return [
    traceStep('executionProportional', { weight, executed: printNumber(executed), budget: printNumber(budget), equals, value }),
    traceStep(exact ? 'earned' : 'rounded', { points, weight }), ...clause,
  ];
}

/** Whether the budget was changed by so much that a reason is owed (S-08). */
function owesForAdjustment(figures: ExecutionFigures | null, profile: RuleProfile): boolean {
  const { initial, adjusted } = figures ?? { initial: null, adjusted: null };
  if (initial === null || adjusted === null || !isDecimalText(initial) || !isDecimalText(adjusted)) return false;
  const change = absoluteDecimal(subtractDecimal(adjusted, initial));
  return compareDecimal(multiplyDecimal(change, '100'), multiplyDecimal(profile.explanations.budgetAdjustedAbove, initial)) > 0;
}
