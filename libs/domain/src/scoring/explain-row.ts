import { type DecimalText, addDecimal, compareDecimal, divideDecimal, multiplyDecimal, normalizeDecimal, subtractDecimal } from '../decimal';
import { formatTargetDate } from '../target-table/format-target';
import type { IndicatorTarget } from '../target-table/indicator-target';
import { fromScaled } from '../scaled';
import type { TraceCode } from '../words/trace-words';
import { KERNEL_FLAG, KERNEL_RULE } from './kernel';
import type { ComparedRow } from './kernel-row';
import type { RuleProfile } from './rule-profile';
import type { ScoringRow } from './score';
import { type TraceStep, clauseSteps, printNumber, printQuantity, printQuotient, traceStep } from './score-trace';

/** What the kernel said about a row, for the sentences to say again. Points are decimal texts with two places. */
interface Verdict {
  readonly points: DecimalText;
  readonly bits: number;
}

function percent(share: DecimalText): string {
  return normalizeDecimal(multiplyDecimal(share, '100'));
}

/** The sentence of a formula and the one that rounds its result. `dividend` ÷ `divisor` is the formula's exact value. */
function formula(code: TraceCode, params: Readonly<Record<string, string>>, dividend: DecimalText, divisor: DecimalText, verdict: Verdict, weight: string): TraceStep[] {
  const { equals, value, exact } = printQuotient(dividend, divisor);
  return [traceStep(code, { ...params, weight, equals, value }), traceStep(exact ? 'earned' : 'rounded', { points: verdict.points, weight })];
}

/** The sign that is true between the two numbers as printed: ≥ and ≤ where the row asks for them, else <, = or >. */
function trueSign(row: ComparedRow, comparator: IndicatorTarget['comparator']): string {
  const order = compareDecimal(row.actual, row.target);
  if (order >= 0 && (comparator === 'GE' || (comparator === 'EQ' && row.kernel.rule !== KERNEL_RULE.POINT && row.kernel.rule !== KERNEL_RULE.NEGATIVE && order > 0))) return '≥';
  if (order <= 0 && comparator === 'LE') return '≤';
  return order < 0 ? '<' : order > 0 ? '>' : '=';
}

function compared(row: ComparedRow, scored: ScoringRow): { actual: string; target: string; sign: string } {
  return { actual: printQuantity(row.actual, row.unit), target: printQuantity(row.target, row.unit), sign: trueSign(row, scored.indicator.target.comparator) };
}

function explainPositive(row: ComparedRow, scored: ScoringRow, profile: RuleProfile, verdict: Verdict, weight: string): TraceStep[] {
  const { actual: a, target: t } = row;
  const unmet = traceStep('unmet', compared(row, scored));
  const clause = clauseSteps(profile, 'proportional.passFormula');
  if (compareDecimal(t, '0') <= 0) {
    return compareDecimal(t, '0') < 0 ? [unmet, traceStep('manualReview')] : [unmet, traceStep('noProportion', { target: printQuantity(t, row.unit) })];
  }
  if (compareDecimal(a, '0') < 0) return [unmet, traceStep('negativeAsZero', { actual: printQuantity(a, row.unit) }), traceStep('earned', { points: verdict.points, weight })];
  const threshold = scored.indicator.passThreshold ?? profile.proportional.passThreshold;
  const passClause = threshold === null ? [] : clauseSteps(profile, 'proportional.passThreshold');
  if ((verdict.bits & KERNEL_FLAG.BELOW_PASS_THRESHOLD) !== 0 && threshold !== null) {
    const rate = divideDecimal(multiplyDecimal(a, '100'), t, 2);
    return [unmet, traceStep('belowPass', { rate, threshold: percent(threshold) }), traceStep('earned', { points: verdict.points, weight }), ...passClause];
  }
  if (compareDecimal(a, '0') === 0) return [unmet, traceStep('nothingReached'), traceStep('earned', { points: verdict.points, weight }), ...clause];
  const params = { actual: printNumber(a), target: printNumber(t) };
  const isAbove = threshold !== null && compareDecimal(threshold, '0') > 0 && profile.proportional.passFormula === 'ABOVE_THRESHOLD';
  if (!isAbove) return [unmet, ...formula('proportional', params, multiplyDecimal(weight, a), t, verdict, weight), ...clause];
  const dividend = multiplyDecimal(weight, subtractDecimal(a, multiplyDecimal(threshold, t)));
  const divisor = multiplyDecimal(t, subtractDecimal('1', threshold));
  return [unmet, ...formula('aboveThreshold', { ...params, threshold: normalizeDecimal(threshold) }, dividend, divisor, verdict, weight), ...clause];
}

