import { type DecimalText, divideDecimal, normalizeDecimal, roundHalfUp } from '../decimal';
import { groupDigits } from '../quantity/format-quantity';
import { decimalPlaces } from '../scaled';
import { type Language, speak } from '../words/speak';
import { TRACE_WORDS, type TraceCode } from '../words/trace-words';
import type { RuleProfile } from './rule-profile';

/** 计算过程: one step of how a point was reached. `text` is the Chinese sentence; other languages come from {@link sayTrace}. */
export interface TraceStep {
  readonly step: TraceCode;
  readonly params: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Makes a step with its Chinese sentence. */
export function traceStep(step: TraceCode, params: Readonly<Record<string, string>> = {}): TraceStep {
  return { step, params, text: speak(TRACE_WORDS[step], params, 'zh') };
}

/** The sentence of a step in a language. */
export function sayTrace(step: TraceStep, language: Language): string {
  return language === 'zh' ? step.text : speak(TRACE_WORDS[step.step], step.params, language);
}

/** A number as a derivation prints it: shortest spelling, thousands separated ("264,000"). */
export function printNumber(magnitude: DecimalText): string {
  return groupDigits(normalizeDecimal(magnitude));
}

/** A number with its unit as a derivation prints it: "264,000 人", "95%". */
export function printQuantity(magnitude: DecimalText, unit: string | null): string {
  const shown = unit === '月' ? '个月' : unit;
  return shown === null ? printNumber(magnitude) : /^[%‰]$/.test(shown) ? printNumber(magnitude) + shown : `${printNumber(magnitude)} ${shown}`;
}

/** The quotient as a derivation prints it: "= 4.00" when two decimals are enough, "= 4.375" or "≈ 3.333333" when rounding follows. */
export function printQuotient(dividend: DecimalText, divisor: DecimalText): { readonly equals: '=' | '≈'; readonly value: string; readonly exact: boolean } {
  // Ten places tell a quotient that ends from one that does not, at every size that points can have.
  const value = divideDecimal(dividend, divisor, 10);
  const places = decimalPlaces(value);
  if (places <= 2) return { equals: '=', value: roundHalfUp(value, 2), exact: true };
  // 35 ÷ 8 is 4.375 to the last digit although it is rounded afterwards; 10 ÷ 3 is not to be had.
  return places <= 6 ? { equals: '=', value: roundHalfUp(value, places), exact: false } : { equals: '≈', value: divideDecimal(dividend, divisor, 6), exact: false };
}

/** The clause of a parameter: its own entry, or that of the group it belongs to; nothing when the profile names none. */
export function clauseSteps(profile: Pick<RuleProfile, 'clauses'>, path: string): TraceStep[] {
  for (let at = path; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') {
    const clause = Object.hasOwn(profile.clauses, at) ? profile.clauses[at] : undefined;
    if (clause !== undefined) return [traceStep('clause', { clause })];
  }
  return [];
}
