import { z } from 'zod';
import { dayText, decimalText, longText, momentText, shortText } from './decimal-text';
import { candidateId, evidenceId, indicatorId, monitoringReportId, requestId, scoreId, targetTableId } from './ids';
import { historyEntry, indicatorView, monitoringState, periodView, subject, tableBudget } from './target-table.contract';

/** 实际完成值 on the wire; zero, silence and "not applicable" are three kinds. */
export const actualBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('REPORTED'), magnitude: decimalText, unit: z.string().max(20).nullable(), numerator: decimalText.nullish(), denominator: decimalText.nullish() }),
  z.object({ kind: z.literal('JUDGED'), grade: z.enum(['A', 'B', 'C']), share: decimalText.nullable(), note: shortText.nullish() }),
  z.object({ kind: z.literal('ANSWERED'), answer: z.boolean(), deduction: decimalText.nullish() }),
  z.object({ kind: z.literal('DATED'), date: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/) }),
  z.object({ kind: z.literal('UNFINISHED') }),
  z.object({ kind: z.literal('NOT_REPORTED') }),
  z.object({ kind: z.literal('NOT_APPLICABLE'), reason: shortText }),
]);
export type ActualBody = z.infer<typeof actualBody>;

export const actualOrigin = z.enum(['TYPED', 'PULLED', 'IMPORTED', 'CORRECTED']);
export const light = z.enum(['RED', 'YELLOW', 'GREEN', 'BLUE', 'NONE']);
export const likelihood = z.enum(['CERTAIN', 'POSSIBLE', 'IMPOSSIBLE']);
/** 偏差原因 of the national monitoring form. */
export const deviationCause = z.enum(['FUNDS', 'SYSTEM', 'STAFF', 'EQUIPMENT', 'OTHER', 'TARGET_TOO_LOW']);

export const actualRevision = z.object({
  revision: z.number().int(), actual: actualBody, origin: actualOrigin, by: z.string(), at: momentText,
  /** The observation it came from, when it was pulled. */
  observationId: z.string().nullable(),
});
export const traceStep = z.object({ step: z.string(), params: z.record(z.string(), z.string()), text: z.string() });
export const rowScore = z.object({
  points: decimalText.nullable(), weight: decimalText, attainmentRate: decimalText.nullable(), deviationRate: decimalText.nullable(),
  flags: z.array(z.string()), trace: z.array(traceStep), explanationOwed: z.boolean(),
  blocked: z.object({ code: z.string(), params: z.record(z.string(), z.string()) }).nullable(),
});
export const explanationBody = z.object({
  causes: z.array(deviationCause).max(6), sentence: longText, measures: longText, likelihood: likelihood.nullable(), forecast: shortText.nullable(),
});
export const evidenceView = z.object({
  id: evidenceId, fileName: z.string(), mediaType: z.string(), size: z.number().int(), sha256: z.string(), by: z.string(), at: momentText,
});
export type EvidenceView = z.infer<typeof evidenceView>;
export const candidateView = z.object({
  id: candidateId, actual: actualBody, sourceName: z.string(), observedAt: momentText,
  /** What the source said, verbatim, with its digest. */
  verbatim: z.string(), sha256: z.string(), warning: z.string().nullable(), outcome: z.enum(['CANDIDATE', 'SAME', 'IMPLAUSIBLE']),
  /** GET /api/observations/:id tells the whole row it came from. */
  observationId: z.uuid().optional(),
  /** IMPORTED: a document that somebody brought says so. PULLED when absent. */
  origin: z.enum(['PULLED', 'IMPORTED']).optional(),
});
export type CandidateView = z.infer<typeof candidateView>;

export const reportRow = z.object({
  indicator: indicatorView,
  current: actualRevision.nullable(),
  /** Earlier periods of the year, in order, as recorded there. */
  earlier: z.array(z.object({ ordinal: z.number().int(), label: z.string(), actual: actualBody })),
  /** The value of the year so far by the row's 累计方式. */
  yearToDate: actualBody,
  /** The newest that waits for a choice; `others`: what other sources say of the row and nobody has settled. */
  candidate: candidateView.extend({ others: z.array(candidateView).optional() }).nullable(),
  evidence: z.array(evidenceView),
  explanation: explanationBody.extend({ revision: z.number().int(), by: z.string(), at: momentText }).nullable(),
  score: rowScore.nullable(),
  light,
  /** The value was taken as it is, but looks like a slip: a fraction for a percentage, a hundred times the target. */
  warnings: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })).optional(),
});
export type ReportRow = z.infer<typeof reportRow>;

/**
 * Money of the form: 年度资金总额 and its parts, 万元. Cumulative to the end of the period. A project has FISCAL, CARRY_OVER and OTHER below the
 * total, a whole unit HIGHER_LEVEL, LOCAL_LEVEL and OTHER.
 */
