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

/** Makes a finding with its Chinese sentence. `expected` and `found` are parameters of the sentence as well. */
export function aFinding(code: FindingCode, severity: Severity, params: Readonly<Record<string, string>> = {}, place: FindingPlace = {}): Finding {
  const { table = null, row = null, expected = null, found = null } = place;
  const all = { ...(expected === null ? {} : { expected }), ...(found === null ? {} : { found }), ...params };
  return { code, severity, table, row, message: speak(FINDING_WORDS[code], all, 'zh'), params: all, expected, found };
}

/** The sentence of a finding in either language. */
export function sayFinding(finding: Pick<Finding, 'code' | 'params'>, language: Language = 'zh'): string {
  return speak(FINDING_WORDS[finding.code], finding.params, language);
}