function explainNegative(row: ComparedRow, bound: DecimalText, unmet: TraceStep, profile: RuleProfile, verdict: Verdict, weight: string): TraceStep[] {
  const { actual: a } = row;
  const clause = clauseSteps(profile, 'reverseFormula');
  if (compareDecimal(bound, '0') <= 0) return [unmet, traceStep('noProportion', { target: printQuantity(bound, row.unit) })];
  const params = { actual: printNumber(a), target: printNumber(bound) };
  if (profile.reverseFormula === 'RATIO') return [unmet, ...formula('reverseRatio', params, multiplyDecimal(weight, bound), a, verdict, weight), ...clause];
  const left = subtractDecimal(multiplyDecimal(bound, '2'), a);
  if (compareDecimal(left, '0') <= 0) return [unmet, traceStep('reverseTwice'), traceStep('earned', { points: verdict.points, weight }), ...clause];
  return [unmet, ...formula('reverseLinear', params, multiplyDecimal(weight, left), bound, verdict, weight), ...clause];
}

function explainPoint(row: ComparedRow, scored: ScoringRow, verdict: Verdict, weight: string): TraceStep[] {
  const unmet = traceStep('unmet', compared(row, scored));
  const { actual: a, target: t } = row;
  if (compareDecimal(t, '0') === 0) return [unmet, traceStep('noProportion', { target: printQuantity(t, row.unit) })];
  const size = t.startsWith('-') ? t.slice(1) : t;
  const miss = subtractDecimal(a, t).replace('-', '');
  if (compareDecimal(miss, size) >= 0) return [unmet, traceStep('pointFar'), traceStep('earned', { points: verdict.points, weight })];
  return [unmet, ...formula('point', { actual: printNumber(a), target: printNumber(t) }, multiplyDecimal(weight, subtractDecimal(size, miss)), size, verdict, weight)];
}

function explainInterval(row: ComparedRow, profile: RuleProfile, verdict: Verdict, weight: string): TraceStep[] {
  const high = row.targetHigh ?? row.target;
  const actual = printQuantity(row.actual, row.unit);
  const [low, top] = [printQuantity(row.target, row.unit), printQuantity(high, row.unit)];
  if (compareDecimal(row.actual, row.target) < 0) {
    const unmet = traceStep('unmet', { actual, sign: '<', target: low });
    if (compareDecimal(row.target, '0') <= 0 || compareDecimal(row.actual, '0') <= 0) return [unmet, traceStep('earned', { points: verdict.points, weight })];
    return [unmet, ...formula('proportional', { actual: printNumber(row.actual), target: printNumber(row.target) }, multiplyDecimal(weight, row.actual), row.target, verdict, weight)];
  }
  if (compareDecimal(row.actual, high) > 0) return explainNegative(row, high, traceStep('unmet', { actual, sign: '>', target: top }), profile, verdict, weight);
  return [traceStep('inside', { actual, low, high: top, points: verdict.points, weight })];
}

