import { type DecimalText, absoluteDecimal, compareDecimal, divideDecimal, multiplyDecimal, normalizeDecimal, roundHalfUp, subtractDecimal } from '../decimal';
import type { Refusal } from '../result';
import { fromScaled } from '../scaled';
import { type CompiledProfile, compileProfile } from './compiled-profile';
import { explainOver, explainRow } from './explain-row';
import { KERNEL_FLAG, KERNEL_RULE, pointsAfterOver, rowFlags, rowPoints } from './kernel';
import { pointsAfterOverBig, rowFlagsBig, rowPointsBig } from './kernel-big';
import { type ComparedRow, type KernelRow, compareRow, kernelRuleOf } from './kernel-row';
import type { RuleProfile } from './rule-profile';
import type { IndicatorScore, ScoreFlag, ScoringContext, ScoringRow } from './score';
import { type TraceStep, clauseSteps, traceStep } from './score-trace';

const FLAG_OF_BIT: readonly (readonly [number, ScoreFlag])[] = [
  [KERNEL_FLAG.OVER, 'OVER'], [KERNEL_FLAG.OVER_BUDGET, 'OVER_BUDGET'], [KERNEL_FLAG.BELOW_TARGET_FULL_SCORE, 'BELOW_TARGET_FULL_SCORE'],
  [KERNEL_FLAG.BELOW_PASS_THRESHOLD, 'BELOW_PASS_THRESHOLD'], [KERNEL_FLAG.FAR_BELOW_LIMIT, 'FAR_BELOW_LIMIT'],
  [KERNEL_FLAG.NEGATIVE_AS_ZERO, 'NEGATIVE_AS_ZERO'], [KERNEL_FLAG.MANUAL_REVIEW, 'MANUAL_REVIEW'],
];

/** The names of the kernel's flag bits: what a bulk run stored, in the words of a single row. */
export function flagsOf(bits: number): ScoreFlag[] {
  const named = FLAG_OF_BIT.filter(([bit]) => (bits & bit) !== 0).map(([, flag]) => flag);
  return (bits & KERNEL_FLAG.NOT_REPORTED) !== 0 ? ['NOT_REPORTED', ...named] : named;
}

const derived = new WeakMap<RuleProfile, Map<string, RuleProfile>>();

/** The profile with the 及格门槛 of the row in place of its own. */
function profileOfRow(profile: RuleProfile, passThreshold: DecimalText | null): RuleProfile {
  if (passThreshold === null) return profile;
  let byThreshold = derived.get(profile);
  if (byThreshold === undefined) derived.set(profile, (byThreshold = new Map()));
  let own = byThreshold.get(passThreshold);
  if (own === undefined) byThreshold.set(passThreshold, (own = { ...profile, proportional: { ...profile.proportional, passThreshold } }));
  return own;
}

interface KernelVerdict {
  /** Before and after a deduction for a target set too low. */
  readonly base: DecimalText;
  readonly points: DecimalText;
  readonly bits: number;
}

const fits = (value: bigint): boolean => value >= -9007199254740991n && value <= 9007199254740991n;

function run(row: KernelRow, k: CompiledProfile, targetTooLow: boolean): KernelVerdict {
  const { rule, grade, w, t, high, a } = row;
  if (a === null || !(fits(w) && fits(t) && fits(high) && fits(a))) {
    const base = rowPointsBig(rule, grade, w, t, high, a, k);
    const points = targetTooLow && a !== null ? pointsAfterOverBig(rule, w, t, a, base, k) : base;
    return { base: fromScaled(base, 2), points: fromScaled(points, 2), bits: rowFlagsBig(rule, w, t, a, base, k) };
  }
  const [W, T, A] = [Number(w), Number(t), Number(a)];
  const base = rowPoints(rule, grade, W, T, Number(high), A, k);
  const points = targetTooLow ? pointsAfterOver(rule, W, T, A, base, k) : base;
  return { base: fromScaled(base, 2), points: fromScaled(points, 2), bits: rowFlags(rule, W, T, A, base, k) };
}

/** A rate in percent with exactly two decimals. */
function rateOf(dividend: DecimalText, divisor: DecimalText): DecimalText {
  return roundHalfUp(divideDecimal(multiplyDecimal(dividend, '100'), divisor, 2), 2);
}

function rates(row: ComparedRow): Pick<IndicatorScore, 'attainmentRate' | 'deviationRate'> {
  if (row.graded !== null) return { attainmentRate: roundHalfUp(row.actual, 2), deviationRate: null };
  const isAnswer = row.kernel.rule === KERNEL_RULE.DIRECT && !row.compared;
  if (isAnswer || row.fromDate || compareDecimal(row.target, '0') === 0) return { attainmentRate: null, deviationRate: null };
  return measuredRates(row);
}

