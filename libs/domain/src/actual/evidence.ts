import { compareDecimal, type DecimalText } from '../decimal';
import { defaultEvidence } from '../target-table/defaults';
import type { Indicator } from '../target-table/indicator';

/** 佐证资料 types: FORMAL 正式资料 · WORK 工作资料 · ORIGINAL 原始凭证 · STATEMENT 说明材料 (财预〔2021〕101号). */
export type EvidenceKind = 'FORMAL' | 'WORK' | 'ORIGINAL' | 'STATEMENT';

/** As printed on forms. */
export const EVIDENCE_NAMES: Readonly<Record<EvidenceKind, string>> = { FORMAL: '正式资料', WORK: '工作资料', ORIGINAL: '原始凭证', STATEMENT: '说明材料' };

/** From this weight on a row without a file is remarked on (S-06). */
export const EVIDENCE_FROM_WEIGHT: DecimalText = '5';

/** The type a printed cell names; null when it names none. */
export function evidenceKindOf(text: string | null): EvidenceKind | null {
  const kinds = Object.keys(EVIDENCE_NAMES) as EvidenceKind[];
  return text === null ? null : (kinds.find((kind) => text.includes(EVIDENCE_NAMES[kind])) ?? null);
}

/** The type of evidence a row owes: the declared one, or the usual one of its first level. */
export function evidenceOwed(indicator: Pick<Indicator, 'evidence' | 'level1'>): EvidenceKind {
  return evidenceKindOf(indicator.evidence) ?? evidenceKindOf(defaultEvidence(indicator.level1)) ?? 'WORK';
}

/** Whether a row is heavy enough that files are asked for and, of those attached, none is of the kind it owes. */
export function lacksEvidence(indicator: Pick<Indicator, 'evidence' | 'level1' | 'weight'>, attached: readonly EvidenceKind[]): boolean {
  return compareDecimal(indicator.weight, EVIDENCE_FROM_WEIGHT) >= 0 && !attached.includes(evidenceOwed(indicator));
}
