import { type DecimalText, compareDecimal, divideDecimal, multiplyDecimal, roundHalfUp, subtractDecimal } from '../decimal';
import type { OverCause } from '../scoring/score';
import type { MonitoringLight } from './monitoring-light';

/** 偏差原因 of the national monitoring form (财预〔2019〕136号), several may hold; TARGET_TOO_LOW is the cause of an overshoot. */
export type DeviationCause = 'FUNDS' | 'SYSTEM' | 'STAFF' | 'EQUIPMENT' | 'OTHER' | 'TARGET_TOO_LOW';

/** 完成目标可能性. */
export type Likelihood = 'CERTAIN' | 'POSSIBLE' | 'IMPOSSIBLE';

/** Causes in the order and wording of the form. */
export const CAUSE_WORDS: Readonly<Record<DeviationCause, { readonly zh: string; readonly en: string }>> = {
  FUNDS: { zh: '经费保障', en: 'funds' },
  SYSTEM: { zh: '制度保障', en: 'rules and procedures' },
  STAFF: { zh: '人员保障', en: 'staff' },
  EQUIPMENT: { zh: '硬件条件保障', en: 'equipment' },
  OTHER: { zh: '其他', en: 'other' },
  TARGET_TOO_LOW: { zh: '年初指标值设定明显偏低', en: 'the target was set clearly too low' },
};

/** Likelihoods in the order and wording of the form. */
export const LIKELIHOOD_WORDS: Readonly<Record<Likelihood, { readonly zh: string; readonly en: string }>> = {
  CERTAIN: { zh: '确定能', en: 'certain' },
  POSSIBLE: { zh: '有可能', en: 'possible' },
  IMPOSSIBLE: { zh: '完全不可能', en: 'impossible' },
};

/** 偏差原因及改进措施 of one row. */
export interface DeviationExplanation {
  readonly causes: readonly DeviationCause[];
  /** 原因说明. */
  readonly sentence: string;
  /** 改进措施. */
  readonly measures: string;
  readonly likelihood: Likelihood | null;
  /** 全年预计完成情况, as printed. */
  readonly forecast: string | null;
}

/** A part of an explanation that is owed and not there. */
export type ExplanationGap = 'CAUSES' | 'SENTENCE' | 'MEASURES' | 'FORECAST';

const isBlank = (text: string | null | undefined): boolean => (text ?? '').trim() === '';

/** Parts missing from what a scored row owes: causes, the sentence and — unless it merely went too far — measures (S-03, S-05). */
export function gapsOfScoredRow(score: { readonly explanationOwed: boolean; readonly flags: readonly string[] }, explanation: DeviationExplanation | null): ExplanationGap[] {
  if (!score.explanationOwed) return [];
  const gaps: ExplanationGap[] = [];
  if ((explanation?.causes ?? []).length === 0) gaps.push('CAUSES');
  if (isBlank(explanation?.sentence)) gaps.push('SENTENCE');
  if (!score.flags.includes('OVER') && isBlank(explanation?.measures)) gaps.push('MEASURES');
  return gaps;
}

/** Parts missing from what a monitored row owes (M-01): a red or yellow light needs causes and a sentence; doubt needs a forecast and a sentence. */
export function gapsOfMonitoredRow(light: MonitoringLight, explanation: DeviationExplanation | null): ExplanationGap[] {
  const isBehind = light === 'RED' || light === 'YELLOW';
  const likelihood = explanation?.likelihood ?? null;
  const isDoubtful = likelihood !== null && likelihood !== 'CERTAIN';
  const gaps: ExplanationGap[] = [];
  if (isBehind && (explanation?.causes ?? []).length === 0) gaps.push('CAUSES');
  if ((isBehind || isDoubtful) && isBlank(explanation?.sentence)) gaps.push('SENTENCE');
  if (isDoubtful && isBlank(explanation?.forecast)) gaps.push('FORECAST');
  return gaps;
}

/** What the explanation says about an overshoot: only TARGET_TOO_LOW may cost points. null: nothing was said. */
export function overCauseOf(explanation: Pick<DeviationExplanation, 'causes'> | null): OverCause | null {
  if (explanation === null || explanation.causes.length === 0) return null;
  return explanation.causes.includes('TARGET_TOO_LOW') ? 'TARGET_TOO_LOW' : 'OTHER';
}

/** How much achievement runs ahead of the money, and the money left over: signs of a result that looks better than its spending. */
export interface AchievementGap {
  /** (S/W − B/E)/(S/W) in percent, two decimals; null when no points were earned. */
  readonly gap: DecimalText | null;
  /** Above 5 %: red, "high result, low spending". */
  readonly isGapWide: boolean;
}

/**
 * Plausibility of a self-evaluation (S-09). `points` of `weight` (90) were earned by the rows, `executionPoints` of `executionWeight` (10)
 * by the money. 85 and 9 give 4.71 %, 88 and 8.5 give 13.07 % (before rounding, 13.068…).
 */
export function achievementGap(points: DecimalText, weight: DecimalText, executionPoints: DecimalText, executionWeight: DecimalText): AchievementGap {
  if (compareDecimal(points, '0') <= 0 || compareDecimal(weight, '0') <= 0 || compareDecimal(executionWeight, '0') <= 0) return { gap: null, isGapWide: false };
  // (S/W − B/E)/(S/W) = 1 − B·W/(E·S), in one division.
  const ratio = divideDecimal(multiplyDecimal('100', executionPoints, weight), multiplyDecimal(executionWeight, points), 10);
  const gap = subtractDecimal('100', ratio);
  return { gap: roundHalfUp(gap, 2), isGapWide: compareDecimal(gap, '5') > 0 };
}