function explainSatisfaction(row: ComparedRow, scored: ScoringRow, profile: RuleProfile, verdict: Verdict, weight: string): TraceStep[] {
  const { satisfaction } = profile;
  const words = compared(row, scored);
  if (satisfaction.mode === 'BANDED') {
    const clause = clauseSteps(profile, 'satisfaction.bands');
    const band = satisfaction.bands.find((candidate) => compareDecimal(row.actual, candidate.from) >= 0);
    if (band === undefined) return [traceStep('satisfactionNoBand', { actual: words.actual }), traceStep('earned', { points: verdict.points, weight }), ...clause];
    const params = { actual: words.actual, from: normalizeDecimal(band.from), share: percent(band.earns) };
    const steps = formula('satisfactionBand', params, multiplyDecimal(weight, band.earns), '1', verdict, weight);
    const isOdd = (verdict.bits & KERNEL_FLAG.BELOW_TARGET_FULL_SCORE) !== 0;
    return [...steps, ...(isOdd ? [traceStep('belowTargetFull', { actual: words.actual, target: words.target })] : []), ...clause];
  }
  const clause = clauseSteps(profile, 'satisfaction.mode');
  const { actual: a, target: t } = row;
  if (compareDecimal(a, t) >= 0) return [traceStep('met', { ...words, points: verdict.points, weight }), ...clause];
  const unmet = traceStep('unmet', words);
  if (satisfaction.zeroBelow !== null && compareDecimal(a, satisfaction.zeroBelow) < 0) {
    const floor = traceStep('satisfactionFloor', { actual: words.actual, floor: normalizeDecimal(satisfaction.zeroBelow) });
    return [unmet, floor, traceStep('earned', { points: verdict.points, weight }), ...clauseSteps(profile, 'satisfaction.zeroBelow')];
  }
  if (compareDecimal(a, '0') <= 0 || compareDecimal(t, '0') <= 0) return [unmet, traceStep('earned', { points: verdict.points, weight }), ...clause];
  return [unmet, ...formula('proportional', { actual: printNumber(a), target: printNumber(t) }, multiplyDecimal(weight, a), t, verdict, weight), ...clause];
}

function explainDate(row: ComparedRow, scored: ScoringRow, profile: RuleProfile, verdict: Verdict, weight: string): TraceStep[] {
  const actual = scored.actual.kind === 'DATED' ? formatTargetDate(scored.actual.date) : '';
  const target = formatTargetDate(scored.indicator.target.magnitude ?? '');
  if (compareDecimal(row.actual, row.target) <= 0) return [traceStep('onTime', { actual, target, points: verdict.points, weight })];
  const late = traceStep('late', { actual, target });
  const clause = clauseSteps(profile, 'date.late');
  if (profile.date.late === 'ZERO') return [late, traceStep('lateZero'), traceStep('earned', { points: verdict.points, weight }), ...clause];
  return [late, ...formula('lateRatio', { planned: row.target, days: row.actual }, multiplyDecimal(weight, row.target), row.actual, verdict, weight), ...clause];
}

function explainDirect(row: ComparedRow, scored: ScoringRow, verdict: Verdict, weight: string): TraceStep[] {
  const isYes = row.kernel.a === 1n;
  if (row.compared && scored.actual.kind === 'REPORTED') {
    const words = compared(row, scored);
    return isYes ? [traceStep('met', { ...words, points: verdict.points, weight })] : [traceStep('unmet', words), traceStep('answeredNo', { weight })];
  }
  if (row.compared && scored.actual.kind === 'DATED') {
    const words = { actual: formatTargetDate(scored.actual.date), target: formatTargetDate(scored.indicator.target.magnitude ?? '') };
    return isYes ? [traceStep('onTime', { ...words, points: verdict.points, weight })] : [traceStep('late', words), traceStep('answeredNo', { weight })];
  }
  if (isYes) return [traceStep('answeredYes', { points: verdict.points, weight })];
  const deduction = fromScaled(row.kernel.t, 2);
  if (row.kernel.t === 0n) return [traceStep('answeredNo', { weight })];
  return formula('answeredNoDeduction', { deduction: normalizeDecimal(deduction) }, subtractDecimal(weight, deduction), '1', verdict, weight);
}

function explainGrade(row: ComparedRow, profile: RuleProfile, verdict: Verdict, weight: string): TraceStep[] {
  if (row.graded === null) return [];
  const { grade, share, byDefault } = row.graded;
  const band = profile.grades[grade];
  const params = { grade, low: percent(band.low), high: percent(band.high), share: percent(share) };
  return [
    ...(byDefault ? [traceStep('gradeDefault')] : []),
    ...formula('graded', params, multiplyDecimal(weight, share), '1', verdict, weight), ...clauseSteps(profile, `grades.${grade}`),
  ];
}

