import { FINDING_WORDS, type FindingCode } from '../words/finding-words';
import { type Language, speak } from '../words/speak';
import type { Finding, Severity } from './finding';

/** Where a finding points, and the two sides it compares. */
export interface FindingPlace {
  readonly table?: number | null;
  readonly row?: number | null;
  readonly expected?: string | null;
  readonly found?: string | null;
}

// One code of the catalogue may have several sentences: `Q-T1-alias` is a sentence of Q-T1.
const SENTENCE = /^([QSM]-[A-Z]?\d+)-(.+)$/u;

/**
 * Makes a finding with its Chinese sentence. `expected` and `found` are parameters of the sentence as well. A key such as `Q-T1-alias`
 * makes a finding of code Q-T1; which sentence it is stands in `params.sentence`.
 */
export function aFinding(key: FindingCode, severity: Severity, params: Readonly<Record<string, string>> = {}, place: FindingPlace = {}): Finding {
  const { table = null, row = null, expected = null, found = null } = place;
  const all = { ...(expected === null ? {} : { expected }), ...(found === null ? {} : { found }), ...params };
  const message = speak(FINDING_WORDS[key], all, 'zh');
  const [, code, sentence] = SENTENCE.exec(key) ?? [];
  return code === undefined || sentence === undefined || !(code in FINDING_WORDS)
    ? { code: key, severity, table, row, message, params: all, expected, found }
    : { code: code as FindingCode, severity, table, row, message, params: { ...all, sentence }, expected, found };
}

/** The sentence of a finding in either language. */
export function sayFinding(finding: Pick<Finding, 'code' | 'params'>, language: Language = 'zh'): string {
  const { sentence } = finding.params;
  const key = sentence === undefined ? finding.code : `${finding.code}-${sentence}`;
  return speak(FINDING_WORDS[key in FINDING_WORDS ? (key as FindingCode) : finding.code], finding.params, language);
}
