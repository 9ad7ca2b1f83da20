import type { ActualBody } from '@jiheng/contract';
import { type DecimalText, type RuleProfile, compareDecimal, divideDecimal, isDecimalText, multiplyDecimal, normalizeDecimal, subtractDecimal } from '@jiheng/domain';

export type GradeName = 'A' | 'B' | 'C';

/** The share of the points a grade may earn, in whole percent as printed; `highest` is the highest whole percent that belongs to it. */
export interface GradeRange {
  readonly grade: GradeName;
  readonly low: DecimalText;
  readonly high: DecimalText;
  readonly highest: DecimalText;
}

/** The three grades by the rules in force, best first; empty when the rules are not known here. */
export function gradeRanges(profile: RuleProfile | null): readonly GradeRange[] {
  if (profile === null) return [];
  return (['A', 'B', 'C'] as const).map((grade) => {
    const band = profile.grades[grade];
    const high = normalizeDecimal(multiplyDecimal(band.high, '100'));
    // The upper end of the lower grades belongs to the better one: whole percents stop one below it.
    return { grade, low: normalizeDecimal(multiplyDecimal(band.low, '100')), high, highest: band.highIncluded ? high : subtractDecimal(high, '1') };
  });
}

/** A judgement with another grade. The words stay; a share stays only where the grade allows it, and is otherwise left for the person to choose. */
export function withGrade(before: ActualBody, range: GradeRange): ActualBody {
  const judged = before.kind === 'JUDGED' ? before : null;
  const percent = percentOf(judged);
  const keeps = percent !== null && compareDecimal(percent, range.low) >= 0 && compareDecimal(percent, range.highest) <= 0;
  const share = keeps ? (judged?.share ?? null) : range.grade === 'A' ? '1' : null;
  return { kind: 'JUDGED', grade: range.grade, share, note: judged?.note ?? null };
}

/** A judgement with another share, typed in percent. Text that is no number leaves the share open. */
export function withPercent(before: ActualBody, percent: string): ActualBody {
  if (before.kind !== 'JUDGED') return before;
  const typed = percent.trim();
  return { ...before, share: isDecimalText(typed) ? divideDecimal(typed, '100', 6) : null };
}

/** The share of a judgement in percent; null where none is chosen. */
export function percentOf(actual: ActualBody | null): DecimalText | null {
  return actual?.kind === 'JUDGED' && actual.share !== null ? normalizeDecimal(multiplyDecimal(actual.share, '100')) : null;
}
