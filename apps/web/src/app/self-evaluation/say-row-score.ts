import { sayScore } from '../ui/points/say-score';
import type { Language } from '../words/dictionary';
import type { EvaluationRow } from './evaluation-row';

/** The derivation of a row's points as sentences, whether the server computed them or the law was asked here. */
export function sayRowScore(score: ReturnType<EvaluationRow['score']>, language: Language): readonly string[] {
  return sayScore({
    trace: score.trace.map((step) => ({ step: step.step, params: { ...step.params }, text: step.text })), blocked: score.blocked === null ? null : { code: score.blocked.code, params: { ...score.blocked.params } },
  }, language);
}
