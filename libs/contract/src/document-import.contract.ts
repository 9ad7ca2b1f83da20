import { HEAD_FIELDS, type LoggedCorrection, STAGED_COLUMNS, STAGED_FORMS, type StagedTable, TASK_FIELDS } from '@jiheng/domain';
import { z } from 'zod';
import { budgetDocumentView } from './budget-document.contract';
import { decimalText, longText, momentText, shortText } from './decimal-text';
import { budgetUnitId, documentImportId, monitoringReportId, targetTableId } from './ids';
import { deviationCause, executionRow, explanationBody, likelihood } from './monitoring-report.contract';
import { accumulation, direction, indicatorTarget, indicatorView, mainTask, scoringRule, subject, tableBudget, targetTableState } from './target-table.contract';

/** READING: a job reads it. STAGED: a person checks it. ACCEPTED: all its tables are in the books. UNDONE: they were taken out again. REFUSED: it could not be read. */
export const importState = z.enum(['READING', 'STAGED', 'ACCEPTED', 'UNDONE', 'REFUSED']);
export type ImportState = z.infer<typeof importState>;

/** Only TARGET becomes a target table; the others give 上年完成值 to the table of the year after. */
export const importForm = z.enum(STAGED_FORMS);

export const stagedPlace = z.object({ part: z.number().int(), line: z.number().int(), cell: z.number().int() });
export const stagedCell = z.object({ raw: z.string(), confidence: z.string(), places: z.array(stagedPlace) });
const column = z.enum(STAGED_COLUMNS);
const stagedFinding = z.object({
  code: z.string(), severity: z.enum(['ERROR', 'WARN', 'INFO']), table: z.number().nullable(), row: z.number().nullable(), message: z.string(),
  params: z.record(z.string(), z.string()), expected: z.string().nullable(), found: z.string().nullable(),
});
const stagedRow = z.object({
  id: z.string(), level1: z.string(), level2: z.string(), name: z.string(), nameUnit: z.string().nullable(), target: indicatorTarget, direction: direction.nullable(),
  weight: z.string(), basis: z.string().nullable(), previousActual: z.string().nullable(), scoringRule: scoringRule.nullable(), evidence: z.string().nullable(),
  accumulation, passThreshold: z.string().nullable(), confidence: z.string(), place: z.string(), cells: z.partialRecord(column, stagedCell), corrected: z.array(column),
  actual: z.object({ raw: z.string().nullable(), text: z.string().nullable() }).optional(),
  said: z.object({ causes: z.array(deviationCause), sentence: z.string().nullable(), forecast: z.string().nullable(), likelihood: likelihood.nullable(), remark: z.string().nullable() }).optional(),
});
/** A table as it was read, with every correction applied: the domain's `StagedTable`. */
export const stagedTable = z.object({
  form: importForm.optional(), template: z.object({ name: z.string(), zh: z.string(), en: z.string(), confidence: z.string() }).optional(), period: z.string().optional(),
  tasks: z.array(z.object({ name: z.string(), content: z.string().nullable(), total: z.string().nullable(), fiscal: z.string().nullable(), other: z.string().nullable() })).optional(),
  subject, fiscalYear: z.number().int(), budgetUnit: z.string(), project: z.string().nullable(), lead: z.string().nullable(), budget: tableBudget, goalText: z.string(),
  money: z.array(z.object({ line: z.string(), label: z.string(), initial: z.string().nullable(), adjusted: z.string().nullable(), executed: z.string().nullable(), forecast: z.string().nullable() })).optional(),
  rows: z.array(stagedRow), place: z.string(), headCells: z.record(z.string(), stagedCell), notes: z.array(z.object({ row: z.string().nullable(), finding: stagedFinding })),
  printed: z.object({
    weight: z.string().nullable(), levels: z.record(z.string(), z.string()), table7: z.object({ total: z.string(), place: z.string() }).nullable(),
    tasks: z.object({ total: z.string().nullable(), fiscal: z.string().nullable(), other: z.string().nullable(), line: z.number() }).nullable(),
  }).optional(),
  headCorrected: z.array(z.enum(HEAD_FIELDS)).optional(),
  acceptedFindings: z.array(z.object({ code: z.string(), row: z.string().nullable(), about: z.string().optional(), reason: z.string() })), matches: z.record(z.string(), z.string().nullable()),
}) as unknown as z.ZodType<StagedTable>;

