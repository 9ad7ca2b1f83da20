import type { ActualBody, SelfEvaluationRow } from '@jiheng/contract';
import { sameActual, sameDecimal } from '../sign-off/same-actual';
import type { DeviationText } from '../ui/deviation-note/deviation-note';

/** 调整得分 with its reason, as it travels. */
export interface AdjustmentText {
  readonly points: string;
  readonly reason: string;
}

/** The parts of a row's answer that a person changed; absent means unchanged. `adjustment: null` takes it back. */
export interface RowAnswer {
  readonly judgement?: ActualBody;
  readonly explanation?: DeviationText;
  readonly adjustment?: AdjustmentText | null;
}

const NOTHING: DeviationText = { causes: [], sentence: '', measures: '', likelihood: null, forecast: null };

/** What is written about a row; nothing said is an empty note. */
export function explanationOf(row: SelfEvaluationRow): DeviationText {
  if (row.explanation === null) return NOTHING;
  const { causes, sentence, measures, likelihood, forecast } = row.explanation;
  return { causes, sentence, measures, likelihood, forecast };
}

/** The adjustment that stands; null when there is none. */
export function adjustmentOf(row: SelfEvaluationRow): AdjustmentText | null {
  return row.adjustment === null ? null : { points: row.adjustment.points, reason: row.adjustment.reason };
}

export function sameExplanation(a: DeviationText, b: DeviationText): boolean {
  return a.sentence.trim() === b.sentence.trim() && a.measures.trim() === b.measures.trim() && a.likelihood === b.likelihood
    && (a.forecast ?? '').trim() === (b.forecast ?? '').trim() && a.causes.length === b.causes.length && a.causes.every((cause) => b.causes.includes(cause));
}

export function sameAdjustment(a: AdjustmentText | null, b: AdjustmentText | null): boolean {
  if (a === null || b === null) return a === b;
  return sameDecimal(a.points, b.points) && a.reason.trim() === b.reason.trim();
}

/** Whether two answers ask for the same change. */
export function sameAnswer(a: RowAnswer, b: RowAnswer): boolean {
  const both = <T>(left: T | undefined, right: T | undefined, same: (x: T, y: T) => boolean): boolean =>
    (left === undefined || right === undefined ? left === right : same(left, right));
  return both(a.judgement, b.judgement, sameActual) && both(a.explanation, b.explanation, sameExplanation) && both(a.adjustment, b.adjustment, sameAdjustment);
}
