import { z } from 'zod';
import { decimalText, longText, momentText, dayText } from './decimal-text';
import { artifactId, indicatorId, jobRunId, monitoringReportId, requestId, selfEvaluationId, targetTableId } from './ids';
import { actualBody, evidenceView, executionRow, explanationBody, rowScore, scoreState, traceStep } from './monitoring-report.contract';
import { historyEntry, indicatorView, monitoringState, selfEvaluationState, subject, tableBudget } from './target-table.contract';

/** An adjusted score is another thing than the computed one; both are kept and printed (decision 3). */
export const adjustmentView = z.object({ points: decimalText, reason: z.string(), by: z.string(), at: momentText });

export const selfEvaluationRow = z.object({
  indicator: indicatorView,
  quarters: z.array(z.object({ reportId: monitoringReportId, ordinal: z.number().int(), label: z.string(), state: monitoringState, actual: actualBody })),
  yearActual: actualBody, score: rowScore, adjustment: adjustmentView.nullable(), finalPoints: decimalText.nullable(),
  explanation: explanationBody.extend({ revision: z.number().int(), by: z.string(), at: momentText }).nullable(),
  evidence: z.array(evidenceView),
  /** Revision of the year's answer to this row: what `expectedRevision` is checked against. */
  revision: z.number().int(),
});
export type SelfEvaluationRow = z.infer<typeof selfEvaluationRow>;

export const chapterView = z.object({
  id: z.string(), title: z.string(), computed: z.array(z.string()), written: z.string(), editable: z.boolean(), revision: z.number().int(),
  /** What belongs into a chapter that a person writes. */
  hint: z.string().nullable(),
});

export const reportArtifactView = z.object({
  id: artifactId, format: z.enum(['xlsx', 'docx']), template: z.string(), state: z.enum(['WAITING', 'RUNNING', 'READY', 'FAILED']), fileName: z.string(),
  size: z.number().int().nullable(), sha256: z.string().nullable(), scoreTotal: decimalText.nullable(), by: z.string(), at: momentText, failure: z.string().nullable(), jobRunId: jobRunId.nullable(),
  /** The document says something else by now: a file made anew would differ. */
  outdated: z.boolean().optional(),
});
export type ReportArtifactView = z.infer<typeof reportArtifactView>;

/** GET /api/self-evaluations/:id */
export const selfEvaluationView = z.object({
  id: selfEvaluationId, revision: z.number().int(), state: selfEvaluationState,
  table: z.object({ id: targetTableId, subject, unitName: z.string(), departmentName: z.string().nullable(), project: z.string().nullable(), fiscalYear: z.number().int(), version: z.number().int(), goalText: z.string(), budget: tableBudget }),
  rows: z.array(selfEvaluationRow),
  execution: z.object({ rows: z.array(executionRow), rate: decimalText.nullable(), points: decimalText.nullable(), weight: decimalText, trace: z.array(traceStep), flags: z.array(z.string()), reason: z.string().nullable(), revision: z.number().int(),
    /** Revision of what was written for the year about the money (chapter "execution-reason"); 0 while the quarter's own words stand. */
    reasonRevision: z.number().int() }).nullable(),
  computedTotal: decimalText.nullable(), total: decimalText.nullable(), rating: z.string().nullable(), score: scoreState,
  /** The whole rule profile the year is scored by, so that the browser reckons with the same law. */
  profile: z.record(z.string(), z.unknown()),
  goalAchieved: z.string(), goalAchievedRevision: z.number().int(), chapters: z.array(chapterView), artifacts: z.array(reportArtifactView),
  editable: z.boolean(), moves: z.array(z.string()), history: z.array(historyEntry), today: dayText,
  /** What still keeps it from being submitted: sentences with the row they point at. */
  openPoints: z.array(z.object({ code: z.string(), indicatorId: indicatorId.nullable(), sentence: z.object({ zh: z.string(), en: z.string() }) })),
});
export type SelfEvaluationView = z.infer<typeof selfEvaluationView>;

/** POST /api/self-evaluations */
export const assembleSelfEvaluation = z.object({ tableId: targetTableId });
/** PUT /api/self-evaluations/:id/rows/:indicatorId — each part optional, absent = unchanged. `adjustment: null` takes it back. */
export const answerSelfEvaluationRow = z.object({
  requestId, expectedRevision: z.number().int().min(0), judgement: actualBody.optional(), explanation: explanationBody.optional(),
  adjustment: z.object({ points: decimalText, reason: longText }).nullable().optional(),
});
/** PUT /api/self-evaluations/:id/chapters/:chapterId — chapter id "goal-achieved" is the 实际完成情况 of the form. */
export const writeChapter = z.object({ requestId, expectedRevision: z.number().int().min(0), text: z.string().max(20000) });
/** Forms to be filled in elsewhere: GET /api/form-templates/:file?fiscalYear&unitId. Filled-in forms: GET /api/target-tables/:id/form.xlsx|docx, GET /api/monitoring-reports/:id/form.xlsx|docx. */
export const emptyFormName = z.enum(['F1', 'F2', 'F1-2015', 'F2-2015', 'F2-2021', 'F3', 'F4', 'F4-AH', 'F4-SC', 'F4-GX', 'F4-F2', 'F5', 'F5-CQ', 'F5-TJ']);
export type EmptyFormName = z.infer<typeof emptyFormName>;
export const emptyFormFile = z.templateLiteral([emptyFormName, '.', z.enum(['xlsx', 'docx'])]);
export type EmptyFormFile = z.infer<typeof emptyFormFile>;
/** POST /api/self-evaluations/:id/reports */
export const requestReport = z.object({ format: z.enum(['xlsx', 'docx']) });