function explainRule(row: ComparedRow, scored: ScoringRow, profile: RuleProfile, verdict: Verdict, weight: string): TraceStep[] {
  const { rule } = row.kernel;
  switch (rule) {
    case KERNEL_RULE.SATISFACTION: return explainSatisfaction(row, scored, profile, verdict, weight);
    case KERNEL_RULE.DATE: return explainDate(row, scored, profile, verdict, weight);
    case KERNEL_RULE.DIRECT: return explainDirect(row, scored, verdict, weight);
    case KERNEL_RULE.GRADED: return explainGrade(row, profile, verdict, weight);
    case KERNEL_RULE.INTERVAL: return explainInterval(row, profile, verdict, weight);
    default: {
      const order = compareDecimal(row.actual, row.target);
      const isMet = rule === KERNEL_RULE.POSITIVE ? order >= 0 : rule === KERNEL_RULE.NEGATIVE ? order <= 0 : order === 0;
      const words = compared(row, scored);
      if (isMet) return [traceStep('met', { ...words, points: verdict.points, weight }), ...clauseSteps(profile, 'proportional')];
      if (rule === KERNEL_RULE.POSITIVE) return explainPositive(row, scored, profile, verdict, weight);
      if (rule === KERNEL_RULE.NEGATIVE) return explainNegative(row, row.target, traceStep('unmet', words), profile, verdict, weight);
      return explainPoint(row, scored, verdict, weight);
    }
  }
}

/**
 * The derivation of an answered row: how the periods made the value, the conversions, the formula with its numbers, rounding and clause,
 * then what is to be said beside it (strict operator, far below the limit).
 */
export function explainRow(row: ComparedRow, scored: ScoringRow, profile: RuleProfile, verdict: Verdict): TraceStep[] {
  const weight = normalizeDecimal(scored.indicator.weight);
  const conversions = row.conversions.map(({ from, to }) => traceStep('converted', { from: printQuantity(...from), to: printQuantity(...to) }));
  const { comparator } = scored.indicator.target;
  const isStrictEqual = (comparator === 'GT' || comparator === 'LT') && !row.fromDate && row.graded === null && compareDecimal(row.actual, row.target) === 0;
  return [
    ...(scored.accumulated?.steps ?? []), ...conversions, ...explainRule(row, scored, profile, verdict, weight),
    ...(isStrictEqual ? [traceStep('strictEqual', { sign: comparator === 'GT' ? '>' : '<' })] : []),
    ...((verdict.bits & KERNEL_FLAG.FAR_BELOW_LIMIT) !== 0 ? [traceStep('farBelowLimit')] : []),
  ];
}

/** The sentences about an overshoot: the reason owed, and the deduction where the target was set too low. */
export function explainOver(row: ComparedRow, profile: RuleProfile, weight: string, deducted: { readonly points: DecimalText } | null): TraceStep[] {
  const { threshold, inclusive, maxDeduction } = profile.overCompletion;
  const rate = divideDecimal(multiplyDecimal(row.actual, '100'), row.target, 2);
  const over = traceStep('over', {
    rate, threshold: percent(threshold), bound: inclusive ? '达到或超过' : '超过', boundEn: inclusive ? 'at or above' : 'above',
  });
  const clause = clauseSteps(profile, 'overCompletion');
  if (deducted === null) return [over, ...clause];
  const excess = subtractDecimal(row.actual, multiplyDecimal(threshold, row.target));
  const capped = compareDecimal(excess, multiplyDecimal(maxDeduction, row.target)) > 0;
  const quotient = capped ? printQuotient(multiplyDecimal(weight, maxDeduction), '1') : printQuotient(multiplyDecimal(weight, excess), row.target);
  return [
    over,
    traceStep('overDeducted', {
      weight: normalizeDecimal(weight), max: percent(maxDeduction) + '%', ratio: divideDecimal(row.actual, row.target, 4), threshold: addDecimal(threshold),
      equals: quotient.equals, value: quotient.value, points: deducted.points,
    }),
    ...clause,
  ];
}