const rowId = z.string().min(1).max(40);
const cellText = z.string().max(2000);
/** One correction, or the last one taken back or put again. */
export const loggedCorrection: z.ZodType<LoggedCorrection> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('SET_CELL'), row: rowId, column, text: cellText }),
  z.object({ kind: z.literal('SET_LEVELS'), rows: z.array(rowId).min(1).max(2000), level1: z.string().max(60).nullable(), level2: z.string().max(60).nullable() }),
  z.object({ kind: z.literal('SPLIT_ROW'), row: rowId, names: z.tuple([z.string().max(200), z.string().max(200)]) }),
  z.object({ kind: z.literal('MERGE_ROWS'), rows: z.array(rowId).min(1).max(100) }),
  z.object({ kind: z.literal('DELETE_ROWS'), rows: z.array(rowId).min(1).max(2000) }),
  z.object({ kind: z.literal('ADD_ROW'), after: rowId.nullable() }),
  z.object({ kind: z.literal('SET_HEAD'), field: z.enum(HEAD_FIELDS), text: longText }),
  z.object({ kind: z.literal('SET_TASK'), at: z.number().int().min(0).max(199), field: z.enum(TASK_FIELDS), text: cellText }),
  z.object({ kind: z.literal('ADD_TASK') }),
  z.object({ kind: z.literal('DELETE_TASK'), at: z.number().int().min(0).max(199) }),
  z.object({ kind: z.literal('MATCH_ROW'), row: rowId, key: z.string().max(80).nullable() }),
  z.object({ kind: z.literal('ACCEPT_FINDING'), code: z.string().max(40), row: rowId.nullable(), about: z.string().max(4000).exactOptional(), reason: shortText }),
  z.object({ kind: z.literal('UNDO') }),
  z.object({ kind: z.literal('REDO') }),
]);

/** POST /api/imports/:id/tables/:at/corrections. `expectedSequence`: how long the log is on the screen; an older one answers 409 with what is there now. */
export const correctStagedTable = z.object({ requestId: z.uuid(), expectedSequence: z.number().int().min(0), correction: loggedCorrection });
export type CorrectStagedTable = z.infer<typeof correctStagedTable>;

/** How a table came into the books. */
export const acceptedTable = z.object({ targetTableId: targetTableId, how: z.enum(['CREATED', 'REWRITTEN', 'ADJUSTED', 'UNCHANGED']), at: momentText, undone: z.boolean() });
export type AcceptedTable = z.infer<typeof acceptedTable>;

/** One table of an import as lists show it. */
export const importTableSummary = z.object({
  at: z.number().int(), form: importForm, subject, fiscalYear: z.number().int(), project: z.string().nullable(), budgetUnit: z.string(), rows: z.number().int(), weightTotal: decimalText,
  doubtful: z.number().int(), errors: z.number().int(), warnings: z.number().int(), gaps: z.number().int(), accepted: acceptedTable.nullable(),
  /** A monitoring form: what it says was reached stands in a report as candidates, and nobody took it back. */
  proposed: z.boolean().optional(),
});
export type ImportTableSummary = z.infer<typeof importTableSummary>;

export const documentImportSummary = z.object({
  id: documentImportId, fileName: z.string(), sizeBytes: z.number().int(), unitId: budgetUnitId.nullable(), unitName: z.string().nullable(), state: importState,
  refusal: z.object({ code: z.string(), zh: z.string(), en: z.string() }).nullable(), jobRunId: z.uuid().nullable(), tables: z.number().int(), rows: z.number().int(),
  accepted: z.number().int(), by: z.string(), createdAt: momentText,
});
export type DocumentImportSummary = z.infer<typeof documentImportSummary>;
/** GET /api/imports?cursor */
export const documentImportList = z.object({
  imports: z.array(documentImportSummary), nextCursor: z.string().nullable(),
  /** Largest file that is taken, MB. */
  maxUploadMb: z.number().int(),
});
export type DocumentImportList = z.infer<typeof documentImportList>;

/** GET /api/imports/:id */
export const documentImportView = documentImportSummary.extend({
  /** The unit as the document names it; empty when it names none. */
  namedUnit: z.string(),
  /** Units for which the reader may write drafts; the one the document names first. */
  writableUnits: z.array(z.object({ id: budgetUnitId, name: z.string() })),
  tableList: z.array(importTableSummary), mayEdit: z.boolean(),
  /** The document holds budget tables: GET /api/imports/:id/budget. */
  hasBudget: z.boolean(),
  /** They are the unit's published budget of the year by now. */
  budgetStored: z.boolean(),
});
export type DocumentImportView = z.infer<typeof documentImportView>;

/**
 * GET /api/imports/:id/tables/:at: one table whole, and the one of the same unit, year and project that is there already. `around`: of a table with
 * main tasks, what the other tables of the document say that it has to agree with.
 */
export const importTableView = z.object({
  at: z.number().int(), sequence: z.number().int(), mayUndo: z.boolean(), mayRedo: z.boolean(), table: stagedTable, accepted: acceptedTable.nullable(),
  around: z.object({ projects: z.array(z.object({ project: z.string().nullable(), total: z.string().nullable() })) }).optional(),
  standing: z.object({
    tableId: targetTableId, version: z.number().int(), state: targetTableState, goalText: z.string(), budget: tableBudget, indicators: z.array(indicatorView), tasks: z.array(mainTask).optional(),
  }).nullable(),
});
export type ImportTableView = z.infer<typeof importTableView>;

