import type { Refusal } from '../result';
import { actualRefusals } from './actual.refusals';
import { budgetRefusals } from './budget.refusals';
import { sayCause } from './cause-words';
import { documentRefusals } from './document.refusals';
import { houseRefusals } from './house.refusals';
import { pullRefusals } from './pull.refusals';
import { quantityRefusals } from './quantity.refusals';
import { reportingRefusals } from './reporting.refusals';
import { scoringRefusals } from './scoring.refusals';
import { selfEvaluationRefusals } from './self-evaluation.refusals';
import { type Language, speak } from './speak';
import { stagingRefusals } from './staging.refusals';
import { targetTableRefusals } from './target-table.refusals';
import { workflowRefusals } from './workflow.refusals';

/** Every refusal the product can utter, each a sentence that says what is wrong and what to do, in both languages. */
export const REFUSAL_WORDS = {
  ...budgetRefusals, ...quantityRefusals, ...targetTableRefusals, ...actualRefusals, ...scoringRefusals, ...workflowRefusals, ...documentRefusals, ...houseRefusals, ...pullRefusals,
  ...selfEvaluationRefusals,
  ...reportingRefusals, ...stagingRefusals,
} as const;

/** The closed union of refusal codes. */
export type RefusalCode = keyof typeof REFUSAL_WORDS;

/** The sentence a person reads for a refusal. A cause that a library or the system named is put into words. */
export function sayRefusal(refusal: Refusal, language: Language = 'zh'): string {
  const { cause } = refusal.params;
  const params = cause === undefined ? refusal.params : { ...refusal.params, cause: sayCause(cause, language) };
  return speak(REFUSAL_WORDS[refusal.code], params, language);
}
