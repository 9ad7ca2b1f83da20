import type { ReportRow } from '@jiheng/contract';
import { formatActual, formatTarget } from '@jiheng/domain';
import { toActual } from '../api/actual-body';
import { flagWords, isKnownFlag } from '../ui/points/flag-words';
import { sayScore } from '../ui/points/say-score';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { type Language, fill } from '../words/dictionary';
import { sayPeriod } from '../words/moments';
import { concernsOf } from './attention';
import type { Change } from './review-model';

/** Flags that only repeat what the cell says, or that the derivation tells and nobody can act on in a review. */
const SAID_ELSEWHERE = new Set(['NOT_REPORTED', 'NOT_APPLICABLE', 'UNFINISHED', 'RATIO_WITHOUT_PARTS']);

/** One row of the review as it is read: every cell as text. */
export interface ReviewRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly level1: string;
  readonly level2: string;
  readonly target: string;
  readonly weight: string;
  readonly earlier: readonly { readonly ordinal: number; readonly label: string; readonly value: string }[];
  readonly current: string;
  readonly isSilent: boolean;
  /** Set when the value changed since the report was last handed on; `before` is empty where there was none. */
  readonly changedFrom: string | null;
  readonly yearToDate: string;
  readonly steps: readonly string[];
  readonly flags: readonly string[];
  readonly warnings: readonly string[];
  readonly candidate: string | null;
  readonly owes: boolean;
  readonly lacksEvidence: boolean;
  /** As it came. */
  readonly row: ReportRow;
}

/** A row of the report in the language of the reader. */
export function reviewRow(row: ReportRow, ordinal: number, change: Change | undefined, language: Language): ReviewRow {
  const { indicator } = row;
  const say = (actual: ReportRow['yearToDate'] | null): string => (actual === null || actual.kind === 'NOT_REPORTED' ? '' : formatActual(toActual(actual), indicator, language));
  const concerns = concernsOf(row, ordinal);
  const current = row.current?.actual ?? null;
  return {
    id: indicator.id, key: indicator.key, name: indicator.name, level1: indicator.level1, level2: indicator.level2, target: formatTarget(indicator.target), weight: withoutTrailingZeros(indicator.weight),
    earlier: row.earlier.map(({ ordinal: quarter, label, actual }) => ({ ordinal: quarter, label: sayPeriod(label, language), value: say(actual) })), current: say(current), isSilent: current === null || current.kind === 'NOT_REPORTED',
    changedFrom: change === undefined ? null : say(change.before), yearToDate: say(row.yearToDate), steps: sayScore(row.score, language),
    flags: (row.score?.flags ?? []).filter((flag) => !SAID_ELSEWHERE.has(flag)).map((flag) => (isKnownFlag(flag) ? fill(flagWords[language][flag]) : flag)),
    warnings: (row.warnings ?? []).map((warning) => warning[language]), candidate: row.candidate === null || row.candidate.outcome === 'SAME' ? null : say(row.candidate.actual),
    owes: concerns.includes('explanation'), lacksEvidence: concerns.includes('evidence'), row,
  };
}
