import { z } from 'zod';
import { dayText, decimalText, momentText } from './decimal-text';
import { budgetUnitId, jobRunId } from './ids';

/** POST /api/scoring-runs: score everything below a unit (department, finance, administrator). Answers the run under way where there is one. */
export const askScoringRun = z.object({ unitId: budgetUnitId, fiscalYear: z.number().int().min(2000).max(2100), periodOrdinal: z.number().int().min(1).max(4) });
export const scoringRunAsked = z.object({ runId: z.uuid(), jobRunId: jobRunId.nullable() });
export type ScoringRunAsked = z.infer<typeof scoringRunAsked>;

const count = z.number().int().min(0);

/** What a unit and everything below it amount to in one quarter, or in the year (`periodOrdinal` 0). */
export const rollUpMeasures = z.object({
  /** Target tables in force. */
  tables: count,
  /** Documents by how far they are: reports of the quarter, self-evaluations of the year. */
  stages: z.object({ entering: count, submitted: count, reviewed: count, signed: count, returned: count }),
  /** Tables that have no document of the period yet. */
  unopened: count,
  /** Documents with points, and those that have a row without which they cannot be scored. */
  scored: count, blocked: count,
  /** 优良中差; only the year is rated. */
  ratings: z.object({ excellent: count, good: count, fair: count, poor: count }),
  /** Documents by the light of their budget execution at the end of the period. */
  lights: z.object({ red: count, yellow: count, green: count, none: count }),
  /** Points out of 100, weighted by the budget of each table; null when nothing is scored. Two decimals. */
  weightedMean: decimalText.nullable(),
  /** The same, every table alike. */
  mean: decimalText.nullable(),
  /** 万元. */
  budget: decimalText,
  executed: decimalText,
});
export type RollUpMeasures = z.infer<typeof rollUpMeasures>;

export const rollUpLine = z.object({
  unitId: budgetUnitId, code: z.string(), name: z.string(), kind: z.enum(['UNIT', 'DEPARTMENT', 'FINANCE']), hasBelow: z.boolean(), measures: rollUpMeasures,
  /** Documents that are not handed in although the last day is over. */
  late: count,
});
export type RollUpLine = z.infer<typeof rollUpLine>;

/** GET /api/roll-ups?unitId=&fiscalYear=&periodOrdinal= (0: the year). */
export const rollUpAsk = z.object({ unitId: budgetUnitId.optional(), fiscalYear: z.coerce.number().int().min(2000).max(2100), periodOrdinal: z.coerce.number().int().min(0).max(4).default(0) });
/** The same with `after`: the code of the last unit below that was read, where there are more of them than fit into one answer. */
export const rollUpViewAsk = rollUpAsk.extend({ after: z.string().min(1).max(100).optional() });
export const rollUpView = z.object({
  unit: rollUpLine,
  /** From the topmost unit the reader may see down to this one. */
  above: z.array(z.object({ unitId: budgetUnitId, name: z.string() })),
  /** By code, five hundred at once. */
  below: z.array(rollUpLine),
  /** How many lie directly below in all, whether they are in this answer or not. */
  belowTotal: count,
  /** What to ask for the next ones with (`after`); null after the last. */
  belowNext: z.string().nullable(),
  fiscalYear: z.number().int(), periodOrdinal: z.number().int(),
  /** Changes that are not counted yet; 0 in the moment everything is. */
  pending: count,
  /** When the last change of this unit or of anything below it was counted; null while nothing was. */
  countedAt: momentText.nullable(),
  /** The topmost units the reader may see; more than one for whoever answers for several regions. */
  tops: z.array(z.object({ unitId: budgetUnitId, name: z.string() })),
});
export type RollUpView = z.infer<typeof rollUpView>;

/** GET /api/roll-ups/outstanding: the units of a region, however deep, whose documents of the period are not handed in. */
export const outstandingView = z.object({
  units: z.array(z.object({ unitId: budgetUnitId, code: z.string(), name: z.string(), aboveName: z.string().nullable(), unopened: count, entering: count, returned: count })),
  /** There are more than are listed. */
  hasMore: z.boolean(),
  /** Last day of the period; null for the year, which has none. */
  dueOn: dayText.nullable(),
  isOver: z.boolean(),
});
export type OutstandingView = z.infer<typeof outstandingView>;
