import type { ReportRow } from '@jiheng/contract';
import { REFUSAL_WORDS, type RefusalCode, TRACE_WORDS, type TraceCode, sayRefusal, speak } from '@jiheng/domain';
import type { Language } from '../../words/dictionary';

type RowScore = NonNullable<ReportRow['score']>;
type Step = RowScore['trace'][number];

/** One step of a derivation as a sentence. A step of a newer server that this browser does not know is said as it came, in Chinese. */
export function sayStep(step: Step, language: Language): string {
  return language === 'en' && Object.hasOwn(TRACE_WORDS, step.step) ? speak(TRACE_WORDS[step.step as TraceCode], step.params, 'en') : step.text;
}

/** How the points of a row came about, step by step, and what keeps it from having any. */
export function sayScore(score: Pick<RowScore, 'trace' | 'blocked'> | null, language: Language): readonly string[] {
  if (score === null) return [];
  const steps = score.trace.map((step) => sayStep(step, language));
  const { blocked } = score;
  return blocked !== null && Object.hasOwn(REFUSAL_WORDS, blocked.code)
    ? [...steps, sayRefusal({ code: blocked.code as RefusalCode, params: blocked.params }, language)] : steps;
}