/**
 * POST /api/imports/:id/acceptance, all of it in one transaction. Without `tables`: all target tables that are not accepted yet, or the budget
 * tables of a document without any. With `tables`, a page takes many in slices; a slice asked for again is taken once. `reason`: why tables in
 * force are adjusted.
 */
export const acceptImport = z.object({ tables: z.array(z.number().int().min(0)).max(5000).optional(), reason: longText.optional() });
export type AcceptImport = z.infer<typeof acceptImport>;
/** GET /api/imports/:id/open-findings: the warnings of target tables that are not in the books yet, by code, with one of their sentences. */
export const openFindingsView = z.object({
  findings: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string(), count: z.number().int(), tables: z.number().int() })),
});
export type OpenFindingsView = z.infer<typeof openFindingsView>;
/** POST /api/imports/:id/kept-findings: every open warning of a code in these tables stands with the same reason. */
export const keepImportFindings = z.object({
  tables: z.array(z.number().int().min(0)).min(1).max(100), reasons: z.array(z.object({ code: z.string().min(1).max(40), reason: shortText.min(1) })).min(1).max(100),
});
export type KeepImportFindings = z.infer<typeof keepImportFindings>;
/** POST /api/imports/:id/undo. `discardEdits`: drafts changed since the import are taken back all the same. */
export const undoImport = z.object({ discardEdits: z.boolean().default(false) });
export type UndoImport = z.input<typeof undoImport>;
/** PUT /api/imports/:id/unit */
export const chooseImportUnit = z.object({ unitId: budgetUnitId });

/** One value a self-evaluation or monitoring form gives the target table of the year after, by the key of its row. */
const previousActual = z.object({
  key: z.string(), name: z.string(), level1: z.string(),
  /** 上年完成值 as it would be written. */
  previousActual: z.string(),
  /** SAME: level and name agree. NAME_ONLY: only the name, and no other row has it. */
  match: z.enum(['SAME', 'NAME_ONLY']),
  /** What stands there now and says otherwise; null where nothing does. */
  replaces: z.string().nullable(),
  /** The same value stands there already. */
  there: z.boolean(),
});
/** GET /api/imports/:id/tables/:at/previous-actuals: what the form would write into the unit's target table of the following year. */
export const previousActualsView = z.object({
  /** Year of the target table. */
  fiscalYear: z.number().int(),
  /** null: the unit has no such table yet. `fills`: the draft itself, an adjustment draft beside a table in force, or nothing while it is under way. */
  target: z.object({ tableId: targetTableId, version: z.number().int(), state: targetTableState, revision: z.number().int(), fills: z.enum(['DRAFT', 'ADJUSTMENT', 'NOTHING']) }).nullable(),
  proposals: z.array(previousActual),
  /** Names of rows of the target table for which the form has no value. */
  unmatched: z.array(z.string()),
});
export type PreviousActualsView = z.infer<typeof previousActualsView>;
/** POST to the same address: `keys` are the rows to fill, `expectedRevision` the revision of the target table on the screen. `reason`: for a table in force. */
export const fillPreviousActuals = z.object({ keys: z.array(z.string().min(1).max(80)).min(1).max(300), expectedRevision: z.number().int().min(0), reason: longText.optional() });
export type FillPreviousActuals = z.infer<typeof fillPreviousActuals>;

