import { z } from 'zod';
import { decimalText, longText, shortText, dayText, momentText } from './decimal-text';
import { budgetUnitId, indicatorId, monitoringReportId, periodId, selfEvaluationId, targetTableId } from './ids';

export const subject = z.enum(['PROJECT', 'UNIT']);
export const indicatorKind = z.enum(['QUANT', 'QUAL', 'DATE', 'BOOL']);
export const comparator = z.enum(['GE', 'GT', 'EQ', 'LE', 'LT', 'BETWEEN', 'NONE']);
export const direction = z.enum(['POSITIVE', 'NEGATIVE', 'POINT']);
export const scoringRule = z.enum(['PROPORTIONAL', 'GRADE', 'SATISFACTION', 'DIRECT']);
export const accumulation = z.enum(['SUM', 'LAST', 'RATIO', 'MAX', 'MIN', 'SURVEY', 'MANUAL']);

export const indicatorTarget = z.object({
  kind: indicatorKind, comparator, magnitude: z.string().nullable(), magnitudeHigh: z.string().nullable(),
  unit: z.string().nullable(), text: z.string().nullable(), raw: z.string(),
});

/** One row, without its database id: what an import or a draft carries. */
export const indicatorBody = z.object({
  key: z.string().max(80), level1: z.string().max(60), level2: z.string().max(60), name: z.string().min(1).max(200), target: indicatorTarget,
  direction: direction.nullable(), weight: decimalText, basis: z.string().max(200).nullable(), previousActual: z.string().max(100).nullable(),
  scoringRule: scoringRule.nullable(), evidence: z.string().max(100).nullable(), accumulation, passThreshold: decimalText.nullable(),
});
export const indicatorView = indicatorBody.extend({ id: indicatorId, ordinal: z.number().int() });
export type IndicatorView = z.infer<typeof indicatorView>;

/** Amounts in 万元. PROJECT uses total/fiscal/other, UNIT total/higherLevel/localLevel/other. */
export const tableBudget = z.object({
  total: decimalText.nullable(), fiscal: decimalText.nullish(), other: decimalText.nullish(),
  higherLevel: decimalText.nullish(), localLevel: decimalText.nullish(),
});

export const targetTableState = z.enum(['DRAFT', 'SUBMITTED', 'REVIEWED', 'SIGNED', 'DEPARTMENT_ACCEPTED', 'APPROVED', 'RETURNED', 'SUPERSEDED']);
export const monitoringState = z.enum(['DRAFT', 'SUBMITTED', 'REVIEWED', 'SIGNED', 'RETURNED']);
export const selfEvaluationState = z.enum(['DRAFT', 'SUBMITTED', 'REVIEWED', 'SIGNED', 'DEPARTMENT_ACCEPTED', 'ACCEPTED', 'RETURNED']);
export const periodState = z.enum(['FUTURE', 'OPEN', 'CLOSED']);

export const findingView = z.object({
  code: z.string(), severity: z.enum(['ERROR', 'WARN', 'INFO']), table: z.number().int().nullable(), row: z.number().int().nullable(),
  message: z.string(), messageEn: z.string(), expected: z.string().nullable(), found: z.string().nullable(),
  /** What it is accepted by; another one as soon as the row (or the head) it is about changes. Only on findings of a stored table. */
  id: z.string().optional(),
  /** Key of the row it is about; null for the head. */
  rowKey: z.string().nullable().optional(),
  /** A warning that somebody took on with a reason; null while nobody did. */
  accepted: z.object({ reason: z.string(), by: z.string(), at: momentText }).nullable().optional(),
});
export type FindingView = z.infer<typeof findingView>;
/** POST /api/target-tables/:id/findings/:findingId/acceptance (reporter or reviewer): a warning stays as it is, with a reason. Answers with the table. */
export const acceptFinding = z.object({ reason: longText.min(2) });

export const periodView = z.object({
  id: periodId, fiscalYear: z.number().int(), ordinal: z.number().int(), label: z.string(),
  startsOn: dayText, endsOn: dayText, dueOn: dayText, state: periodState,
});
export type PeriodView = z.infer<typeof periodView>;

