import type { PreviousActualsView } from '@jiheng/contract';
import { asPreviousActuals } from '@jiheng/documents/recognise';
import { normalizeText, type PerformanceTargetTable, type StagedRow, type StagedTable, toIndicatorOf } from '@jiheng/domain';

/** Values for rows of a target table, and the rows without one. */
export type ProposedActuals = Pick<PreviousActualsView, 'proposals' | 'unmatched'>;

/** What a staged form with results would write as 上年完成值 into the target table of the year after. A row whose result is blank proposes nothing. */
export function proposePreviousActuals(staged: Pick<StagedTable, 'rows'>, target: Pick<PerformanceTargetTable, 'indicators'>): ProposedActuals {
  const indicators = staged.rows.map((row) => ({
    ...toIndicatorOf(row), confidence: row.confidence, source: { file: '', place: row.place },
    ...resultOf(row),
  }));
  const found = asPreviousActuals({ indicators }, target);
  const proposals = found.proposals.flatMap(({ row, previousActual, match, replaces }) => {
    const indicator = target.indicators[row];
    if (indicator === undefined || previousActual === null) return [];
    const there = indicator.previousActual !== null && normalizeText(indicator.previousActual) === normalizeText(previousActual);
    return [{ key: indicator.key, name: indicator.name, level1: indicator.level1, previousActual, match, replaces, there }];
  });
  const filled = new Set(proposals.map((one) => one.key));
  return { proposals, unmatched: target.indicators.filter((row) => !filled.has(row.key)).map((row) => row.name) };
}

/** 实际完成值 as it was read, or as a person put it right. */
export function resultOf({ actual, corrected, previousActual }: StagedRow): { actualRaw?: string | null; actualText?: string | null } {
  if (corrected.includes('previous')) return { actualRaw: previousActual, actualText: null };
  return actual === undefined ? {} : { actualRaw: actual.raw, actualText: actual.text };
}