export const executionRow = z.object({ part: z.enum(['TOTAL', 'FISCAL', 'CARRY_OVER', 'HIGHER_LEVEL', 'LOCAL_LEVEL', 'OTHER']), initial: decimalText.nullable(), adjusted: decimalText.nullable(), executed: decimalText.nullable() });
export const executionView = z.object({
  revision: z.number().int(), rows: z.array(executionRow), rate: decimalText.nullable(), reason: z.string().nullable(), by: z.string().nullable(), at: momentText.nullable(), light,
});
export type ExecutionView = z.infer<typeof executionView>;

/** Where the points of a document stand: a job's state that a person can see. */
export const scoreState = z.object({
  state: z.enum(['NONE', 'WAITING', 'RUNNING', 'DONE', 'FAILED']), scoreId: scoreId.nullable(), total: decimalText.nullable(), rating: z.string().nullable(),
  profileName: z.string(), profileVersion: z.number().int(), computedAt: momentText.nullable(), failure: z.string().nullable(),
});

/** GET /api/monitoring-reports/:id */
export const monitoringReportView = z.object({
  id: monitoringReportId, revision: z.number().int(), state: monitoringState, period: periodView,
  table: z.object({ id: targetTableId, subject, unitName: z.string(), project: z.string().nullable(), fiscalYear: z.number().int(), version: z.number().int(), goalText: z.string(), budget: tableBudget }),
  rows: z.array(reportRow), execution: executionView.nullable(), score: scoreState,
  editable: z.boolean(), moves: z.array(z.string()), history: z.array(historyEntry),
  /** The whole rule profile, so that the browser scores with the same law. */
  profile: z.record(z.string(), z.unknown()), today: dayText,
  /** Row ids that changed since the last submit or sign-off; null when there was none. */
  changedSince: z.object({ move: z.string(), at: momentText, rows: z.array(z.object({ indicatorId, before: actualBody.nullable(), after: actualBody })) }).nullable(),
  /** Last day on which a late report may still be filled in, and whether the reader may give it (more) time. */
  extendedUntil: dayText.nullish(), mayExtend: z.boolean().optional(),
  siblings: z.array(z.object({ id: monitoringReportId, label: z.string(), ordinal: z.number().int(), state: monitoringState })),
});
export type MonitoringReportView = z.infer<typeof monitoringReportView>;

/**
 * GET /api/monitoring-reports/:id/points, and every event `points` of the stream GET /api/monitoring-reports/:id/events (server-sent events): the points of a
 * report and which values they are of, without anything else of it.
 */
export const reportPoints = z.object({
  reportRevision: z.number().int(), score: scoreState,
  /** `revision`: of the row's present value; 0 when nobody has spoken. `score` is null until the points are those of that value. */
  rows: z.array(z.object({ indicatorId, revision: z.number().int(), score: rowScore.nullable() })),
});
export type ReportPoints = z.infer<typeof reportPoints>;

/** PUT /api/monitoring-reports/:id/actuals/:indicatorId */
export const recordActual = z.object({ requestId, expectedRevision: z.number().int().min(0), actual: actualBody });
/** 200 answer; a stale revision answers 409 with the present row in `present`. */
export const recordedActual = z.object({ revision: z.number().int(), row: reportRow, reportRevision: z.number().int() });
export type RecordedActual = z.infer<typeof recordedActual>;
/**
 * POST /api/monitoring-reports/:id/candidates/:candidateId. TAKE_BACK undoes an ACCEPT: the value before stands again, and the candidate waits once more. `sure`: a person read the warning of a doubtful
 * candidate and takes it all the same; without it such a one is not taken (`candidate.doubtful`).
 */
export const settleCandidate = z.object({
  requestId, expectedRevision: z.number().int().min(0), choice: z.enum(['ACCEPT', 'KEEP_MINE', 'TAKE_BACK']), reason: shortText.optional(), sure: z.boolean().optional(),
});
/** PUT /api/monitoring-reports/:id/actuals/:indicatorId/explanation */
export const explainDeviation = z.object({ requestId, expectedRevision: z.number().int().min(0), explanation: explanationBody });
/** PUT /api/monitoring-reports/:id/execution */
export const recordExecution = z.object({ requestId, expectedRevision: z.number().int().min(0), rows: z.array(executionRow).min(1).max(4), reason: longText.nullable() });
/** POST /api/monitoring-reports/:id/extension: more time for a unit that is late; answers with the whole view. */
export const extendReport = z.object({ until: dayText, reason: longText.min(1) });
/** GET /api/monitoring-reports/:id/actuals/:indicatorId/history */
export const actualHistory = z.object({ revisions: z.array(actualRevision) });
export type ActualHistory = z.infer<typeof actualHistory>;
/** GET /api/monitoring-reports/:id/execution/history */
export const executionHistory = z.object({ revisions: z.array(z.object({ revision: z.number().int(), rows: z.array(executionRow), reason: z.string().nullable(), by: z.string(), at: momentText })) });
export type ExecutionHistory = z.infer<typeof executionHistory>;