/** One quarter of one table as seen from lists. */
export const reportSummary = z.object({
  id: monitoringReportId, periodId, label: z.string(), ordinal: z.number().int(), state: monitoringState, dueOn: dayText, periodState,
  answered: z.number().int(), rows: z.number().int(), candidates: z.number().int(), points: decimalText.nullable(), weight: decimalText,
});

export const targetTableSummary = z.object({
  id: targetTableId, subject, fiscalYear: z.number().int(), unitId: budgetUnitId, unitName: z.string(), project: z.string().nullable(),
  version: z.number().int(), state: targetTableState, budgetTotal: decimalText.nullable(), indicatorCount: z.number().int(), weightTotal: decimalText,
  reports: z.array(reportSummary),
  selfEvaluation: z.object({ id: selfEvaluationId, state: selfEvaluationState, total: decimalText.nullable(), rating: z.string().nullable() }).nullable(),
});
export type TargetTableSummary = z.infer<typeof targetTableSummary>;
/** GET /api/target-tables?fiscalYear&unitId&q&cursor */
export const targetTableList = z.object({ tables: z.array(targetTableSummary), nextCursor: z.string().nullable(), fiscalYears: z.array(z.number().int()) });
export type TargetTableList = z.infer<typeof targetTableList>;

/** One act in a document's history. */
export const historyEntry = z.object({ move: z.string(), from: z.string(), to: z.string(), by: z.string(), role: z.string().nullable(), at: momentText, opinion: z.string().nullable() });
export type HistoryEntry = z.infer<typeof historyEntry>;

/** 年度主要任务 of a whole unit; amounts in 万元. */
export const mainTask = z.object({ name: z.string().min(1).max(200), content: longText.nullable(), total: decimalText.nullable(), fiscal: decimalText.nullable(), other: decimalText.nullable() });
/** GET /api/target-tables/:id */
export const targetTableView = targetTableSummary.extend({
  goalText: z.string(), budget: tableBudget, lead: z.string().nullable(), indicators: z.array(indicatorView), moves: z.array(z.string()),
  findings: z.array(findingView), history: z.array(historyEntry), versions: z.array(z.object({ id: targetTableId, version: z.number().int(), state: targetTableState })),
  revision: z.number().int(),
  /** Absent where the table has none. */
  tasks: z.array(mainTask).optional(),
});
export type TargetTableView = z.infer<typeof targetTableView>;

/** What a draft carries: POST /api/target-tables. Without `tasks` those that are there stay; an empty list takes them out. */
export const targetTableBody = z.object({
  subject, fiscalYear: z.number().int().min(2000).max(2100), unitId: budgetUnitId, project: shortText.nullable(), lead: shortText.nullable(),
  goalText: longText, budget: tableBudget, indicators: z.array(indicatorBody).min(1).max(300), tasks: z.array(mainTask).max(200).optional(),
});
export type TargetTableBody = z.infer<typeof targetTableBody>;
/** POST /api/target-tables/:id/adjustments: a new version beside the one in force, and why (财预〔2015〕88号 art. 28). */
export const adjustTargetTable = targetTableBody.extend({ reason: longText.min(1) });
export type AdjustTargetTable = z.infer<typeof adjustTargetTable>;
/** PUT /api/target-tables/:id: a draft or a returned table, written anew. A stale revision answers 409. */
export const changeTargetTable = targetTableBody.extend({ expectedRevision: z.number().int().min(0) });
export type ChangeTargetTable = z.infer<typeof changeTargetTable>;
/** GET /api/periods?fiscalYear= */
export const periodList = z.object({ periods: z.array(periodView) });
export type PeriodList = z.infer<typeof periodList>;
/** 202 answer of POST /api/periods/:id/open: the job that opens the reports. */
export const openedPeriod = z.object({ jobRunId: z.uuid() });

/** Every document moves by the same body. `scoreId` is what the signer saw. */
export const moveRequest = z.object({
  move: z.string().min(1).max(40), opinion: longText.optional(), expectedRevision: z.number().int().min(0), scoreId: z.uuid().nullish(),
});
export const movedView = z.object({ state: z.string(), revision: z.number().int(), moves: z.array(z.string()) });
