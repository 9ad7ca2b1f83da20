import { type Guard, type Refusal, type RuleProfile, type TableScore, compareDecimal, gapsOfScoredRow, refuse } from '@jiheng/domain';
import type { LoadedSelfEvaluation } from './loaded-self-evaluation';
import { EXECUTION_REASON, GOAL_ACHIEVED } from './written-parts';

/** One thing that keeps a year from being submitted, and the row it lies at. */
export interface OpenPoint {
  readonly guard: Guard;
  readonly refusal: Refusal;
  readonly indicatorId: string | null;
}

const GAPS = { CAUSES: ['偏差原因', 'causes'], SENTENCE: ['原因说明', 'the account of the cause'], MEASURES: ['改进措施', 'measures'], FORECAST: ['全年预计完成情况', 'a forecast'] } as const;

/**
 * What still has to be said, in the order of the form: quarters, rows, explanations, money, the account of the goal.
 * @param profile the rules `score` was computed by
 */
export function openPointsOf(year: LoadedSelfEvaluation, score: TableScore, profile: RuleProfile): OpenPoint[] {
  const title = year.head.project ?? year.head.unitName;
  return [
    ...year.quarters.filter((quarter) => quarter.state !== 'SIGNED').map((quarter): OpenPoint => ({
      guard: 'quartersSigned', indicatorId: null, refusal: refuse('self-evaluation.quarter-unsigned', { table: title, period: quarter.label }).refusal,
    })),
    ...year.rows.flatMap((row, at): OpenPoint[] => {
      const points = score.rows[at];
      if (points === undefined) return [];
      if (points.blocked !== null) {
        // A row given its points by hand is answered by that.
        return row.adjustment === null ? [{ guard: 'rowsAnswered', indicatorId: row.indicatorId, refusal: points.blocked }] : [];
      }
      const gaps = gapsOfScoredRow(points, row.explanation);
      return gaps.length === 0 ? [] : [{
        guard: 'explanationsGiven', indicatorId: row.indicatorId,
        refusal: refuse('open.explanation-owed', { name: row.indicator.name, missing: gaps.map((gap) => GAPS[gap][0]).join('、'), missingEn: gaps.map((gap) => GAPS[gap][1]).join(', ') }).refusal,
      }];
    }),
    ...moneyPoints(year, score, profile),
    ...((year.chapters.get(GOAL_ACHIEVED)?.written ?? '').trim() === ''
      ? [{ guard: 'findingsCleared' as const, indicatorId: null, refusal: refuse('self-evaluation.goal-achieved-missing').refusal }] : []),
  ];
}

function moneyPoints(year: LoadedSelfEvaluation, score: TableScore, profile: RuleProfile): OpenPoint[] {
  const { execution } = score;
  if (execution === null) return [];
  if (execution.blocked !== null) return [{ guard: 'rowsAnswered', indicatorId: null, refusal: year.execution === null ? refuse('self-evaluation.execution-missing').refusal : execution.blocked }];
  const reason = executionReason(year);
  const isOwed = execution.rate !== null && compareDecimal(execution.rate, profile.explanations.executionBelow) < 0 && (reason ?? '').trim() === '';
  return isOwed ? [{ guard: 'explanationsGiven', indicatorId: null, refusal: refuse('open.execution-reason-owed', { rate: execution.rate ?? '' }).refusal }] : [];
}

/** Why the money was spent as it was: written for the year, or taken over from the quarter. */
export function executionReason(year: LoadedSelfEvaluation): string | null {
  const written = year.chapters.get(EXECUTION_REASON)?.written.trim() ?? '';
  return written === '' ? (year.execution?.reason ?? null) : written;
}
