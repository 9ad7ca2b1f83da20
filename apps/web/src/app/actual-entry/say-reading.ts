import {
  type Actual, type Finding, type Indicator, type IndicatorScore, type Language, type RuleProfile, convertMagnitude, formatActual, formatQuantity, multiplyDecimal, normalizeDecimal,
  sayRefusal, sayTrace,
} from '@jiheng/domain';

/** How a value is understood, in the unit of its row: what stands under the cell. */
export function sayActual(actual: Actual, indicator: Indicator, language: Language): string {
  if (actual.kind === 'NOT_REPORTED') return '';
  if (actual.kind !== 'REPORTED') return formatActual(actual, indicator, language);
  const { unit } = indicator.target;
  const converted = convertMagnitude(actual.magnitude, actual.unit, unit);
  const value = converted.ok ? formatQuantity(tidy(actual, converted.value, unit), unit ?? actual.unit) : formatQuantity(actual.magnitude, actual.unit);
  const { numerator = null, denominator = null } = actual;
  if (denominator === null) return value;
  return numerator === null ? `${value}（${denominator}）` : `${value}（${numerator}/${denominator}）`;
}

/** Printed digits are kept where nothing was converted ("26.40" stays), a converted number loses its needless zeros. */
function tidy(actual: { readonly magnitude: string; readonly unit: string | null }, converted: string, unit: string | null): string {
  return actual.unit === unit || actual.unit === null ? actual.magnitude : normalizeDecimal(converted);
}

/** The steps of a score as sentences. */
export function saySteps(score: IndicatorScore | null, language: Language): readonly string[] {
  if (score === null) return [];
  const steps = score.trace.map((step) => sayTrace(step, language));
  return score.blocked === null ? steps : [...steps, sayRefusal(score.blocked, language)];
}

/** Steps that lead up to the comparison or stand behind it; the detail of the row has them all. */
const BESIDE = /^(?:accumulated-|converted$|clause$)/u;

/** The heart of the derivation as one line: 264,000 人 ≥ 261,000 人，达成，得 20.00 分（权重 20）. */
export function sayReason(score: IndicatorScore | null, language: Language): string {
  if (score === null) return '';
  return saySteps({ ...score, trace: score.trace.filter((step) => !BESIDE.test(step.step)) }, language).map((step) => step.replace(/[。.]$/u, '')).join(language === 'zh' ? '；' : '; ');
}

/** Lower and upper end of the share a grade may earn, in percent as printed. */
export function gradeRange(profile: RuleProfile | null, grade: 'A' | 'B' | 'C'): { readonly low: string; readonly high: string; readonly highIncluded: boolean } | null {
  const band = profile?.grades[grade];
  if (band === undefined) return null;
  return { low: multiplyDecimal(band.low, '100'), high: multiplyDecimal(band.high, '100'), highIncluded: band.highIncluded };
}

/** The choices of a doubt: what stands there as understood. */
export function doubtedText(finding: Finding): string {
  return finding.found ?? '';
}