/** A sentence of the house in both languages, with its code. */
const said = z.object({ code: z.string(), zh: z.string(), en: z.string() });
/** One value of a monitoring form and the row of the report it would stand beside, by the row's key. */
const proposedActual = z.object({
  key: z.string(), name: z.string(), level1: z.string(),
  /** As the form prints it. */
  printed: z.string(),
  /** As it would stand in the report: of the quarter alone, where the form speaks of the year so far. */
  value: z.string(),
  /** What stands there now; null where nobody has spoken. */
  present: z.string().nullable(),
  /** SAME: equal to what stands there, nothing to choose. IMPLAUSIBLE: it would be offered with a warning. */
  outcome: z.enum(['SAME', 'CANDIDATE', 'IMPLAUSIBLE']), warning: z.object({ zh: z.string(), en: z.string() }).nullable(),
  match: z.enum(['SAME', 'NAME_ONLY']),
});
/** GET /api/imports/:id/tables/:at/proposed-actuals?quarter: what a monitoring form would put beside the cells of a report, as candidates. */
export const proposedActualsView = z.object({
  fiscalYear: z.number().int(),
  /** The span as the form prints it (1—6月); null where it prints none. */
  printed: z.string().nullable(),
  /** Quarters of the year that have a report of this subject. */
  quarters: z.array(z.object({ ordinal: z.number().int(), label: z.string() })),
  /** The quarter this is about: the one asked for, else the one the form speaks of; null where a person has to say. */
  quarter: z.number().int().nullable(),
  /** Values are of the year so far: earlier quarters are taken off where they add up. */
  isYearToDate: z.boolean(),
  /** false: the form ends before the quarter does (1—7月), or it was a person who said the quarter. */
  fits: z.boolean(),
  report: z.object({ reportId: monitoringReportId, label: z.string(), tableId: targetTableId, version: z.number().int() }).nullable(),
  /** Why nothing can be proposed; null where something can. */
  why: said.nullable(),
  proposals: z.array(proposedActual),
  /** Rows of the form that have no place, and why. */
  unmatched: z.array(z.object({ name: z.string(), why: said })),
  /** What the form says of deviations and of the year's end, beside what stands in the report (`measures`: its 备注). */
  explanations: z.array(z.object({ key: z.string(), name: z.string(), printed: explanationBody, present: explanationBody.nullable(), isSame: z.boolean() })),
  /** The money block of the form beside that of the report; null where the form has none for it. Columns the form does not print are null. */
  money: z.object({ printed: z.array(executionRow), present: z.array(executionRow), isSame: z.boolean() }).nullable(),
  /** What was read and has no place in a report: shown, never stored. */
  unplaced: z.array(said),
  /** When they were proposed last; null when never, or when it was taken back. */
  proposedAt: momentText.nullable(),
});
export type ProposedActualsView = z.infer<typeof proposedActualsView>;
/** POST to the same address: `keys` are the rows. A value that nobody has settled gives way to the newer one. */
export const proposeActuals = z.object({
  quarter: z.number().int().min(1).max(4), keys: z.array(z.string().min(1).max(80)).max(300),
  /** Rows whose explanation is proposed as well, and whether the money is. */
  explained: z.array(z.string().min(1).max(80)).max(300).default([]), money: z.boolean().default(false),
});
export type ProposeActuals = z.input<typeof proposeActuals>;

/** GET /api/imports/remarks?reportId: what imported monitoring forms say that nobody has taken over or let go yet. */
export const importedRemark = z.object({
  id: z.uuid(), importId: documentImportId, sourceName: z.string(), at: momentText,
  /** Key of the row; null for the money of the report. */
  indicatorKey: z.string().nullable(), explanation: explanationBody.nullable(), money: z.array(executionRow).nullable(),
});
export type ImportedRemark = z.infer<typeof importedRemark>;
export const importedRemarkList = z.object({ remarks: z.array(importedRemark) });
export type ImportedRemarkList = z.infer<typeof importedRemarkList>;
/** POST /api/imports/remarks/:id/settlement, 204. TAKEN: it was taken over into the report (by the reporter's own change); KEPT: the own words stay. */
export const settleRemark = z.object({ choice: z.enum(['TAKEN', 'KEPT']) });
export type SettleRemark = z.infer<typeof settleRemark>;

const box = z.object({ page: z.number(), x: z.number(), y: z.number(), width: z.number(), height: z.number() });
/** One printed line of the document: its number, its cells, what they cover and where they are drawn (points from the upper left corner of the page). */
export const sourceLine = z.object({
  number: z.number().int(), cells: z.array(z.string()), spans: z.array(z.object({ columns: z.number(), rows: z.number() }).nullable()).optional(), boxes: z.array(box.nullable()).optional(),
});
export type SourceLineView = z.infer<typeof sourceLine>;
/** GET /api/imports/:id/source: how the document is cut. A chunk is a page, or some hundred lines. */
export const sourceOutline = z.object({
  parts: z.array(z.object({
    at: z.number().int(), sheet: z.string().nullable(), columns: z.number().int(), pages: z.array(z.object({ width: z.number(), height: z.number() })).nullable(),
    chunks: z.array(z.object({ at: z.number().int(), page: z.number().int().nullable(), first: z.number().int(), last: z.number().int(), lines: z.number().int() })),
  })),
});
export type SourceOutline = z.infer<typeof sourceOutline>;
/** GET /api/imports/:id/source/:part/:chunk */
export const sourceChunk = z.object({ lines: z.array(sourceLine) });
export type SourceChunk = z.infer<typeof sourceChunk>;

/** GET /api/imports/:id/budget: the budget tables of the document and what they owe one another. `stored`: they are the unit's budget of the year by now. */
export const importBudgetView = budgetDocumentView.pick({ fiscalYear: true, printedUnit: true, tables: true, identities: true }).extend({ stored: z.boolean() });
export type ImportBudgetView = z.infer<typeof importBudgetView>;