function measuredRates(row: ComparedRow): Pick<IndicatorScore, 'attainmentRate' | 'deviationRate'> {
  const { actual: a, target: t, targetHigh: high } = row;
  if (high !== null) {
    const bound = compareDecimal(a, t) < 0 ? t : compareDecimal(a, high) > 0 ? high : null;
    const hasRate = bound !== null && compareDecimal(bound, '0') > 0;
    return { attainmentRate: null, deviationRate: bound === null ? '0.00' : hasRate ? rateOf(subtractDecimal(a, bound), bound) : null };
  }
  return {
    attainmentRate: compareDecimal(t, '0') > 0 ? rateOf(a, t) : null,
    deviationRate: rateOf(subtractDecimal(a, t), absoluteDecimal(t)),
  };
}

/**
 * 指标得分: points of one row by the fixed order — missing or not applicable? → unit → rule → over-completion → deduction → round
 * (domain.md §3.4). Nothing is thrown for what a person entered: a row that cannot be scored says why in `blocked`.
 */
export function scoreIndicator(row: ScoringRow, profile: RuleProfile, context: ScoringContext): IndicatorScore {
  const { indicator, actual } = row;
  const weight = roundHalfUp(indicator.weight, 2);
  const accumulatedFlags = row.accumulated?.flags ?? [];
  const silent = { key: indicator.key, weight, attainmentRate: null, deviationRate: null };
  const owesBelowWeight = profile.explanations.belowWeight && compareDecimal(weight, '0') > 0;
  const zero = (flag: ScoreFlag, trace: readonly TraceStep[]): IndicatorScore =>
    ({ ...silent, points: '0.00', flags: [...accumulatedFlags, flag], trace, blocked: null, explanationOwed: owesBelowWeight });
  const blocked = (refusal: Refusal, flags: readonly ScoreFlag[], trace: readonly TraceStep[]): IndicatorScore =>
    ({ ...silent, points: null, flags, trace, blocked: refusal, explanationOwed: false });
  const printedWeight = normalizeDecimal(indicator.weight);

  if (actual.kind === 'NOT_APPLICABLE') {
    const trace = [traceStep('notApplicable', { reason: actual.reason })];
    return { ...silent, points: null, flags: ['NOT_APPLICABLE'], trace, blocked: null, explanationOwed: false };
  }
  if (actual.kind === 'NOT_REPORTED') {
    if (context.periodClosed) return zero('NOT_REPORTED', [traceStep('silentZero', { weight: printedWeight })]);
    const code = kernelRuleOf(indicator, profile) === KERNEL_RULE.GRADED ? 'scoring.grade-missing' : 'scoring.not-reported';
    return blocked({ code, params: { name: indicator.name } }, ['NOT_REPORTED'], [traceStep('missing')]);
  }
  if (actual.kind === 'UNFINISHED' && indicator.target.kind === 'DATE') {
    return zero('UNFINISHED', [traceStep('unfinished', { weight: printedWeight }), ...clauseSteps(profile, 'date.late')]);
  }

  const own = profileOfRow(profile, indicator.passThreshold);
  const comparison = compareRow(row, own, context);
  if (!comparison.ok) return blocked(comparison.refusal, accumulatedFlags, []);
  const compared = comparison.value;
  const k = compileProfile(own, compared.kernel.scale);
  const verdict = run(compared.kernel, k, row.overCause === 'TARGET_TOO_LOW');
  const isOver = (verdict.bits & KERNEL_FLAG.OVER) !== 0;
  const isDeducted = compareDecimal(verdict.points, verdict.base) < 0;
  const { comparator, kind } = indicator.target;
  const isStrictEqual = kind === 'QUANT' && compared.graded === null && (comparator === 'GT' || comparator === 'LT')
    && compareDecimal(compared.actual, compared.target) === 0;
  const isLate = compared.fromDate && compareDecimal(compared.actual, compared.target) > 0;
  const flags: ScoreFlag[] = [
    ...accumulatedFlags, ...flagsOf(verdict.bits), ...(isDeducted ? ['OVER_DEDUCTED' as const] : []),
    ...(isStrictEqual ? ['STRICT_EQUAL' as const] : []), ...(isLate ? ['LATE' as const] : []),
  ];
  return {
    key: indicator.key, points: verdict.points, weight, ...rates(compared), flags,
    trace: [
      ...explainRow(compared, row, own, { points: verdict.base, bits: verdict.bits }),
      ...(isOver ? explainOver(compared, own, indicator.weight, isDeducted ? { points: verdict.points } : null) : []),
    ],
    blocked: null,
    explanationOwed: isOver || (profile.explanations.belowWeight && compareDecimal(verdict.points, weight) < 0),
  };
}
